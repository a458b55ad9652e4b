//! Talks to the company's provider by `OpenID` Connect: what it says of itself, its keys, a code for an ID token, and whether
//! that token holds.

use std::pin::Pin;
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClientAuthMethod,
    CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AdditionalProviderMetadata, AsyncHttpClient, AuthorizationCode, ClaimsVerificationError,
    ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, JsonWebKeySet, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    ProviderMetadata, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, StandardErrorResponse,
    StandardTokenResponse, TokenResponse as _,
};
use samovar_domain::{Clock, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::Mutex;
use url::Url;

use super::rules::Said;
use super::{Settings, SignInError};

/// How long what a provider says of itself is believed.
const BELIEVED: Duration = Duration::from_hours(1);
/// A token by a key that is not known has the keys fetched anew, at most this often.
const KEYS_AGAIN: Duration = Duration::from_secs(30);
/// A provider that could not be reached is asked anew, at most this often: whoever begins to sign in needs no token.
const REACHED_AGAIN: Duration = Duration::from_secs(5);
/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// As much of an answer is read.
const ANSWER_MAX: usize = 1024 * 1024;
/// How far the provider's clock may be ahead of ours, and how long ago a token may have been made.
const CLOCKS_APART: Duration = Duration::from_mins(2);
const TOKEN_FRESH: Duration = Duration::from_mins(15);

/// What a token says beside what all of them say: groups are among it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Claims(Map<String, Value>);

impl AdditionalClaims for Claims {}

/// What a provider says of itself beside what all of them say.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Extra {
    /// Whether it names itself when it sends somebody back (RFC 9207).
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Extra {}

type Metadata = ProviderMetadata<
    Extra,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type Client = openidconnect::Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What tokens may be signed with: by a key that the provider alone has, so never `none` and never a shared secret.
const SIGNED_WITH: [CoreJwsSigningAlgorithm; 6] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Why a call failed, without its address.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct CallFailed(String);

impl CallFailed {
    /// With all that led to it.
    fn told(error: &dyn std::error::Error) -> Self {
        let causes = std::iter::successors(error.source(), |cause| cause.source());
        Self(causes.fold(error.to_string(), |told, cause| format!("{told}: {cause}")))
    }
}

impl From<CallFailed> for SignInError {
    fn from(failed: CallFailed) -> Self {
        Self::Provider(failed.0)
    }
}

/// What is known of the provider, and since when.
struct Known {
    metadata: Metadata,
    since: Timestamp,
    keys_since: Timestamp,
}

/// Makes calls, without TLS only to a provider on this very computer.
#[derive(Clone)]
struct Calls {
    http: reqwest::Client,
    is_here: bool,
}

impl<'c> AsyncHttpClient<'c> for Calls {
    type Error = CallFailed;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, CallFailed>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(call(self.clone(), request))
    }
}

/// See the module.
pub(super) struct Provider {
    calls: Calls,
    known: Mutex<Option<Known>>,
    /// Since when it cannot be reached.
    away_since: std::sync::Mutex<Option<Timestamp>>,
}

/// Who came back, by a token that holds.
pub(super) struct Proven {
    /// Who it is, for ever, at this provider.
    pub(super) subject: String,
    /// What else it says.
    pub(super) said: Said,
}

/// What belongs to one sign-in: sent there as a hash, and brought along when it comes back.
pub(super) struct Proof {
    /// By which the token shows that it was made for this sign-in.
    pub(super) nonce: String,
    /// By which we show that it is us who began it.
    pub(super) verifier: String,
}

/// Whether an address may be called: `https`, or this very computer.
pub(super) fn may_be_called(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => match url.host() {
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            Some(url::Host::Domain(name)) => name == "localhost",
            None => false,
        },
        _ => false,
    }
}

async fn call(calls: Calls, request: HttpRequest) -> Result<HttpResponse, CallFailed> {
    let (parts, body) = request.into_parts();
    let failed = |error: reqwest::Error| CallFailed::told(&error.without_url());
    let url: Url = parts
        .uri
        .to_string()
        .parse()
        .map_err(|_| CallFailed("the provider names an address that is none".to_owned()))?;
    if !(url.scheme() == "https" || calls.is_here && may_be_called(&url)) {
        return Err(CallFailed("the provider names an address without TLS".to_owned()));
    }
    let call = calls.http.request(parts.method, url).headers(parts.headers).body(body);
    let mut answer = call.send().await.map_err(failed)?;
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(failed)? {
        if bytes.len() + chunk.len() > ANSWER_MAX {
            return Err(CallFailed("the provider answers at too great length".to_owned()));
        }
        bytes.extend_from_slice(&chunk);
    }
    let mut response = HttpResponse::new(bytes);
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    Ok(response)
}

impl Provider {
    /// One at this address.
    pub(super) fn new(issuer: &Url) -> Result<Self, reqwest::Error> {
        // Only the first caller in a process installs it; the others find it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("samovar/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self {
            calls: Calls {
                http,
                is_here: issuer.scheme() == "http" && may_be_called(issuer),
            },
            known: Mutex::new(None),
            away_since: std::sync::Mutex::default(),
        })
    }

    /// What the provider says of itself, fetched anew from time to time.
    async fn metadata(&self, settings: &Settings, now: Timestamp) -> Result<Metadata, SignInError> {
        let mut known = self.known.lock().await;
        if let Some(known) = &*known
            && known.since <= now
            && now < known.since.plus(BELIEVED)
        {
            return Ok(known.metadata.clone());
        }
        if self.is_away(now) {
            return Err(SignInError::Provider("it could not be reached a moment ago".to_owned()));
        }
        let found = self.discover(settings).await;
        *self.away_since() = found.is_err().then_some(now);
        let metadata = found?;
        *known = Some(Known {
            metadata: metadata.clone(),
            since: now,
            keys_since: now,
        });
        Ok(metadata)
    }

    fn away_since(&self) -> MutexGuard<'_, Option<Timestamp>> {
        self.away_since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_away(&self, now: Timestamp) -> bool {
        self.away_since()
            .is_some_and(|since| since <= now && now < since.plus(REACHED_AGAIN))
    }

    async fn discover(&self, settings: &Settings) -> Result<Metadata, SignInError> {
        let issuer =
            IssuerUrl::new(settings.issuer.clone()).map_err(|error| SignInError::Provider(error.to_string()))?;
        let metadata = Metadata::discover_async(issuer, &self.calls)
            .await
            .map_err(|error| CallFailed::told(&error))?;
        let there = metadata.authorization_endpoint().url();
        if !(there.scheme() == "https" || self.calls.is_here && may_be_called(there)) {
            return Err(SignInError::Provider(
                "it would have people sign in without TLS".to_owned(),
            ));
        }
        Ok(metadata)
    }

    /// The same with keys that were fetched anew, unless that was done a moment ago.
    async fn with_new_keys(&self, now: Timestamp) -> Result<Option<Metadata>, SignInError> {
        let mut known = self.known.lock().await;
        let Some(known) = &mut *known else { return Ok(None) };
        if known.keys_since <= now && now < known.keys_since.plus(KEYS_AGAIN) && known.keys_since != known.since {
            return Ok(None);
        }
        let keys = JsonWebKeySet::fetch_async(known.metadata.jwks_uri(), &self.calls)
            .await
            .map_err(|error| CallFailed::told(&error))?;
        known.keys_since = now.plus(Duration::from_millis(1));
        known.metadata = known.metadata.clone().set_jwks(keys);
        Ok(Some(known.metadata.clone()))
    }

    fn client(settings: &Settings, redirect: &str, metadata: Metadata) -> Result<Client, SignInError> {
        let redirect =
            RedirectUrl::new(redirect.to_owned()).map_err(|error| SignInError::Provider(error.to_string()))?;
        let secret = ClientSecret::new(settings.client_secret.clone());
        let client_id = ClientId::new(settings.client_id.clone());
        Ok(openidconnect::Client::from_provider_metadata(metadata, client_id, Some(secret)).set_redirect_uri(redirect))
    }

    /// Where somebody is sent to sign in.
    pub(super) async fn address(
        &self,
        settings: &Settings,
        redirect: &str,
        state: &str,
        proof: &Proof,
        now: Timestamp,
    ) -> Result<Url, SignInError> {
        let client = Self::client(settings, redirect, self.metadata(settings, now).await?)?;
        let (state, nonce) = (state.to_owned(), proof.nonce.clone());
        let verifier = PkceCodeVerifier::new(proof.verifier.clone());
        let request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        let scopes = settings.scopes.iter().cloned().map(Scope::new);
        Ok(request.add_scopes(scopes).url().0)
    }

    /// Who came back with this code.
    pub(super) async fn prove(
        &self,
        settings: &Settings,
        redirect: &str,
        back: Back,
        proof: Proof,
        clock: &dyn Clock,
    ) -> Result<Proven, SignInError> {
        let now = clock.now();
        let metadata = self.metadata(settings, now).await?;
        let names_itself = metadata
            .additional_metadata()
            .authorization_response_iss_parameter_supported;
        match back.issuer {
            Some(issuer) if issuer != settings.issuer => {
                return Err(SignInError::Unproven("another issuer".to_owned()));
            }
            None if names_itself => return Err(SignInError::Unproven("no issuer".to_owned())),
            _ => {}
        }
        let client = Self::client(settings, redirect, metadata)?;
        let exchanged = client
            .exchange_code(AuthorizationCode::new(back.code))
            .map_err(|error| SignInError::Provider(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(proof.verifier))
            .request_async(&self.calls)
            .await;
        let tokens = exchanged.map_err(|error| match error {
            RequestTokenError::ServerResponse(refusal) => SignInError::Refused(known_code(refusal.error())),
            // It is not told what stands in an answer that is none.
            RequestTokenError::Parse(..) => SignInError::Unproven("an answer that is not understood".to_owned()),
            RequestTokenError::Request(error) => error.into(),
            RequestTokenError::Other(error) => SignInError::Provider(error),
        })?;
        let token = tokens
            .id_token()
            .ok_or_else(|| SignInError::Unproven("no ID token".to_owned()))?;
        let nonce = Nonce::new(proof.nonce);
        let verified = |client: &Client| {
            let verifier = client
                .id_token_verifier()
                .set_allowed_algs(SIGNED_WITH)
                .set_time_fn(move || now.utc())
                .set_issue_time_verifier_fn(move |at| {
                    let at = Timestamp::from_millis(at.timestamp_millis());
                    if at > now.plus(CLOCKS_APART) || at < now.minus(TOKEN_FRESH) {
                        return Err("it was not made just now".to_owned());
                    }
                    Ok(())
                });
            token.claims(&verifier, &nonce).cloned()
        };
        let claims = match verified(&client) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey | SignatureVerificationError::CryptoError(_),
            )) => match self.with_new_keys(now).await? {
                // The provider may have changed its keys.
                Some(metadata) => verified(&Self::client(settings, redirect, metadata)?),
                None => Err(ClaimsVerificationError::Other("its key is not known".to_owned())),
            },
            other => other,
        };
        let claims = claims.map_err(|error| SignInError::Unproven(kind_of(&error).to_owned()))?;
        let groups = claims.additional_claims().0.get(&settings.rules.groups_claim);
        Ok(Proven {
            subject: claims.subject().to_string(),
            said: Said {
                email: claims.email().map(|email| email.to_string()),
                is_verified: claims.email_verified().unwrap_or_default(),
                groups: groups.cloned().unwrap_or_default(),
            },
        })
    }
}

/// Its code, when it is one of those that there are (RFC 6749, 5.2): the log takes no words that others choose.
fn known_code(code: &CoreErrorResponseType) -> String {
    match code {
        CoreErrorResponseType::Extension(_) => "by a code of its own".to_owned(),
        known => known.to_string(),
    }
}

/// What came back in the address.
pub(super) struct Back {
    pub(super) code: String,
    pub(super) issuer: Option<String>,
}

/// What does not hold, without what the token says.
fn kind_of(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "it has expired",
        ClaimsVerificationError::InvalidAudience(_) => "it is for somebody else",
        ClaimsVerificationError::InvalidIssuer(_) => "it is from somebody else",
        ClaimsVerificationError::InvalidNonce(_) => "it was made for another sign-in",
        ClaimsVerificationError::SignatureVerification(_) => "its signature does not hold",
        _ => "it does not hold",
    }
}
