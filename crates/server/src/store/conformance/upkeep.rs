//! What the endpoint does by itself.

use super::*;

pub(crate) async fn what_is_over_ends_with_all_that_answers_it(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    ana.say(1, "for a day").await;
    let reaction = ben.react_at(start(), item_id(1)).await;
    ben.write(
        Kind::REPLY,
        item_id(2),
        json!({ "target": item_id(1), "text": "smells good" }),
    )
    .await;
    let answered = ana.react_at(start(), item_id(2)).await;
    let focus = ben.focus_until(hours(2)).await;
    assert_eq!(fresh.store.next_expiry().await.unwrap(), Some(hours(2)));
    fresh.store.expire(hours(1)).await.unwrap();
    assert!(ana.reads(focus).await.is_some());
    fresh.store.expire(hours(2)).await.unwrap();
    assert!(ana.sees(focus).await.unwrap().body.is_none());
    assert_eq!(fresh.store.next_expiry().await.unwrap(), Some(hours(24)));
    let before = fresh.store.team().await.unwrap().head;
    fresh.store.expire(hours(24)).await.unwrap();
    let ended: Vec<_> = ana
        .page(before)
        .await
        .items
        .into_iter()
        .map(|item| (item.id, item.body))
        .collect();
    assert_eq!(ended.len(), 4);
    for id in [item_id(1), item_id(2), reaction, answered] {
        assert!(ended.contains(&(id, None)), "{id}");
    }
    assert_eq!(fresh.store.next_expiry().await.unwrap(), None);
    fresh.store.expire(hours(25)).await.unwrap();
    assert_eq!(fresh.store.team().await.unwrap().head, before + 4, "it ends once");
    // A focus is one item that begins again.
    ben.write_at(hours(25), Kind::FOCUS, focus, json!({ "until": hours(26) }))
        .await;
    assert!(ana.reads(focus).await.is_some());
}

pub(crate) async fn a_photo_goes_with_its_snapshot_and_one_without_after_a_day(fresh: Fresh) {
    let (mut ana, _) = ana_and_ben(&fresh).await;
    let orphan = photo(&ana, "never shared", start()).await;
    let shared = photo(&ana, "shared twice", hours(2)).await;
    for n in 1..=2 {
        let now = hours(u64::try_from(n).unwrap() * 2);
        ana.write_at(now, Kind::SNAPSHOT, item_id(n), snapshot_with(shared))
            .await;
    }
    fresh.store.expire(hours(23)).await.unwrap();
    assert_eq!(fresh.store.known_blobs().await.unwrap().len(), 2);
    fresh.store.expire(hours(25)).await.unwrap();
    assert_eq!(
        fresh.store.known_blobs().await.unwrap(),
        [shared],
        "{orphan} waited for a day"
    );
    fresh.store.expire(hours(27)).await.unwrap();
    assert_eq!(
        fresh.store.known_blobs().await.unwrap(),
        [shared],
        "the second snapshot still has it"
    );
    fresh.store.expire(hours(28)).await.unwrap();
    assert!(fresh.store.known_blobs().await.unwrap().is_empty());
}

pub(super) async fn gatherings(of: &Session) -> Vec<(ItemId, Timestamp)> {
    let items = of.page(0).await.items;
    let alive = items
        .into_iter()
        .filter(|item| item.kind == Kind::GATHERING)
        .filter(|item| item.body.as_ref().is_some_and(|body| body["cancelled"] != true));
    let mut found: Vec<_> = alive
        .map(|item| {
            (
                item.id,
                item.body.unwrap()["starts_at"].as_str().unwrap().parse().unwrap(),
            )
        })
        .collect();
    found.sort_by_key(|(_, starts_at)| *starts_at);
    found
}

/// The Thursdays at 15:00 in Berlin that follow the story's start.
fn thursdays() -> Vec<Timestamp> {
    [
        "2026-11-26T14:00:00Z",
        "2026-12-03T14:00:00Z",
        "2026-12-10T14:00:00Z",
        "2026-12-17T14:00:00Z",
    ]
    .map(|time| time.parse().unwrap())
    .to_vec()
}

fn times(found: &[(ItemId, Timestamp)]) -> Vec<Timestamp> {
    found.iter().map(|(_, starts_at)| *starts_at).collect()
}

pub(crate) async fn a_series_becomes_gatherings_once(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "15:00")).await;
    assert_eq!(times(&gatherings(&ben).await), thursdays());
    let head = fresh.store.team().await.unwrap().head;
    for _ in 0..3 {
        fresh.store.plan_gatherings(start()).await.unwrap();
    }
    assert_eq!(
        fresh.store.team().await.unwrap().head,
        head,
        "planning again changes nothing"
    );
    let week_later = hours(7 * 24);
    fresh.store.expire(week_later).await.unwrap();
    fresh.store.plan_gatherings(week_later).await.unwrap();
    let found = gatherings(&ben).await;
    assert_eq!(found.len(), 5, "the first is kept for a week after its end");
    assert_eq!(found[4].1, "2026-12-24T14:00:00Z".parse().unwrap());
}

pub(crate) async fn gatherings_follow_their_series(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "15:00")).await;
    let first = gatherings(&ben).await;
    let answer = ben.answer(first[0].0).await;
    // Another hour keeps the gatherings and their answers.
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "16:30")).await;
    let moved = gatherings(&ben).await;
    assert_eq!(
        moved.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        first.iter().map(|(id, _)| *id).collect::<Vec<_>>()
    );
    assert_eq!(moved[0].1, thursdays()[0].plus_minutes(90));
    assert!(ben.reads(answer).await.is_some());
    assert_eq!(ben.reads(first[0].0).await.unwrap()["sequence"], 1);
    // Another day makes other gatherings; calendars hear that the old ones do not take place.
    ana.write(Kind::SERIES, item_id(1), teatime("fri", "15:00")).await;
    let fridays = gatherings(&ben).await;
    assert_eq!(fridays.len(), 4);
    assert_eq!(fridays[0].1, thursdays()[0].plus_minutes(24 * 60));
    let off = ben.reads(first[0].0).await.unwrap();
    assert_eq!((&off["cancelled"], &off["sequence"]), (&json!(true), &json!(2)));
    // And back.
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "15:00")).await;
    assert_eq!(gatherings(&ben).await, first);
    assert_eq!(ben.reads(first[0].0).await.unwrap()["sequence"], 3);
    let head = fresh.store.team().await.unwrap().head;
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "15:00")).await;
    assert_eq!(
        fresh.store.team().await.unwrap().head,
        head + 1,
        "what stays as it is is not written anew"
    );
    ana.write(Kind::SERIES, item_id(1), Value::Null).await;
    assert!(gatherings(&ben).await.is_empty());
    assert_eq!(ben.reads(first[0].0).await.unwrap()["cancelled"], true);
    fresh.store.plan_gatherings(hours(1)).await.unwrap();
    assert!(gatherings(&ben).await.is_empty());
}

pub(crate) async fn a_gathering_that_was_called_off_stays_off(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "15:00")).await;
    let (off, _) = gatherings(&ben).await[1];
    ana.write(Kind::GATHERING, off, Value::Null).await;
    fresh.store.plan_gatherings(hours(1)).await.unwrap();
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "16:00")).await;
    let found = gatherings(&ben).await;
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|(id, _)| *id != off));
}

/// Not deleted but cancelled, so that calendars hear of it; and taken back again.
pub(crate) async fn a_gathering_that_an_admin_cancelled_stays_so_until_they_take_it_back(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "15:00")).await;
    let (off, _) = gatherings(&ben).await[1];
    let mut body = ben.reads(off).await.unwrap();
    body["cancelled"] = json!(true);
    ana.write(Kind::GATHERING, off, body.clone()).await;
    fresh.store.plan_gatherings(hours(1)).await.unwrap();
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "16:00")).await;
    assert_eq!(
        ben.reads(off).await.unwrap(),
        body,
        "neither the day's work nor the series brings it back"
    );
    body["cancelled"] = json!(false);
    ana.write(Kind::GATHERING, off, body).await;
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "16:30")).await;
    assert_eq!(
        times(&gatherings(&ben).await),
        thursdays().iter().map(|at| at.plus_minutes(90)).collect::<Vec<_>>()
    );
}

/// Ana is in Berlin, Ben in Lima; the slots suit one of them each.
pub(crate) async fn those_who_have_it_hard_take_turns(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let day = json!(["09:00-17:00"]);
    for (who, zone) in [(&mut ana, "Europe/Berlin"), (&mut ben, "America/Lima")] {
        let id = ItemId::from(who.member());
        let hours = json!({ "mon": day, "tue": day, "wed": day, "thu": day, "fri": day });
        who.write(
            Kind::MEMBER,
            id,
            json!({ "name": "Somebody", "time_zone": zone, "hours": hours }),
        )
        .await;
    }
    let mut plan = teatime("thu", "10:00");
    plan["more_slots"] = json!([{ "weekday": "thu", "time": "16:00", "time_zone": "America/Lima" }]);
    plan["rotate"] = json!("each");
    plan["jitsi"] = json!("https://meet.example.org/");
    plan["prompts"] = json!([
        "Tea or coffee?",
        "What grows on your sill?",
        "A song?",
        "A walk?",
        "A book?"
    ]);
    ana.write(Kind::SERIES, item_id(1), plan.clone()).await;
    let made = gatherings(&ben).await;
    assert_eq!(made.len(), 4);
    let mut bodies = Vec::new();
    for (id, _) in &made {
        bodies.push(ben.reads(*id).await.unwrap());
    }
    let slots: Vec<_> = bodies.iter().map(|body| body["slot"].as_u64().unwrap()).collect();
    assert!(slots == [0, 1, 0, 1] || slots == [1, 0, 1, 0], "{slots:?}");
    let (hard_first, hard_now) = if slots[0] == 0 {
        (ben.member(), ana.member())
    } else {
        (ana.member(), ben.member())
    };
    assert_eq!(
        bodies[1]["why"],
        json!({ "because": "turn", "spared": [hard_first], "taking": [hard_now] })
    );
    assert_eq!(
        bodies[1]["time_zone"],
        if slots[1] == 0 { "Europe/Berlin" } else { "America/Lima" }
    );
    let links: std::collections::HashSet<_> = bodies.iter().map(|body| body["link"].as_str().unwrap()).collect();
    assert_eq!(links.len(), 4, "each has a room of its own");
    for link in links {
        assert!(link.starts_with("https://meet.example.org/samovar-"), "{link}");
        assert!(
            link.ends_with("#config.startWithVideoMuted=true&config.startWithAudioMuted=true"),
            "{link}"
        );
    }
    assert!(bodies.iter().all(|body| body["prompts"].as_array().unwrap().len() == 3));

    // Weeks later they still take turns, and nothing is planned twice.
    for week in 1..=6 {
        let now = hours(week * 7 * 24);
        fresh.store.expire(now).await.unwrap();
        fresh.store.plan_gatherings(now).await.unwrap();
        let head = fresh.store.team().await.unwrap().head;
        fresh.store.plan_gatherings(now).await.unwrap();
        assert_eq!(fresh.store.team().await.unwrap().head, head);
        let mut slots = Vec::new();
        for (id, _) in gatherings(&ben).await {
            slots.push(ben.reads(id).await.unwrap()["slot"].as_u64().unwrap());
        }
        assert!(
            slots.len() >= 4 && slots.windows(3).all(|three| three.iter().any(|slot| *slot != three[0])),
            "{slots:?}"
        );
    }
}

/// Above six who come, and not before ten minutes before the start.
pub(crate) async fn many_who_come_are_mixed_into_rooms(fresh: Fresh) {
    let mut ana = join(&fresh.store, "Ana", true).await;
    let mut others = Vec::new();
    for n in 0..7 {
        others.push(join(&fresh.store, &format!("Guest {n}"), false).await);
    }
    let mut plan = teatime("mon", "12:00");
    plan["rooms"] = json!(true);
    plan["jitsi"] = json!("https://meet.example.org");
    ana.write(Kind::SERIES, item_id(1), plan).await;
    let (tea, starts_at) = gatherings(&ana).await[0];
    for other in &mut others[..6] {
        other.answer(tea).await;
    }
    let due = starts_at.plus_minutes(-10);
    assert_eq!(fresh.store.next_rooms(start()).await.unwrap(), Some(due));
    fresh.store.mix_rooms(due).await.unwrap();
    assert_eq!(
        ana.reads(tea).await.unwrap().get("rooms"),
        None,
        "six are enough for one room"
    );
    others[6].answer(tea).await;
    fresh.store.mix_rooms(due.plus_minutes(-1)).await.unwrap();
    assert_eq!(ana.reads(tea).await.unwrap().get("rooms"), None, "it is not yet time");
    fresh.store.mix_rooms(due).await.unwrap();
    let body = ana.reads(tea).await.unwrap();
    let rooms = body["rooms"].as_array().unwrap();
    let mut sizes: Vec<_> = rooms
        .iter()
        .map(|room| room["members"].as_array().unwrap().len())
        .collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [3, 4]);
    assert_ne!(rooms[0]["link"], rooms[1]["link"]);
    assert_ne!(fresh.store.next_rooms(due).await.unwrap(), Some(due));
    let head = fresh.store.team().await.unwrap().head;
    fresh.store.mix_rooms(due.plus_minutes(1)).await.unwrap();
    assert_eq!(fresh.store.team().await.unwrap().head, head, "they are mixed once");

    // Ana makes up her mind in the last minute, and gets the link of the room that has a place left.
    ana.answer(tea).await;
    let body = ana.reads(tea).await.unwrap();
    let later = body["rooms"].as_array().unwrap();
    for (room, before) in later.iter().zip(rooms) {
        let is_small = before["members"].as_array().unwrap().len() == 3;
        let has_ana = room["members"].as_array().unwrap().contains(&json!(ana.member()));
        assert_eq!((is_small, &room["link"]), (has_ana, &before["link"]));
    }
    let head = fresh.store.team().await.unwrap().head;
    ana.answer(tea).await;
    assert_eq!(fresh.store.team().await.unwrap().head, head + 1, "one place is enough");
}

pub(crate) async fn a_gathering_that_was_moved_by_hand_stays_there(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "15:00")).await;
    let (id, _) = gatherings(&ben).await[0];
    let mut body = ben.reads(id).await.unwrap();
    body["starts_at"] = json!(thursdays()[0].plus_minutes(60));
    ana.write(Kind::GATHERING, id, body).await;
    fresh.store.plan_gatherings(hours(1)).await.unwrap();
    assert_eq!(gatherings(&ben).await[0], (id, thursdays()[0].plus_minutes(60)));
}
