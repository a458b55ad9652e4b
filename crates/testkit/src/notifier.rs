//! A notifier that remembers what it was shown, and a computer that hosts no team.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use samovar_core::endpoint_host::{EndpointHost, StartedEndpoint};
use samovar_core::notifier::{Notification, Notifier, NotifierError};
use samovar_domain::Problem;
use tokio::sync::watch;

/// See the module. Clones share what was shown.
#[derive(Debug, Clone)]
pub struct RecordingNotifier {
    shown: Arc<Mutex<Vec<Notification>>>,
    withdrawn: Arc<Mutex<Vec<String>>>,
    count: Arc<watch::Sender<usize>>,
    /// How many were handed over, shown or not.
    handed: Arc<watch::Sender<usize>>,
    /// Whether the server of notifications takes none, and does not say so either.
    hangs: Arc<watch::Sender<bool>>,
    inhibited: Arc<watch::Sender<bool>>,
    /// Whether the system tells that its do-not-disturb was turned on or off.
    tells_of_inhibition: Arc<AtomicBool>,
    /// Whether a program may turn the system's do-not-disturb on and off.
    can_be_inhibited: Arc<AtomicBool>,
    inhibition: Arc<tokio::sync::Mutex<watch::Receiver<bool>>>,
}

impl Default for RecordingNotifier {
    fn default() -> Self {
        let (inhibited, inhibition) = watch::channel(false);
        Self {
            shown: Arc::default(),
            withdrawn: Arc::default(),
            count: Arc::new(watch::channel(0).0),
            handed: Arc::new(watch::channel(0).0),
            hangs: Arc::new(watch::channel(false).0),
            inhibited: Arc::new(inhibited),
            tells_of_inhibition: Arc::new(AtomicBool::new(true)),
            can_be_inhibited: Arc::default(),
            inhibition: Arc::new(tokio::sync::Mutex::new(inhibition)),
        }
    }
}

impl RecordingNotifier {
    /// Everything that was shown, oldest first.
    pub fn shown(&self) -> Vec<Notification> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for the next notification after so many, and returns it.
    pub async fn hears_after(&self, shown: usize) -> Notification {
        let mut count = self.count.subscribe();
        let is_more = count.wait_for(|count| *count > shown);
        let waited = tokio::time::timeout(crate::PATIENCE, is_more).await;
        assert!(waited.is_ok(), "nothing more was heard");
        self.shown().swap_remove(shown)
    }

    /// Waits until so many were handed over, whether they are shown or not.
    pub async fn was_handed(&self, count: usize) {
        let mut handed = self.handed.subscribe();
        let all = handed.wait_for(|handed| *handed >= count);
        let waited = tokio::time::timeout(crate::PATIENCE, all).await;
        assert!(waited.is_ok(), "{count} were not handed over");
    }

    /// The keys of what was taken away again, in that order.
    pub fn withdrawn(&self) -> Vec<String> {
        self.withdrawn.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The server of notifications does not answer any more, or does again.
    pub fn hangs(&self, is_so: bool) {
        self.hangs.send_replace(is_so);
    }

    /// The system's own do-not-disturb is turned on or off.
    pub fn inhibits(&self, is_so: bool) {
        self.inhibited.send_replace(is_so);
    }

    /// Programs may turn this system's do-not-disturb on and off.
    pub fn can_be_inhibited(&self) {
        self.can_be_inhibited.store(true, Ordering::SeqCst);
    }

    /// Waits until the system's do-not-disturb is on or off.
    pub async fn is_inhibited_when(&self, is_so: bool) {
        let mut inhibited = self.inhibited.subscribe();
        let waited = tokio::time::timeout(crate::PATIENCE, inhibited.wait_for(|on| *on == is_so)).await;
        assert!(waited.is_ok(), "do-not-disturb is not {is_so}");
    }

    /// This system says nothing when its do-not-disturb is turned on or off, as most do.
    pub fn never_tells_of_inhibition(&self) {
        self.tells_of_inhibition.store(false, Ordering::SeqCst);
    }

    /// Waits until the notification of this key was taken away.
    pub async fn withdraws(&self, key: &str) {
        let mut count = self.count.subscribe();
        let is_gone = count.wait_for(|_| self.withdrawn().iter().any(|gone| gone == key));
        let waited = tokio::time::timeout(crate::PATIENCE, is_gone).await;
        assert!(waited.is_ok(), "{key} stays: {:#?}", self.shown());
    }

    /// Waits for a notification whose title or body has these words.
    pub async fn hears(&self, words: &str) -> Notification {
        self.hears_again(words, 1).await
    }

    /// Waits until so many notifications had these words in their title or body; the last of them.
    pub async fn hears_again(&self, words: &str, times: usize) -> Notification {
        let mut count = self.count.subscribe();
        let found = async {
            loop {
                count.mark_unchanged();
                let has = |one: &Notification| one.title.contains(words) || one.body.contains(words);
                if let Some(found) = self.shown().into_iter().filter(has).nth(times - 1) {
                    return found;
                }
                count
                    .changed()
                    .await
                    .expect("the notifier lives as long as this reference to it");
            }
        };
        let Ok(found) = tokio::time::timeout(crate::PATIENCE, found).await else {
            panic!("nothing was heard of '{words}', only: {:#?}", self.shown())
        };
        found
    }
}

#[async_trait]
impl Notifier for RecordingNotifier {
    async fn show(&self, notification: Notification) -> Result<(), NotifierError> {
        self.handed.send_modify(|handed| *handed += 1);
        let mut hangs = self.hangs.subscribe();
        let _ = hangs.wait_for(|hangs| !hangs).await;
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.push(notification);
        self.count.send_replace(shown.len());
        Ok(())
    }

    async fn withdraw(&self, key: &str) {
        let mut withdrawn = self.withdrawn.lock().unwrap_or_else(PoisonError::into_inner);
        withdrawn.push(key.to_owned());
        drop(withdrawn);
        self.count.send_modify(|_| {});
    }

    async fn is_inhibited(&self) -> bool {
        *self.inhibited.borrow()
    }

    async fn can_inhibit(&self) -> bool {
        self.can_be_inhibited.load(Ordering::SeqCst)
    }

    async fn inhibit(&self, on: bool) -> bool {
        if !self.can_be_inhibited.load(Ordering::SeqCst) {
            return false;
        }
        self.inhibited.send_replace(on);
        true
    }

    async fn inhibition_changed(&self) {
        if !self.tells_of_inhibition.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        let changed = self.inhibition.lock().await.changed().await;
        changed.expect("the notifier lives as long as this reference to it");
    }
}

/// A computer that hosts no team.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoHost;

#[async_trait]
impl EndpointHost for NoHost {
    async fn start(&self, _: &Path) -> Result<StartedEndpoint, Problem> {
        Err(Problem::new("no_host", "This test's computer hosts no team."))
    }
}
