//! Pictures of the screen, and the portal that decides about them.
#![expect(
    clippy::used_underscore_binding,
    reason = "the bus hands an argument over that this portal does not read"
)]

use std::collections::HashMap;
use std::io;
use std::os::unix::fs::PermissionsExt as _;

use samovar_core::api::DesktopRequest;
use samovar_tests::desktop::{App, Computer, ask_shell};
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue};

/// A portal whose person says no to every picture.
struct Refusing;

#[zbus::interface(name = "org.freedesktop.portal.Screenshot")]
impl Refusing {
    async fn screenshot(
        &self,
        #[zbus(header)] header: zbus::message::Header<'_>,
        #[zbus(connection)] connection: &zbus::Connection,
        _parent: String,
        options: HashMap<String, OwnedValue>,
    ) -> zbus::fdo::Result<OwnedObjectPath> {
        let sender = header
            .sender()
            .map(|name| name.trim_start_matches(':').replace('.', "_"));
        let token = options
            .get("handle_token")
            .and_then(|token| String::try_from(token.clone()).ok());
        let path = format!(
            "/org/freedesktop/portal/desktop/request/{}/{}",
            sender.unwrap_or_default(),
            token.unwrap_or_default()
        );
        let path = ObjectPath::try_from(path).map_err(|error| zbus::fdo::Error::Failed(error.to_string()))?;
        let emitter = SignalEmitter::new(connection, path.clone())?;
        let nothing = HashMap::<String, OwnedValue>::new();
        emitter
            .emit("org.freedesktop.portal.Request", "Response", &(1_u32, nothing))
            .await?;
        Ok(path.into())
    }
}

#[tokio::test]
async fn a_person_who_says_no_to_a_picture_of_the_screen_is_not_asked_around() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    for program in ["grim", "spectacle", "gnome-screenshot", "scrot", "import"] {
        let file = computer.home().join("bin").join(program);
        std::fs::write(&file, "#!/bin/sh\ntouch \"$HOME/taken-anyway\"\n")?;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o700))?;
    }
    let app = App::start(&computer).await?;
    let portal = computer.bus.connect().await.map_err(io::Error::other)?;
    portal
        .object_server()
        .at("/org/freedesktop/portal/desktop", Refusing)
        .await
        .map_err(io::Error::other)?;
    portal
        .request_name("org.freedesktop.portal.Desktop")
        .await
        .map_err(io::Error::other)?;

    let refusal = ask_shell(&computer.profile(), &DesktopRequest::CaptureScreen)
        .await
        .expect_err("the person said no");
    assert!(refusal.to_string().contains("screenshot_refused"), "{refusal}");
    assert!(!computer.home().join("taken-anyway").exists());
    app.quit().await
}
