//! What an op may do. One pure function, asked on both sides: the desktop before it queues an op, so that its person
//! hears at once; the endpoint again, and it has the last word.

use std::collections::HashSet;

use serde_json::Value;

use crate::kinds::{Focus, Gathering, Kudos, Member, Photo, Reaction, RoleName, Series, Snapshot};
use crate::text::{NAME_MAX, WORDS_MAX, check_link, check_name, check_words};
use crate::wire::Op;
use crate::{Audience, BlobHash, Body, ItemId, Kind, MemberId, Owner, Problem, Timestamp};

/// The most that an item's JSON may take, in bytes.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// The most photos in a snapshot.
pub const PHOTOS_MAX: usize = 4;
/// The most bytes of a photo as shared.
pub const PHOTO_BYTES_MAX: usize = 2 * 1024 * 1024;
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

/// The team as the writer's side knows it.
pub trait View {
    /// The present instant, by this side's clock.
    fn now(&self) -> Timestamp;
    /// The item of this id, whoever may see it.
    fn existing(&self, id: ItemId) -> Option<Existing>;
    /// Whether this is a member of the team.
    fn is_member(&self, id: MemberId) -> bool;
    /// What the member may do.
    fn role(&self, id: MemberId) -> RoleName;
    /// Whether the photo is there. Before an op is queued it need not be.
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
pub fn check(writer: MemberId, op: &Op, view: &dyn View) -> Result<Allowed, Problem> {
    let existing = view.existing(op.id);
    let owner = owner_of(writer, op, existing.as_ref(), view)?;
    let now = view.now();
    let created_at = match &existing {
        // A member's focus is one item that ends and begins again.
        Some(existing) if !(existing.is_gone && op.kind == Kind::FOCUS) => existing.created_at,
        _ => crate::expiry::clamp_created_at(op.created_at, now),
    };
    let Some(json) = &op.body else {
        check_deletion(&op.kind, existing.is_some())?;
        return Ok(Allowed {
            owner,
            body: None,
            created_at,
            expires_at: None,
        });
    };
    if let Some(existing) = &existing
        && existing.is_gone
        && !matches!(op.kind.as_str(), Kind::FOCUS | Kind::REACTION | Kind::RSVP)
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
    context.check_body(&body)?;
    context.check_audience(&body)?;
    let expires_at = crate::expiry::expires_at(&body, created_at);
    Ok(Allowed {
        owner,
        body: Some(body),
        created_at,
        expires_at,
    })
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
            format!("The team's endpoint does not know items of kind '{kind}'. It needs a newer version."),
        )),
        Ok(body) => Ok(body),
        Err(error) => Err(Problem::new(
            "bad_body",
            format!("The {kind} does not have the form it needs: {error}."),
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
    let owner = match op.kind.as_str() {
        Kind::TEAM | Kind::ROLE | Kind::SERIES | Kind::GATHERING => Owner::Team,
        _ => Owner::Member(writer),
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
    if op.kind == Kind::MEMBER && op.id != ItemId::from(writer) {
        return Err(Problem::new("not_owner", "Everyone writes their own profile only."));
    }
    Ok(owner)
}

fn check_deletion(kind: &Kind, exists: bool) -> Result<(), Problem> {
    if matches!(kind.as_str(), Kind::TEAM | Kind::ROLE | Kind::MEMBER) {
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

struct Context<'a> {
    writer: MemberId,
    op: &'a Op,
    view: &'a dyn View,
    now: Timestamp,
    created_at: Timestamp,
}

impl Context<'_> {
    fn check_body(&self, body: &Body) -> Result<(), Problem> {
        match body {
            Body::Team(team) => check_name("team's name", &team.name, NAME_MAX),
            Body::Role(role) => self.check_role(role.member, role.role),
            Body::Member(member) => check_member(member),
            Body::Snapshot(snapshot) => self.check_snapshot(snapshot),
            Body::Kudos(kudos) => self.check_kudos(kudos),
            Body::Reaction(reaction) => check_reaction(reaction),
            Body::Reply(reply) if reply.text.trim().is_empty() => {
                Err(Problem::new("empty", "The reply is empty. Write a word or two."))
            }
            Body::Reply(reply) => check_words("reply", &reply.text, WORDS_MAX),
            Body::Focus(focus) => self.check_focus(focus),
            Body::Series(series) => check_series(series),
            Body::Gathering(gathering) => check_gathering(gathering),
            Body::Rsvp(_) | Body::Unknown => Ok(()),
        }
    }

    fn check_role(&self, member: MemberId, role: RoleName) -> Result<(), Problem> {
        let (before, own) = (self.view.role(member), self.view.role(self.writer));
        if self.op.id != crate::kinds::role_id(member) || !self.view.is_member(member) {
            return Err(Problem::new("not_found", "There is no member of this id."));
        }
        if (role == RoleName::Owner || before == RoleName::Owner) && own != RoleName::Owner {
            return Err(Problem::new(
                "not_owner",
                "Only an owner of the team can make or unmake owners.",
            ));
        }
        if before == RoleName::Owner && role != RoleName::Owner && self.view.owners() <= 1 {
            return Err(Problem::new(
                "last_owner",
                "A team always has an owner. Make someone else an owner first.",
            ));
        }
        Ok(())
    }

    fn check_snapshot(&self, snapshot: &Snapshot) -> Result<(), Problem> {
        let text = snapshot.text.as_deref().unwrap_or_default();
        if text.trim().is_empty() && snapshot.photos.is_empty() {
            return Err(Problem::new("empty", "A snapshot needs a photo or a few words."));
        }
        check_words("snapshot's text", text, WORDS_MAX)?;
        if snapshot.photos.len() > PHOTOS_MAX {
            return Err(Problem::new(
                "too_many_photos",
                "A snapshot holds at most four photos. Leave some out.",
            ));
        }
        snapshot.photos.iter().try_for_each(|photo| self.check_photo(photo))
    }

    fn check_photo(&self, photo: &Photo) -> Result<(), Problem> {
        let sides = 1..=PHOTO_SIDE_MAX;
        if !sides.contains(&photo.width) || !sides.contains(&photo.height) {
            return Err(Problem::new(
                "bad_photo",
                "A photo is shared at 1 to 2048 pixels on each side.",
            ));
        }
        let is_hash = photo.thumbhash.len() <= 64
            && photo
                .thumbhash
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte));
        if !is_hash {
            return Err(Problem::new(
                "bad_photo",
                "The photo's placeholder is not a ThumbHash in base64.",
            ));
        }
        check_words("photo's description", photo.alt.as_deref().unwrap_or_default(), 1_000)?;
        let missing = std::iter::once(photo.blob)
            .chain(photo.thumb)
            .find(|blob| !self.view.has_blob(blob));
        missing.map_or(Ok(()), |_| {
            Err(Problem::new(
                "blob_missing",
                "The photo has not arrived yet. Send the photo first, then the snapshot.",
            ))
        })
    }

    fn check_kudos(&self, kudos: &Kudos) -> Result<(), Problem> {
        if kudos.to.is_empty() {
            return Err(Problem::new(
                "no_recipient",
                "Kudos need someone to thank. Choose at least one person.",
            ));
        }
        if kudos.to.len() > RECIPIENTS_MAX {
            return Err(Problem::new(
                "too_many_recipients",
                "Kudos go to at most twenty people at once.",
            ));
        }
        if kudos.to.contains(&self.writer) {
            return Err(Problem::new(
                "kudos_to_oneself",
                "Kudos are for others. Take yourself off the list.",
            ));
        }
        let distinct: HashSet<_> = kudos.to.iter().collect();
        if distinct.len() < kudos.to.len() {
            return Err(Problem::new(
                "doubled_recipient",
                "Somebody is on the list twice. Name each person once.",
            ));
        }
        if let Some(stranger) = kudos.to.iter().find(|member| !self.view.is_member(**member)) {
            return Err(Problem::new(
                "unknown_member",
                format!("Nobody in the team has the id {stranger}."),
            ));
        }
        if kudos.reason.trim().chars().count() < REASON_MIN {
            return Err(Problem::new(
                "reason_too_short",
                "Say in at least ten characters what you are thankful for, so that it means something.",
            ));
        }
        check_words("reason", &kudos.reason, WORDS_MAX)?;
        check_words("value", kudos.value.as_deref().unwrap_or_default(), NAME_MAX)
    }

    fn check_focus(&self, focus: &Focus) -> Result<(), Problem> {
        if focus.until <= self.created_at {
            return Err(Problem::new(
                "focus_over",
                "The focus ends before it begins. Choose a time that is still to come.",
            ));
        }
        if focus.until > self.now.plus_minutes(FOCUS_HOURS_MAX * 60 + 5) {
            return Err(Problem::new(
                "focus_too_long",
                "A focus lasts at most twelve hours. Choose an earlier end.",
            ));
        }
        check_words("focus's note", focus.note.as_deref().unwrap_or_default(), 200)
    }

    fn check_audience(&self, body: &Body) -> Result<(), Problem> {
        let audience = &self.op.audience;
        if audience.named().len() > 10_000 {
            return Err(Problem::new(
                "bad_audience",
                "An audience names at most 10,000 members.",
            ));
        }
        let belongs_to_all = matches!(
            body,
            Body::Team(_) | Body::Role(_) | Body::Member(_) | Body::Focus(_) | Body::Series(_) | Body::Gathering(_)
        );
        if belongs_to_all && *audience != Audience::Team {
            return Err(Problem::new(
                "bad_audience",
                format!("A {} is for the whole team to see.", self.op.kind),
            ));
        }
        if let Audience::Only(members) = audience
            && let Body::Kudos(kudos) = body
            && kudos.to.iter().any(|recipient| !members.contains(recipient))
        {
            return Err(Problem::new(
                "bad_audience",
                "Everyone who is thanked must be able to see it.",
            ));
        }
        let target = body.target().and_then(|target| self.view.existing(target));
        if let Some(target) = target
            && matches!(body, Body::Reaction(_) | Body::Reply(_))
            && !narrows(audience, self.writer, &target)
        {
            return Err(Problem::new(
                "bad_audience",
                "A reaction or a reply is for those who see what it answers.",
            ));
        }
        Ok(())
    }
}

/// Whether everybody who sees an item of `audience` by `writer` may also see `target`: then pointing at it tells
/// nobody of something that is hidden from them.
fn narrows(audience: &Audience, writer: MemberId, target: &Existing) -> bool {
    if !target.audience.admits(writer, &target.owner) {
        return true; // points at nothing, as far as the writer can know; shows nothing to those who cannot see it
    }
    match (audience, &target.audience) {
        (_, Audience::Team) => true,
        (Audience::Only(members), _) => members
            .iter()
            .all(|member| target.audience.admits(*member, &target.owner)),
        (Audience::Except(out), Audience::Except(hidden)) => hidden.iter().all(|member| out.contains(member)),
        _ => false,
    }
}

fn check_zone(name: &str) -> Result<(), Problem> {
    name.parse::<chrono_tz::Tz>().map(|_| ()).map_err(|_| {
        let shown: String = name.chars().take(40).collect();
        Problem::new(
            "bad_time_zone",
            format!("'{shown}' is not a time zone. It is written like America/Lima."),
        )
    })
}

/// Checks a profile; the endpoint asks it too when somebody joins.
pub fn check_member(member: &Member) -> Result<(), Problem> {
    check_name("name", &member.name, NAME_MAX)?;
    check_zone(&member.time_zone)?;
    if member.hours.0.values().any(|spans| spans.len() > 6) {
        return Err(Problem::new(
            "bad_hours",
            "A day has at most six spans of working hours.",
        ));
    }
    check_words("pronouns", member.pronouns.as_deref().unwrap_or_default(), 40)?;
    check_words(
        "words about yourself",
        member.about.as_deref().unwrap_or_default(),
        WORDS_MAX,
    )
}

fn check_reaction(reaction: &Reaction) -> Result<(), Problem> {
    let emoji = &reaction.emoji;
    let is_emoji = !emoji.is_empty()
        && emoji.len() <= 64
        && emoji.chars().count() <= 12
        && !emoji
            .chars()
            .any(|character| character.is_control() || character.is_whitespace())
        && (!emoji.is_ascii());
    if is_emoji {
        Ok(())
    } else {
        Err(Problem::new("bad_emoji", "A reaction is one emoji."))
    }
}

/// Checks a series before gatherings are made from it.
pub fn check_series(series: &Series) -> Result<(), Problem> {
    check_name("title", &series.title, NAME_MAX)?;
    check_zone(&series.time_zone)?;
    if !crate::hours::minute_of_day(&series.time).is_ok_and(|minute| minute < 1440) {
        return Err(Problem::new("bad_time", "The time is written like 15:00."));
    }
    if ![1, 2, 4].contains(&series.every_weeks) {
        return Err(Problem::new("bad_rhythm", "A series meets every 1, 2 or 4 weeks."));
    }
    check_duration(series.duration_min)?;
    series.link.as_deref().map_or(Ok(()), |link| check_link("link", link))
}

fn check_gathering(gathering: &Gathering) -> Result<(), Problem> {
    check_name("title", &gathering.title, NAME_MAX)?;
    check_duration(gathering.duration_min)?;
    gathering
        .link
        .as_deref()
        .map_or(Ok(()), |link| check_link("link", link))
}

fn check_duration(minutes: u32) -> Result<(), Problem> {
    if (5..=480).contains(&minutes) {
        Ok(())
    } else {
        Err(Problem::new(
            "bad_duration",
            "A gathering lasts from 5 minutes to 8 hours.",
        ))
    }
}
