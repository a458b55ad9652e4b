//! TLS by certificate files, which may change while the endpoint serves: they are looked at now and then, and when the
//! endpoint is told to. New ones that cannot be used change nothing.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{InconsistentKeys, ServerConfig};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;

/// How long a handshake may take.
const HANDSHAKE_PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether the files have changed.
const LOOK: Duration = Duration::from_secs(10);

/// The files, in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The endpoint's certificate, and behind it those that lead to one that people trust.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why files are of no use. Not a word of a key is in it.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// One cannot be read.
    #[error("{file} cannot be read: {error}")]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// No certificate in it, or a broken one.
    #[error("{0} holds no certificate in PEM")]
    NoCertificate(PathBuf),
    /// No private key in it, or a broken one.
    #[error("{0} holds no private key in PEM that can be used")]
    NoKey(PathBuf),
    /// The key is not the certificate's, as in the middle of a renewal.
    #[error("the key in {key} is not that of the certificate in {certificate}")]
    NotItsKey {
        /// The file of the key.
        key: PathBuf,
        /// The file of the certificate.
        certificate: PathBuf,
    },
    /// Anything else.
    #[error("the certificate cannot be used: {0}")]
    Unusable(rustls::Error),
}

/// What came of a look at the files.
#[derive(Debug)]
pub(crate) enum Look {
    /// They are as they were when they were looked at last, good or bad.
    AsBefore,
    /// They are served from now on.
    Renewed,
    /// They are of no use; the ones from before are still served.
    Kept(TlsError),
}

/// What is served just now.
#[derive(Debug)]
struct Served(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Served {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// See the module.
pub(crate) struct Tls {
    files: TlsFiles,
    provider: Arc<CryptoProvider>,
    served: Arc<Served>,
    acceptor: TlsAcceptor,
    /// By what the files are known that were looked at last: their hash, or why there is none.
    seen: Mutex<String>,
}

impl Tls {
    /// Reads the files.
    pub(crate) fn read(files: TlsFiles) -> Result<Self, TlsError> {
        let provider = Arc::new(ring::default_provider());
        let (certificate, key) = read(&files)?;
        let first = certified(&files, &certificate, &key, &provider)?;
        let served = Arc::new(Served(RwLock::new(Arc::new(first))));
        // TLS 1.2 and 1.3.
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(TlsError::Unusable)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&served) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // Desktops that come back all at once do not have to prove everything anew.
        config.ticketer = ring::Ticketer::new().map_err(TlsError::Unusable)?;
        Ok(Self {
            files,
            provider,
            served,
            acceptor: TlsAcceptor::from(Arc::new(config)),
            seen: Mutex::new(name_of(&certificate, &key)),
        })
    }

    /// Shakes hands, within a time.
    pub(crate) async fn accept(&self, socket: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        let accepted = tokio::time::timeout(HANDSHAKE_PATIENCE, self.acceptor.accept(socket)).await;
        accepted.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    /// Looks at the files.
    pub(crate) fn look(&self) -> Look {
        let read = read(&self.files);
        let name = match &read {
            Ok((certificate, key)) => name_of(certificate, key),
            Err(error) => error.to_string(),
        };
        if std::mem::replace(
            &mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner),
            name.clone(),
        ) == name
        {
            return Look::AsBefore;
        }
        match read.and_then(|(certificate, key)| certified(&self.files, &certificate, &key, &self.provider)) {
            Ok(certified) => {
                *self.served.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(certified);
                Look::Renewed
            }
            Err(error) => Look::Kept(error),
        }
    }

    /// The same, and tells in the log what came of it.
    pub(crate) async fn look_and_tell(self: &Arc<Self>) {
        let tls = Arc::clone(self);
        match tokio::task::spawn_blocking(move || tls.look()).await {
            Ok(Look::Renewed) => tracing::info!("the TLS certificate was renewed"),
            Ok(Look::Kept(error)) => {
                tracing::warn!(%error, "the new TLS certificate is of no use, so the one from before is still served");
            }
            Ok(Look::AsBefore) | Err(_) => {}
        }
    }

    /// Looks now and then until the endpoint stops.
    pub(crate) async fn watch(self: Arc<Self>, stopping: CancellationToken) {
        let mut looks = tokio::time::interval(LOOK);
        looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while stopping.run_until_cancelled(looks.tick()).await.is_some() {
            self.look_and_tell().await;
        }
    }
}

fn read(files: &TlsFiles) -> Result<(Vec<u8>, Vec<u8>), TlsError> {
    let read = |file: &Path| {
        std::fs::read(file).map_err(|error| TlsError::Unreadable {
            file: file.to_owned(),
            error,
        })
    };
    Ok((read(&files.certificate)?, read(&files.key)?))
}

fn name_of(certificate: &[u8], key: &[u8]) -> String {
    let hash = Sha256::new().chain_update(certificate).chain_update(key).finalize();
    hash.iter().fold(String::new(), |mut name, byte| {
        let _ = write!(name, "{byte:02x}");
        name
    })
}

fn certified(
    files: &TlsFiles,
    certificate: &[u8],
    key: &[u8],
    provider: &CryptoProvider,
) -> Result<CertifiedKey, TlsError> {
    let no_certificate = || TlsError::NoCertificate(files.certificate.clone());
    let chain: Result<Vec<CertificateDer<'static>>, pem::Error> = CertificateDer::pem_slice_iter(certificate).collect();
    let chain = chain.map_err(|_| no_certificate())?;
    if chain.is_empty() {
        return Err(no_certificate());
    }
    let no_key = || TlsError::NoKey(files.key.clone());
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| no_key())?;
    let key = provider.key_provider.load_private_key(key).map_err(|_| no_key())?;
    let certified = CertifiedKey::new(chain, key);
    match certified.keys_match() {
        // Some keys do not tell.
        Ok(()) | Err(rustls::Error::InconsistentKeys(InconsistentKeys::Unknown)) => Ok(certified),
        Err(rustls::Error::InconsistentKeys(_)) => Err(TlsError::NotItsKey {
            key: files.key.clone(),
            certificate: files.certificate.clone(),
        }),
        Err(error) => Err(TlsError::Unusable(error)),
    }
}

#[cfg(test)]
mod tests {
    use rcgen::CertifiedKey as Made;

    use super::*;

    fn made() -> (String, String) {
        let Made { cert, signing_key } = rcgen::generate_simple_self_signed(["tea.example".to_owned()]).unwrap();
        (cert.pem(), signing_key.serialize_pem())
    }

    #[test]
    fn files_are_renewed_once_they_belong_together_and_are_kept_until_then() {
        let folder = tempfile::tempdir().unwrap();
        let files = TlsFiles {
            certificate: folder.path().join("tea.pem"),
            key: folder.path().join("tea.key"),
        };
        let ((certificate, key), (next_certificate, next_key)) = (made(), made());
        let write = |certificate: &str, key: &str| {
            std::fs::write(&files.certificate, certificate).unwrap();
            std::fs::write(&files.key, key).unwrap();
        };
        assert!(matches!(Tls::read(files.clone()), Err(TlsError::Unreadable { .. })));
        write("", &key);
        assert!(matches!(Tls::read(files.clone()), Err(TlsError::NoCertificate(_))));
        write(
            &certificate,
            "-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----\n",
        );
        assert!(matches!(Tls::read(files.clone()), Err(TlsError::NoKey(_))));

        write(&certificate, &key);
        let tls = Tls::read(files.clone()).unwrap();
        let serves = |pem: &str| {
            let served = tls.served.0.read().unwrap();
            served.end_entity_cert().unwrap() == &CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
        };
        assert!(serves(&certificate));
        assert!(matches!(tls.look(), Look::AsBefore));
        // Half of it is there.
        write(&next_certificate, &key);
        assert!(matches!(tls.look(), Look::Kept(TlsError::NotItsKey { .. })));
        assert!(matches!(tls.look(), Look::AsBefore), "said once");
        assert!(serves(&certificate));
        std::fs::remove_file(&files.key).unwrap();
        assert!(matches!(tls.look(), Look::Kept(TlsError::Unreadable { .. })));
        assert!(matches!(tls.look(), Look::AsBefore), "said once");
        write(&next_certificate, &next_key);
        assert!(matches!(tls.look(), Look::Renewed));
        assert!(serves(&next_certificate));
    }
}
