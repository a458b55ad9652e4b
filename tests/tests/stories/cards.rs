//! A card from three colleagues: nothing of it reaches Ana before it is handed over, then it is hers, and can be printed.

use std::path::PathBuf;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use samovar_core::api::{
    CardDesign, CardFormat, CardSize, Effect, GroupCards, NotificationAction, OpenCard, OpenedCard, PrintedCard,
    Request, Response, SharedPhoto, View,
};
use samovar_domain::ItemId;
use samovar_domain::kinds::{Doodle, Occasion, Stroke};
use samovar_testkit::photos::DOG;
use samovar_testkit::{Desktop, PATIENCE, files_with};

use crate::given::{Kitchen, hears_at_any_hour, page_of};

const TITLE: &str = "Bon voyage, dear captain";
const BENS: &str = "The harbour will miss you.";
const CLEOS: &str = "Bring back a postcard.";

async fn cards(of: &Desktop) -> GroupCards {
    match of.ask(Request::GroupCards).await {
        Response::GroupCards(cards) => *cards,
        other => panic!("expected cards, not {other:?}"),
    }
}

/// Waits until somebody's cards are as wanted.
async fn shows(on: &Desktop, what: &str, is_so: impl Fn(&GroupCards) -> bool) -> GroupCards {
    let mut changes = on.core.changes();
    let shows = async {
        loop {
            let cards = cards(on).await;
            if is_so(&cards) {
                return cards;
            }
            let _ = changes.recv().await;
        }
    };
    let Ok(cards) = tokio::time::timeout(PATIENCE, shows).await else {
        panic!("the cards do not show {what}: {:#?}", cards(on).await)
    };
    cards
}

fn open(cards: &GroupCards) -> &OpenCard {
    cards.open.first().expect("a card is open")
}

fn handed(cards: &GroupCards) -> &OpenedCard {
    cards.handed.first().expect("a card was handed over")
}

async fn begins(by: &Desktop, to: &Desktop) -> ItemId {
    let request = Request::BeginGroupCard {
        to: to.me().await,
        occasion: Occasion::Farewell,
        title: TITLE.to_owned(),
    };
    match by.ask(request).await {
        Response::Shared { item } => item,
        other => panic!("expected a card, not {other:?}"),
    }
}

fn line(card: ItemId, text: &str) -> Request {
    Request::WriteCardLine {
        card,
        text: Some(text.to_owned()),
        doodle: None,
        photo: None,
        keep_photo: false,
    }
}

fn star() -> Doodle {
    let stroke = Stroke {
        pen: 1,
        points: vec![(500, 100), (620, 800), (100, 380), (900, 380), (380, 800), (500, 100)],
    };
    Doodle { strokes: vec![stroke] }
}

async fn prints(on: &Desktop, what: ItemId, format: CardFormat) -> PrintedCard {
    let request = Request::CardOf {
        what,
        design: CardDesign::Leaves,
        size: CardSize::A6,
        format,
        bleed: false,
    };
    match on.ask(request).await {
        Response::Card(card) => card,
        other => panic!("expected a card, not {other:?}"),
    }
}

struct Crew {
    kitchen: Kitchen,
    cleo: Desktop,
}

impl Crew {
    async fn gather() -> Self {
        let kitchen = Kitchen::open().await;
        let cleo = Desktop::new("Cleo", "Asia/Shanghai", &kitchen.clock).await;
        cleo.join(&kitchen.ana.invite().await).await;
        hears_at_any_hour(&cleo).await;
        Self { kitchen, cleo }
    }

    /// Ben begins a card for Ana and writes on it; Cleo draws on it and adds a photo.
    async fn write(&self) -> ItemId {
        let (ana, ben, cleo) = (&self.kitchen.ana, &self.kitchen.ben, &self.cleo);
        let card = begins(ben, ana).await;
        ben.ask(line(card, BENS)).await;
        shows(cleo, "Ben's card with his line", |cards| {
            cards.open.first().is_some_and(|card| card.lines.len() == 1)
        })
        .await;
        // Cleo takes her time.
        self.kitchen.clock.advance(Duration::from_mins(1));
        let photo = cleo.prepares(DOG).await;
        cleo.ask(Request::WriteCardLine {
            card,
            text: Some(CLEOS.to_owned()),
            doodle: Some(star()),
            photo: Some(SharedPhoto {
                photo: photo.photo,
                alt: Some("The dog on the hill".to_owned()),
            }),
            keep_photo: false,
        })
        .await;
        shows(ben, "Cleo's line", |cards| open(cards).lines.len() == 2).await;
        card
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_of_three_is_nowhere_at_ana_s_before_it_is_handed_over_and_then_it_is_hers() {
    let crew = Crew::gather().await;
    let (ana, ben, cleo) = (&crew.kitchen.ana, &crew.kitchen.ben, &crew.cleo);
    let card = crew.write().await;
    let told = cleo.notifier.hears("There is a card for Ana").await;
    assert_eq!(told.body, TITLE);
    let pressed = Request::NotificationPressed {
        key: told.key,
        action: NotificationAction::Open,
    };
    let effect = Effect::Show {
        view: View::Cards,
        item: Some(card),
        member: None,
    };
    assert_eq!(cleo.ask(pressed).await, Response::Effect { effect });
    let written = cards(ben).await;
    let on_it: Vec<_> = open(&written)
        .lines
        .iter()
        .map(|line| (line.by.name.as_str(), line.text.as_deref()))
        .collect();
    assert_eq!(on_it, [("Ben", Some(BENS)), ("Cleo", Some(CLEOS))]);
    assert!(open(&written).is_mine && open(&written).has_written);
    assert!(!open(&cards(cleo).await).is_mine);

    // Ana hears what comes after it, and nothing of it.
    ben.shares("Anybody for lunch?").await;
    ana.notifier.hears("Anybody for lunch?").await;
    let hers = cards(ana).await;
    assert!(hers.open.is_empty() && hers.handed.is_empty());
    let missed = ana.ask(Request::Missed { since: None }).await;
    let today = ana.today().await;
    let seen = format!("{hers:?}{missed:?}{today:?}{:?}", ana.notifier.shown());
    let sent = serde_json::to_string(&page_of(&crew.kitchen.endpoint, ana).await).unwrap();
    for trace in [
        TITLE,
        BENS,
        CLEOS,
        "harbour",
        &card.to_string(),
        "group_card",
        "card_line",
    ] {
        for (place, words) in [("the screen", &seen), ("the endpoint", &sent)] {
            assert!(!words.contains(trace), "{trace} is in {place}");
        }
        assert_eq!(files_with(ana.folder(), trace), Vec::<PathBuf>::new(), "{trace}");
    }
    assert!(
        !files_with(ben.folder(), "harbour").is_empty(),
        "the search finds what is there"
    );
    let print = Request::CardOf {
        what: card,
        design: CardDesign::Steam,
        size: CardSize::A6,
        format: CardFormat::Pdf,
        bleed: false,
    };
    assert_eq!(ana.is_refused(print).await.code, "gone");
    assert_eq!(ana.is_refused(line(card, "For me?")).await.code, "not_found");
    assert_eq!(cleo.is_refused(Request::HandOverCard { card }).await.code, "not_owner");

    ben.ask(Request::HandOverCard { card }).await;
    let told = ana.notifier.hears("A card for you from Ben").await;
    assert_eq!(told.body, TITLE);
    let hers = shows(ana, "her card", |cards| {
        cards.handed.first().is_some_and(|card| card.lines.len() == 2)
    })
    .await;
    let opened = handed(&hers);
    assert!(opened.is_to_me && opened.title == TITLE && opened.occasion == Occasion::Farewell);
    assert_eq!(opened.from.as_ref().unwrap().name, "Ben");
    let names: Vec<_> = opened.lines.iter().map(|line| line.by.name.as_str()).collect();
    assert_eq!(names, ["Ben", "Cleo"], "in the order in which they wrote");
    let cleos = &opened.lines[1];
    assert_eq!(cleos.doodle, Some(star()));
    let photo = cleos.photo.as_ref().unwrap();
    assert_eq!(photo.alt.as_deref(), Some("The dog on the hill"));
    assert!(ana.core.photo(photo.blob, false).await.unwrap().len() > 1_000);
    // For the others it is handed over, too, and nothing is open any more.
    let theirs = shows(cleo, "that it is handed over", |cards| {
        cards.open.is_empty() && !cards.handed.is_empty()
    })
    .await;
    assert!(!handed(&theirs).is_to_me);
    assert!(!files_with(ana.folder(), CLEOS).is_empty());
    assert!(
        files_with(ana.folder(), card.to_string()).is_empty(),
        "what was hidden stays so"
    );

    let pdf = prints(ana, opened.id, CardFormat::Pdf).await;
    assert_eq!(
        (pdf.file_name.as_str(), pdf.media_type.as_str()),
        ("Bon voyage, dear captain.pdf", "application/pdf")
    );
    assert!(STANDARD.decode(&pdf.base64).unwrap().starts_with(b"%PDF-"));
    assert_eq!((pdf.missing.as_str(), pdf.is_cut, pdf.missing_photos), ("", false, 0));
    let png = STANDARD
        .decode(prints(ana, opened.id, CardFormat::Png).await.base64)
        .unwrap();
    // The front, and below it a page with both lines.
    assert_eq!(&png[16..24], [1748_u32.to_be_bytes(), 2480_u32.to_be_bytes()].concat());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_is_changed_and_taken_off_and_one_from_a_train_comes_too_late() {
    let mut crew = Crew::gather().await;
    let dee = Desktop::new("Dee", "America/Los_Angeles", &crew.kitchen.clock).await;
    dee.join(&crew.kitchen.wire.link(&crew.kitchen.ana.invite().await))
        .await;
    let card = crew.write().await;
    let (ana, ben, cleo) = (&crew.kitchen.ana, &crew.kitchen.ben, &mut crew.cleo);
    let anew = Request::WriteCardLine {
        card,
        text: Some("Bring back two.".to_owned()),
        doodle: None,
        photo: None,
        keep_photo: true,
    };
    cleo.ask(anew).await;
    let seen = shows(ben, "the changed line", |cards| {
        open(cards)
            .lines
            .iter()
            .any(|line| line.text.as_deref() == Some("Bring back two."))
    })
    .await;
    let changed = &open(&seen).lines[1];
    assert!(
        changed.photo.is_some() && changed.doodle.is_none(),
        "the photo stays, the drawing goes"
    );
    cleo.ask(Request::RemoveCardLine { card }).await;
    shows(ben, "that it was taken off", |cards| open(cards).lines.len() == 1).await;
    assert_eq!(cleo.is_refused(line(card, "  ")).await.code, "empty");

    shows(&dee, "the card", |cards| !cards.open.is_empty()).await;
    crew.kitchen.wire.unplug();
    dee.is_offline().await;
    dee.ask(line(card, "Wait for me!")).await;
    assert!(
        open(&cards(&dee).await)
            .lines
            .iter()
            .any(|line| line.is_mine && line.is_waiting)
    );
    ben.ask(Request::HandOverCard { card }).await;
    shows(cleo, "that it is handed over", |cards| !cards.handed.is_empty()).await;
    crew.kitchen.wire.mend();
    for desktop in [ana, &dee] {
        desktop.ask(Request::RetryNow).await;
    }
    shows(&dee, "that it is handed over", |cards| {
        cards.open.is_empty() && !cards.handed.is_empty()
    })
    .await;
    let hers = shows(ana, "her card", |cards| !cards.handed.is_empty()).await;
    assert_eq!(handed(&hers).lines.len(), 1, "nothing comes onto it afterwards");
    dee.has_sent_everything().await;
    let refused = dee.status().await.refused;
    assert_eq!(refused.len(), 1, "and Dee is told: {refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kudos_are_printed_in_ones_own_language() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let kudos = ben.thanks(ana.me().await, "You kept the kettle warm all week.").await;
    ana.sees_kudos("kept the kettle").await;
    let pdf = prints(ana, kudos, CardFormat::Pdf).await;
    assert_eq!(pdf.file_name, "Thank you, Ana.pdf");
    assert!(STANDARD.decode(&pdf.base64).unwrap().starts_with(b"%PDF-"));
    let preview = prints(ana, kudos, CardFormat::Preview).await;
    assert_eq!(
        (preview.file_name.as_str(), preview.media_type.as_str()),
        ("Thank you, Ana.png", "image/png")
    );
    let change = samovar_core::api::SettingsChange {
        language: Some(samovar_core::api::Language::De),
        ..samovar_core::api::SettingsChange::default()
    };
    ana.ask(Request::ChangeSettings { change }).await;
    assert_eq!(prints(ana, kudos, CardFormat::Pdf).await.file_name, "Danke, Ana.pdf");
    let nothing = ItemId::new(samovar_domain::Timestamp::default());
    let request = Request::CardOf {
        what: nothing,
        design: CardDesign::Steam,
        size: CardSize::A6,
        format: CardFormat::Pdf,
        bleed: true,
    };
    assert_eq!(ana.is_refused(request).await.code, "gone");
}
