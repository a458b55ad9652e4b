//! The settings' switches as the domain's rules take them.

use samovar_domain::notices;

use crate::api::Hear;

impl From<Hear> for notices::Hear {
    fn from(hear: Hear) -> Self {
        let Hear {
            snapshots,
            kudos_to_me,
            kudos_to_others,
            answers,
            gatherings,
        } = hear;
        Self {
            snapshots,
            kudos_to_me,
            kudos_to_others,
            answers,
            gatherings,
        }
    }
}
