//! Whether post between two members may cost the recipient duty.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The customs territory of the European Union goes by its members, and Monaco: between them post costs no duty.
const UNION: [&str; 28] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MC", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// What lies between two who send each other something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Border {
    /// One of them has not said where they live.
    Unknown,
    /// None: the same country.
    None,
    /// Other countries, and no customs between them.
    WithoutCustoms,
    /// Customs: the recipient may have to pay, so something bought over there may be the better gift.
    Customs,
}

/// The border between the countries of two members, as their profiles name them.
pub fn border(sender: Option<&str>, recipient: Option<&str>) -> Border {
    match (sender, recipient) {
        (Some(one), Some(other)) if one == other => Border::None,
        (Some(one), Some(other)) if UNION.contains(&one) && UNION.contains(&other) => Border::WithoutCustoms,
        (Some(_), Some(_)) => Border::Customs,
        _ => Border::Unknown,
    }
}
