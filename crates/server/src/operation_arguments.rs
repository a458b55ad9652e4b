//! How `serve` is run, as flags.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use samovar_server::operation::{LimitSettings, Operation, TlsFiles, TrustedProxies};

/// See the module.
#[derive(Debug, Args)]
pub(crate) struct OperationArguments {
    /// Addresses or networks of proxies that are believed when they say whom they call for, such as
    /// `127.0.0.1,10.0.0.0/8`.
    #[arg(long, env = "SAMOVAR_TRUSTED_PROXY", value_name = "NETWORKS")]
    trusted_proxy: Option<TrustedProxies>,
    /// How many calls a device may make, at once and then in each minute; 0 for any number.
    #[arg(
        long,
        env = "SAMOVAR_CALLS_PER_DEVICE",
        default_value_t = LimitSettings::default().calls_per_device,
        value_name = "NUMBER"
    )]
    calls_per_device: u32,
    /// How many calls from one address may fail for want of a token or an invite, at once and then in each minute; 0 for
    /// any number.
    #[arg(
        long,
        env = "SAMOVAR_FAILURES_PER_ADDRESS",
        default_value_t = LimitSettings::default().failures_per_address,
        value_name = "NUMBER"
    )]
    failures_per_address: u32,
    /// The endpoint's certificate in PEM, and behind it those that lead to one that people trust. Without it, something in
    /// front does TLS.
    #[arg(long, env = "SAMOVAR_TLS_CERT", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key in PEM.
    #[arg(long, env = "SAMOVAR_TLS_KEY", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// The most connections at the same time; fewer when the system allows fewer files. The next one is told to come again.
    #[arg(
        long,
        env = "SAMOVAR_CONNECTIONS",
        default_value_t = Operation::default().connections as u32,
        value_parser = clap::value_parser!(u32).range(1..),
        value_name = "NUMBER"
    )]
    connections: u32,
    /// The longest that streams take to leave, one after the other, when the endpoint stops.
    #[arg(
        long,
        env = "SAMOVAR_DRAIN",
        default_value_t = Operation::default().drain.as_secs() as u32,
        value_parser = clap::value_parser!(u32).range(..=600),
        value_name = "SECONDS"
    )]
    drain: u32,
}

impl TryFrom<OperationArguments> for Operation {
    type Error = &'static str;

    fn try_from(arguments: OperationArguments) -> Result<Self, Self::Error> {
        let tls = match (arguments.tls_cert, arguments.tls_key) {
            (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
            (None, None) => None,
            _ => {
                return Err(
                    "a certificate and its key belong together: give both --tls-cert and --tls-key, or neither",
                );
            }
        };
        Ok(Self {
            limits: LimitSettings {
                calls_per_device: arguments.calls_per_device,
                failures_per_address: arguments.failures_per_address,
            },
            trusted_proxies: arguments.trusted_proxy.unwrap_or_default(),
            tls,
            connections: arguments.connections as usize,
            drain: Duration::from_secs(arguments.drain.into()),
            ..Self::default()
        })
    }
}
