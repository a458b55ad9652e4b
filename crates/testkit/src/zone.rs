//! A system whose zone is set by the story.

use std::sync::Arc;

use async_trait::async_trait;
use samovar_core::system_zone::SystemZone;
use tokio::sync::watch;

/// See the module. Clones share the setting.
#[derive(Debug, Clone)]
pub struct FakeZone {
    name: Arc<watch::Sender<String>>,
    /// As the core has seen it last.
    seen: Arc<tokio::sync::Mutex<watch::Receiver<String>>>,
}

impl FakeZone {
    /// Set to this zone.
    pub fn new(name: &str) -> Self {
        let (name, seen) = watch::channel(name.to_owned());
        Self {
            name: Arc::new(name),
            seen: Arc::new(tokio::sync::Mutex::new(seen)),
        }
    }

    /// Sets another, as a system does by itself after a flight.
    pub fn is_set_to(&self, name: &str) {
        self.name.send_replace(name.to_owned());
    }
}

#[async_trait]
impl SystemZone for FakeZone {
    fn name(&self) -> String {
        self.name.borrow().clone()
    }

    async fn changed(&self) {
        // The setting lives as long as this does.
        let _ = self.seen.lock().await.changed().await;
    }
}
