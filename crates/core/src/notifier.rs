//! How the core speaks to its person when no window is open. The shell implements it with the system's notifications.

use std::path::PathBuf;

use async_trait::async_trait;

use crate::api::NotificationAction;

/// One notification, in words ready to be shown (not yet escaped: that is the implementation's part).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Stable: the same thing has the same key, and showing it again replaces it.
    pub key: String,
    /// One line.
    pub title: String,
    /// A few lines.
    pub body: String,
    /// Buttons with their labels, most wanted first. Pressing the notification itself is `Open`.
    pub actions: Vec<(NotificationAction, String)>,
    /// A small picture to show beside the words.
    pub image: Option<PathBuf>,
    /// Whether it loses its sense when it is seen late, so that it may stay until it is dismissed.
    pub is_timely: bool,
    /// Whether it comes without a sound and asks for nothing.
    pub is_quiet: bool,
}

/// The notification could not be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotifierError {
    /// Nothing on this desktop shows notifications.
    #[error("nothing on this desktop shows notifications")]
    Unavailable,
    /// The server of notifications answered with an error.
    #[error("the notification was refused: {0}")]
    Refused(String),
}

/// Shows notifications. Buttons come back to the core as `Request::NotificationPressed`.
#[async_trait]
pub trait Notifier: Send + Sync {
    /// Shows it, or replaces the one of the same key. Returns once the system has taken it.
    async fn show(&self, notification: Notification) -> Result<(), NotifierError>;
    /// Takes it away again, when it is still there.
    async fn withdraw(&self, key: &str);
    /// Whether the system's own do-not-disturb is on; `false` when that cannot be known.
    async fn is_inhibited(&self) -> bool {
        false
    }
    /// Whether Samovar may turn the system's do-not-disturb on and off here.
    async fn can_inhibit(&self) -> bool {
        false
    }
    /// Turns the system's do-not-disturb on or off. Whether it is so now.
    async fn inhibit(&self, _on: bool) -> bool {
        false
    }
    /// Waits until the system's do-not-disturb was turned on or off, also when that was between two calls. Never returns
    /// where the system does not tell; then it is looked at once a minute while something is held because of it.
    async fn inhibition_changed(&self) {
        std::future::pending::<()>().await;
    }
}
