//! A package, from the question to the thanks.

use samovar_domain::check::{Existing, check};
use samovar_domain::kinds::{
    DeviceKey, Package, PackageProgress, Sent, device_key_id, package_consent_id, package_declined_id,
    package_received_id, surprise_consent_id,
};
use samovar_domain::packages::{is_asked, progress};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, Body, DeviceId, ItemId, Kind, MemberId, Owner, Timestamp};
use serde_json::{Value, json};

use crate::check::{Team, code, op};
use crate::given::{id, member, time};

const SEALED: &str = "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOQ==";

fn device() -> DeviceId {
    DeviceId::derived(&["laptop"])
}

/// `0` would like to send something to `1`, and has a computer that addresses can be sealed to.
fn asked(at: Timestamp) -> Team {
    let existing = Existing {
        kind: Kind::new("package"),
        owner: Owner::Member(member("0")),
        audience: Audience::Only(vec![member("1")]),
        created_at: at,
        is_gone: false,
    };
    let package = json!({"to": member("1"), "words": "Something for your birthday"});
    let key = DeviceKey {
        device: device(),
        recipient: String::new(),
    };
    Team {
        items: [(id("package"), existing)].into(),
        bodies: [
            (id("package"), Body::read(&Kind::new("package"), &package).unwrap()),
            (device_key_id(member("0"), device()), Body::DeviceKey(key)),
        ]
        .into(),
        ..Team::default()
    }
}

fn only(name: &str) -> Audience {
    Audience::Only(vec![member(name)])
}

fn written(by: &str, id: ItemId, kind: &str, audience: Audience, body: Value, team: &Team) -> String {
    code(check(
        member(by),
        &Op {
            id,
            audience,
            ..op(kind, body)
        },
        team,
    ))
}

fn consent(by: &str, audience: Audience, ciphertext: &str, device: DeviceId, team: &Team) -> String {
    let body = json!({"package": id("package"), "sealed": [{"device": device, "ciphertext": ciphertext}]});
    written(
        by,
        package_consent_id(member(by), id("package")),
        "package_consent",
        audience,
        body,
        team,
    )
}

#[test]
fn an_address_goes_to_the_sender_alone_and_never_unsealed() {
    let team = asked(time("2026-11-22T12:00:00Z"));
    assert_eq!(consent("1", only("0"), SEALED, device(), &team), "fine");
    assert_eq!(consent("1", Audience::Team, SEALED, device(), &team), "not_private");
    assert_eq!(
        consent("1", only("0"), "Rua da Rosa 12, Lisboa", device(), &team),
        "bad_sealed"
    );
    assert_eq!(
        consent("1", only("0"), "UnVhIGRhIFJvc2EgMTI=", device(), &team),
        "bad_sealed",
        "an address in base64"
    );
    assert_eq!(
        consent("1", only("0"), SEALED, DeviceId::derived(&["a stranger's"]), &team),
        "unknown_device"
    );
    assert_eq!(
        consent("2", only("0"), SEALED, device(), &team),
        "not_found",
        "it is not for them"
    );
    assert_eq!(
        consent("1", only("0"), SEALED, device(), &asked(time("2026-11-09T12:00:00Z"))),
        "package_lapsed"
    );
}

#[test]
fn a_no_is_seen_by_nobody() {
    let team = asked(time("2026-11-22T12:00:00Z"));
    let no = |audience: Audience| {
        let own = package_declined_id(member("1"), id("package"));
        written(
            "1",
            own,
            "package_declined",
            audience,
            json!({"package": id("package")}),
            &team,
        )
    };
    assert_eq!(no(only("1")), "fine");
    assert_eq!(no(only("0")), "not_private");
    // What the sender sees follows from what they have, and of a no they have nothing.
    let package = Package {
        to: member("1"),
        occasion: samovar_domain::kinds::Occasion::Birthday,
        words: String::new(),
        sent: None,
    };
    let asked_at = time("2026-11-22T12:00:00Z");
    let lapses = time("2026-12-06T12:00:00Z");
    let seen = |now: &str| progress(&package, asked_at, None, false, time(now));
    assert_eq!(seen("2026-11-23T12:00:00Z"), PackageProgress::Asked { until: lapses });
    assert_eq!(seen("2026-12-06T11:59:59Z"), PackageProgress::Asked { until: lapses });
    assert_eq!(seen("2026-12-06T12:00:00Z"), PackageProgress::Lapsed);
    // The one who is asked is asked no more once they have said something.
    let now = time("2026-11-23T12:00:00Z");
    assert!(is_asked(&package, asked_at, false, member("1"), now));
    assert!(!is_asked(&package, asked_at, true, member("1"), now));
    assert!(!is_asked(&package, asked_at, false, member("2"), now));
}

#[test]
fn nothing_is_sent_without_an_address_and_the_link_is_a_safe_one() {
    let agreed = |mut team: Team, consent: ItemId, kind: &str, body: Value| {
        team.bodies
            .insert(consent, Body::read(&Kind::new(kind), &body).unwrap());
        team
    };
    let send = |tracking: Option<&str>, team: &Team| {
        let body = json!({"to": member("1"), "words": "Something for your birthday", "sent": {"carrier": "Post", "tracking": tracking}});
        written("0", id("package"), "package", only("1"), body, team)
    };
    let team = asked(time("2026-11-22T12:00:00Z"));
    assert_eq!(send(None, &team), "no_consent");
    let body = json!({"package": id("package"), "sealed": []});
    let team = agreed(
        team,
        package_consent_id(member("1"), id("package")),
        "package_consent",
        body,
    );
    assert_eq!(send(None, &team), "fine");
    assert_eq!(send(Some("https://post.example/1"), &team), "fine");
    assert_eq!(send(Some("http://post.example/1"), &team), "bad_link");
    assert_eq!(send(Some("http://localhost/1"), &team), "bad_link");
    // A coordinator whom they trust with surprises need not ask.
    let surprise = json!({"coordinator": member("0"), "sealed": []});
    let trusted = agreed(
        asked(time("2026-11-22T12:00:00Z")),
        surprise_consent_id(member("1"), member("0")),
        "surprise_consent",
        surprise,
    );
    assert_eq!(send(None, &trusted), "fine");
}

#[test]
fn who_opens_an_address_says_so_to_the_one_whose_it_is() {
    let mut team = asked(time("2026-11-22T12:00:00Z"));
    let consent = package_consent_id(member("1"), id("package"));
    team.items.insert(
        consent,
        Existing {
            kind: Kind::new("package_consent"),
            owner: Owner::Member(member("1")),
            audience: only("0"),
            created_at: time("2026-11-22T13:00:00Z"),
            is_gone: true,
        },
    );
    let opened = |by: &str, of: &str, audience: Audience| {
        written(
            by,
            id("opened"),
            "package_opened",
            audience,
            json!({"consent": consent, "of": member(of)}),
            &team,
        )
    };
    assert_eq!(opened("0", "1", only("1")), "fine", "also when it was erased meanwhile");
    assert_eq!(opened("0", "1", only("0")), "not_private");
    assert_eq!(opened("0", "2", only("2")), "not_found");
    assert_eq!(opened("2", "1", only("1")), "not_found", "they never saw it");
    let received = package_received_id(member("1"), id("package"));
    let body = json!({"package": id("package"), "words": "It is lovely"});
    assert_eq!(
        written("1", received, "package_received", only("0"), body, &team),
        "fine"
    );
}

#[test]
fn an_address_is_over_after_fourteen_days_and_a_surprise_is_renewed() {
    let over = |kind: &str, body: Value, at: &str| {
        samovar_domain::expiry::expires_at(&Body::read(&Kind::new(kind), &body).unwrap(), time(at))
    };
    let consent = json!({"package": id("package"), "sealed": []});
    assert_eq!(
        over("package_consent", consent, "2026-11-22T12:00:00Z"),
        Some(time("2026-12-06T12:00:00Z"))
    );
    let surprise = || json!({"coordinator": member("0"), "sealed": [{"device": device(), "ciphertext": SEALED}]});
    let own = surprise_consent_id(member("1"), member("0"));
    let mut team = asked(time("2026-11-22T12:00:00Z"));
    team.items.insert(
        own,
        Existing {
            kind: Kind::new("surprise_consent"),
            owner: Owner::Member(member("1")),
            audience: only("0"),
            created_at: time("2026-09-01T12:00:00Z"),
            is_gone: false,
        },
    );
    let renewed = Op {
        id: own,
        audience: only("0"),
        ..op("surprise_consent", surprise())
    };
    let allowed = check(member("1"), &renewed, &team).unwrap();
    assert_eq!(
        allowed.expires_at,
        Some(time("2027-02-21T12:00:00Z")),
        "ninety days from now on"
    );
}

#[test]
fn a_key_is_an_age_recipient_of_ones_own_device() {
    let own = device_key_id(member("0"), device());
    let key = |id: ItemId, recipient: &str| {
        let body = json!({"device": device(), "recipient": recipient});
        written("0", id, "device_key", Audience::Team, body, &Team::default())
    };
    let recipient = format!("age1{}", "q".repeat(58));
    assert_eq!(key(own, &recipient), "fine");
    assert_eq!(key(own, &recipient[1..]), "bad_key");
    assert_eq!(key(own, &recipient.to_uppercase()), "bad_key");
    let ben: MemberId = member("Ben");
    assert_eq!(
        key(device_key_id(ben, device()), &recipient),
        "bad_id",
        "nobody puts a key in another's place"
    );
}

#[test]
fn sent_packages_are_sent_until_they_arrive() {
    let sent = Some(Sent {
        carrier: "Post".to_owned(),
        tracking: None,
    });
    let package = Package {
        to: member("1"),
        occasion: samovar_domain::kinds::Occasion::Other,
        words: String::new(),
        sent,
    };
    let at = time("2026-11-22T12:00:00Z");
    let later = time("2027-01-22T12:00:00Z");
    assert_eq!(progress(&package, at, None, false, later), PackageProgress::Sent);
    assert_eq!(progress(&package, at, None, true, later), PackageProgress::Received);
    let not_yet = Package { sent: None, ..package };
    let until = time("2026-12-07T12:00:00Z");
    let agreed = Some(time("2026-11-23T12:00:00Z"));
    assert_eq!(
        progress(&not_yet, at, agreed, false, time("2026-12-06T12:00:00Z")),
        PackageProgress::Agreed { until }
    );
}
