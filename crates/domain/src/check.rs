//! What an op may do. One pure function, asked on both sides: the desktop before it queues an op, so that its person
//! hears at once; the endpoint again, and it has the last word.

mod body;
mod busy;
mod cards;
mod decisions;
mod ids;
mod norms;
mod packages;
mod pairs;
mod plans;
mod profile;
mod settings;
mod thanks;

use serde_json::Value;

use self::body::Context;
pub use self::ids::own_id;
pub use self::plans::check_series;
pub use self::profile::check_member;
use crate::kinds::{RoleName, TeamSettings, outcome_id};
use crate::text::quoted;
use crate::wire::Op;
use crate::{Audience, BlobHash, Body, ItemId, Kind, MemberId, Owner, Problem, Timestamp};

/// The most that an item's JSON may take, in bytes.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// The most photos in a snapshot.
pub const PHOTOS_MAX: usize = 4;
/// The longest side of a photo as shared, in pixels.
pub const PHOTO_SIDE_MAX: u32 = 2048;
/// The fewest characters of the reason for kudos: "thanks" alone tells nobody what was good.
pub const REASON_MIN: usize = 10;
/// The most members that one kudos goes to.
pub const RECIPIENTS_MAX: usize = 20;
/// The longest block of focus, in hours.
pub const FOCUS_HOURS_MAX: i64 = 12;

/// What `check` needs to know of an item that exists already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Existing {
    /// What it is.
    pub kind: Kind,
    /// Who alone may write it.
    pub owner: Owner,
    /// Who may see it.
    pub audience: Audience,
    /// When it was first written.
    pub created_at: Timestamp,
    /// Whether it was deleted or has expired.
    pub is_gone: bool,
}

impl Existing {
    /// Whether `reader` may see it.
    pub fn is_visible_to(&self, reader: MemberId) -> bool {
        self.audience.admits(reader, &self.owner)
    }
}

/// The team as the writer's side knows it.
pub trait View {
    /// The present instant, by this side's clock.
    fn now(&self) -> Timestamp;
    /// The item of this id, whoever may see it.
    fn existing(&self, id: ItemId) -> Option<Existing>;
    /// What the item of this id says, whoever may see it; `None` when it is not there, is gone, or cannot be read.
    fn body(&self, id: ItemId) -> Option<Body>;
    /// What admins have set, as far as it is here.
    fn settings(&self) -> TeamSettings;
    /// Whether this is a member of the team.
    fn is_member(&self, id: MemberId) -> bool;
    /// What the member may do.
    fn role(&self, id: MemberId) -> RoleName;
    /// Whether the photo is there, and the writer brought it or may see it. Before an op is queued it need not be.
    fn has_blob(&self, blob: &BlobHash) -> bool;
    /// How many owners the team has.
    fn owners(&self) -> usize;
}

/// What an op comes to when it is allowed.
#[derive(Debug, Clone, PartialEq)]
pub struct Allowed {
    /// Who owns the item.
    pub owner: Owner,
    /// The body, read; `None` deletes.
    pub body: Option<Body>,
    /// When the item was first written: kept from the existing item, or the op's own within bounds.
    pub created_at: Timestamp,
    /// When it is over.
    pub expires_at: Option<Timestamp>,
}

/// Whether `writer` may do `op` in the team that `view` shows, and what it comes to. The problem says what to do.
///
/// What is hidden from the writer is answered like what never was.
pub fn check(writer: MemberId, op: &Op, view: &dyn View) -> Result<Allowed, Problem> {
    let anything = view.existing(op.id);
    let is_taken = anything.is_some();
    let existing = anything.filter(|existing| existing.is_visible_to(writer));
    let owner = owner_of(writer, op, existing.as_ref(), view)?;
    let now = view.now();
    let created_at = match &existing {
        Some(existing) if !begins_again(&op.kind, existing.is_gone) => existing.created_at,
        // The time that everyone has to be heard begins when the question has reached the team.
        None if op.kind == Kind::DECISION => now,
        _ => crate::expiry::clamp_created_at(op.created_at, now),
    };
    let Some(json) = &op.body else {
        check_deletion(op, existing.is_some(), view)?;
        return Ok(Allowed {
            owner,
            body: None,
            created_at,
            expires_at: None,
        });
    };
    if let Some(existing) = &existing
        && existing.is_gone
        && !is_written_anew(&op.kind)
    {
        return Err(Problem::new(
            "gone",
            "This was deleted or is over, so it cannot be changed. Share it anew.",
        ));
    }
    let body = read(&op.kind, json)?;
    let context = Context {
        writer,
        op,
        view,
        now,
        created_at,
    };
    ids::check_id(writer, op, &body, existing.is_some())?;
    context.check_body(&body)?;
    context.check_audience(&body)?;
    if is_taken && existing.is_none() {
        // Only somebody who was told the id can come here: it has more random bits than anybody guesses.
        return Err(ids::unfit());
    }
    let expires_at = crate::expiry::expires_at(&body, created_at);
    Ok(Allowed {
        owner,
        body: Some(body),
        created_at,
        expires_at,
    })
}

/// Whether its time is counted anew from this write: of one item that ends and begins again, such as a member's focus,
/// and of what is renewed before it ends.
fn begins_again(kind: &Kind, is_gone: bool) -> bool {
    *kind == Kind::SURPRISE_CONSENT || is_gone && matches!(kind.as_str(), Kind::FOCUS | Kind::PACKAGE_CONSENT)
}

/// Whether there is one of it under an id that follows from what it is, so that it comes back under the same id.
fn is_written_anew(kind: &Kind) -> bool {
    matches!(
        kind.as_str(),
        Kind::FOCUS
            | Kind::REACTION
            | Kind::RSVP
            | Kind::NORMS
            | Kind::PAIR_OPT_IN
            | Kind::PAIR_ANSWER
            | Kind::BUSY
            | Kind::VALUES
            | Kind::KUDOS_WISH
            | Kind::KUDOS_HIDDEN
            | Kind::VOICE
            | Kind::PACKAGE_CONSENT
            | Kind::PACKAGE_DECLINED
            | Kind::PACKAGE_RECEIVED
            | Kind::DEVICE_KEY
            | Kind::SURPRISE_CONSENT
            | Kind::CARD_LINE
            | Kind::CELEBRATION
    )
}

fn read(kind: &Kind, json: &Value) -> Result<Body, Problem> {
    // Measured without being written out: what counts is the JSON that is stored.
    if json_length(json) > BODY_BYTES_MAX {
        return Err(Problem::new(
            "too_large",
            "This is larger than 64 kB. Shorten it and send it again.",
        ));
    }
    match Body::read(kind, json) {
        Ok(Body::Unknown) => Err(Problem::new(
            "unknown_kind",
            format!(
                "The team's endpoint does not know items of kind '{}'. It needs a newer version.",
                quoted(kind.as_str(), 40)
            ),
        )),
        Ok(body) => Ok(body),
        Err(error) => Err(Problem::new(
            "bad_body",
            format!(
                "The {kind} does not have the form it needs: {}.",
                quoted(&error.to_string(), 300)
            ),
        )),
    }
}

fn json_length(json: &Value) -> usize {
    json.to_string().len()
}

fn owner_of(writer: MemberId, op: &Op, existing: Option<&Existing>, view: &dyn View) -> Result<Owner, Problem> {
    if let Some(existing) = existing {
        if existing.kind != op.kind {
            return Err(Problem::new(
                "kind_changed",
                "An item keeps its kind. Give the new one an id of its own.",
            ));
        }
        if existing.audience != op.audience {
            return Err(Problem::new(
                "audience_changed",
                "Who may see something never changes after it was shared. Delete it and share it anew.",
            ));
        }
    }
    let owner = if op.kind.is_of_team() {
        Owner::Team
    } else {
        Owner::Member(writer)
    };
    if existing.is_some_and(|existing| existing.owner != owner) {
        return Err(Problem::new("not_owner", "Only the one who wrote this can change it."));
    }
    if owner == Owner::Team && view.role(writer) < RoleName::Admin {
        return Err(Problem::new(
            "not_admin",
            "This belongs to the team. Ask an admin of the team to change it.",
        ));
    }
    if op.kind == Kind::PAIRING {
        return Err(Problem::new(
            "not_owner",
            "Pair calls are drawn by the endpoint alone, the same way for everyone.",
        ));
    }
    if op.kind.is_of_endpoint() {
        return Err(Problem::new(
            "not_owner",
            "This is written by the endpoint alone, the same way for everyone.",
        ));
    }
    if op.kind == Kind::MEMBER && op.id != ItemId::from(writer) {
        return Err(Problem::new("not_owner", "Everyone writes their own profile only."));
    }
    Ok(owner)
}

fn check_deletion(op: &Op, exists: bool, view: &dyn View) -> Result<(), Problem> {
    if op.kind == Kind::DECISION && view.body(outcome_id(op.id)).is_some() {
        return Err(decisions::closed());
    }
    if matches!(
        op.kind.as_str(),
        Kind::TEAM | Kind::ROLE | Kind::MEMBER | Kind::DECISION_CLOSE
    ) {
        return Err(Problem::new(
            "cannot_delete",
            "This cannot be deleted like that. Members leave by erasing themselves or by being removed.",
        ));
    }
    if exists {
        Ok(())
    } else {
        Err(Problem::new("not_found", "There is nothing of this id to delete."))
    }
}

pub(super) fn check_zone(name: &str) -> Result<(), Problem> {
    name.parse::<chrono_tz::Tz>().map(|_| ()).map_err(|_| {
        Problem::new(
            "bad_time_zone",
            format!(
                "'{}' is not a time zone. It is written like America/Lima.",
                quoted(name, 40)
            ),
        )
    })
}
