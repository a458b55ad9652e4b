//! Whether the desktop shows tray icons: a panel may come late, crash, or be started anew at any time.

use futures_util::StreamExt as _;
use zbus::Connection;
use zbus::fdo::{DBusProxy, NameOwnerChangedStream};
use zbus::names::BusName;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Watches the session bus for a tray.
pub(crate) struct TrayWatch {
    changes: NameOwnerChangedStream,
    is_there: bool,
}

impl TrayWatch {
    /// Watches from now on.
    pub(crate) async fn begin(connection: &Connection) -> zbus::Result<Self> {
        let bus = DBusProxy::new(connection).await?;
        let changes = bus.receive_name_owner_changed_with_args(&[(0, WATCHER)]).await?;
        let is_there = bus.name_has_owner(BusName::try_from(WATCHER)?).await?;
        Ok(Self { changes, is_there })
    }

    /// Whether there is a tray.
    pub(crate) fn is_there(&self) -> bool {
        self.is_there
    }

    /// Returns when a tray came or went; never, once the bus has gone. One that is replaced by another has come.
    pub(crate) async fn change(&mut self) {
        while let Some(change) = self.changes.next().await {
            if let Ok(change) = change.args() {
                self.is_there = change.new_owner().is_some();
                return;
            }
        }
        std::future::pending::<()>().await;
    }
}
