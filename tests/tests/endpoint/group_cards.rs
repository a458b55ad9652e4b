//! A group card, looked for on every path by the one whom it is for: before it is handed over there is no trace of it, for
//! whoever has its ids as well as for whoever guesses; afterwards it is theirs, and what was hidden is as hidden as before.

use samovar_domain::kinds::{card_line_id, handed_id, reaction_id};
use samovar_domain::{Audience, BlobHash, Item, ItemId, Kind};
use serde_json::{Value, json};

use crate::given::{Caller, Team};
use crate::photos::{photo, put};
use crate::walk::{Name, routes};

/// Words that are nowhere but on the card.
const TITLE: &str = "Bon voyage, dear captain";
const LINE: &str = "The harbour will miss you";
const SECOND: &str = "Bring back a postcard";
const REPLY: &str = "Shall we add a cake?";
const GIVEN_UP: &str = "A card that came to nothing";
const EMOJI: &str = "🦔";

/// A card to Ana, who owns the team, with a line by Ben who began it, one of Cleo's with doodle and photo, and what was
/// said of them; and one that was given up.
struct Begun {
    card: ItemId,
    audience: Audience,
    hidden: Vec<ItemId>,
    photo: BlobHash,
}

async fn write(by: &Caller, kind: &str, id: ItemId, audience: &Audience, body: Value) -> ItemId {
    assert_eq!(by.writes(kind, id, audience, body).await.problem, None, "{kind}");
    id
}

fn front(of: &Caller, title: &str, handed_over: bool) -> Value {
    json!({ "to": of.member, "occasion": "farewell", "title": title, "handed_over": handed_over })
}

impl Begun {
    async fn begin(ana: &Caller, ben: &Caller, cleo: &Caller) -> Self {
        let audience = Audience::Except(vec![ana.member]);
        let up = ItemId::new(ben.now);
        write(ben, Kind::GROUP_CARD, up, &audience, front(ana, GIVEN_UP, false)).await;
        write(ben, Kind::GROUP_CARD, up, &audience, Value::Null).await;
        let card = ItemId::new(ben.now);
        write(ben, Kind::GROUP_CARD, card, &audience, front(ana, TITLE, false)).await;
        let bens = card_line_id(ben.member, card);
        for text in ["first thoughts", LINE] {
            let line = json!({ "card": card, "text": text });
            write(ben, Kind::CARD_LINE, bens, &audience, line).await;
        }
        let picture = put(cleo, &photo()).await;
        let shown =
            json!({ "blob": picture, "width": 8, "height": 8, "thumbhash": "c2VjcmV0", "alt": "the harbour at dusk" });
        let doodle = json!({ "strokes": [{ "pen": 5, "points": [[137, 731], [739, 113]] }] });
        let line = json!({ "card": card, "text": SECOND, "photo": shown, "doodle": doodle });
        let cleos = write(cleo, Kind::CARD_LINE, card_line_id(cleo.member, card), &audience, line).await;
        let reaction = reaction_id(ben.member, cleos, EMOJI);
        let body = json!({ "target": cleos, "emoji": EMOJI });
        write(ben, Kind::REACTION, reaction, &audience, body).await;
        let body = json!({ "target": card, "text": REPLY });
        let reply = write(cleo, Kind::REPLY, ItemId::new(cleo.now), &audience, body).await;
        Self {
            card,
            audience,
            hidden: vec![up, card, bens, cleos, reaction, reply],
            photo: picture,
        }
    }

    /// What must not be found anywhere.
    fn traces(&self) -> Vec<String> {
        let words = [
            TITLE,
            LINE,
            SECOND,
            REPLY,
            GIVEN_UP,
            EMOJI,
            "farewell",
            "harbour",
            "c2VjcmV0",
            "strokes",
            "group_card",
            "card_line",
            "handed_",
        ];
        let ids = self
            .hidden
            .iter()
            .chain([&self.of_handed()])
            .map(ToString::to_string)
            .collect::<Vec<_>>();
        let mut traces: Vec<String> = words.map(str::to_owned).to_vec();
        traces.extend(ids);
        traces.push(self.photo.to_string());
        traces
    }

    fn of_handed(&self) -> ItemId {
        handed_id(self.card)
    }

    fn names(&self) -> Vec<Name> {
        let ids = self.hidden.iter().copied().chain([self.of_handed()]);
        ids.map(|id| Name { id, photo: self.photo }).collect()
    }
}

async fn gathered() -> (Team, Caller) {
    let mut team = Team::gather().await;
    // What Ben writes is older than what Cleo does.
    team.ben.now = team.ben.now.plus_minutes(-5);
    let cleo = Caller::join(&team.ana.invite().await, "Cleo", team.ana.now).await;
    (team, cleo)
}

fn check(told: &str, traces: &[String], place: &str) {
    for trace in traces {
        assert!(!told.contains(trace.as_str()), "{place} tells of {trace}: {told}");
    }
}

/// What a member sees of others, and of the team.
async fn of_others(reader: &Caller) -> Vec<Item> {
    let items = reader.page("after=0&limit=1000").await.items.into_iter();
    items
        .filter(|item| item.owner.member() != Some(reader.member))
        .collect()
}

#[tokio::test]
async fn the_recipient_finds_no_trace_of_a_card_on_any_route_before_it_is_handed_over() {
    let (team, cleo) = gathered().await;
    let (ana, ben) = (&team.ana, &team.ben);
    let mut listening = ana.stream(0).await;
    listening.hears("event: head").await;
    let card = Begun::begin(ana, ben, &cleo).await;
    let traces = card.traces();
    let items = ben.page("after=0&limit=1000").await.items;
    let told = serde_json::to_string(&items).unwrap();
    for trace in traces
        .iter()
        .filter(|trace| ![GIVEN_UP, "first thoughts", "handed_"].contains(&trace.as_str()))
    {
        assert!(
            told.contains(trace.as_str()) || *trace == card.of_handed().to_string(),
            "{trace} is there to be found"
        );
    }

    ben.says("a word to everyone").await;
    loop {
        let event = listening.next().await.unwrap();
        check(&event, &traces, "the open stream");
        if event.contains("a word to everyone") {
            break;
        }
    }
    for route in routes(ana).await {
        for name in card.names() {
            let (answers, is_about_it) = route.answers(ana, name).await;
            for answer in &answers {
                check(&answer.told(), &traces, &route.name());
            }
            if is_about_it {
                let never = Name::of_nothing(name, ana);
                let (none, _) = route.answers(ana, never).await;
                assert_eq!(answers.len(), none.len());
                for (place, (answer, none)) in answers.iter().zip(&none).enumerate() {
                    assert!(
                        answer == none || is_of_chance(&route.name(), place),
                        "{}: {}\n{}",
                        route.name(),
                        answer.told(),
                        none.told()
                    );
                }
            }
        }
    }
    assert!(of_others(ana).await.iter().all(|item| item.kind != "group_card"));
}

/// One's own feed says when it was written, and is not about what is asked.
fn is_of_chance(route: &str, place: usize) -> bool {
    route == "GET /v1/calendar/{feed}.ics" && place == 0
}

#[tokio::test]
async fn after_it_was_handed_over_the_recipient_has_it_and_still_nothing_of_what_was_hidden() {
    let (team, cleo) = gathered().await;
    let (ana, ben) = (&team.ana, &team.ben);
    let card = Begun::begin(ana, ben, &cleo).await;
    let url = format!("/v1/blobs/{}", card.photo);
    assert_eq!(ana.get(&url).await.status(), 404);
    let mut listening = ana.stream(0).await;
    write(
        ben,
        Kind::GROUP_CARD,
        card.card,
        &card.audience,
        front(ana, TITLE, true),
    )
    .await;
    listening.hears(TITLE).await;
    listening.hears(LINE).await;
    let last = listening.hears(SECOND).await;
    assert!(last.contains("strokes") && last.contains(&card.photo.to_string()));
    assert_eq!(ana.get(&url).await.status(), 200);

    let items = of_others(ana).await;
    let of_kind = |kind: &str| items.iter().filter(|item| item.kind == *kind).collect::<Vec<_>>();
    assert_eq!(of_kind(Kind::HANDED_CARD).len(), 1);
    let lines = of_kind(Kind::HANDED_LINE);
    let words: Vec<_> = lines
        .iter()
        .map(|line| line.body.as_ref().unwrap()["text"].clone())
        .collect();
    assert_eq!(words, [json!(LINE), json!(SECOND)]);
    let mut hidden: Vec<String> = card.hidden.iter().map(ToString::to_string).collect();
    hidden.extend([REPLY, EMOJI, GIVEN_UP, "group_card", "card_line"].map(str::to_owned));
    for route in routes(ana).await {
        for name in card.names().into_iter().filter(|name| name.id != card.of_handed()) {
            let (answers, _) = route.answers(ana, name).await;
            for answer in answers {
                check(&answer.told(), &hidden, &route.name());
            }
        }
    }
    // Those who wrote it see that it is gone, and have it as everybody else.
    let theirs = cleo.page("after=0&limit=1000").await.items;
    let is_gone = |id: &ItemId| theirs.iter().any(|item| item.id == *id && item.body.is_none());
    assert!(card.hidden.iter().all(is_gone));
    assert!(
        theirs
            .iter()
            .any(|item| item.id == card.of_handed() && item.body.is_some())
    );
}
