//! Samovar's words and rules, and nothing else: what an item is, who may see it, who may write what, when it is over,
//! and when people work. Everything here is a pure function of what it is given; the clock is handed in.
//!
//! What stays out: files, sockets, databases, threads, translations, and every other crate of ours.

pub mod audience;
pub mod busy;
pub mod camera;
pub mod celebrations;
pub mod check;
pub mod clock;
pub mod customs;
pub mod decisions;
pub mod digest;
pub mod emoji;
pub mod erasing;
pub mod expiry;
pub mod focus_blocks;
pub mod handing_over;
pub mod hiding;
pub mod hours;
pub mod id;
pub mod inconvenience;
pub mod ispy;
pub mod item;
pub mod kinds;
pub mod missed;
pub mod notices;
pub mod offsets;
pub mod overlap;
pub mod packages;
pub mod pair_calls;
pub mod pairs;
pub mod problem;
pub mod prompts;
pub mod pulse;
pub mod reminders;
pub mod reply_by;
pub mod restored;
pub mod rooms;
pub mod rotation;
pub mod routing;
pub mod schedule;
mod seeded;
pub mod series;
pub mod snapshot_prompt;
pub mod text;
pub mod thanks;
pub mod wire;
pub mod zone_change;

pub use audience::Audience;
pub use clock::{Clock, SystemClock, Timestamp};
pub use id::{BlobHash, DeviceId, Epoch, InviteId, ItemId, MemberId, MirrorId, TeamId};
pub use item::{Item, Kind, Owner, Seq};
pub use kinds::Body;
pub use problem::Problem;
