//! A notifier that remembers what it was shown, and a computer that hosts no team.

use std::path::Path;
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
    count: Arc<watch::Sender<usize>>,
}

impl Default for RecordingNotifier {
    fn default() -> Self {
        Self {
            shown: Arc::default(),
            count: Arc::new(watch::channel(0).0),
        }
    }
}

impl RecordingNotifier {
    /// Everything that was shown, oldest first.
    pub fn shown(&self) -> Vec<Notification> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for a notification whose title or body has these words.
    pub async fn hears(&self, words: &str) -> Notification {
        let mut count = self.count.subscribe();
        let found = async {
            loop {
                count.mark_unchanged();
                let has = |one: &Notification| one.title.contains(words) || one.body.contains(words);
                if let Some(found) = self.shown().into_iter().find(has) {
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
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.push(notification);
        self.count.send_replace(shown.len());
        Ok(())
    }

    async fn withdraw(&self, _: &str) {}
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
