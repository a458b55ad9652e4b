//! Whoever erases themselves leaves nothing behind: somebody who has written one of every kind that a member can write, in
//! words and bytes that are found again where they are, takes a copy of it all and goes. Then the files of the endpoint are
//! searched: database, write-ahead log, photos and whatever else lies there.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use samovar_domain::kinds::{
    busy_id, card_line_id, celebration_id, decision_close_id, device_key_id, focus_id, kudos_hidden_id, kudos_wish_id,
    outcome_id, package_consent_id, package_declined_id, package_received_id, pair_answer_id, pair_opt_in_id,
    reaction_id, rsvp_id, surprise_consent_id, voice_id,
};
use samovar_domain::{Audience, BlobHash, ItemId, Kind};
use samovar_testkit::photos::{DESK, KITCHEN};
use samovar_testkit::{PATIENCE, files_with};
use serde_json::{Value, json};

use crate::given::{Caller, Team, database};

/// What every word of theirs has in it, so that what is not looked for by name is found as well.
const MARK: &str = "zwirnquitte";
/// What the one who goes is called.
const NAME: &str = "Benedikta zwirnquitte";
/// What others wrote stays, and is found: so the search is one that finds things.
const OTHERS: &str = "rhabarberkompott";

fn words(of: &str) -> String {
    format!("{MARK}-{of}")
}

/// Something that looks sealed, with words in it that are found again.
fn sealed(of: &str) -> String {
    format!("YWdlLWVuY3J5cHRpb24ub3JnL3Yx{MARK}{of}")
}

/// An age recipient by its looks.
fn key(of: char) -> String {
    format!("age1{MARK}{}", of.to_string().repeat(62 - 4 - MARK.len()))
}

fn picture(bytes: &[u8]) -> Vec<u8> {
    samovar_pictures::prepare(bytes).unwrap().thumbnail.bytes
}

/// Who writes one of every kind, and what they have written so far.
struct Writer {
    caller: Caller,
    kinds: BTreeSet<String>,
}

impl Writer {
    async fn writes(&mut self, kind: &str, id: ItemId, audience: &Audience, body: Value) {
        let result = self.caller.writes(kind, id, audience, body).await;
        assert_eq!(result.problem, None, "{kind}");
        self.kinds.insert(kind.to_owned());
    }

    async fn writes_new(&mut self, kind: &str, audience: &Audience, body: Value) -> ItemId {
        let id = ItemId::new(self.caller.now);
        self.writes(kind, id, audience, body).await;
        id
    }

    async fn brings(&self, bytes: &[u8]) -> Value {
        let blob = crate::photos::put(&self.caller, bytes).await;
        json!({ "blob": blob, "width": 8, "height": 6, "thumbhash": "abcd", "alt": words("alt") })
    }
}

/// Somebody else writes what one may answer.
async fn given(by: &Caller, kind: &str, audience: &Audience, body: Value) -> ItemId {
    let id = ItemId::new(by.now);
    let result = by.writes(kind, id, audience, body).await;
    assert_eq!(result.problem, None, "{kind}");
    id
}

/// The kinds that a member owns: all that there are, but for those of the team.
fn kinds_of_members() -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/domain/src/item.rs");
    let source = std::fs::read_to_string(source).unwrap();
    let named = source.lines().filter_map(|line| {
        let (_, name) = line
            .trim()
            .strip_prefix("pub const ")?
            .split_once(": &'static str = \"")?;
        name.strip_suffix("\";")
    });
    let all: Vec<Kind> = named.map(Kind::new).collect();
    assert!(all.len() > 30, "the source is read: {all:?}");
    let of_members = all.into_iter().filter(|kind| !kind.is_of_team());
    of_members.map(|kind| kind.to_string()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_erases_themselves_is_in_no_file_of_the_endpoint() {
    let team = Team::gather_at("2026-11-23T08:30:00Z").await;
    let ana = &team.ana;
    let caller = Caller::join(&ana.invite().await, NAME, ana.now).await;
    let mut gone = Writer {
        caller,
        kinds: BTreeSet::new(),
    };
    let (kitchen, desk) = (picture(KITCHEN), picture(DESK));
    write_one_of_each(&team, &mut gone, [&kitchen, &desk]).await;
    assert_eq!(gone.kinds, kinds_of_members(), "one of every kind is written here");
    let gone = gone.caller;
    holds_a_copy(&gone, [&kitchen, &desk]).await;

    let folder = team.endpoint.folder();
    let me = gone.member.to_string();
    for traced in [MARK.as_bytes(), me.as_bytes(), &kitchen, &desk] {
        assert!(!files_with(folder, traced).is_empty(), "the search finds what is there");
    }
    let erased = gone.delete("/v1/members/me").await;
    assert_eq!(erased.status(), StatusCode::NO_CONTENT);
    // What is forgotten leaves the write-ahead log after the commit: before the next write, unless somebody reads.
    let asked = Instant::now();
    let left = loop {
        ana.says(&format!("{OTHERS} once more")).await;
        let traces: [&[u8]; 3] = [MARK.as_bytes(), &kitchen, &desk];
        let left: Vec<usize> = (0..traces.len())
            .filter(|at| !files_with(folder, traces[*at]).is_empty())
            .collect();
        if left.is_empty() || asked.elapsed() > PATIENCE {
            break left;
        }
    };
    assert_eq!(left, [0; 0], "of the words, the first and the second photo");
    assert!(!files_with(folder, OTHERS).is_empty(), "what others wrote is theirs");
    assert!(asked.elapsed() < PATIENCE + Duration::from_secs(1));
    names_nobody_but_where_it_says(folder, &me);
}

/// Writes one of every kind, and for some of them what they need.
async fn write_one_of_each(team: &Team, gone: &mut Writer, [kitchen, desk]: [&[u8]; 2]) {
    let (ana, ben) = (&team.ana, &team.ben);
    let me = gone.caller.member;
    let all = Audience::Team;
    let mine = Audience::Only(vec![me]);
    let for_ana = Audience::Only(vec![ana.member]);
    let their = |kind: &str| format!("{OTHERS} {kind} and more");

    let portrait = crate::photos::put(&gone.caller, kitchen).await;
    let hours = json!({ "mon": ["09:00-17:00"] });
    let profile = json!({ "name": NAME, "time_zone": "Europe/Berlin", "hours": hours, "about": words("about"),
                          "pronouns": words("pronouns"), "photo": portrait });
    gone.writes(Kind::MEMBER, me.into(), &all, profile).await;
    let photo = gone.brings(kitchen).await;
    let snapshot = json!({ "text": words("snapshot"), "photos": [photo], "lifetime": "24h" });
    gone.writes_new(Kind::SNAPSHOT, &all, snapshot).await;
    let kudos = json!({ "to": [ana.member], "reason": words("kudos") });
    gone.writes_new(Kind::KUDOS, &all, kudos).await;
    let theirs = ana.says(OTHERS).await;
    let reaction = reaction_id(me, theirs, "🦥");
    gone.writes(
        Kind::REACTION,
        reaction,
        &all,
        json!({ "target": theirs, "emoji": "🦥" }),
    )
    .await;
    gone.writes_new(Kind::REPLY, &all, json!({ "target": theirs, "text": words("reply") }))
        .await;
    let until = ana.now.plus(Duration::from_hours(1));
    let focus = json!({ "until": until, "note": words("focus") });
    gone.writes(Kind::FOCUS, focus_id(me), &all, focus).await;
    let reason = words("break-through");
    gone.writes_new(
        Kind::BREAK_THROUGH,
        &for_ana,
        json!({ "to": ana.member, "reason": reason }),
    )
    .await;
    let busy = json!({ "spans": [{ "from": "2026-11-24T11:30:00Z", "until": "2026-11-24T12:00:00Z" }] });
    gone.writes(Kind::BUSY, busy_id(me), &mine, busy).await;
    gone.writes(Kind::KUDOS_WISH, kudos_wish_id(me), &all, json!({ "wish": "public" }))
        .await;
    let thanks = given(ana, Kind::KUDOS, &all, json!({ "to": [me], "reason": their("kudos") })).await;
    gone.writes(
        Kind::KUDOS_HIDDEN,
        kudos_hidden_id(me, thanks),
        &mine,
        json!({ "kudos": thanks }),
    )
    .await;
    calls(team, gone).await;
    decides(team, gone).await;
    sends(team, gone).await;

    let card = json!({ "to": ana.member, "title": words("card") });
    gone.writes_new(Kind::GROUP_CARD, &Audience::Except(vec![ana.member]), card)
        .await;
    let for_others = Audience::Except(vec![ben.member]);
    let theirs = json!({ "to": ben.member, "title": their("card") });
    let theirs = given(ana, Kind::GROUP_CARD, &for_others, theirs).await;
    let photo = gone.brings(desk).await;
    let line = json!({ "card": theirs, "text": words("line"), "photo": photo });
    gone.writes(Kind::CARD_LINE, card_line_id(me, theirs), &for_others, line)
        .await;
    let days = json!({ "birthday": { "month": 11, "day": 23 }, "joined_on": "1987-11-24", "tell_team": true, "later": words("days") });
    gone.writes(Kind::CELEBRATION, celebration_id(me), &mine, days).await;
}

/// Gatherings and pair calls.
async fn calls(team: &Team, gone: &mut Writer) {
    let me = gone.caller.member;
    let (ana, all, mine) = (&team.ana, Audience::Team, Audience::Only(vec![me]));
    let series = json!({ "activity": "teatime", "title": OTHERS, "time_zone": "Europe/Berlin", "weekday": "wed",
                         "time": "15:00", "every_weeks": 1, "duration_min": 30, "invited": [ana.member, me] });
    given(ana, Kind::SERIES, &all, series).await;
    let wish = |topic: &str| json!({ "every_weeks": 1, "topics": [topic] });
    gone.writes(Kind::PAIR_OPT_IN, pair_opt_in_id(me), &mine, wish(&words("topic")))
        .await;
    let of_ana = (pair_opt_in_id(ana.member), Audience::Only(vec![ana.member]));
    let wished = ana.writes(Kind::PAIR_OPT_IN, of_ana.0, &of_ana.1, wish(OTHERS)).await;
    assert_eq!(wished.problem, None);
    // Pairs are drawn on Monday at ten in Berlin.
    team.clock.set("2026-11-23T09:00:00Z");
    team.endpoint.tends().await;
    let items = gone.caller.page("after=0&limit=1000").await.items;
    let find = |kind: &str| items.iter().find(|item| item.kind == kind).unwrap().clone();
    let gathering = find(Kind::GATHERING).id;
    let answer = json!({ "gathering": gathering, "answer": "yes", "note": words("rsvp") });
    gone.writes(Kind::RSVP, rsvp_id(me, gathering), &all, answer).await;
    let pairing = find(Kind::PAIRING);
    let times = json!({ "pairing": pairing.id, "times": [], "note": words("pair") });
    gone.writes(
        Kind::PAIR_ANSWER,
        pair_answer_id(me, pairing.id),
        &pairing.audience,
        times,
    )
    .await;
}

/// Decisions: one's own, which one closes; and voices to others', an open one that is closed and a hidden one.
async fn decides(team: &Team, gone: &mut Writer) {
    let me = gone.caller.member;
    let (ana, all, mine) = (&team.ana, Audience::Team, Audience::Only(vec![me]));
    let asks = |question: &str, voices: &str| json!({ "question": question, "how": { "style": "words" }, "involved": [me], "voices": voices });
    let own = gone
        .writes_new(Kind::DECISION, &all, asks(&words("question"), "open"))
        .await;
    let says = |decision: ItemId, said: &str| json!({ "decision": decision, "said": { "words": said } });
    gone.writes(Kind::VOICE, voice_id(me, own), &all, says(own, &words("own-voice")))
        .await;
    let close = json!({ "decision": own, "words": words("close") });
    gone.writes(Kind::DECISION_CLOSE, decision_close_id(me, own), &all, close)
        .await;
    let open = given(ana, Kind::DECISION, &all, asks(OTHERS, "open")).await;
    gone.writes(Kind::VOICE, voice_id(me, open), &all, says(open, &words("voice")))
        .await;
    let close = json!({ "decision": open, "words": format!("{OTHERS}, then") });
    let closed = ana
        .writes(Kind::DECISION_CLOSE, decision_close_id(ana.member, open), &all, close)
        .await;
    assert_eq!(closed.problem, None);
    let outcome = ana.page("after=0&limit=1000").await.items;
    let outcome = outcome.iter().find(|item| item.id == outcome_id(open)).unwrap();
    assert!(outcome.body.as_ref().unwrap().to_string().contains(MARK));
    let hidden = given(ana, Kind::DECISION, &all, asks(OTHERS, "hidden")).await;
    let voice = json!({ "decision": hidden, "sealed": sealed("voice") });
    gone.writes(Kind::VOICE, voice_id(me, hidden), &mine, voice).await;
}

/// Packages to and fro, with keys and sealed addresses.
async fn sends(team: &Team, gone: &mut Writer) {
    let me = gone.caller.member;
    let (ana, all) = (&team.ana, Audience::Team);
    let (mine, for_ana) = (Audience::Only(vec![me]), Audience::Only(vec![ana.member]));
    let own_key = json!({ "device": gone.caller.device, "recipient": key('q') });
    let id = device_key_id(me, gone.caller.device);
    gone.writes(Kind::DEVICE_KEY, id, &all, own_key).await;
    let of_ana = json!({ "device": ana.device, "recipient": format!("age1{}", "p".repeat(58)) });
    let written = ana
        .writes(Kind::DEVICE_KEY, device_key_id(ana.member, ana.device), &all, of_ana)
        .await;
    assert_eq!(written.problem, None);
    let to_ana = |of: &str| json!([{ "device": ana.device, "ciphertext": sealed(of) }]);

    let package = json!({ "to": ana.member, "words": words("package") });
    let package = gone.writes_new(Kind::PACKAGE, &for_ana, package).await;
    let consent = package_consent_id(ana.member, package);
    let to_me = json!([{ "device": gone.caller.device, "ciphertext": "YWdlLWVuY3J5cHRpb24ub3JnL3YxAnas" }]);
    let agreed = json!({ "package": package, "sealed": to_me });
    let agreed = ana.writes(Kind::PACKAGE_CONSENT, consent, &mine, agreed).await;
    assert_eq!(agreed.problem, None);
    let opened = json!({ "consent": consent, "of": ana.member, "later": words("opened") });
    gone.writes_new(Kind::PACKAGE_OPENED, &for_ana, opened).await;

    let theirs = json!({ "to": me, "words": format!("{OTHERS} for you") });
    let mut asked = Vec::new();
    for _ in 0..3 {
        asked.push(given(ana, Kind::PACKAGE, &mine, theirs.clone()).await);
    }
    let consent = json!({ "package": asked[0], "sealed": to_ana("consent") });
    gone.writes(
        Kind::PACKAGE_CONSENT,
        package_consent_id(me, asked[0]),
        &for_ana,
        consent,
    )
    .await;
    let opened = json!({ "consent": package_consent_id(me, asked[0]), "of": me });
    given(ana, Kind::PACKAGE_OPENED, &mine, opened).await;
    let declined = json!({ "package": asked[1], "later": words("declined") });
    gone.writes(
        Kind::PACKAGE_DECLINED,
        package_declined_id(me, asked[1]),
        &mine,
        declined,
    )
    .await;
    let received = json!({ "package": asked[2], "words": words("received") });
    gone.writes(
        Kind::PACKAGE_RECEIVED,
        package_received_id(me, asked[2]),
        &for_ana,
        received,
    )
    .await;
    let surprise = json!({ "coordinator": ana.member, "sealed": to_ana("surprise") });
    gone.writes(
        Kind::SURPRISE_CONSENT,
        surprise_consent_id(me, ana.member),
        &for_ana,
        surprise,
    )
    .await;
    let for_me = json!({ "coordinator": me, "sealed": to_me });
    let surprise = ana.writes(
        Kind::SURPRISE_CONSENT,
        surprise_consent_id(ana.member, me),
        &mine,
        for_me,
    );
    assert_eq!(surprise.await.problem, None);
}

/// The copy that one may take along holds every kind, word and photo.
async fn holds_a_copy(gone: &Caller, photos: [&[u8]; 2]) {
    let answer = gone.get("/v1/export").await.bytes().await.unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(answer)).unwrap();
    let items: Vec<samovar_domain::Item> = serde_json::from_reader(archive.by_name("items.json").unwrap()).unwrap();
    let own = items.iter().filter(|item| item.owner.member() == Some(gone.member));
    let told: BTreeSet<String> = own
        .filter(|item| item.body.is_some())
        .map(|item| item.kind.to_string())
        .collect();
    assert_eq!(told, kinds_of_members());
    for bytes in photos {
        let name = format!("photos/{}.jpg", BlobHash::of(bytes));
        let mut copy = Vec::new();
        std::io::copy(&mut archive.by_name(&name).unwrap(), &mut copy).unwrap();
        assert_eq!(copy, bytes);
    }
}

/// Their number is where docs/PRIVACY.md says so, for as long as it says, and nowhere else.
fn names_nobody_but_where_it_says(folder: &Path, me: &str) {
    let copy = tempfile::tempdir().unwrap();
    let file = copy.path().join("samovar-server.db");
    database(folder)
        .execute("VACUUM INTO ?1", [file.to_str().unwrap()])
        .unwrap();
    assert!(
        !files_with(copy.path(), me).is_empty(),
        "the search finds what is there"
    );
    let db = database(copy.path());
    // What they owned, or what named them and is gone: nothing but what it was, whose, and for whom.
    let bodies: u32 = db
        .query_row(
            "SELECT count(*) FROM items WHERE owner = ?1 AND body IS NOT NULL",
            [me],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(bodies, 0);
    db.execute("DELETE FROM items WHERE body IS NULL", []).unwrap();
    // What others have: whom they had thanked, whom they had asked, and for whom something is.
    assert_eq!(kinds_naming(&db, me), ["decision", "kudos"]);
    db.execute(
        "UPDATE items SET audience = '', body = replace(body, ?1, '') WHERE kind IN ('decision', 'kudos') OR instr(audience, ?1) > 0",
        [me],
    )
    .unwrap();
    db.execute_batch("VACUUM; PRAGMA journal_mode = DELETE;").unwrap();
    drop(db);
    assert!(files_with(copy.path(), me).is_empty());
}

/// The kinds of items whose body has somebody's number in it.
fn kinds_naming(db: &rusqlite::Connection, me: &str) -> Vec<String> {
    let sql = "SELECT DISTINCT kind FROM items WHERE instr(body, ?1) > 0 ORDER BY kind";
    let mut named = db.prepare(sql).unwrap();
    let kinds = named.query_map([me], |row| row.get(0)).unwrap();
    kinds.collect::<Result<_, _>>().unwrap()
}
