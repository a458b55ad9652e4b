//! Gatherings and pair calls as people live them: what they are told, when, and what they answer.

use std::time::Duration;

use samovar_core::api::{
    Effect, GatheringEntry, Gatherings, ISpyCard, NotificationAction, PairProgress, PairingCard, PauseEnd, Request,
    Response, SettingsChange, View,
};
use samovar_core::notifier::Notification;
use samovar_domain::kinds::{Activity, Answer, PairOptIn, Series, Slot, Weekday};
use samovar_domain::{Clock as _, Kind};
use samovar_testkit::{Desktop, Endpoint, FakeClock, PATIENCE};

use crate::given::{hears_at_any_hour, page_of};
use crate::main_job::ana_and_ben;

const LINK: &str = "https://meet.example.org/tea";

/// Has a weekly call planned by Ana, an hour long, and seen by all.
async fn plans(ana: &Desktop, others: &[&Desktop], weekday: Weekday, time: &str) {
    let plan = Series {
        link: Some(LINK.to_owned()),
        ..Series::weekly(Activity::Teatime, "Teatime", Slot::new(weekday, time, "UTC"), 60)
    };
    ana.ask(Request::SaveSeries {
        series: None,
        plan: plan.into(),
    })
    .await;
    for desktop in others.iter().chain([&ana]) {
        desktop.sees("the teatime", |today| today.gathering.is_some()).await;
    }
}

async fn page(desktop: &Desktop) -> Gatherings {
    match desktop.ask(Request::Gatherings).await {
        Response::Gatherings(page) => *page,
        other => panic!("expected the Gatherings page, not {other:?}"),
    }
}

/// Waits until the Gatherings page is as wanted.
async fn shows(desktop: &Desktop, what: &str, is_so: impl Fn(&Gatherings) -> bool) -> Gatherings {
    let mut changes = desktop.core.changes();
    let shows = async {
        loop {
            let page = page(desktop).await;
            if is_so(&page) {
                return page;
            }
            let _ = changes.recv().await;
        }
    };
    let Ok(page) = tokio::time::timeout(PATIENCE, shows).await else {
        panic!("the page does not show {what}: {:#?}", page(desktop).await)
    };
    page
}

async fn next(desktop: &Desktop) -> GatheringEntry {
    page(desktop).await.gatherings.swap_remove(0)
}

async fn answers(desktop: &Desktop, answer: Answer) {
    let gathering = next(desktop).await.id;
    desktop.ask(Request::Answer { gathering, answer }).await;
}

fn buttons(told: &Notification) -> Vec<NotificationAction> {
    told.actions.iter().map(|(action, _)| *action).collect()
}

fn of_tea(desktop: &Desktop) -> Vec<String> {
    let shown = desktop.notifier.shown().into_iter();
    shown
        .filter(|told| told.title.contains("Teatime") || told.body.contains("Teatime"))
        .map(|told| told.title)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_is_led_through_it_who_may_come_hears_once_and_who_does_not_is_left_alone() {
    let (clock, _endpoint, ana, ben) = ana_and_ben().await;
    let cleo = Desktop::new("Cleo", "Europe/Berlin", &clock).await;
    cleo.join(&ana.invite().await).await;
    hears_at_any_hour(&cleo).await;
    plans(&ana, &[&ben, &cleo], Weekday::Mon, "15:30").await;
    answers(&ana, Answer::Yes).await;
    answers(&ben, Answer::Maybe).await;
    answers(&cleo, Answer::No).await;

    clock.advance(Duration::from_mins(20));
    let soon = ana.notifier.hears("Teatime in 10 minutes").await;
    assert!(buttons(&soon).contains(&NotificationAction::Join));
    assert!(!soon.is_quiet, "{soon:?}");
    let whisper = ben.notifier.hears("Teatime in 10 minutes").await;
    assert!(whisper.is_quiet && !whisper.is_timely, "{whisper:?}");

    clock.advance(Duration::from_mins(10));
    let begins = ana.notifier.hears("Teatime begins").await;
    let effect = Request::NotificationPressed {
        key: begins.key,
        action: NotificationAction::Join,
    };
    let Response::Effect { effect } = ana.ask(effect).await else {
        panic!("joining opens something");
    };
    assert_eq!(effect, Effect::OpenLink { link: LINK.to_owned() });

    clock.advance(Duration::from_mins(55));
    let ends = ana.notifier.hears("Five minutes left").await;
    assert!(ends.is_quiet, "{ends:?}");
    assert!(
        !buttons(&ends).contains(&NotificationAction::Join),
        "she is there already"
    );
    // By then the others have passed all of its instants as well.
    for desktop in [&ben, &cleo] {
        ana.shares("That was good tea.").await;
        desktop.notifier.hears("That was good tea.").await;
    }
    assert_eq!(of_tea(&ben), ["Teatime in 10 minutes"]);
    assert!(of_tea(&cleo).is_empty(), "{:?}", of_tea(&cleo));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_lima_it_is_eleven_at_night_and_the_camera_is_optional() {
    let (clock, _endpoint, ana, ben) = ana_and_ben().await;
    plans(&ana, &[&ben], Weekday::Tue, "04:00").await;
    answers(&ana, Answer::Yes).await;
    let card = next(&ana).await;
    assert!(card.is_camera_optional);
    shows(&ben, "that Ana comes", |page| {
        page.gatherings[0]
            .camera_optional
            .iter()
            .any(|optional| optional.person.name == "Ana" && optional.local_time == "23:00")
    })
    .await;

    clock.set("2026-11-24T03:50:00Z");

    let soon = ana.notifier.hears("Teatime in 10 minutes").await;
    assert!(soon.body.contains("Camera optional"), "{soon:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_called_off_calls_nobody_and_can_be_called_on_again() {
    let (clock, _endpoint, ana, ben) = ana_and_ben().await;
    plans(&ana, &[&ben], Weekday::Mon, "15:30").await;
    clock.advance(Duration::from_mins(20));
    let soon = ben.notifier.hears("Teatime in 10 minutes").await;
    let gathering = next(&ana).await.id;
    let refused = ben.is_refused(Request::CancelGathering { gathering, off: true }).await;
    assert_eq!(refused.code, "not_admin");

    ana.ask(Request::CancelGathering { gathering, off: true }).await;

    ben.notifier.withdraws(&soon.key).await;
    let page = shows(&ben, "that it is off", |page| page.gatherings[0].is_cancelled).await;
    assert_eq!(page.gatherings[0].title, "Teatime");
    let next_week = ben.today().await.gathering.map(|card| card.id);
    assert_ne!(
        next_week,
        Some(gathering),
        "Today tells of the next one that takes place"
    );
    ana.ask(Request::CancelGathering { gathering, off: false }).await;
    shows(&ben, "that it is on", |page| !page.gatherings[0].is_cancelled).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_series_that_moves_or_goes_leaves_nothing_behind_on_the_page() {
    let (_clock, _endpoint, ana, ben) = ana_and_ben().await;
    plans(&ana, &[&ben], Weekday::Mon, "15:30").await;
    let page = shows(&ben, "the series", |page| !page.series.is_empty()).await;
    let (series, mut plan) = (page.series[0].id, page.series[0].plan.clone());
    plan.weekday = Weekday::Tue;
    ana.ask(Request::SaveSeries {
        series: Some(series),
        plan: plan.into(),
    })
    .await;
    let is_tuesday = |entry: &GatheringEntry| Weekday::of(entry.starts_at.utc().date_naive()) == Weekday::Tue;
    shows(&ben, "Tuesdays alone", |page| {
        !page.gatherings.is_empty()
            && page
                .gatherings
                .iter()
                .all(|entry| is_tuesday(entry) && !entry.is_cancelled)
    })
    .await;
    ana.ask(Request::Delete { item: series }).await;
    shows(&ben, "nothing any more", |page| page.gatherings.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_in_a_call_have_one_card_of_i_spy_and_each_marks_their_own() {
    let (_clock, _endpoint, ana, ben) = ana_and_ben().await;
    plans(&ana, &[&ben], Weekday::Mon, "15:30").await;
    let gathering = next(&ana).await.id;
    let card = async |desktop: &Desktop, request| -> ISpyCard {
        match desktop.ask(request).await {
            Response::ISpy(card) => card,
            other => panic!("expected a card, not {other:?}"),
        }
    };
    let of_ana = card(&ana, Request::ISpy { gathering }).await;
    assert_eq!(
        (of_ana.side, of_ana.squares.len()),
        (4, 16),
        "an hour is time for a large one"
    );
    assert_eq!(card(&ben, Request::ISpy { gathering }).await, of_ana);

    let mut marked = of_ana;
    for square in [0, 5, 10, 15] {
        assert!(!marked.has_line);
        let mark = Request::MarkISpy {
            gathering,
            square,
            on: true,
        };
        marked = card(&ana, mark).await;
    }

    assert!(marked.has_line);
    assert_eq!(card(&ana, Request::ISpy { gathering }).await, marked);
    let of_ben = card(&ben, Request::ISpy { gathering }).await;
    assert!(of_ben.squares.iter().all(|square| !square.is_marked));
}

fn weekly() -> PairOptIn {
    PairOptIn {
        every_weeks: 1,
        paused_until: None,
        skip_week: None,
        topics: vec!["Bread".to_owned()],
        not_with: Vec::new(),
    }
}

/// Opts in for every week.
pub(crate) async fn wishes(desktop: &Desktop) {
    desktop.ask(Request::SavePairWish { wish: Some(weekly()) }).await;
    desktop.has_sent_everything().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draw_is_told_ahead_and_skipped_with_one_click() {
    let (clock, endpoint, ana, ben) = ana_and_ben().await;
    wishes(&ana).await;
    wishes(&ben).await;
    let at_the_endpoint = page_of(&endpoint, &ben).await;
    let wishes_seen = at_the_endpoint
        .items
        .iter()
        .filter(|item| item.kind == Kind::PAIR_OPT_IN);
    assert_eq!(wishes_seen.count(), 1, "Ben's own, and nobody else's");

    // Next Monday, nine in Lima: the draw is at ten.
    clock.set("2026-11-30T14:00:00Z");
    let told = ana.notifier.hears("Pairs are drawn today at 10:00").await;
    assert_eq!(buttons(&told), [NotificationAction::SkipWeek, NotificationAction::Open]);
    let (key, action) = (told.key, NotificationAction::SkipWeek);
    ana.ask(Request::NotificationPressed { key, action }).await;

    let page = page(&ana).await;
    assert!(page.pairs.is_skipped && !page.pairs.is_due);
    ana.has_sent_everything().await;
    clock.set("2026-11-30T15:00:00Z");
    endpoint.tends().await;
    let alone = shows(&ben, "that nobody was left", |page| page.pairs.unmatched.is_some()).await;
    assert!(alone.pairs.unmatched.unwrap().contains("nobody left"));
    assert!(alone.pairs.pairing.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draw_that_comes_before_the_digest_is_told_at_once() {
    let (clock, _endpoint, ana, _ben) = ana_and_ben().await;
    wishes(&ana).await;
    has_digests_at(&ana, &["12:00", "16:00"]).await;
    // Monday, nine in Lima: at noon it would be two hours too late.
    clock.set("2026-11-30T14:00:00Z");
    let told = ana.notifier.hears("Pairs are drawn today at 10:00").await;
    assert_eq!(buttons(&told), [NotificationAction::SkipWeek, NotificationAction::Open]);
    clock.set("2026-11-30T15:00:00Z");
    ana.notifier.withdraws(&told.key).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draw_in_a_digest_is_skipped_from_there_as_well() {
    let (clock, _endpoint, ana, _ben) = ana_and_ben().await;
    wishes(&ana).await;
    has_digests_at(&ana, &["09:00", "09:30"]).await;
    clock.set("2026-11-30T13:15:00Z");
    let end = PauseEnd::Minutes(60);
    ana.ask(Request::PauseNotifications { end }).await;
    // She hears nothing until a quarter past nine, and the last digest before the draw comes too late to think.
    clock.set("2026-11-30T14:00:00Z");
    ana.stands("holding it", |status| status.held == 1).await;
    let Response::Held { items } = ana.ask(Request::Waiting).await else {
        panic!("what waits");
    };
    assert_eq!(items[0].week_to_skip.unwrap().to_string(), "2026-11-30");
    clock.set("2026-11-30T14:15:00Z");
    let digest = ana.notifier.hears("Pairs are drawn today at 10:00").await;
    assert_eq!(
        buttons(&digest),
        [NotificationAction::SkipWeek, NotificationAction::Open]
    );
    let (key, action) = (digest.key, NotificationAction::SkipWeek);
    ana.ask(Request::NotificationPressed { key, action }).await;
    assert!(page(&ana).await.pairs.is_skipped);
}

async fn has_digests_at(desktop: &Desktop, times: &[&str]) {
    let change = SettingsChange {
        digest_times: Some(times.iter().map(|time| (*time).to_owned()).collect()),
        ..SettingsChange::default()
    };
    desktop.ask(Request::ChangeSettings { change }).await;
}

/// Ana and Ben are drawn, and both know of it.
async fn drawn() -> (FakeClock, Endpoint, Desktop, Desktop) {
    let (clock, endpoint, ana, ben) = ana_and_ben().await;
    wishes(&ana).await;
    wishes(&ben).await;
    clock.set("2026-11-30T15:00:00Z");
    endpoint.tends().await;
    for desktop in [&ana, &ben] {
        shows(desktop, "the pairing", |page| page.pairs.pairing.is_some()).await;
    }
    (clock, endpoint, ana, ben)
}

async fn pairing(desktop: &Desktop) -> PairingCard {
    page(desktop).await.pairs.pairing.expect("they were drawn")
}

async fn can(desktop: &Desktop, times: &[usize]) {
    let card = pairing(desktop).await;
    let times = times.iter().map(|time| card.times[*time].at).collect();
    let request = Request::AnswerPairing {
        pairing: card.id,
        times: Some(times),
    };
    desktop.ask(request).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_were_drawn_agree_on_a_time_and_are_called_to_it() {
    let (clock, _endpoint, ana, ben) = drawn().await;
    let told = ana.notifier.hears("You meet Ben this week").await;
    assert!(told.body.contains("times suit you all"), "{told:?}");
    let Response::Effect { effect } = ana
        .ask(Request::NotificationPressed {
            key: told.key,
            action: NotificationAction::Open,
        })
        .await
    else {
        panic!("it opens a page");
    };
    assert!(
        matches!(
            effect,
            Effect::Show {
                view: View::Gatherings,
                ..
            }
        ),
        "{effect:?}"
    );
    let card = pairing(&ana).await;
    assert_eq!(card.prompts.len(), 2);
    assert!(card.prompts.iter().all(|prompt| prompt.ends_with('?')), "{card:?}");
    assert!(card.why.unwrap().contains("have not met in a pair call yet"));
    let of_ben = &card.times[0].others[0];
    assert_eq!((of_ben.person.name.as_str(), of_ben.is_chosen), ("Ben", false));

    can(&ana, &[0, 2]).await;
    shows(&ben, "when Ana can", |page| {
        let pairing = page.pairs.pairing.as_ref();
        pairing.is_some_and(|pairing| pairing.times[2].others[0].is_chosen)
    })
    .await;
    can(&ben, &[1, 2]).await;

    let agreed = card.times[2].at;
    let today = ana.sees("the pair call", |today| today.gathering.is_some()).await;
    let call = today.gathering.unwrap();
    assert_eq!((call.title.as_str(), call.starts_at), ("Pair call with Ben", agreed));
    assert_eq!(pairing(&ana).await.progress, PairProgress::Agreed { at: agreed });
    clock.advance(agreed.plus_minutes(-10).since(clock.now()));
    let soon = ana.notifier.hears("Pair call with Ben in 10 minutes").await;
    assert!(buttons(&soon).contains(&NotificationAction::Join));
    ben.notifier.hears("Pair call with Ana in 10 minutes").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_cannot_after_all_says_so_as_for_any_gathering() {
    let (_clock, _endpoint, ana, ben) = drawn().await;
    can(&ana, &[0]).await;
    can(&ben, &[0]).await;
    let agreed = |page: &Gatherings| !page.gatherings.is_empty();
    let gathering = shows(&ben, "the call", agreed).await.gatherings[0].id;
    shows(&ana, "the call", agreed).await;

    let answer = Answer::No;
    ben.ask(Request::Answer { gathering, answer }).await;

    let page = shows(&ana, "that Ben cannot", |page| page.gatherings.is_empty()).await;
    let PairProgress::NotThisWeek { who } = page.pairs.pairing.unwrap().progress else {
        panic!("Ben has said that he cannot");
    };
    assert_eq!(who[0].name, "Ben");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_days_silence_one_of_them_breaks_the_ice() {
    let (clock, _endpoint, ana, ben) = drawn().await;
    assert!(pairing(&ana).await.ice_breaker.is_none());
    // Wednesday noon in both their days.
    clock.set("2026-12-02T14:30:00Z");
    let breaker = pairing(&ana).await.ice_breaker.unwrap();
    let (asked, other) = if breaker.name == "Ana" {
        (&ana, "Ben")
    } else {
        (&ben, "Ana")
    };
    asked
        .notifier
        .hears(&format!("Would you break the ice with {other}?"))
        .await;
}
