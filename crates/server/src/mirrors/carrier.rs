//! Makes the calls. What it says of them in the log names no address and no words.

use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::DateTime;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, Response};
use samovar_domain::Timestamp;
use samovar_domain::wire::MirrorTarget;

use super::addresses::{NotPublic, Reach};
use super::outcome::{Answer, Outcome, Trouble};
use super::services::{self, Call, Method, Wanted};

/// The longest until a connection stands.
const CONNECTING: Duration = Duration::from_secs(5);
/// The longest that a call takes, its answer included.
const PATIENCE: Duration = Duration::from_secs(20);
/// The same for stand-ins, which answer at once when they answer at all.
const PATIENCE_HERE: Duration = Duration::from_secs(3);
/// As much of an answer is read.
const ANSWER_MAX: usize = 64 * 1024;

/// Makes calls to services.
pub(crate) struct Carrier {
    /// Made when it is needed first: most endpoints have no mirrors, and none must fail to start because of one.
    client: OnceLock<Option<Client>>,
    reaches_loopback: AtomicBool,
}

/// Looks names up, and gives out the addresses that may be called only when all of them may.
struct CheckedNames(Reach);

impl Resolve for CheckedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            checked(reach, found).map_err(Into::into)
        })
    }
}

fn checked(reach: Reach, found: Vec<SocketAddr>) -> Result<Addrs, NotPublic> {
    if found.iter().all(|address| reach.admits(address.ip())) {
        Ok(Box::new(found.into_iter()))
    } else {
        Err(NotPublic)
    }
}

fn made(reach: Reach) -> Result<Client, reqwest::Error> {
    // Only the first caller in a process installs it; the others find it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .connect_timeout(CONNECTING)
        .timeout(if reach == Reach::Public {
            PATIENCE
        } else {
            PATIENCE_HERE
        })
        // A connection that is kept would outlive the check of its address.
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        // A proxy would look the name up by itself.
        .no_proxy()
        .dns_resolver(CheckedNames(reach))
        .user_agent(concat!("samovar/", env!("CARGO_PKG_VERSION")))
        .build()
}

impl Carrier {
    /// One that reaches so far.
    pub(crate) fn new(reach: Reach) -> Self {
        Self {
            client: OnceLock::new(),
            reaches_loopback: AtomicBool::new(reach == Reach::AlsoLoopback),
        }
    }

    /// From now on, before the first call.
    pub(crate) fn reach_loopback(&self) {
        self.reaches_loopback.store(true, Ordering::Relaxed);
    }

    fn client(&self) -> Option<&Client> {
        let made = || match made(self.reach()) {
            Ok(client) => Some(client),
            Err(error) => {
                tracing::error!(%error, "no calls can be made from here");
                None
            }
        };
        self.client.get_or_init(made).as_ref()
    }

    /// How far it reaches.
    pub(crate) fn reach(&self) -> Reach {
        if self.reaches_loopback.load(Ordering::Relaxed) {
            Reach::AlsoLoopback
        } else {
            Reach::Public
        }
    }

    /// Does what is wanted, and tells what came of it.
    pub(crate) async fn carry(&self, target: &MirrorTarget, wanted: Wanted<'_>) -> Outcome {
        let Some(call) = services::call(target, wanted) else {
            return Outcome::Broken(Trouble::Gone);
        };
        if self.reach().admits_url(&call.url).is_err() {
            return Outcome::Broken(Trouble::NotPublic);
        }
        let Some(client) = self.client() else {
            let trouble = Trouble::Unreachable;
            return Outcome::Later { after: None, trouble };
        };
        match make(client, call, wanted.at).await {
            Ok(answer) => services::outcome(target, wanted.deed, &answer),
            Err(error) => trouble(&error),
        }
    }
}

async fn make(client: &Client, call: Call, now: Timestamp) -> Result<Answer, reqwest::Error> {
    let method = match call.method {
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut request = client.request(method, call.url);
    for (name, value) in call.headers {
        request = request.header(name, value);
    }
    if let Some(token) = call.bearer {
        request = request.bearer_auth(token);
    }
    if let Some(body) = call.body {
        let kind = "application/json; charset=utf-8";
        request = request.header(CONTENT_TYPE, kind).body(body.to_string());
    }
    let response = request.send().await?;
    let (status, retry_after) = (response.status().as_u16(), retry_after(&response, now));
    // Its status has said what came of it; of a body that breaks off what has arrived is read.
    let body = start_of(response).await;
    Ok(Answer {
        status,
        retry_after,
        body,
    })
}

async fn start_of(mut response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(bytes)) = response.chunk().await {
        body.extend_from_slice(&bytes[..bytes.len().min(ANSWER_MAX - body.len())]);
        if body.len() == ANSWER_MAX {
            break;
        }
    }
    body
}

/// `Retry-After` in seconds, or as a date (RFC 9110, section 10.2.3). Discord gives fractions of seconds.
fn retry_after(response: &Response, now: Timestamp) -> Option<Duration> {
    let value = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds.ceil()).ok();
    }
    let at = DateTime::parse_from_rfc2822(value).ok()?;
    Some(Timestamp::from_millis(at.timestamp_millis()).since(now))
}

/// Why no answer came, and whether the service may have taken the call all the same.
fn trouble(error: &reqwest::Error) -> Outcome {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<NotPublic>() {
            return Outcome::Broken(Trouble::NotPublic);
        }
        cause = inner.source();
    }
    if error.is_connect() || error.is_builder() {
        Outcome::Later {
            after: None,
            trouble: Trouble::Unreachable,
        }
    } else {
        Outcome::Unknown(Trouble::Cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_one_address_inside_is_refused_whole() {
        let addresses = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| text.parse().unwrap())
                .collect::<Vec<SocketAddr>>()
        };
        assert!(checked(Reach::Public, addresses(&["1.1.1.1:0", "[2606:4700:4700::1111]:0"])).is_ok());
        for mixed in [
            &["1.1.1.1:0", "10.0.0.7:0"][..],
            &["[::1]:0"],
            &["127.0.0.1:0"],
            &["169.254.169.254:0"],
        ] {
            assert!(checked(Reach::Public, addresses(mixed)).is_err(), "{mixed:?}");
        }
        assert!(checked(Reach::AlsoLoopback, addresses(&["127.0.0.1:0"])).is_ok());
        assert!(checked(Reach::AlsoLoopback, addresses(&["127.0.0.1:0", "10.0.0.7:0"])).is_err());
    }

    /// Whatever a name leads to on this computer, it is asked about before anything is called.
    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_called() {
        let client = made(Reach::Public).unwrap();
        let refused = client.get("https://localhost/").send().await.unwrap_err();
        assert_eq!(trouble(&refused), Outcome::Broken(Trouble::NotPublic));
    }
}
