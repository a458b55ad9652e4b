//! What somebody may have missed who was away: kudos, gatherings and decisions, one line each. A view of what is here, made
//! on their own computer; nobody is told that they looked.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Body, Item, ItemId, MemberId, Timestamp};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Missed {
    /// The item that it leads to.
    pub item: ItemId,
    /// When it was.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    #[ts(flatten)]
    pub what: MissedWhat,
}

/// What was missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
#[ts(export)]
pub enum MissedWhat {
    /// Somebody thanked somebody.
    Kudos {
        /// Who.
        from: MemberId,
        /// Whom.
        to: Vec<MemberId>,
        /// What for.
        reason: String,
    },
    /// A gathering that has been.
    Gathering {
        /// Its title.
        title: String,
    },
    /// A decision that was closed.
    Decision {
        /// What was asked; empty when that is not here.
        question: String,
        /// What was decided.
        words: String,
    },
}

/// What `me` may have missed from `since` until `now`: kudos to oneself first, then the newest first. What one gave or
/// decided oneself is not missed.
pub fn missed(items: &[Item], me: MemberId, since: Timestamp, now: Timestamp) -> Vec<Missed> {
    let here = items.iter().filter(|item| item.is_visible_to(me) && !item.is_gone(now));
    let read: Vec<(&Item, Body)> = here
        .filter_map(|item| Some((item, Body::read(&item.kind, item.body.as_ref()?).ok()?)))
        .collect();
    let decisions: HashMap<ItemId, (Option<MemberId>, &str)> = read
        .iter()
        .filter_map(|(item, body)| match body {
            Body::Decision(decision) => Some((item.id, (item.owner.member(), decision.question.as_str()))),
            _ => None,
        })
        .collect();
    let is_within = |at: Timestamp| since <= at && at <= now;
    let mut lines: Vec<Missed> = Vec::new();
    for (item, body) in &read {
        let line = match body {
            Body::Kudos(kudos) => item.owner.member().filter(|from| *from != me).map(|from| {
                let what = MissedWhat::Kudos {
                    from,
                    to: kudos.to.clone(),
                    reason: kudos.reason.clone(),
                };
                (item.created_at, what)
            }),
            Body::Gathering(gathering)
                if !gathering.cancelled && gathering.ends_at() <= now && gathering.invites(me) =>
            {
                let title = gathering.title.clone();
                Some((gathering.starts_at, MissedWhat::Gathering { title }))
            }
            Body::Outcome(outcome) => {
                let (asker, question) = decisions.get(&outcome.decision).copied().unwrap_or_default();
                let what = MissedWhat::Decision {
                    question: question.to_owned(),
                    words: outcome.words.clone(),
                };
                (asker != Some(me)).then_some((outcome.closed_at, what))
            }
            _ => None,
        };
        lines.extend(line.filter(|(at, _)| is_within(*at)).map(|(at, what)| Missed {
            item: item.id,
            at,
            what,
        }));
    }
    let is_to_me = |line: &Missed| matches!(&line.what, MissedWhat::Kudos { to, .. } if to.contains(&me));
    lines.sort_by_key(|line| (!is_to_me(line), std::cmp::Reverse(line.at), line.item));
    lines
}
