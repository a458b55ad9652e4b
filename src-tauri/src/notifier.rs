//! The system's notifications behind the core's `Notifier`. What they cannot do on a system stays in here; a missing
//! server is said once and survived.

use async_trait::async_trait;
use samovar_core::notifier::{Notification, Notifier, NotifierError};

#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) use freedesktop::DesktopNotifier;
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(crate) use plain::DesktopNotifier;

/// For a command: the person is in front of the terminal, and Samovar tells the rest when it runs.
pub(crate) struct Silent;

#[async_trait]
impl Notifier for Silent {
    async fn show(&self, _: Notification) -> Result<(), NotifierError> {
        Err(NotifierError::Unavailable)
    }

    async fn withdraw(&self, _: &str) {}
}

#[cfg(all(unix, not(target_os = "macos")))]
mod freedesktop;

/// Notifications without buttons: what Windows and macOS offer without a signed bundle.
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod plain {
    use async_trait::async_trait;
    use samovar_core::notifier::{Notification, Notifier, NotifierError};
    use tauri::AppHandle;

    /// Shows notifications, and nothing more.
    #[derive(Default)]
    pub(crate) struct DesktopNotifier;

    impl DesktopNotifier {
        /// Buttons would go to this application.
        pub(crate) fn belong_to(&self, _: AppHandle) {}

        /// The system shows notifications, or says nothing.
        pub(crate) async fn is_available(&self) -> bool {
            true
        }
    }

    #[async_trait]
    impl Notifier for DesktopNotifier {
        async fn show(&self, notification: Notification) -> Result<(), NotifierError> {
            let shown = tokio::task::spawn_blocking(move || {
                notify_rust::Notification::new()
                    .appname("Samovar")
                    .summary(&crate::markup::title(&notification.title))
                    .body(&crate::markup::body(&notification.body, false))
                    .show()
                    .map(|_| ())
            });
            match shown.await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => Err(NotifierError::Refused(error.to_string())),
                Err(_) => Err(NotifierError::Unavailable),
            }
        }

        async fn withdraw(&self, _: &str) {}
    }
}
