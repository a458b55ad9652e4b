//! What is due when. Reminders are planned anew from the local state whenever it changes, never timed on their own; a
//! stable key keeps each from being told twice.

mod calls;
mod pairs;
mod people;

use std::collections::HashMap;
use std::time::Duration;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use calls::ENDS_MINUTES;
pub use pairs::{PairDesk, notice_at};
pub use people::{AskingPackage, OpenDecision, PeopleDesk};

use crate::decisions::Stage;
use crate::kinds::{Answer, CelebrationNotice, Gathering};
use crate::routing::{Quiet, QuietEnd};
use crate::{ItemId, MemberId, Timestamp, snapshot_prompt};

/// How long before its start a gathering is announced that says nothing else, in minutes.
pub const SOON_MINUTES: i64 = 10;
/// How long after its start a gathering is still announced: who comes later than this has noticed, or has other things
/// to do.
pub const STARTS_USEFUL_MINUTES: i64 = 15;
/// How long after its time a snoozed notification of something other than a gathering still comes.
const SNOOZED_USEFUL: Duration = Duration::from_hours(12);

/// Something the desktop tells its person at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Stable; a gathering's has its start in it, so that one that was moved is announced anew, and ends in `:` and its
    /// id.
    pub key: String,
    /// When it is due.
    pub at: Timestamp,
    /// From when on it makes no sense; never when `None`.
    pub useless_after: Option<Timestamp>,
    /// What it tells.
    pub what: What,
}

/// What a reminder tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// A gathering is ahead: ten minutes, or as its series has it.
    GatheringSoon(Announced),
    /// A gathering starts.
    GatheringStarts(Announced),
    /// A gathering that one has said yes to ends in five minutes.
    GatheringEnds(Announced),
    /// Pairs are drawn soon, oneself among them.
    PairDraw {
        /// The Monday of the week.
        week: NaiveDate,
        /// When they are drawn.
        draw_at: Timestamp,
    },
    /// One was drawn for a pair call.
    Paired {
        /// The item.
        pairing: ItemId,
        /// With whom.
        with: Vec<MemberId>,
        /// How many times suit all of them.
        times: u32,
    },
    /// Nobody could be drawn for one this week.
    NobodyToMeet {
        /// The item.
        pairing: ItemId,
    },
    /// Nobody of a pairing has said anything for a day, and one is the one to begin.
    IceBreaker {
        /// The item.
        pairing: ItemId,
        /// Whom to write to.
        with: Vec<MemberId>,
    },
    /// Whether to pause pair calls, after some that one did not answer.
    PausePairs {
        /// The last of them.
        pairing: ItemId,
    },
    /// A decision needs one's voice.
    VoiceWanted {
        /// The item.
        decision: ItemId,
        /// Who asks.
        from: MemberId,
        /// The question.
        question: String,
        /// Whether it is new, or how far its time has gone.
        stage: Stage,
        /// When it may be closed at the earliest.
        earliest: Timestamp,
    },
    /// Somebody would like to send one a package.
    PackageAsks {
        /// The item.
        package: ItemId,
        /// Who.
        from: MemberId,
        /// What for.
        words: String,
    },
    /// There is something to celebrate, soon or today.
    Celebration {
        /// The item.
        item: ItemId,
        /// What, and when.
        notice: CelebrationNotice,
    },
    /// What was held comes as one.
    DigestDue,
    /// A nudge to share a snapshot; see [`crate::snapshot_prompt`].
    SnapshotPrompt,
    /// A notification that was put off comes again.
    Snoozed {
        /// The key of what was put off.
        key: String,
    },
}

impl What {
    /// The gathering it announces, if it is about one.
    pub fn announced(&self) -> Option<&Announced> {
        match self {
            Self::GatheringSoon(gathering) | Self::GatheringStarts(gathering) | Self::GatheringEnds(gathering) => {
                Some(gathering)
            }
            _ => None,
        }
    }

    /// The week whose draw one may skip, if it is about one.
    pub fn week_to_skip(&self) -> Option<NaiveDate> {
        match self {
            Self::PairDraw { week, .. } => Some(*week),
            _ => None,
        }
    }

    /// Whether it comes without a sound, and goes by itself.
    pub fn is_quiet(&self) -> bool {
        match self {
            Self::GatheringSoon(gathering) => gathering.answered_maybe,
            Self::GatheringEnds(_) => true,
            _ => false,
        }
    }
}

/// The gathering of a reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// The item.
    pub gathering: ItemId,
    /// Its title.
    pub title: String,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it is over.
    pub ends_at: Timestamp,
    /// Where to meet.
    pub link: Option<String>,
    /// Whether one has said that one comes: then it comes through a focus.
    pub answered_yes: bool,
    /// Whether one may come: then it is told once, and quietly.
    #[serde(default)]
    pub answered_maybe: bool,
    /// Whether it lies outside one's hours, so that nobody expects a camera.
    #[serde(default)]
    pub camera_optional: bool,
}

/// What reminders follow from.
#[derive(Debug, Clone, Copy)]
pub struct State<'a> {
    /// Oneself.
    pub me: MemberId,
    /// The gatherings that are here and not gone, agreed pair calls among them.
    pub gatherings: &'a [(ItemId, Gathering)],
    /// One's own answers, by gathering.
    pub answers: &'a HashMap<ItemId, Answer>,
    /// When the oldest of the held notifications was held; `None` when none is.
    pub held_since: Option<Timestamp>,
    /// What is here of pair calls.
    pub pairs: Option<&'a PairDesk>,
    /// What is here of decisions, packages and celebrations.
    pub people: Option<&'a PeopleDesk>,
    /// What comes once or a few times a day.
    pub daily: Daily,
    /// What was put off, and until when.
    pub snoozed: &'a [(String, Timestamp)],
    /// What holds notifications back.
    pub quiet: &'a Quiet,
}

/// What comes once or a few times a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Daily {
    /// The first of the daily digests after the oldest of the held notifications was held; `None` when news is told at
    /// once, when a focus held one of them, and when one of them would come too late with it
    /// ([`crate::digest::Held::is_urgent`]): then the digest comes when it is quiet no more.
    pub digest_at: Option<Timestamp>,
    /// The day and time of the next nudge to share a snapshot.
    pub prompt: Option<(NaiveDate, Timestamp)>,
}

/// What the person has set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Whether gatherings are announced.
    pub gatherings: bool,
}

/// Everything that is due from `now` on, or was due before and still makes sense, by time. Those that were delivered
/// are among them: the caller knows which.
pub fn plan(state: State<'_>, settings: Settings, now: Timestamp) -> Vec<Reminder> {
    let mut reminders = Vec::new();
    if settings.gatherings {
        for (id, gathering) in state.gatherings {
            calls::announce(state, *id, gathering, &mut reminders);
        }
        if let Some(desk) = state.pairs {
            pairs::tell(state, desk, now, &mut reminders);
        }
    }
    if let Some(desk) = state.people {
        people::tell(state, desk, now, &mut reminders);
    }
    reminders.extend(state.snoozed.iter().filter_map(|(key, at)| snoozed(state, key, *at)));
    reminders.extend(digest(state, now));
    reminders.extend(state.daily.prompt.map(|(date, at)| Reminder {
        key: format!("snapshot-prompt:{date}"),
        at,
        useless_after: Some(at.plus(snapshot_prompt::USEFUL)),
        what: What::SnapshotPrompt,
    }));
    // Something may have been put off until after its own end.
    reminders.retain(|reminder| reminder.useless_after.is_none_or(|end| end > now.max(reminder.at)));
    reminders.sort_by(|one, other| (one.at, &one.key).cmp(&(other.at, &other.key)));
    reminders
}

/// A gathering as it is announced; `None` when its person is to hear nothing of it.
pub fn announced(state: State<'_>, id: ItemId) -> Option<Announced> {
    let (_, gathering) = state.gatherings.iter().find(|(known, _)| *known == id)?;
    calls::announced(state, id, gathering)
}

/// The gathering and its start that a reminder's key is about; `None` for any other key.
pub fn gathering_of_key(key: &str) -> Option<(ItemId, Timestamp)> {
    let rest = ["gathering-soon:", "gathering-starts:", "gathering-ends:"]
        .into_iter()
        .find_map(|prefix| key.strip_prefix(prefix))?;
    let (start, id) = rest.split_once(':')?;
    Some((id.parse().ok()?, Timestamp::from_millis(start.parse().ok()?)))
}

fn snoozed(state: State<'_>, key: &str, at: Timestamp) -> Option<Reminder> {
    let useless_after = if key.starts_with("gathering-") {
        // One that was moved, declined or deleted since has its own reminders, or none.
        let (id, start) = gathering_of_key(key)?;
        let (_, gathering) = state.gatherings.iter().find(|(known, _)| *known == id)?;
        if gathering.starts_at != start || gathering.cancelled || state.answers.get(&id) == Some(&Answer::No) {
            return None;
        }
        gathering.ends_at()
    } else {
        at.plus(SNOOZED_USEFUL)
    };
    Some(Reminder {
        key: format!("snoozed:{}:{key}", at.millis()),
        at,
        useless_after: Some(useless_after),
        what: What::Snoozed { key: key.to_owned() },
    })
}

fn digest(state: State<'_>, now: Timestamp) -> Option<Reminder> {
    let since = state.held_since?;
    let at = match state.quiet.end(now) {
        QuietEnd::NotQuiet => now,
        QuietEnd::At(end) => end,
        QuietEnd::Unknown => return None,
    };
    let at = state.daily.digest_at.map_or(at, |daily| at.max(daily));
    Some(Reminder {
        key: format!("digest:{}", since.millis()),
        at,
        useless_after: None,
        what: What::DigestDue,
    })
}
