//! The system's keyring behind the core's `Secrets`: the Secret Service on Linux, the Keychain on macOS, the Credential
//! Manager on Windows. A keyring may ask its person to unlock it, so each call has a thread of its own and an end.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use keyring_core::{CredentialStore, Entry, Error};
use samovar_core::secrets::{Secrets, SecretsError};
use tokio::sync::oneshot;

const SERVICE: &str = "samovar";

/// How long a person may take to unlock their keyring.
const PATIENCE: Duration = Duration::from_secs(30);

/// See the module. Two profiles keep two secrets of the same name.
pub(crate) struct Keyring {
    profile: String,
}

impl Keyring {
    /// The secrets of a profile.
    pub(crate) fn of(profile: &Path) -> Self {
        Self {
            profile: profile.display().to_string(),
        }
    }

    async fn with<T, F>(&self, name: &str, work: F) -> Result<T, SecretsError>
    where
        T: Send + 'static,
        F: FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
    {
        let user = format!("{name} of {}", self.profile);
        let (done, answer) = oneshot::channel();
        let asked = std::thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            let result = store()
                .and_then(|store| Entry::new_in_store(&store, SERVICE, &user))
                .and_then(|entry| work(&entry));
            // Nobody may wait any more.
            let _ = done.send(result);
        });
        if asked.is_err() {
            return Err(SecretsError::NoKeyring);
        }
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(result)) => result.map_err(trouble),
            Ok(Err(_)) | Err(_) => Err(SecretsError::NoKeyring),
        }
    }
}

fn trouble(error: Error) -> SecretsError {
    match error {
        // No bus, nobody on it who keeps secrets, or a keyring that stays locked.
        Error::NoStorageAccess(_) | Error::PlatformFailure(_) | Error::NoDefaultStore => SecretsError::NoKeyring,
        other => SecretsError::Refused(other.to_string()),
    }
}

#[cfg(target_os = "linux")]
fn store() -> Result<Arc<CredentialStore>, Error> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn store() -> Result<Arc<CredentialStore>, Error> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn store() -> Result<Arc<CredentialStore>, Error> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn store() -> Result<Arc<CredentialStore>, Error> {
    Err(Error::NoDefaultStore)
}

#[async_trait]
impl Secrets for Keyring {
    async fn read(&self, name: &str) -> Result<Option<String>, SecretsError> {
        self.with(name, |entry| match entry.get_password() {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    async fn keep(&self, name: &str, secret: &str) -> Result<(), SecretsError> {
        let secret = secret.to_owned();
        self.with(name, move |entry| entry.set_password(&secret)).await
    }

    async fn remove(&self, name: &str) -> Result<(), SecretsError> {
        self.with(name, |entry| match entry.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
        .await
    }
}
