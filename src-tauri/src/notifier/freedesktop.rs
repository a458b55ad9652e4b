//! Notifications over D-Bus. A notification lives as long as the connection that showed it, so each is held by a task
//! with a deadline of its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use notify_rust::{Hint, NotificationHandle, NotificationResponse, Timeout};
use samovar_core::api::{AppNotice, NotificationAction, Request};
use samovar_core::notifier::{Notification, Notifier, NotifierError};
use tauri::{AppHandle, Manager as _};
use tokio::sync::OnceCell;
use tokio::task::AbortHandle;

use crate::shell::Shell;
use crate::{core_request, markup};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// How long a notification can still be acted on. Desktops keep them in a list for the day.
const KEEP: Duration = Duration::from_hours(12);

/// How many are kept at once; an older one can no longer be acted on.
const KEEP_AT_MOST: usize = 20;

/// How long the server may take before it counts as missing.
const PATIENCE: Duration = Duration::from_secs(5);

/// See the module.
#[derive(Default)]
pub(crate) struct DesktopNotifier {
    app: OnceLock<AppHandle>,
    shown: Arc<Mutex<Shown>>,
    bus: OnceCell<zbus::Connection>,
    is_markup: OnceCell<bool>,
    icon: OnceLock<String>,
    /// The system's do-not-disturb was turned on or off.
    #[cfg(target_os = "linux")]
    inhibition: Arc<tokio::sync::Notify>,
    #[cfg(target_os = "linux")]
    watching: OnceLock<()>,
}

const ICON: &[u8] = include_bytes!("../../../icons/128x128.png");
const ICON_FILE: &str = "notification-icon.png";

#[derive(Default)]
struct Shown {
    count: u64,
    by_key: HashMap<String, Entry>,
}

struct Entry {
    number: u64,
    handle: Arc<NotificationHandle>,
    waiting: Option<AbortHandle>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        if let Some(waiting) = self.waiting.take() {
            waiting.abort();
        }
    }
}

impl DesktopNotifier {
    /// Buttons go to this application from now on.
    pub(crate) fn belong_to(&self, app: AppHandle) {
        // Set once, before the core is open.
        let _ = self.app.set(app);
    }

    /// Whether something on this desktop shows notifications, or would be started to.
    pub(crate) async fn is_available(&self) -> bool {
        let look = async {
            let bus = zbus::fdo::DBusProxy::new(self.bus().await?).await?;
            if bus.name_has_owner(zbus::names::BusName::try_from(NAME)?).await? {
                return Ok(true);
            }
            let startable = bus.list_activatable_names().await?;
            Ok::<_, zbus::Error>(startable.iter().any(|name| name.as_str() == NAME))
        };
        matches!(tokio::time::timeout(PATIENCE, look).await, Ok(Ok(true)))
    }

    /// The session bus, over one connection for everything that asks or watches.
    pub(crate) async fn bus(&self) -> zbus::Result<&zbus::Connection> {
        self.bus.get_or_try_init(zbus::Connection::session).await
    }

    /// Whether the server reads markup in bodies. One that does not say is treated as if it did.
    async fn is_markup(&self) -> bool {
        let ask = async {
            let reply = self
                .bus()
                .await?
                .call_method(Some(NAME), PATH, Some(NAME), "GetCapabilities", &())
                .await?;
            let capabilities: Vec<String> = reply.body().deserialize()?;
            Ok::<_, zbus::Error>(capabilities.iter().any(|capability| capability == "body-markup"))
        };
        let known = self.is_markup.get_or_try_init(|| async {
            tokio::time::timeout(PATIENCE, ask)
                .await
                .map_err(|_| ())?
                .map_err(|_| ())
        });
        known.await.copied().unwrap_or(true)
    }

    async fn words_for_server(&self, notification: &Notification) -> notify_rust::Notification {
        let mut words = notify_rust::Notification::new();
        words
            .appname("Samovar")
            .icon(self.icon())
            .summary(&markup::title(&notification.title))
            .body(&markup::body(&notification.body, self.is_markup().await))
            .hint(Hint::DesktopEntry("samovar".to_owned()))
            .timeout(if notification.is_timely {
                Timeout::Never
            } else {
                Timeout::Default
            })
            .action("default", "");
        if notification.is_quiet {
            words.urgency(notify_rust::Urgency::Low).hint(Hint::SuppressSound(true));
        }
        for (action, label) in &notification.actions {
            words.action(name(*action), label);
        }
        if let Some(image) = notification.image.as_ref().and_then(|image| image.to_str()) {
            words.image_path(image);
        }
        words
    }

    /// The icon as a file of the profile: the theme's "samovar" is only there where a package installed it.
    fn icon(&self) -> &str {
        self.icon.get_or_init(|| {
            let file = self.app.get().map(|app| app.state::<Shell>().profile().join(ICON_FILE));
            let written = file.filter(|file| std::fs::write(file, ICON).is_ok());
            let path = written.and_then(|file| file.to_str().map(str::to_owned));
            path.unwrap_or_else(|| "samovar".to_owned())
        })
    }

    fn report(&self, is_missing: bool) {
        let core = self.app.get().and_then(|app| app.state::<Shell>().open_core());
        if let Some(core) = core {
            core.report(AppNotice::NoNotifications, is_missing);
        }
    }

    /// Watches the system's do-not-disturb, for as long as the application runs.
    #[cfg(target_os = "linux")]
    fn watch_inhibition(&self) {
        let Some(app) = self.app.get().cloned() else { return };
        let changed = Arc::clone(&self.inhibition);
        tokio::spawn(async move {
            let notifier = Arc::clone(app.state::<Shell>().notifier());
            let watched = async {
                let bus = notifier.bus().await?;
                crate::do_not_disturb::watch(&app, bus, || changed.notify_one()).await
            };
            if let Err(error) = watched.await {
                tracing::info!(%error, "the system's do-not-disturb is not watched");
            }
        });
    }

    /// Holds the notification and waits for its buttons.
    fn hold(&self, key: String, handle: NotificationHandle) {
        let handle = Arc::new(handle);
        let mut shown = lock(&self.shown);
        shown.count += 1;
        let number = shown.count;
        let waiting = self.app.get().cloned().map(|app| {
            let (handle, shown, key) = (Arc::clone(&handle), Arc::clone(&self.shown), key.clone());
            let task = tokio::spawn(async move {
                let mut pressed = None;
                let wait = handle.wait_for_action_async(|response: &NotificationResponse| {
                    pressed = match response {
                        NotificationResponse::Default => Some(NotificationAction::Open),
                        NotificationResponse::Action(name) => action(name),
                        NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => None,
                    };
                });
                // After the deadline it can only be read.
                let _ = tokio::time::timeout(KEEP, wait).await;
                let mut shown = lock(&shown);
                if shown.by_key.get(&key).is_some_and(|entry| entry.number == number)
                    && let Some(mut entry) = shown.by_key.remove(&key)
                {
                    // This task is ending by itself; its last words must not be cut off.
                    entry.waiting = None;
                }
                drop(shown);
                if let Some(action) = pressed {
                    core_request::choose(&app, Request::NotificationPressed { key, action });
                }
            });
            task.abort_handle()
        });
        shown.by_key.insert(
            key,
            Entry {
                number,
                handle,
                waiting,
            },
        );
        if shown.by_key.len() > KEEP_AT_MOST {
            let oldest = shown
                .by_key
                .iter()
                .min_by_key(|(_, entry)| entry.number)
                .map(|(key, _)| key.clone());
            if let Some(oldest) = oldest {
                shown.by_key.remove(&oldest);
            }
        }
    }
}

fn lock(shown: &Mutex<Shown>) -> MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Notifier for DesktopNotifier {
    async fn show(&self, notification: Notification) -> Result<(), NotifierError> {
        let mut words = self.words_for_server(&notification).await;
        let replaced = lock(&self.shown)
            .by_key
            .get(&notification.key)
            .map(|entry| entry.handle.id());
        if let Some(id) = replaced {
            words.id(id);
        }
        let shown = match tokio::time::timeout(PATIENCE, words.show_async()).await {
            Ok(Ok(handle)) => {
                self.hold(notification.key, handle);
                Ok(())
            }
            // The error does not tell whether anybody was there to refuse it.
            Ok(Err(error)) if self.is_available().await => Err(NotifierError::Refused(error.to_string())),
            Ok(Err(_)) | Err(_) => Err(NotifierError::Unavailable),
        };
        self.report(shown == Err(NotifierError::Unavailable));
        shown
    }

    async fn withdraw(&self, key: &str) {
        let entry = lock(&self.shown).by_key.remove(key);
        if let Some(entry) = entry {
            let _ = tokio::time::timeout(PATIENCE, entry.handle.close_async()).await;
        }
    }

    #[cfg(target_os = "linux")]
    async fn is_inhibited(&self) -> bool {
        match self.bus().await {
            Ok(bus) => crate::do_not_disturb::is_on(bus).await,
            Err(_) => false,
        }
    }

    #[cfg(target_os = "linux")]
    async fn can_inhibit(&self) -> bool {
        match self.bus().await {
            Ok(bus) => crate::do_not_disturb::can_be_set(bus).await,
            Err(_) => false,
        }
    }

    #[cfg(target_os = "linux")]
    async fn inhibit(&self, on: bool) -> bool {
        match self.bus().await {
            Ok(bus) => crate::do_not_disturb::set(bus, on).await,
            Err(_) => false,
        }
    }

    #[cfg(target_os = "linux")]
    async fn inhibition_changed(&self) {
        self.watching.get_or_init(|| self.watch_inhibition());
        self.inhibition.notified().await;
    }
}

fn name(action: NotificationAction) -> &'static str {
    match action {
        NotificationAction::Open => "open",
        NotificationAction::Join => "join",
        NotificationAction::Snooze => "snooze",
        NotificationAction::SayThanks => "say_thanks",
        NotificationAction::EndFocus => "end_focus",
        NotificationAction::NeverAgain => "never_again",
        NotificationAction::SkipWeek => "skip_week",
        NotificationAction::PausePairs => "pause_pairs",
    }
}

fn action(pressed: &str) -> Option<NotificationAction> {
    use NotificationAction::{EndFocus, Join, NeverAgain, Open, PausePairs, SayThanks, SkipWeek, Snooze};
    [
        Open, Join, Snooze, SayThanks, EndFocus, NeverAgain, SkipWeek, PausePairs,
    ]
    .into_iter()
    .find(|action| name(*action) == pressed)
}
