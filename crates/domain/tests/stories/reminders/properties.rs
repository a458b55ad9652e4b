//! What holds of reminders whatever comes.

use std::collections::HashMap;

use proptest::prelude::*;
use samovar_domain::Timestamp;
use samovar_domain::hours::instant;
use samovar_domain::kinds::Answer;
use samovar_domain::reminders::{Reminder, What, gathering_of_key};

use super::Desk;
use crate::given::{gathering, id, instants};

prop_compose! {
    fn any_desk()(
        now in instants(),
        plans in proptest::collection::vec((-2_000..2_000_i64, 5..480_u32, 0..4_u8), 0..12),
        held in proptest::option::of(0..600_i64),
        snoozed in proptest::collection::vec((0..12_usize, -60..60_i64), 0..4),
        focus in proptest::option::of(-60..600_i64),
    ) -> (Timestamp, Desk) {
        let mut desk = Desk::default();
        for (index, (minutes, duration, answer)) in plans.into_iter().enumerate() {
            let item = id(&index.to_string());
            desk.gatherings.push((item, gathering("Teatime", now.plus_minutes(minutes), duration)));
            let answer = [None, Some(Answer::Yes), Some(Answer::No), Some(Answer::Maybe)][usize::from(answer)];
            desk.answers.extend(answer.map(|answer| (item, answer)));
        }
        desk.snoozed = snoozed.into_iter().filter_map(|(index, minutes)| {
            let (item, gathering) = desk.gatherings.get(index)?;
            Some((format!("gathering-starts:{}:{item}", gathering.starts_at.millis()), now.plus_minutes(minutes)))
        }).collect();
        desk.held_since = held.map(|minutes| now.plus_minutes(-minutes));
        desk.quiet.focus_until = focus.map(|minutes| now.plus_minutes(minutes));
        (now, desk)
    }
}

/// What an awake desktop does at an instant: it tells what is due and was not told, and remembers that on the disk.
fn look(desk: &Desk, now: Timestamp, told: &mut HashMap<String, Vec<Timestamp>>) {
    for reminder in desk.plan(now) {
        if reminder.at <= now && reminder.what != What::DigestDue && !told.contains_key(&reminder.key) {
            told.entry(reminder.key).or_default().push(now);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_plan_is_in_order_and_holds_nothing_that_makes_no_sense((now, desk) in any_desk()) {
        let plan = desk.plan(now);
        prop_assert!(plan.is_sorted_by_key(|reminder| reminder.at));
        for reminder in &plan {
            prop_assert!(reminder.useless_after.is_none_or(|end| end > now && end > reminder.at));
        }
        prop_assert_eq!(desk.plan(now), plan, "the same state plans the same");
    }

    #[test]
    fn nothing_is_due_for_what_was_declined((now, desk) in any_desk()) {
        for reminder in desk.plan(now) {
            let about = reminder.what.announced().map(|announced| announced.gathering);
            let snoozed = match &reminder.what {
                What::Snoozed { key } => gathering_of_key(key).map(|(gathering, _)| gathering),
                _ => None,
            };
            let answer = about.or(snoozed).and_then(|gathering| desk.answers.get(&gathering));
            prop_assert_ne!(answer, Some(&Answer::No));
        }
    }

    /// The desktop may sleep, be started anew, or have its clock set forth and back: whatever it was awake for is told
    /// once, in its time.
    #[test]
    fn reminders_are_delivered_exactly_once_over_random_suspends_restarts_and_clock_changes(
        (start, desk) in any_desk(),
        jumps in proptest::collection::vec(-300..600_i64, 1..12),
    ) {
        let mut told = HashMap::<String, Vec<Timestamp>>::new();
        let mut awake_at = vec![start];
        let mut now = start;
        for minutes in jumps {
            now = now.plus_minutes(minutes);
            awake_at.push(now);
        }
        // What the desktop is ever to tell, seen from before all of it.
        let first = awake_at.iter().min().unwrap().plus_minutes(-1);
        let all: HashMap<String, Reminder> = desk.plan(first).into_iter().map(|reminder| (reminder.key.clone(), reminder)).collect();
        for at in &awake_at {
            look(&desk, *at, &mut told);
            look(&desk, *at, &mut told); // it wakes for nothing, or begins anew
        }
        for (key, reminder) in all.iter().filter(|(_, reminder)| reminder.what != What::DigestDue) {
            let is_in_time = |at: &&Timestamp| reminder.at <= **at && reminder.useless_after.is_none_or(|end| **at < end);
            let expected: Vec<Timestamp> = awake_at.iter().find(is_in_time).copied().into_iter().collect();
            prop_assert_eq!(told.get(key).cloned().unwrap_or_default(), expected, "{}", key);
        }
        prop_assert!(told.keys().all(|key| all.contains_key(key)), "nothing is told that was never planned");
    }

    /// On the wall of any zone, whatever its clocks do in between, the announcement comes when the series says.
    #[test]
    fn reminders_are_shown_correctly_across_dst_for_every_zone(
        zone in crate::given::zones(),
        days in 0..20_000_i32,
        minute in 0..1440_u16,
    ) {
        let date = chrono::NaiveDate::from_num_days_from_ce_opt(719_163 + days).unwrap();
        let starts_at = instant(zone, date, minute);
        let desk = Desk {
            gatherings: vec![(id("tea"), gathering("Teatime", starts_at, 30))],
            ..Desk::default()
        }.answering(Answer::Yes);
        let plan = desk.plan(starts_at.plus_minutes(-600));
        let wall = |at: Timestamp| at.utc().with_timezone(&zone).naive_local();
        let wanted = date.and_hms_opt(u32::from(minute) / 60, u32::from(minute) % 60, 0).unwrap();
        let exists = !matches!(chrono::TimeZone::from_local_datetime(&zone, &wanted), chrono::LocalResult::None);
        for reminder in &plan {
            let away = (starts_at.millis() - reminder.at.millis()) / 60_000;
            match &reminder.what {
                What::GatheringSoon(_) => prop_assert_eq!(away, 10),
                What::GatheringStarts(_) => {
                    prop_assert_eq!(away, 0);
                    if exists {
                        prop_assert_eq!(wall(reminder.at), wanted);
                    } else {
                        prop_assert!(wall(reminder.at) > wanted, "the clocks skip it, so it is later on the wall");
                    }
                }
                _ => prop_assert_eq!(away, -25),
            }
        }
        prop_assert_eq!(plan.len(), 3);
    }

    /// As time goes by nothing new turns up in the plan of an unchanged state, and no key changes its time.
    #[test]
    fn time_alone_only_takes_away((now, desk) in any_desk(), minutes in 0..3_000_i64) {
        let is_fixed = |reminder: &Reminder| reminder.what != What::DigestDue;
        let before: HashMap<_, _> = desk.plan(now).into_iter().filter(is_fixed).map(|reminder| (reminder.key, reminder.at)).collect();
        for reminder in desk.plan(now.plus_minutes(minutes)).iter().filter(|reminder| is_fixed(reminder)) {
            prop_assert_eq!(before.get(&reminder.key), Some(&reminder.at));
        }
    }
}
