//! The private calendar feed: its address, and what is behind it, as two programs read it that are not ours.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use reqwest::{Method, Response, StatusCode};
use samovar_domain::kinds::rsvp_id;
use samovar_domain::{Audience, Clock as _, ItemId, Kind, Timestamp};
use samovar_testkit::{client, python};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::given::{Caller, Team, problem, refusal};

/// An event as another program understood it, in the order of their starts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Event {
    uid: String,
    start: Timestamp,
    end: Timestamp,
    summary: String,
    description: Option<String>,
    location: Option<String>,
    url: Option<String>,
    status: String,
    sequence: u64,
}

/// What the others' programs understand of a calendar; they must agree.
async fn understood(calendar: String) -> Vec<Event> {
    let reading = tokio::task::spawn_blocking(move || {
        let python = python(&["icalendar==7.3.0", "vobject==0.9.9"]);
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/endpoint/read_calendar.py");
        let mut reader = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        reader.stdin.take().unwrap().write_all(calendar.as_bytes()).unwrap();
        let output = reader.wait_with_output().unwrap();
        assert!(output.status.success(), "a program cannot read it");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    });
    let mut read = reading.await.unwrap();
    let mut of = |program: &str| {
        let mut events: Vec<Event> = serde_json::from_value(read[program].take()).unwrap();
        events.sort_by_key(|event| event.start);
        events
    };
    let (events, by_another) = (of("icalendar"), of("vobject"));
    assert_eq!(events, by_another);
    events
}

async fn make(of: &Caller) -> String {
    let answer = of.call(Method::POST, "/v1/calendar").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    let feed: Value = answer.json().await.unwrap();
    feed["url"].as_str().unwrap().to_owned()
}

async fn get(url: &str) -> Response {
    client().get(url).send().await.unwrap()
}

async fn text(url: &str) -> String {
    let answer = get(url).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.unwrap()
}

/// The words that a feed's address is refused with.
async fn refused(url: &str) -> String {
    let problem = problem(get(url).await).await;
    assert_eq!((problem.status, problem.code.as_str()), (404, "not_found"), "{url}");
    problem.detail
}

fn teatime(zone: &str, time: &str) -> Value {
    json!({ "activity": "teatime", "title": "Teatime", "time_zone": zone, "weekday": "wed", "time": time,
        "every_weeks": 1, "duration_min": 30, "link": "https://meet.example.org/tea" })
}

impl Team {
    /// Plans a series and makes its gatherings, which it returns with their ids, in the order of their starts.
    async fn plans(&self, series: &Value) -> Vec<(ItemId, Timestamp)> {
        let id = ItemId::new(self.clock.now());
        self.writes(Kind::SERIES, id, series.clone()).await;
        let gatherings = self.gatherings().await.into_iter();
        let ours = gatherings.filter(|(_, body)| body["series"] == json!(id));
        ours.map(|(id, body)| (id, starts_at(&body))).collect()
    }

    async fn writes(&self, kind: &str, id: ItemId, body: Value) {
        let result = self.ana.writes(kind, id, &Audience::Team, body).await;
        assert_eq!(result.problem, None);
    }

    /// All gatherings that there are.
    async fn gatherings(&self) -> Vec<(ItemId, Value)> {
        let items = self.ben.page("after=0&limit=1000").await.items.into_iter();
        let gatherings = items.filter(|item| item.kind == Kind::GATHERING);
        let mut all: Vec<_> = gatherings.filter_map(|item| Some((item.id, item.body?))).collect();
        all.sort_by_key(|(_, body)| starts_at(body));
        all
    }
}

fn starts_at(gathering: &Value) -> Timestamp {
    serde_json::from_value(gathering["starts_at"].clone()).unwrap()
}

#[tokio::test]
async fn an_address_is_made_renewed_and_ended() {
    let team = Team::gather().await;
    let tell = || async { team.ben.get("/v1/calendar").await.json::<Value>().await.unwrap() };
    assert_eq!(tell().await, json!({}));
    let first = make(&team.ben).await;
    assert!(
        first.starts_with(&format!("{}/v1/calendar/", team.endpoint.base_url)),
        "{first}"
    );
    assert_eq!(
        tell().await,
        json!({ "since": team.ben.now }),
        "the address is never told again"
    );
    assert!(text(&first).await.starts_with("BEGIN:VCALENDAR\r\n"));
    let of_ana = make(&team.ana).await;
    team.clock.advance(Duration::from_hours(1));
    let second = make(&team.ben).await;
    let words = refused(&first).await;
    text(&second).await;
    assert_eq!(team.ben.delete("/v1/calendar").await.status(), StatusCode::NO_CONTENT);
    assert_eq!(team.ben.delete("/v1/calendar").await.status(), StatusCode::NO_CONTENT);
    assert_eq!(tell().await, json!({}));
    // Whatever is wrong with an address, it is answered alike.
    let base = &team.endpoint.base_url;
    let unknown = [
        second.clone(),
        of_ana.replace(".ics", ""),
        of_ana.replace(".ics", ".ics.ics"),
        format!("{base}/v1/calendar/guessed.ics"),
        format!("{base}/v1/calendar/.ics"),
        format!("{base}/v1/calendar/%FF%FE.ics"),
        format!("{base}/v1/calendar/{}.ics", "x".repeat(2_000)),
    ];
    for url in unknown {
        assert_eq!(refused(&url).await, words, "{url}");
    }
    text(&of_ana).await;
    let stranger = client().post(format!("{base}/v1/calendar")).send().await.unwrap();
    assert_eq!(refusal(stranger).await, (401, "unauthorized".into()));
}

#[tokio::test]
async fn whoever_is_out_has_no_feed_any_more() {
    let team = Team::gather().await;
    let url = make(&team.ben).await;
    text(&url).await;
    let removed = team.ana.delete(&format!("/v1/members/{}", team.ben.member)).await;
    assert_eq!(removed.status(), StatusCode::NO_CONTENT);
    refused(&url).await;
}

#[tokio::test]
async fn a_calendar_that_has_not_changed_is_not_sent_again() {
    let team = Team::gather().await;
    team.plans(&teatime("Europe/Berlin", "15:00")).await;
    let url = make(&team.ben).await;
    let first = get(&url).await;
    let headers = first.headers().clone();
    assert_eq!(headers["content-type"], "text/calendar; charset=utf-8");
    assert!(headers["cache-control"].to_str().unwrap().starts_with("private"));
    assert_eq!(headers["x-content-type-options"], "nosniff");
    let tag = headers["etag"].to_str().unwrap().to_owned();
    let ask = |tag: &str| client().get(&url).header("if-none-match", tag.to_owned()).send();
    for same in [
        tag.as_str(),
        "*",
        &format!("\"another\", {tag}"),
        &tag.replace("W/", ""),
    ] {
        let again = ask(same).await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{same}");
        assert_eq!(again.headers()["etag"], tag.as_str());
        assert_eq!(again.text().await.unwrap(), "");
    }
    let (gathering, _) = team.gatherings().await.remove(0);
    let id = rsvp_id(team.ben.member, gathering);
    let maybe = json!({ "gathering": gathering, "answer": "maybe" });
    team.ben.writes(Kind::RSVP, id, &Audience::Team, maybe).await;
    assert_eq!(ask(&tag).await.unwrap().status(), StatusCode::OK, "his answer is news");
}

/// From summer to winter and back: each Wednesday at three, whatever the clocks do.
#[tokio::test]
async fn a_series_is_at_its_time_on_both_sides_of_a_change_of_the_clock() {
    for (begins, zone, starts) in [
        (
            "2026-10-12T09:00:00Z",
            "Europe/Berlin",
            [
                "2026-10-14T13:00:00Z",
                "2026-10-21T13:00:00Z",
                "2026-10-28T14:00:00Z",
                "2026-11-04T14:00:00Z",
            ],
        ),
        (
            "2027-03-15T09:00:00Z",
            "Europe/Berlin",
            [
                "2027-03-17T14:00:00Z",
                "2027-03-24T14:00:00Z",
                "2027-03-31T13:00:00Z",
                "2027-04-07T13:00:00Z",
            ],
        ),
        (
            "2026-10-19T09:00:00Z",
            "America/New_York",
            [
                "2026-10-21T19:00:00Z",
                "2026-10-28T19:00:00Z",
                "2026-11-04T20:00:00Z",
                "2026-11-11T20:00:00Z",
            ],
        ),
        (
            "2027-03-22T09:00:00Z",
            "Australia/Lord_Howe",
            [
                "2027-03-24T04:00:00Z",
                "2027-03-31T04:00:00Z",
                "2027-04-07T04:30:00Z",
                "2027-04-14T04:30:00Z",
            ],
        ),
        (
            "2027-01-25T09:00:00Z",
            "Africa/Casablanca",
            [
                "2027-01-27T14:00:00Z",
                "2027-02-03T14:00:00Z",
                "2027-02-10T15:00:00Z",
                "2027-02-17T15:00:00Z",
            ],
        ),
        (
            "2026-10-12T09:00:00Z",
            "Asia/Kolkata",
            [
                "2026-10-14T09:30:00Z",
                "2026-10-21T09:30:00Z",
                "2026-10-28T09:30:00Z",
                "2026-11-04T09:30:00Z",
            ],
        ),
        (
            "2026-10-12T09:00:00Z",
            "America/Lima",
            [
                "2026-10-14T20:00:00Z",
                "2026-10-21T20:00:00Z",
                "2026-10-28T20:00:00Z",
                "2026-11-04T20:00:00Z",
            ],
        ),
        (
            "2026-10-12T09:00:00Z",
            "UTC",
            [
                "2026-10-14T15:00:00Z",
                "2026-10-21T15:00:00Z",
                "2026-10-28T15:00:00Z",
                "2026-11-04T15:00:00Z",
            ],
        ),
    ] {
        let team = Team::gather_at(begins).await;
        let planned = team.plans(&teatime(zone, "15:00")).await;
        let calendar = text(&make(&team.ben).await).await;
        let events = understood(calendar).await;
        let uids: Vec<_> = planned.iter().map(|(id, _)| format!("{id}@samovar")).collect();
        assert_eq!(events.iter().map(|event| event.uid.clone()).collect::<Vec<_>>(), uids);
        let starts: Vec<Timestamp> = starts.iter().map(|start| start.parse().unwrap()).collect();
        assert_eq!(
            events.iter().map(|event| event.start).collect::<Vec<_>>(),
            starts,
            "{zone}"
        );
        assert!(events.iter().all(|event| event.end == event.start.plus_minutes(30)));
    }
}

#[tokio::test]
async fn what_is_moved_stays_the_same_event_and_what_is_called_off_is_told() {
    let team = Team::gather().await;
    let planned = team.plans(&teatime("Europe/Berlin", "15:00")).await;
    let url = make(&team.ben).await;
    let before = understood(text(&url).await).await;
    let changes = [
        json!({ "starts_at": "2026-11-25T15:00:00Z", "sequence": 1 }),
        json!({ "cancelled": true, "sequence": 1 }),
    ];
    let gatherings = team.gatherings().await;
    for ((id, body), change) in gatherings.iter().zip(&changes) {
        let mut body = body.clone();
        body.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        team.writes(Kind::GATHERING, *id, body).await;
    }
    let after = understood(text(&url).await).await;
    let moved = Event {
        start: "2026-11-25T15:00:00Z".parse().unwrap(),
        end: "2026-11-25T15:30:00Z".parse().unwrap(),
        sequence: 1,
        ..before[0].clone()
    };
    let called_off = Event {
        status: "CANCELLED".to_owned(),
        sequence: 1,
        ..before[1].clone()
    };
    assert_eq!(after[..2], [moved, called_off]);
    assert_eq!(after[2..], before[2..]);
    assert_eq!(before[0].uid, format!("{}@samovar", planned[0].0));
    assert_eq!((before[0].status.as_str(), before[0].sequence), ("CONFIRMED", 0));
}

/// Ben is in Berlin and works from nine to five; the camera is optional outside of that, in his own language.
#[tokio::test]
async fn words_of_people_come_through_whole() {
    let team = Team::gather().await;
    let title = "Tea; cake, and \\n שלום 🫖 BEGIN:VEVENT";
    let note = format!(
        "{}\nEND:VCALENDAR\n\tand on; it, goes",
        "Teestündchen am 🔥 ".repeat(90)
    );
    let mut series = teatime("Asia/Kolkata", "23:15");
    series["title"] = json!(title);
    series["note"] = json!(note);
    team.plans(&series).await;
    let url = make(&team.ben).await;
    let calendar = text(&format!("{url}?lang=de")).await;
    for line in calendar.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line:?}");
    }
    let link = "https://meet.example.org/tea";
    for event in understood(calendar).await {
        assert_eq!(event.summary, title);
        let expect = format!("{note}\n\n{link}\n\nKamera freigestellt: außerhalb deiner Zeiten");
        assert_eq!(event.description.unwrap(), expect);
        assert_eq!(
            (event.location.unwrap(), event.url.unwrap()),
            (link.to_owned(), link.to_owned())
        );
    }
    assert!(text(&url).await.contains("Camera optional"));
    // A language that nobody here speaks, or a question that makes no sense.
    for odd in ["lang=tlh", "lang=de&lang=en", "lang=%FF", "x"] {
        assert!(text(&format!("{url}?{odd}")).await.contains("Camera optional"), "{odd}");
    }
}
