//! TLS by the endpoint itself, seen from outside: who is served with which certificate, and what a renewal changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use reqwest::StatusCode;
use rustix::process::{Pid, Signal, kill_process};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ProtocolVersion, RootCertStore, SupportedProtocolVersion};
use samovar_domain::{Clock as _, SystemClock};
use samovar_tests::endpoint::Endpoint;
use samovar_tests::wait::eventually;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::given::Caller;
use crate::raw::Raw;

/// Somebody whom the team trusts to say who is who.
struct Authority {
    certificate: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let (mut params, key) = (CertificateParams::default(), KeyPair::generate().unwrap());
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self {
            certificate: params.self_signed(&key).unwrap().pem(),
            issuer: Issuer::new(params, key),
        }
    }

    /// A certificate for this computer, and its key.
    fn certifies(&self) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key.serialize_pem())
    }

    fn client(&self) -> reqwest::Client {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let trusted = reqwest::Certificate::from_pem(self.certificate.as_bytes()).unwrap();
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([trusted]);
        client.build().unwrap()
    }

    /// The certificate that somebody who connects anew with one of these versions is shown.
    async fn is_shown(
        &self,
        address: &str,
        versions: &[&'static SupportedProtocolVersion],
    ) -> (CertificateDer<'static>, ProtocolVersion) {
        let mut roots = RootCertStore::empty();
        let root = CertificateDer::from_pem_slice(self.certificate.as_bytes()).unwrap();
        roots.add(root).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_protocol_versions(versions);
        let config = config.unwrap().with_root_certificates(roots).with_no_client_auth();
        let socket = TcpStream::connect(address).await.unwrap();
        let name = ServerName::try_from("127.0.0.1").unwrap();
        let connection = TlsConnector::from(Arc::new(config))
            .connect(name, socket)
            .await
            .unwrap();
        let (_, session) = connection.get_ref();
        let shown = session.peer_certificates().unwrap()[0].clone().into_owned();
        (shown, session.protocol_version().unwrap())
    }
}

/// An endpoint that does TLS, and the files of its certificate.
struct Secured {
    endpoint: Endpoint,
    invite: String,
    authority: Authority,
    certificate: PathBuf,
    key: PathBuf,
    log: PathBuf,
}

impl Secured {
    fn start(folder: &Path) -> Self {
        let (authority, data) = (Authority::new(), folder.join("data"));
        let (certificate, key) = (folder.join("tea.pem"), folder.join("tea.key"));
        write((&certificate, &key), &authority.certifies());
        let (endpoint, invite) = Endpoint::prepared(&data, |program| {
            program.arg("--tls-cert").arg(&certificate).arg("--tls-key").arg(&key);
        })
        .unwrap();
        Self {
            endpoint,
            invite,
            authority,
            certificate,
            key,
            log: Endpoint::log(&data),
        }
    }

    fn address(&self) -> &str {
        self.endpoint.url.strip_prefix("https://").unwrap()
    }

    fn writes(&self, (certificate, key): &(String, String)) {
        write((&self.certificate, &self.key), &(certificate.clone(), key.clone()));
    }

    fn hangs_up(&self) {
        let id = Pid::from_raw(i32::try_from(self.endpoint.id()).unwrap()).unwrap();
        kill_process(id, Signal::HUP).unwrap();
    }

    /// Whether somebody who connects anew is shown this one.
    async fn shows(&self, certificate: &str) -> bool {
        let expected = CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap();
        self.authority.is_shown(self.address(), rustls::ALL_VERSIONS).await.0 == expected
    }

    async fn says_in_its_log(&self, words: &str) {
        let said = async || std::fs::read_to_string(&self.log).ok()?.contains(words).then_some(());
        eventually(words, said).await.unwrap();
    }
}

fn write((certificate_file, key_file): (&Path, &Path), (certificate, key): &(String, String)) {
    std::fs::write(certificate_file, certificate).unwrap();
    std::fs::write(key_file, key).unwrap();
}

#[tokio::test]
async fn a_team_lives_behind_the_endpoints_own_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let secured = Secured::start(folder.path());
    assert!(secured.invite.starts_with("https://127.0.0.1:"), "{}", secured.invite);
    let client = secured.authority.client();
    let ana = Caller::join_by(client, &secured.invite, "Ana", SystemClock.now()).await;
    let mut stream = ana.stream(0).await;
    stream.hears("event: head").await;
    ana.says("nobody on the way reads this").await;
    stream.hears("nobody on the way reads this").await;
    let page = ana.get("/v1/items?after=0").await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.headers().contains_key("strict-transport-security"));
    for (version, protocol) in [
        (&rustls::version::TLS12, ProtocolVersion::TLSv1_2),
        (&rustls::version::TLS13, ProtocolVersion::TLSv1_3),
    ] {
        assert_eq!(
            secured.authority.is_shown(secured.address(), &[version]).await.1,
            protocol
        );
    }
    // Whoever does not know of this authority does not speak to it, and who speaks plainly is not understood.
    assert!(
        samovar_testkit::client()
            .get(&secured.endpoint.url)
            .send()
            .await
            .is_err()
    );
    let mut plain = Raw::to(&format!("http://{}", secured.address())).await;
    plain.says("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(!plain.hears_all().await.contains("HTTP/1.1"));
}

#[tokio::test]
async fn a_new_certificate_is_served_without_a_restart_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let secured = Secured::start(folder.path());
    let client = secured.authority.client();
    let ana = Caller::join_by(client, &secured.invite, "Ana", SystemClock.now()).await;
    let mut stream = ana.stream(0).await;
    stream.hears("event: head").await;
    // Nobody says that it is there.
    let second = secured.authority.certifies();
    secured.writes(&second);
    eventually("the new certificate", async || {
        secured.shows(&second.0).await.then_some(())
    })
    .await
    .unwrap();
    // The key of another, then nonsense: the one from before is served on, and the log says so.
    secured.writes(&(secured.authority.certifies().0, second.1.clone()));
    secured.hangs_up();
    secured
        .says_in_its_log("is of no use, so the one from before is still served")
        .await;
    assert!(secured.shows(&second.0).await);
    secured.writes(&("nonsense".to_owned(), second.1.clone()));
    secured.hangs_up();
    secured.says_in_its_log("holds no certificate").await;
    assert!(secured.shows(&second.0).await);
    let third = secured.authority.certifies();
    secured.writes(&third);
    secured.hangs_up();
    eventually("the third certificate", async || {
        secured.shows(&third.0).await.then_some(())
    })
    .await
    .unwrap();
    // A stream that was there before notices nothing of all this.
    ana.says("still the same stream").await;
    stream.hears("still the same stream").await;
}

#[test]
fn files_that_are_no_certificate_start_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (data, none) = (folder.path().join("data"), folder.path().join("none.pem"));
    let serve = |more: &[&Path]| {
        let mut program = std::process::Command::new(samovar_tests::process::built("samovar-server").unwrap());
        program
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .arg("--tls-cert");
        let said = program.args(more).output().unwrap();
        assert_eq!(said.status.code(), Some(1));
        String::from_utf8(said.stderr).unwrap()
    };
    let alone = serve(&[&none]);
    assert!(alone.contains("a certificate and its key belong together"), "{alone}");
    let missing = serve(&[&none, Path::new("--tls-key"), &none]);
    assert!(missing.contains("none.pem cannot be read"), "{missing}");
    assert!(!data.exists());
}
