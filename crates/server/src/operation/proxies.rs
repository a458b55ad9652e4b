//! Where a call comes from. Anybody can write `X-Forwarded-For`, so it is believed of a proxy that the operator named, and
//! of that proxy alone: from the right, which is what the nearest one wrote, up to the first that is no such proxy.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The networks of proxies whose word is believed; none, unless some are named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

/// What was named is no address and no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no address and no network; it looks like 127.0.0.1, 10.0.0.0/8 or 2001:db8::/32, with commas between several"
)]
pub struct NotANetwork(String);

impl FromStr for TrustedProxies {
    type Err = NotANetwork;

    /// Networks or single addresses, with commas between them.
    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let network = |name: &str| {
            let single = || name.parse::<IpAddr>().map(IpNet::from);
            name.parse::<IpNet>()
                .or_else(|_| single())
                .map_err(|_| NotANetwork(name.to_owned()))
        };
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(network).collect::<Result<_, _>>().map(Self)
    }
}

impl TrustedProxies {
    /// Whether this is a proxy whose word is believed.
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The address of whoever calls: of the peer, unless that is a proxy that may speak for others. One that writes
    /// `Forwarded` has to take away an `X-Forwarded-For` that it was given, which goes before.
    pub(crate) fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut caller = peer.to_canonical();
        if !self.trusts(caller) {
            return caller;
        }
        let is_forwarded = !headers.contains_key(X_FORWARDED_FOR);
        let header = if is_forwarded {
            header::FORWARDED
        } else {
            X_FORWARDED_FOR
        };
        let lines: Vec<&str> = headers
            .get_all(header)
            .iter()
            .map(|value| value.to_str().unwrap_or_default())
            .collect();
        let hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
        for hop in hops {
            let node = if is_forwarded { node_of(hop) } else { Some(hop.trim()) };
            // Who is hidden, or not readable, ends what is known.
            let Some(address) = node.and_then(address_of) else {
                break;
            };
            caller = address;
            if !self.trusts(caller) {
                break;
            }
        }
        caller
    }
}

/// `for=` of one element of `Forwarded` (RFC 7239, section 4).
fn node_of(element: &str) -> Option<&str> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        (name.trim().eq_ignore_ascii_case("for")).then(|| value.trim().trim_matches('"'))
    })
}

/// An address, with or without brackets and a port.
fn address_of(node: &str) -> Option<IpAddr> {
    let bare = node
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(node);
    let address = bare.parse::<IpAddr>().ok();
    let address = address.or_else(|| node.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    /// Who calls, by what was said in these headers, when the peer is this one and proxies are at 10.0.0.0/8 and `::1`.
    fn check(peer: &str, said: &[(&'static str, &str)], expected: &str) {
        let proxies: TrustedProxies = "10.0.0.0/8, ::1".parse().unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        let caller = proxies.caller(peer.parse().unwrap(), &headers);
        assert_eq!(caller, expected.parse::<IpAddr>().unwrap(), "{peer}: {said:?}");
    }

    #[test]
    fn a_proxy_is_believed_up_to_the_first_that_is_none_of_ours() {
        let said = "x-forwarded-for";
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &[(said, "203.0.113.7")], "203.0.113.7");
        check("::ffff:10.0.0.1", &[(said, "203.0.113.7")], "203.0.113.7");
        check("::1", &[(said, " 2001:db8::7 ")], "2001:db8::7");
        check("10.0.0.1", &[(said, "203.0.113.7:4711")], "203.0.113.7");
        check("10.0.0.1", &[(said, "[2001:db8::7]:4711")], "2001:db8::7");
        check("10.0.0.1", &[(said, "203.0.113.7, 10.0.0.2,10.0.0.3")], "203.0.113.7");
        check("10.0.0.1", &[(said, "203.0.113.7"), (said, "10.0.0.2")], "203.0.113.7");
        check("10.0.0.1", &[(said, "10.0.0.3, 10.0.0.2")], "10.0.0.3");
    }

    #[test]
    fn what_a_stranger_says_of_themselves_is_nothing() {
        let said = "x-forwarded-for";
        check("203.0.113.9", &[(said, "127.0.0.1")], "203.0.113.9");
        check("203.0.113.9", &[("forwarded", "for=127.0.0.1")], "203.0.113.9");
        // What was there before the proxy wrote.
        check("10.0.0.1", &[(said, "127.0.0.1, 203.0.113.9")], "203.0.113.9");
        check("10.0.0.1", &[(said, "127.0.0.1"), (said, "203.0.113.9")], "203.0.113.9");
        check("10.0.0.1", &[(said, "203.0.113.7, nonsense, 10.0.0.2")], "10.0.0.2");
        check("10.0.0.1", &[(said, "nonsense")], "10.0.0.1");
        check(
            "10.0.0.1",
            &[("forwarded", "for=127.0.0.1"), (said, "203.0.113.9")],
            "203.0.113.9",
        );
    }

    #[test]
    fn forwarded_is_read_too() {
        let said = "forwarded";
        check("10.0.0.1", &[(said, "for=203.0.113.7")], "203.0.113.7");
        check(
            "10.0.0.1",
            &[(
                said,
                "for=192.0.2.1, For=\"[2001:db8::7]:4711\";proto=https;by=10.0.0.1",
            )],
            "2001:db8::7",
        );
        check("10.0.0.1", &[(said, "for=203.0.113.7, for=10.0.0.2")], "203.0.113.7");
        check("10.0.0.1", &[(said, "for=203.0.113.7, for=_hidden")], "10.0.0.1");
        check("10.0.0.1", &[(said, "proto=https")], "10.0.0.1");
    }

    #[test]
    fn what_is_no_network_is_said() {
        assert_eq!("".parse(), Ok(TrustedProxies::default()));
        let refused = "127.0.0.1, tea".parse::<TrustedProxies>().unwrap_err();
        assert!(refused.to_string().starts_with("`tea` is no address"), "{refused}");
        assert!("10.0.0.0/33".parse::<TrustedProxies>().is_err());
    }
}
