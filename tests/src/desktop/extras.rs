//! What only some computers have: another server of notifications, a keyring, GNOME's settings.

use std::io::{self, Seek as _, Write as _};
use std::process::Stdio;

use zbus::zvariant::OwnedObjectPath;

use super::Computer;

const SECRETS: &str = "org.freedesktop.secrets";

impl Computer {
    /// Starts dunst in place of the usual server of notifications.
    pub async fn start_dunst(&mut self) -> io::Result<()> {
        self.start("dunst", &[])?;
        self.has_name("org.freedesktop.Notifications").await
    }

    /// Starts GNOME's keyring, unlocked as it is after its person has logged in.
    pub async fn start_keyring(&mut self) -> io::Result<()> {
        let mut password = tempfile::tempfile()?;
        password.write_all(b"tea and bread")?;
        password.rewind()?;
        self.start_with_input(
            "gnome-keyring-daemon",
            &["--foreground", "--unlock", "--components=secrets"],
            Stdio::from(password),
        )?;
        self.has_name(SECRETS).await
    }

    /// How many secrets its keyring keeps for Samovar.
    pub async fn kept_secrets(&self) -> io::Result<usize> {
        let bus = self.bus.connect().await.map_err(io::Error::other)?;
        let attributes = std::collections::HashMap::from([("service", "samovar")]);
        let answer = bus
            .call_method(
                Some(SECRETS),
                "/org/freedesktop/secrets",
                Some("org.freedesktop.Secret.Service"),
                "SearchItems",
                &(attributes,),
            )
            .await
            .map_err(io::Error::other)?;
        let (unlocked, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            answer.body().deserialize().map_err(io::Error::other)?;
        Ok(unlocked.len() + locked.len())
    }

    /// Lets GNOME's settings be kept, as they are where GNOME is.
    pub async fn may_keep_gnome_settings(&self) -> io::Result<()> {
        self.bus.may_start("ca.desrt.dconf.service").await
    }

    /// Whether GNOME is set to show notifications, as its own tool reads it.
    pub fn shows_banners(&self) -> io::Result<bool> {
        let said = self
            .command("gsettings")
            .args(["get", "org.gnome.desktop.notifications", "show-banners"])
            .output()?;
        match String::from_utf8_lossy(&said.stdout).trim() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(io::Error::other(format!("gsettings: {said:?}"))),
        }
    }
}
