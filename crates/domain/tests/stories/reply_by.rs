//! "Seen at 09:00 their time; by the team's norms answered by Tuesday 13:00."

use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Away, Channel, Norms};
use samovar_domain::reply_by::{reply_by, seen_at};
use samovar_domain::schedule::Schedule;

use crate::given::{instants, time, weeks, zones};

fn norms(channels: &[(&str, Option<u32>)]) -> Norms {
    let channel = |(name, hours): &(&str, Option<u32>)| Channel {
        name: (*name).to_owned(),
        when: String::new(),
        reply_within_hours: *hours,
    };
    Norms {
        channels: channels.iter().map(channel).collect(),
        ..Norms::default()
    }
}

fn in_berlin(away: &[Away]) -> Schedule {
    Schedule::new(Tz::Europe__Berlin, Hours::office(), &[], away)
}

#[test]
fn what_is_written_at_night_is_seen_in_the_morning_and_answered_within_the_norms_hours() {
    let norms = norms(&[("Chat", Some(4)), ("Wiki", None), ("Mail", Some(12))]);
    let ben = in_berlin(&[]);
    let monday_night = time("2026-11-23T22:40:00Z");
    assert_eq!(
        seen_at(&ben, monday_night),
        Some(time("2026-11-24T08:00:00Z")),
        "at 09:00"
    );
    let found = reply_by(&norms, &ben, monday_night);
    let told: Vec<_> = found
        .iter()
        .map(|reply| (reply.channel.as_str(), reply.answered_by))
        .collect();
    assert_eq!(
        told,
        [
            ("Chat", Some(time("2026-11-24T12:00:00Z"))), // Tuesday 13:00
            ("Mail", Some(time("2026-11-25T12:00:00Z"))), // eight hours on Tuesday, four on Wednesday
        ],
        "a channel on which nobody expects an answer promises none"
    );
}

#[test]
fn what_is_written_while_they_work_is_seen_at_once_and_the_rest_of_the_day_counts() {
    let friday = time("2026-11-27T15:00:00Z"); // 16:00, an hour before the weekend
    let ben = in_berlin(&[]);
    assert_eq!(seen_at(&ben, friday), Some(friday));
    let found = reply_by(&norms(&[("Chat", Some(4))]), &ben, friday);
    assert_eq!(found[0].answered_by, Some(time("2026-11-30T11:00:00Z")), "Monday 12:00");
}

#[test]
fn who_is_away_sees_it_when_they_are_back() {
    let away = Away {
        from: "2026-11-24".parse().unwrap(),
        back_on: "2026-12-01".parse().unwrap(),
        note: None,
    };
    let ben = in_berlin(&[away]);
    let tuesday = time("2026-11-24T10:00:00Z");
    assert_eq!(seen_at(&ben, tuesday), Some(time("2026-12-01T08:00:00Z")));
    let found = reply_by(&norms(&[("Chat", Some(1))]), &ben, tuesday);
    assert_eq!(found[0].answered_by, Some(time("2026-12-01T09:00:00Z")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn an_answer_never_comes_before_it_is_seen_and_never_outside_their_hours(
        zone in zones(), week in weeks(), at in instants(), hours in 1..48_u32,
    ) {
        let schedule = Schedule::new(zone, week, &[], &[]);
        let Some(seen) = seen_at(&schedule, at) else { return Ok(()) };
        prop_assert!(schedule.contains(seen));
        let found = reply_by(&norms(&[("Chat", Some(hours)), ("Mail", Some(hours + 1))]), &schedule, at);
        let (Some(chat), Some(mail)) = (found[0].answered_by, found[1].answered_by) else { return Ok(()) };
        prop_assert!(seen < chat && chat < mail, "more hours are later");
        let last_minute = chat.plus_minutes(-1);
        prop_assert!(schedule.spans(last_minute, chat).last().is_some_and(|(_, end)| *end == chat));
    }
}
