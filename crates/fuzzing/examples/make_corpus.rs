//! Writes the inputs that fuzzing begins with into `fuzz/corpus`: `cargo run -p samovar-fuzzing --example make_corpus`. What
//! the fuzzer has found since lies beside them and is left alone.
#![expect(clippy::unwrap_used, reason = "a corpus that cannot be written is not there")]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use samovar_domain::check::own_id;
use samovar_domain::kinds::{device_key_id, focus_id};
use samovar_domain::{BlobHash, Body, DeviceId, Epoch, Item, ItemId, Kind, MemberId, Owner, TeamId};
use samovar_fuzzing::ops::{MEMBERS, NOW};
use samovar_pictures::prepare;
use samovar_server::fuzzing::item_event;
use serde_json::{Value, json};

fn main() {
    cursors();
    events();
    invites();
    ops();
    pictures();
}

fn write(target: &str, name: &str, input: impl AsRef<[u8]>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(target);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), input).unwrap();
}

fn epoch() -> Epoch {
    Epoch::derived(&["epoch"])
}

fn cursors() {
    let epoch = epoch();
    for (name, input) in [
        ("anew", "after=0&limit=1000".to_owned()),
        ("goes_on", format!("after=41&epoch={epoch}&limit=200")),
        ("older", "kind=kudos&before=977&limit=50".to_owned()),
        (
            "older_than_all",
            "kind=card%5Fline&before=18446744073709551615".to_owned(),
        ),
        ("too_many", "limit=4294967295".to_owned()),
        ("negative", "after=-1".to_owned()),
        ("beyond", "after=18446744073709551616".to_owned()),
        ("twice", "after=1&after=2".to_owned()),
        ("no_epoch", "epoch=yesterday".to_owned()),
        ("comes_back", format!("after=7&epoch={epoch}\n12")),
        ("comes_back_with_words", "after=7\nlatest".to_owned()),
        (
            "a_head",
            "GET /v1/stream?after=7 HTTP/1.1\r\nhost: tea.example.org\r\nauthorization: Bearer smv_x\r\n\r\n"
                .to_owned(),
        ),
    ] {
        write("cursors", name, input);
    }
}

fn events() {
    let item = Item {
        id: id("bread"),
        kind: Kind::new(Kind::SNAPSHOT),
        owner: Owner::Member(MEMBERS[1]),
        seq: 7,
        audience: samovar_domain::Audience::Team,
        created_at: NOW.parse().unwrap(),
        updated_at: NOW.parse().unwrap(),
        expires_at: None,
        body: Some(json!({"text": "Fresh bread\nof today: é", "lifetime": "24h"})),
    };
    let head = format!(
        "event: head\ndata: {{\"epoch\":\"{}\",\"head\":7,\"time\":\"{NOW}\"}}\n\n",
        epoch()
    );
    let item = item_event(&item);
    write(
        "events",
        "catches_up",
        [b": samovar\n\n", &*item, head.as_bytes()].concat(),
    );
    write("events", "resync", "event: resync\ndata: {}\n\n");
    write(
        "events",
        "leaves",
        "retry: 700\n\nretry:1500\n\nretry: soon\n\nretry: +5\n\n: try again\n\n",
    );
    write(
        "events",
        "several_lines",
        "id: 7\r\nevent: item\r\ndata: {\"a\":\r\ndata:1}\r\n\r\ndata\n\nevent: quiet\n\n",
    );
    write(
        "events",
        "no_text",
        b"event: item\ndata: {}\n\ndata: \xff\xfe\n\nevent: head\ndata: {}\n\n",
    );
    write(
        "events",
        "a_login_page",
        "<!doctype html>\n<title>Hotel</title>\n\nPlease sign in",
    );
    write("events", "no_end", "event: item\ndata: {\"id\":");
}

fn invites() {
    let token = "q0xJ3vY9b1m-Zr_6kT2wLh8sPd4fNc7gUeAoViXyB5M";
    for (name, input) in [
        ("link", format!("https://tea.example.org/join/{token}")),
        (
            "below_a_path",
            format!("  https://example.org:8443/team/tea/join/{token}?from=mail#top\n"),
        ),
        ("on_this_computer", format!("http://127.0.0.1:7465/join/{token}")),
        (
            "of_a_page",
            format!("samovar://join?link=https%3A%2F%2Ftea.example.org%2Fjoin%2F{token}"),
        ),
        (
            "of_itself",
            "samovar://join?link=samovar%3A%2F%2Fjoin%3Flink%3D".to_owned(),
        ),
        ("international", format!("https://чай.example/join/{token}")),
        (
            "as_somebody",
            format!("https://ana:secret@tea.example.org/join/{token}"),
        ),
        (
            "markup",
            "https://tea.example.org/join/\"><script>alert(1)</script>&'".to_owned(),
        ),
        ("no_secret", "https://tea.example.org/join/".to_owned()),
        ("a_file", format!("file:///join/{token}")),
        (
            "body",
            json!({"invite": token, "name": "Zoë", "time_zone": "America/Lima", "device_name": "Kitchen"}).to_string(),
        ),
        (
            "body_again",
            json!({"invite": token, "name": "Ana", "time_zone": "UTC", "device_name": "", "join_key": epoch()})
                .to_string(),
        ),
        ("body_as_list", json!([token, "Ana", "UTC", "Kitchen"]).to_string()),
    ] {
        write("invites", name, input);
    }
}

/// An id such as a writer gives a new item, always the same one for a name.
fn id(name: &str) -> ItemId {
    let mut text = ItemId::derived(&[name]).to_string();
    text.replace_range(14..15, "7");
    text.replace_range(19..20, "a");
    text.parse().unwrap()
}

/// Ops of whole batches, each with who writes it.
struct Batch(Vec<Value>);

impl Batch {
    fn new() -> Self {
        Self(Vec::new())
    }

    /// Ana is 0, Ben 1, Cleo 2.
    fn by(mut self, member: usize, kind: &str, name: &str, audience: Value, body: Value) -> Self {
        let read = Body::read(&Kind::new(kind), &body).unwrap();
        let team = ItemId::from(TeamId::derived(&["team"]));
        let own = own_id(MEMBERS[member], &read);
        let id = own.unwrap_or_else(|| if kind == "team" { team } else { id(name) });
        let n = 3 * self.0.len() + member + 1;
        self.0.push(json!({
            "n": n, "id": id, "kind": kind, "audience": audience, "created_at": NOW, "body": body,
        }));
        self
    }

    fn team(self, member: usize, kind: &str, name: &str, body: Value) -> Self {
        self.by(member, kind, name, json!("team"), body)
    }

    fn takes_back(mut self, op: usize) -> Self {
        let mut again = self.0[op].clone();
        again["n"] = json!(again["n"].as_u64().unwrap() + 300);
        again["body"] = Value::Null;
        self.0.push(again);
        self
    }

    fn write(self, name: &str) {
        write("ops", name, json!({"epoch": epoch(), "ops": self.0}).to_string());
    }
}

#[expect(clippy::too_many_lines, reason = "a list of what people write")]
fn ops() {
    let [ana, ben, cleo] = *MEMBERS;
    let only = |members: &[MemberId]| json!({"only": members});
    let photo = json!({"blob": BlobHash::of(b"x"), "width": 800, "height": 600, "thumbhash": "3OcRJYB4d3h/iIeHeEh3eIhw+j3A", "alt": "Bread"});

    Batch::new()
        .team(
            1,
            "snapshot",
            "bread",
            json!({"text": "Fresh bread", "photos": [photo], "lifetime": "24h"}),
        )
        .team(2, "reaction", "", json!({"target": id("bread"), "emoji": "☕"}))
        .team(
            0,
            "reply",
            "yum",
            json!({"target": id("bread"), "text": "Is there any left?"}),
        )
        .takes_back(1)
        .write("snapshot");
    Batch::new()
        .team(
            0,
            "values",
            "",
            json!({"values": [{"id": "care", "name": "We care", "emoji": "💛"}]}),
        )
        .team(
            1,
            "kudos",
            "thanks",
            json!({"to": [cleo], "reason": "You found the leak before anyone else", "value": "care"}),
        )
        .team(2, "kudos_wish", "", json!({"wish": "between_us"}))
        .team(2, "kudos_hidden", "", json!({"kudos": id("thanks")}))
        .write("kudos");
    Batch::new()
        .team(
            2,
            "focus",
            "",
            json!({"until": "2026-11-23T14:00:00Z", "note": "Writing", "reachable": true}),
        )
        .by(
            1,
            "break_through",
            "now",
            only(&[cleo]),
            json!({"to": cleo, "reason": "The kettle boils over"}),
        )
        .takes_back(0)
        .write("focus");
    let series = json!({
        "activity": "teatime", "title": "Teatime", "time_zone": "America/Lima", "weekday": "mon", "time": "15:00",
        "more_slots": [{"weekday": "thu", "time": "09:00", "time_zone": "Pacific/Auckland"}], "two_sittings": true,
        "every_weeks": 2, "duration_min": 25, "jitsi": "https://meet.example.org", "prompts": ["What did you cook?"],
    });
    Batch::new()
        .team(0, "series", "tea", series)
        .team(1, "gathering", "once", json!({"activity": "lunch", "title": "Lunch", "starts_at": "2026-11-24T17:00:00Z", "duration_min": 40, "time_zone": "Europe/Berlin", "link": "https://meet.example.org/lunch"}))
        .team(2, "rsvp", "", json!({"gathering": id("once"), "answer": "yes"}))
        .write("gatherings");
    Batch::new()
        .team(1, "decision", "which", json!({"question": "Which tea?", "context": "**Black** or green", "how": {"style": "ranked", "options": ["Black", "Green"]}, "involved": [ana, cleo], "earliest_close": "2026-12-01T12:00:00Z"}))
        .team(2, "voice", "", json!({"decision": id("which"), "said": {"ranking": [1, 0], "words": "Green"}}))
        .team(1, "decision_close", "", json!({"decision": id("which"), "words": "Green, then black"}))
        .team(0, "decision", "whether", json!({"question": "Shall we?", "how": {"style": "for_against"}, "involved": [ben], "voices": "hidden"}))
        .write("decisions");
    let device = DeviceId::derived(&["kitchen"]);
    let sealed = json!([{"device": device, "ciphertext": "YWdlLWVuY3J5cHRpb24ub3JnL3YxCg"}]);
    let recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    Batch::new()
        .team(1, "device_key", "", json!({"device": device, "recipient": recipient}))
        .by(
            1,
            "package",
            "tea",
            only(&[cleo]),
            json!({"to": cleo, "occasion": "birthday", "words": "A box of tea"}),
        )
        .by(
            2,
            "package_consent",
            "",
            only(&[ben]),
            json!({"package": id("tea"), "sealed": sealed}),
        )
        .by(
            2,
            "package_received",
            "",
            only(&[ben]),
            json!({"package": id("tea"), "words": "It smells of spring"}),
        )
        .by(2, "package_declined", "", only(&[ben]), json!({"package": id("tea")}))
        .write("packages");
    let doodle = json!({"strokes": [{"pen": 1, "points": [[0, 0], [500, 500], [1000, 0]]}]});
    Batch::new()
        .by(
            1,
            "group_card",
            "card",
            json!({"except": [cleo]}),
            json!({"to": cleo, "occasion": "farewell", "title": "Fare well"}),
        )
        .by(
            0,
            "card_line",
            "",
            json!({"except": [cleo]}),
            json!({"card": id("card"), "text": "We will miss you", "doodle": doodle}),
        )
        .write("cards");
    Batch::new()
        .by(
            2,
            "celebration",
            "",
            only(&[]),
            json!({"birthday": {"month": 2, "day": 29}, "leap": "after", "joined_on": "2020-02-29", "tell_team": true}),
        )
        .by(
            2,
            "busy",
            "",
            only(&[]),
            json!({"spans": [{"from": "2026-11-24T08:00:00Z", "until": "2026-11-24T08:30:00Z"}]}),
        )
        .by(
            2,
            "surprise_consent",
            "",
            only(&[ana]),
            json!({"coordinator": ana, "sealed": []}),
        )
        .write("celebrations");
    let settings = json!({"time_zone": "Europe/Berlin", "coordinators": [ana]});
    Batch::new()
        .team(0, "team", "", json!({"name": "Copper Kettle", "settings": settings}))
        .team(0, "role", "", json!({"member": ben, "role": "owner"}))
        .team(1, "member", "", json!({"name": "Ben", "time_zone": "Europe/Berlin", "pronouns": "he/him", "country": "DE", "hours": {"tue": ["22:00-06:00"]}, "travel": [{"from": "2026-12-01", "until": "2026-12-09", "time_zone": "Asia/Kathmandu"}], "away": [{"from": "2026-12-24", "back_on": "2027-01-02", "note": "Snow"}]}))
        .team(0, "norms", "", json!({"channels": [], "meetings": "Cameras are optional"}))
        .write("team");

    let gathering = |at: &str| json!({"activity": "other", "title": "Far", "starts_at": at, "duration_min": 480});
    Batch::new()
        .team(0, "gathering", "begin", gathering("0000-01-01T00:00:00Z"))
        .team(0, "gathering", "end", gathering("9999-12-31T23:59:59.999Z"))
        .team(2, "focus", "", json!({"until": "2026-11-24T00:00:00Z"}))
        .team(0, "decision", "ago", json!({"question": "Ago?", "how": {"style": "words"}, "involved": [ben], "earliest_close": "0000-01-01T00:00:00Z"}))
        .by(2, "celebration", "", only(&[]), json!({"birthday": {"month": 1, "day": 1}, "joined_on": "1970-01-01"}))
        .write("ends_of_time");

    let refused = |name: &str, change: &dyn Fn(&mut Value)| {
        let mut op = json!({"n": 3, "id": focus_id(cleo), "kind": "focus", "created_at": NOW, "body": {"until": NOW}});
        change(&mut op);
        write("ops", name, json!({"epoch": epoch(), "ops": [op]}).to_string());
    };
    refused("no_body", &|op| drop(op.as_object_mut().unwrap().remove("body")));
    refused("of_the_endpoint", &|op| op["kind"] = json!("outcome"));
    refused("of_tomorrow", &|op| op["kind"] = json!("telepathy"));
    refused("of_many_words", &|op| op["kind"] = json!("k".repeat(2_000)));
    refused("of_an_unknown_answer", &|op| {
        op["kind"] = json!("rsvp");
        op["body"] = json!({"gathering": id("once"), "answer": "a".repeat(2_000)});
    });
    refused("of_another", &|op| op["id"] = json!(device_key_id(ben, device)));
    refused(
        "numbers",
        &|op| op["body"] = json!({"until": NOW, "x": [0.1, 1e300, -0.0, 18_446_744_073_709_551_615_u64]}),
    );
    write(
        "ops",
        "no_number",
        format!(r#"{{"epoch":"{}","ops":"{}"}}"#, epoch(), "o".repeat(2_000)),
    );
    write("ops", "as_list", json!([epoch(), []]).to_string());
    write("ops", "nothing", json!({"epoch": epoch(), "ops": []}).to_string());
}

fn pictures() {
    let small = RgbImage::from_fn(12, 9, |x, y| Rgb([(x * 21) as u8, (y * 28) as u8, (x * y) as u8]));
    let clear = RgbaImage::from_fn(7, 5, |x, y| Rgba([200, (x * 30) as u8, (y * 40) as u8, (x * 36) as u8]));
    let encoded = |picture: DynamicImage, format| {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, format).unwrap();
        file.into_inner()
    };
    let files = [
        ("photo.jpg", encoded(small.clone().into(), ImageFormat::Jpeg)),
        ("drawn.png", encoded(small.clone().into(), ImageFormat::Png)),
        ("clear.png", encoded(clear.clone().into(), ImageFormat::Png)),
        (
            "grey.png",
            encoded(
                DynamicImage::ImageRgb8(small.clone()).to_luma16().into(),
                ImageFormat::Png,
            ),
        ),
        ("clear.webp", encoded(clear.clone().into(), ImageFormat::WebP)),
        ("clear.gif", encoded(clear.into(), ImageFormat::Gif)),
    ];
    for (name, file) in &files {
        write("pictures", name, file);
    }
    let photo = prepare(&files[0].1).unwrap();
    let drawn = prepare(&files[1].1).unwrap();
    write("pictures", "shared_photo", &photo.shared.bytes);
    write("pictures", "shared_drawn", &drawn.shared.bytes);
    write(
        "pictures",
        "shared_and_more",
        [&drawn.shared.bytes[..], b"PK\x03\x04"].concat(),
    );
    write(
        "pictures",
        "shared_in_part",
        &photo.shared.bytes[..photo.shared.bytes.len() - 9],
    );
    write("pictures", "thumbhash", &photo.thumbhash);
    write("pictures", "heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic");
    write("pictures", "page", b"<!doctype html><img src=x onerror=alert(1)>");
    // A header that claims 20,000 x 20,000 pixels.
    let mut large = files[1].1.clone();
    large[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    write("pictures", "large.png", large);
}
