//! What each kind may say, and to whom.

use super::norms::check_norms;
use super::packages::check_key;
use super::plans::{check_gathering, check_series};
use super::settings::check_settings;
use super::thanks::check_values;
use super::{Existing, FOCUS_HOURS_MAX, PHOTO_SIDE_MAX, PHOTOS_MAX, View, check_member};
use crate::emoji::is_one_emoji;
use crate::kinds::{Focus, Photo, Reaction, RoleName, Snapshot};
use crate::text::{NAME_MAX, WORDS_MAX, check_name, check_words, is_blank};
use crate::wire::Op;
use crate::{Audience, BlobHash, Body, MemberId, Owner, Problem, Timestamp};

/// One op as it is being looked at.
pub(super) struct Context<'a> {
    pub(super) writer: MemberId,
    pub(super) op: &'a Op,
    pub(super) view: &'a dyn View,
    pub(super) now: Timestamp,
    pub(super) created_at: Timestamp,
}

impl Context<'_> {
    pub(super) fn check_body(&self, body: &Body) -> Result<(), Problem> {
        match body {
            Body::Team(team) => {
                check_name("team's name", &team.name, NAME_MAX)?;
                team.settings.as_ref().map_or(Ok(()), check_settings)
            }
            Body::Role(role) => self.check_role(role.member, role.role),
            Body::Member(member) => {
                check_member(member)?;
                self.check_blobs(member.photo)
            }
            Body::Snapshot(snapshot) => self.check_snapshot(snapshot),
            Body::Kudos(kudos) => self.check_kudos(kudos),
            Body::Reaction(reaction) => check_reaction(reaction),
            Body::Reply(reply) if is_blank(&reply.text) => {
                Err(Problem::new("empty", "The reply is empty. Write a word or two."))
            }
            Body::Reply(reply) => check_words("reply", &reply.text, WORDS_MAX),
            Body::Focus(focus) => self.check_focus(focus),
            Body::Series(series) => check_series(series),
            Body::Gathering(gathering) => check_gathering(gathering),
            Body::Norms(norms) => check_norms(norms),
            Body::Busy(busy) => self.check_busy(busy),
            Body::PairOptIn(wish) => self.check_pair_opt_in(wish),
            Body::PairAnswer(answer) => self.check_pair_answer(answer),
            Body::BreakThrough(call) => self.check_break_through(call),
            Body::Values(values) => check_values(values),
            Body::KudosHidden(hidden) => self.check_kudos_hidden(hidden),
            Body::Decision(decision) => self.check_decision(decision),
            Body::Voice(voice) => self.check_voice(voice),
            Body::DecisionClose(close) => self.check_decision_close(close),
            Body::Package(package) => self.check_package(package),
            Body::PackageConsent(consent) => self.check_package_consent(consent),
            Body::PackageDeclined(declined) => self.check_package_declined(declined.package),
            Body::PackageOpened(opened) => self.check_package_opened(opened),
            Body::PackageReceived(received) => self.check_package_received(received),
            Body::DeviceKey(key) => check_key(&key.recipient),
            Body::SurpriseConsent(consent) => self.check_surprise_consent(consent),
            Body::GroupCard(card) => self.check_group_card(card),
            Body::CardLine(line) => self.check_card_line(line),
            Body::Celebration(celebration) => self.check_celebration(celebration),
            // Answers without words, and what no op ever writes.
            Body::Rsvp(_)
            | Body::KudosWish(_)
            | Body::Pairing(_)
            | Body::DecisionState(_)
            | Body::Outcome(_)
            | Body::HandedCard(_)
            | Body::HandedLine(_)
            | Body::CelebrationNotice(_)
            | Body::PulseRound(_)
            | Body::PulseResult(_)
            | Body::Unknown => Ok(()),
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
        if is_blank(text) && snapshot.photos.is_empty() {
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

    pub(super) fn check_photo(&self, photo: &Photo) -> Result<(), Problem> {
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
        self.check_blobs(std::iter::once(photo.blob).chain(photo.thumb))
    }

    /// Photos go up before what names them, and only what one has brought oneself or may see is named.
    fn check_blobs(&self, named: impl IntoIterator<Item = BlobHash>) -> Result<(), Problem> {
        if named.into_iter().all(|blob| self.view.has_blob(&blob)) {
            return Ok(());
        }
        Err(Problem::new(
            "blob_missing",
            "The photo has not arrived yet. Send the photo first, then what shows it.",
        ))
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

    pub(super) fn check_audience(&self, body: &Body) -> Result<(), Problem> {
        let audience = &self.op.audience;
        if audience.named().len() > 10_000 {
            return Err(Problem::new(
                "bad_audience",
                "An audience names at most 10,000 members.",
            ));
        }
        let belongs_to_all = matches!(
            body,
            Body::Team(_)
                | Body::Role(_)
                | Body::Member(_)
                | Body::Focus(_)
                | Body::Series(_)
                | Body::Gathering(_)
                | Body::Norms(_)
                | Body::Values(_)
                | Body::KudosWish(_)
                | Body::DeviceKey(_)
        );
        if belongs_to_all && *audience != Audience::Team {
            return Err(Problem::new(
                "bad_audience",
                format!("A {} is for the whole team to see.", self.op.kind),
            ));
        }
        let writer = Owner::Member(self.writer);
        if let Body::Kudos(kudos) = body
            && !kudos.to.iter().all(|recipient| audience.admits(*recipient, &writer))
        {
            return Err(Problem::new(
                "bad_audience",
                "Everyone who is thanked must be able to see it.",
            ));
        }
        if let Body::Kudos(kudos) = body {
            self.check_wishes(kudos)?;
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
    if !target.is_visible_to(writer) {
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

fn check_reaction(reaction: &Reaction) -> Result<(), Problem> {
    if is_one_emoji(&reaction.emoji) {
        Ok(())
    } else {
        Err(Problem::new("bad_emoji", "A reaction is one emoji."))
    }
}
