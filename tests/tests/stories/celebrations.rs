//! A year's turn: a birthday and an anniversary as those hear of them who are to, and as nobody else does.

use samovar_core::api::{CelebrationCard, Celebrations, Request, Response, Today};
use samovar_domain::kinds::{Celebrated, Celebration, DayOfYear, LeapChoice};
use samovar_testkit::{Desktop, PATIENCE};

use crate::given::{Kitchen, page_of};

async fn celebrations(of: &Desktop) -> Celebrations {
    match of.ask(Request::Celebrations).await {
        Response::Celebrations(celebrations) => *celebrations,
        other => panic!("expected celebrations, not {other:?}"),
    }
}

async fn wants(who: &Desktop, celebration: Celebration) {
    who.ask(Request::SaveCelebration { celebration }).await;
    who.has_sent_everything().await;
}

async fn coordinates(admin: &Desktop, coordinators: &[&Desktop], lead_days: u32) {
    let mut ids = Vec::new();
    for coordinator in coordinators {
        ids.push(coordinator.me().await);
    }
    let rules = Request::SaveCelebrationRules {
        coordinators: ids,
        lead_days,
    };
    admin.ask(rules).await;
    admin.has_sent_everything().await;
}

fn born(month: u32, day: u32) -> Celebration {
    Celebration {
        birthday: Some(DayOfYear { month, day }),
        tell_team: true,
        ..Celebration::default()
    }
}

/// How often somebody was told of a celebration so far, by what was said.
fn told(desktop: &Desktop) -> Vec<String> {
    let shown = desktop.notifier.shown().into_iter().map(|shown| shown.title);
    shown
        .filter(|title| title.contains("birthday") || title.contains("in the team"))
        .collect()
}

/// Everything that was to be told to somebody until now was: they hear of what is shared now.
async fn is_told_all(desktop: &Desktop, by: &Desktop, words: &str) {
    by.shares(words).await;
    desktop.notifier.hears(words).await;
}

async fn sees_ahead(desktop: &Desktop, days_left: i64) -> CelebrationCard {
    let is_there = |today: &Today| {
        let ahead = &today.celebrations.ahead;
        ahead.first().is_some_and(|card| card.days_left == days_left)
    };
    let today = desktop.sees(&format!("a day in {days_left} days"), is_there).await;
    today.celebrations.ahead[0].clone()
}

async fn sees_today(desktop: &Desktop) -> CelebrationCard {
    let today = desktop
        .sees("a celebration", |today| !today.celebrations.today.is_empty())
        .await;
    today.celebrations.today[0].clone()
}

async fn sees_nothing(desktop: &Desktop) {
    let is_quiet = |today: &Today| today.celebrations.ahead.is_empty() && today.celebrations.today.is_empty();
    desktop.sees("nothing to celebrate", is_quiet).await;
}

struct Year {
    kitchen: Kitchen,
    cleo: Desktop,
}

impl Year {
    /// Ana, whose zone is the team's, coordinates; Ben says what he wants; Cleo is in the team.
    async fn begins(wish: Celebration) -> Self {
        let kitchen = Kitchen::open().await;
        let cleo = Desktop::new("Cleo", "Asia/Shanghai", &kitchen.clock).await;
        cleo.join(&kitchen.ana.invite().await).await;
        crate::given::hears_at_any_hour(&cleo).await;
        coordinates(&kitchen.ana, &[&kitchen.ana], 10).await;
        wants(&kitchen.ben, wish).await;
        Self { kitchen, cleo }
    }

    async fn comes(&self, at: &str) {
        self.kitchen.clock.set(at);
        self.kitchen.endpoint.tends().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_turns_with_a_birthday_and_an_anniversary() {
    let year = Year::begins(Celebration {
        joined_on: Some("2024-06-01".parse().unwrap()),
        ..born(12, 10)
    })
    .await;
    let (ana, ben, cleo) = (&year.kitchen.ana, &year.kitchen.ben, &year.cleo);

    // The night of the last Sunday of November begins the ten days; Ana is told when she is at work.
    year.comes("2026-11-30T04:59:00Z").await;
    sees_nothing(ana).await;
    year.comes("2026-11-30T05:00:00Z").await;
    let card = sees_ahead(ana, 10).await;
    assert_eq!(
        (card.person.name.as_str(), card.celebrated),
        ("Ben", Celebrated::Birthday)
    );
    assert!(card.post_may_arrive && celebrations(ana).await.is_coordinator);
    assert!(told(ana).is_empty(), "it is midnight");
    year.comes("2026-11-30T14:00:00Z").await;
    let heard = ana.notifier.hears("Ben has a birthday in 10 days").await;
    assert_eq!(
        heard.body,
        "Only coordinators hear of it this early. Post takes a while."
    );
    for day in 1..=9 {
        year.comes(&format!("2026-12-{day:02}T15:00:00Z")).await;
    }
    assert!(!sees_ahead(ana, 1).await.post_may_arrive);
    is_told_all(ana, ben, "One more sleep.").await;
    assert_eq!(told(ana).len(), 1, "once, whatever happens in between");
    is_told_all(cleo, ben, "Just one.").await;
    is_told_all(ben, cleo, "Good night.").await;
    assert!(told(ben).is_empty() && told(cleo).is_empty());
    sees_nothing(ben).await;
    sees_nothing(cleo).await;

    // The day itself, which begins at one in the afternoon in Shanghai.
    year.comes("2026-12-10T05:00:00Z").await;
    let card = sees_today(cleo).await;
    assert_eq!(
        (card.person.name.as_str(), card.days_left, card.is_me),
        ("Ben", 0, false)
    );
    assert!(sees_today(ben).await.is_me);
    cleo.notifier.hears("Ben has a birthday today").await;
    year.comes("2026-12-10T14:00:00Z").await;
    ana.notifier.hears("Ben has a birthday today").await;
    assert!(celebrations(ana).await.ahead.is_empty(), "what all know is no plan");
    // Two days later nothing is left of it.
    year.comes("2026-12-13T00:00:00Z").await;
    for one in [ana, ben, cleo] {
        sees_nothing(one).await;
    }
    let left = page_of(&year.kitchen.endpoint, cleo).await.items;
    let is_notice = |item: &&samovar_domain::Item| item.kind == "celebration_notice";
    assert!(left.iter().filter(is_notice).all(|item| item.body.is_none()));

    // Summer: three years in the team, on a Tuesday.
    year.comes("2027-05-24T14:00:00Z").await;
    assert_eq!(
        sees_ahead(ana, 8).await.celebrated,
        Celebrated::Anniversary { years: 3 },
        "the endpoint was off for two days"
    );
    year.comes("2027-06-01T14:00:00Z").await;
    assert_eq!(sees_today(cleo).await.celebrated, Celebrated::Anniversary { years: 3 });
    ana.notifier.hears("Ben has been in the team for 3 years today").await;

    // And the year is round: it is told anew, once to each.
    year.comes("2027-11-30T14:00:00Z").await;
    sees_ahead(ana, 10).await;
    year.comes("2027-12-10T14:00:00Z").await;
    sees_today(cleo).await;
    ana.notifier.hears_again("birthday today", 2).await;
    is_told_all(ana, ben, "Two years in a row!").await;
    let birthdays = |titles: Vec<String>| titles.iter().filter(|title| title.contains("birthday today")).count();
    assert_eq!(birthdays(told(ana)), 2);
    is_told_all(ben, cleo, "Cheers!").await;
    assert!(told(ben).is_empty(), "one's own days are no news");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_coordinator_who_was_off_until_the_day_hears_of_it_once() {
    let year = Year::begins(born(12, 10)).await;
    let (ana, ben) = (&year.kitchen.ana, &year.kitchen.ben);
    // The days ahead begin at midnight in Lima. Before Ana is at work, her line breaks, for as long as they last.
    year.comes("2026-11-30T05:00:00Z").await;
    sees_ahead(ana, 10).await;
    year.kitchen.wire.unplug();
    ana.is_offline().await;
    year.comes("2026-12-10T15:00:00Z").await;
    ana.notifier.hears("Ben has a birthday today").await;
    year.kitchen.ana_is_back().await;
    sees_today(ana).await;
    is_told_all(ana, ben, "Cake for everyone!").await;
    // The night brings what else was due.
    year.comes("2026-12-11T15:00:00Z").await;
    is_told_all(ana, ben, "It was good.").await;
    assert_eq!(told(ana), ["Ben has a birthday today"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_of_mind_takes_it_back_everywhere() {
    // Wednesday, 25 November.
    let year = Year::begins(born(11, 25)).await;
    let (ana, ben, cleo) = (&year.kitchen.ana, &year.kitchen.ben, &year.cleo);
    sees_ahead(ana, 2).await;
    ana.notifier.hears("Ben has a birthday in 2 days").await;
    let please_do_not = Celebration {
        please_do_not: true,
        ..born(11, 25)
    };
    wants(ben, please_do_not).await;
    sees_nothing(ana).await;
    year.comes("2026-11-25T15:00:00Z").await;
    is_told_all(cleo, ben, "An ordinary Wednesday.").await;
    sees_nothing(cleo).await;
    // He thinks better of it in the afternoon.
    wants(ben, born(11, 25)).await;
    sees_today(cleo).await;
    ana.notifier.hears("Ben has a birthday today").await;
    // Cleo's day is over: she hears of it on the next morning, and in the right words.
    year.comes("2026-11-26T01:00:00Z").await;
    cleo.notifier.hears("Ben had a birthday yesterday").await;
    assert_eq!(sees_today(cleo).await.days_left, -1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn coordinators_hear_what_concerns_others_and_only_while_they_are() {
    let year = Year::begins(born(11, 27)).await;
    let (ana, ben, cleo) = (&year.kitchen.ana, &year.kitchen.ben, &year.cleo);
    sees_ahead(ana, 4).await;
    // Whoever is celebrated may coordinate, and hears of all but that.
    wants(cleo, born(11, 28)).await;
    ana.sees("two days", |today| today.celebrations.ahead.len() == 2).await;
    coordinates(ana, &[ben], 10).await;
    let card = sees_ahead(ben, 5).await;
    assert_eq!(card.person.name, "Cleo");
    assert_eq!(celebrations(ben).await.ahead.len(), 1);
    sees_nothing(ana).await;
    let refused = ben
        .is_refused(Request::SaveCelebrationRules {
            coordinators: vec![],
            lead_days: 3,
        })
        .await;
    assert_eq!(refused.code, "not_admin");
    // What this version does not know of the team stays.
    let named: Vec<_> = page_of(&year.kitchen.endpoint, ana).await.items;
    let team = named.iter().find(|item| item.kind == "team").unwrap();
    assert_eq!(team.body.as_ref().unwrap()["settings"]["celebration_lead_days"], 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_wants_is_read_by_oneself_alone() {
    let wish = Celebration {
        leap: LeapChoice::After,
        ..born(2, 29)
    };
    let year = Year::begins(wish).await;
    let (ana, ben) = (&year.kitchen.ana, &year.kitchen.ben);
    let page = match ben.ask(Request::Celebration).await {
        Response::Celebration(page) => *page,
        other => panic!("expected what Ben wants, not {other:?}"),
    };
    assert_eq!(page.mine, wish);
    assert_eq!(page.next[0].on, "2027-03-01".parse().unwrap());
    assert_eq!(page.coordinators[0].name, "Ana");
    let seen = page_of(&year.kitchen.endpoint, ana).await.items;
    assert!(seen.iter().all(|item| item.kind != "celebration"));
    // Told in years that have the day, too.
    year.comes("2028-02-29T15:00:00Z").await;
    let told = tokio::time::timeout(PATIENCE, sees_today(ana)).await.unwrap();
    assert_eq!(told.on, "2028-02-29".parse().unwrap());
}
