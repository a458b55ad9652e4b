//! Celebrations as the endpoint keeps them: told ahead to coordinators, on the day to the team, never to the one whose
//! they are, and taken back as soon as they are wrong.

use samovar_domain::kinds::celebration_id;

use super::super::Removal;
use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn celebrates_at(who: &mut Session, now: Timestamp, wish: Value) {
    let (id, mine) = (celebration_id(who.member()), Audience::Only(vec![who.member()]));
    who.write_for(now, mine, Kind::CELEBRATION, id, wish).await;
}

async fn celebrates(who: &mut Session, wish: Value) {
    celebrates_at(who, start(), wish).await;
}

fn born(month: u32, day: u32) -> Value {
    json!({ "birthday": { "month": month, "day": day }, "tell_team": true })
}

async fn set_at(admin: &mut Session, now: Timestamp, settings: Value) {
    let team = admin.store.team().await.unwrap().id;
    let body = json!({ "name": "Tea", "settings": settings });
    admin.write_at(now, Kind::TEAM, team.into(), body).await;
}

async fn coordinate_at(admin: &mut Session, now: Timestamp, coordinators: &[MemberId]) {
    set_at(admin, now, json!({ "coordinators": coordinators })).await;
}

async fn coordinate(admin: &mut Session, coordinators: &[MemberId]) {
    coordinate_at(admin, start(), coordinators).await;
}

/// What somebody sees that is to be celebrated: the day, and whether it is told ahead.
async fn hears(who: &Session) -> Vec<(String, bool)> {
    let items = who.page(0).await.items;
    let notices = items.iter().filter(|item| item.kind == Kind::CELEBRATION_NOTICE);
    let told = notices.filter_map(|item| {
        let body = item.body.as_ref()?;
        Some((body["on"].as_str()?.to_owned(), body["ahead"] == true))
    });
    let mut told: Vec<_> = told.collect();
    told.sort();
    told
}

fn ahead(day: &str) -> Vec<(String, bool)> {
    vec![(day.to_owned(), true)]
}

fn on(day: &str) -> Vec<(String, bool)> {
    vec![(day.to_owned(), false)]
}

/// Ana owns the team and coordinates, Ben is celebrated, Cleo is in the team.
async fn three(fresh: &Fresh) -> [Session; 3] {
    let (mut ana, ben) = ana_and_ben(fresh).await;
    let cleo = join(&fresh.store, "Cleo", false).await;
    let alone = [ana.member()];
    coordinate(&mut ana, &alone).await;
    [ana, ben, cleo]
}

pub(crate) async fn coordinators_hear_ten_days_ahead_and_the_team_on_the_day(fresh: Fresh) {
    let [ana, mut ben, cleo] = three(&fresh).await;
    celebrates(&mut ben, born(12, 4)).await;
    assert_eq!(hears(&ana).await, [], "that is eleven days ahead");
    fresh.store.celebrate(at("2026-11-23T22:59:00Z")).await.unwrap();
    assert_eq!(hears(&ana).await, []);
    fresh.store.celebrate(at("2026-11-23T23:00:00Z")).await.unwrap();
    assert_eq!(hears(&ana).await, ahead("2026-12-04"), "the 24th has begun in Berlin");
    for other in [&ben, &cleo] {
        assert_eq!(hears(other).await, []);
    }
    fresh.store.celebrate(at("2026-12-03T22:59:00Z")).await.unwrap();
    assert_eq!(hears(&cleo).await, []);
    fresh.store.celebrate(at("2026-12-03T23:00:00Z")).await.unwrap();
    for one in [&ben, &cleo] {
        assert_eq!(hears(one).await, on("2026-12-04"));
    }
    assert_eq!(hears(&ana).await, [on("2026-12-04"), ahead("2026-12-04")].concat());
    // Two days after the day it is over for all.
    fresh.store.expire(at("2026-12-06T23:59:59Z")).await.unwrap();
    assert_eq!(hears(&cleo).await, on("2026-12-04"));
    fresh.store.expire(at("2026-12-07T00:00:00Z")).await.unwrap();
    for one in [&ana, &ben, &cleo] {
        assert_eq!(hears(one).await, []);
    }
}

pub(crate) async fn the_days_are_those_of_the_team_s_zone(fresh: Fresh) {
    let [mut ana, mut ben, cleo] = three(&fresh).await;
    let now = at("2026-12-03T12:00:00Z");
    celebrates_at(&mut ben, now, born(12, 4)).await;
    assert_eq!(hears(&cleo).await, []);
    assert_eq!(
        fresh.store.next_celebrations(now).await.unwrap(),
        at("2026-12-03T23:00:00Z")
    );
    // The admins say where the team is: there it is tomorrow already.
    set_at(&mut ana, now, json!({ "time_zone": "Pacific/Auckland" })).await;
    assert_eq!(hears(&cleo).await, on("2026-12-04"));
    assert_eq!(
        fresh.store.next_celebrations(now).await.unwrap(),
        at("2026-12-04T11:00:00Z")
    );
}

pub(crate) async fn who_was_born_on_the_29th_of_february_is_celebrated_on_the_day_of_their_choice(fresh: Fresh) {
    let [_, mut ben, mut cleo] = three(&fresh).await;
    celebrates(&mut ben, born(2, 29)).await;
    let mut after = born(2, 29);
    after["leap"] = json!("after");
    celebrates(&mut cleo, after).await;
    for (now, told) in [
        ("2027-02-27T22:59:00Z", vec![]),
        ("2027-02-28T09:00:00Z", on("2027-02-28")),
        ("2027-03-01T09:00:00Z", [on("2027-02-28"), on("2027-03-01")].concat()),
        ("2028-02-28T09:00:00Z", vec![]),
        ("2028-02-29T09:00:00Z", [on("2028-02-29"), on("2028-02-29")].concat()),
        ("2028-03-01T09:00:00Z", [on("2028-02-29"), on("2028-02-29")].concat()),
    ] {
        fresh.store.expire(at(now)).await.unwrap();
        fresh.store.celebrate(at(now)).await.unwrap();
        assert_eq!(hears(&ben).await, told, "{now}");
    }
}

pub(crate) async fn nobody_is_told_twice(fresh: Fresh) {
    let [mut ana, mut ben, _] = three(&fresh).await;
    let now = at("2026-12-04T09:00:00Z");
    celebrates_at(&mut ben, now, born(12, 4)).await;
    let told = ana.page(0).await;
    assert_eq!(hears(&ana).await.len(), 2);
    for hour in 0..20 {
        let now = now.plus(Duration::from_hours(hour / 2));
        fresh.store.celebrate(now).await.unwrap();
    }
    assert_eq!(ana.page(0).await, told, "nothing was written anew");
    // What is taken back and said again is what it was: desktops know it by its id.
    let mut quiet = born(12, 4);
    quiet["please_do_not"] = json!(true);
    celebrates_at(&mut ben, now, quiet).await;
    assert_eq!(hears(&ana).await, []);
    celebrates_at(&mut ben, now, born(12, 4)).await;
    let alone = [ana.member()];
    coordinate_at(&mut ana, now, &[]).await;
    coordinate_at(&mut ana, now, &alone).await;
    let ids = |page: &Page| {
        let notices = page.items.iter().filter(|item| item.kind == Kind::CELEBRATION_NOTICE);
        let mut ids: Vec<_> = notices.map(|item| (item.id, item.body.clone())).collect();
        ids.sort_by_key(|(id, _)| *id);
        ids
    };
    assert_eq!(ids(&ana.page(0).await), ids(&told));
}

pub(crate) async fn a_change_of_mind_is_followed_at_once(fresh: Fresh) {
    let [ana, mut ben, cleo] = three(&fresh).await;
    let today = born(11, 23);
    let with = |field: &str, value: Value| {
        let mut wish = today.clone();
        wish[field] = value;
        wish
    };
    let day = "2026-11-23";
    let both = [on(day), ahead(day)].concat();
    for (wish, coordinators, team) in [
        (today.clone(), both.clone(), on(day)),
        (with("please_do_not", json!(true)), vec![], vec![]),
        (today.clone(), both, on(day)),
        (with("tell_team", json!(false)), ahead(day), vec![]),
        (
            with("birthday", json!({ "month": 11, "day": 24 })),
            ahead("2026-11-24"),
            vec![],
        ),
        (
            json!({ "joined_on": "2020-11-25", "tell_team": true }),
            ahead("2026-11-25"),
            vec![],
        ),
        (Value::Null, vec![], vec![]),
    ] {
        let before = fresh.heard.lock().unwrap().len();
        celebrates(&mut ben, wish.clone()).await;
        assert_eq!((hears(&ana).await, hears(&cleo).await), (coordinators, team), "{wish}");
        // All of it was in the one commit with the wish.
        let heard = fresh.heard.lock().unwrap()[before..].to_vec();
        assert_eq!(heard[0].kind, Kind::CELEBRATION);
        assert!(heard[1..].iter().all(|item| item.kind == Kind::CELEBRATION_NOTICE));
        assert!(!heard[1..].is_empty(), "{wish}");
    }
}

pub(crate) async fn whoever_coordinates_no_more_hears_no_more(fresh: Fresh) {
    let [mut ana, mut ben, mut cleo] = three(&fresh).await;
    let day = "2026-11-30";
    celebrates(&mut ben, born(11, 30)).await;
    let kept = ana.page(0).await.items;
    let [of_ana, of_ben, of_cleo] = [ana.member(), ben.member(), cleo.member()];
    coordinate(&mut ana, &[of_ana, of_cleo, of_ben]).await;
    assert_eq!((hears(&ana).await, hears(&cleo).await), (ahead(day), ahead(day)));
    assert_eq!(hears(&ben).await, [], "not even when they coordinate");
    let notice = |items: &[Item]| items.iter().find(|item| item.kind == Kind::CELEBRATION_NOTICE).cloned();
    assert_eq!(
        notice(&ana.page(0).await.items),
        notice(&kept),
        "who hears of it already does not hear it anew"
    );
    coordinate(&mut ana, &[of_cleo]).await;
    assert_eq!((hears(&ana).await, hears(&cleo).await), (vec![], ahead(day)));
    // The one who left it hears that it is over, so that their desktop forgets it.
    let buried = notice(&ana.page(0).await.items).unwrap();
    assert_eq!((buried.body, buried.owner), (None, samovar_domain::Owner::Team));
    // Nor do people who leave stay coordinators.
    celebrates(&mut cleo, born(11, 29)).await;
    coordinate(&mut ana, &[of_ana, of_cleo]).await;
    let removed = fresh
        .store
        .remove_member(ana.caller, cleo.member(), Removal::ByAdmin, start());
    removed.await.unwrap();
    assert_eq!(hears(&ana).await, ahead(day), "Cleo's own day went with her");
    let named = fresh.store.about(ana.member()).await.unwrap();
    assert!(named.iter().all(|item| {
        let says = item.body.as_ref().map(Value::to_string).unwrap_or_default();
        !says.contains(&cleo.member().to_string())
    }));
}

pub(crate) async fn admins_say_how_many_days_ahead(fresh: Fresh) {
    let [mut ana, mut ben, _] = three(&fresh).await;
    celebrates(&mut ben, born(12, 23)).await;
    let lead = |days: u32| json!({ "coordinators": [ana.member()], "celebration_lead_days": days });
    let (month, day) = (lead(30), lead(1));
    set_at(&mut ana, start(), month).await;
    assert_eq!(hears(&ana).await, ahead("2026-12-23"));
    set_at(&mut ana, start(), day).await;
    assert_eq!(hears(&ana).await, ahead("2026-12-23"), "what was told stays told");
    let team = fresh.store.team().await.unwrap().id;
    let body = json!({ "name": "Tea", "settings": { "celebration_lead_days": 0 } });
    assert_eq!(ana.refused(start(), Kind::TEAM, team.into(), body).await, "bad_lead");
}

pub(crate) async fn the_one_it_is_about_finds_the_plan_nowhere(fresh: Fresh) {
    let [ana, mut ben, _] = three(&fresh).await;
    celebrates(&mut ben, born(11, 30)).await;
    let plan = ana.page(0).await.items;
    let plan = plan.into_iter().find(|item| item.kind == Kind::CELEBRATION_NOTICE);
    let plan = plan.unwrap();
    let everything = [
        ben.page(0).await.items,
        ben.page(plan.seq - 1).await.items,
        fresh
            .store
            .older(ben.member(), Kind::CELEBRATION_NOTICE, Seq::MAX, 100)
            .await
            .unwrap()
            .items,
        fresh.store.about(ben.member()).await.unwrap(),
    ];
    assert!(everything.concat().iter().all(|item| item.id != plan.id));
    // Whoever knows the id is answered as if there were nothing.
    let body = plan.body.clone().unwrap();
    for (id, mine) in [(plan.id, body.clone()), (item_id(99), body)] {
        let code = ben.refused(start(), Kind::CELEBRATION_NOTICE, id, mine).await;
        assert_eq!(code, "not_admin");
    }
    let react = |id: ItemId| json!({ "target": id, "emoji": "🎉" });
    let mut codes = Vec::new();
    for id in [plan.id, item_id(99)] {
        let reaction = reaction_id(ben.member(), id, "🎉");
        let op = ben.op(Kind::REACTION, reaction, react(id));
        codes.push(ben.send(vec![op], start()).await.unwrap()[0].problem.clone());
    }
    assert_eq!(codes[0], codes[1]);
}

pub(crate) async fn whoever_erases_themselves_is_celebrated_no_more(fresh: Fresh) {
    let [mut ana, mut ben, mut cleo] = three(&fresh).await;
    celebrates(&mut ben, born(11, 23)).await;
    celebrates(&mut cleo, born(11, 23)).await;
    let of_cleo = |items: Vec<Item>| {
        let names = |item: &Item| {
            item.body
                .as_ref()
                .is_some_and(|body| body["member"] == json!(cleo.caller.member))
        };
        items.into_iter().filter(names).collect::<Vec<_>>()
    };
    let before = of_cleo(ana.page(0).await.items);
    let erased = fresh
        .store
        .remove_member(ben.caller, ben.member(), Removal::Erase, start());
    erased.await.unwrap();
    assert_eq!(hears(&ana).await, [on("2026-11-23"), ahead("2026-11-23")].concat());
    // The others' are not told anew, though ids are made with other words from now on.
    fresh.store.celebrate(hours(1)).await.unwrap();
    assert_eq!(of_cleo(ana.page(0).await.items), before);
    let alone = [ana.member()];
    coordinate_at(&mut ana, hours(1), &[]).await;
    coordinate_at(&mut ana, hours(1), &alone).await;
    let after = of_cleo(ana.page(0).await.items);
    assert!(after.iter().any(|item| before.iter().all(|known| known.id != item.id)));
}
