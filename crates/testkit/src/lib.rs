//! What stories are told with: a clock that is moved by hand, a notifier that remembers, an endpoint on a free port, and
//! desktops whose methods read like what a colleague would say.

mod calendar;
mod clock;
mod desktop;
mod endpoint;
mod files;
mod keyring;
pub mod lively;
mod mirrors;
mod notifier;
pub mod photos;
mod provider;
mod python;
mod slack;
mod stand_in;
mod token_keys;
mod wire;
mod zone;

pub use calendar::{CALENDAR_SECRET, PublishedCalendar};
pub use clock::FakeClock;
pub use desktop::Desktop;
pub use endpoint::{Endpoint, InProcessHost, Standing, Streams, photos_in};
pub use files::{files_with, lets_go_of};
pub use keyring::FakeKeyring;
pub use mirrors::{Fault, MIRROR_SECRET, MIRROR_TOKEN, MirrorStandIn};
pub use notifier::{NoHost, RecordingNotifier};
pub use provider::{CLIENT_ID, CLIENT_SECRET, Colleague, Lie, Provider};
pub use python::{python, python_of};
pub use slack::{SLACK_TOKEN, SlackAccount, SlackStandIn};
pub use token_keys::Key;
pub use wire::Wire;
pub use zone::FakeZone;

use std::time::Duration;

/// Speaks HTTP with an endpoint on this computer, in a test's own words.
pub fn client() -> reqwest::Client {
    // Only the first caller in a process installs it; the others find it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build();
    client.expect("a client can be made")
}

/// The longest that a story waits for anything: only a test that fails takes this long.
pub const PATIENCE: Duration = Duration::from_secs(20);
