//! What a person does with packages: asks, agrees or declines quietly, opens an address, sends, says that it is there.
//! An address leaves this computer sealed only, and is shown here only after it was noted that it was.

pub(crate) mod own;
pub(crate) mod tending;

use std::collections::BTreeSet;
use std::sync::Arc;

use samovar_domain::check::View as _;
use samovar_domain::kinds::{
    Occasion, Package, PackageConsent, PackageDeclined, PackageOpened, PackageReceived, Sealed, Sent, SurpriseConsent,
    package_consent_id, package_declined_id, package_received_id, surprise_consent_id,
};
use samovar_domain::{Audience, Body, ItemId, Kind, MemberId, Problem};
use tokio::sync::Notify;

use self::own::Agreed;
use crate::api::{PackageDeed, Response};
use crate::core::Inner;
use crate::device_key;
use crate::showing;
use crate::writes::{self, LocalView};

/// What the tasks about packages share.
#[derive(Default)]
pub(crate) struct Shared {
    /// Something is here that sealed addresses depend on.
    pub(crate) looked: Notify,
}

/// Does what is asked.
pub(crate) async fn answer(inner: &Arc<Inner>, deed: PackageDeed) -> Result<Response, Problem> {
    match deed {
        PackageDeed::Ask { to, occasion, words } => ask(inner, to, occasion, words).await,
        PackageDeed::Agree { package, address } => agree(inner, package, &address).await,
        PackageDeed::Decline { package } => decline(inner, package).await,
        PackageDeed::TakeBack { package } => take_back(inner, package).await,
        PackageDeed::Open { package } => open(inner, package).await,
        PackageDeed::OpenSurprise { of } => open_surprise(inner, of).await,
        PackageDeed::Send {
            package,
            carrier,
            tracking,
        } => send(inner, package, carrier, tracking).await,
        PackageDeed::SendSurprise {
            to,
            occasion,
            words,
            carrier,
            tracking,
        } => send_surprise(inner, to, occasion, words, (carrier, tracking)).await,
        PackageDeed::Receive {
            package,
            words,
            snapshot,
        } => receive(inner, package, words, snapshot).await,
        PackageDeed::SaveAddress { address } => {
            tending::save_address(inner, address).await?;
            showing::packages(inner).await
        }
        PackageDeed::SaveSurprises { coordinators } => {
            tending::save_surprises(inner, coordinators).await?;
            showing::packages(inner).await
        }
    }
}

/// The most characters of an address.
const ADDRESS_MAX: usize = 600;

/// An address as it is kept and sealed.
fn tidy(address: &str) -> Result<String, Problem> {
    let address = address.trim().replace("\r\n", "\n");
    let is_fine = !address.is_empty()
        && address.chars().count() <= ADDRESS_MAX
        && !address.chars().any(|char| char.is_control() && char != '\n');
    if is_fine {
        Ok(address)
    } else {
        Err(Problem::new(
            "bad_address",
            "An address is one to 600 characters, in as many lines as it takes.",
        ))
    }
}

async fn queue<T: serde::Serialize>(
    inner: &Arc<Inner>,
    kind: &str,
    id: ItemId,
    to: MemberId,
    body: &T,
) -> Result<(), Problem> {
    let (audience, body) = (Audience::Only(vec![to]), Some(writes::json(body)));
    writes::queue(inner, kind, id, audience, body, Vec::new(), Vec::new()).await
}

/// Asks somebody whether they would like something.
async fn ask(inner: &Arc<Inner>, to: MemberId, occasion: Occasion, words: String) -> Result<Response, Problem> {
    let id = ItemId::new(inner.now());
    let package = Package {
        to,
        occasion,
        words,
        sent: None,
    };
    queue(inner, Kind::PACKAGE, id, to, &package).await?;
    Ok(Response::Shared { item: id })
}

/// A package that is here, and its owner.
fn package(view: &LocalView, id: ItemId) -> Result<(MemberId, Package), Problem> {
    let owner = view.item(id).and_then(|item| item.owner.member());
    match (owner, view.body(id)) {
        (Some(owner), Some(Body::Package(package))) => Ok((owner, package)),
        _ => Err(Problem::new("not_found", "There is no such package any more.")),
    }
}

/// Agrees to a package with an address. While there is no key of the sender here yet, it is sealed as soon as there is one.
async fn agree(inner: &Arc<Inner>, id: ItemId, address: &str) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let address = tidy(address)?;
    let view = writes::view(inner).await?;
    let (sender, package) = package(&view, id)?;
    if package.to != me {
        return Err(Problem::new("not_found", "There is no such package any more."));
    }
    let asked_at = view.item(id).map_or(view.now(), |item| item.created_at);
    if samovar_domain::packages::progress(&package, asked_at, None, false, view.now())
        == samovar_domain::kinds::PackageProgress::Lapsed
    {
        return Err(Problem::new(
            "package_lapsed",
            "This was asked more than 14 days ago. Whoever asked can ask again.",
        ));
    }
    own::agree(
        inner,
        id,
        Agreed {
            address,
            sealed_to: BTreeSet::new(),
        },
    )
    .await?;
    writes::delete(inner, package_declined_id(me, id)).await?;
    tending::seal_consent(inner, &writes::view(inner).await?, id, sender).await?;
    inner.packages.looked.notify_one();
    Ok(Response::Done)
}

/// Takes back that one has agreed: the sealed address is erased everywhere.
async fn take_back(inner: &Arc<Inner>, id: ItemId) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    own::forget(inner, id).await?;
    writes::delete(inner, package_consent_id(me, id)).await
}

/// Says no, and nobody hears of it.
async fn decline(inner: &Arc<Inner>, id: ItemId) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    take_back(inner, id).await?;
    let declined = PackageDeclined { package: id };
    queue(
        inner,
        Kind::PACKAGE_DECLINED,
        package_declined_id(me, id),
        me,
        &declined,
    )
    .await?;
    Ok(Response::Done)
}

/// Shows the address for a package of one's own. That it was opened is on its way to its recipient before it is shown.
async fn open(inner: &Arc<Inner>, id: ItemId) -> Result<Response, Problem> {
    let view = writes::view(inner).await?;
    let (owner, package) = package(&view, id)?;
    let consent = package_consent_id(package.to, id);
    match view.body(consent) {
        Some(Body::PackageConsent(PackageConsent { sealed, .. })) if owner == inner.member_account()?.member => {
            show(inner, consent, package.to, &sealed).await
        }
        _ => Err(no_address()),
    }
}

/// Shows the address of somebody who lets one send them something without asking.
async fn open_surprise(inner: &Arc<Inner>, of: MemberId) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let consent = surprise_consent_id(of, me);
    match writes::view(inner).await?.body(consent) {
        Some(Body::SurpriseConsent(SurpriseConsent { sealed, .. })) => show(inner, consent, of, &sealed).await,
        _ => Err(no_address()),
    }
}

fn no_address() -> Problem {
    Problem::new(
        "no_address",
        "There is no address for this any more, or not yet. Ask for it.",
    )
}

async fn show(inner: &Arc<Inner>, consent: ItemId, of: MemberId, sealed: &[Sealed]) -> Result<Response, Problem> {
    let device = inner.member_account()?.device;
    let sealed = sealed.iter().find(|sealed| sealed.device == device).ok_or_else(|| {
        Problem::new(
            "not_for_this_key",
            "This was sealed for another key. Their computer seals it anew as soon as it has heard of this one.",
        )
    })?;
    let address = own::read_sealed(&device_key::open(inner, &sealed.ciphertext).await?)?;
    let opened = PackageOpened { consent, of };
    queue(inner, Kind::PACKAGE_OPENED, ItemId::new(inner.now()), of, &opened).await?;
    Ok(Response::Address { address })
}

fn sent(carrier: String, tracking: Option<String>) -> Sent {
    Sent {
        carrier,
        tracking: tracking.filter(|link| !link.trim().is_empty()),
    }
}

/// Says that a package of one's own is on its way.
async fn send(inner: &Arc<Inner>, id: ItemId, carrier: String, tracking: Option<String>) -> Result<Response, Problem> {
    let view = writes::view(inner).await?;
    let (_, package) = package(&view, id)?;
    // What a newer Samovar has written of it stays.
    let mut body = view.item(id).and_then(|item| item.body.clone()).unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.insert("sent".to_owned(), writes::json(&sent(carrier, tracking)));
    }
    queue(inner, Kind::PACKAGE, id, package.to, &body).await?;
    Ok(Response::Done)
}

/// Says that something is on its way to somebody who lets one send without asking: the first that they hear of it.
async fn send_surprise(
    inner: &Arc<Inner>,
    to: MemberId,
    occasion: Occasion,
    words: String,
    on_its_way: (String, Option<String>),
) -> Result<Response, Problem> {
    let id = ItemId::new(inner.now());
    let package = Package {
        to,
        occasion,
        words,
        sent: Some(sent(on_its_way.0, on_its_way.1)),
    };
    queue(inner, Kind::PACKAGE, id, to, &package).await?;
    Ok(Response::Shared { item: id })
}

/// Says that a package is there, with thanks. The address is of no use any more, and forgotten here as well.
async fn receive(
    inner: &Arc<Inner>,
    id: ItemId,
    words: Option<String>,
    snapshot: Option<ItemId>,
) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let (sender, _) = package(&writes::view(inner).await?, id)?;
    let received = PackageReceived {
        package: id,
        words: words.filter(|words| !words.trim().is_empty()),
        snapshot,
    };
    queue(
        inner,
        Kind::PACKAGE_RECEIVED,
        package_received_id(me, id),
        sender,
        &received,
    )
    .await?;
    own::forget(inner, id).await?;
    Ok(Response::Done)
}
