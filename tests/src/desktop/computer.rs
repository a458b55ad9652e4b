//! All of one computer, started in the order in which a session starts.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use samovar_domain::{Clock as _, SystemClock, Timestamp};
use tempfile::TempDir;

use super::{Bus, Hands, Notifications, Screen};
use crate::process::Running;
use crate::wait::eventually;

/// What a computer is to lack.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lacks {
    /// No panel, and so no tray.
    pub tray: bool,
    /// Nothing that shows notifications.
    pub notifications: bool,
}

/// One person's computer.
#[derive(Debug)]
pub struct Computer {
    // Fields are dropped in this order: what uses something before what it uses.
    programs: Vec<Running>,
    /// What was shown to its person.
    pub notifications: Notifications,
    /// The bus.
    pub bus: Bus,
    /// The screen.
    pub screen: Screen,
    ahead: Duration,
    home: TempDir,
}

impl Computer {
    /// A computer that has everything.
    pub async fn on() -> io::Result<Self> {
        Self::without(Lacks::default()).await
    }

    /// A computer on which Samovar is so far ahead in time.
    pub async fn ahead(ahead: Duration) -> io::Result<Self> {
        Self::without_and_ahead(Lacks::default(), ahead).await
    }

    /// A computer that lacks something.
    pub async fn without(lacks: Lacks) -> io::Result<Self> {
        Self::without_and_ahead(lacks, Duration::ZERO).await
    }

    /// Both.
    pub async fn without_and_ahead(lacks: Lacks, ahead: Duration) -> io::Result<Self> {
        let home = tempfile::Builder::new().prefix("samovar-home-").tempdir()?;
        write_settings(home.path())?;
        let screen = Screen::on()?;
        let bus = Bus::start(home.path())?;
        let notifications = Notifications::watch(&bus).await.map_err(io::Error::other)?;
        let mut computer = Self {
            programs: Vec::new(),
            notifications,
            bus,
            screen,
            ahead,
            home,
        };
        computer.start("xsetroot", &["-solid", "#7d8f86"]).ok();
        // The first key of a keyboard that the screen has not met has the map of keys made anew, and a window manager lets
        // go of all its keys for a moment then: the very key that was pressed may go past it. A real keyboard has been
        // typed on before a session begins.
        computer.hands().press("Shift_L")?;
        computer.start("openbox", &[])?;
        if !lacks.notifications {
            computer.start_notifications().await?;
        }
        if !lacks.tray {
            computer.start_panel().await?;
        }
        Ok(computer)
    }

    /// Starts the panel with the tray, as a desktop does that was a little slow.
    pub async fn start_panel(&mut self) -> io::Result<()> {
        self.start("xfce4-panel", &["--disable-wm-check"])?;
        self.has_name("org.kde.StatusNotifierWatcher").await
    }

    /// Ends the panel, and the tray with it, as a crash does.
    pub async fn end_panel(&mut self) -> io::Result<()> {
        self.end("xfce4-panel");
        self.has_no_name("org.kde.StatusNotifierWatcher").await
    }

    fn end(&mut self, program: &str) {
        // What is taken out of the list ends with it.
        self.programs.retain(|running| running.name() != program);
    }

    /// Starts the notification server.
    pub async fn start_notifications(&mut self) -> io::Result<()> {
        // Desktops start it when the first notification comes, by this file.
        let service = std::fs::read_to_string(NOTIFICATION_SERVICE)
            .map_err(|error| io::Error::new(error.kind(), format!("{NOTIFICATION_SERVICE}: {error}")))?;
        let program = service.lines().find_map(|line| line.strip_prefix("Exec="));
        self.start(
            program.ok_or_else(|| io::Error::other(format!("no Exec in: {service}")))?,
            &[],
        )?;
        self.has_name("org.freedesktop.Notifications").await
    }

    /// A program on this computer, in its environment.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let home = self.home();
        let mut command = Command::new(program);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(home.join("bin")).chain(std::env::split_paths(&path));
        command
            .env_clear()
            .env("PATH", std::env::join_paths(folders).unwrap_or(path.clone()))
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_RUNTIME_DIR", home.join("run"))
            .env(SystemClock::AHEAD, self.ahead.as_secs().to_string())
            .env("XDG_CURRENT_DESKTOP", "XFCE")
            .env("DISPLAY", &self.screen.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.address)
            // WebKit on a screen without a graphics card.
            .env("GDK_BACKEND", "x11")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("NO_AT_BRIDGE", "1")
            .stdin(Stdio::null());
        command
    }

    /// What time it is here.
    pub fn now(&self) -> Timestamp {
        SystemClock.now().plus(self.ahead)
    }

    /// Waits for an instant here, at which something is to happen by itself.
    pub async fn until(&self, instant: Timestamp) {
        loop {
            let left = instant.since(self.now());
            if left.is_zero() {
                return;
            }
            tokio::time::sleep(left).await;
        }
    }

    /// Its person's folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where Samovar keeps everything on this computer.
    pub fn profile(&self) -> PathBuf {
        self.home().join("profile")
    }

    /// A file for what a program says.
    pub fn log(&self, program: &str) -> PathBuf {
        self.home().join(format!("{program}.log"))
    }

    /// The person's hands.
    pub fn hands(&self) -> Hands<'_> {
        Hands::on(self)
    }

    pub(super) fn start(&mut self, program: &str, arguments: &[&str]) -> io::Result<()> {
        self.start_with_input(program, arguments, Stdio::null())
    }

    pub(super) fn start_with_input(&mut self, program: &str, arguments: &[&str], input: Stdio) -> io::Result<()> {
        let name = Path::new(program).file_name().unwrap_or_default().to_string_lossy();
        let log = std::fs::File::create(self.log(&name))?;
        let mut command = self.command(program);
        command
            .args(arguments)
            .stdin(input)
            .stdout(log.try_clone()?)
            .stderr(log);
        // What was started last is ended first.
        self.programs.insert(0, Running::start(&mut command)?);
        Ok(())
    }

    pub(super) async fn has_name(&self, name: &str) -> io::Result<()> {
        self.name_is_owned(name, true).await
    }

    async fn has_no_name(&self, name: &str) -> io::Result<()> {
        self.name_is_owned(name, false).await
    }

    async fn name_is_owned(&self, name: &str, is_wanted: bool) -> io::Result<()> {
        let bus = self.bus.connect().await.map_err(io::Error::other)?;
        let bus = zbus::fdo::DBusProxy::new(&bus).await.map_err(io::Error::other)?;
        eventually(name, async || {
            let name = zbus::names::BusName::try_from(name).ok()?;
            (bus.name_has_owner(name).await.ok()? == is_wanted).then_some(())
        })
        .await
    }
}

const NOTIFICATION_SERVICE: &str = "/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service";

/// The settings of the panel and the notification server; a small quiet desktop.
fn write_settings(home: &Path) -> io::Result<()> {
    let settings = home.join("config/xfce4/xfconf/xfce-perchannel-xml");
    for folder in [
        &settings,
        &home.join("bin"),
        &home.join("data"),
        &home.join("cache"),
        &home.join("run"),
    ] {
        std::fs::create_dir_all(folder)?;
    }
    only_mine(&home.join("run"))?;
    std::fs::write(settings.join("xfce4-panel.xml"), include_str!("xfce4-panel.xml"))?;
    std::fs::write(settings.join("xfce4-notifyd.xml"), include_str!("xfce4-notifyd.xml"))?;
    // The browser of this computer writes down what it was to open.
    let browser = home.join("bin/xdg-open");
    std::fs::write(&browser, "#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$HOME/opened-links\"\n")?;
    only_mine(&browser)
}

fn only_mine(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
}
