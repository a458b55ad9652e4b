//! Recurring focus: when blocks lie, who has had their turn, what ends them, and when digests come.

use chrono::NaiveDate;
use chrono_tz::Tz;
use samovar_domain::focus_blocks::{
    Block, block_at, check_blocks, digest_times, due, end_with, next_digest, next_start,
};
use samovar_domain::hours::{Hours, Span};
use samovar_domain::kinds::{Away, Travel, Weekday};
use samovar_domain::schedule::Schedule;

use crate::given::{WEEK, time};

fn every_day(span: &str) -> Hours {
    Hours(WEEK.map(|day| (day, vec![span.parse::<Span>().unwrap()])).into())
}

fn in_zone(zone: Tz) -> Schedule {
    Schedule::new(zone, Hours::default(), &[], &[])
}

fn block(starts_at: &str, until: &str) -> Block {
    Block {
        starts_at: time(starts_at),
        until: time(until),
    }
}

/// The block over an instant, with blocks of every day.
fn check(zone: Tz, span: &str, at: &str, expected: Option<(&str, &str)>) {
    let found = block_at(&every_day(span), &in_zone(zone), time(at));
    let expected = expected.map(|(starts_at, until)| block(starts_at, until));
    assert_eq!(found, expected, "{span} in {zone} at {at}");
}

#[test]
fn a_block_begins_and_ends_by_the_clock_of_ones_own_zone() {
    let lima = ("2026-11-23T14:00:00Z", "2026-11-23T16:00:00Z");
    check(Tz::America__Lima, "09:00-11:00", "2026-11-23T13:59:59Z", None);
    check(Tz::America__Lima, "09:00-11:00", "2026-11-23T14:00:00Z", Some(lima));
    check(Tz::America__Lima, "09:00-11:00", "2026-11-23T15:59:59Z", Some(lima));
    check(Tz::America__Lima, "09:00-11:00", "2026-11-23T16:00:00Z", None);
}

#[test]
fn a_block_across_midnight_is_one() {
    let night = ("2026-11-23T22:00:00Z", "2026-11-24T02:00:00Z");
    check(Tz::UTC, "22:00-02:00", "2026-11-23T23:30:00Z", Some(night));
    check(Tz::UTC, "22:00-02:00", "2026-11-24T01:59:00Z", Some(night));
    check(Tz::UTC, "22:00-02:00", "2026-11-24T02:00:00Z", None);
}

#[test]
fn hours_that_the_clocks_skip_or_repeat_leave_a_block_that_begins_and_ends_in_order() {
    // Berlin skips 02:00 to 03:00 on 29 March and repeats it on 25 October.
    let skipped = ("2026-03-29T00:00:00Z", "2026-03-29T01:30:00Z"); // 01:00 to what would be 02:30
    check(Tz::Europe__Berlin, "01:00-02:30", "2026-03-29T01:15:00Z", Some(skipped));
    let over = ("2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z"); // 01:00 to 04:00 is two hours long
    check(Tz::Europe__Berlin, "01:00-04:00", "2026-03-29T01:59:00Z", Some(over));
    let long = ("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"); // and here four
    check(Tz::Europe__Berlin, "01:00-04:00", "2026-10-25T02:30:00Z", Some(long));
    // A repeated time is its first occurrence: 02:15 to 02:45 comes once.
    let first = ("2026-10-25T00:15:00Z", "2026-10-25T00:45:00Z");
    check(Tz::Europe__Berlin, "02:15-02:45", "2026-10-25T00:20:00Z", Some(first));
    check(Tz::Europe__Berlin, "02:15-02:45", "2026-10-25T01:20:00Z", None);
    // The whole hour is skipped: it is moved on by what was skipped, and is still an hour.
    let moved = ("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
    check(Tz::Europe__Berlin, "02:00-02:30", "2026-03-29T01:10:00Z", Some(moved));
}

#[test]
fn blocks_that_touch_are_one() {
    let monday = ["09:00-10:00", "10:00-11:30"].map(|span| span.parse().unwrap());
    let blocks = Hours([(Weekday::Mon, monday.to_vec())].into());
    let found = block_at(&blocks, &in_zone(Tz::UTC), time("2026-11-23T09:30:00Z"));
    assert_eq!(found, Some(block("2026-11-23T09:00:00Z", "2026-11-23T11:30:00Z")));
}

#[test]
fn there_are_none_on_days_away_and_none_when_none_are_set() {
    let away = Away {
        from: "2026-11-23".parse().unwrap(),
        back_on: "2026-11-25".parse().unwrap(),
        note: None,
    };
    let schedule = Schedule::new(Tz::UTC, Hours::default(), &[], &[away]);
    let blocks = every_day("09:00-11:00");
    assert_eq!(block_at(&blocks, &schedule, time("2026-11-24T10:00:00Z")), None);
    assert_eq!(
        next_start(&blocks, &schedule, time("2026-11-22T12:00:00Z")),
        Some(time("2026-11-25T09:00:00Z"))
    );
    assert_eq!(
        block_at(&Hours::default(), &schedule, time("2026-11-26T10:00:00Z")),
        None
    );
    assert_eq!(
        next_start(&Hours::default(), &schedule, time("2026-11-26T10:00:00Z")),
        None
    );
}

#[test]
fn a_block_has_its_turn_once_and_begins_late_with_its_own_end() {
    let (blocks, schedule) = (every_day("09:00-11:00"), in_zone(Tz::UTC));
    let now = time("2026-11-23T09:40:00Z");
    let this = block("2026-11-23T09:00:00Z", "2026-11-23T11:00:00Z");
    assert_eq!(due(&blocks, &schedule, None, None, now), Some(this), "late");
    assert_eq!(
        due(&blocks, &schedule, None, Some(this.until), now),
        None,
        "ended by hand"
    );
    assert_eq!(due(&blocks, &schedule, Some(this.until), None, now), None, "it lasts");
    let shorter = Some(time("2026-11-23T10:00:00Z"));
    assert_eq!(due(&blocks, &schedule, shorter, None, now), Some(this), "it goes on");
    let tomorrow = time("2026-11-24T09:00:00Z");
    assert!(due(&blocks, &schedule, None, Some(this.until), tomorrow).is_some());
}

#[test]
fn whoever_changes_zone_on_the_day_of_a_block_gets_it_by_the_new_clock() {
    let blocks = every_day("09:00-11:00");
    let berlin = in_zone(Tz::Europe__Berlin);
    let begun = due(&blocks, &berlin, None, None, time("2026-11-23T08:30:00Z")).unwrap();
    assert_eq!(begun.until, time("2026-11-23T10:00:00Z"));

    // On to Lima at half past nine in Berlin: what was begun lasts, and Lima's morning has its own block.
    let lima = in_zone(Tz::America__Lima);
    let had = Some(begun.until);
    let moved_at = time("2026-11-23T08:40:00Z");
    assert_eq!(due(&blocks, &lima, had, had, moved_at), None);
    assert_eq!(next_start(&blocks, &lima, moved_at), Some(time("2026-11-23T14:00:00Z")));
    assert!(due(&blocks, &lima, None, had, time("2026-11-23T14:00:00Z")).is_some());

    // A journey that is in the profile does the same by itself.
    let travel = Travel {
        from: "2026-11-24".parse().unwrap(),
        until: "2026-11-30".parse().unwrap(),
        time_zone: "Asia/Tokyo".to_owned(),
        hours: None,
    };
    let travelling = Schedule::new(Tz::Europe__Berlin, Hours::default(), &[travel], &[]);
    let found = block_at(&blocks, &travelling, time("2026-11-25T00:30:00Z"));
    assert_eq!(found, Some(block("2026-11-25T00:00:00Z", "2026-11-25T02:00:00Z")));
}

#[test]
fn an_accepted_gathering_ends_a_focus_two_minutes_before() {
    let end = |began: &str, accepted: &[&str]| {
        let accepted = accepted.iter().map(|start| time(start));
        end_with(time(began), time("2026-11-23T11:00:00Z"), accepted).to_string()
    };
    assert_eq!(end("2026-11-23T09:00:00Z", &[]), "2026-11-23T11:00:00.000Z");
    let two = ["2026-11-23T10:30:00Z", "2026-11-23T10:00:00Z"];
    assert_eq!(end("2026-11-23T09:00:00Z", &two), "2026-11-23T09:58:00.000Z");
    assert_eq!(
        end("2026-11-23T09:59:00Z", &["2026-11-23T10:00:00Z"]),
        "2026-11-23T11:00:00.000Z",
        "whoever begins a focus a minute before teatime means it"
    );
    assert_eq!(
        end("2026-11-23T09:00:00Z", &["2026-11-23T11:00:00Z"]),
        "2026-11-23T11:00:00.000Z"
    );
}

#[test]
fn impossible_blocks_are_refused_where_they_are_entered() {
    assert!(check_blocks(&every_day("09:00-17:00")).is_ok());
    assert!(check_blocks(&every_day("22:00-02:00")).is_ok());
    assert!(check_blocks(&Hours::default()).is_ok());
    assert_eq!(
        check_blocks(&every_day("09:00-17:01")).unwrap_err().code,
        "bad_focus_blocks"
    );
    assert!(check_blocks(&every_day("20:00-05:00")).is_err());
    let touching = ["09:00-14:00", "14:00-18:00"].map(|span| span.parse().unwrap());
    assert!(check_blocks(&Hours([(Weekday::Mon, touching.to_vec())].into())).is_err());
    let week_end = [
        (Weekday::Sun, vec!["20:00-24:00".parse().unwrap()]),
        (Weekday::Mon, vec!["00:00-05:00".parse().unwrap()]),
    ];
    assert!(
        check_blocks(&Hours(week_end.into())).is_err(),
        "Sunday's night meets Monday's"
    );
}

#[test]
fn daily_digests_are_three_at_most_and_inside_ones_hours() {
    let schedule = Schedule::new(Tz::Europe__Helsinki, Hours::office(), &[], &[]);
    let times = [8 * 60, 12 * 60, 16 * 60 + 30];
    let monday: NaiveDate = "2026-11-23".parse().unwrap();
    let told: Vec<String> = digest_times(&times, &schedule, monday)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        ["2026-11-23T10:00:00.000Z", "2026-11-23T14:30:00.000Z"],
        "eight is too early"
    );
    assert!(digest_times(&times, &schedule, "2026-11-22".parse().unwrap()).is_empty());
    let many = [600, 660, 720, 780, 840];
    assert_eq!(digest_times(&many, &schedule, monday).len(), 3);
    let friday_evening = time("2026-11-20T15:00:00Z");
    assert_eq!(
        next_digest(&times, &schedule, friday_evening),
        Some(time("2026-11-23T10:00:00Z"))
    );
    assert_eq!(next_digest(&[], &schedule, friday_evening), None);
}
