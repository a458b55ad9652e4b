//! Which arriving item is something to tell the person of. Whether it is told now or later is `routing`'s part.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::kinds::Photo;
use crate::{Body, Item, ItemId, Kind, MemberId, Owner, Timestamp};

/// Items that were written longer ago than this are not told of when they arrive: a desktop that catches up after days
/// shows them on its Today page, and does not shout.
pub const TOLD_WITHIN: Duration = Duration::from_hours(12);

/// What the person wants to hear about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hear {
    /// New snapshots.
    pub snapshots: bool,
    /// Kudos to oneself.
    pub kudos_to_me: bool,
    /// Kudos to others.
    pub kudos_to_others: bool,
    /// Replies and reactions to what one shared.
    pub answers: bool,
    /// Gatherings that are about to start.
    pub gatherings: bool,
}

impl Default for Hear {
    fn default() -> Self {
        Self {
            snapshots: true,
            kudos_to_me: true,
            kudos_to_others: true,
            answers: true,
            gatherings: true,
        }
    }
}

/// How an item arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// When.
    pub now: Timestamp,
    /// Whether it was not here before; an update of something known is not told.
    pub is_new: bool,
    /// Whether this desktop fetches the team for the first time, or anew.
    pub is_first_sync: bool,
}

/// What a notice needs to know of the other items here.
pub trait NoticeView {
    /// The item of this id, when it is here. It may be gone.
    fn item(&self, id: ItemId) -> Option<Item>;
}

/// Something to tell the person of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// Stable, and ending in `:` and the item's id: the same item is told of once.
    pub key: String,
    /// What it is about.
    pub about: About,
    /// The item.
    pub item: ItemId,
    /// When it was written.
    pub at: Timestamp,
}

/// What a notice is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum About {
    /// Somebody shared a snapshot.
    Snapshot {
        /// Who.
        from: MemberId,
        /// The words.
        text: Option<String>,
        /// The photos.
        photos: Vec<Photo>,
    },
    /// Somebody thanks somebody.
    Kudos {
        /// Who thanks.
        from: MemberId,
        /// Whether oneself is among the thanked.
        to_me: bool,
        /// Who is thanked.
        to: Vec<MemberId>,
        /// What for.
        reason: String,
    },
    /// Somebody wrote under what one shared.
    Reply {
        /// Who.
        from: MemberId,
        /// What.
        text: String,
        /// Under what.
        target: ItemId,
        /// What that is.
        target_kind: Kind,
    },
    /// Somebody put an emoji on what one shared.
    Reaction {
        /// Who.
        from: MemberId,
        /// Which.
        emoji: String,
        /// On what.
        target: ItemId,
        /// What that is.
        target_kind: Kind,
    },
    /// Somebody says that something cannot wait for the end of one's focus.
    BreakThrough {
        /// Who.
        from: MemberId,
        /// Why.
        reason: String,
    },
    /// A decision that one is involved in, or may see, was closed.
    DecisionClosed {
        /// Who asked.
        from: MemberId,
        /// The question.
        question: String,
        /// What was decided.
        words: String,
    },
    /// Somebody agrees to a package of one's own: the address is here.
    PackageAgreed {
        /// Who.
        from: MemberId,
        /// What for, as one has asked.
        words: String,
    },
    /// A package of one's own has arrived.
    PackageReceived {
        /// With whom.
        from: MemberId,
        /// What they say to it.
        words: Option<String>,
    },
    /// There is a card to write a line on.
    GroupCard {
        /// Who began it.
        from: MemberId,
        /// For whom.
        to: MemberId,
        /// What stands on its front.
        title: String,
    },
    /// One was given a card.
    CardForMe {
        /// By whom, in the name of all.
        from: MemberId,
        /// What stands on its front.
        title: String,
    },
}

impl About {
    /// Who did it.
    pub fn from(&self) -> MemberId {
        match self {
            Self::Snapshot { from, .. }
            | Self::Kudos { from, .. }
            | Self::Reply { from, .. }
            | Self::Reaction { from, .. }
            | Self::BreakThrough { from, .. }
            | Self::DecisionClosed { from, .. }
            | Self::PackageAgreed { from, .. }
            | Self::PackageReceived { from, .. }
            | Self::GroupCard { from, .. }
            | Self::CardForMe { from, .. } => *from,
        }
    }
}

/// What to tell `me` of `item`, if anything.
pub fn notice(item: &Item, me: MemberId, view: &dyn NoticeView, hear: Hear, arrival: Arrival) -> Option<Notice> {
    let is_told = arrival.is_new
        && !arrival.is_first_sync
        && item.owner != Owner::Member(me)
        && item.is_visible_to(me)
        && !item.is_gone(arrival.now)
        && arrival.now.since(item.created_at) <= TOLD_WITHIN;
    if !is_told {
        return None;
    }
    let body = Body::read(&item.kind, item.body.as_ref()?).ok()?;
    let about = match item.owner {
        Owner::Member(from) => by_member(from, body, me, view, hear, arrival.now)?,
        Owner::Team => by_team(body, me, view, arrival.now)?,
    };
    Some(Notice {
        key: format!("{}:{}", item.kind, item.id),
        about,
        item: item.id,
        at: item.created_at,
    })
}

fn by_member(
    from: MemberId,
    body: Body,
    me: MemberId,
    view: &dyn NoticeView,
    hear: Hear,
    now: Timestamp,
) -> Option<About> {
    Some(match body {
        Body::Snapshot(snapshot) if hear.snapshots => About::Snapshot {
            from,
            text: snapshot.text.filter(|text| !text.trim().is_empty()),
            photos: snapshot.photos,
        },
        // Kudos that were hidden are there anew, and no news.
        Body::Kudos(kudos) if kudos.instead_of.is_none() => {
            let to_me = kudos.to.contains(&me);
            if !(if to_me { hear.kudos_to_me } else { hear.kudos_to_others }) {
                return None;
            }
            About::Kudos {
                from,
                to_me,
                to: kudos.to,
                reason: kudos.reason,
            }
        }
        Body::Reply(reply) if hear.answers && reply.instead_of.is_none() => {
            let target_kind = own_target(view, reply.target, me, now)?;
            About::Reply {
                from,
                text: reply.text,
                target: reply.target,
                target_kind,
            }
        }
        Body::Reaction(reaction) if hear.answers => {
            let target_kind = own_target(view, reaction.target, me, now)?;
            About::Reaction {
                from,
                emoji: reaction.emoji,
                target: reaction.target,
                target_kind,
            }
        }
        Body::BreakThrough(call) if call.to == me => About::BreakThrough {
            from,
            reason: call.reason,
        },
        Body::PackageConsent(consent) => {
            let package = own(view, consent.package, me, now)?;
            let Body::Package(package) = read(&package)? else {
                return None;
            };
            About::PackageAgreed {
                from,
                words: package.words,
            }
        }
        Body::PackageReceived(received) => {
            own(view, received.package, me, now)?;
            About::PackageReceived {
                from,
                words: received.words,
            }
        }
        Body::GroupCard(card) if card.to != me => About::GroupCard {
            from,
            to: card.to,
            title: card.title,
        },
        _ => return None,
    })
}

fn by_team(body: Body, me: MemberId, view: &dyn NoticeView, now: Timestamp) -> Option<About> {
    match body {
        Body::Outcome(outcome) => {
            let decision = view.item(outcome.decision).filter(|item| !item.is_gone(now))?;
            let from = decision.owner.member().filter(|asker| *asker != me)?;
            let Body::Decision(decision) = read(&decision)? else {
                return None;
            };
            Some(About::DecisionClosed {
                from,
                question: decision.question,
                words: outcome.words,
            })
        }
        Body::HandedCard(card) if card.to == me => Some(About::CardForMe {
            from: card.from?,
            title: card.title,
        }),
        _ => None,
    }
}

fn read(item: &Item) -> Option<Body> {
    Body::read(&item.kind, item.body.as_ref()?).ok()
}

/// What the target is, when it is one's own and still here.
fn own_target(view: &dyn NoticeView, target: ItemId, me: MemberId, now: Timestamp) -> Option<Kind> {
    own(view, target, me, now).map(|target| target.kind)
}

fn own(view: &dyn NoticeView, target: ItemId, me: MemberId, now: Timestamp) -> Option<Item> {
    let target = view.item(target)?;
    (target.owner.member() == Some(me) && !target.is_gone(now)).then_some(target)
}
