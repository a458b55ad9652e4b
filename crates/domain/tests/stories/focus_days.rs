//! Whole days with focus, told by chance: blocks, arrivals, gatherings, restarts and suspends in any order. A desk does
//! what a desktop does, with the domain's rules and nothing else, and remembers what a desktop stores.

use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::focus_blocks::{block_at, due, end_with, next_start};
use samovar_domain::hours::{Hours, Span};
use samovar_domain::kinds::{Answer, Gathering};
use samovar_domain::reminders::{Daily, Settings, State, What, plan};
use samovar_domain::routing::{Importance, Quiet, Route, route};
use samovar_domain::schedule::Schedule;
use samovar_domain::{ItemId, Timestamp};

use crate::given::{WEEK, gathering, id, member, time, zones};

/// What happens at a desk.
#[derive(Debug, Clone)]
enum Event {
    News,
    BreakThrough,
    FocusFor(i64),
    EndFocus,
    /// Samovar ends and starts again; nothing that was stored is lost.
    Restart,
    Pause(i64),
}

/// What was on the screen.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    News(u32),
    BreakThrough(u32),
    Gathering { accepted: bool },
    Digest(Vec<u32>),
}

/// What a desktop stores.
#[derive(Debug, Clone, Default)]
struct Stored {
    focus: Option<(Timestamp, Timestamp)>,
    had_until: Option<Timestamp>,
    paused_until: Option<Timestamp>,
    held: Vec<u32>,
    held_since: Option<Timestamp>,
    held_in_focus: bool,
    delivered: HashSet<String>,
    let_through: Vec<Timestamp>,
}

struct Desk {
    schedule: Schedule,
    blocks: Hours,
    allowed: u8,
    gathering_ends_focus: bool,
    gatherings: Vec<(ItemId, Gathering)>,
    answers: HashMap<ItemId, Answer>,
    stored: Stored,
    shown: Vec<(Timestamp, Shown)>,
    /// Those blocks that somebody or a gathering ended, by their end: kept by the story, not by the desk.
    ended: HashSet<Timestamp>,
    arrivals: u32,
}

impl Desk {
    fn accepted(&self) -> Vec<Timestamp> {
        if !self.gathering_ends_focus {
            return Vec::new();
        }
        let accepted = self
            .gatherings
            .iter()
            .filter(|(id, _)| self.answers.get(id) == Some(&Answer::Yes));
        accepted.map(|(_, gathering)| gathering.starts_at).collect()
    }

    fn quiet(&self) -> Quiet {
        Quiet {
            focus_until: self.stored.focus.map(|(_, until)| until),
            paused_until: self.stored.paused_until,
            ..Quiet::default()
        }
    }

    fn plan(&self, now: Timestamp) -> Vec<samovar_domain::reminders::Reminder> {
        let quiet = self.quiet();
        let state = State {
            people: None,
            me: member("Ana"),
            pairs: None,
            gatherings: &self.gatherings,
            answers: &self.answers,
            held_since: self.stored.held_since,
            daily: Daily::default(),
            snoozed: &[],
            quiet: &quiet,
        };
        let all = plan(state, Settings { gatherings: true }, now);
        all.into_iter()
            .filter(|reminder| !self.stored.delivered.contains(&reminder.key))
            .collect()
    }

    fn ends_focus(&mut self, now: Timestamp) {
        self.stored.focus = None;
        if let Some(block) = block_at(&self.blocks, &self.schedule, now) {
            self.stored.had_until = Some(block.until);
            self.ended.insert(block.until);
        }
    }

    /// What a desktop does whenever it looks at the clock.
    fn wakes(&mut self, now: Timestamp) {
        if let Some((began, until)) = self.stored.focus {
            if end_with(began, until, self.accepted()) <= now && until > now {
                self.ends_focus(now);
            } else if until <= now {
                self.stored.focus = None;
            }
        }
        let focus_until = self.stored.focus.map(|(_, until)| until);
        if let Some(block) = due(&self.blocks, &self.schedule, focus_until, self.stored.had_until, now) {
            let began = self.stored.focus.map_or(now, |(began, _)| began);
            self.stored.focus = Some((began, block.until));
            self.stored.had_until = Some(block.until);
        }
        for reminder in self.plan(now).into_iter().filter(|reminder| reminder.at <= now) {
            match &reminder.what {
                What::DigestDue => {
                    let held = std::mem::take(&mut self.stored.held);
                    self.stored.held_since = None;
                    self.stored.held_in_focus = false;
                    self.shown.push((now, Shown::Digest(held)));
                }
                what => {
                    let gathering = what.announced().unwrap();
                    let importance = Importance::Gathering {
                        answered_yes: gathering.answered_yes,
                        useless_after: reminder.useless_after.unwrap(),
                    };
                    self.stored.delivered.insert(reminder.key.clone());
                    // A held announcement is in the digest only while it makes sense: here it is let go.
                    if route(now, &self.quiet(), importance) == Route::Show {
                        self.shown.push((
                            now,
                            Shown::Gathering {
                                accepted: gathering.answered_yes,
                            },
                        ));
                    }
                }
            }
        }
    }

    fn tells(&mut self, now: Timestamp, what: Importance, shown: impl FnOnce(u32) -> Shown) {
        let n = self.arrivals;
        self.arrivals += 1;
        match route(now, &self.quiet(), what) {
            Route::Show => self.shown.push((now, shown(n))),
            Route::Hold { .. } => {
                self.stored.held.push(n);
                self.stored.held_since.get_or_insert(now);
                self.stored.held_in_focus |= self.stored.focus.is_some();
            }
            Route::Drop => panic!("news is never dropped"),
        }
    }

    fn left_today(&self, now: Timestamp) -> u8 {
        let today = |at: &Timestamp| at.utc().with_timezone(&self.schedule.zone_at(now)).date_naive();
        let used = self
            .stored
            .let_through
            .iter()
            .filter(|at| today(at) == today(&now))
            .count();
        self.allowed.saturating_sub(used as u8)
    }

    fn meets(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::News => self.tells(now, Importance::News, Shown::News),
            Event::BreakThrough => {
                let left_today = self.left_today(now);
                let before = self.shown.len();
                self.tells(now, Importance::BreakThrough { left_today }, Shown::BreakThrough);
                if self.shown.len() > before && self.stored.focus.is_some() {
                    self.stored.let_through.push(now);
                }
            }
            Event::FocusFor(minutes) => {
                // A focus that is on only moves its end.
                let began = self.stored.focus.map_or(now, |(began, _)| began);
                self.stored.focus = Some((began, now.plus_minutes(*minutes)));
                if let Some(block) = block_at(&self.blocks, &self.schedule, now) {
                    self.stored.had_until = Some(block.until);
                    self.ended.insert(block.until);
                }
            }
            Event::EndFocus => {
                if self.stored.focus.is_some() {
                    self.ends_focus(now);
                }
            }
            Event::Restart => self.stored = self.stored.clone(),
            Event::Pause(minutes) => self.stored.paused_until = Some(now.plus_minutes(*minutes)),
        }
    }

    /// The next instant at which a desktop that is awake looks at the clock by itself.
    fn next_wake(&self, now: Timestamp) -> Option<Timestamp> {
        let ends = self
            .stored
            .focus
            .map(|(began, until)| end_with(began, until, self.accepted()));
        let block = next_start(&self.blocks, &self.schedule, now);
        let planned = self.plan(now).into_iter().map(|reminder| reminder.at);
        planned
            .chain(ends)
            .chain(block)
            .chain(self.stored.paused_until)
            .filter(|at| *at > now)
            .min()
    }
}

fn events() -> impl Strategy<Value = Vec<(i64, bool, Event)>> {
    let event = prop_oneof![
        5 => Just(Event::News),
        3 => Just(Event::BreakThrough),
        2 => (1..150_i64).prop_map(Event::FocusFor),
        1 => Just(Event::EndFocus),
        2 => Just(Event::Restart),
        1 => (1..90_i64).prop_map(Event::Pause),
    ];
    // So many minutes after the one before, and whether the computer sleeps until then.
    proptest::collection::vec((0..240_i64, any::<bool>(), event), 1..12)
}

fn block_weeks() -> impl Strategy<Value = Hours> {
    let span = (0..1440_u16, 1..=300_u16).prop_map(|(start, length)| Span {
        start,
        end: (start + length - 1) % 1440 + 1,
    });
    let day = (
        proptest::sample::select(WEEK.to_vec()),
        proptest::collection::vec(span, 1..3),
    );
    proptest::collection::vec(day, 0..7).prop_map(|days| Hours(days.into_iter().collect()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn no_held_toast_escapes_focus(
        zone in zones(),
        // The days around changes of the clocks of 2026 are as likely as all others.
        day in prop_oneof![0..360_i64, Just(66), Just(87), Just(93), Just(297), Just(304)],
        blocks in block_weeks(),
        allowed in 0..=3_u8,
        gathering_ends_focus: bool,
        meetings in proptest::collection::vec((0..2_000_i64, any::<bool>()), 0..3),
        events in events(),
    ) {
        let start = time("2026-01-01T00:00:00Z").plus_minutes(day * 1440);
        let gatherings: Vec<_> = meetings.iter().enumerate()
            .map(|(n, (minutes, _))| (id(&format!("tea {n}")), gathering("Teatime", start.plus_minutes(*minutes), 30)))
            .collect();
        let answers = gatherings.iter().zip(&meetings).filter(|(_, (_, comes))| *comes)
            .map(|((id, _), _)| (*id, Answer::Yes)).collect();
        let mut desk = Desk {
            schedule: Schedule::new(zone, Hours::default(), &[], &[]),
            blocks, allowed, gathering_ends_focus, gatherings, answers,
            stored: Stored::default(), shown: Vec::new(), ended: HashSet::new(), arrivals: 0,
        };
        let mut now = start;
        desk.wakes(now);
        for (minutes, sleeps, event) in &events {
            let at = now.plus_minutes(*minutes);
            while !sleeps && let Some(wake) = desk.next_wake(now).filter(|wake| *wake <= at) {
                now = wake;
                step(&mut desk, now, None)?;
            }
            now = at;
            step(&mut desk, now, Some(event))?;
        }
        // Two days later everything is over, or a block is on: then at its end.
        now = now.plus_minutes(2 * 1440);
        step(&mut desk, now, None)?;
        while let Some((_, until)) = desk.stored.focus {
            now = until;
            step(&mut desk, now, None)?;
        }
        prop_assert!(desk.stored.held.is_empty(), "something is held for ever");
        told_once(&desk)?;
    }
}

/// One look at the clock, and what happens then. Afterwards nothing is on the screen that must not be.
fn step(desk: &mut Desk, now: Timestamp, event: Option<&Event>) -> Result<(), TestCaseError> {
    let was_in_focus = desk.stored.focus;
    let held_before = desk.stored.held.clone();
    let before = desk.shown.len();
    desk.wakes(now);
    never_disturbed(desk, now, before)?;
    if let Some(event) = event {
        let counted = desk.shown.len();
        desk.meets(event, now);
        never_disturbed(desk, now, counted)?;
        let counted = desk.shown.len();
        desk.wakes(now);
        never_disturbed(desk, now, counted)?;
    }
    let ended = was_in_focus.is_some() && desk.stored.focus.is_none();
    let digests = desk.shown[before..]
        .iter()
        .filter(|(_, shown)| matches!(shown, Shown::Digest(_)))
        .count();
    prop_assert!(digests <= 1, "{digests} digests at once");
    let is_paused = desk.stored.paused_until.is_some_and(|end| end > now);
    if ended && !held_before.is_empty() && !is_paused {
        prop_assert_eq!(digests, 1, "a focus ended without its digest");
    }
    Ok(())
}

/// What was shown since `counted`, while a focus was on or a block that nobody ended lay over it.
fn never_disturbed(desk: &Desk, now: Timestamp, counted: usize) -> Result<(), TestCaseError> {
    let in_block = block_at(&desk.blocks, &desk.schedule, now).is_some_and(|block| !desk.ended.contains(&block.until));
    prop_assert!(
        !in_block || desk.stored.focus.is_some(),
        "a block lies over {now} and there is no focus"
    );
    for (_, shown) in &desk.shown[counted..] {
        let is_allowed = match shown {
            Shown::Gathering { accepted } => *accepted,
            Shown::BreakThrough(_) => desk.allowed > 0,
            Shown::News(_) | Shown::Digest(_) => false,
        };
        prop_assert!(desk.stored.focus.is_none() || is_allowed, "{shown:?} in focus at {now}");
    }
    Ok(())
}

/// Everything that arrived was told once, by itself or in one digest, and no day had too many break-throughs.
fn told_once(desk: &Desk) -> Result<(), TestCaseError> {
    let mut told: Vec<u32> = desk
        .shown
        .iter()
        .flat_map(|(_, shown)| match shown {
            Shown::News(n) | Shown::BreakThrough(n) => vec![*n],
            Shown::Digest(held) => held.clone(),
            Shown::Gathering { .. } => Vec::new(),
        })
        .collect();
    told.sort_unstable();
    prop_assert_eq!(told, (0..desk.arrivals).collect::<Vec<_>>());
    let mut days: HashMap<_, u8> = HashMap::new();
    for at in &desk.stored.let_through {
        let zone: Tz = desk.schedule.zone_at(*at);
        *days.entry(at.utc().with_timezone(&zone).date_naive()).or_default() += 1;
    }
    prop_assert!(days.values().all(|count| *count <= desk.allowed), "{days:?}");
    Ok(())
}
