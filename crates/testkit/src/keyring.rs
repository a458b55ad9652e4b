//! A keyring in memory, which may be missing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use samovar_core::secrets::{Secrets, SecretsError};

/// See the module. Clones share what is kept.
#[derive(Debug, Clone, Default)]
pub struct FakeKeyring(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    kept: HashMap<String, String>,
    is_missing: bool,
}

impl FakeKeyring {
    /// This computer has no keyring, or has one again.
    pub fn is_missing(&self, is_so: bool) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_missing = is_so;
    }

    /// Somebody has emptied it.
    pub fn is_emptied(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).kept.clear();
    }

    /// Everything that is kept, by name.
    pub fn kept(&self) -> HashMap<String, String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).kept.clone()
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<String, String>) -> T) -> Result<T, SecretsError> {
        let mut inside = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if inside.is_missing {
            return Err(SecretsError::NoKeyring);
        }
        Ok(work(&mut inside.kept))
    }
}

#[async_trait]
impl Secrets for FakeKeyring {
    async fn read(&self, name: &str) -> Result<Option<String>, SecretsError> {
        self.with(|kept| kept.get(name).cloned())
    }

    async fn keep(&self, name: &str, secret: &str) -> Result<(), SecretsError> {
        self.with(|kept| kept.insert(name.to_owned(), secret.to_owned()))
            .map(|_| ())
    }

    async fn remove(&self, name: &str) -> Result<(), SecretsError> {
        self.with(|kept| kept.remove(name)).map(|_| ())
    }
}
