//! Photos as files: they stay while somebody needs them, and not longer; what did not come is asked for again.

use std::time::Duration;

use samovar_core::api::{Changed, Draft, DraftPhoto, Request, SharedPhoto};
use samovar_domain::kinds::Lifetime;
use samovar_domain::{Audience, BlobHash};
use samovar_testkit::photos;
use tokio::sync::broadcast;

use crate::given::{Kitchen, http_ok};
use crate::main_job::ana_and_ben;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_was_deleted_leaves_every_computer() {
    let (_clock, _endpoint, ana, ben) = ana_and_ben().await;
    let item = ana.shares_photo("Too private after all.", photos::DOG).await;
    let card = ben.sees_snapshot("Too private after all.").await;
    let photo = card.photos[0].blob;
    ben.core.photo(photo, false).await.unwrap();
    assert!(ana.keeps(photo) && ben.keeps(photo));

    ana.ask(Request::Delete { item }).await;

    ben.lets_go_of(photo).await;
    ana.lets_go_of(photo).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_was_made_ready_and_forgotten_leaves_after_some_days() {
    let (clock, _endpoint, mut ana, ben) = ana_and_ben().await;
    let forgotten = ana.prepares(photos::DOG).await;
    let drafted = ana.prepares(photos::DESK).await;
    let draft = Draft {
        photos: vec![DraftPhoto {
            photo: drafted.clone(),
            alt: String::new(),
        }],
        ..Draft::default()
    };
    ana.ask(Request::SaveDraft { draft }).await;
    ana.restarts().await;
    let recent = ana.prepares(photos::KITCHEN).await;
    assert!(ana.keeps(forgotten.blob), "it is not old yet");
    ana.ask(Request::DiscardPhoto { photo: recent.photo }).await;
    ana.lets_go_of(recent.blob).await;

    clock.advance(Duration::from_hours(4 * 24));
    ana.restarts().await;

    ana.lets_go_of(forgotten.blob).await;
    ana.lets_go_of(forgotten.thumb).await;
    let request = Request::Share {
        text: None,
        photos: vec![SharedPhoto {
            photo: drafted.photo,
            alt: Some("A desk".into()),
        }],
        lifetime: Lifetime::Day,
        audience: Audience::Team,
    };
    ana.ask(request).await;
    ana.has_sent_everything().await;
    ben.core.photo(drafted.blob, false).await.unwrap();
}

async fn is_told_of(changes: &mut broadcast::Receiver<Changed>, photo: BlobHash) {
    let told = async {
        loop {
            if let Ok(Changed::Photo { blob }) = changes.recv().await
                && blob == photo
            {
                return;
            }
        }
    };
    let waited = tokio::time::timeout(samovar_testkit::PATIENCE, told).await;
    assert!(waited.is_ok(), "the screen never hears that the photo is here");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_could_not_be_fetched_is_asked_for_again_with_the_next_connection() {
    let kitchen = Kitchen::open().await;
    let Kitchen { wire, ana, ben, .. } = &kitchen;
    wire.refuses("GET /v1/blobs/", usize::MAX, 503, "store_failed");
    ben.shares_photo("The dog again.", photos::DOG).await;
    let card = ana.sees_snapshot("The dog again.").await;
    let photo = card.photos[0].blob;
    for small in [true, false] {
        assert_eq!(ana.core.photo(photo, small).await.unwrap_err().code, "server_error");
    }
    let mut changes = ana.core.changes();

    wire.mend();
    wire.reset();
    ana.ask(Request::RetryNow).await;

    // Under the name that the screen knows, whichever of its files came first.
    is_told_of(&mut changes, photo).await;
    for small in [true, false] {
        ana.core.photo(photo, small).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_was_altered_on_the_way_is_not_taken() {
    let kitchen = Kitchen::open().await;
    let Kitchen { wire, ana, ben, .. } = &kitchen;
    wire.answers("GET /v1/blobs/", usize::MAX, &http_ok(photos::DESK));
    ben.shares_photo("The dog, really.", photos::DOG).await;
    let photo = ana.sees_snapshot("The dog, really.").await.photos[0].blob;

    assert_eq!(ana.core.photo(photo, false).await.unwrap_err().code, "bad_picture");
    assert!(!ana.keeps(photo));

    wire.mend();
    let bytes = ana.core.photo(photo, false).await.unwrap();
    assert_eq!(BlobHash::of(&bytes), photo);
    assert!(ana.keeps(photo));
}
