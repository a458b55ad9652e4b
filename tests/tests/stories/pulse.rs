//! The pulse, with six desktops and a real endpoint: who said what is nowhere, and who answered neither.

use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::types::Value as Cell;
use samovar_core::api::{PulseCard, PulseState, Request, Response};
use samovar_domain::kinds::PulseSettings;
use samovar_domain::{Clock as _, ItemId, Timestamp};
use samovar_testkit::{Desktop, Endpoint, FakeClock, PATIENCE, client, files_with, lets_go_of};
use serde_json::{Value, json};

use crate::given::{device_of, page_of, token_of};

/// Ten o'clock in Lima on the first working day of December, and of January.
const OPENS: &str = "2026-12-01T15:00:00Z";
const CLOSES: &str = "2026-12-11T15:00:00Z";
const NEXT_OPENS: &str = "2027-01-01T15:00:00Z";
/// By then every token has been fetched, and every answer sent that was given before.
const A_WHILE: Duration = Duration::from_hours(6);
/// How often it is looked whether what is waited for is there.
const LOOK_AGAIN: Duration = Duration::from_millis(5);
/// The tables that answers come into.
const OF_ANSWERS: [&str; 2] = ["pulse_used", "pulse_counts"];

/// Ana, who owns the team, lives in Lima, and five others.
struct Team {
    clock: FakeClock,
    endpoint: Endpoint,
    desktops: Vec<Desktop>,
}

impl Team {
    async fn gather() -> Self {
        let clock = FakeClock::at("2026-11-30T15:00:00Z");
        let endpoint = Endpoint::start(clock.clone()).await;
        let ana = Desktop::new("Ana", "America/Lima", &clock).await;
        ana.join(endpoint.owner_invite.as_deref().unwrap()).await;
        let mut desktops = vec![ana];
        for name in ["Ben", "Cleo", "Dee", "Eli", "Fay"] {
            let desktop = Desktop::new(name, "Europe/Helsinki", &clock).await;
            desktop.join(&desktops[0].invite().await).await;
            desktops.push(desktop);
        }
        Self {
            clock,
            endpoint,
            desktops,
        }
    }

    /// With a round that is open on all desktops, and with their tokens.
    async fn asked() -> (Self, ItemId) {
        let team = Self::gather().await;
        saves(&team.desktops[0], true).await;
        team.desktops[0].has_sent_everything().await;
        let round = team.opens(OPENS).await;
        (team, round)
    }

    async fn opens(&self, at: &str) -> ItemId {
        self.clock.set(at);
        self.endpoint.tends().await;
        let mut round = None;
        for desktop in &self.desktops {
            let card = shows(desktop, "a round", |card| card.open.is_some()).await;
            round = card.open.map(|open| open.round);
            is_kept(desktop, |kept| kept["token"].get("planned").is_some()).await;
        }
        self.clock.advance(A_WHILE);
        for desktop in &self.desktops {
            is_kept(desktop, |kept| kept["token"].get("here").is_some()).await;
        }
        round.unwrap()
    }

    /// Some answer, in this order; what they keep of it before it is sent is returned.
    async fn answer(&self, round: ItemId, answers: &[u8]) -> Vec<Value> {
        let mut kept = Vec::new();
        for (desktop, answer) in self.desktops.iter().zip(answers) {
            let answer = *answer;
            desktop.ask(Request::AnswerPulse { round, answer }).await;
            kept.push(is_kept(desktop, |kept| kept["answer"].get("planned").is_some()).await);
        }
        self.clock.advance(A_WHILE);
        for (desktop, _) in self.desktops.iter().zip(answers) {
            is_kept(desktop, |kept| kept["answer"] == "sent").await;
        }
        kept
    }

    /// The counts that everybody sees once the round has closed.
    async fn closes(&self) -> Option<[u32; 5]> {
        self.clock.set(CLOSES);
        self.endpoint.tends().await;
        let mut counts = Vec::new();
        for desktop in &self.desktops {
            let card = shows(desktop, "the result", |card| !card.results.is_empty()).await;
            assert_eq!(card.open, None);
            assert!(card.results[0].is_recent);
            counts.push(card.results[0].counts);
        }
        counts.dedup();
        assert_eq!(counts.len(), 1, "all see the same");
        counts[0]
    }
}

async fn saves(desktop: &Desktop, on: bool) {
    let settings = PulseSettings { on, open_days: None };
    desktop.ask(Request::SavePulse { settings }).await;
}

async fn card(of: &Desktop) -> PulseCard {
    match of.ask(Request::Pulse).await {
        Response::Pulse(card) => *card,
        other => panic!("expected the pulse, not {other:?}"),
    }
}

async fn state(of: &Desktop) -> PulseState {
    card(of).await.open.expect("a round is open").state
}

/// Waits until somebody's pulse is as wanted.
async fn shows(on: &Desktop, what: &str, is_so: impl Fn(&PulseCard) -> bool) -> PulseCard {
    let mut changes = on.core.changes();
    let shows = async {
        loop {
            let card = card(on).await;
            if is_so(&card) {
                return card;
            }
            let _ = changes.recv().await;
        }
    };
    let Ok(card) = tokio::time::timeout(PATIENCE, shows).await else {
        panic!("the pulse does not show {what}: {:#?}", card(on).await)
    };
    card
}

#[expect(clippy::disallowed_methods, reason = "a story looks at what the stores have written")]
fn database(folder: &Path, name: &str) -> rusqlite::Connection {
    let db = rusqlite::Connection::open(folder.join(name)).unwrap();
    db.busy_timeout(PATIENCE).unwrap();
    db
}

/// What a desktop keeps of the round; `null` when nothing.
fn kept(by: &Desktop) -> Value {
    let db = database(by.folder(), "samovar.db");
    let text = db.query_row("SELECT value FROM facts WHERE name = 'pulse'", [], |row| {
        row.get::<_, String>(0)
    });
    text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
}

/// Waits until what a desktop keeps of the round is so.
async fn is_kept(by: &Desktop, is_so: impl Fn(&Value) -> bool) -> Value {
    let found = async {
        loop {
            let kept = kept(by);
            if is_so(&kept) {
                return kept;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    };
    let Ok(found) = tokio::time::timeout(PATIENCE, found).await else {
        panic!("kept of the pulse is {:#}", kept(by));
    };
    found
}

/// The rows of some tables of the endpoint, a text a row, with bytes in hexadecimal digits and in base64.
fn rows(endpoint: &Endpoint, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let db = database(endpoint.folder(), "samovar-server.db");
    let mut tables = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut found = Vec::new();
    for table in tables.into_iter().filter(|table| is_wanted(table)) {
        let mut statement = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let names: Vec<String> = statement.column_names().into_iter().map(ToOwned::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let mut text = format!("{table}:");
            for (at, name) in names.iter().enumerate() {
                let cell = match row.get::<_, Cell>(at).unwrap() {
                    Cell::Blob(bytes) => STANDARD.encode(bytes),
                    Cell::Text(text) => text,
                    other => format!("{other:?}"),
                };
                text.extend([" ", name, "=", &cell]);
            }
            found.push(text);
        }
    }
    found
}

fn counted(endpoint: &Endpoint) -> usize {
    rows(endpoint, |table| table == "pulse_used").len()
}

fn bytes(text: &Value) -> Vec<u8> {
    STANDARD.decode(text.as_str().unwrap()).unwrap()
}

/// The number and the token of what a desktop keeps, in base64.
fn token_in(kept: &Value) -> (Value, Value) {
    let here = &kept["token"]["here"];
    (here["number"].clone(), here["token"].clone())
}

/// Sends an answer as nobody, and returns the status and the code of the refusal.
async fn sends(endpoint: &Endpoint, round: ItemId, (number, token): &(Value, Value), answer: u8) -> (u16, String) {
    let url = format!("{}/v1/pulse/{round}/answers", endpoint.base_url);
    let body = json!({ "number": number, "token": token, "answer": answer });
    let answer = client().post(url).json(&body).send().await.unwrap();
    let status = answer.status().as_u16();
    let body = answer.bytes().await.unwrap();
    let document: Value = serde_json::from_slice(&body).unwrap_or_default();
    (status, document["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_answers_are_shown_as_counts_once_the_round_has_closed() {
    let (team, round) = Team::asked().await;
    team.answer(round, &[5, 4, 4, 1, 5]).await;
    for desktop in &team.desktops[..5] {
        assert_eq!(state(desktop).await, PulseState::Answered);
    }
    assert_eq!(state(&team.desktops[5]).await, PulseState::Asks);
    assert_eq!(counted(&team.endpoint), 5);
    let again = Request::AnswerPulse { round, answer: 1 };
    assert_eq!(team.desktops[0].is_refused(again).await.code, "pulse_answered");
    assert!(
        card(&team.desktops[5]).await.results.is_empty(),
        "nothing before the close"
    );
    assert_eq!(team.closes().await, Some([1, 0, 0, 2, 2]));
    // After a week it is no news any more; the next round has its own key.
    let before = team.desktops[0].notifier.shown().len();
    team.opens(NEXT_OPENS).await;
    let card = card(&team.desktops[0]).await;
    assert_ne!(card.open.unwrap().round, round);
    assert!(!card.results[0].is_recent);
    assert_eq!(team.desktops[0].notifier.shown().len(), before, "nobody is notified");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_answers_are_shown_to_nobody() {
    let (team, round) = Team::asked().await;
    team.answer(round, &[5, 4, 4, 1]).await;
    assert_eq!(counted(&team.endpoint), 4);
    assert_eq!(team.closes().await, None);
    let late = Request::AnswerPulse { round, answer: 3 };
    assert_eq!(team.desktops[5].is_refused(late).await.code, "pulse_closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_answered_and_what_is_nowhere_at_the_endpoint() {
    let (team, round) = Team::asked().await;
    let kept = team.answer(round, &[5, 4, 4, 1, 2]).await;
    // All have fetched a token, those who did not answer too.
    let fetched = rows(&team.endpoint, |table| table == "pulse_fetched");
    assert_eq!(fetched.len(), 6);

    let of_answers = rows(&team.endpoint, |table| OF_ANSWERS.contains(&table));
    assert_eq!(of_answers.len(), 5 + 1, "{of_answers:#?}");
    for row in &of_answers {
        for desktop in &team.desktops {
            let (member, device) = (desktop.me().await.to_string(), device_of(desktop));
            assert!(!row.contains(&member) && !row.contains(&device), "{row}");
        }
        let names: Vec<&str> = row
            .split(' ')
            .filter_map(|cell| Some(cell.split_once('=')?.0))
            .collect();
        let counts = ["round", "said_1", "said_2", "said_3", "said_4", "said_5"];
        assert!(
            names == ["round", "number"] || names == counts,
            "no time and no place: {names:?}"
        );
    }
    // They lie in an order that is chance: that of the numbers, not that of the answers.
    let stored: Vec<Vec<u8>> = kept.iter().map(|kept| bytes(&token_in(kept).0)).collect();
    let mut by_number = stored.clone();
    by_number.sort();
    let db = database(team.endpoint.folder(), "samovar-server.db");
    let mut statement = db.prepare("SELECT number FROM pulse_used").unwrap();
    let used: Vec<Vec<u8>> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(used, by_number);

    // What came with a name and what came without have no piece in common: not the blinded element, nor its hash.
    let others = rows(&team.endpoint, |table| !OF_ANSWERS.contains(&table)).join("\n");
    for kept in &kept {
        let (number, token) = token_in(kept);
        for secret in [&number, &token] {
            assert!(!others.contains(secret.as_str().unwrap()), "{others}");
        }
        assert!(
            !files_with(team.endpoint.folder(), bytes(&number)).is_empty(),
            "the search finds what is there"
        );
        assert!(
            files_with(team.endpoint.folder(), bytes(&token)).is_empty(),
            "a token is stored nowhere"
        );
    }
    for row in &fetched {
        let blinded = row.rsplit_once("blinded=").unwrap().1;
        assert!(!of_answers.iter().any(|row| row.contains(blinded)));
    }
    // Nor does the other side of it know any longer what it said.
    for (desktop, kept) in team.desktops.iter().zip(&kept) {
        let (number, token) = token_in(kept);
        assert_eq!(self::kept(desktop)["answer"], "sent");
        for secret in [number, token] {
            lets_go_of(desktop.folder(), secret.as_str().unwrap().as_bytes()).await;
        }
        assert!(
            !files_with(desktop.folder(), token_of(desktop).as_bytes()).is_empty(),
            "the search finds what is there"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_key_the_numbers_and_who_fetched_go_with_the_close() {
    let (team, round) = Team::asked().await;
    let kept = team.answer(round, &[5, 4, 4, 1, 2]).await;
    let folder = team.endpoint.folder();
    let db = database(folder, "samovar-server.db");
    let secret: Vec<u8> = db
        .query_row("SELECT secret FROM pulse_rounds", [], |row| row.get(0))
        .unwrap();
    let mut statement = db.prepare("SELECT blinded FROM pulse_fetched").unwrap();
    let hashes: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    drop(statement);
    drop(db);
    // The scalar alone, since what follows it is public.
    assert!(hashes.len() == 6 && !files_with(folder, &secret[..32]).is_empty());
    team.closes().await;
    assert_eq!(
        rows(&team.endpoint, |table| table.starts_with("pulse_")),
        Vec::<String>::new()
    );
    lets_go_of(folder, &secret[..32]).await;
    for hash in hashes {
        lets_go_of(folder, hash.as_bytes()).await;
    }
    for kept in kept {
        lets_go_of(folder, &bytes(&token_in(&kept).0)).await;
    }
    for desktop in &team.desktops {
        is_kept(desktop, Value::is_null).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_forged_of_another_round_or_used_counts_nothing() {
    let (team, round) = Team::asked().await;
    let (ana, eli) = (&team.desktops[0], &team.desktops[4]);
    let of_ana = token_in(&kept(ana));
    let sent = async |token: &(Value, Value), answer| sends(&team.endpoint, round, token, answer).await;
    for at in [0, 63] {
        let mut forged = bytes(&of_ana.1);
        forged[at] ^= 1;
        let forged = (of_ana.0.clone(), json!(STANDARD.encode(forged)));
        assert_eq!(sent(&forged, 5).await, (422, "bad_pulse_token".to_owned()));
    }
    let swapped = (token_in(&kept(eli)).0, of_ana.1.clone());
    assert_eq!(sent(&swapped, 5).await.1, "bad_pulse_token", "each number has its own");
    assert_eq!(sent(&(json!("no base64"), json!("")), 5).await.1, "bad_pulse_token");
    for answer in [0, 6] {
        assert_eq!(sent(&of_ana, answer).await.1, "bad_pulse_answer");
    }
    assert_eq!(counted(&team.endpoint), 0);
    assert_eq!(sent(&of_ana, 5).await.0, 204);
    assert_eq!(
        sent(&of_ana, 1).await.0,
        204,
        "an answer that was lost is answered again"
    );
    assert_eq!(counted(&team.endpoint), 1);

    // Ana's desktop does not know of it; with its own answer there are four, and nobody sees any.
    team.answer(round, &[1, 2, 2, 2]).await;
    let of_eli = token_in(&kept(eli));
    assert_eq!(team.closes().await, None);
    assert_eq!(sent(&of_eli, 4).await, (410, "pulse_closed".to_owned()));
    let next = team.opens(NEXT_OPENS).await;
    let (status, code) = sends(&team.endpoint, next, &of_eli, 4).await;
    assert_eq!((status, code.as_str()), (422, "bad_pulse_token"));
    assert_eq!(counted(&team.endpoint), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_given_on_a_train_goes_out_before_the_close_and_after_a_restart() {
    let (mut team, round) = Team::asked().await;
    team.endpoint.stop().await;
    let ben = &mut team.desktops[1];
    ben.is_offline().await;
    ben.ask(Request::AnswerPulse { round, answer: 2 }).await;
    assert_eq!(state(ben).await, PulseState::Answered, "at once");
    is_kept(ben, |kept| kept["answer"].get("planned").is_some()).await;
    team.clock.advance(A_WHILE);
    let now = team.clock.now();
    ben.restarts().await;
    assert_eq!(state(ben).await, PulseState::Answered);
    // What came due while it was off is planned anew, and does not go out along with the start.
    let planned = |kept: &Value| {
        kept["answer"]["planned"][1]
            .as_str()
            .map(|at| at.parse::<Timestamp>().unwrap())
    };
    is_kept(ben, |kept| planned(kept).is_some_and(|at| at > now)).await;
    team.endpoint.start_again().await;
    let ben = &team.desktops[1];
    ben.ask(Request::RetryNow).await;
    ben.is_online().await;
    team.clock.advance(Duration::from_hours(1));
    is_kept(ben, |kept| kept["answer"] == "sent").await;
    assert_eq!(counted(&team.endpoint), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whose_other_computer_has_the_token_answers_from_there() {
    let team = Team::gather().await;
    saves(&team.desktops[0], true).await;
    team.desktops[0].has_sent_everything().await;
    team.clock.set(OPENS);
    team.endpoint.tends().await;
    let fay = &team.desktops[5];
    let round = shows(fay, "a round", |card| card.open.is_some())
        .await
        .open
        .unwrap()
        .round;
    // She answers here before either computer has a token; the other one is quicker.
    fay.ask(Request::AnswerPulse { round, answer: 2 }).await;
    assert_eq!(state(fay).await, PulseState::Answered);
    let items = page_of(&team.endpoint, fay).await.items;
    let item = items.into_iter().find(|item| item.id == round).unwrap();
    let url = format!("{}/v1/pulse/{round}/token", team.endpoint.base_url);
    // Any element will do.
    let body = json!({ "blinded": item.body.unwrap()["public_key"] });
    let other = client().post(url).bearer_auth(token_of(fay)).json(&body);
    assert!(other.send().await.unwrap().status().is_success());
    team.clock.advance(A_WHILE);
    let kept = is_kept(fay, |kept| kept["token"] == "elsewhere").await;
    assert_eq!(kept["answer"], "none", "what will never go out is not kept");
    assert_eq!(state(fay).await, PulseState::Elsewhere);
    let again = Request::AnswerPulse { round, answer: 2 };
    assert_eq!(fay.is_refused(again).await.code, "pulse_token_given");
    assert_eq!(counted(&team.endpoint), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_question_is_put_away_on_this_computer_and_can_be_answered_still() {
    let (team, round) = Team::asked().await;
    let dee = &team.desktops[3];
    dee.ask(Request::PutPulseAway { round }).await;
    assert!(card(dee).await.open.unwrap().is_put_away);
    assert!(!card(&team.desktops[0]).await.open.unwrap().is_put_away);
    dee.ask(Request::AnswerPulse { round, answer: 3 }).await;
    let open = card(dee).await.open.unwrap();
    assert!(open.state == PulseState::Answered && !open.is_put_away);
    let wrong = Request::AnswerPulse { round, answer: 6 };
    assert_eq!(team.desktops[0].is_refused(wrong).await.code, "bad_pulse_answer");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn admins_switch_it_on_and_off_and_nobody_else_does() {
    let (team, round) = Team::asked().await;
    let (ana, ben) = (&team.desktops[0], &team.desktops[1]);
    let settings = PulseSettings {
        on: false,
        open_days: None,
    };
    let refused = ben.is_refused(Request::SavePulse { settings }).await;
    assert_eq!(refused.code, "not_admin");
    let settings = PulseSettings {
        on: true,
        open_days: Some(22),
    };
    assert_eq!(
        ana.is_refused(Request::SavePulse { settings }).await.code,
        "bad_pulse_days"
    );
    team.answer(round, &[2, 2, 2]).await;
    saves(ana, false).await;
    let card = shows(ben, "that it is over", |card| card.open.is_none()).await;
    assert_eq!(card.results[0].counts, None, "three are nobody's business");
    assert!(!card.settings.on && card.next_at.is_none());
    is_kept(ben, Value::is_null).await;
}
