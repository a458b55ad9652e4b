//! What a core is made from: everything that differs between a desktop, a command line and a test.

use std::path::PathBuf;
use std::sync::Arc;

use samovar_domain::Clock;

use crate::carrier::Carrier;
use crate::endpoint_host::EndpointHost;
use crate::notifier::Notifier;
use crate::reminder_driver::WallTimer;
use crate::secrets::Secrets;
use crate::system_zone::SystemZone;

/// See the module.
#[derive(Clone)]
pub struct Parts {
    /// The profile: everything this desktop keeps lies in it.
    pub folder: PathBuf,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Waits for instants of that clock.
    pub timer: Arc<dyn WallTimer>,
    /// Speaks to the person.
    pub notifier: Arc<dyn Notifier>,
    /// Keeps what is secret.
    pub secrets: Arc<dyn Secrets>,
    /// Where Slack's API is: [`crate::slack::API`] but in tests.
    pub slack_api: String,
    /// Carries calls to the endpoint: [`crate::carrier::Network`] but in simulations.
    pub carrier: Arc<dyn Carrier>,
    /// Runs a team's endpoint on this computer.
    pub endpoint_host: Arc<dyn EndpointHost>,
    /// Where this computer keeps what its person saves.
    pub downloads: PathBuf,
    /// The name this computer goes by in the list of devices.
    pub device_name: String,
    /// The zone that the system is set to.
    pub system_zone: Arc<dyn SystemZone>,
    /// The system's language, such as `de-AT`.
    pub system_locale: String,
}
