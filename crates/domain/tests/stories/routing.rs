//! Where a notification goes.

use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::Timestamp;
use samovar_domain::hours::Hours;
use samovar_domain::kinds::Away;
use samovar_domain::routing::{Importance, Quiet, QuietEnd, Route, route};
use samovar_domain::schedule::Schedule;

use crate::given::{instants, time, weeks, zones};

const NOON: &str = "2026-11-23T12:00:00Z"; // a Monday

fn quiet() -> Quiet {
    Quiet {
        schedule: Schedule::new(Tz::UTC, Hours::office(), &[], &[]),
        ..Quiet::default()
    }
}

fn tea(answered_yes: bool) -> Importance {
    Importance::Gathering {
        answered_yes,
        useless_after: time("2026-11-23T12:15:00Z"),
    }
}

fn held(until: &str) -> Route {
    Route::Hold {
        until: Some(time(until)),
    }
}

#[test]
fn when_nothing_is_on_everything_is_shown() {
    for what in [Importance::News, tea(false), tea(true), Importance::Digest] {
        assert_eq!(route(time(NOON), &quiet(), what), Route::Show);
    }
}

#[test]
fn a_focus_holds_all_but_a_gathering_one_has_said_yes_to() {
    let focus = Quiet {
        focus_until: Some(time("2026-11-23T12:30:00Z")),
        ..quiet()
    };
    let at = |what| route(time(NOON), &focus, what);
    assert_eq!(at(Importance::News), held("2026-11-23T12:30:00Z"));
    assert_eq!(at(Importance::Digest), held("2026-11-23T12:30:00Z"));
    assert_eq!(at(tea(false)), held("2026-11-23T12:30:00Z"));
    assert_eq!(at(tea(true)), Route::Show);
    assert_eq!(
        route(time("2026-11-23T12:30:00Z"), &focus, Importance::News),
        Route::Show,
        "it ends on the minute"
    );
}

#[test]
fn a_pause_holds_even_that() {
    let paused = Quiet {
        paused_until: Some(time("2026-11-23T13:00:00Z")),
        ..quiet()
    };
    for what in [Importance::News, tea(false), tea(true), Importance::Digest] {
        assert_eq!(route(time(NOON), &paused, what), held("2026-11-23T13:00:00Z"));
    }
}

#[test]
fn a_gathering_whose_time_has_passed_is_not_told_at_all() {
    for state in [
        quiet(),
        Quiet {
            focus_until: Some(time("2026-11-23T14:00:00Z")),
            ..quiet()
        },
    ] {
        assert_eq!(route(time("2026-11-23T12:15:00Z"), &state, tea(true)), Route::Drop);
        assert_eq!(route(time("2026-11-23T12:15:00Z"), &state, tea(false)), Route::Drop);
    }
}

#[test]
fn the_night_holds_only_for_those_who_want_that() {
    let night = time("2026-11-23T22:00:00Z");
    assert_eq!(route(night, &quiet(), Importance::News), Route::Show);
    let wants_quiet = Quiet {
        quiet_outside_hours: true,
        ..quiet()
    };
    assert_eq!(
        route(night, &wants_quiet, Importance::News),
        held("2026-11-24T09:00:00Z")
    );
    let late = Importance::Gathering {
        answered_yes: true,
        useless_after: time("2026-11-23T22:15:00Z"),
    };
    assert_eq!(route(night, &wants_quiet, late), Route::Show);
}

#[test]
fn a_focus_that_runs_into_the_weekend_is_held_until_monday() {
    let friday = Quiet {
        focus_until: Some(time("2026-11-27T17:30:00Z")),
        quiet_outside_hours: true,
        ..quiet()
    };
    assert_eq!(
        route(time("2026-11-27T16:00:00Z"), &friday, Importance::News),
        held("2026-11-30T09:00:00Z")
    );
    let paused_too = Quiet {
        paused_until: Some(time("2026-11-30T10:00:00Z")),
        ..friday
    };
    assert_eq!(
        route(time("2026-11-27T16:00:00Z"), &paused_too, Importance::News),
        held("2026-11-30T10:00:00Z")
    );
}

#[test]
fn the_systems_do_not_disturb_holds_until_nobody_knows_when() {
    let inhibited = Quiet {
        system_inhibited: true,
        ..quiet()
    };
    assert_eq!(
        route(time(NOON), &inhibited, Importance::News),
        Route::Hold { until: None }
    );
    assert_eq!(
        route(time(NOON), &inhibited, tea(true)),
        Route::Show,
        "the system decides"
    );
}

#[test]
fn an_absence_holds_until_the_first_hours_after_it_for_those_who_want_quiet_then() {
    let away = Away {
        from: "2026-11-23".parse().unwrap(),
        back_on: "2026-11-26".parse().unwrap(),
        note: None,
    };
    let away = Quiet {
        schedule: Schedule::new(Tz::UTC, Hours::office(), &[], &[away]),
        ..Quiet::default()
    };
    assert_eq!(route(time(NOON), &away, Importance::News), Route::Show);
    let wants_quiet = Quiet {
        quiet_outside_hours: true,
        ..away
    };
    assert_eq!(
        route(time(NOON), &wants_quiet, Importance::News),
        held("2026-11-26T09:00:00Z")
    );
}

fn any_end() -> impl Strategy<Value = Option<i64>> {
    proptest::option::of(-3_000..3_000_i64)
}

proptest! {
    /// Whatever is held is shown at the instant it is held until, and not a millisecond before.
    #[test]
    fn what_is_held_can_be_shown_at_the_end_of_the_quiet(
        now in instants(), focus in any_end(), pause in any_end(), hours in weeks(), zone in zones(), quiet_outside_hours: bool,
    ) {
        let end = |minutes: Option<i64>| minutes.map(|minutes| now.plus_minutes(minutes));
        let quiet = Quiet {
            focus_until: end(focus), paused_until: end(pause), schedule: Schedule::new(zone, hours, &[], &[]), quiet_outside_hours, system_inhibited: false,
            next_digest: None,
        };
        match quiet.end(now) {
            QuietEnd::NotQuiet => prop_assert_eq!(route(now, &quiet, Importance::News), Route::Show),
            QuietEnd::At(end) => {
                prop_assert!(end > now);
                prop_assert_eq!(route(now, &quiet, Importance::News), Route::Hold { until: Some(end) });
                prop_assert_eq!(route(end, &quiet, Importance::News), Route::Show);
                let before = Timestamp::from_millis(end.millis() - 1);
                prop_assert_ne!(route(before, &quiet, Importance::News), Route::Show);
            }
            QuietEnd::Unknown => return Err(TestCaseError::fail("a week with hours in it begins again")),
        }
    }
}

#[test]
fn a_break_through_comes_through_focus_as_often_as_allowed_and_never_through_a_pause() {
    let now = time("2026-11-23T10:00:00Z");
    let focus = Quiet {
        focus_until: Some(now.plus_minutes(25)),
        ..Quiet::default()
    };
    let call = |left_today| Importance::BreakThrough { left_today };
    assert_eq!(route(now, &focus, call(1)), Route::Show);
    let until = focus.focus_until;
    assert_eq!(route(now, &focus, call(0)), Route::Hold { until });
    let paused = Quiet {
        paused_until: Some(now.plus_minutes(10)),
        ..focus
    };
    assert_eq!(
        route(now, &paused, call(3)),
        Route::Hold { until },
        "a pause holds everything"
    );
    assert_eq!(
        route(now, &Quiet::default(), call(0)),
        Route::Show,
        "nothing is to be broken through"
    );
}

#[test]
fn news_waits_for_the_next_daily_digest_and_a_nudge_waits_for_nothing() {
    let now = time("2026-11-23T10:00:00Z");
    let daily = Quiet {
        next_digest: Some(now.plus_minutes(120)),
        ..Quiet::default()
    };
    let until = daily.next_digest;
    assert_eq!(route(now, &daily, Importance::News), Route::Hold { until });
    assert_eq!(route(now, &daily, Importance::Digest), Route::Show);
    assert_eq!(
        route(now, &daily, Importance::BreakThrough { left_today: 0 }),
        Route::Show
    );
    assert_eq!(route(now, &daily, Importance::Nudge), Route::Show);
    let focus = Quiet {
        focus_until: Some(now.plus_minutes(25)),
        ..daily
    };
    assert_eq!(route(now, &focus, Importance::Nudge), Route::Drop);
}

#[test]
fn what_one_can_skip_until_the_draw_waits_for_no_digest_that_comes_too_late() {
    let draw = Importance::Deadline {
        useless_after: time("2026-11-24T10:00:00Z"),
    };
    let with_digest_at = |digest: &str| Quiet {
        next_digest: Some(time(digest)),
        ..quiet()
    };
    let at = |now: &str, quiet: &Quiet| route(time(now), quiet, draw);
    assert_eq!(at(NOON, &quiet()), Route::Show);
    let in_time = with_digest_at("2026-11-24T09:00:00Z");
    assert_eq!(at(NOON, &in_time), held("2026-11-24T09:00:00Z"));
    let late = with_digest_at("2026-11-24T09:01:00Z");
    assert_eq!(at(NOON, &late), Route::Show, "less than an hour is no time to think");
    let focus = Quiet {
        focus_until: Some(time("2026-11-23T13:00:00Z")),
        ..late.clone()
    };
    assert_eq!(
        at(NOON, &focus),
        held("2026-11-23T13:00:00Z"),
        "no toast escapes a focus"
    );
    assert_eq!(at("2026-11-24T10:00:00Z", &late), Route::Drop, "it is drawn");
}
