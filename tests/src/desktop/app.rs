//! Samovar on a computer: the application, and its command line.

use std::fs::File;
use std::io;
use std::process::Stdio;

use samovar_core::api::{Request, Response};

use super::{Computer, Tray};
use crate::process::{Running, built};
use crate::wait::eventually;

/// The running application.
#[derive(Debug)]
pub struct App {
    process: Running,
    /// Its icon.
    pub tray: Tray,
}

impl App {
    /// Starts it as a session does, in the tray only, and waits for its icon and until it can be asked.
    pub async fn start(computer: &Computer) -> io::Result<Self> {
        Self::start_with(computer, &[]).await
    }

    /// The same, in an environment that differs in these variables.
    pub async fn start_with(computer: &Computer, variables: &[(&str, &str)]) -> io::Result<Self> {
        let process = Self::launch_with(computer, &["--hidden"], variables)?;
        let tray = Tray::on(computer).await?;
        answers(computer).await?;
        Ok(Self { process, tray })
    }

    /// Only starts it.
    pub fn launch(computer: &Computer, arguments: &[&str]) -> io::Result<Running> {
        Self::launch_with(computer, arguments, &[])
    }

    fn launch_with(computer: &Computer, arguments: &[&str], variables: &[(&str, &str)]) -> io::Result<Running> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(computer.log("samovar"))?;
        Running::start(
            computer
                .command(built("samovar")?)
                .arg("--profile")
                .arg(computer.profile())
                .args(arguments)
                .env("SAMOVAR_LOG", "info")
                .envs(variables.iter().copied())
                .stdout(log.try_clone()?)
                .stderr(log),
        )
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Chooses "Quit" in the tray and waits until it has ended well.
    pub async fn quit(mut self) -> io::Result<()> {
        // The line is there; whether its menu still answers after that is nobody's concern.
        self.tray.line(&["Quit"]).await?;
        let _ = self.tray.choose(&["Quit"]).await;
        let status = eventually("Samovar to end", async || {
            self.process.child().try_wait().ok().flatten()
        })
        .await?;
        if status.success() {
            Ok(())
        } else {
            Err(io::Error::other(format!("it ended with {status}")))
        }
    }

    /// Ends it as a power cut would.
    pub fn kill(self) {
        self.process.kill();
    }
}

/// Waits until the Samovar on this computer can be asked.
pub(crate) async fn answers(computer: &Computer) -> io::Result<()> {
    eventually("Samovar to answer", async || {
        computer.ask(Request::Status).await.ok().map(|_| ())
    })
    .await
}

/// What the command line said and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The exit code.
    pub code: i32,
    /// What it printed.
    pub out: String,
    /// What it complained about.
    pub complaint: String,
}

impl Computer {
    /// Runs `samovar` with these arguments and waits for its end.
    pub async fn samovar(&self, arguments: &[&str]) -> io::Result<Said> {
        let mut command = tokio::process::Command::from(self.command(built("samovar")?));
        // The command line needs no display.
        command.env_remove("DISPLAY").env_remove("DBUS_SESSION_BUS_ADDRESS");
        let output = command
            .arg("--profile")
            .arg(self.profile())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .output()
            .await?;
        Ok(Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            complaint: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// The same, for a command that is to be done. Fails with its words when it was not.
    pub async fn done(&self, arguments: &[&str]) -> io::Result<String> {
        let said = self.samovar(arguments).await?;
        if said.code == 0 {
            Ok(said.out)
        } else {
            Err(io::Error::other(format!(
                "samovar {arguments:?} ended with {}: {}",
                said.code, said.complaint
            )))
        }
    }

    /// Asks the Samovar that runs here.
    pub async fn ask(&self, request: Request) -> io::Result<Response> {
        super::ask(&self.profile(), &request).await
    }
}
