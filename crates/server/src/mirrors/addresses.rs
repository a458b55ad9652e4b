//! Where an endpoint may call. Whoever sets up a mirror could otherwise have it look into the network that it stands in:
//! other machines' pages, or the address at which clouds hand out passwords (169.254.169.254).
//!
//! A name says nothing: it is looked up for each call, every address that it has must be a public one, and the call goes
//! to the very address that was checked, since the name may lead elsewhere a moment later.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// How far an endpoint may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// The public internet, by `https`.
    #[default]
    Public,
    /// Also this very computer, and there by `http` too: for tests with stand-ins.
    AlsoLoopback,
}

/// An address is not one that may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this address is not on the public internet")]
pub(crate) struct NotPublic;

impl Reach {
    /// Set to anything, it lets an endpoint's mirrors reach this very computer: for tests with stand-ins of services.
    pub const HERE: &str = "SAMOVAR_TEST_MIRRORS_HERE";

    /// Whether this address may be called.
    pub(crate) fn admits(self, ip: IpAddr) -> bool {
        is_public(ip) || (self == Self::AlsoLoopback && ip.is_loopback())
    }

    /// Whether an address in words may be called as far as it can be told without looking its name up.
    pub(crate) fn admits_url(self, url: &Url) -> Result<(), NotPublic> {
        let is_loopback = match url.host() {
            Some(Host::Ipv4(ip)) => self.admits(ip.into()).then_some(ip.is_loopback()),
            Some(Host::Ipv6(ip)) => self.admits(ip.into()).then_some(ip.is_loopback()),
            Some(Host::Domain(name)) => (!is_local_name(name)).then_some(false),
            None => None,
        };
        let is_by_right = |is_loopback| url.scheme() == "https" || (is_loopback && url.scheme() == "http");
        let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        if is_loopback.is_some_and(is_by_right) && is_plain {
            Ok(())
        } else {
            Err(NotPublic)
        }
    }
}

/// Names that never lead to the public internet (RFC 6761, RFC 6762, RFC 9476 and what clouds use).
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let endings = [".localhost", ".local", ".internal", ".home.arpa", ".lan", ".alt"];
    name == "localhost" || !name.contains('.') || endings.iter().any(|ending| name.ends_with(ending))
}

/// Whether an address is one that the whole internet can reach, by IANA's registries of special-purpose addresses.
pub(crate) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b)) // shared by providers, RFC 6598
        || (a == 192 && b == 0 && c == 0) // protocol assignments
        || (a == 192 && b == 88 && c == 99) // 6to4 relays
        || (a == 198 && (18..20).contains(&b)); // measurements
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    if let Some(ip) = ip.to_ipv4_mapped() {
        return is_public_v4(ip);
    }
    if segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        // A translator's: what counts is where it leads.
        let [.., a, b, c, d] = ip.octets();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    let is_global = segments[0] & 0xe000 == 0x2000;
    let is_special = (segments[0] == 0x2001 && (segments[1] < 0x200 || segments[1] == 0xdb8)) // Teredo and others; documents
        || segments[0] == 0x2002 // 6to4 carries any IPv4 address
        || (segments[0] == 0x3fff && segments[1] < 0x1000);
    is_global && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_on_the_public_internet_is_never_called() {
        let refused = [
            "127.0.0.1",
            "127.8.8.8",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "0.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "192.88.99.1",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "3fff::1",
        ];
        for address in refused {
            let ip = address.parse().unwrap();
            assert!(!is_public(ip), "{address} is not public");
            assert!(!Reach::Public.admits(ip), "{address}");
        }
        let fine = [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "2606:4700:4700::1111",
            "2a00:1450:4001::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ];
        for address in fine {
            assert!(is_public(address.parse().unwrap()), "{address} is public");
        }
    }

    #[test]
    fn an_address_in_words_is_https_with_a_name_and_nothing_hidden_in_it() {
        let check = |text: &str, reach: Reach| Url::parse(text).is_ok_and(|url| reach.admits_url(&url).is_ok());
        for fine in [
            "https://hooks.slack.com/services/T/B/x",
            "https://chat.example.org:8443/hooks/x",
            "https://1.1.1.1/",
        ] {
            assert!(check(fine, Reach::Public), "{fine}");
        }
        let refused = [
            "http://hooks.slack.com/services/T/B/x",
            "ftp://example.org/",
            "file:///etc/passwd",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://foo.localhost/",
            "https://printer/",
            "https://nas.local/",
            "https://127.0.0.1/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/",
            "https://metadata.google.internal/",
            "https://ana:secret@example.org/",
            "https://example.org/#part",
            "http://127.0.0.1:8080/",
        ];
        for refused in refused {
            assert!(!check(refused, Reach::Public), "{refused}");
        }
        assert!(check("http://127.0.0.1:8080/hook", Reach::AlsoLoopback));
        for refused in [
            "http://10.0.0.1/",
            "https://10.0.0.1/",
            "http://example.org/",
            "https://169.254.169.254/",
        ] {
            assert!(!check(refused, Reach::AlsoLoopback), "{refused}");
        }
    }
}
