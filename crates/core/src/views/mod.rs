//! What screens show, computed from the items that are here. Pure: the same items, facts and instant give the same view.

mod decisions;
mod gatherings;
mod group_cards;
mod kudos;
mod people;
mod person;
mod team_state;
mod today;

pub use decisions::{OwnSide, decisions};
pub use gatherings::{gatherings, prompts};
pub use group_cards::group_cards;
pub use kudos::{kudos_cards, kudos_desk, people_of};
pub use people::people;
pub use team_state::{Read, TeamState};
pub use today::{LocalFacts, today};
