//! What the address of a database says: where it is, how it is reached, and what of it is ours alone.

use std::path::PathBuf;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{SslMode, TargetSessionAttrs};
use url::form_urlencoded;

use super::tls::Trust;
use crate::store::{StoreError, StoreResult};

/// How long it may take until a connection stands.
const CONNECTING: Duration = Duration::from_secs(5);
/// After so much silence it is looked whether the other end is still there.
const SILENCE: Duration = Duration::from_secs(10);
/// How often that is asked again, and how many times.
const ASKED_AGAIN: (Duration, u32) = (Duration::from_secs(3), 3);
/// What was sent and is not confirmed for so long is given up, with its connection.
const UNCONFIRMED: Duration = Duration::from_secs(20);

/// See the module.
#[derive(Debug, Clone)]
pub(super) struct Options {
    /// Where the database is.
    pub(super) config: Config,
    /// Whom the connection trusts to be it.
    pub(super) trust: Trust,
    /// Whether other nodes are told of commits. Where that is off, as behind a pooler that does not carry it, they look.
    pub(super) notifies: bool,
}

/// What an address looks like.
const EXAMPLE: &str = "it looks like postgres://samovar@db.example.org/samovar";

impl Options {
    /// Reads an address such as `postgres://samovar@db.example.org/samovar?sslmode=verify-full`. Beside what the driver
    /// knows it may say `sslrootcert=FILE` and `notify=off`.
    pub(super) fn of(address: &str) -> StoreResult<Self> {
        if !["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| address.starts_with(scheme))
        {
            return Err(wrong(EXAMPLE));
        }
        let (place, query) = address.split_once('?').unwrap_or((address, ""));
        let mut rest = form_urlencoded::Serializer::new(String::new());
        let (mut mode, mut root, mut notifies) = ("prefer".to_owned(), None, true);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "sslmode" => mode = value.into_owned(),
                "sslrootcert" => root = Some(PathBuf::from(value.into_owned())),
                "notify" => {
                    notifies = match &*value {
                        "on" => true,
                        "off" => false,
                        _ => return Err(wrong("notify is on or off")),
                    };
                }
                _ => {
                    rest.append_pair(&name, &value);
                }
            }
        }
        let (ssl, trust) = match (mode.as_str(), root) {
            ("disable", _) => (SslMode::Disable, Trust::Anybody),
            ("prefer", None) => (SslMode::Prefer, Trust::Anybody),
            ("require", None) => (SslMode::Require, Trust::Anybody),
            ("verify-ca" | "verify-full", None) => (SslMode::Require, Trust::System),
            ("prefer" | "require" | "verify-ca" | "verify-full", Some(root)) => (SslMode::Require, Trust::Root(root)),
            _ => {
                return Err(wrong("sslmode is disable, prefer, require, verify-ca or verify-full"));
            }
        };
        let rest = rest.finish().replace('+', "%20");
        // What the driver says of an address that it does not understand may hold the password.
        let mut config: Config = format!("{place}?{rest}").parse().map_err(|_| wrong(EXAMPLE))?;
        config.ssl_mode(ssl);
        // A copy that only follows, or one that was the first until just now, is behind: nothing is read there either.
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        config.keepalives_idle(SILENCE);
        config.keepalives_interval(ASKED_AGAIN.0);
        config.keepalives_retries(ASKED_AGAIN.1);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECTING);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(UNCONFIRMED);
        }
        if config.get_application_name().is_none() {
            config.application_name("samovar");
        }
        Ok(Self {
            config,
            trust,
            notifies,
        })
    }
}

fn wrong(what: &str) -> StoreError {
    StoreError::Failed(format!("the address of the database is not understood: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ours_is_taken_out_of_the_address() {
        let options = Options::of(
            "postgres://ana:se%20cret@a.example,b.example:6000/tea?notify=off&target_session_attrs=any&sslmode=verify-full",
        );
        let options = options.unwrap();
        assert!(!options.notifies);
        assert_eq!(options.trust, Trust::System);
        assert_eq!(options.config.get_hosts().len(), 2);
        assert_eq!(options.config.get_password(), Some(&b"se cret"[..]));
        assert_eq!(options.config.get_ssl_mode(), SslMode::Require);
        assert_eq!(options.config.get_target_session_attrs(), TargetSessionAttrs::ReadWrite);
        assert!(!format!("{options:?}").contains("cret"));
    }

    #[test]
    fn without_more_words_it_is_as_with_other_programs() {
        let options = Options::of("postgres:///tea?host=/run/postgresql&user=ana").unwrap();
        assert!(options.notifies);
        assert_eq!(options.trust, Trust::Anybody);
        assert_eq!(options.config.get_ssl_mode(), SslMode::Prefer);
        assert_eq!(options.config.get_dbname(), Some("tea"));
    }

    #[test]
    fn a_root_of_one_s_own_is_always_looked_at() {
        let options = Options::of("postgres://db.example/tea?sslmode=prefer&sslrootcert=/etc/root.pem").unwrap();
        assert_eq!(options.trust, Trust::Root("/etc/root.pem".into()));
        assert_eq!(options.config.get_ssl_mode(), SslMode::Require);
    }

    #[test]
    fn what_is_not_understood_is_told_without_the_password() {
        for address in [
            "postgres://ana:secret@db.example/tea?notify=maybe",
            "postgres://ana:secret@db.example/tea?sslmode=sometimes",
            "postgres://ana:secret@db.example/tea?brew=strong",
            "postgres://ana:secret@db.example:port/tea",
            "mysql://ana:secret@db.example/tea",
            "host=db.example user=ana password=secret",
            "",
        ] {
            let told = Options::of(address).unwrap_err().to_string();
            assert!(!told.contains("secret"), "{told}");
        }
    }
}
