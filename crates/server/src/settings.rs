//! Settings: by flag, by environment, or in a file, in this order. What a file says stands in clap's place for a default, so
//! that all commands read it the same way and `config` can tell where each value came from.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use samovar_server::blobs;
use samovar_server::operation::TrustedProxies;
use tracing_subscriber::EnvFilter;

/// Where the file is told, when no flag does.
const VARIABLE: &str = "SAMOVAR_CONFIG";
/// Where the file is told.
const FLAG: &str = "--config";
/// What stands for a value that is nobody's business.
const HIDDEN: &str = "…";

/// One setting.
struct Setting {
    /// In the file, and as the flag's id.
    key: &'static str,
    variable: &'static str,
    /// Whether its value may hold a password.
    is_secret: bool,
    /// Why a value cannot be.
    check: fn(&str) -> Result<(), String>,
}

const SETTINGS: [Setting; 22] = [
    Setting {
        key: "data",
        variable: "SAMOVAR_DATA",
        is_secret: false,
        check: |value| {
            if value.is_empty() {
                Err("it names no folder".to_owned())
            } else {
                Ok(())
            }
        },
    },
    Setting {
        key: "database",
        variable: "SAMOVAR_DATABASE",
        is_secret: true,
        check: |_| Ok(()), // told when it is opened, without the password
    },
    Setting {
        key: "blobs",
        variable: "SAMOVAR_BLOBS",
        is_secret: false,
        check: blobs::check_place,
    },
    Setting {
        key: "blobs_endpoint",
        variable: "SAMOVAR_BLOBS_ENDPOINT",
        is_secret: false,
        check: blobs::check_endpoint,
    },
    Setting {
        key: "blobs_region",
        variable: "SAMOVAR_BLOBS_REGION",
        is_secret: false,
        check: |_| Ok(()),
    },
    Setting {
        key: "blobs_credentials",
        variable: "SAMOVAR_BLOBS_CREDENTIALS",
        is_secret: false,
        check: |_| Ok(()), // it names a file
    },
    Setting {
        key: "listen",
        variable: "SAMOVAR_LISTEN",
        is_secret: false,
        check: |value| match value.parse::<std::net::SocketAddr>() {
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        },
    },
    Setting {
        key: "public_url",
        variable: "SAMOVAR_PUBLIC_URL",
        is_secret: false,
        check: |value| crate::web_address(value).map(|_| ()).map_err(str::to_owned),
    },
    Setting {
        key: "trusted_proxy",
        variable: "SAMOVAR_TRUSTED_PROXY",
        is_secret: false,
        check: |value| {
            value
                .parse::<TrustedProxies>()
                .map(|_| ())
                .map_err(|error| error.to_string())
        },
    },
    Setting {
        key: "calls_per_device",
        variable: "SAMOVAR_CALLS_PER_DEVICE",
        is_secret: false,
        check: is_number,
    },
    Setting {
        key: "failures_per_address",
        variable: "SAMOVAR_FAILURES_PER_ADDRESS",
        is_secret: false,
        check: is_number,
    },
    Setting {
        key: "tls_cert",
        variable: "SAMOVAR_TLS_CERT",
        is_secret: false,
        check: |_| Ok(()), // told when it is read
    },
    Setting {
        key: "tls_key",
        variable: "SAMOVAR_TLS_KEY",
        is_secret: false,
        check: |_| Ok(()), // told when it is read
    },
    Setting {
        key: "connections",
        variable: "SAMOVAR_CONNECTIONS",
        is_secret: false,
        check: is_number,
    },
    Setting {
        key: "drain",
        variable: "SAMOVAR_DRAIN",
        is_secret: false,
        check: is_number,
    },
    Setting {
        key: "oidc_issuer",
        variable: "SAMOVAR_OIDC_ISSUER",
        is_secret: false,
        check: |_| Ok(()),
    },
    Setting {
        key: "oidc_client_id",
        variable: "SAMOVAR_OIDC_CLIENT_ID",
        is_secret: false,
        check: |_| Ok(()),
    },
    Setting {
        key: "oidc_client_secret_file",
        variable: "SAMOVAR_OIDC_CLIENT_SECRET_FILE",
        is_secret: false,
        check: |_| Ok(()),
    },
    Setting {
        key: "oidc_domains",
        variable: "SAMOVAR_OIDC_DOMAINS",
        is_secret: false,
        check: |_| Ok(()),
    },
    Setting {
        key: "oidc_groups",
        variable: "SAMOVAR_OIDC_GROUPS",
        is_secret: false,
        check: |value| crate::oidc::group_list(value).map(|_| ()),
    },
    Setting {
        key: "oidc_groups_claim",
        variable: "SAMOVAR_OIDC_GROUPS_CLAIM",
        is_secret: false,
        check: |_| Ok(()),
    },
    Setting {
        key: "log",
        variable: "SAMOVAR_LOG",
        is_secret: false,
        check: |value| log_filter(value).map(|_| ()),
    },
];

/// Settings that are numbers, which a file may also write without quotes.
const NUMBERS: [&str; 4] = ["calls_per_device", "failures_per_address", "connections", "drain"];

fn is_number(text: &str) -> Result<(), String> {
    text.parse::<u32>().map(|_| ()).map_err(|error| error.to_string())
}

/// How much is said, such as `info` or `warn,samovar_server=debug`.
pub(crate) fn log_filter(text: &str) -> Result<String, String> {
    match EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!("it is warn, info, debug, or the like: {error}")),
    }
}

/// Why a file of settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    /// It cannot be read.
    #[error("the settings in {file} cannot be read: {error}")]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It is no TOML.
    #[error("the settings in {file} are no TOML: line {line}: {error}")]
    NoToml {
        /// Which.
        file: PathBuf,
        /// Where, from 1.
        line: usize,
        /// Why, without a word of the file: it may hold a password.
        error: String,
    },
    /// Something in it is no setting.
    #[error("{file} sets `{key}`, which is no setting. There are: {known}")]
    Unknown {
        /// Which.
        file: PathBuf,
        /// What.
        key: String,
        /// What there is.
        known: String,
    },
    /// A value cannot be.
    #[error("{file} sets `{key}` to what cannot be: {error}")]
    Invalid {
        /// Which.
        file: PathBuf,
        /// What.
        key: String,
        /// Why.
        error: String,
    },
}

/// The file that a command line or the environment names.
pub(crate) fn file_of(arguments: impl IntoIterator<Item = OsString>) -> Option<PathBuf> {
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            break;
        }
        if argument == FLAG {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(file) = argument.to_str().and_then(|text| text.strip_prefix("--config=")) {
            return Some(file.into());
        }
    }
    std::env::var_os(VARIABLE)
        .filter(|file| !file.is_empty())
        .map(PathBuf::from)
}

/// What a file sets: keys and values that can be.
pub(crate) fn read(file: &Path) -> Result<Vec<(&'static str, String)>, SettingsError> {
    let text = std::fs::read_to_string(file).map_err(|error| SettingsError::Unreadable {
        file: file.to_owned(),
        error,
    })?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        SettingsError::NoToml {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            error: error.message().to_owned(),
        }
    })?;
    let mut values = Vec::new();
    for (key, value) in table {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) else {
            return Err(SettingsError::Unknown {
                file: file.to_owned(),
                key,
                known: SETTINGS.map(|setting| setting.key).join(", "),
            });
        };
        let checked = match value {
            toml::Value::String(value) => (setting.check)(&value).map(|()| value),
            toml::Value::Integer(value) if NUMBERS.contains(&setting.key) => {
                let value = value.to_string();
                (setting.check)(&value).map(|()| value)
            }
            other => Err(format!(
                "it is a text in quotes, and not of the kind {}",
                other.type_str()
            )),
        };
        let value = checked.map_err(|error| SettingsError::Invalid {
            file: file.to_owned(),
            key,
            error,
        })?;
        values.push((setting.key, value));
    }
    Ok(values)
}

/// Has a command, and all below it, take from a file what neither flag nor environment says.
pub(crate) fn fall_back(mut command: Command, values: &[(&'static str, String)]) -> Command {
    for (key, value) in values {
        if command.get_arguments().any(|argument| argument.get_id() == key) {
            command = command.mut_arg(key, |argument| {
                argument
                    .default_value(value.clone())
                    .hide_default_value(true)
                    .required(false)
            });
        }
    }
    let below: Vec<String> = command
        .get_subcommands()
        .map(|below| below.get_name().to_owned())
        .collect();
    for name in below {
        command = command.mut_subcommand(name, |below| fall_back(below, values));
    }
    command
}

/// All settings as TOML, each with where it came from.
pub(crate) fn describe(matches: &ArgMatches, file: Option<(&Path, &[(&'static str, String)])>) -> String {
    let mut lines = Vec::new();
    for setting in &SETTINGS {
        let value = matches.get_raw(setting.key).and_then(|mut values| values.next());
        let Some(value) = value else {
            lines.push((format!("# {} =", setting.key), "not set".to_owned()));
            continue;
        };
        let value = if setting.is_secret {
            HIDDEN.into()
        } else {
            value.to_string_lossy()
        };
        let is_in_file = |(_, values): &(&Path, &[(&str, String)])| values.iter().any(|(key, _)| *key == setting.key);
        let source = match matches.value_source(setting.key) {
            Some(ValueSource::CommandLine) => format!("--{}", setting.key.replace('_', "-")),
            Some(ValueSource::EnvVariable) => setting.variable.to_owned(),
            _ => match file.filter(is_in_file) {
                Some((file, _)) => file.display().to_string(),
                None => "as it is when nothing is said".to_owned(),
            },
        };
        let source = if setting.is_secret {
            format!("{source}; not shown")
        } else {
            source
        };
        lines.push((format!("{} = {}", setting.key, toml::Value::from(&*value)), source));
    }
    let width = lines
        .iter()
        .map(|(line, _)| line.chars().count())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for (line, source) in lines {
        let _ = writeln!(text, "{line:width$}  # {source}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_named_by_a_flag_in_either_form() {
        let file = |line: &str| file_of(line.split(' ').map(OsString::from));
        assert_eq!(file("samovar-server serve --config a.toml"), Some("a.toml".into()));
        assert_eq!(file("samovar-server --config=a.toml serve"), Some("a.toml".into()));
        assert_eq!(file("samovar-server backup -- --config"), None);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_without_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.toml");
        let says = |text: &str| {
            std::fs::write(&file, text).unwrap();
            read(&file)
                .unwrap_err()
                .to_string()
                .replace(&*file.to_string_lossy(), "FILE")
        };
        let broken = says("data = \"/srv\"\ndatabase = postgres://samovar:secret@db/samovar\n");
        assert!(
            broken.starts_with("the settings in FILE are no TOML: line 2: "),
            "{broken}"
        );
        assert!(!broken.contains("secret"), "{broken}");
        assert_eq!(
            says("colour = \"red\"\n"),
            "FILE sets `colour`, which is no setting. There are: data, database, blobs, blobs_endpoint, blobs_region, blobs_credentials, \
             listen, public_url, trusted_proxy, calls_per_device, failures_per_address, tls_cert, tls_key, connections, drain, oidc_issuer, \
             oidc_client_id, oidc_client_secret_file, oidc_domains, oidc_groups, oidc_groups_claim, log"
        );
        assert_eq!(
            says("listen = 7465\n"),
            "FILE sets `listen` to what cannot be: it is a text in quotes, and not of the kind integer"
        );
        assert_eq!(
            says("public_url = \"tea.example.org\"\n"),
            "FILE sets `public_url` to what cannot be: it looks like https://tea.example.org"
        );
        assert!(says("log = \"=,=\"\n").starts_with("FILE sets `log` to what cannot be: "));
        std::fs::remove_file(&file).unwrap();
        let missing = read(&file).unwrap_err().to_string();
        assert!(missing.contains("cannot be read"), "{missing}");
    }
}
