//! Signing in by a company's provider (`OpenID` Connect), as another way to join: the browser goes there and comes back, and
//! what comes of it is an invite for this one person. Who may join is in [`rules`], what is said with the provider in
//! `provider`; what a browser sees is in `routes::sign_in`.

mod provider;
pub mod rules;

use std::time::Duration;

use samovar_domain::Clock;
use samovar_domain::kinds::RoleName;
use url::Url;

use crate::state::hash_secret;
use provider::{Back, Proof, Provider, may_be_called};
use rules::NotAdmitted;
pub use rules::Rules;

/// How long somebody may take at the provider.
pub(crate) const UNDER_WAY: Duration = Duration::from_mins(10);
/// How long the invite works that comes of it.
pub(crate) const CODE_WORKS: Duration = Duration::from_mins(10);
/// Where the provider sends people back to.
pub(crate) const RETURN: &str = "/v1/sign-in/return";

/// How an endpoint is known at the company's provider.
#[derive(Clone)]
pub struct Settings {
    /// The provider's address, exactly as it names itself.
    pub issuer: String,
    /// The endpoint's name there.
    pub client_id: String,
    /// The secret that it shows there.
    pub client_secret: String,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// Who may join.
    pub rules: Rules,
}

/// Without the secret.
impl std::fmt::Debug for Settings {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Settings")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}

/// Why settings cannot be.
#[derive(Debug, thiserror::Error)]
pub enum BadSettings {
    /// The issuer is no address that may be called.
    #[error("the issuer '{0}' is no https:// address; http:// is for providers on this very computer")]
    Issuer(String),
    /// Nobody could sign in, or everybody.
    #[error("it is not said who may sign in: set oidc_domains, oidc_groups, or both")]
    NobodyAdmitted,
    /// Calls cannot be made from here.
    #[error("calls cannot be made from here: {0}")]
    Client(#[from] reqwest::Error),
}

/// Why somebody is not let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SignInError {
    /// The provider cannot be reached, or does not say what it has to.
    #[error("the provider: {0}")]
    Provider(String),
    /// The provider refuses, by its code.
    #[error("the provider refuses: {0}")]
    Refused(String),
    /// What came back proves nothing.
    #[error("what came back is not believed: {0}")]
    Unproven(String),
    /// The rules do not let them in.
    #[error("not one of those who may join")]
    NotAdmitted(NotAdmitted),
}

/// Somebody who has proven who they are and may join.
pub(crate) struct Admitted {
    /// A hash of who they are there.
    pub(crate) subject: String,
    /// The role that their groups say.
    pub(crate) role: Option<RoleName>,
}

/// See the module.
pub(crate) struct SignIn {
    settings: Settings,
    provider: Provider,
}

impl SignIn {
    /// One by these settings.
    pub(crate) fn new(settings: Settings) -> Result<Self, BadSettings> {
        let issuer = Url::parse(&settings.issuer).ok().filter(may_be_called);
        let Some(issuer) = issuer else {
            return Err(BadSettings::Issuer(settings.issuer));
        };
        if settings.rules.domains.is_empty() && settings.rules.groups.is_empty() {
            return Err(BadSettings::NobodyAdmitted);
        }
        Ok(Self {
            settings,
            provider: Provider::new(&issuer)?,
        })
    }

    /// Where a browser that holds `browser` goes, to come back with `state`.
    pub(crate) async fn address(
        &self,
        public_url: &str,
        state: &str,
        browser: &str,
        clock: &dyn Clock,
    ) -> Result<Url, SignInError> {
        let redirect = format!("{public_url}{RETURN}");
        let proof = proof_of(browser);
        self.provider
            .address(&self.settings, &redirect, state, &proof, clock.now())
            .await
    }

    /// Who came back with `code` in the browser that holds `browser`, when they may join.
    pub(crate) async fn admit(
        &self,
        public_url: &str,
        code: String,
        issuer: Option<String>,
        browser: &str,
        clock: &dyn Clock,
    ) -> Result<Admitted, SignInError> {
        let redirect = format!("{public_url}{RETURN}");
        let back = Back { code, issuer };
        let proven = self
            .provider
            .prove(&self.settings, &redirect, back, proof_of(browser), clock)
            .await?;
        let role = self
            .settings
            .rules
            .admit(&proven.said)
            .map_err(SignInError::NotAdmitted)?;
        // No issuer has a line break in it, so no two pairs are the same words.
        let subject = hash_secret(&format!("{}\n{}", self.settings.issuer, proven.subject));
        Ok(Admitted { subject, role })
    }
}

/// What belongs to a sign-in follows from what the browser holds, so that the endpoint keeps hashes alone.
fn proof_of(browser: &str) -> Proof {
    Proof {
        nonce: hash_secret(&format!("nonce {browser}")),
        verifier: hash_secret(&format!("verifier {browser}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: &str, domains: &[&str]) -> Settings {
        Settings {
            issuer: issuer.to_owned(),
            client_id: "samovar".to_owned(),
            client_secret: "very secret".to_owned(),
            scopes: Vec::new(),
            rules: Rules {
                domains: domains.iter().map(ToString::to_string).collect(),
                ..Rules::default()
            },
        }
    }

    #[test]
    fn a_provider_has_tls_or_is_on_this_computer() {
        let is_fine = |issuer: &str| SignIn::new(settings(issuer, &["example.org"])).is_ok();
        assert!(is_fine("https://id.example.org") && is_fine("http://127.0.0.1:8080/tea"));
        assert!(is_fine("http://[::1]:8080") && is_fine("http://localhost"));
        for issuer in [
            "http://id.example.org",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "ftp://127.0.0.1",
            "id.example.org",
            "",
        ] {
            assert!(!is_fine(issuer), "{issuer}");
        }
    }

    #[test]
    fn who_may_sign_in_must_be_said() {
        let nobody = SignIn::new(settings("https://id.example.org", &[]));
        assert!(matches!(nobody, Err(BadSettings::NobodyAdmitted)));
    }

    #[test]
    fn the_secret_is_in_no_log() {
        let told = format!("{:?}", settings("https://id.example.org", &[]));
        assert!(
            told.contains("id.example.org") && !told.contains("very secret"),
            "{told}"
        );
    }
}
