//! "Undo": what was just shared leaves the team and is the draft again, whole.

use samovar_core::api::{Draft, Request, Response, SharedPhoto};
use samovar_domain::kinds::Lifetime;
use samovar_domain::{Audience, ItemId};
use samovar_testkit::{Desktop, photos};

use crate::given::{Kitchen, snapshots_on, words_at};

/// Shares words and a described photo for three days with Ben alone.
async fn shares_with_ben(kitchen: &Kitchen) -> ItemId {
    let prepared = kitchen.ana.prepares(photos::DOG).await;
    let request = Request::Share {
        text: Some("Look who is here.".into()),
        photos: vec![SharedPhoto {
            photo: prepared.photo,
            alt: Some("A dog on a hill".into()),
        }],
        lifetime: Lifetime::ThreeDays,
        audience: Audience::Only(vec![kitchen.ben.me().await]),
    };
    match kitchen.ana.ask(request).await {
        Response::Shared { item } => item,
        other => panic!("expected a share, not {other:?}"),
    }
}

async fn takes_back(desktop: &Desktop, item: ItemId) -> Draft {
    match desktop.ask(Request::TakeBack { item }).await {
        Response::Draft(draft) => draft,
        other => panic!("expected the draft, not {other:?}"),
    }
}

async fn draft_of(desktop: &Desktop) -> Draft {
    match desktop.ask(Request::Draft).await {
        Response::Draft(draft) => draft,
        other => panic!("expected the draft, not {other:?}"),
    }
}

/// Shares what the draft holds, as the popover does.
async fn shares_draft(desktop: &Desktop, draft: Draft) {
    let photos = draft.photos.into_iter().map(|shared| SharedPhoto {
        photo: shared.photo.photo,
        alt: Some(shared.alt),
    });
    desktop
        .ask(Request::Share {
            text: Some(draft.text),
            photos: photos.collect(),
            lifetime: draft.lifetime.unwrap(),
            audience: draft.audience,
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_just_shared_is_the_draft_again_and_can_be_shared_anew() {
    let mut kitchen = Kitchen::open().await;
    let ben = kitchen.ben.me().await;
    let kudos = Draft {
        reason: "You carried the boxes upst".into(),
        to: vec![ben],
        ..Draft::default()
    };
    kitchen.ana.ask(Request::SaveDraft { draft: kudos.clone() }).await;
    let item = shares_with_ben(&kitchen).await;
    let before = kitchen.ben.sees_snapshot("Look who is here.").await;

    let draft = takes_back(&kitchen.ana, item).await;

    assert_eq!(draft.text, "Look who is here.");
    assert_eq!((draft.photos.len(), &*draft.photos[0].alt), (1, "A dog on a hill"));
    assert_eq!(draft.lifetime, Some(Lifetime::ThreeDays));
    assert_eq!(draft.audience, Audience::Only(vec![ben]));
    assert_eq!((&draft.reason, &draft.to), (&kudos.reason, &kudos.to), "the kudos stay");
    kitchen
        .ben
        .sees("nothing any more", |today| snapshots_on(today).is_empty())
        .await;
    kitchen.ana.has_sent_everything().await;
    kitchen.ana.restarts().await;
    assert_eq!(draft_of(&kitchen.ana).await, draft);

    shares_draft(&kitchen.ana, draft).await;
    kitchen.ana.has_sent_everything().await;
    let after = kitchen.ben.sees_snapshot("Look who is here.").await;
    assert_ne!(after.id, before.id);
    assert_eq!(after.photos[0].alt.as_deref(), Some("A dog on a hill"));
    let photo = kitchen.ben.core.photo(after.photos[0].blob, false).await.unwrap();
    samovar_pictures::verify(&photo).unwrap();
    assert!(kitchen.ana.status().await.refused.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_never_sent_can_be_taken_back_and_the_team_sees_only_what_is_shared_then() {
    let kitchen = Kitchen::open().await;
    kitchen.wire.unplug();
    kitchen.ana.is_offline().await;
    let item = shares_with_ben(&kitchen).await;

    let mut draft = takes_back(&kitchen.ana, item).await;
    assert!(snapshots_on(&kitchen.ana.today().await).is_empty());
    draft.text = "Look who was here.".into();
    shares_draft(&kitchen.ana, draft).await;
    kitchen.ana_is_back().await;

    kitchen.ana.has_sent_everything().await;
    let card = kitchen.ben.sees_snapshot("Look who was here.").await;
    kitchen.ben.core.photo(card.photos[0].blob, false).await.unwrap();
    assert_eq!(words_at(&kitchen.endpoint, &kitchen.ben).await, ["Look who was here."]);
    assert!(kitchen.ana.status().await.refused.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_is_being_written_is_lost_by_taking_something_back() {
    let kitchen = Kitchen::open().await;
    let item = shares_with_ben(&kitchen).await;
    let draft = Draft {
        text: "And then".into(),
        ..Draft::default()
    };
    kitchen.ana.ask(Request::SaveDraft { draft: draft.clone() }).await;

    let problem = kitchen.ana.is_refused(Request::TakeBack { item }).await;

    assert_eq!(problem.code, "draft_in_use");
    assert_eq!(draft_of(&kitchen.ana).await, draft);
    kitchen.ben.sees_snapshot("Look who is here.").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_is_ones_own_and_not_over_can_be_taken_back() {
    let kitchen = Kitchen::open().await;
    let item = shares_with_ben(&kitchen).await;
    kitchen.ben.sees_snapshot("Look who is here.").await;
    assert_eq!(
        kitchen.ben.is_refused(Request::TakeBack { item }).await.code,
        "not_owner"
    );

    kitchen.ana.ask(Request::Delete { item }).await;

    assert_eq!(kitchen.ana.is_refused(Request::TakeBack { item }).await.code, "gone");
    assert_eq!(draft_of(&kitchen.ana).await, Draft::default());
}
