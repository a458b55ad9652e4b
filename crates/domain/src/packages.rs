//! How far a package is, as its sender sees it: a quiet no looks like no answer, all the way to the end.

use crate::expiry::CONSENT_LASTS;
use crate::kinds::{Package, PackageProgress};
use crate::{MemberId, Timestamp};

/// A package that was asked for at `asked_at`, at `now`. `agreed_at` is when the consent that is here was given, while it
/// lasts; `is_received` whether the recipient has said that it is there.
pub fn progress(
    package: &Package,
    asked_at: Timestamp,
    agreed_at: Option<Timestamp>,
    is_received: bool,
    now: Timestamp,
) -> PackageProgress {
    if is_received {
        return PackageProgress::Received;
    }
    if package.sent.is_some() {
        return PackageProgress::Sent;
    }
    let until = agreed_at.unwrap_or(asked_at).plus(CONSENT_LASTS);
    match agreed_at {
        _ if until <= now => PackageProgress::Lapsed,
        Some(_) => PackageProgress::Agreed { until },
        None => PackageProgress::Asked { until },
    }
}

/// Whether the recipient's desktop still asks its person. The question ends with their answer, loud or quiet.
pub fn is_asked(package: &Package, asked_at: Timestamp, has_answered: bool, me: MemberId, now: Timestamp) -> bool {
    package.to == me && !has_answered && package.sent.is_none() && now < asked_at.plus(CONSENT_LASTS)
}

/// When a member's desktop renews a consent to surprises that was given at `given_at`: ten days before it ends, so that a
/// holiday does not end it.
pub fn renew_at(given_at: Timestamp) -> Timestamp {
    given_at.plus(crate::expiry::SURPRISE_LASTS).plus_minutes(-10 * 24 * 60)
}
