//! What stories are told with: a clock that is moved by hand, a notifier that remembers, an endpoint on a free port, and
//! desktops whose methods read like what a colleague would say.

mod clock;
mod desktop;
mod endpoint;
pub mod lively;
mod notifier;
pub mod photos;
mod wire;

pub use clock::FakeClock;
pub use desktop::Desktop;
pub use endpoint::{Endpoint, InProcessHost};
pub use notifier::{NoHost, RecordingNotifier};
pub use wire::Wire;

use std::time::Duration;

/// The longest that a story waits for anything: only a test that fails takes this long.
pub const PATIENCE: Duration = Duration::from_secs(20);
