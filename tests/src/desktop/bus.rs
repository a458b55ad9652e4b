//! A session bus on which nothing starts by itself but the panel's own settings: what is not on it is what this computer
//! lacks.

use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::process::Running;

/// The bus and its address.
#[derive(Debug)]
pub struct Bus {
    _daemon: Running,
    services: std::path::PathBuf,
    /// What `DBUS_SESSION_BUS_ADDRESS` is to be.
    pub address: String,
}

const CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <servicedir>{services}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

const SETTINGS_OF_THE_PANEL: &str = "org.xfce.Xfconf.service";

impl Bus {
    /// Starts it; `folder` holds its configuration.
    pub fn start(folder: &Path) -> io::Result<Self> {
        let file = folder.join("bus.conf");
        let services = folder.join("services");
        std::fs::create_dir_all(&services)?;
        let settings = Path::new("/usr/share/dbus-1/services").join(SETTINGS_OF_THE_PANEL);
        std::fs::copy(&settings, services.join(SETTINGS_OF_THE_PANEL))
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", settings.display())))?;
        std::fs::write(
            &file,
            CONFIGURATION.replace("{services}", &services.display().to_string()),
        )?;
        let mut daemon = Running::start(
            Command::new("dbus-daemon")
                .arg("--config-file")
                .arg(&file)
                .args(["--nofork", "--print-address=1"])
                // What it starts keeps its files where this computer does.
                .env("HOME", folder)
                .env("XDG_CONFIG_HOME", folder.join("config"))
                .env("XDG_RUNTIME_DIR", folder.join("run"))
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let output = daemon.child().stdout.take().expect("stdout was asked for");
        let mut address = String::new();
        BufReader::new(output).read_line(&mut address)?;
        if address.trim().is_empty() {
            daemon.check()?;
            return Err(io::Error::other("the bus did not say its address"));
        }
        Ok(Self {
            _daemon: daemon,
            services,
            address: address.trim().to_owned(),
        })
    }

    /// Lets it start a program of this system by itself, by the file that describes it.
    pub async fn may_start(&self, service: &str) -> io::Result<()> {
        let file = Path::new("/usr/share/dbus-1/services").join(service);
        std::fs::copy(&file, self.services.join(service))
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))?;
        let bus = self.connect().await.map_err(io::Error::other)?;
        let daemon = zbus::fdo::DBusProxy::new(&bus).await.map_err(io::Error::other)?;
        daemon.reload_config().await.map_err(io::Error::other)
    }

    /// A connection to it.
    pub async fn connect(&self) -> zbus::Result<zbus::Connection> {
        zbus::connection::Builder::address(self.address.as_str())?.build().await
    }
}
