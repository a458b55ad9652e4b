//! Packages as the endpoint keeps them: an address is there for whom it is sealed to, for as long as it serves.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use samovar_domain::kinds::{device_key_id, package_consent_id, package_received_id, surprise_consent_id};

use super::super::Removal;
use super::*;

/// What Ana would like to send Ben.
pub(crate) const PACKAGE: u128 = 80;

/// Makes a key for a member's computer; whoever has its identity reads what is sealed to it.
pub(crate) async fn has_key(who: &mut Session) -> age::x25519::Identity {
    let identity = age::x25519::Identity::generate();
    let (member, device) = (who.member(), who.caller.device);
    let body = json!({ "device": device, "recipient": identity.to_public().to_string() });
    who.write(Kind::DEVICE_KEY, device_key_id(member, device), body).await;
    identity
}

/// Words as they lie in a consent, sealed to one computer.
pub(crate) fn sealed_for(reader: &Session, identity: &age::x25519::Identity, words: &str) -> Value {
    let ciphertext = age::encrypt(&identity.to_public(), words.as_bytes()).unwrap();
    json!([{ "device": reader.caller.device, "ciphertext": STANDARD.encode(ciphertext) }])
}

fn only(who: &Session) -> Audience {
    Audience::Only(vec![who.member()])
}

async fn asks(sender: &mut Session, recipient: &Session) {
    let body = json!({ "to": recipient.member(), "words": "Something for your birthday" });
    sender
        .write_for(start(), only(recipient), Kind::PACKAGE, item_id(PACKAGE), body)
        .await;
}

async fn agrees(recipient: &mut Session, sender: &Session, identity: &age::x25519::Identity, at: Timestamp) -> ItemId {
    let id = package_consent_id(recipient.member(), item_id(PACKAGE));
    let sealed = sealed_for(sender, identity, "Calle Larga 7, Lima");
    let body = json!({ "package": item_id(PACKAGE), "sealed": sealed });
    recipient
        .write_for(at, only(sender), Kind::PACKAGE_CONSENT, id, body)
        .await;
    id
}

async fn has_arrived(recipient: &mut Session, sender: &Session, at: Timestamp) {
    let id = package_received_id(recipient.member(), item_id(PACKAGE));
    let body = json!({ "package": item_id(PACKAGE), "words": "It is lovely." });
    recipient
        .write_for(at, only(sender), Kind::PACKAGE_RECEIVED, id, body)
        .await;
}

pub(crate) async fn an_address_is_erased_as_soon_as_the_package_is_there(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let cleo = join(&fresh.store, "Cleo", false).await;
    let key = has_key(&mut ana).await;
    asks(&mut ana, &ben).await;
    let consent = agrees(&mut ben, &ana, &key, hours(1)).await;
    assert!(ana.reads(consent).await.is_some());
    assert!(cleo.sees(item_id(PACKAGE)).await.is_none() && cleo.sees(consent).await.is_none());
    has_arrived(&mut ben, &ana, hours(2)).await;
    assert!(ana.sees(consent).await.unwrap().body.is_none());
    // Ben's other computer had not heard of it.
    agrees(&mut ben, &ana, &key, hours(3)).await;
    assert!(ana.sees(consent).await.unwrap().body.is_none());
    assert!(
        ana.reads(item_id(PACKAGE)).await.is_some(),
        "the package itself stays a while"
    );
}

pub(crate) async fn an_address_that_nobody_used_is_erased_after_fourteen_days(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let key = has_key(&mut ana).await;
    asks(&mut ana, &ben).await;
    let consent = agrees(&mut ben, &ana, &key, hours(1)).await;
    let end = hours(1 + 14 * 24);
    fresh.store.expire(end.minus(Duration::from_millis(1))).await.unwrap();
    assert!(ana.reads(consent).await.is_some());
    fresh.store.expire(end).await.unwrap();
    assert!(ana.reads(consent).await.is_none());
    let sent = json!({ "to": ben.member(), "words": "Something for your birthday", "sent": { "carrier": "Post" } });
    let late = Op {
        audience: only(&ben),
        ..ana.op(Kind::PACKAGE, item_id(PACKAGE), sent)
    };
    let refused = ana.send(vec![late], end).await.unwrap().remove(0).problem.unwrap();
    assert_eq!(refused.code, "no_consent");
}

pub(crate) async fn the_key_of_a_computer_goes_with_it(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    has_key(&mut ana).await;
    let device = store
        .enrol(ana.caller, "laptop", "laptop's token", start())
        .await
        .unwrap();
    let mut laptop = Session {
        caller: Caller { device, ..ana.caller },
        next: 1,
        ..ana.clone()
    };
    has_key(&mut laptop).await;
    let keys = |device| device_key_id(ana.member(), device);
    assert!(ben.reads(keys(device)).await.is_some());
    store.delete_device(ana.caller, device, hours(1)).await.unwrap();
    assert!(ben.reads(keys(device)).await.is_none());
    assert!(
        ben.reads(keys(ana.caller.device)).await.is_some(),
        "the other one stays"
    );
}

pub(crate) async fn what_was_between_two_goes_with_either_of_them(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let key = has_key(&mut ana).await;
    asks(&mut ana, &ben).await;
    let consent = agrees(&mut ben, &ana, &key, hours(1)).await;
    let surprise = surprise_consent_id(ben.member(), ana.member());
    let body = json!({ "coordinator": ana.member(), "sealed": sealed_for(&ana, &key, "Calle Larga 7, Lima") });
    ben.write_for(hours(1), only(&ana), Kind::SURPRISE_CONSENT, surprise, body)
        .await;
    let opened = json!({ "consent": consent, "of": ben.member() });
    ana.write_for(hours(2), only(&ben), Kind::PACKAGE_OPENED, item_id(81), opened)
        .await;
    fresh
        .store
        .remove_member(ana.caller, ben.member(), Removal::ByAdmin, hours(3))
        .await
        .unwrap();
    for id in [item_id(PACKAGE), consent, surprise, item_id(81)] {
        assert!(ana.reads(id).await.is_none());
    }
}

pub(crate) async fn a_coordinator_who_leaves_keeps_no_address(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let key = has_key(&mut ben).await;
    let surprise = surprise_consent_id(ana.member(), ben.member());
    let body = json!({ "coordinator": ben.member(), "sealed": sealed_for(&ben, &key, "Prinsengracht 9") });
    ana.write_for(start(), only(&ben), Kind::SURPRISE_CONSENT, surprise, body)
        .await;
    assert!(ana.reads(surprise).await.is_some());
    fresh
        .store
        .remove_member(ana.caller, ben.member(), Removal::ByAdmin, hours(1))
        .await
        .unwrap();
    assert!(ana.reads(surprise).await.is_none());
}
