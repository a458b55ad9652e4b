//! Keeps sealed addresses as they are to be, without anybody asking: sealed for the computers that a sender has now,
//! renewed before they end, and taken away where they are of no use. Only what this computer knows for sure is changed:
//! what another computer of its person has agreed to is left to that one.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use samovar_domain::check::View as _;
use samovar_domain::kinds::{
    DeviceKey, PackageConsent, Sealed, SurpriseConsent, package_consent_id, package_received_id, surprise_consent_id,
};
use samovar_domain::packages::renew_at;
use samovar_domain::{Body, ItemId, Kind, MemberId, Problem, Timestamp};

use super::own;
use super::own::Own;
use crate::core::Inner;
use crate::device_key;
use crate::writes::{self, LocalView};

/// When it is looked again after something did not work.
const AGAIN: Duration = Duration::from_hours(1);
/// The most computers that an address is sealed for; of more, the newest.
const DEVICES_MAX: usize = 10;

/// The kinds that make a look worthwhile.
pub(crate) fn concerns(kind: &Kind) -> bool {
    matches!(
        kind.as_str(),
        Kind::PACKAGE
            | Kind::PACKAGE_CONSENT
            | Kind::PACKAGE_RECEIVED
            | Kind::DEVICE_KEY
            | Kind::SURPRISE_CONSENT
            | Kind::TEAM
            | Kind::MEMBER
    )
}

/// Looks whenever something may be different, and when something is to be renewed.
pub(crate) async fn run(inner: Arc<Inner>) {
    loop {
        let next = look(&inner).await.unwrap_or_else(|problem| {
            tracing::warn!(code = %problem.code, "sealed addresses could not be looked after");
            Some(inner.now().plus(AGAIN))
        });
        tokio::select! {
            () = inner.parts.timer.wait_until(next) => {}
            () = inner.packages.looked.notified() => {}
        }
    }
}

/// Does what there is to do; when to look again.
async fn look(inner: &Arc<Inner>) -> Result<Option<Timestamp>, Problem> {
    let _here = inner.leaving.read().await;
    if inner.account().is_none() {
        return Ok(None);
    }
    let me = inner.member_account()?.member;
    let own = own::own(inner).await?;
    // What became of them is to be seen when they are over, too.
    let agreed = own.agreed.keys();
    let concerned = agreed.flat_map(|package| [*package, package_consent_id(me, *package)]);
    let view = writes::view_of(inner, concerned.collect()).await?;
    device_key::ensure(inner, &view).await?;
    let mut is_trouble = false;
    for package in own.agreed.keys().copied() {
        let sender = view.item(package).and_then(|item| item.owner.member());
        // A package that is not here may come yet.
        let Some(sender) = sender else { continue };
        is_trouble |= is_failed(seal_consent(inner, &view, package, sender).await);
    }
    let mut next = None;
    for coordinator in coordinators(inner, &view, &own)? {
        match seal_surprise(inner, &view, &own, coordinator).await {
            Ok(renewal) => next = next.into_iter().chain(renewal).min(),
            Err(problem) => is_trouble |= is_failed(Err(problem)),
        }
    }
    if is_trouble {
        next = next.into_iter().chain([inner.now().plus(AGAIN)]).min();
    }
    Ok(next)
}

/// One that fails does not hold up the others.
fn is_failed(done: Result<(), Problem>) -> bool {
    if let Err(problem) = &done {
        tracing::warn!(code = %problem.code, "an address could not be sealed now");
    }
    done.is_err()
}

/// Seals an address to each key, and tells to which; a key that is none is left out.
fn seal_to(address: &str, keys: &[DeviceKey]) -> Result<Vec<Sealed>, Problem> {
    let sealed = keys.iter().map(|key| {
        let ciphertext = own::seal_address(address, &key.recipient)?;
        Ok(Sealed {
            device: key.device,
            ciphertext,
        })
    });
    let (sealed, failed): (Vec<_>, Vec<_>) = sealed.partition(Result::is_ok);
    match failed.into_iter().next() {
        Some(Err(problem)) if sealed.is_empty() => Err(problem),
        _ => Ok(sealed.into_iter().flatten().collect()),
    }
}

/// The keys that somebody can be sealed something to now, newest first.
fn present_keys(view: &LocalView, reader: MemberId) -> (Vec<DeviceKey>, BTreeSet<String>) {
    let mut keys = device_key::of(view, reader);
    keys.truncate(DEVICES_MAX);
    let recipients = keys.iter().map(|key| key.recipient.clone()).collect();
    (keys, recipients)
}

/// Brings one's consent to a package to what it is to be: sealed for the computers that its sender has now. One that is
/// over is forgotten here as well.
pub(super) async fn seal_consent(
    inner: &Arc<Inner>,
    view: &LocalView,
    package: ItemId,
    sender: MemberId,
) -> Result<(), Problem> {
    let me = inner.member_account()?.member;
    let Some(agreed) = own::own(inner).await?.agreed.remove(&package) else {
        return Ok(());
    };
    let id = package_consent_id(me, package);
    let is_over = view.body(package).is_none() || view.body(package_received_id(me, package)).is_some();
    let is_erased = view.body(id).is_none() && view.item(id).is_some() && !agreed.sealed_to.is_empty();
    if is_over || is_erased {
        return own::forget(inner, package).await;
    }
    let (keys, present) = present_keys(view, sender);
    // What was sealed to these keys and is not there was refused: it would be again.
    if present.is_empty() || present == agreed.sealed_to {
        return Ok(());
    }
    let sealed = seal_to(&agreed.address, &keys)?;
    super::queue(
        inner,
        Kind::PACKAGE_CONSENT,
        id,
        sender,
        &PackageConsent { package, sealed },
    )
    .await?;
    own::change(inner, move |own| {
        if let Some(agreed) = own.agreed.get_mut(&package) {
            agreed.sealed_to = present;
        }
    })
    .await
}

/// Those with whom something may be to do: whom one lets send surprises, and those who have an address and should not.
fn coordinators(inner: &Inner, view: &LocalView, own: &Own) -> Result<BTreeSet<MemberId>, Problem> {
    let me = inner.member_account()?.member;
    let sealed_to = view
        .items_of(me)
        .filter_map(|item| match Body::read(&item.kind, item.body.as_ref()?).ok()? {
            Body::SurpriseConsent(consent) => Some(consent.coordinator),
            _ => None,
        });
    Ok(own.surprises.keys().copied().chain(sealed_to).collect())
}

/// Brings one's consent to surprises by a coordinator to what it is to be; when it is to be renewed.
async fn seal_surprise(
    inner: &Arc<Inner>,
    view: &LocalView,
    own: &Own,
    coordinator: MemberId,
) -> Result<Option<Timestamp>, Problem> {
    let me = inner.member_account()?.member;
    let id = surprise_consent_id(me, coordinator);
    let given_at = view.item(id).filter(|_| view.body(id).is_some());
    let given_at = given_at.map(|item| item.created_at);
    // The team's settings come with its first page, before anybody can have been let.
    if !view.settings().coordinators.contains(&coordinator) {
        if given_at.is_some() {
            writes::delete(inner, id).await?;
        }
        return Ok(None);
    }
    let (Some(sealed_to), Some(address)) = (own.surprises.get(&coordinator), &own.address) else {
        return Ok(None); // agreed to on another computer, which has the address and renews it
    };
    let (keys, present) = present_keys(view, coordinator);
    if present.is_empty() {
        return Ok(None);
    }
    if let Some(given_at) = given_at.filter(|at| present == *sealed_to && view.now() < renew_at(*at)) {
        return Ok(Some(renew_at(given_at)));
    }
    let consent = SurpriseConsent {
        coordinator,
        sealed: seal_to(address, &keys)?,
    };
    super::queue(inner, Kind::SURPRISE_CONSENT, id, coordinator, &consent).await?;
    let sealed = address.clone();
    own::change(inner, move |own| {
        // An address that was written meanwhile is sealed next.
        if own.address == Some(sealed)
            && let Some(sealed_to) = own.surprises.get_mut(&coordinator)
        {
            *sealed_to = present;
        }
    })
    .await?;
    Ok(Some(renew_at(view.now())))
}

/// Keeps one's own address on this computer, and seals it anew to those who may send surprises. Without one nobody may.
pub(crate) async fn save_address(inner: &Arc<Inner>, address: Option<String>) -> Result<(), Problem> {
    let address = match address.filter(|address| !address.trim().is_empty()) {
        Some(address) => Some(super::tidy(&address)?),
        None => None,
    };
    if address.is_none() {
        save_surprises(inner, Vec::new()).await?;
    }
    own::change(inner, move |own| {
        if own.address != address {
            own.address = address;
            own.surprises.values_mut().for_each(BTreeSet::clear);
        }
    })
    .await?;
    inner.packages.looked.notify_one();
    Ok(())
}

/// Says who may send without asking. From those who may not any more, the sealed address is taken away at once.
pub(crate) async fn save_surprises(inner: &Arc<Inner>, coordinators: Vec<MemberId>) -> Result<(), Problem> {
    let me = inner.member_account()?.member;
    let own = own::own(inner).await?;
    if own.address.is_none() && !coordinators.is_empty() {
        return Err(Problem::new(
            "address_needed",
            "Write your address first. It stays on this computer, and is sealed for those whom you choose.",
        ));
    }
    let view = writes::view(inner).await?;
    let chosen: BTreeSet<MemberId> = coordinators.into_iter().collect();
    let settings = view.settings();
    if !chosen.iter().all(|one| settings.coordinators.contains(one)) {
        return Err(Problem::new("unknown_member", "There is no such teammate."));
    }
    for coordinator in self::coordinators(inner, &view, &own)?.difference(&chosen) {
        writes::delete(inner, surprise_consent_id(me, *coordinator)).await?;
    }
    own::change(inner, move |own| {
        own.surprises.retain(|one, _| chosen.contains(one));
        for one in chosen {
            own.surprises.entry(one).or_default();
        }
    })
    .await?;
    inner.packages.looked.notify_one();
    Ok(())
}
