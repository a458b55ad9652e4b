//! A picture of the screen: by the desktop's portal where there is one, else by a program that is there.

use std::path::{Path, PathBuf};

use samovar_domain::Problem;
use tempfile::TempPath;

/// A picture of the screen in a file that goes with this value.
pub(crate) struct Shot(TempPath);

impl Shot {
    /// The file.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

/// Takes one.
pub(crate) async fn screen() -> Result<Shot, Problem> {
    #[cfg(target_os = "linux")]
    match portal::screenshot().await {
        Ok(file) => {
            if let Ok(file) = TempPath::try_from_path(file) {
                return Ok(Shot(file));
            }
        }
        // Whoever said no there means every way.
        Err(portal::PortalError::NotAllowed) => {
            return Err(Problem::new(
                "screenshot_refused",
                "No picture of the screen was taken, as you chose. Ask again, or choose a file.",
            ));
        }
        Err(error) => tracing::info!(%error, "no picture by the portal"),
    }
    for (program, arguments) in PROGRAMS {
        if let Some(shot) = by_program(program, arguments).await {
            return Ok(shot);
        }
    }
    Err(Problem::new(
        "no_screenshot",
        "This desktop lets no program take a picture of the screen. Take one with its own keys (often Print), then paste it here.",
    ))
}

/// Programs that can, with `FILE` where they are to write.
#[cfg(target_os = "macos")]
const PROGRAMS: &[(&str, &[&str])] = &[("screencapture", &["-x", "FILE"])];
/// Programs that can, with `FILE` where they are to write.
#[cfg(not(target_os = "macos"))]
const PROGRAMS: &[(&str, &[&str])] = &[
    ("grim", &["FILE"]),
    ("spectacle", &["-b", "-n", "-o", "FILE"]),
    ("gnome-screenshot", &["-f", "FILE"]),
    ("scrot", &["-o", "FILE"]),
    ("import", &["-silent", "-window", "root", "FILE"]),
];

async fn by_program(program: &str, arguments: &[&str]) -> Option<Shot> {
    let file = tempfile::Builder::new()
        .prefix("samovar-")
        .suffix(".png")
        .tempfile()
        .ok()?
        .into_temp_path();
    let arguments = arguments.iter().map(|argument| match *argument {
        "FILE" => file.as_os_str().to_owned(),
        other => other.into(),
    });
    let mut command = tokio::process::Command::new(program);
    command
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .kill_on_drop(true);
    let ended = tokio::time::timeout(std::time::Duration::from_secs(20), command.output())
        .await
        .ok()?
        .ok()?;
    let is_written = PathBuf::from(&file).metadata().is_ok_and(|metadata| metadata.len() > 0);
    (ended.status.success() && is_written).then_some(Shot(file))
}

#[cfg(target_os = "linux")]
mod portal {
    use std::collections::HashMap;
    use std::path::PathBuf;
    use std::time::Duration;

    use futures_util::StreamExt as _;
    use zbus::{OwnedObjectPath, OwnedVariant, Variant};

    const NAME: &str = "org.freedesktop.portal.Desktop";
    const PATH: &str = "/org/freedesktop/portal/desktop";

    /// Why the portal gave nothing.
    #[derive(Debug, thiserror::Error)]
    pub(super) enum PortalError {
        /// It is not there, or does not speak as expected.
        #[error(transparent)]
        Bus(#[from] zbus::Error),
        /// The person said no, or nothing for a minute.
        #[error("not allowed")]
        NotAllowed,
        /// It failed, or has no way to take one on this desktop.
        #[error("the portal could not take one")]
        Failed,
    }

    /// The file that the portal wrote.
    pub(super) async fn screenshot() -> Result<PathBuf, PortalError> {
        let bus = zbus::Connection::session().await?;
        let sender = bus
            .unique_name()
            .map(|name| name.trim_start_matches(':').replace('.', "_"))
            .unwrap_or_default();
        let token = "samovar_screenshot";
        // The answer may come before the call returns: listen first.
        let answers = zbus::Proxy::new(
            &bus,
            NAME,
            format!("{PATH}/request/{sender}/{token}"),
            "org.freedesktop.portal.Request",
        )
        .await?;
        let mut answered = answers.receive_signal("Response").await?;
        let options: HashMap<&str, Variant<'_>> = HashMap::from([
            ("handle_token", Variant::from(token)),
            ("interactive", Variant::from(false)),
        ]);
        let portal = zbus::Proxy::new(&bus, NAME, PATH, "org.freedesktop.portal.Screenshot").await?;
        let _: OwnedObjectPath = portal.call("Screenshot", &("", options)).await?;
        let answer = tokio::time::timeout(Duration::from_mins(1), answered.next()).await;
        let answer = answer.ok().flatten().ok_or(PortalError::NotAllowed)?;
        let (code, results): (u32, HashMap<String, OwnedVariant>) = answer.body().deserialize()?;
        let uri = results.get("uri").and_then(|uri| uri.downcast_ref::<&str>().ok());
        let file = uri
            .and_then(|uri| url::Url::parse(uri).ok())
            .and_then(|uri| uri.to_file_path().ok());
        match code {
            0 => file.ok_or(PortalError::Failed),
            // Said no to, or closed.
            1 => Err(PortalError::NotAllowed),
            _ => Err(PortalError::Failed),
        }
    }
}
