//! What one's desktop tells of decisions, packages and celebrations.

use std::collections::HashMap;

use samovar_domain::kinds::voice_id;
use samovar_domain::notices::{About, Arrival, Hear, NoticeView, notice};
use samovar_domain::reminders::{Daily, PeopleDesk, Settings, State, plan};
use samovar_domain::routing::Quiet;
use samovar_domain::schedule::Schedule;
use samovar_domain::{Audience, Item, ItemId, Kind, Owner, Timestamp};
use serde_json::{Value, json};

use crate::given::{id, item, member, time};

/// Ana's days: Monday to Friday, nine to five in Lima, five hours behind.
fn hours() -> Value {
    json!({"mon": ["09:00-17:00"], "tue": ["09:00-17:00"], "wed": ["09:00-17:00"], "thu": ["09:00-17:00"], "fri": ["09:00-17:00"]})
}

fn ana() -> Item {
    let profile = json!({"name": "Ana", "time_zone": "America/Lima", "hours": hours()});
    Item {
        id: member("Ana").into(),
        ..item("", Kind::MEMBER, "Ana", "2026-11-01T00:00:00Z", profile)
    }
}

fn told(items: &[Item], now: &str) -> Vec<(String, Timestamp)> {
    let now = time(now);
    let desk = PeopleDesk::of(items, member("Ana"), now);
    let zone = "America/Lima".parse().unwrap();
    let quiet = Quiet {
        schedule: Schedule::new(zone, serde_json::from_value(hours()).unwrap(), &[], &[]),
        ..Quiet::default()
    };
    let state = State {
        me: member("Ana"),
        gatherings: &[],
        answers: &HashMap::new(),
        held_since: None,
        pairs: None,
        people: Some(&desk),
        daily: Daily::default(),
        snoozed: &[],
        quiet: &quiet,
    };
    let plan = plan(state, Settings { gatherings: true }, now);
    plan.into_iter().map(|reminder| (reminder.key, reminder.at)).collect()
}

fn decision(involved: &[&str]) -> Item {
    let involved: Vec<_> = involved.iter().map(|name| member(name)).collect();
    let body = json!({"question": "Lisbon?", "how": {"style": "words"}, "involved": involved});
    item("decision", Kind::DECISION, "Ben", "2026-11-20T15:00:00Z", body)
}

#[test]
fn a_decision_reminds_those_it_waits_for_in_their_hours() {
    let items = [ana(), decision(&["Ana", "Cleo"])];
    let key = |name: &str| format!("decision-{name}:{}", id("decision"));
    // Asked on Friday at ten in Lima. It may be closed on Monday at ten, when 72 hours and eight of hers are over.
    assert_eq!(
        told(&items, "2026-11-20T15:00:00Z"),
        [
            (key("asked"), time("2026-11-20T15:00:00Z")),
            (key("half"), time("2026-11-23T14:00:00Z"))
        ]
    );
    // Who comes back late hears it once.
    assert_eq!(
        told(&items, "2026-11-23T14:30:00Z"),
        [(key("half"), time("2026-11-23T14:00:00Z"))]
    );
    let voice = json!({"decision": id("decision"), "said": {"words": "Yes"}});
    let voice = Item {
        id: voice_id(member("Ana"), id("decision")),
        ..item("voice", Kind::VOICE, "Ana", "2026-11-20T16:00:00Z", voice)
    };
    assert_eq!(told(&[ana(), decision(&["Ana"]), voice], "2026-11-20T17:00:00Z"), []);
    assert_eq!(told(&[ana(), decision(&["Cleo"])], "2026-11-20T17:00:00Z"), []);
    let mut withdrawn = decision(&["Ana"]);
    withdrawn.body.as_mut().unwrap()["withdrawn"] = json!(true);
    assert_eq!(told(&[ana(), withdrawn], "2026-11-20T17:00:00Z"), []);
}

#[test]
fn a_package_asks_until_it_is_answered_loudly_or_quietly() {
    let body = json!({"to": member("Ana"), "words": "Something for your birthday"});
    let package = Item {
        audience: Audience::Only(vec![member("Ana")]),
        ..item("package", Kind::PACKAGE, "Ben", "2026-11-21T12:00:00Z", body)
    };
    let asks = [(format!("package:{}", id("package")), time("2026-11-23T14:00:00Z"))];
    assert_eq!(
        told(&[ana(), package.clone()], "2026-11-21T13:00:00Z"),
        asks,
        "on Monday morning"
    );
    assert_eq!(told(&[ana(), package.clone()], "2026-12-05T12:00:00Z"), [], "lapsed");
    let no = Item {
        audience: Audience::Only(vec![member("Ana")]),
        ..item(
            "no",
            Kind::PACKAGE_DECLINED,
            "Ana",
            "2026-11-21T14:00:00Z",
            json!({"package": id("package")}),
        )
    };
    assert_eq!(told(&[ana(), package, no], "2026-11-21T15:00:00Z"), []);
}

#[test]
fn a_celebration_is_told_to_those_who_hear_of_it_and_not_after_the_day() {
    let notice = |whose: &str| {
        let body = json!({"member": member(whose), "what": "birthday", "on": "2026-12-03", "ahead": true});
        Item {
            owner: Owner::Team,
            audience: Audience::Only(vec![member("Ana")]),
            ..item("notice", Kind::CELEBRATION_NOTICE, "", "2026-11-22T00:00:00Z", body)
        }
    };
    let key = format!("celebration:{}", id("notice"));
    assert_eq!(
        told(&[ana(), notice("Ben")], "2026-11-22T00:00:00Z"),
        [(key, time("2026-11-23T14:00:00Z"))]
    );
    assert_eq!(
        told(&[ana(), notice("Ben")], "2026-12-04T05:00:00Z"),
        [],
        "the day is over in Lima"
    );
    assert_eq!(
        told(&[ana(), notice("Ana")], "2026-11-22T00:00:00Z"),
        [],
        "one's own is no news"
    );
}

#[test]
fn the_day_itself_is_told_in_one_s_hours_also_where_it_is_over_by_then() {
    let body = json!({"member": member("Ben"), "what": "birthday", "on": "2026-12-03"});
    let notice = |known_at: &str| Item {
        owner: Owner::Team,
        ..item("notice", Kind::CELEBRATION_NOTICE, "", known_at, body.clone())
    };
    let key = format!("celebration:{}", id("notice"));
    // The team is in Auckland, where the third begins at six in the morning of the second in Lima.
    let early = "2026-12-02T11:00:00Z";
    assert_eq!(
        told(&[ana(), notice(early)], early),
        [(key.clone(), time("2026-12-02T14:00:00Z"))]
    );
    // The team is in Honolulu, where the third begins at five in the morning.
    let later = "2026-12-03T10:00:00Z";
    assert_eq!(
        told(&[ana(), notice(later)], later),
        [(key.clone(), time("2026-12-03T14:00:00Z"))]
    );
    // Ben has said so in the evening.
    let evening = "2026-12-03T23:00:00Z";
    assert_eq!(
        told(&[ana(), notice(evening)], evening),
        [(key, time("2026-12-04T14:00:00Z"))]
    );
    assert_eq!(told(&[ana(), notice(evening)], "2026-12-04T23:00:00Z"), []);
    // A coordinator hears of it once, when both are here.
    let mut plan = Item {
        id: id("plan"),
        audience: Audience::Only(vec![member("Ana")]),
        ..notice(early)
    };
    plan.body.as_mut().unwrap()["ahead"] = json!(true);
    let once = told(&[ana(), notice(early), plan.clone()], early);
    assert_eq!(
        once,
        [(format!("celebration:{}", id("notice")), time("2026-12-02T14:00:00Z"))]
    );
    plan.body.as_mut().unwrap()["on"] = json!("2026-12-04");
    assert_eq!(told(&[ana(), notice(early), plan], early).len(), 2);
}

struct Here(Vec<Item>);

impl NoticeView for Here {
    fn item(&self, id: ItemId) -> Option<Item> {
        self.0.iter().find(|item| item.id == id).cloned()
    }
}

fn hears(arrived: &Item, here: Vec<Item>) -> Option<About> {
    let arrival = Arrival {
        now: time("2026-11-23T12:30:00Z"),
        is_new: true,
        is_first_sync: false,
    };
    notice(arrived, member("Ana"), &Here(here), Hear::default(), arrival).map(|notice| notice.about)
}

const ARRIVED: &str = "2026-11-23T12:00:00Z";

#[test]
fn what_came_of_things_is_told_to_those_it_concerns() {
    let of_team = |kind: &str, body: Value| Item {
        owner: Owner::Team,
        ..item("it", kind, "", ARRIVED, body)
    };
    let outcome = of_team(
        Kind::OUTCOME,
        json!({"decision": id("decision"), "words": "We go to Lisbon", "closed_at": ARRIVED, "voices": []}),
    );
    let told = hears(&outcome, vec![decision(&["Ana"])]).unwrap();
    assert!(matches!(told, About::DecisionClosed { from, .. } if from == member("Ben")));
    let mine = Item {
        owner: Owner::Member(member("Ana")),
        ..decision(&["Ben"])
    };
    assert_eq!(hears(&outcome, vec![mine]), None, "I have closed it myself");
    let card = |to: &str| {
        of_team(
            Kind::HANDED_CARD,
            json!({"to": member(to), "from": member("Ben"), "title": "Fare well"}),
        )
    };
    assert!(matches!(hears(&card("Ana"), vec![]), Some(About::CardForMe { .. })));
    assert_eq!(hears(&card("Cleo"), vec![]), None);
    let begun = |to: &str| {
        item(
            "it",
            Kind::GROUP_CARD,
            "Ben",
            ARRIVED,
            json!({"to": member(to), "title": "Fare well"}),
        )
    };
    assert!(matches!(hears(&begun("Cleo"), vec![]), Some(About::GroupCard { .. })));
    assert_eq!(hears(&begun("Ana"), vec![]), None, "even if it came astray");
    let package = item(
        "package",
        Kind::PACKAGE,
        "Ana",
        ARRIVED,
        json!({"to": member("Ben"), "words": "Tea"}),
    );
    let agreed = item(
        "it",
        Kind::PACKAGE_CONSENT,
        "Ben",
        ARRIVED,
        json!({"package": id("package"), "sealed": []}),
    );
    assert!(matches!(
        hears(&agreed, vec![package.clone()]),
        Some(About::PackageAgreed { .. })
    ));
    let received = item(
        "it",
        Kind::PACKAGE_RECEIVED,
        "Ben",
        ARRIVED,
        json!({"package": id("package")}),
    );
    assert!(matches!(
        hears(&received, vec![package]),
        Some(About::PackageReceived { .. })
    ));
}

#[test]
fn kudos_that_were_hidden_are_there_anew_and_no_news() {
    let mut kudos = json!({"to": [member("Ana")], "reason": "for the night with the printer"});
    assert!(hears(&item("it", Kind::KUDOS, "Ben", ARRIVED, kudos.clone()), vec![]).is_some());
    kudos["instead_of"] = json!(id("public"));
    assert_eq!(hears(&item("it", Kind::KUDOS, "Ben", ARRIVED, kudos), vec![]), None);
}
