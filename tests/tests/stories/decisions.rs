//! Decisions as people live them: asked, heard, waited for, closed; and hidden voices that stay hidden until then.

use samovar_core::api::{
    DecisionCard, DecisionDraft, DecisionProgress, Decisions, Effect, NotificationAction, Question, Request, Response,
    View,
};
use samovar_domain::kinds::{Said, Stance, Style, Voices};
use samovar_domain::{Audience, ItemId, MemberId};
use samovar_testkit::{Desktop, PATIENCE, files_with};

use crate::given::{Kitchen, another_computer};

/// Everybody's time is over by then: a week on.
const NEXT_MONDAY: &str = "2026-11-30T15:00:00Z";
const OUTCOME: &str = "Teatime moves to Tuesdays.";

fn question(involved: Vec<MemberId>, voices: Voices) -> Question {
    Question {
        question: "Shall we move teatime to Tuesdays?".to_owned(),
        context: Some("**Mondays** are full of calls.".to_owned()),
        how: Style::ForAgainst,
        involved,
        voices,
        earliest_close: None,
        audience: Audience::Team,
    }
}

fn says(stance: Stance, words: &str) -> Said {
    Said {
        stance: Some(stance),
        words: Some(words.to_owned()),
        ..Said::default()
    }
}

async fn asks(by: &Desktop, question: Question) -> ItemId {
    let question = Box::new(question);
    match by.ask(Request::AskDecision { question }).await {
        Response::Shared { item } => item,
        other => panic!("expected a question, not {other:?}"),
    }
}

async fn page(of: &Desktop) -> Decisions {
    match of.ask(Request::Decisions).await {
        Response::Decisions(page) => *page,
        other => panic!("expected the Decisions page, not {other:?}"),
    }
}

/// Waits until the decision on somebody's page is as wanted.
async fn shows(on: &Desktop, what: &str, is_so: impl Fn(&DecisionCard) -> bool) -> DecisionCard {
    let mut changes = on.core.changes();
    let shows = async {
        loop {
            if let Some(card) = page(on).await.decisions.into_iter().find(|card| is_so(card)) {
                return card;
            }
            let _ = changes.recv().await;
        }
    };
    let Ok(card) = tokio::time::timeout(PATIENCE, shows).await else {
        panic!("the page does not show {what}: {:#?}", page(on).await)
    };
    card
}

fn names(people: &[samovar_core::api::Person]) -> Vec<&str> {
    people.iter().map(|person| person.name.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_waits_until_everyone_has_had_their_time_and_not_a_minute_less() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let decision = asks(ana, question(vec![ana.me().await, ben.me().await], Voices::Open)).await;
    ana.ask(Request::GiveVoice {
        decision,
        said: Some(says(Stance::For, "Mondays are full.")),
    })
    .await;

    let card = shows(ben, "Ana's voice", |card| !card.said.is_empty()).await;
    assert!(card.needs_me && card.may_speak && !card.may_close);
    assert_eq!(names(&card.heard), ["Ana"]);
    assert_eq!(card.awaited[0].person.name, "Ben");
    assert_eq!(card.awaited[0].minutes_left, Some(8 * 60));
    // Ben's eight hours are Tuesday's, and three days end on Thursday: at 15:00, to the minute.
    assert_eq!(card.earliest, Some("2026-11-26T15:00:00Z".parse().unwrap()));
    assert_eq!(
        ben.today().await.decisions[0].question,
        "Shall we move teatime to Tuesdays?"
    );
    let close = || Request::CloseDecision {
        decision,
        words: OUTCOME.to_owned(),
    };
    kitchen.clock.set("2026-11-26T14:59:00Z");
    assert_eq!(ana.is_refused(close()).await.code, "decision_waits");
    assert_eq!(ben.is_refused(close()).await.code, "not_owner");

    kitchen.clock.set("2026-11-26T15:00:00Z");
    let card = shows(ana, "that it may be closed", |card| card.may_close).await;
    assert_eq!(names(&card.had_time), ["Ben"]);
    ana.ask(close()).await;

    let told = ben.notifier.hears("Decided: Shall we move teatime").await;
    assert_eq!(told.body, OUTCOME);
    let card = shows(ben, "the outcome", |card| card.progress == DecisionProgress::Closed).await;
    let outcome = card.outcome.unwrap();
    assert_eq!(names(&outcome.not_heard), ["Ben"], "who was not heard is named");
    assert_eq!(
        card.said[0].said.as_ref().unwrap().words.as_deref(),
        Some("Mondays are full.")
    );
    let late = Request::GiveVoice {
        decision,
        said: Some(says(Stance::Against, "")),
    };
    assert_eq!(ben.is_refused(late).await.code, "decision_closed");
    assert!(ben.today().await.decisions.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_those_who_are_awaited_are_reminded_and_in_their_hours() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let decision = asks(ana, question(vec![ana.me().await, ben.me().await], Voices::Open)).await;
    ana.ask(Request::GiveVoice {
        decision,
        said: Some(says(Stance::For, "Please.")),
    })
    .await;
    shows(ben, "the question", |card| card.needs_me).await;

    // Nine in Helsinki.
    kitchen.clock.set("2026-11-24T07:00:00Z");
    let told = ben.notifier.hears("Ana asks what you think").await;
    let pressed = Request::NotificationPressed {
        key: told.key,
        action: NotificationAction::Open,
    };
    let opened = ben.ask(pressed).await;
    let effect = Effect::Show {
        view: View::Decisions,
        item: Some(decision),
        member: None,
    };
    assert_eq!(opened, Response::Effect { effect });
    // Half of the time is over on Wednesday at three in the morning: it is said at nine.
    kitchen.clock.set("2026-11-25T07:00:00Z");
    ben.notifier.hears("half of the time is over").await;

    ben.ask(Request::GiveVoice {
        decision,
        said: Some(says(Stance::MoreTalk, "I sing on Tuesdays.")),
    })
    .await;
    kitchen.clock.set("2026-11-26T14:00:00Z");
    ben.shares("That was all.").await;
    ana.notifier.hears("That was all.").await;
    let about = |desktop: &Desktop| {
        let shown = desktop.notifier.shown();
        shown
            .into_iter()
            .filter(|told| told.key.starts_with("decision-"))
            .count()
    };
    assert_eq!((about(ana), about(ben)), (0, 2), "whoever was heard is left alone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hidden_voice_written_on_a_train_is_read_by_nobody_before_the_close() {
    const SECRET: &str = "Tuesdays I sing in a choir.";
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let decision = asks(ben, question(vec![ana.me().await, ben.me().await], Voices::Hidden)).await;
    shows(ana, "that she may speak", |card| card.may_speak).await;

    kitchen.wire.unplug();
    ana.is_offline().await;
    ana.ask(Request::GiveVoice {
        decision,
        said: Some(says(Stance::For, "Why not.")),
    })
    .await;
    ana.ask(Request::GiveVoice {
        decision,
        said: Some(says(Stance::Against, SECRET)),
    })
    .await;
    let mine = shows(ana, "her own voice", |card| card.mine.is_some()).await;
    assert_eq!(mine.mine.unwrap().words.as_deref(), Some(SECRET));
    kitchen.ana_is_back().await;
    ana.has_sent_everything().await;

    let card = shows(ben, "that Ana was heard", |card| !card.heard.is_empty()).await;
    assert_eq!(names(&card.heard), ["Ana"]);
    assert!(card.said.is_empty(), "but not what she said");
    for folder in [kitchen.endpoint.folder(), ben.folder()] {
        assert!(files_with(folder, "sing in a choir").is_empty(), "{}", folder.display());
    }
    kitchen.clock.set(NEXT_MONDAY);
    ben.ask(Request::CloseDecision {
        decision,
        words: OUTCOME.to_owned(),
    })
    .await;
    let card = shows(ana, "the outcome", |card| card.outcome.is_some()).await;
    assert_eq!(card.said[0].said.as_ref().unwrap().words.as_deref(), Some(SECRET));
    assert!(
        !files_with(kitchen.endpoint.folder(), "sing in a choir").is_empty(),
        "the search finds what is there"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ben_said_in_secret_he_reads_on_his_other_computer_as_well() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let (_folder, laptop) = another_computer(&kitchen, ben, "Ben's laptop").await;
    laptop.has_sent_everything().await;
    let decision = asks(ana, question(vec![ana.me().await, ben.me().await], Voices::Hidden)).await;
    shows(ben, "that he may speak", |card| card.may_speak).await;
    let speaks = |words: &str| Request::GiveVoice {
        decision,
        said: Some(says(Stance::Against, words)),
    };
    let wrote = |words: &'static str| {
        move |card: &DecisionCard| card.mine.as_ref().and_then(|said| said.words.as_deref()) == Some(words)
    };
    ben.ask(speaks("Tuesdays I sing.")).await;
    shows(&laptop, "what Ben said at home", wrote("Tuesdays I sing.")).await;
    laptop.ask(speaks("Tuesdays I rest.")).await;
    shows(ben, "what Ben said on the way", wrote("Tuesdays I rest.")).await;
    assert!(
        shows(ana, "that Ben was heard", |card| !card.heard.is_empty())
            .await
            .said
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_voice_is_changed_taken_back_and_a_question_too() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let decision = asks(ana, question(vec![ben.me().await], Voices::Open)).await;
    shows(ben, "the question", |card| card.needs_me).await;
    ben.ask(Request::GiveVoice {
        decision,
        said: Some(says(Stance::For, "Yes!")),
    })
    .await;
    shows(ana, "a yes", |card| !card.said.is_empty()).await;
    ben.ask(Request::GiveVoice { decision, said: None }).await;
    shows(ana, "that Ben thinks again", |card| {
        card.said.is_empty() && card.heard.is_empty()
    })
    .await;
    let wrong = Said {
        ranking: vec![0],
        ..Said::default()
    };
    assert_eq!(
        ben.is_refused(Request::GiveVoice {
            decision,
            said: Some(wrong)
        })
        .await
        .code,
        "bad_voice"
    );

    ana.ask(Request::WithdrawDecision { decision }).await;
    let card = shows(ben, "that it was taken back", |card| {
        card.progress == DecisionProgress::Withdrawn
    })
    .await;
    assert!(!card.needs_me && card.awaited.is_empty() && card.earliest.is_none());
    let voice = Request::GiveVoice {
        decision,
        said: Some(says(Stance::For, "Still?")),
    };
    assert_eq!(ben.is_refused(voice).await.code, "decision_withdrawn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_begun_is_there_after_a_restart_and_goes_when_it_was_said() {
    let mut kitchen = Kitchen::open().await;
    let decision = asks(&kitchen.ben, question(vec![kitchen.ana.me().await], Voices::Open)).await;
    let ana = &mut kitchen.ana;
    shows(ana, "the question", |card| card.needs_me).await;
    let mut draft = DecisionDraft {
        question: Some(question(Vec::new(), Voices::Hidden)),
        ..DecisionDraft::default()
    };
    draft.voices.insert(decision, says(Stance::Abstain, "I am not su"));
    ana.ask(Request::SaveDecisionDraft {
        draft: Box::new(draft.clone()),
    })
    .await;
    ana.restarts().await;
    let kept = ana.ask(Request::DecisionDraft).await;
    assert_eq!(kept, Response::DecisionDraft(Box::new(draft.clone())));

    ana.ask(Request::GiveVoice {
        decision,
        said: Some(says(Stance::Abstain, "I am not sure.")),
    })
    .await;
    asks(ana, question(vec![ana.me().await], Voices::Hidden)).await;

    let kept = ana.ask(Request::DecisionDraft).await;
    assert_eq!(kept, Response::DecisionDraft(Box::default()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn admins_say_how_long_everyone_has_and_nobody_else_does() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let rules = |hours| Request::SaveDecisionRules {
        working_hours: 4,
        hours,
    };
    assert_eq!(ben.is_refused(rules(24)).await.code, "not_admin");
    assert_eq!(ana.is_refused(rules(0)).await.code, "bad_decision_hours");
    ana.ask(rules(24)).await;
    asks(ana, question(vec![ben.me().await], Voices::Open)).await;
    let card = shows(ben, "the question", |card| card.needs_me).await;
    let rules = page(ben).await;
    assert_eq!((rules.working_hours, rules.hours), (4, 24));
    // Four hours of Ben's Tuesday are over at one, and a day at five.
    assert_eq!(card.earliest, Some("2026-11-24T15:00:00Z".parse().unwrap()));
}
