//! Waits for a tray to appear on a desktop that has none yet, such as one that is still starting.

use futures_util::StreamExt as _;
use zbus::fdo::DBusProxy;
use zbus::names::BusName;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Returns once there is a tray on the session bus; never, when there is no session bus.
pub(crate) async fn appears() {
    if let Err(error) = watch().await {
        tracing::info!(%error, "no tray can be waited for");
        std::future::pending::<()>().await;
    }
}

async fn watch() -> zbus::Result<()> {
    let connection = zbus::Connection::session().await?;
    let bus = DBusProxy::new(&connection).await?;
    let mut changes = bus.receive_name_owner_changed_with_args(&[(0, WATCHER)]).await?;
    if bus.name_has_owner(BusName::try_from(WATCHER)?).await? {
        return Ok(());
    }
    while let Some(change) = changes.next().await {
        if change.args()?.new_owner().is_some() {
            return Ok(());
        }
    }
    Err(zbus::Error::InterfaceNotFound)
}
