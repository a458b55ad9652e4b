//! Cards that were handed over, when somebody who wrote on them erases themselves.

use samovar_domain::kinds::handed_id;
use serde_json::Value;

use super::*;
use crate::store::conformance::Session;

fn of_team(n: u128, kind: &str, body: Value) -> Item {
    Item {
        id: handed_id(item_id(n)),
        kind: Kind::new(kind),
        owner: samovar_domain::Owner::Team,
        seq: 0,
        audience: Audience::Team,
        created_at: start(),
        updated_at: start(),
        expires_at: None,
        body: Some(body),
    }
}

#[tokio::test]
async fn whoever_erases_themselves_is_on_no_card_any_more() {
    let (fresh, store, _) = fresh_in(tempfile::tempdir().unwrap());
    let (ana, ben) = ana_and_ben(&fresh).await;
    let cleo = join(&fresh.store, "Cleo", false).await;
    let card = |n: u128, to: &Session, from: &Session| {
        let body = json!({ "to": to.member(), "from": from.member(), "title": format!("by {n}") });
        of_team(n, Kind::HANDED_CARD, body)
    };
    let line = |n: u128, card: u128, by: &Session| {
        let body = json!({ "card": handed_id(item_id(card)), "by": by.member(), "text": format!("line {n}") });
        of_team(n, Kind::HANDED_LINE, body)
    };
    let all = vec![
        card(1, &cleo, &ben),
        line(11, 1, &ben),
        line(12, 1, &ana),
        card(2, &ben, &ana),
        line(21, 2, &ana),
        card(3, &cleo, &ana),
        line(31, 3, &ben),
    ];
    let written = store.writer.write(move |db, changes| {
        all.into_iter()
            .try_for_each(|item| rows::write(db, changes, item).map(|_| ()))
    });
    written.await.unwrap();
    let erased = store.remove_member(ben.caller, ben.member(), Removal::Erase, start());
    erased.await.unwrap();
    for (n, words) in [
        (1, Some("")),
        (11, None),
        (12, Some("line 12")),
        (2, None),
        (21, None),
        (3, Some("by 3")),
        (31, None),
    ] {
        let said = cleo.reads(handed_id(item_id(n))).await;
        let said = said.map(|body| body["title"].as_str().or(body["text"].as_str()).unwrap().to_owned());
        assert_eq!(said.as_deref(), words, "{n}");
    }
    let first = cleo.reads(handed_id(item_id(1))).await.unwrap();
    assert_eq!(first.get("from"), None, "it is given by nobody any more, and stays");
}
