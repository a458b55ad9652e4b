//! What is kept until when, for operators. It follows from what things are, and is the same for every team: there is nothing
//! to be set. docs/PRIVACY.md says it to the people whom it concerns.

use std::time::Duration;

use samovar_domain::expiry::{
    BREAK_THROUGH_LASTS, CONSENT_LASTS, GATHERING_KEPT, PACKAGE_KEPT, PAIRING_KEPT, PULSE_KEPT, SURPRISE_LASTS,
};
use serde::Serialize;

use crate::store::acts::ACTS_KEPT;
use crate::store::{ORPHANS_KEPT, TOMBSTONES_KEPT};

/// How long something is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// What.
    pub what: &'static str,
    /// Until when, in words.
    pub until: String,
}

/// All of it.
pub fn kept() -> Vec<Kept> {
    let days = |kept: Duration| kept.as_secs() / (24 * 3600);
    let after = |kept: Duration, what: &str| format!("{} days after {what}", days(kept));
    let row = |what, until: String| Kept { what, until };
    vec![
        row(
            "members, roles, devices",
            "they leave, or the device is ended".to_owned(),
        ),
        row(
            "snapshots, their photos and answers",
            "8 hours, 24 hours or 3 days, as their author chose".to_owned(),
        ),
        row("kudos", "their giver deletes them".to_owned()),
        row("focus", "it is over".to_owned()),
        row(
            "calls that could not wait",
            format!("{} hours", BREAK_THROUGH_LASTS.as_secs() / 3600),
        ),
        row("gatherings and answers to them", after(GATHERING_KEPT, "the gathering")),
        row("pair calls", after(PAIRING_KEPT, "their week")),
        row("results of the pulse", after(PULSE_KEPT, "the round")),
        row("packages", after(PACKAGE_KEPT, "they were sent")),
        row("sealed addresses", format!("{} days at most", days(CONSENT_LASTS))),
        row("addresses for surprises", format!("{} days", days(SURPRISE_LASTS))),
        row("decisions", "whoever asked leaves".to_owned()),
        row("invites", "a day after they are over or used up, at most".to_owned()),
        row("what admins did", after(ACTS_KEPT, "it was done")),
        row(
            "that something was deleted, without its words",
            after(TOMBSTONES_KEPT, "it was"),
        ),
        row("photos that nothing names", after(ORPHANS_KEPT, "they came")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_the_privacy_page_says() {
        let page = include_str!("../../../docs/PRIVACY.md");
        let kept = kept();
        let until = |what: &str| &kept.iter().find(|row| row.what == what).unwrap().until;
        assert_eq!(until("results of the pulse"), "400 days after the round");
        assert!(page.contains("400 days after the round"));
        assert_eq!(until("what admins did"), "180 days after it was done");
        assert!(page.contains("| 180 days after it was done;"));
        assert_eq!(until("sealed addresses"), "14 days at most");
        assert!(page.contains("14 days at most"));
        assert_eq!(until("pair calls"), "91 days after their week");
        assert!(page.contains("13 weeks after the week"));
    }
}
