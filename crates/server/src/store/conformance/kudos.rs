//! Thanks: what those who are thanked wish for, and what the team values.

use samovar_domain::kinds::{between_id, kudos_hidden_id, kudos_wish_id, values_id};

use super::*;

/// Ana, who gives, Ben, who gets, and Cleo, who is in the team with them.
async fn three(fresh: &Fresh) -> (Session, Session, Session) {
    let (ana, ben) = ana_and_ben(fresh).await;
    (ana, ben, join(&fresh.store, "Cleo", false).await)
}

/// Ben hides kudos to him.
async fn hides(ben: &mut Session, kudos: ItemId) {
    let id = kudos_hidden_id(ben.member(), kudos);
    let only_me = Audience::Only(vec![ben.member()]);
    let wish = json!({ "kudos": kudos });
    ben.write_for(start(), only_me, Kind::KUDOS_HIDDEN, id, wish).await;
}

/// What a member is shown by any call that gives items, without places in the sequence.
async fn everything(reader: &Session) -> Vec<Item> {
    let mut items = reader.page(0).await.items;
    for kind in [Kind::KUDOS, Kind::REPLY, Kind::REACTION, Kind::KUDOS_HIDDEN] {
        let older = reader.store.older(reader.member(), kind, Seq::MAX, 100).await.unwrap();
        items.extend(older.items);
    }
    items.extend(reader.store.about(reader.member()).await.unwrap());
    items
}

pub(crate) async fn hidden_kudos_are_like_deleted_ones_to_all_others(fresh: Fresh) {
    let (mut ana, mut ben, mut cleo) = three(&fresh).await;
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    ana.write(Kind::KUDOS, item_id(2), kudos(&ben)).await;
    for (n, id) in [(11, item_id(1)), (12, item_id(2))] {
        let reply = json!({ "target": id, "text": "Any time." });
        ben.write(Kind::REPLY, item_id(n), reply).await;
        cleo.react_at(start(), id).await;
    }
    let before = fresh.heard.lock().unwrap().len();
    hides(&mut ben, item_id(1)).await;
    let hidden = fresh.heard.lock().unwrap()[before..].to_vec();
    ana.write(Kind::KUDOS, item_id(2), Value::Null).await;
    let deleted = fresh.heard.lock().unwrap()[before + hidden.len()..].to_vec();

    // What Cleo hears of the one is what she hears of the other.
    let heard = |items: &[Item]| {
        let hers = items.iter().filter(|item| item.is_visible_to(cleo.member()));
        let mut hers: Vec<_> = hers
            .map(|item| (item.kind.to_string(), item.owner, item.body.clone()))
            .collect();
        hers.sort_by_key(|item| format!("{item:?}"));
        hers
    };
    assert_eq!(heard(&hidden), heard(&deleted));
    assert!(heard(&hidden).iter().all(|(_, _, body)| body.is_none()));
    let shown = serde_json::to_string(&everything(&cleo).await).unwrap();
    for trace in ["kept the kettle warm", "Any time.", "instead_of", "kudos_hidden"] {
        assert!(!shown.contains(trace), "{trace}: {shown}");
    }

    // Those two have them still, with what they said there.
    let between = between_id(ana.member(), item_id(1));
    let answer = between_id(ben.member(), item_id(11));
    for one in [&ana, &ben] {
        let kept = one.reads(between).await.unwrap();
        assert_eq!(kept["reason"], "You kept the kettle warm all week.");
        assert_eq!(one.reads(answer).await.unwrap()["target"], json!(between));
        assert_eq!(one.reads(item_id(1)).await, None, "it is deleted for them as well");
    }
    // And whoever gave them can take them back.
    ana.write_for(
        start(),
        Audience::Only(vec![ben.member()]),
        Kind::KUDOS,
        between,
        Value::Null,
    )
    .await;
    assert_eq!(ben.reads(between).await, None);
    assert_eq!(ben.reads(answer).await, None);
}

pub(crate) async fn kudos_that_come_after_the_wish_to_hide_them_are_hidden(fresh: Fresh) {
    let (mut ana, mut ben, cleo) = three(&fresh).await;
    hides(&mut ben, item_id(1)).await;
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    assert!(ben.reads(between_id(ana.member(), item_id(1))).await.is_some());
    let shown = serde_json::to_string(&everything(&cleo).await).unwrap();
    assert!(!shown.contains("kept the kettle warm"), "{shown}");
    ana.write(Kind::KUDOS, item_id(2), kudos(&ben)).await;
    assert!(cleo.reads(item_id(2)).await.is_some(), "others are not hidden");
}

pub(crate) async fn a_wish_for_quiet_thanks_wins(fresh: Fresh) {
    let (mut ana, mut ben, cleo) = three(&fresh).await;
    let wish = kudos_wish_id(ben.member());
    ben.write(Kind::KUDOS_WISH, wish, json!({ "wish": "between_us" })).await;
    let refused = ana.refused(start(), Kind::KUDOS, item_id(1), kudos(&ben)).await;
    assert_eq!(refused, "kudos_between");
    let both = json!({ "to": [ben.member(), cleo.member()], "reason": "You carried the printer up." });
    assert_eq!(
        ana.refused(start(), Kind::KUDOS, item_id(2), both).await,
        "kudos_between"
    );
    let between = Audience::Only(vec![ben.member()]);
    ana.write_for(start(), between, Kind::KUDOS, item_id(3), kudos(&ben))
        .await;
    assert!(ben.reads(item_id(3)).await.is_some());
    assert_eq!(cleo.reads(item_id(3)).await, None);
    ben.write(Kind::KUDOS_WISH, wish, json!({ "wish": "public" })).await;
    ana.write(Kind::KUDOS, item_id(4), kudos(&ben)).await;
    assert!(cleo.reads(item_id(4)).await.is_some());
}

pub(crate) async fn the_team_says_what_it_values(fresh: Fresh) {
    let (mut ana, mut ben, _) = three(&fresh).await;
    let list = |retired_at: Option<Timestamp>| {
        let mut value = json!({ "id": "care", "name": "Care", "emoji": "🫖" });
        if let Some(at) = retired_at {
            value["retired_at"] = json!(at);
        }
        json!({ "values": [value] })
    };
    assert_eq!(
        ben.refused(start(), Kind::VALUES, values_id(), list(None)).await,
        "not_admin"
    );
    let thanks =
        |to: MemberId, value: &str| json!({ "to": [to], "reason": "You kept the kettle warm.", "value": value });
    let (to_ana, to_ben) = (ana.member(), ben.member());
    assert_eq!(
        ben.refused(start(), Kind::KUDOS, item_id(1), thanks(to_ana, "care"))
            .await,
        "unknown_value"
    );
    ana.write(Kind::VALUES, values_id(), list(None)).await;
    ben.write(Kind::KUDOS, item_id(2), thanks(to_ana, "care")).await;
    ana.write(Kind::VALUES, values_id(), list(Some(hours(1)))).await;
    let late = ana
        .refused(hours(2), Kind::KUDOS, item_id(3), thanks(to_ben, "care"))
        .await;
    assert_eq!(late, "unknown_value");
    assert_eq!(
        ben.reads(item_id(2)).await.unwrap()["value"],
        "care",
        "older ones keep theirs"
    );
}

pub(crate) async fn only_those_who_were_thanked_hide_kudos(fresh: Fresh) {
    let (mut ana, ben, mut cleo) = three(&fresh).await;
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    let between = Audience::Only(vec![ben.member()]);
    ana.write_for(start(), between, Kind::KUDOS, item_id(2), kudos(&ben))
        .await;
    // Kudos that Cleo cannot see are answered like kudos that never were, which may be on their way; they stay.
    let mut codes = Vec::new();
    for id in [item_id(1), item_id(2), item_id(3)] {
        let op = Op {
            audience: Audience::Only(vec![cleo.member()]),
            ..cleo.op(
                Kind::KUDOS_HIDDEN,
                kudos_hidden_id(cleo.member(), id),
                json!({ "kudos": id }),
            )
        };
        let problem = cleo.send(vec![op], start()).await.unwrap().remove(0).problem;
        codes.push(problem.map(|problem| problem.code.into_owned()));
    }
    assert_eq!(codes, [Some("not_found".to_owned()), None, None]);
    assert!(cleo.reads(item_id(1)).await.is_some());
    assert!(ben.reads(item_id(2)).await.is_some());
}

pub(crate) async fn kudos_are_changed_for_ten_minutes(fresh: Fresh) {
    let (mut ana, ben, _) = three(&fresh).await;
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    let said_better = json!({ "to": [ben.member()], "reason": "You kept the kettle warm, and the room too." });
    let in_time = start().plus(Duration::from_secs(599));
    ana.write_at(in_time, Kind::KUDOS, item_id(1), said_better.clone())
        .await;
    assert_eq!(ben.reads(item_id(1)).await.unwrap(), said_better);
    let late = start().plus(Duration::from_secs(601));
    let refused = ana.refused(late, Kind::KUDOS, item_id(1), kudos(&ben)).await;
    assert_eq!(refused, "kudos_settled");
}
