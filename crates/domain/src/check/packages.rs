//! Packages, consents with sealed addresses, and keys.

use std::collections::HashSet;

use super::body::Context;
use crate::expiry::CONSENT_LASTS;
use crate::kinds::{
    Occasion, Package, PackageConsent, PackageOpened, PackageReceived, Sealed, SurpriseConsent, celebration_id,
    device_key_id, package_consent_id, surprise_consent_id,
};
use crate::text::{NAME_MAX, check_link, check_name, check_words};
use crate::{Audience, Body, ItemId, MemberId, Problem, Timestamp};

/// The most devices that an address is sealed to.
const DEVICES_MAX: usize = 10;
/// The most characters of a sealed address.
const SEALED_MAX: usize = 8_000;
/// What every age file begins with, `age-encryption.org/v1`, in base64: so that no address goes out unsealed by mistake.
const AGE_HEADER: &str = "YWdlLWVuY3J5cHRpb24ub3JnL3Yx";

/// Checks that something is sealed, as far as somebody without the key can tell.
pub(super) fn check_sealed(sealed: &str, max: usize) -> Result<(), Problem> {
    let is_base64 = sealed
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    if sealed.starts_with(AGE_HEADER) && sealed.len() <= max && is_base64 {
        Ok(())
    } else {
        Err(Problem::new(
            "bad_sealed",
            "This is not sealed as it must be, so it was not sent.",
        ))
    }
}

/// Checks an age recipient: Bech32 of an X25519 key.
pub(super) fn check_key(recipient: &str) -> Result<(), Problem> {
    let is_key = recipient.len() == 62
        && recipient.starts_with("age1")
        && recipient
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if is_key {
        Ok(())
    } else {
        Err(Problem::new(
            "bad_key",
            "This is not a key that addresses can be sealed to.",
        ))
    }
}

impl Context<'_> {
    pub(super) fn check_package(&self, package: &Package) -> Result<(), Problem> {
        self.check_recipient(package.to, package.occasion)?;
        if self.op.audience != (Audience::Only(vec![package.to])) {
            return Err(Problem::new("not_private", "Only the one it is for sees it."));
        }
        check_name("occasion", &package.words, 200)?;
        let before = match self.view.body(self.op.id) {
            Some(Body::Package(before)) => Some(before),
            _ => None,
        };
        if before.as_ref().is_some_and(|before| before.to != package.to) {
            return Err(Problem::new(
                "recipient_changed",
                "A package keeps its recipient. Ask the other one anew.",
            ));
        }
        let Some(sent) = &package.sent else { return Ok(()) };
        check_name("carrier", &sent.carrier, NAME_MAX)?;
        if let Some(link) = &sent.tracking {
            check_link("tracking link", link)?;
            if !link.starts_with("https://") {
                return Err(Problem::new("bad_link", "A tracking link starts with https://."));
            }
        }
        let is_agreed = before.is_some_and(|before| before.sent.is_some())
            || self.view.body(package_consent_id(package.to, self.op.id)).is_some()
            || self.view.body(surprise_consent_id(package.to, self.writer)).is_some();
        if is_agreed {
            Ok(())
        } else {
            Err(Problem::new(
                "no_consent",
                "There is no address for this package any more, or not yet. Ask for it.",
            ))
        }
    }

    /// Whether something of this occasion may be made for this member by the writer.
    pub(super) fn check_recipient(&self, to: MemberId, occasion: Occasion) -> Result<(), Problem> {
        if to == self.writer || !self.view.is_member(to) {
            return Err(Problem::new("unknown_member", "There is no such teammate."));
        }
        let wish = self.view.body(celebration_id(to));
        if occasion.is_celebration() && matches!(wish, Some(Body::Celebration(wish)) if wish.please_do_not) {
            return Err(Problem::new(
                "please_do_not",
                "They would rather not be celebrated. That is kind to know: nothing was sent.",
            ));
        }
        Ok(())
    }

    /// The sender of a package to the writer, and when it was asked for.
    fn package_to_me(&self, id: ItemId) -> Result<(MemberId, Timestamp), Problem> {
        let existing = self.view.existing(id).filter(|item| item.is_visible_to(self.writer));
        let sender = existing.as_ref().and_then(|item| item.owner.member());
        match (existing, sender, self.view.body(id)) {
            (Some(existing), Some(sender), Some(Body::Package(package))) if package.to == self.writer => {
                Ok((sender, existing.created_at))
            }
            _ => Err(Problem::new("not_found", "There is no such package any more.")),
        }
    }

    pub(super) fn check_package_consent(&self, consent: &PackageConsent) -> Result<(), Problem> {
        let (sender, asked_at) = self.package_to_me(consent.package)?;
        if self.op.audience != (Audience::Only(vec![sender])) {
            return Err(Problem::new("not_private", "Only the sender sees it."));
        }
        if self.created_at >= asked_at.plus(CONSENT_LASTS) {
            return Err(Problem::new(
                "package_lapsed",
                "This was asked more than 14 days ago. Whoever asked can ask again.",
            ));
        }
        self.check_sealed_to(sender, &consent.sealed)
    }

    fn check_sealed_to(&self, reader: MemberId, sealed: &[Sealed]) -> Result<(), Problem> {
        let distinct: HashSet<_> = sealed.iter().map(|sealed| sealed.device).collect();
        let is_theirs = |sealed: &Sealed| {
            let key = self.view.body(device_key_id(reader, sealed.device));
            matches!(key, Some(Body::DeviceKey(_)))
        };
        let is_fine = (1..=DEVICES_MAX).contains(&sealed.len()) && distinct.len() == sealed.len();
        if !is_fine || !sealed.iter().all(is_theirs) {
            return Err(Problem::new(
                "unknown_device",
                "The address was sealed for a computer that is not theirs any more. Please try again in a moment.",
            ));
        }
        sealed
            .iter()
            .try_for_each(|sealed| check_sealed(&sealed.ciphertext, SEALED_MAX))
    }

    pub(super) fn check_package_declined(&self, package: ItemId) -> Result<(), Problem> {
        self.package_to_me(package)?;
        if self.op.audience == (Audience::Only(vec![self.writer])) {
            Ok(())
        } else {
            Err(Problem::new("not_private", "A quiet no is seen by nobody."))
        }
    }

    pub(super) fn check_package_received(&self, received: &PackageReceived) -> Result<(), Problem> {
        let (sender, _) = self.package_to_me(received.package)?;
        if self.op.audience != (Audience::Only(vec![sender])) {
            return Err(Problem::new("not_private", "Only the sender sees it."));
        }
        check_words("words", received.words.as_deref().unwrap_or_default(), 200)
    }

    pub(super) fn check_package_opened(&self, opened: &PackageOpened) -> Result<(), Problem> {
        if self.op.audience != (Audience::Only(vec![opened.of])) || opened.of == self.writer {
            return Err(Problem::new("not_private", "Only the one whose address it is sees it."));
        }
        // The consent may have been erased while the word of its opening was on its way.
        let consent = self.view.existing(opened.consent);
        let is_theirs = consent
            .is_some_and(|consent| consent.owner.member() == Some(opened.of) && consent.is_visible_to(self.writer));
        if is_theirs {
            Ok(())
        } else {
            Err(Problem::new("not_found", "There is no such address."))
        }
    }

    pub(super) fn check_surprise_consent(&self, consent: &SurpriseConsent) -> Result<(), Problem> {
        let coordinator = consent.coordinator;
        if coordinator == self.writer || !self.view.is_member(coordinator) {
            return Err(Problem::new("unknown_member", "There is no such teammate."));
        }
        if self.op.audience != (Audience::Only(vec![coordinator])) {
            return Err(Problem::new("not_private", "Only the coordinator sees it."));
        }
        self.check_sealed_to(coordinator, &consent.sealed)
    }
}
