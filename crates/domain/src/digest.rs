//! What was held, told as one: how many of each kind, and from whom.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::notices::{About, Notice};
use crate::reminders::{Announced, Reminder, What};
use crate::routing::is_in_time;
use crate::{MemberId, Timestamp};

/// Something that was held back, as it is kept until the digest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// News of the team.
    Notice(Notice),
    /// A reminder.
    Reminder(Reminder),
}

impl Held {
    /// Whether a digest at `daily` would tell this too late to do something about it, and one at `now` would not.
    pub fn is_urgent(&self, daily: Timestamp, now: Timestamp) -> bool {
        let deadline = match self {
            // What announces a gathering is useful after its start as well, and is no news.
            Self::Reminder(reminder) if reminder.what.announced().is_none() => reminder.useless_after,
            _ => None,
        };
        deadline.is_some_and(|end| end > now && !is_in_time(daily, end))
    }

    /// The key of what was held.
    pub fn key(&self) -> &str {
        match self {
            Self::Notice(notice) => &notice.key,
            Self::Reminder(reminder) => &reminder.key,
        }
    }
}

/// How many, and from whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many there are.
    pub count: usize,
    /// From whom, each once, in the order in which they came.
    pub from: Vec<MemberId>,
}

impl Tally {
    fn add(&mut self, from: MemberId) {
        self.count += 1;
        if !self.from.contains(&from) {
            self.from.push(from);
        }
    }
}

/// Everything that was held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Digest {
    /// Those who said that something could not wait.
    pub break_throughs: Tally,
    /// Kudos to oneself, with their givers.
    pub kudos_to_me: Tally,
    /// Snapshots.
    pub snapshots: Tally,
    /// Kudos to others, with their givers.
    pub kudos_to_others: Tally,
    /// Replies to what one shared.
    pub replies: Tally,
    /// Reactions to what one shared.
    pub reactions: Tally,
    /// Gatherings that were announced and still make sense, each once, by their start.
    pub gatherings: Vec<Announced>,
    /// What else came of decisions, packages and cards.
    pub people: Tally,
    /// News of pair calls, decisions, packages and celebrations that still makes sense.
    pub pairs: Vec<What>,
}

impl Digest {
    /// Sums up what was held, at `now`. Gatherings whose time has passed are left out.
    pub fn of<'a>(held: impl IntoIterator<Item = &'a Held>, now: Timestamp) -> Self {
        let mut digest = Self::default();
        for held in held {
            match held {
                Held::Notice(notice) => digest.tally_of(&notice.about).add(notice.about.from()),
                Held::Reminder(reminder) => digest.add_reminder(reminder, now),
            }
        }
        digest.gatherings.sort_by_key(|gathering| gathering.starts_at);
        digest
    }

    fn tally_of(&mut self, about: &About) -> &mut Tally {
        match about {
            About::Snapshot { .. } => &mut self.snapshots,
            About::Kudos { to_me: true, .. } => &mut self.kudos_to_me,
            About::Kudos { .. } => &mut self.kudos_to_others,
            About::Reply { .. } => &mut self.replies,
            About::Reaction { .. } => &mut self.reactions,
            About::BreakThrough { .. } => &mut self.break_throughs,
            About::DecisionClosed { .. }
            | About::PackageAgreed { .. }
            | About::PackageReceived { .. }
            | About::GroupCard { .. }
            | About::CardForMe { .. } => &mut self.people,
        }
    }

    fn add_reminder(&mut self, reminder: &Reminder, now: Timestamp) {
        let Some(announced) = reminder.what.announced() else {
            if reminder.useless_after.is_none_or(|end| end > now) {
                self.pairs.push(reminder.what.clone());
            }
            return;
        };
        // A soon-reminder is over at the start, but what it announces is on until its end.
        let is_known = self
            .gatherings
            .iter()
            .any(|known| known.gathering == announced.gathering);
        if announced.ends_at > now && !is_known {
            self.gatherings.push(announced.clone());
        }
    }

    /// The week whose draw of pair calls is told of: the digest offers to skip it.
    pub fn week_to_skip(&self) -> Option<NaiveDate> {
        self.pairs.iter().find_map(What::week_to_skip)
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How many things there are to tell.
    pub fn count(&self) -> usize {
        self.break_throughs.count
            + self.kudos_to_me.count
            + self.snapshots.count
            + self.kudos_to_others.count
            + self.replies.count
            + self.reactions.count
            + self.people.count
            + self.gatherings.len()
            + self.pairs.len()
    }
}
