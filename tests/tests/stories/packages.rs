//! Packages as people live them: asked, agreed or quietly declined, opened, sent, there; and an address that nobody but
//! its reader ever has in plain words.

use std::path::Path;

use samovar_core::api::{PackageCard, PackageDeed, Packages, Request, Response, Today};
use samovar_domain::customs::Border;
use samovar_domain::kinds::{Occasion, PackageProgress};
use samovar_domain::{Clock as _, ItemId, MemberId, Timestamp};
use samovar_testkit::{Desktop, FakeKeyring, PATIENCE, files_with, lets_go_of};
use serde_json::{Value, json};

use crate::given::{Device, Kitchen, another_computer, another_computer_with, page_of, snapshots_on};

/// Where Ben lives.
const ADDRESS: &str = "Ben Virtanen\nMerikatu 7 B 12\n00140 Helsinki";
/// What would give it away.
const STREET: &str = "Merikatu";

async fn does(by: &Desktop, deed: PackageDeed) -> Response {
    by.ask(Request::Package { deed }).await
}

async fn is_refused(by: &Desktop, deed: PackageDeed) -> String {
    by.is_refused(Request::Package { deed }).await.code.into_owned()
}

async fn asks(by: &Desktop, to: MemberId) -> ItemId {
    let deed = PackageDeed::Ask {
        to,
        occasion: Occasion::Thanks,
        words: "Something for the release".to_owned(),
    };
    match does(by, deed).await {
        Response::Shared { item } => item,
        other => panic!("expected a package, not {other:?}"),
    }
}

fn agrees(package: ItemId) -> PackageDeed {
    PackageDeed::Agree {
        package,
        address: ADDRESS.to_owned(),
    }
}

async fn page(of: &Desktop) -> Packages {
    match of.ask(Request::Packages).await {
        Response::Packages(page) => *page,
        other => panic!("expected the Packages page, not {other:?}"),
    }
}

/// Waits until somebody's page is as wanted.
async fn shows(on: &Desktop, what: &str, is_so: impl Fn(&Packages) -> bool) -> Packages {
    let mut changes = on.core.changes();
    let shows = async {
        loop {
            let page = page(on).await;
            if is_so(&page) {
                return page;
            }
            let _ = changes.recv().await;
        }
    };
    let Ok(page) = tokio::time::timeout(PATIENCE, shows).await else {
        panic!("the page does not show {what}: {:#?}", page(on).await)
    };
    page
}

/// Waits until a package on somebody's page is as wanted.
async fn shows_package(on: &Desktop, what: &str, is_so: impl Fn(&PackageCard) -> bool) -> PackageCard {
    let any = |page: &Packages| page.to_me.iter().chain(&page.from_me).find(|card| is_so(card)).cloned();
    any(&shows(on, what, |page| any(page).is_some()).await).expect("it was there just now")
}

/// Waits until a snapshot is here, and with it all that was written before.
async fn hears_of(desktop: &Desktop, words: &str) {
    let is_there = |today: &Today| snapshots_on(today).iter().any(|text| text == words);
    desktop.sees(words, is_there).await;
}

/// Somebody asks another, who has heard of it.
async fn asked(sender: &Desktop, recipient: &Desktop) -> ItemId {
    let package = asks(sender, recipient.me().await).await;
    shows_package(recipient, "what is asked", |card| card.id == package && card.needs_me).await;
    package
}

/// The other agrees, and the address is here.
async fn agreed(sender: &Desktop, recipient: &Desktop) -> ItemId {
    let package = asked(sender, recipient).await;
    does(recipient, agrees(package)).await;
    shows_package(sender, "that the address is here", |card| {
        card.id == package && card.can_open
    })
    .await;
    package
}

fn saves_address(address: &str) -> PackageDeed {
    PackageDeed::SaveAddress {
        address: Some(address.to_owned()),
    }
}

/// Ana is a coordinator, and Ben lets her send him something without asking.
async fn lets_ana_surprise(kitchen: &Kitchen) {
    let ana = kitchen.ana.me().await;
    makes_coordinator(kitchen, &[ana]).await;
    shows(&kitchen.ben, "that Ana is a coordinator", |page| {
        page.surprises.len() == 1
    })
    .await;
    does(&kitchen.ben, saves_address(ADDRESS)).await;
    let coordinators = vec![ana];
    does(&kitchen.ben, PackageDeed::SaveSurprises { coordinators }).await;
}

/// Opens an address as soon as it can be, and is the expected one.
async fn opens_at_last(by: &Desktop, deed: PackageDeed, expected: &str) {
    let mut changes = by.core.changes();
    let mut last = None;
    let opens = async {
        loop {
            let deed = deed.clone();
            match by.core.call(Request::Package { deed }).await {
                Ok(Response::Address { address }) if address == expected => return,
                other => last = Some(other),
            }
            let _ = changes.recv().await;
        }
    };
    let opened = tokio::time::timeout(PATIENCE, opens).await;
    assert!(opened.is_ok(), "{last:?} instead of {expected}");
}

async fn opens_surprise(by: &Desktop, of: MemberId) -> String {
    match does(by, PackageDeed::OpenSurprise { of }).await {
        Response::Address { address } => address,
        other => panic!("expected an address, not {other:?}"),
    }
}

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

async fn opens(by: &Desktop, package: ItemId) -> String {
    match does(by, PackageDeed::Open { package }).await {
        Response::Address { address } => address,
        other => panic!("expected an address, not {other:?}"),
    }
}

/// What Ana's endpoint and everybody's computers but one hold, has no address in it.
fn is_nowhere_in(folders: &[&Path]) {
    for folder in folders {
        assert!(files_with(folder, STREET).is_empty(), "{}", folder.display());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_package_is_asked_for_agreed_to_sent_and_there() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let package = asks(ana, ben.me().await).await;
    let card = shows_package(ben, "what Ana asks", |card| card.needs_me).await;
    assert_eq!(
        (card.other.name.as_str(), card.words.as_str()),
        ("Ana", "Something for the release")
    );
    assert_eq!(is_refused(ana, PackageDeed::Open { package }).await, "no_address");
    let early = PackageDeed::Send {
        package,
        carrier: "Serpost".to_owned(),
        tracking: None,
    };
    assert_eq!(is_refused(ana, early).await, "no_consent");

    does(ben, agrees(package)).await;
    ana.notifier.hears("Something for the release").await;
    let card = shows_package(ana, "that the address is here", |card| card.can_open).await;
    assert_eq!(
        card.progress,
        PackageProgress::Agreed {
            until: at("2026-12-07T15:00:00Z")
        }
    );
    kitchen.clock.set("2026-11-24T09:30:00Z");
    assert_eq!(opens(ana, package).await, ADDRESS);
    let card = shows_package(ben, "that it was opened", |card| !card.opened.is_empty()).await;
    assert_eq!(card.opened, [at("2026-11-24T09:30:00Z")], "Ben sees each time");
    is_nowhere_in(&[kitchen.endpoint.folder(), ana.folder()]);
    assert!(
        !files_with(ben.folder(), STREET).is_empty(),
        "the search finds what is there"
    );

    does(
        ana,
        PackageDeed::Send {
            package,
            carrier: "Serpost".to_owned(),
            tracking: Some("https://tracking.example.org/7".to_owned()),
        },
    )
    .await;
    let card = shows_package(ben, "that it is on its way", |card| {
        card.progress == PackageProgress::Sent
    })
    .await;
    assert_eq!(card.carrier.as_deref(), Some("Serpost"));

    does(
        ben,
        PackageDeed::Receive {
            package,
            words: Some("A mug! It is lovely.".to_owned()),
            snapshot: None,
        },
    )
    .await;
    ana.notifier.hears("A mug! It is lovely.").await;
    let card = shows_package(ana, "that it is there", |card| {
        card.progress == PackageProgress::Received
    })
    .await;
    assert_eq!(card.thanks.as_deref(), Some("A mug! It is lovely."));
    assert!(!card.can_open);
    assert_eq!(is_refused(ana, PackageDeed::Open { package }).await, "no_address");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quiet_no_looks_like_no_answer_until_the_very_end() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let package = asked(ana, ben).await;
    does(ben, PackageDeed::Decline { package }).await;
    ben.has_sent_everything().await;
    let card = shows_package(ben, "his quiet no", |card| card.is_declined).await;
    assert!(!card.needs_me);
    // What comes after it is here, so it would be, too.
    ben.shares("A quiet day.").await;
    hears_of(ana, "A quiet day.").await;
    let until = at("2026-12-07T15:00:00Z");
    assert_eq!(page(ana).await.from_me[0].progress, PackageProgress::Asked { until });
    let seen = page_of(&kitchen.endpoint, ana).await.items;
    assert!(!seen.iter().any(|item| item.kind.as_str() == "package_declined"));
    kitchen.clock.set("2026-12-07T15:00:00Z");
    assert_eq!(page(ana).await.from_me[0].progress, PackageProgress::Lapsed);
    assert_eq!(is_refused(ben, agrees(package)).await, "package_lapsed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ben_changes_his_mind_both_ways() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let package = asked(ana, ben).await;
    does(ben, PackageDeed::Decline { package }).await;
    does(ben, agrees(package)).await;
    shows_package(ana, "that the address is here", |card| card.can_open).await;
    assert!(!page(ben).await.to_me[0].is_declined);
    does(ben, PackageDeed::TakeBack { package }).await;
    shows_package(ana, "that it is gone", |card| !card.can_open).await;
    assert!(page(ben).await.to_me[0].needs_me);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_a_package_was_to_go_is_forgotten_with_it() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    does(ben, saves_address(ADDRESS)).await;
    let package = asked(ana, ben).await;
    let summer_house = "Ben Virtanen\nSaunapolku 1\n58900 Rantasalmi";
    let deed = PackageDeed::Agree {
        package,
        address: summer_house.to_owned(),
    };
    does(ben, deed).await;
    shows_package(ana, "that the address is here", |card| card.can_open).await;
    assert!(!files_with(ben.folder(), "Saunapolku").is_empty());
    ana.ask(Request::Delete { item: package }).await;
    lets_go_of(ben.folder(), "Saunapolku").await;
    assert!(!files_with(ben.folder(), STREET).is_empty(), "his own address stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_ends_after_fourteen_days_in_every_file() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let package = agreed(ana, ben).await;
    let consent = consent_at(&kitchen, package).await;
    let sealed = consent["sealed"][0]["ciphertext"].as_str().unwrap()[60..160].to_owned();
    let folders = [kitchen.endpoint.folder(), ana.folder(), ben.folder()];
    assert!(
        !files_with(folders[0], &sealed).is_empty(),
        "the search finds what is there"
    );

    kitchen.clock.set("2026-12-07T15:00:00Z");
    kitchen.endpoint.tends().await;
    ben.shares("Two weeks on.").await;
    hears_of(ana, "Two weeks on.").await;
    assert_eq!(page(ana).await.from_me[0].progress, PackageProgress::Lapsed);
    assert_eq!(is_refused(ana, PackageDeed::Open { package }).await, "no_address");
    // Nor at the endpoint.
    lets_go_of(folders[0], &sealed).await;
}

/// The consent to a package as it stands at the endpoint, for its sender.
async fn consent_at(kitchen: &Kitchen, package: ItemId) -> Value {
    let items = page_of(&kitchen.endpoint, &kitchen.ana).await.items;
    let consent = items.into_iter().filter_map(|item| item.body);
    let is_of = |body: &Value| body["package"] == json!(package) && body.get("sealed").is_some();
    consent.into_iter().find(is_of).expect("there is a consent")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_computer_of_the_sender_opens_it_also_one_that_came_later() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let package = agreed(ana, ben).await;

    let (_folder, laptop) = another_computer(&kitchen, ana, "Ana's laptop").await;
    // Ben does nothing for it: his computer hears of the new key.
    shows_package(&laptop, "that the address is here as well", |card| card.can_open).await;
    assert_eq!(opens(&laptop, package).await, ADDRESS);
    assert_eq!(opens(ana, package).await, ADDRESS);
    let until = page(ana).await.from_me[0].progress;
    assert_eq!(
        until,
        PackageProgress::Agreed {
            until: at("2026-12-07T15:00:00Z")
        },
        "and not a day longer"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_computer_that_does_not_know_the_address_leaves_a_consent_alone() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let package = agreed(ana, ben).await;

    let (_folder, laptop) = another_computer(&kitchen, ben, "Ben's laptop").await;
    let card = shows_package(&laptop, "that he has agreed", |card| {
        matches!(card.progress, PackageProgress::Agreed { .. })
    })
    .await;
    assert!(!card.needs_me);
    // It has published its key, so it has looked after everything there is.
    laptop.has_sent_everything().await;
    laptop.shares("On the balcony.").await;
    hears_of(ana, "On the balcony.").await;
    assert_eq!(opens(ana, package).await, ADDRESS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_is_done_on_a_train_and_goes_out_at_the_station() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let package = asks(ben, ana.me().await).await;
    shows_package(ana, "what Ben asks", |card| card.needs_me).await;
    kitchen.wire.unplug();
    ana.is_offline().await;
    does(ana, agrees(package)).await;
    let own = asks(ana, ben.me().await).await;
    assert!(!page(ana).await.to_me[0].needs_me, "she has answered");
    kitchen.ana_is_back().await;
    let card = shows_package(ben, "that the address is here", |card| card.can_open).await;
    assert_eq!(card.id, package);
    shows_package(ben, "what Ana asks", |card| card.id == own && card.needs_me).await;

    does(ben, agrees(own)).await;
    shows_package(ana, "that the address is here", |card| card.can_open).await;
    kitchen.wire.unplug();
    ana.is_offline().await;
    assert_eq!(
        opens(ana, own).await,
        ADDRESS,
        "an address that is here is read without a connection"
    );
    let sent = PackageDeed::Send {
        package: own,
        carrier: "Serpost".to_owned(),
        tracking: None,
    };
    does(ana, sent).await;
    kitchen.ana_is_back().await;
    let card = shows_package(ben, "that it is on its way", |card| {
        card.progress == PackageProgress::Sent
    })
    .await;
    assert_eq!(card.opened.len(), 1, "and that it was opened on the train");

    kitchen.wire.unplug();
    ana.is_offline().await;
    does(
        ana,
        PackageDeed::Receive {
            package,
            words: None,
            snapshot: None,
        },
    )
    .await;
    kitchen.ana_is_back().await;
    shows_package(ben, "that hers is there", |card| {
        card.progress == PackageProgress::Received
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_computer_that_has_lost_its_key_makes_another_and_is_sealed_to_anew() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    lets_ana_surprise(&kitchen).await;
    let package = agreed(ana, ben).await;
    let of = ben.me().await;
    shows(ana, "that she may surprise Ben", |page| !page.may_surprise.is_empty()).await;

    ana.keyring.is_emptied();
    assert_eq!(is_refused(ana, PackageDeed::Open { package }).await, "no_key_here");
    // Neither of them does anything for it.
    for deed in [PackageDeed::Open { package }, PackageDeed::OpenSurprise { of }] {
        opens_at_last(ana, deed, ADDRESS).await;
    }
}

/// Ana makes somebody a coordinator, as her settings do.
async fn makes_coordinator(kitchen: &Kitchen, who: &[MemberId]) {
    let device = Device::enrol(&kitchen.endpoint, &kitchen.ana).await;
    let page = page_of(&kitchen.endpoint, &kitchen.ana).await;
    let team = page.items.iter().find(|item| item.kind.as_str() == "team").unwrap();
    let mut body = team.body.clone().unwrap();
    body["settings"]["coordinators"] = json!(who);
    let op = json!({ "n": 1, "id": team.id, "kind": "team", "audience": "team",
                     "created_at": kitchen.clock.now(), "body": body });
    let answer = device.posts(&json!({ "epoch": page.epoch, "ops": [op] })).await;
    assert!(answer["results"][0]["seq"].is_number(), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_coordinator_sends_a_surprise_and_only_ben_sees_that_his_address_was_opened() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let ana_id = ana.me().await;
    makes_coordinator(&kitchen, &[ana_id]).await;
    shows(ben, "that Ana is a coordinator", |page| page.surprises.len() == 1).await;
    let allow = || PackageDeed::SaveSurprises {
        coordinators: vec![ana_id],
    };
    assert_eq!(is_refused(ben, allow()).await, "address_needed");
    does(ben, saves_address(ADDRESS)).await;
    does(ben, allow()).await;
    let page_of_ana = shows(ana, "that she may surprise Ben", |page| !page.may_surprise.is_empty()).await;
    assert!(page_of_ana.may_surprise[0].can_open);
    let of = ben.me().await;
    assert_eq!(opens_surprise(ana, of).await, ADDRESS);
    shows(ben, "that it was opened", |page| page.surprises[0].opened.len() == 1).await;
    assert!(
        ben.notifier.shown().is_empty(),
        "which is no news: {:?}",
        ben.notifier.shown()
    );
    does(
        ana,
        PackageDeed::SendSurprise {
            to: of,
            occasion: Occasion::Other,
            words: "Look into your letter box".to_owned(),
            carrier: "Posti".to_owned(),
            tracking: None,
        },
    )
    .await;
    shows_package(ben, "that something comes", |card| {
        card.progress == PackageProgress::Sent
    })
    .await;
    is_nowhere_in(&[kitchen.endpoint.folder(), ana.folder()]);

    // A new address is sealed anew by itself; without leave, nothing is.
    let moved = "Ben Virtanen\nRantatie 3\n00150 Helsinki";
    does(ben, saves_address(moved)).await;
    let deed = PackageDeed::OpenSurprise { of };
    opens_at_last(ana, deed, moved).await;
    does(
        ben,
        PackageDeed::SaveSurprises {
            coordinators: Vec::new(),
        },
    )
    .await;
    shows(ana, "that she may not any more", |page| page.may_surprise.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leave_for_surprises_is_renewed_by_itself_and_ends_with_the_office() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    lets_ana_surprise(&kitchen).await;
    let first = at("2027-02-21T15:00:00Z");
    shows(ana, "until when", |page| {
        page.may_surprise.iter().any(|one| one.until == first)
    })
    .await;
    // Ten days before its end.
    kitchen.clock.set("2027-02-11T15:00:00Z");
    let later = at("2027-05-12T15:00:00Z");
    shows(ana, "that it was renewed", |page| {
        page.may_surprise.iter().any(|one| one.until == later)
    })
    .await;
    makes_coordinator(&kitchen, &[]).await;
    shows(ana, "that she may not any more", |page| page.may_surprise.is_empty()).await;
    assert_eq!(
        is_refused(ana, PackageDeed::OpenSurprise { of: ben.me().await }).await,
        "no_address"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_computer_without_a_keyring_keeps_its_key_in_a_file_of_its_own() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    assert!(ana.keyring.kept().contains_key("device-key"));
    let keyring = FakeKeyring::default();
    keyring.is_missing(true);
    let (folder, laptop) = another_computer_with(&kitchen, ana, "Ana's laptop", keyring).await;
    let package = asks(&laptop, ben.me().await).await;
    shows_package(ben, "what Ana asks", |card| card.needs_me).await;
    does(ben, agrees(package)).await;
    shows_package(&laptop, "that the address is here", |card| card.can_open).await;
    assert_eq!(opens(&laptop, package).await, ADDRESS);
    let file = folder.path().join("device-key.json");
    assert!(file.exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // The other one has its key where the system keeps secrets; while that is locked, it says so.
    shows_package(ana, "that the address is here, too", |card| card.can_open).await;
    shows_package(ben, "that it was opened once", |card| card.opened.len() == 1).await;
    ana.keyring.is_missing(true);
    assert_eq!(is_refused(ana, PackageDeed::Open { package }).await, "no_key_here");
    assert_eq!(page(ben).await.to_me[0].opened.len(), 1, "nothing was opened then");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_pays_duty_is_said_before_one_asks() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    assert_eq!(page(ana).await.recipients[0].border, Border::Unknown);
    for (desktop, country) in [(ana, "pe"), (ben, "FI")] {
        let change = samovar_core::api::ProfileChange {
            country: Some(country.to_owned()),
            ..samovar_core::api::ProfileChange::default()
        };
        desktop.ask(Request::ChangeProfile { change }).await;
    }
    let page = shows(ana, "a border", |page| page.recipients[0].border == Border::Customs).await;
    assert_eq!(page.country.as_deref(), Some("PE"));
}
