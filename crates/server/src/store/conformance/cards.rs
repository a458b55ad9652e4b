//! Group cards as the endpoint keeps them: hidden from whom they are for, handed over in one transaction, and gone with
//! those who leave.

use samovar_domain::kinds::{card_line_id, handed_id};

use super::super::Removal;
use super::*;

/// The card of these stories.
const CARD: u128 = 80;

fn card() -> ItemId {
    item_id(CARD)
}

/// Ana and Ben, who write a card, and Cleo, whom it is for.
async fn three(fresh: &Fresh) -> (Session, Session, Session) {
    let (ana, ben) = ana_and_ben(fresh).await;
    (ana, ben, join(&fresh.store, "Cleo", false).await)
}

fn without(one: &Session) -> Audience {
    Audience::Except(vec![one.member()])
}

fn front(to: &Session, handed_over: bool) -> Value {
    json!({ "to": to.member(), "occasion": "farewell", "title": "Fare well, Cleo", "handed_over": handed_over })
}

async fn begins(by: &mut Session, id: ItemId, to: &Session) {
    by.write_for(start(), without(to), Kind::GROUP_CARD, id, front(to, false))
        .await;
}

async fn hands_over(by: &mut Session, id: ItemId, to: &Session) {
    by.write_for(hours(2), without(to), Kind::GROUP_CARD, id, front(to, true))
        .await;
}

async fn writes(by: &mut Session, at: u64, on: ItemId, to: &Session, mut line: Value) -> ItemId {
    let id = card_line_id(by.member(), on);
    line["card"] = json!(on);
    by.write_for(hours(at), without(to), Kind::CARD_LINE, id, line).await;
    id
}

fn with(photo: BlobHash) -> Value {
    json!({ "text": "You kept the kettle warm.",
            "photo": { "blob": photo, "width": 8, "height": 6, "thumbhash": "abcd" } })
}

/// A card to Cleo that Ana has begun, with a line of Ben's, who brought a photo, and then one of Ana's.
async fn written(ana: &mut Session, ben: &mut Session, cleo: &Session) -> (Vec<ItemId>, BlobHash) {
    begins(ana, card(), cleo).await;
    let picture = photo(ben, "cake", start()).await;
    let bens = writes(ben, 0, card(), cleo, with(picture)).await;
    let anas = writes(ana, 1, card(), cleo, json!({ "text": "Come back soon." })).await;
    (vec![bens, anas], picture)
}

/// What `reader` sees of a kind, in the order of the sequence.
async fn bodies(reader: &Session, kind: &str) -> Vec<Value> {
    let items = reader.page(0).await.items.into_iter();
    items
        .filter(|item| item.kind == *kind)
        .filter_map(|item| item.body)
        .collect()
}

pub(crate) async fn a_card_is_handed_over_in_one_breath(fresh: Fresh) {
    let (mut ana, mut ben, cleo) = three(&fresh).await;
    let (lines, picture) = written(&mut ana, &mut ben, &cleo).await;
    let reaction = reaction_id(ben.member(), lines[1], "🎉");
    let on_line = json!({ "target": lines[1], "emoji": "🎉" });
    ben.write_for(hours(1), without(&cleo), Kind::REACTION, reaction, on_line)
        .await;
    let may_read = |reader: &Session| fresh.store.may_read_blob(reader.member(), picture);
    let hidden: Vec<ItemId> = lines.iter().copied().chain([card(), reaction]).collect();
    for id in &hidden {
        assert!(cleo.sees(*id).await.is_none() && ana.reads(*id).await.is_some());
    }
    assert!(!may_read(&cleo).await.unwrap() && may_read(&ana).await.unwrap());

    let before = fresh.heard.lock().unwrap().len();
    hands_over(&mut ana, card(), &cleo).await;
    let shown = cleo.reads(handed_id(card())).await.unwrap();
    assert_eq!(
        shown,
        json!({ "to": cleo.member(), "from": ana.member(), "occasion": "farewell", "title": "Fare well, Cleo" })
    );
    let on_it = bodies(&cleo, Kind::HANDED_LINE).await;
    let words: Vec<_> = on_it.iter().map(|line| (&line["by"], &line["text"])).collect();
    assert_eq!(
        words,
        [
            (&json!(ben.member()), &json!("You kept the kettle warm.")),
            (&json!(ana.member()), &json!("Come back soon.")),
        ],
        "in the order in which they were begun"
    );
    assert!(on_it.iter().all(|line| line["card"] == json!(handed_id(card()))));
    assert!(may_read(&cleo).await.unwrap() && may_read(&ana).await.unwrap());
    // Nothing of what was hidden is left, and nothing of it ever reaches Cleo.
    for id in &hidden {
        assert!(cleo.sees(*id).await.is_none() && ana.reads(*id).await.is_none());
    }
    let told = fresh.heard.lock().unwrap()[before..].to_vec();
    let kinds: Vec<_> = told
        .iter()
        .filter(|item| item.is_visible_to(cleo.member()))
        .map(|item| item.kind.to_string())
        .collect();
    assert_eq!(kinds, ["handed_card", "handed_line", "handed_line"]);
    let end = told.iter().position(|item| item.body.is_none()).unwrap();
    assert_eq!(end, 4, "what is given is written before what was hidden goes");
}

pub(crate) async fn a_line_that_comes_too_late_is_refused(fresh: Fresh) {
    let (mut ana, mut ben, cleo) = three(&fresh).await;
    written(&mut ana, &mut ben, &cleo).await;
    let mut dee = join(&fresh.store, "Dee", false).await;
    hands_over(&mut ana, card(), &cleo).await;
    let line = |by: &mut Session| {
        let id = card_line_id(by.member(), card());
        let op = by.op(Kind::CARD_LINE, id, json!({ "card": card(), "text": "Wait for me!" }));
        Op {
            audience: without(&cleo),
            ..op
        }
    };
    for by in [&mut dee, &mut ben] {
        let op = line(by);
        let answer = by.send(vec![op], hours(3)).await.unwrap().remove(0);
        assert_eq!(answer.problem.unwrap().code, "not_found");
    }
    // To hand it over once more is refused, too: it is gone.
    let again = Op {
        audience: without(&cleo),
        ..ana.op(Kind::GROUP_CARD, card(), front(&cleo, true))
    };
    let answer = ana.send(vec![again], hours(3)).await.unwrap().remove(0);
    assert_eq!(answer.problem.unwrap().code, "gone");
    assert_eq!(bodies(&cleo, Kind::HANDED_CARD).await.len(), 1);
}

pub(crate) async fn nobody_but_the_endpoint_hands_over(fresh: Fresh) {
    let (mut ana, mut ben, cleo) = three(&fresh).await;
    let (lines, _) = written(&mut ana, &mut ben, &cleo).await;
    let handed = json!({ "to": cleo.member(), "from": ben.member(), "title": "Too early" });
    assert_eq!(
        ana.refused(hours(1), Kind::HANDED_CARD, handed_id(card()), handed)
            .await,
        "not_owner"
    );
    let line = json!({ "card": handed_id(card()), "by": ben.member(), "text": "Not mine" });
    assert_eq!(
        ana.refused(hours(1), Kind::HANDED_LINE, handed_id(lines[0]), line)
            .await,
        "not_owner"
    );
    let over = Op {
        audience: without(&cleo),
        ..ben.op(Kind::GROUP_CARD, card(), front(&cleo, true))
    };
    let answer = ben.send(vec![over], hours(1)).await.unwrap().remove(0);
    assert_eq!(answer.problem.unwrap().code, "not_owner");
    assert!(bodies(&cleo, Kind::HANDED_CARD).await.is_empty());
}

pub(crate) async fn a_card_that_is_given_up_takes_all_of_it_along(fresh: Fresh) {
    let (mut ana, mut ben, cleo) = three(&fresh).await;
    let (lines, picture) = written(&mut ana, &mut ben, &cleo).await;
    let before = cleo.page(0).await.items;
    let up = Op {
        audience: without(&cleo),
        ..ana.op(Kind::GROUP_CARD, card(), Value::Null)
    };
    assert!(ana.send(vec![up], hours(2)).await.unwrap()[0].seq.is_some());
    for id in lines {
        assert!(ben.reads(id).await.is_none());
    }
    assert!(!fresh.store.known_blobs().await.unwrap().contains(&picture));
    assert_eq!(cleo.page(0).await.items, before);
}

pub(crate) async fn whoever_is_removed_takes_open_cards_along_and_leaves_what_was_given(fresh: Fresh) {
    let (mut ana, mut ben, cleo) = three(&fresh).await;
    written(&mut ana, &mut ben, &cleo).await;
    hands_over(&mut ana, card(), &cleo).await;
    let (of_ben, for_ben, of_ana) = (item_id(81), item_id(82), item_id(83));
    begins(&mut ben, of_ben, &cleo).await;
    let on_his = writes(&mut ana, 3, of_ben, &cleo, json!({ "text": "And on this one." })).await;
    begins(&mut ana, for_ben, &ben).await;
    begins(&mut ana, of_ana, &cleo).await;
    let bens = writes(&mut ben, 3, of_ana, &cleo, json!({ "text": "From Ben." })).await;
    let anas = writes(&mut ana, 3, of_ana, &cleo, json!({ "text": "From Ana." })).await;
    let removed = fresh
        .store
        .remove_member(ana.caller, ben.member(), Removal::ByAdmin, hours(4));
    removed.await.unwrap();
    for gone in [of_ben, on_his, for_ben, bens] {
        assert!(ana.sees(gone).await.unwrap().body.is_none());
    }
    assert!(ana.reads(of_ana).await.is_some() && ana.reads(anas).await.is_some());
    assert_eq!(
        bodies(&cleo, Kind::HANDED_LINE).await.len(),
        2,
        "what Cleo was given is hers"
    );
}

pub(crate) async fn whoever_erases_themselves_is_on_no_card(fresh: Fresh) {
    let (mut ana, mut ben, mut cleo) = three(&fresh).await;
    let (_, picture) = written(&mut ana, &mut ben, &cleo).await;
    hands_over(&mut ana, card(), &cleo).await;
    let (of_ben, alone, for_ben) = (item_id(81), item_id(82), item_id(83));
    begins(&mut ben, of_ben, &cleo).await;
    writes(&mut ana, 3, of_ben, &cleo, json!({ "text": "From Ana." })).await;
    hands_over(&mut ben, of_ben, &cleo).await;
    begins(&mut ben, alone, &cleo).await;
    writes(&mut ben, 3, alone, &cleo, json!({ "text": "From me alone." })).await;
    hands_over(&mut ben, alone, &cleo).await;
    begins(&mut cleo, for_ben, &ben).await;
    writes(&mut cleo, 3, for_ben, &ben, json!({ "text": "To Ben." })).await;
    hands_over(&mut cleo, for_ben, &ben).await;

    let erased = fresh
        .store
        .remove_member(ben.caller, ben.member(), Removal::Erase, hours(4));
    erased.await.unwrap();
    let cards = bodies(&cleo, Kind::HANDED_CARD).await;
    let lines = bodies(&cleo, Kind::HANDED_LINE).await;
    let shown = json!([cards, lines]).to_string();
    assert!(!shown.contains(&ben.member().to_string()), "{shown}");
    // Ana's card has her line still; Ben's has it too, and neither his name nor his words.
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(cards.len(), 2, "{cards:?}");
    assert_eq!(
        cleo.reads(handed_id(of_ben)).await.unwrap(),
        json!({ "to": cleo.member(), "occasion": "farewell", "title": "" })
    );
    assert!(!fresh.store.known_blobs().await.unwrap().contains(&picture));
}
