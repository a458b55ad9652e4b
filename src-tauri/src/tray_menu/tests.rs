use samovar_core::api::{Language, OptionalCamera, Person, TeamCard, Theme, Waiting};
use samovar_domain::kinds::Activity;
use samovar_domain::{MemberId, TeamId};

use super::*;

fn at(text: &str) -> Timestamp {
    format!("2026-11-23T{text}:00.000Z").parse().unwrap()
}

fn status(now: &str) -> Status {
    Status {
        now: at(now),
        team: Some(TeamCard {
            id: TeamId::derived(&["team"]),
            name: "Tea".to_owned(),
            me: MemberId::derived(&["ana"]),
            my_name: "Ana".to_owned(),
            my_time_zone: "Europe/Oslo".to_owned(),
            on_this_computer: true,
            is_admin: true,
            host: "127.0.0.1".to_owned(),
        }),
        connection: Connection::Online,
        waiting: Waiting::default(),
        refused: Vec::new(),
        focus_until: None,
        paused_until: None,
        held: 0,
        unseen: 0,
        notices: Vec::new(),
        theme: Theme::default(),
        language: Language::default(),
        locale: "en".to_owned(),
    }
}

fn teatime(starts_at: Timestamp) -> GatheringCard {
    GatheringCard {
        id: ItemId::derived(&["teatime"]),
        activity: Activity::Teatime,
        title: "Teatime".to_owned(),
        starts_at,
        ends_at: starts_at.plus_minutes(30),
        link: Some("https://meet.example.org/tea".to_owned()),
        answer: None,
        coming: Vec::new(),
        camera_optional: Vec::new(),
    }
}

fn labels(lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .flat_map(|line| match line {
            Line::Item { label, .. } => vec![label.clone()],
            Line::More { label, lines } => std::iter::once(label.clone())
                .chain(labels(lines).iter().map(|label| format!("  {label}")))
                .collect(),
            Line::Separator => vec!["—".to_owned()],
        })
        .collect()
}

#[test]
fn the_whole_menu_reads_as_planned() {
    let words = Words::for_locale("en");
    let status = Status {
        focus_until: Some(at("14:30")),
        ..status("13:42")
    };
    let model = model(&words, Some(&status), Some(&teatime(at("14:00"))));
    let expected = [
        "Share a snapshot…",
        "Give kudos…",
        "Focus",
        "  25 minutes",
        "  50 minutes",
        "  90 minutes",
        "  120 minutes",
        "  Until…",
        "  End focus (48 min left)",
        "—",
        "Teatime in 18 min",
        "Join",
        "—",
        "Open Samovar",
        "Pause notifications",
        "  30 minutes",
        "  1 hour",
        "  2 hours",
        "  Until tomorrow",
        "Settings…",
        "—",
        "Quit",
    ];
    assert_eq!(labels(&model.lines), expected);
    assert_eq!(model.icon, Icon::Focus);
    assert_eq!(model.tooltip, "Samovar: focus until 15:30", "in the person's own zone");
    assert_eq!(model.stale_at, Some(at("13:43")));
}

fn enabled(lines: &[Line], found: &mut Vec<String>) {
    for line in lines {
        match line {
            Line::Item {
                id, is_enabled: true, ..
            } => found.push(id.clone()),
            Line::More { lines, .. } => enabled(lines, found),
            _ => {}
        }
    }
}

#[test]
fn before_there_is_a_team_only_opening_and_quitting_can_be_chosen() {
    let words = Words::for_locale("en");
    let mut found = Vec::new();
    enabled(&model(&words, None, None).lines, &mut found);
    assert_eq!(found, ["open", "settings", "quit"]);
}

#[test]
fn an_idle_tray_never_wakes_by_itself() {
    let words = Words::for_locale("en");
    assert_eq!(model(&words, Some(&status("13:42")), None).stale_at, None);
    let tomorrow = model(&words, Some(&status("13:42")), Some(&teatime(at("20:00"))));
    assert_eq!(tomorrow.stale_at, Some(at("19:00")), "when its minutes begin to count");
}

#[test]
fn a_gathering_is_told_by_how_near_it_is() {
    let words = Words::for_locale("en");
    let check = |starts_at: Timestamp, expected: &str| {
        let (label, _) = gathering_label(&words, at("13:42"), Tz::Europe__Oslo, &teatime(starts_at));
        assert_eq!(label, expected);
    };
    check(at("13:40"), "Teatime is on");
    check(at("13:43"), "Teatime in 1 min");
    check(at("14:42"), "Teatime in 60 min");
    check(at("14:43"), "Teatime at 15:43");
    check(at("23:30"), "Teatime, Tue 00:30");
}

#[test]
fn the_way_in_says_that_the_camera_is_optional_to_those_for_whom_it_is() {
    let words = Words::for_locale("en");
    let of = |who: &str| {
        let person = Person {
            id: MemberId::derived(&[who]),
            name: who.to_owned(),
            time_zone: "Europe/Oslo".to_owned(),
            photo: None,
        };
        let optional = OptionalCamera {
            person,
            local_time: "20:00".to_owned(),
        };
        let gathering = GatheringCard {
            camera_optional: vec![optional],
            ..teatime(at("19:00"))
        };
        labels(&model(&words, Some(&status("13:42")), Some(&gathering)).lines)
    };
    assert!(of("ana").contains(&"Join (camera optional)".to_owned()));
    assert!(of("ben").contains(&"Join".to_owned()));
}

#[test]
fn what_waits_shows_on_the_icon() {
    let icon_of = |status: Status| icon(Some(&status), false);
    assert_eq!(icon_of(status("12:00")), Icon::Idle);
    assert_eq!(
        icon_of(Status {
            unseen: 1,
            ..status("12:00")
        }),
        Icon::Waiting
    );
    assert_eq!(
        icon_of(Status {
            held: 1,
            ..status("12:00")
        }),
        Icon::Waiting
    );
    let sending = Status {
        waiting: Waiting { ops: 1, photos: 0 },
        ..status("12:00")
    };
    assert_eq!(icon_of(sending.clone()), Icon::Idle, "what is on its way does not wait");
    let connection = Connection::Offline {
        since: at("11:00"),
        retry_at: at("12:01"),
        code: "unreachable".to_owned(),
    };
    let stuck = Status { connection, ..sending };
    assert_eq!(icon_of(stuck.clone()), Icon::Waiting);
    assert_eq!(icon(Some(&stuck), true), Icon::FocusWaiting);
    let news = Status {
        held: 1,
        ..status("12:00")
    };
    assert_eq!(icon(Some(&news), true), Icon::Focus, "news from others can wait");
}

#[test]
fn every_line_means_something() {
    let gathering = ItemId::derived(&["teatime"]);
    for choice in [
        Choice::Share,
        Choice::Kudos,
        Choice::FocusMinutes(25),
        Choice::FocusUntil,
        Choice::FocusEnd,
        Choice::Join(gathering),
        Choice::Open,
        Choice::PauseMinutes(120),
        Choice::PauseTomorrow,
        Choice::PauseEnd,
        Choice::Settings,
        Choice::Quit,
    ] {
        assert_eq!(Choice::of(&choice.id()), Some(choice));
    }
    assert_eq!(Choice::of("gathering"), None);
}
