//! GNOME's switch, which is a setting: whether notifications show at all.

use std::cell::RefCell;
use std::sync::Arc;

use gtk::gio::prelude::*;
use gtk::gio::{Settings, SettingsSchemaSource};
use tauri::AppHandle;
use tokio::sync::Notify;

const SCHEMA: &str = "org.gnome.desktop.notifications";
const KEY: &str = "show-banners";

thread_local! {
    /// On the main thread, whose loop hears of changes.
    static WATCHED: RefCell<Option<Settings>> = const { RefCell::new(None) };
}

/// Nothing where the schema is not installed: to ask for it then would end the process.
fn settings() -> Option<Settings> {
    let schema = SettingsSchemaSource::default()?.lookup(SCHEMA, true)?;
    schema.has_key(KEY).then(|| Settings::new(SCHEMA))
}

/// Whether it is on.
pub(super) fn is_on() -> Option<bool> {
    Some(!settings()?.boolean(KEY))
}

/// Whether a program may turn it: an administrator may have fixed it.
pub(super) fn can_be_set() -> bool {
    settings().is_some_and(|settings| settings.is_writable(KEY))
}

/// Turns it, and waits until that is written.
pub(super) fn set(on: bool) -> Option<()> {
    settings()?.set_boolean(KEY, !on).ok()?;
    Settings::sync();
    Some(())
}

/// Changes of the switch; never any on another desktop.
pub(super) struct Changes(Arc<Notify>);

impl Changes {
    /// Returns once it may have changed.
    pub(super) async fn next(&mut self) {
        self.0.notified().await;
    }
}

/// Watches the switch from now on, where this is GNOME.
pub(super) fn changes(app: &AppHandle) -> Changes {
    let told = Arc::new(Notify::new());
    let is_gnome =
        std::env::var("XDG_CURRENT_DESKTOP").is_ok_and(|desktop| desktop.split(':').any(|name| name == "GNOME"));
    if is_gnome {
        let told = Arc::clone(&told);
        let posted = app.run_on_main_thread(move || {
            let Some(settings) = settings() else { return };
            settings.connect_changed(Some(KEY), move |_, _| told.notify_one());
            // Only what was read once is watched.
            let _ = settings.boolean(KEY);
            WATCHED.set(Some(settings));
        });
        if let Err(error) = posted {
            tracing::debug!(%error, "the application ends");
        }
    }
    Changes(told)
}
