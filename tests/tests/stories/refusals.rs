//! What an endpoint refuses for now, and what it can never take: only the latter leaves the outbox.

use std::io::Cursor;

use samovar_core::api::{Request, SharedPhoto};
use samovar_domain::Audience;
use samovar_domain::kinds::Lifetime;
use samovar_testkit::photos;

use crate::given::{Kitchen, words_at};

const UPLOAD: &str = "PUT /v1/blobs/";
const OPS: &str = "POST /v1/ops";

/// Everything that an endpoint or somebody before it says when nothing is wrong with what was sent.
const FOR_NOW: [(u16, &str); 8] = [
    (400, "bad_body"),
    (400, "bad_json"),
    (404, "not_found"),
    (408, "timeout"),
    (422, "hash_mismatch"),
    (425, "too_early"),
    (429, "too_many_requests"),
    (503, "store_failed"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_that_is_refused_for_now_is_sent_again() {
    let kitchen = Kitchen::open().await;
    let Kitchen {
        endpoint,
        wire,
        ana,
        ben,
        ..
    } = &kitchen;
    for (status, code) in FOR_NOW {
        let words = format!("Through the tunnel: {code}.");
        wire.refuses(UPLOAD, 1, status, code);
        ana.shares_photo(&words, photos::DOG).await;
        wire.has_answered().await;
        ana.ask(Request::RetryNow).await;
        ana.has_sent_everything().await;
        assert!(
            ana.status().await.refused.is_empty(),
            "{code} says nothing about the photo"
        );
        let card = ben.sees_snapshot(&words).await;
        ben.core.photo(card.photos[0].blob, false).await.unwrap();
    }
    assert_eq!(words_at(endpoint, ben).await.len(), FOR_NOW.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_that_are_refused_for_now_are_sent_again() {
    let kitchen = Kitchen::open().await;
    let Kitchen {
        endpoint,
        wire,
        ana,
        ben,
        ..
    } = &kitchen;
    for (status, code) in FOR_NOW {
        wire.refuses(OPS, 1, status, code);
        ana.shares(&format!("Still here: {code}.")).await;
        wire.has_answered().await;
        ana.ask(Request::RetryNow).await;
        ana.has_sent_everything().await;
        assert!(
            ana.status().await.refused.is_empty(),
            "{code} says nothing about the op"
        );
    }
    assert_eq!(words_at(endpoint, ben).await.len(), FOR_NOW.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_the_endpoint_can_never_take_is_set_aside_and_holds_up_nothing() {
    let kitchen = Kitchen::open().await;
    let Kitchen {
        endpoint,
        wire,
        ana,
        ben,
        ..
    } = &kitchen;
    wire.refuses(UPLOAD, 1, 422, "not_a_picture");
    ana.shares_photo("A dog, or so I thought.", photos::DOG).await;
    ana.shares("Never mind.").await;

    ana.has_sent_everything().await;
    let refused = ana.status().await.refused;
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].words, "A dog, or so I thought.");
    assert_eq!(words_at(endpoint, ben).await, ["Never mind."]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_call_that_is_too_large_only_the_op_is_set_aside_that_is_it_alone() {
    let mut kitchen = Kitchen::open().await;
    kitchen.wire.unplug();
    kitchen.ana.is_offline().await;
    for cup in ["one", "two", "three", "four"] {
        kitchen.ana.shares(&format!("Cup {cup}.")).await;
    }
    // Whoever begins now finds all four. Refused are four together, the first two, and the first alone.
    kitchen.ana.restarts().await;
    kitchen.wire.refuses(OPS, 3, 413, "too_large");
    kitchen.wire.plug_in();
    let Kitchen { endpoint, ana, ben, .. } = &kitchen;
    ana.ask(Request::RetryNow).await;

    ana.has_sent_everything().await;
    let refused = ana.status().await.refused;
    assert_eq!(refused.len(), 1, "{refused:#?}");
    assert_eq!(
        (&*refused[0].words, &*refused[0].problem.code),
        ("Cup one.", "too_large")
    );
    assert_eq!(words_at(endpoint, ben).await, ["Cup two.", "Cup three.", "Cup four."]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn as_many_words_as_people_may_write_all_arrive() {
    let kitchen = Kitchen::open().await;
    let Kitchen {
        endpoint,
        wire,
        ana,
        ben,
        ..
    } = &kitchen;
    wire.unplug();
    ana.is_offline().await;
    let photo = a_small_photo();
    for number in 0..64 {
        // As long as words and descriptions may be, in the letters that take the most room.
        let text = format!("{number:>4}{}", "\u{1f375}".repeat(1_996));
        let prepared = ana.prepares(&photo).await;
        let described = |side: usize| SharedPhoto {
            photo: prepared.photo.clone(),
            alt: Some(format!("{side}{}", "\u{1f36a}".repeat(999))),
        };
        let request = Request::Share {
            text: Some(text),
            photos: (0..4).map(described).collect(),
            lifetime: Lifetime::Day,
            audience: Audience::Team,
        };
        ana.ask(request).await;
    }
    kitchen.ana_is_back().await;

    ana.has_sent_everything().await;
    let status = ana.status().await;
    assert!(status.refused.is_empty(), "{} were refused", status.refused.len());
    assert_eq!(words_at(endpoint, ben).await.len(), 64);
}

fn a_small_photo() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_fn(32, 24, |x, y| image::Rgb([x as u8 * 8, y as u8 * 10, 90]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}
