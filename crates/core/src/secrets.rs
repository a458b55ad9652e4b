//! Where secrets are kept: the system's keyring, which the shell reaches and the core does not know.

use async_trait::async_trait;

/// A secret could not be kept, read or taken away.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretsError {
    /// This system has no keyring, it is locked, or it does not answer.
    #[error("this system has no keyring that answers")]
    NoKeyring,
    /// The keyring answered with an error.
    #[error("the keyring refused: {0}")]
    Refused(String),
}

/// Keeps secrets by name. Calls may take as long as a person takes to unlock a keyring, and no longer.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// The secret of this name; `None` when there is none.
    async fn read(&self, name: &str) -> Result<Option<String>, SecretsError>;
    /// Keeps a secret in place of the one of the same name.
    async fn keep(&self, name: &str, secret: &str) -> Result<(), SecretsError>;
    /// Takes it away, when it is there.
    async fn remove(&self, name: &str) -> Result<(), SecretsError>;
}

/// For a process without a keyring.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSecrets;

#[async_trait]
impl Secrets for NoSecrets {
    async fn read(&self, _: &str) -> Result<Option<String>, SecretsError> {
        Err(SecretsError::NoKeyring)
    }

    async fn keep(&self, _: &str, _: &str) -> Result<(), SecretsError> {
        Err(SecretsError::NoKeyring)
    }

    async fn remove(&self, _: &str) -> Result<(), SecretsError> {
        Err(SecretsError::NoKeyring)
    }
}
