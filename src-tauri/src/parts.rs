//! What this desktop hands to its core.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use samovar_core::carrier::Network;
use samovar_core::endpoint_host::EndpointHost;
use samovar_core::notifier::Notifier;
use samovar_core::parts::Parts;
use samovar_core::reminder_driver;
use samovar_core::system_zone::SystemZone;
use samovar_domain::{Clock, SystemClock};

use crate::keyring::Keyring;

/// The parts of a core on this computer.
pub(crate) fn of_this_computer(
    profile: &Path,
    notifier: Arc<dyn Notifier>,
    endpoint_host: Arc<dyn EndpointHost>,
) -> Parts {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    Parts {
        folder: profile.to_owned(),
        timer: reminder_driver::system_timer(Arc::clone(&clock)),
        clock,
        notifier,
        secrets: Arc::new(Keyring::of(profile)),
        slack_api: slack_api(),
        carrier: Arc::new(Network),
        endpoint_host,
        downloads: downloads(profile),
        device_name: device_name(),
        system_zone: Arc::new(SystemSetting),
        system_locale: locale(),
    }
}

/// Where the person's browser would put what they save; the profile on a system that has no such place.
fn downloads(profile: &Path) -> PathBuf {
    let folders = directories::UserDirs::new();
    let folder = folders.and_then(|folders| folders.download_dir().map(Path::to_owned));
    folder.unwrap_or_else(|| profile.to_owned())
}

/// Slack's API; a stand-in on this computer where a test says so.
fn slack_api() -> String {
    let for_tests = std::env::var("SAMOVAR_TEST_SLACK_API").ok();
    for_tests.unwrap_or_else(|| samovar_core::slack::API.to_owned())
}

/// What the system's zone is set to; its settings are read anew each time.
struct SystemSetting;

impl SystemZone for SystemSetting {
    fn name(&self) -> String {
        iana_time_zone::get_timezone().unwrap_or_else(|_| "UTC".to_owned())
    }
}

/// The system's language, such as `de-AT`.
pub(crate) fn locale() -> String {
    sys_locale::get_locale().unwrap_or_else(|| "en".to_owned())
}

/// The computer's name, as its owner knows it.
fn device_name() -> String {
    let from_file = || std::fs::read_to_string("/etc/hostname").ok();
    let from_environment = || {
        std::env::var("COMPUTERNAME")
            .or_else(|_| std::env::var("HOSTNAME"))
            .ok()
    };
    let name = from_file().or_else(from_environment).unwrap_or_default();
    let name = name.trim();
    if name.is_empty() {
        "desktop".to_owned()
    } else {
        name.chars().take(60).collect()
    }
}
