//! How `serve` is run, as flags.

use clap::Args;
use samovar_server::operation::{LimitSettings, Operation, TrustedProxies};

/// See the module.
#[derive(Debug, Args)]
pub(crate) struct OperationArguments {
    /// Addresses or networks of proxies that are believed when they say whom they call for, such as
    /// `127.0.0.1,10.0.0.0/8`.
    #[arg(
        long,
        env = "SAMOVAR_TRUSTED_PROXY",
        default_value = "",
        hide_default_value = true,
        value_name = "NETWORKS"
    )]
    trusted_proxy: TrustedProxies,
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
}

impl From<OperationArguments> for Operation {
    fn from(arguments: OperationArguments) -> Self {
        Self {
            limits: LimitSettings {
                calls_per_device: arguments.calls_per_device,
                failures_per_address: arguments.failures_per_address,
            },
            trusted_proxies: arguments.trusted_proxy,
        }
    }
}
