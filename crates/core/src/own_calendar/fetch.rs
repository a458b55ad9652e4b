//! Reads a calendar at its address. The address may be a secret, so that no error and no log says it; and whoever answers
//! there leads nobody on to what lies behind this computer's own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::header::{ETAG, IF_NONE_MATCH, LOCATION};
use reqwest::{Client, Response, StatusCode};
use samovar_domain::Problem;
use url::{Host, Url};

use crate::bounded::{self, NotRead};
use crate::endpoint::is_loopback;

/// How long a whole reading may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes of a calendar: ten years of a busy life have one or two million.
const BYTES_MAX: usize = 5_000_000;
/// How often one may be led on.
const REDIRECTS_MAX: usize = 5;

/// What a calendar program's publisher answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fetched {
    /// The same as before.
    Same,
    /// A calendar, and the mark by which the publisher knows it.
    New {
        /// iCalendar, presumably.
        text: String,
        /// See `ETag` in RFC 9110.
        etag: Option<String>,
    },
}

/// An address as people paste it. Encrypted, or on this computer.
pub(crate) fn parse_address(text: &str) -> Result<Url, Problem> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let address = ["webcals:", "webcal:"]
        .into_iter()
        .find(|scheme| lower.starts_with(scheme))
        .map_or_else(|| text.to_owned(), |scheme| format!("https:{}", &text[scheme.len()..]));
    let address = Url::parse(&address).ok().filter(is_safe);
    address.ok_or_else(|| {
        Problem::new(
            "bad_calendar_address",
            "The address of a calendar begins with https:// or webcal://. Copy it from your calendar's settings.",
        )
    })
}

fn is_safe(address: &Url) -> bool {
    match address.scheme() {
        "https" => address.host().is_some(),
        "http" => is_loopback(address),
        _ => false,
    }
}

/// Reads what is at the address, unless it is what `etag` names.
pub(crate) async fn fetch(address: &Url, etag: Option<&str>) -> Result<Fetched, Problem> {
    let reading = tokio::time::timeout(PATIENCE, follow(address, etag)).await;
    reading.unwrap_or_else(|_| Err(unreachable()))
}

async fn follow(address: &Url, etag: Option<&str>) -> Result<Fetched, Problem> {
    let mut at = address.clone();
    for _ in 0..=REDIRECTS_MAX {
        let response = ask(address, &at, etag).await?;
        if !response.status().is_redirection() || response.status() == StatusCode::NOT_MODIFIED {
            return read(response).await;
        }
        let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
        let next = to.and_then(|to| at.join(to).ok()).filter(is_safe);
        at = next.ok_or_else(unreachable)?;
    }
    Err(unreachable())
}

/// Asks once. Where another host than the person's own was named, only if it is one that anybody can reach.
async fn ask(address: &Url, at: &Url, etag: Option<&str>) -> Result<Response, Problem> {
    // Only the first caller in a process installs it; the others find it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("samovar/", env!("CARGO_PKG_VERSION")));
    if is_loopback(at) {
        builder = builder.no_proxy();
    }
    if at.host() != address.host() {
        let reached = public_addresses(at).await?;
        // Asked by its name again, it could have become another.
        if let Some(Host::Domain(name)) = at.host() {
            builder = builder.no_proxy().resolve_to_addrs(name, &reached);
        }
    }
    let client = builder.build().map_err(|_| unreachable())?;
    let mut request = client.get(at.clone());
    if let Some(etag) = etag {
        request = request.header(IF_NONE_MATCH, etag);
    }
    request.send().await.map_err(|_| unreachable())
}

async fn public_addresses(at: &Url) -> Result<Vec<SocketAddr>, Problem> {
    let port = at.port_or_known_default().unwrap_or(443);
    let found: Vec<SocketAddr> = match at.host() {
        Some(Host::Ipv4(ip)) => vec![(ip, port).into()],
        Some(Host::Ipv6(ip)) => vec![(ip, port).into()],
        Some(Host::Domain(name)) => {
            let looked_up = tokio::net::lookup_host((name, port)).await;
            looked_up.map_err(|_| unreachable())?.collect()
        }
        None => Vec::new(),
    };
    if !found.is_empty() && found.iter().all(|address| is_public(address.ip())) {
        Ok(found)
    } else {
        Err(unreachable())
    }
}

/// Whether an address is one of the internet, and none of a computer, a network at home or a provider's inside (RFC 6890).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_public_v4(ip),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    let is_shared = first == 100 && (64..128).contains(&second);
    let is_reserved = first == 0 || first >= 240 || (first == 198 && (second == 18 || second == 19));
    let is_local = ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_broadcast();
    !(is_local || ip.is_multicast() || ip.is_documentation() || is_shared || is_reserved)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    // 2000::/3 is what has been given out; in it, 2001:db8::/32 is for documents and 2002::/16 hides addresses of IPv4.
    let [first, second, ..] = ip.segments();
    (0x2000..0x4000).contains(&first) && first != 0x2002 && !(first == 0x2001 && (second == 0xdb8 || second == 0))
}

async fn read(response: Response) -> Result<Fetched, Problem> {
    match response.status() {
        StatusCode::NOT_MODIFIED => return Ok(Fetched::Same),
        status if status.is_success() => {}
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::GONE => {
            return Err(Problem::new(
                "calendar_refused",
                "There is no calendar to be read at this address (any more). Copy its address again.",
            ));
        }
        _ => return Err(unreachable()),
    }
    let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok());
    let etag = etag.map(ToOwned::to_owned);
    let bytes = bounded::read(response, BYTES_MAX).await.map_err(|error| match error {
        NotRead::Broken(_) => unreachable(),
        NotRead::TooLong(_) => Problem::new("calendar_too_large", "This calendar is too large to be read here."),
    })?;
    let text = String::from_utf8_lossy(&bytes)
        .trim_start_matches('\u{feff}')
        .to_owned();
    Ok(Fetched::New { text, etag })
}

fn unreachable() -> Problem {
    Problem::new(
        "calendar_unreachable",
        "Your calendar cannot be read right now. Check its address and your connection; it is tried again later.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_encrypted_or_on_this_computer() {
        for (pasted, read) in [
            (" webcal://cal.example.org/a.ics ", "https://cal.example.org/a.ics"),
            ("WEBCALS://cal.example.org/a.ics", "https://cal.example.org/a.ics"),
            ("https://192.168.1.7/mine.ics", "https://192.168.1.7/mine.ics"),
            ("http://127.0.0.1:5232/a.ics", "http://127.0.0.1:5232/a.ics"),
        ] {
            assert_eq!(parse_address(pasted).unwrap().as_str(), read);
        }
        for bad in [
            "",
            "cal.example.org/a.ics",
            "http://cal.example.org/a.ics",
            "file:///etc/passwd",
            "ftp://a/b",
        ] {
            assert_eq!(parse_address(bad).unwrap_err().code, "bad_calendar_address", "{bad}");
        }
    }

    #[test]
    fn only_addresses_of_the_internet_are_public() {
        for public in ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "2002:7f00:1::",
            "2001:db8::1",
            "64:ff9b::a00:1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
    }
}
