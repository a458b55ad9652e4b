//! A company's sign-in, as `OpenID` Connect has it: real documents, real keys and signatures, over real HTTP. It takes nothing
//! that its rules do not allow, and it can be told to lie in one way at a time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Json, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as URL};
use hmac::{Hmac, Mac as _};
use reqwest::Url;
use samovar_domain::{Clock, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::token_keys::Key;

/// The endpoint's name there.
pub const CLIENT_ID: &str = "samovar";
/// Its secret.
pub const CLIENT_SECRET: &str = "a secret: with/signs+in%it";

/// In which way a token, or the way back, is not as it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// The token names another provider.
    WrongIssuer,
    /// The token is for another company's program.
    WrongAudience,
    /// The token is for us and for somebody else as well.
    OneMoreAudience,
    /// The token's time is over.
    Expired,
    /// The token was made yesterday.
    Old,
    /// The token says that it needs no signature.
    AlgorithmNone,
    /// The token's signature is left out.
    Unsigned,
    /// The token is signed with the secret that both sides know.
    SharedSecret,
    /// The token is signed by a key that looks like the provider's own.
    ForgedKey,
    /// What the token says was changed after it was signed.
    Changed,
    /// The token was made for another sign-in.
    WrongNonce,
    /// The token does not say for which sign-in it was made.
    NoNonce,
    /// There is no token.
    NoToken,
    /// Whoever sends the browser back says that they are another provider.
    OtherIssuerInAddress,
    /// They do not say who they are, although this provider always does.
    NoIssuerInAddress,
}

impl Lie {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::WrongIssuer,
        Self::WrongAudience,
        Self::OneMoreAudience,
        Self::Expired,
        Self::Old,
        Self::AlgorithmNone,
        Self::Unsigned,
        Self::SharedSecret,
        Self::ForgedKey,
        Self::Changed,
        Self::WrongNonce,
        Self::NoNonce,
        Self::NoToken,
        Self::OtherIssuerInAddress,
        Self::NoIssuerInAddress,
    ];
}

/// Somebody at the company.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// Who they are, for ever.
    pub subject: String,
    /// Their address.
    pub email: String,
    /// Whether it is theirs.
    pub is_verified: bool,
    /// What they are in.
    pub groups: Vec<String>,
    /// Whether they are with the company.
    pub is_here: bool,
}

impl Colleague {
    /// One with a verified address.
    pub fn new(subject: &str, email: &str) -> Self {
        Self {
            subject: subject.to_owned(),
            email: email.to_owned(),
            is_verified: true,
            groups: Vec::new(),
            is_here: true,
        }
    }
}

/// What a code stands for.
struct Issued {
    challenge: String,
    nonce: String,
    redirect: String,
    colleague: Colleague,
}

struct Inside {
    issuer: String,
    clock: Arc<dyn Clock>,
    key: Key,
    redirect: String,
    colleague: Colleague,
    lie: Option<Lie>,
    codes: HashMap<String, Issued>,
    complaints: Vec<String>,
    is_away: bool,
    described: usize,
}

/// See the module. Ends with its runtime.
#[derive(Clone)]
pub struct Provider {
    inside: Arc<Mutex<Inside>>,
    /// How it names itself.
    pub issuer: String,
}

impl Provider {
    /// Starts one with a new key, where this colleague is signed in.
    pub async fn start(clock: impl Clock + 'static, key: Key, colleague: Colleague) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let issuer = format!("http://{}", listener.local_addr().expect("it is bound"));
        let inside = Arc::new(Mutex::new(Inside {
            issuer: issuer.clone(),
            clock: Arc::new(clock),
            key,
            redirect: String::new(),
            colleague,
            lie: None,
            codes: HashMap::new(),
            complaints: Vec::new(),
            is_away: false,
            described: 0,
        }));
        let provider = Self { inside, issuer };
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(described))
            .route("/keys", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        provider
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where it may send people back to.
    pub fn register(&self, redirect: &str) {
        redirect.clone_into(&mut self.inside().redirect);
    }

    /// From now on lies in this way, or in none.
    pub fn lies(&self, lie: Option<Lie>) {
        self.inside().lie = lie;
    }

    /// From now on signs with this key alone.
    pub fn change_key(&self, key: Key) {
        self.inside().key = key;
    }

    /// Who sits at the browser from now on.
    pub fn is_used_by(&self, colleague: Colleague) {
        self.inside().colleague = colleague;
    }

    /// From now on answers nobody who asks what it is, or everybody again.
    pub fn is_away(&self, is_away: bool) {
        self.inside().is_away = is_away;
    }

    /// How often it was asked what it is.
    pub fn described(&self) -> usize {
        self.inside().described
    }

    /// What it had to refuse of what the endpoint asked.
    pub fn complaints(&self) -> Vec<String> {
        self.inside().complaints.clone()
    }
}

async fn described(State(provider): State<Provider>) -> Result<Json<Value>, StatusCode> {
    let mut inside = provider.inside();
    inside.described += 1;
    if inside.is_away {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    let at = |path: &str| format!("{}{path}", inside.issuer);
    Ok(Json(json!({
        "issuer": inside.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "RS256"],
        "authorization_response_iss_parameter_supported": true,
    })))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    Json(json!({ "keys": [provider.inside().key.public()] }))
}

fn pairs(query: &str) -> HashMap<String, String> {
    let url = Url::parse(&format!("http://localhost/?{query}")).expect("a query fits behind an address");
    url.query_pairs().into_owned().collect()
}

/// Refuses a call of the endpoint's that a provider would refuse.
fn refused(inside: &mut Inside, code: &str, why: &str) -> Response {
    inside.complaints.push(why.to_owned());
    (StatusCode::BAD_REQUEST, Json(json!({ "error": code }))).into_response()
}

async fn authorize(State(provider): State<Provider>, RawQuery(query): RawQuery) -> Response {
    let asked = pairs(&query.unwrap_or_default());
    let mut inside = provider.inside();
    let given = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let wanted = [
        ("client_id", CLIENT_ID),
        ("redirect_uri", &inside.redirect),
        ("response_type", "code"),
        ("code_challenge_method", "S256"),
    ];
    if let Some((name, _)) = wanted.iter().find(|(name, value)| given(name) != *value) {
        let why = format!("{name}: {}", given(name));
        return refused(&mut inside, "invalid_request", &why);
    }
    let is_long = |name: &str| given(name).len() >= 43;
    if !["state", "nonce", "code_challenge"].into_iter().all(is_long)
        || !given("scope").split(' ').any(|scope| scope == "openid")
    {
        return refused(&mut inside, "invalid_request", "state, nonce, challenge or scope");
    }
    let mut back = Url::parse(given("redirect_uri")).expect("it was compared");
    back.query_pairs_mut().append_pair("state", given("state"));
    if !inside.colleague.is_here {
        back.query_pairs_mut().append_pair("error", "access_denied");
        return (StatusCode::SEE_OTHER, [(header::LOCATION, back.to_string())]).into_response();
    }
    let code = URL.encode(Sha256::digest(given("state")));
    let issued = Issued {
        challenge: given("code_challenge").to_owned(),
        nonce: given("nonce").to_owned(),
        redirect: given("redirect_uri").to_owned(),
        colleague: inside.colleague.clone(),
    };
    inside.codes.insert(code.clone(), issued);
    back.query_pairs_mut().append_pair("code", &code);
    match inside.lie {
        Some(Lie::NoIssuerInAddress) => {}
        Some(Lie::OtherIssuerInAddress) => {
            back.query_pairs_mut().append_pair("iss", "https://other.example");
        }
        _ => {
            back.query_pairs_mut().append_pair("iss", &inside.issuer);
        }
    }
    (StatusCode::SEE_OTHER, [(header::LOCATION, back.to_string())]).into_response()
}

/// Whether name and secret are the endpoint's; they are encoded as in a form (RFC 6749, 2.3.1).
fn is_the_client(headers: &HeaderMap) -> bool {
    let basic = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = basic
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|value| STANDARD.decode(value).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let Some((id, secret)) = shown.as_deref().and_then(|shown| shown.split_once(':')) else {
        return false;
    };
    let plain = pairs(&format!("id={id}&secret={secret}"));
    plain.get("id").is_some_and(|id| id == CLIENT_ID)
        && plain.get("secret").is_some_and(|secret| secret == CLIENT_SECRET)
}

async fn token(State(provider): State<Provider>, headers: HeaderMap, body: String) -> Response {
    let asked = pairs(&body);
    let mut inside = provider.inside();
    let given = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    if !is_the_client(&headers) {
        return refused(&mut inside, "invalid_client", "the client's secret");
    }
    if given("grant_type") != "authorization_code" {
        return refused(&mut inside, "unsupported_grant_type", "the grant");
    }
    // Once: a code that is used is gone, whatever comes of it.
    let Some(issued) = inside.codes.remove(given("code")) else {
        return refused(&mut inside, "invalid_grant", "the code");
    };
    if issued.redirect != given("redirect_uri") {
        return refused(&mut inside, "invalid_grant", "where it goes back to");
    }
    if URL.encode(Sha256::digest(given("code_verifier"))) != issued.challenge {
        return refused(&mut inside, "invalid_grant", "the verifier");
    }
    let mut answer = json!({ "access_token": "of no use here", "token_type": "Bearer", "expires_in": 300 });
    if inside.lie != Some(Lie::NoToken) {
        answer["id_token"] = json!(id_token(&inside, &issued));
    }
    ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response()
}

fn seconds(at: Timestamp) -> i64 {
    at.millis() / 1000
}

fn id_token(inside: &Inside, issued: &Issued) -> String {
    let now = seconds(inside.clock.now());
    let colleague = &issued.colleague;
    let mut claims = json!({
        "iss": inside.issuer, "aud": CLIENT_ID, "sub": colleague.subject, "iat": now, "exp": now + 300, "nonce": issued.nonce,
        "email": colleague.email, "email_verified": colleague.is_verified, "groups": colleague.groups,
    });
    match inside.lie {
        Some(Lie::WrongIssuer) => claims["iss"] = json!("https://other.example"),
        Some(Lie::WrongAudience) => claims["aud"] = json!("somebody-else"),
        Some(Lie::OneMoreAudience) => claims["aud"] = json!([CLIENT_ID, "somebody-else"]),
        Some(Lie::Expired) => {
            claims["iat"] = json!(now - 600);
            claims["exp"] = json!(now - 1);
        }
        Some(Lie::Old) => claims["iat"] = json!(now - 24 * 3600),
        Some(Lie::WrongNonce) => claims["nonce"] = json!("of another sign-in"),
        Some(Lie::NoNonce) => {
            claims.as_object_mut().expect("they are an object").remove("nonce");
        }
        _ => {}
    }
    let header = match inside.lie {
        Some(Lie::AlgorithmNone) => json!({ "alg": "none" }),
        Some(Lie::SharedSecret) => json!({ "alg": "HS256" }),
        _ => json!({ "alg": inside.key.algorithm(), "kid": inside.key.id() }),
    };
    let said = format!("{}.{}", URL.encode(header.to_string()), URL.encode(claims.to_string()));
    let signature = match inside.lie {
        Some(Lie::AlgorithmNone | Lie::Unsigned) => Vec::new(),
        Some(Lie::SharedSecret) => {
            let mut mac = Hmac::<Sha256>::new_from_slice(CLIENT_SECRET.as_bytes()).expect("a key of any length");
            mac.update(said.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        Some(Lie::ForgedKey) => Key::of_curve(&inside.key.id()).sign(said.as_bytes()),
        _ => inside.key.sign(said.as_bytes()),
    };
    let said = if inside.lie == Some(Lie::Changed) {
        claims["sub"] = json!("somebody-else");
        format!("{}.{}", URL.encode(header.to_string()), URL.encode(claims.to_string()))
    } else {
        said
    };
    format!("{said}.{}", URL.encode(signature))
}
