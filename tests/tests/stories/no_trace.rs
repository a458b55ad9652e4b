//! Reading leaves no trace: after a day in which one member read everything and another nothing, the endpoint's tables
//! hold the same about both.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use futures_util::StreamExt as _;
use rusqlite::types::Value;
use samovar_core::api::{Entry, Request, Response};
use samovar_domain::kinds::{Activity, Series, Slot, Weekday};
use samovar_testkit::{Desktop, Endpoint, FakeClock, client, photos};

use crate::given::{device_of, has_told_its_key, page_of, token_of};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_reads_everything_and_who_reads_nothing_look_the_same_to_the_endpoint() {
    let clock = FakeClock::at("2026-11-23T08:00:00Z");
    let endpoint = Endpoint::start(clock.clone()).await;
    let ana = Desktop::new("Ana", "America/Lima", &clock).await;
    ana.join(endpoint.owner_invite.as_deref().unwrap()).await;
    let (mut reader, away) = (joined("Ben", &ana, &clock).await, joined("Cleo", &ana, &clock).await);
    let reader_is = names_of(&endpoint, &reader, "Ben").await;
    let away_is = names_of(&endpoint, &away, "Cleo").await;
    let feed = feed_of(&reader).await;
    feed_of(&away).await;
    away.closes().await;
    let dee = joined("Dee", &ana, &clock).await;

    let before = about(endpoint.folder(), &reader_is);
    for hour in 0..8 {
        ana.shares(&format!("Hour {hour}.")).await;
        ana.shares_photo(&format!("A picture of hour {hour}."), photos::KITCHEN)
            .await;
        ana.thanks(dee.me().await, "You kept the kettle on all day long.").await;
        if hour == 2 {
            ana.focuses(25).await;
            let plan = teatime();
            ana.ask(Request::SaveSeries {
                series: None,
                plan: plan.into(),
            })
            .await;
        }
        ana.has_sent_everything().await;
        reads_everything(&endpoint, &mut reader, &format!("A picture of hour {hour}.")).await;
        let calendar = client().get(&feed).send().await.unwrap();
        assert!(calendar.status().is_success());
        clock.advance(Duration::from_hours(1));
        endpoint.tends().await;
    }

    let after = about(endpoint.folder(), &reader_is);
    assert_eq!(after, before, "the day has changed what is held about the reader");
    assert_eq!(
        after,
        about(endpoint.folder(), &away_is),
        "and so one can tell who read"
    );
    assert!(
        after.values().all(|rows| !rows.is_empty())
            && ["devices", "calendar_feeds"]
                .iter()
                .all(|table| after.contains_key(*table)),
        "{after:?}"
    );
}

/// What somebody goes by at the endpoint: their own name, their computer's, and what others seal to for it, once the
/// endpoint has heard of that.
async fn names_of(endpoint: &Endpoint, desktop: &Desktop, name: &str) -> Vec<String> {
    let me = desktop.me().await;
    let (id, recipient) = has_told_its_key(endpoint, desktop).await;
    vec![
        me.to_string(),
        device_of(desktop),
        name.to_owned(),
        id.to_string(),
        recipient,
    ]
}

async fn joined(name: &str, ana: &Desktop, clock: &FakeClock) -> Desktop {
    let desktop = Desktop::new(name, "Europe/Helsinki", clock).await;
    desktop.join(&ana.invite().await).await;
    desktop
}

/// The address of a new calendar feed.
async fn feed_of(desktop: &Desktop) -> String {
    match desktop.ask(Request::MakeCalendarFeed).await {
        Response::CalendarFeed { address, .. } => address.unwrap(),
        other => panic!("not a feed: {other:?}"),
    }
}

/// All that can be read, by the desktop and by hand: live, anew after a restart, photos, pages, the stream.
async fn reads_everything(endpoint: &Endpoint, reader: &mut Desktop, newest: &str) {
    let card = reader.sees_snapshot(newest).await;
    for is_thumb in [false, true] {
        reader.core.photo(card.photos[0].blob, is_thumb).await.unwrap();
    }
    let seen = reader.today().await.days.into_iter().flat_map(|day| day.entries);
    let seen = seen.filter_map(|entry| match entry {
        Entry::Snapshot(snapshot) => Some(snapshot.id),
        Entry::Kudos(_) => None,
    });
    let items = seen.collect();
    reader.ask(Request::MarkSeen { items }).await;
    reader.restarts().await;
    reader.is_online().await;
    let page = page_of(endpoint, reader).await;
    let token = token_of(reader);
    let calls = [
        format!("items?kind=kudos&before={}", page.head),
        "devices".to_owned(),
        format!("blobs/{}", card.photos[0].blob),
    ];
    for call in calls {
        let url = format!("{}/v1/{call}", endpoint.base_url);
        let answer = client().get(url).bearer_auth(&token).send().await.unwrap();
        assert!(answer.status().is_success(), "{call}: {}", answer.status());
        answer.bytes().await.unwrap();
    }
    let url = format!("{}/v1/stream?after=0&epoch={}", endpoint.base_url, page.epoch);
    let stream = client().get(url).bearer_auth(&token).send().await.unwrap();
    let mut read = String::new();
    let mut chunks = stream.bytes_stream();
    while !read.contains("event: head") {
        let chunk = chunks.next().await.expect("the stream goes on").unwrap();
        read.push_str(&String::from_utf8_lossy(&chunk));
    }
    assert!(read.contains(newest), "the stream told everything");
}

fn teatime() -> Series {
    Series::weekly(
        Activity::Teatime,
        "Teatime",
        Slot::new(Weekday::Wed, "15:00", "Europe/Berlin"),
        30,
    )
}

/// What each table holds about a member, by any of their names. The names are replaced, and what is drawn by lot or
/// counts for the whole team is left out, so that two members of whom the same is known come out the same.
#[expect(
    clippy::disallowed_methods,
    reason = "a look at the file from outside is what is wanted"
)]
fn about(folder: &Path, names: &[String]) -> BTreeMap<String, Vec<String>> {
    const BY_LOT: [&str; 5] = ["seq", "token_hash", "join_key", "invite", "id"];
    let database = rusqlite::Connection::open(folder.join("samovar-server.db")).unwrap();
    let mut tables = database
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut found = BTreeMap::new();
    for table in tables {
        let mut all = database.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns: Vec<String> = all.column_names().into_iter().map(str::to_owned).collect();
        let mut rows = all.query([]).unwrap();
        let mut about = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let mut fields = Vec::new();
            let mut is_about = false;
            for (index, column) in columns.iter().enumerate() {
                let value = match row.get::<_, Value>(index).unwrap() {
                    Value::Text(text) => text,
                    other => format!("{other:?}"),
                };
                // By chance a hash has three letters of a name in it; an id is in none.
                let is_drawn = BY_LOT.contains(&column.as_str());
                is_about |= names
                    .iter()
                    .any(|name| value == *name || (!is_drawn && value.contains(name.as_str())));
                if !is_drawn {
                    let value = names.iter().fold(value, |value, name| value.replace(name, "THEIRS"));
                    fields.push(format!("{column}={value}"));
                }
            }
            if is_about {
                about.push(fields.join(" "));
            }
        }
        if !about.is_empty() {
            about.sort();
            found.insert(table, about);
        }
    }
    found
}
