//! What screens show, computed from the items that are here. Pure: the same items, facts and instant give the same view.

mod celebrations;
mod decisions;
mod gatherings;
mod group_cards;
mod kudos;
mod packages;
mod people;
mod person;
mod pulse;
mod team_state;
mod today;

pub use celebrations::{celebration_page, celebrations};
pub use decisions::{OwnSide, decisions};
pub use gatherings::{gatherings, prompts};
pub use group_cards::group_cards;
pub use kudos::{kudos_cards, kudos_desk, people_of};
pub use packages::{PackagesSide, packages};
pub use people::{people, zone_clocks, zone_names};
pub use pulse::{open_round, pulse};
pub use team_state::{Read, TeamState};
pub use today::{LocalFacts, kudos_on_today_since, today};
