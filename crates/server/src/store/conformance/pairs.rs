//! The weekly draw of pair calls. The first owner lives in Berlin, where it is ten o'clock when these stories begin.

use samovar_domain::kinds::pair_opt_in_id;

use super::*;

const SECRET: [u8; 32] = [7; 32];
const WEEK: u64 = 7 * 24;

async fn wishes(who: &mut Session, with: Value) -> ItemId {
    let mut body = json!({ "every_weeks": 1 });
    for (field, value) in with.as_object().unwrap() {
        body[field] = value.clone();
    }
    let id = pair_opt_in_id(who.member());
    who.write_for(start(), Audience::Only(vec![who.member()]), Kind::PAIR_OPT_IN, id, body)
        .await;
    id
}

/// Ana, Ben and Cleo, who all wish to be drawn.
async fn three(fresh: &Fresh) -> (Session, Session, Session) {
    let (mut ana, mut ben) = ana_and_ben(fresh).await;
    let mut cleo = join(&fresh.store, "Cleo", false).await;
    for one in [&mut ana, &mut ben, &mut cleo] {
        wishes(one, json!({})).await;
    }
    (ana, ben, cleo)
}

/// The pairings that somebody sees, of one week.
async fn pairings(who: &Session, week: &str) -> Vec<Item> {
    let items = who.page(0).await.items.into_iter();
    let of_week = |item: &Item| item.body.as_ref().is_some_and(|body| body["week"] == week);
    items
        .filter(|item| item.kind == Kind::PAIRING && of_week(item))
        .collect()
}

pub(crate) async fn pair_calls_are_drawn_once_a_week(fresh: Fresh) {
    let (ana, ben, cleo) = three(&fresh).await;
    assert_eq!(fresh.store.next_draw(start()).await.unwrap(), start());
    fresh.store.draw_pairs(start(), SECRET).await.unwrap();
    let head = fresh.store.team().await.unwrap().head;
    let trio = pairings(&ana, "2026-11-23").await.remove(0);
    assert_eq!(trio.body.as_ref().unwrap()["members"].as_array().unwrap().len(), 3);
    assert_eq!(trio.body.as_ref().unwrap()["times"].as_array().unwrap().len(), 3);
    for one in [&ben, &cleo] {
        assert_eq!(pairings(one, "2026-11-23").await, std::slice::from_ref(&trio));
    }
    // Neither a repeat nor another chance changes what was drawn.
    fresh.store.draw_pairs(hours(1), [8; 32]).await.unwrap();
    assert_eq!(fresh.store.team().await.unwrap().head, head);
    assert_eq!(fresh.store.next_draw(hours(1)).await.unwrap(), hours(WEEK));
    fresh.store.draw_pairs(hours(WEEK), SECRET).await.unwrap();
    assert_eq!(pairings(&ben, "2026-11-30").await.len(), 1);
    // A pairing is kept for as long as it matters to later draws.
    fresh.store.expire(hours(14 * WEEK)).await.unwrap();
    assert!(pairings(&ben, "2026-11-23").await.is_empty());
    assert_eq!(pairings(&ben, "2026-11-30").await.len(), 1);
}

pub(crate) async fn a_draw_that_was_missed_is_made_up_for_until_thursday(fresh: Fresh) {
    let (ana, _, _) = three(&fresh).await;
    // Friday, one o'clock in Berlin's night: too late for this week.
    fresh.store.draw_pairs(hours(87), SECRET).await.unwrap();
    assert!(pairings(&ana, "2026-11-23").await.is_empty());
    assert_eq!(fresh.store.next_draw(hours(87)).await.unwrap(), hours(WEEK));
    // Thursday of the next week, just before midnight.
    assert_eq!(fresh.store.next_draw(hours(WEEK + 85)).await.unwrap(), hours(WEEK + 85));
    fresh.store.draw_pairs(hours(WEEK + 85), SECRET).await.unwrap();
    assert_eq!(pairings(&ana, "2026-11-30").await.len(), 1);
    // Nobody who comes later is drawn for a week that has had its draw, not even when nobody was there.
    fresh.store.draw_pairs(hours(WEEK + 86), SECRET).await.unwrap();
    assert_eq!(pairings(&ana, "2026-11-30").await.len(), 1);
}

pub(crate) async fn a_team_that_begins_in_the_morning_has_its_draw_on_that_day(fresh: Fresh) {
    // Noon in UTC, and seven in the morning in Lima: the endpoint runs already, and nobody has come yet.
    let noon: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    let ten_in_lima: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
    assert!(fresh.store.next_draw(noon).await.unwrap() > noon);
    fresh.store.draw_pairs(noon, SECRET).await.unwrap();
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let mut profile = ana.page(0).await.items;
    profile.retain(|item| item.id == ana.member().into());
    let mut body = profile.remove(0).body.unwrap();
    body["time_zone"] = json!("America/Lima");
    ana.write(Kind::MEMBER, ana.member().into(), body).await;
    for one in [&mut ana, &mut ben] {
        wishes(one, json!({})).await;
    }
    assert_eq!(fresh.store.next_draw(noon).await.unwrap(), ten_in_lima);
    fresh.store.draw_pairs(ten_in_lima, SECRET).await.unwrap();
    assert_eq!(pairings(&ana, "2026-11-23").await.len(), 1);
}

pub(crate) async fn the_team_says_on_which_day_and_where(fresh: Fresh) {
    let (mut ana, _, _) = three(&fresh).await;
    let team = fresh.store.team().await.unwrap().id;
    let settings = json!({ "time_zone": "Asia/Tokyo", "pair_day": "wed" });
    let body = json!({ "name": "Kitchen", "settings": settings });
    ana.write(Kind::TEAM, team.into(), body).await;
    let wednesday: Timestamp = "2026-11-25T01:00:00Z".parse().unwrap();
    assert_eq!(fresh.store.next_draw(start()).await.unwrap(), wednesday);
    fresh.store.draw_pairs(start(), SECRET).await.unwrap();
    assert!(pairings(&ana, "2026-11-23").await.is_empty(), "it is Monday");
    fresh.store.draw_pairs(wednesday, SECRET).await.unwrap();
    assert_eq!(pairings(&ana, "2026-11-23").await.len(), 1);
}

pub(crate) async fn only_those_who_were_drawn_see_it_and_nobody_sees_a_wish(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let mut cleo = join(&fresh.store, "Cleo", false).await;
    let mut dana = join(&fresh.store, "Dana", false).await;
    let no_longer_secret = json!({ "topics": ["sourdough"], "not_with": [ben.member()] });
    let wish = wishes(&mut ana, no_longer_secret).await;
    for one in [&mut ben, &mut cleo, &mut dana] {
        wishes(one, json!({})).await;
    }
    fresh.store.draw_pairs(start(), SECRET).await.unwrap();
    for one in [&ana, &ben, &cleo, &dana] {
        let seen = pairings(one, "2026-11-23").await;
        assert_eq!(seen.len(), 1);
        assert_eq!(
            seen[0].audience,
            Audience::Only(serde_json::from_value(seen[0].body.as_ref().unwrap()["members"].clone()).unwrap())
        );
        assert!(seen[0].is_visible_to(one.member()));
    }
    for other in [&ben, &cleo, &dana] {
        let page = serde_json::to_string(&other.page(0).await.items).unwrap();
        let export = serde_json::to_string(&fresh.store.about(other.member()).await.unwrap()).unwrap();
        for told in [&page, &export] {
            assert!(!told.contains("sourdough") && !told.contains(&wish.to_string()));
        }
        assert!(export.contains("\"pair_opt_in\""), "their own wish is in their export");
    }
    let export = serde_json::to_string(&fresh.store.about(ana.member()).await.unwrap()).unwrap();
    assert!(export.contains("sourdough") && export.contains("\"pairing\""));
    // Not from the writer's commits either, but to whom it is for.
    let heard = fresh.heard.lock().unwrap();
    assert!(
        heard
            .iter()
            .all(|item| item.kind != Kind::PAIR_OPT_IN || item.audience.named().len() == 1)
    );
}

pub(crate) async fn whoever_meets_nobody_hears_why_but_not_who_had_paused(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let mut cleo = join(&fresh.store, "Cleo", false).await;
    wishes(&mut ana, json!({ "not_with": [ben.member()] })).await;
    wishes(&mut ben, json!({})).await;
    wishes(&mut cleo, json!({ "paused_until": "2026-12-01" })).await;
    fresh.store.draw_pairs(start(), SECRET).await.unwrap();
    for one in [&ana, &ben] {
        let told = pairings(one, "2026-11-23").await.remove(0);
        assert_eq!(told.audience, Audience::Only(vec![one.member()]));
        assert_eq!(told.body.unwrap()["unmatched"], "nobody_left");
    }
    assert!(pairings(&cleo, "2026-11-23").await.is_empty());
    // Once Cleo is back, she meets one of them, and the other one after that: whoever has waited longer comes first.
    let mut met = Vec::new();
    for week in 2..4 {
        fresh.store.draw_pairs(hours(week * WEEK), SECRET).await.unwrap();
        let monday = ["2026-12-07", "2026-12-14"][usize::try_from(week).unwrap() - 2];
        let call = pairings(&cleo, monday).await.remove(0);
        met.extend(
            call.audience
                .named()
                .iter()
                .copied()
                .filter(|one| *one != cleo.member()),
        );
    }
    met.sort_unstable();
    let mut both = [ana.member(), ben.member()];
    both.sort_unstable();
    assert_eq!(met, both);
}

pub(crate) async fn whoever_leaves_is_taken_out_of_pair_calls(fresh: Fresh) {
    let (ana, ben, cleo) = three(&fresh).await;
    fresh.store.draw_pairs(start(), SECRET).await.unwrap();
    let leave = |who: &Session| (who.caller, who.member());
    let (caller, member) = leave(&cleo);
    fresh
        .store
        .remove_member(caller, member, super::super::Removal::Erase, hours(1))
        .await
        .unwrap();
    let call = pairings(&ben, "2026-11-23").await.remove(0);
    let left: Vec<MemberId> = serde_json::from_value(call.body.unwrap()["members"].clone()).unwrap();
    assert_eq!(left.len(), 2);
    assert!(!left.contains(&member));
    // Of two, one cannot meet alone.
    let (caller, member) = leave(&ben);
    fresh
        .store
        .remove_member(caller, member, super::super::Removal::ByAdmin, hours(1))
        .await
        .unwrap();
    assert!(pairings(&ana, "2026-11-23").await.is_empty());
    fresh.store.draw_pairs(hours(WEEK), SECRET).await.unwrap();
    let told = pairings(&ana, "2026-11-30").await.remove(0);
    assert_eq!(told.body.unwrap()["unmatched"], "nobody_left");
}
