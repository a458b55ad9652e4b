//! Cursors that point nowhere.

use std::time::Duration;

use samovar_domain::{Epoch, Kind};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::given::{Stream, Team, refusal};

#[tokio::test]
async fn cursors_that_are_no_numbers_are_refused_and_those_of_another_life_begin_anew() {
    for team in Team::gather_both().await {
        cursors_are_garbage(team).await;
    }
}

async fn cursors_are_garbage(team: Team) {
    team.ana.says("tea").await;
    let head = team.ana.page("after=0").await.head;
    let cases = [
        ("after=garbage", (400, "bad_cursor")),
        ("after=-1", (400, "bad_cursor")),
        ("after=18446744073709551616", (400, "bad_cursor")),
        ("after=1.5", (400, "bad_cursor")),
        ("after=%00", (400, "bad_cursor")),
        ("after=%ff", (400, "bad_cursor")),
        ("after=0&epoch=garbage", (400, "bad_cursor")),
        ("after=0&after=1", (400, "bad_cursor")),
        ("after=18446744073709551615", (410, "resync")),
        ("after=9223372036854775808", (410, "resync")),
        (&format!("after={}", head + 1), (410, "resync")),
        (&format!("after={head}&epoch={}", Epoch(Uuid::nil())), (410, "resync")),
        (&format!("after=0&epoch={}", Epoch(Uuid::max())), (410, "resync")),
    ];
    for (query, (status, code)) in cases {
        for path in ["/v1/items", "/v1/stream"] {
            let refused = refusal(team.ana.get(&format!("{path}?{query}")).await).await;
            assert_eq!(refused, (status, code.to_owned()), "{path} {query}");
        }
    }
    for query in [
        "limit=-1",
        "limit=4294967296",
        "kind=kudos&before=-1",
        "kind=kudos&before=x",
    ] {
        let refused = refusal(team.ana.get(&format!("/v1/items?{query}")).await).await;
        assert_eq!(refused, (400, "bad_cursor".to_owned()), "{query}");
    }
    for query in [
        "limit=0",
        "limit=4294967295",
        "kind=kudos&before=18446744073709551615",
        "kind=../../x",
    ] {
        assert_eq!(
            team.ana.get(&format!("/v1/items?{query}")).await.status(),
            200,
            "{query}"
        );
    }
}

#[tokio::test]
async fn ops_of_another_epoch_are_told_to_begin_anew() {
    let team = Team::gather().await;
    let ops = json!({ "epoch": Epoch(Uuid::nil()), "ops": [] });
    let sent = team.ana.call(reqwest::Method::POST, "/v1/ops").json(&ops);
    assert_eq!(refusal(sent.send().await.unwrap()).await, (410, "resync".into()));
}

/// A browser's way to say where it was. One that says nothing sensible is where the address says.
#[tokio::test]
async fn a_last_event_id_goes_before_the_address_unless_it_is_garbage() {
    for team in Team::gather_both().await {
        a_browser_says_where_it_was(team).await;
    }
}

async fn a_browser_says_where_it_was(team: Team) {
    team.ana.says("first").await;
    let head = team.ana.page("after=0").await.head;
    team.ana.says("second").await;
    for (last, expect) in [
        (head.to_string(), "second"),
        ("garbage".to_owned(), "first"),
        ("-1".to_owned(), "first"),
        ("18446744073709551616".to_owned(), "first"),
    ] {
        let path = format!("/v1/stream?after={}", head - 1);
        let call = team
            .ana
            .call(reqwest::Method::GET, &path)
            .header("last-event-id", &last);
        let mut stream = Stream::of(call.send().await.unwrap());
        assert!(stream.hears("event: item").await.contains(expect), "{last}");
    }
    let beyond = team
        .ana
        .call(reqwest::Method::GET, "/v1/stream")
        .header("last-event-id", "999");
    assert_eq!(refusal(beyond.send().await.unwrap()).await, (410, "resync".into()));
}

/// After 90 days tombstones are purged: a cursor from before them has missed them, and whoever pages anew passes there.
#[tokio::test]
async fn below_the_low_water_mark_one_begins_anew_and_gets_through_in_pieces() {
    for team in Team::gather_both().await {
        one_is_below_the_mark(team).await;
    }
}

async fn one_is_below_the_mark(team: Team) {
    for n in 0..5 {
        let id = samovar_domain::ItemId::new(team.ana.now);
        let body = json!({ "target": samovar_domain::ItemId::new(team.ana.now), "text": format!("kept {n}") });
        let kept = team
            .ana
            .writes(Kind::REPLY, id, &samovar_domain::Audience::Team, body)
            .await;
        assert_eq!(kept.problem, None);
    }
    let gone = team.ana.says("gone").await;
    let stale = team.ana.page("after=0").await.head;
    team.ana
        .writes(Kind::SNAPSHOT, gone, &samovar_domain::Audience::Team, Value::Null)
        .await;
    team.clock.advance(Duration::from_hours(24 * 91));
    team.endpoint.tends().await;
    for path in ["/v1/items", "/v1/stream"] {
        let refused = refusal(team.ben.get(&format!("{path}?after={stale}")).await).await;
        assert_eq!(refused, (410, "resync".into()), "{path}");
    }
    let (mut after, mut seen) = (0, Vec::new());
    loop {
        let page = team
            .ben
            .page(&format!("after={after}&limit=2&epoch={}", team.ben.epoch))
            .await;
        assert!(page.items.len() <= 2, "also before the mark");
        seen.extend(page.items);
        if !page.more {
            break;
        }
        after = seen.last().unwrap().seq;
    }
    let words: Vec<_> = seen
        .iter()
        .filter_map(|item| item.body.as_ref()?.get("text")?.as_str())
        .collect();
    assert_eq!(words, ["kept 0", "kept 1", "kept 2", "kept 3", "kept 4"]);
    // A stream that begins at 0 passes there too.
    let mut stream = team.ben.stream(0).await;
    stream.hears("kept 4").await;
    stream.hears("event: head").await;
}
