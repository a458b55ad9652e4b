//! What a calendar says, as the parser of the crate `icalendar` reads it.

use icalendar::{Calendar, CalendarComponent, Component as _};
use samovar_domain::kinds::{Activity, pair_answer_id, rsvp_id};
use samovar_domain::{Audience, Kind, Owner};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;

/// A team of Ana, whose feed it is, Ben and Cleo, on a Monday morning.
struct Story {
    items: Vec<Item>,
}

const ANA: MemberId = MemberId(Uuid::from_u128(1));
const BEN: MemberId = MemberId(Uuid::from_u128(2));
const CLEO: MemberId = MemberId(Uuid::from_u128(3));
const CALL: ItemId = ItemId(Uuid::from_u128(100));

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-23T09:00:00Z")
}

/// Wednesday, four in the afternoon in Berlin.
fn teatime() -> Gathering {
    Gathering {
        time_zone: Some("Europe/Berlin".to_owned()),
        link: Some("https://meet.example.org/tea".to_owned()),
        ..Gathering::plain(Activity::Teatime, "Teatime", at("2026-11-25T15:00:00Z"), 30)
    }
}

impl Story {
    fn begin() -> Self {
        let mut story = Self { items: Vec::new() };
        story.put(
            Kind::TEAM,
            ItemId(Uuid::from_u128(9)),
            Owner::Team,
            &json!({ "name": "The kettle" }),
        );
        for (member, name, zone) in [
            (ANA, "Ana", "Europe/Berlin"),
            (BEN, "Ben", "America/Lima"),
            (CLEO, "Cleo", "Asia/Kolkata"),
        ] {
            let body = json!({ "name": name, "time_zone": zone, "hours": { "wed": ["09:00-17:00"] } });
            story.put(Kind::MEMBER, member.into(), Owner::Member(member), &body);
        }
        story
    }

    fn put(&mut self, kind: &str, id: ItemId, owner: Owner, body: &impl Serialize) {
        let seq = self.items.last().map_or(0, |item| item.seq) + 1;
        self.items.retain(|item| item.id != id);
        self.items.push(Item {
            id,
            kind: Kind::new(kind),
            owner,
            seq,
            audience: Audience::Team,
            created_at: now(),
            updated_at: now().plus_minutes(seq.cast_signed()),
            expires_at: None,
            body: Some(serde_json::to_value(body).unwrap()),
        });
    }

    fn has(gathering: &Gathering) -> Self {
        let mut story = Self::begin();
        story.put(Kind::GATHERING, CALL, Owner::Team, gathering);
        story
    }

    fn answers(mut self, answer: &str) -> Self {
        let body = json!({ "gathering": CALL, "answer": answer });
        self.put(Kind::RSVP, rsvp_id(ANA, CALL), Owner::Member(ANA), &body);
        self
    }

    fn is_drawn(members: &[MemberId]) -> Self {
        let mut story = Self::begin();
        let body = json!({ "week": "2026-11-23", "members": members, "duration_min": 30,
            "times": times(&[8, 12, 14]), "link": "https://meet.example.org/pair",
            "prompts": ["The last thing that you repaired", "A smell of home"] });
        story.put(Kind::PAIRING, CALL, Owner::Team, &body);
        story
    }

    fn chooses(&mut self, member: MemberId, hours: &[u32]) {
        let body = json!({ "pairing": CALL, "times": times(hours) });
        self.put(
            Kind::PAIR_ANSWER,
            pair_answer_id(member, CALL),
            Owner::Member(member),
            &body,
        );
    }

    fn text(&self) -> String {
        write(ANA, &self.items, now(), Language::English)
    }

    fn read(&self) -> Calendar {
        self.text().parse().expect("it can be read")
    }

    /// The one event that there is, property by property.
    fn event(&self) -> impl Fn(&str) -> String + use<> {
        let events = events(&self.read());
        assert_eq!(events.len(), 1, "{events:?}");
        let event = events.into_iter().next().unwrap();
        move |name| event.property_value(name).unwrap_or("none").to_owned()
    }

    fn is_empty(&self) -> bool {
        events(&self.read()).is_empty()
    }
}

/// Times of Wednesday.
fn times(hours: &[u32]) -> Vec<Value> {
    hours
        .iter()
        .map(|hour| json!(format!("2026-11-25T{hour:02}:00:00.000Z")))
        .collect()
}

fn events(calendar: &Calendar) -> Vec<icalendar::Event> {
    let events = calendar.components.iter().filter_map(CalendarComponent::as_event);
    events.cloned().collect()
}

#[test]
fn a_gathering_is_told_with_all_that_programs_ask_for() {
    let story = Story::has(&Gathering {
        note: Some("Bring a biscuit; or two, and a story.".to_owned()),
        sequence: 3,
        ..teatime()
    });
    let calendar = story.read();
    for (name, expect) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Samovar//Calendar feed//EN"),
        ("METHOD", "PUBLISH"),
        ("NAME", "The kettle"),
        ("X-WR-CALNAME", "The kettle"),
        ("REFRESH-INTERVAL", "PT1H"),
        ("X-PUBLISHED-TTL", "PT1H"),
    ] {
        assert_eq!(calendar.property_value(name), Some(expect));
    }
    let event = story.event();
    for (name, expect) in [
        ("UID", format!("{CALL}@samovar").as_str()),
        ("SUMMARY", "Teatime"),
        ("DTSTART", "20261125T160000"),
        ("DTEND", "20261125T163000"),
        ("DTSTAMP", "20261123T090500Z"),
        ("LAST-MODIFIED", "20261123T090500Z"),
        ("SEQUENCE", "3"),
        (
            "DESCRIPTION",
            "Bring a biscuit; or two, and a story.\n\nhttps://meet.example.org/tea",
        ),
        ("LOCATION", "https://meet.example.org/tea"),
        ("URL", "https://meet.example.org/tea"),
        ("STATUS", "CONFIRMED"),
        ("TRANSP", "OPAQUE"),
        ("ATTENDEE", "none"),
        ("ORGANIZER", "none"),
    ] {
        assert_eq!(event(name), expect, "{name}");
    }
    let text = story.text();
    assert!(
        text.contains("\r\nDTSTART;TZID=Europe/Berlin:20261125T160000\r\n"),
        "{text}"
    );
    assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
    assert!(!text.contains("VALARM"));
}

#[test]
fn the_answer_of_the_reader_shows_and_of_nobody_else() {
    let status = |story: &Story| (story.event()("STATUS"), story.event()("TRANSP"));
    let expect = |status: &str, transparency: &str| (status.to_owned(), transparency.to_owned());
    let story = || Story::has(&teatime());
    assert_eq!(status(&story().answers("yes")), expect("CONFIRMED", "OPAQUE"));
    assert_eq!(status(&story().answers("maybe")), expect("TENTATIVE", "OPAQUE"));
    assert_eq!(status(&story().answers("no")), expect("CONFIRMED", "TRANSPARENT"));
    let mut of_ben = story();
    let body = json!({ "gathering": CALL, "answer": "no" });
    of_ben.put(Kind::RSVP, rsvp_id(BEN, CALL), Owner::Member(BEN), &body);
    assert_eq!(of_ben.text(), story().text());
    // A program that looks at the stamp alone hears of the answer too.
    assert_eq!(story().answers("no").event()("DTSTAMP"), "20261123T090600Z");
}

#[test]
fn a_gathering_that_is_called_off_is_told_as_such() {
    let story = Story::has(&Gathering {
        cancelled: true,
        sequence: 1,
        ..teatime()
    });
    let event = story.answers("yes").event();
    let told = ["UID", "STATUS", "TRANSP", "SEQUENCE"].map(event);
    assert_eq!(told, [&format!("{CALL}@samovar"), "CANCELLED", "TRANSPARENT", "1"]);
}

#[test]
fn only_those_who_are_invited_have_it() {
    let invite = |members: &[MemberId]| {
        Story::has(&Gathering {
            invited: Some(members.to_vec()),
            ..teatime()
        })
    };
    assert!(invite(&[BEN, CLEO]).is_empty());
    assert!(!invite(&[ANA, CLEO]).is_empty());
    let mut over = Story::has(&teatime());
    over.items.last_mut().unwrap().expires_at = Some(now());
    assert!(over.is_empty(), "what is over is not told until it is swept");
}

#[test]
fn the_link_is_the_one_of_the_reader_s_room() {
    let room = |member, link: &str| samovar_domain::kinds::Room {
        members: vec![member],
        link: Some(link.to_owned()),
    };
    let story = Story::has(&Gathering {
        rooms: vec![room(BEN, "https://a.example/ben"), room(ANA, "https://a.example/ana")],
        ..teatime()
    });
    assert_eq!(story.event()("URL"), "https://a.example/ana");
    assert!(!story.text().contains("a.example/ben"));
}

#[test]
fn outside_one_s_hours_the_camera_is_optional() {
    let starting = |starts_at: &str| {
        Story::has(&Gathering {
            starts_at: at(starts_at),
            link: None,
            ..teatime()
        })
    };
    assert_eq!(starting("2026-11-25T15:30:00Z").event()("DESCRIPTION"), "none");
    let words = "Camera optional: outside your hours";
    assert_eq!(
        starting("2026-11-25T15:45:00Z").event()("DESCRIPTION"),
        words,
        "it runs on after five"
    );
    assert_eq!(
        starting("2026-11-26T15:00:00Z").event()("DESCRIPTION"),
        words,
        "no day of hers"
    );
    let story = starting("2026-11-26T15:00:00Z");
    let german = write(ANA, &story.items, now(), Language::of("de-AT"));
    assert!(german.contains("Kamera freigestellt"), "{german}");
    // Whose hours nobody knows is told nothing about them.
    let mut unknown = story;
    let body = json!({ "name": "Ana", "time_zone": "UTC", "hours": {} });
    unknown.put(Kind::MEMBER, ANA.into(), Owner::Member(ANA), &body);
    assert_eq!(unknown.event()("DESCRIPTION"), "none");
}

#[test]
fn a_pair_call_is_told_once_everyone_has_chosen_a_time() {
    let mut story = Story::is_drawn(&[ANA, BEN]);
    assert!(story.is_empty());
    story.chooses(ANA, &[8, 12, 14]);
    assert!(story.is_empty(), "Ben has not answered");
    story.chooses(BEN, &[14, 12]);
    let event = story.event();
    for (name, expect) in [
        ("SUMMARY", "Pair call with Ben"),
        ("DTSTART", "20261125T120000Z"),
        ("DTEND", "20261125T123000Z"),
        ("STATUS", "CONFIRMED"),
        ("URL", "https://meet.example.org/pair"),
        (
            "DESCRIPTION",
            "The last thing that you repaired\n\nA smell of home\n\nhttps://meet.example.org/pair",
        ),
    ] {
        assert_eq!(event(name), expect, "{name}");
    }
    let sequence = |story: &Story| story.event()("SEQUENCE").parse::<u64>().unwrap();
    let before = sequence(&story);
    story.chooses(BEN, &[14]);
    assert_eq!(story.event()("DTSTART"), "20261125T140000Z");
    assert!(sequence(&story) > before, "it was moved");
    story.chooses(ANA, &[8]);
    assert!(story.is_empty(), "no time suits both any more");
}

#[test]
fn three_who_were_drawn_all_have_to_choose() {
    let mut story = Story::is_drawn(&[BEN, ANA, CLEO]);
    story.chooses(ANA, &[8, 12]);
    story.chooses(CLEO, &[12]);
    assert!(story.is_empty());
    story.chooses(BEN, &[8, 12, 14]);
    assert_eq!(story.event()("SUMMARY"), "Pair call with Ben and Cleo");
    let mut of_others = Story::is_drawn(&[BEN, CLEO]);
    of_others.chooses(BEN, &[8]);
    of_others.chooses(CLEO, &[8]);
    assert!(of_others.is_empty());
}

/// The endpoint takes no such titles any more; an older one may have.
#[test]
fn a_hostile_title_is_a_title() {
    for title in [
        "Tea\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:mine",
        "a;b,c\\d\\n",
        "\u{202e}שלום עולם\u{0}\u{7}",
        &"🫖 long".repeat(12_500),
    ] {
        let story = Story::has(&Gathering {
            title: title.to_owned(),
            note: Some(title.to_owned()),
            link: Some(format!("https://a.example/{title}")),
            time_zone: Some(title.to_owned()),
            ..teatime()
        });
        let event = story.event();
        assert_eq!(event("SUMMARY"), lines::plain(title));
        assert_eq!(event("UID"), format!("{CALL}@samovar"));
        assert!(story.text().split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(event("DTSTART"), "20261125T150000Z", "a zone that is none is left out");
    }
}

#[test]
fn the_same_items_make_the_same_bytes() {
    let story = Story::has(&teatime()).answers("maybe");
    let later = write(ANA, &story.items, now().plus_minutes(60), Language::English);
    assert_eq!(later, story.text());
}

#[test]
fn an_empty_calendar_is_one_too() {
    let story = Story { items: Vec::new() };
    assert!(story.is_empty());
    assert!(story.text().starts_with("BEGIN:VCALENDAR\r\n") && story.text().ends_with("END:VCALENDAR\r\n"));
}
