//! What those who were drawn hear: when they could meet, where, what to talk about, and who begins.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::dice::Dice;
use super::eligible::Occasion;
use super::timetable::{STEP_MIN, STEPS, Timetable};
use crate::schedule::Schedule;
use crate::{ItemId, MemberId, Timestamp};

/// How long a pair call is, in minutes.
pub const DURATION_MIN: u32 = 30;
/// How many times are proposed.
const TIMES: usize = 3;
/// Nobody is asked to come sooner than this after the draw.
const NOTICE_MIN: i64 = 3 * 60;
/// The steps of the timetable that a call takes.
const CALL_STEPS: usize = DURATION_MIN as usize / STEP_MIN as usize;
/// Times on one day begin at least so many steps apart.
const APART_STEPS: usize = 4;

/// What two or three may talk about: keys of the catalogue, `prompt-` before each.
pub const PROMPTS: [&str; 16] = [
    "small-joy",
    "this-week",
    "window",
    "childhood-dish",
    "first-job",
    "learned-lately",
    "book",
    "song",
    "walk",
    "teach",
    "curious",
    "collection",
    "street",
    "holiday",
    "morning",
    "unfinished",
];

/// Three times within the seven days from the draw on, in order, that suit all of them: while all work, on days of
/// their own where that can be, on whole quarters of an hour, and not within three hours of the draw. Where hours that
/// all work do not suffice, those that are the least far from everybody's hours.
pub fn times(schedules: &[&Schedule], occasion: &Occasion, seed: u64) -> Vec<Timestamp> {
    let timetables: Vec<Timetable> = schedules
        .iter()
        .map(|schedule| Timetable::of(schedule, occasion.at))
        .collect();
    let distances: Vec<Vec<usize>> = timetables.iter().map(distances).collect();
    let zone = schedules
        .first()
        .map_or(chrono_tz::Tz::UTC, |one| one.zone_at(occasion.at));
    let mut dice = Dice::new(seed);
    let start_of = |step: usize| occasion.at.plus_minutes(step as i64 * STEP_MIN);
    let first = NOTICE_MIN.div_euclid(STEP_MIN) as usize;
    let mut starts: Vec<Start> = (first..=STEPS - CALL_STEPS)
        .map(|step| {
            let each = distances.iter().map(|distance| {
                let call = &distance[step..step + CALL_STEPS];
                call.iter().copied().max().unwrap_or(0)
            });
            Start {
                step,
                // How long before or after their hours it is for the one who has it worst.
                outside: each.max().unwrap_or(0),
                is_odd_quarter: start_of(step).millis().rem_euclid(30 * 60_000) != 0,
                day: start_of(step).utc().with_timezone(&zone).date_naive(),
                chance: dice.roll(),
            }
        })
        .collect();
    let mut chosen: Vec<Start> = Vec::new();
    let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
    while chosen.len() < TIMES {
        starts.retain(|start| {
            chosen
                .iter()
                .all(|other| start.step.abs_diff(other.step) >= APART_STEPS)
        });
        let best = starts.iter().min_by_key(|start| {
            (
                start.outside,
                days.contains(&start.day),
                start.is_odd_quarter,
                start.chance,
            )
        });
        let Some(best) = best.cloned() else {
            break;
        };
        days.insert(best.day);
        chosen.push(best);
    }
    let mut times: Vec<Timestamp> = chosen.iter().map(|start| start_of(start.step)).collect();
    times.sort_unstable();
    times
}

/// A time at which a call could begin.
#[derive(Debug, Clone)]
struct Start {
    step: usize,
    outside: usize,
    is_odd_quarter: bool,
    day: NaiveDate,
    chance: u64,
}

/// For each step how far it lies from the nearest one that is theirs, in steps.
fn distances(timetable: &Timetable) -> Vec<usize> {
    let mut distances = vec![STEPS; STEPS];
    let mut nearest = STEPS;
    for (step, distance) in distances.iter_mut().enumerate() {
        nearest = if timetable.has(step) {
            0
        } else {
            (nearest + 1).min(STEPS)
        };
        *distance = nearest;
    }
    nearest = STEPS;
    for (step, distance) in distances.iter_mut().enumerate().rev() {
        nearest = if timetable.has(step) {
            0
        } else {
            (nearest + 1).min(STEPS)
        };
        *distance = nearest.min(*distance);
    }
    distances
}

/// Two things to talk about, as keys of [`PROMPTS`].
pub fn prompts(seed: u64) -> Vec<String> {
    let mut keys = PROMPTS;
    Dice::new(seed).shuffle(&mut keys);
    keys[..2].iter().map(|key| (*key).to_owned()).collect()
}

/// Who writes first when nobody has answered: one who did not have to the last time, where there is one.
/// `broke_last_time` tells of each member whether it was they in their last pairing.
pub fn ice_breaker<Id: Ord + Clone>(members: &[Id], broke_last_time: impl Fn(&Id) -> bool, seed: u64) -> Option<Id> {
    let mut sorted: Vec<&Id> = members.iter().collect();
    sorted.sort();
    let rested: Vec<&Id> = sorted.iter().copied().filter(|one| !broke_last_time(one)).collect();
    let among = if rested.is_empty() { sorted } else { rested };
    if among.is_empty() {
        return None;
    }
    Some(among[Dice::new(seed).below(among.len())].clone())
}

/// The id that a pairing always has: a draw that is done again makes none twice.
pub fn pairing_id(week: NaiveDate, members: &[MemberId]) -> ItemId {
    let mut sorted: Vec<String> = members.iter().map(ToString::to_string).collect();
    sorted.sort();
    let week = week.to_string();
    let parts: Vec<&str> = ["pairing", &week]
        .into_iter()
        .chain(sorted.iter().map(String::as_str))
        .collect();
    ItemId::derived(&parts)
}

/// A room on a public Jitsi server that nobody finds who was not told of it, with picture and sound off at entry.
pub fn room(secret: &[u8; 32], pairing: ItemId) -> String {
    let mut hash = Sha256::new();
    hash.update(b"room");
    hash.update(secret);
    hash.update(pairing.0.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    let name = uuid::Uuid::from_bytes(bytes).simple();
    format!("https://meet.jit.si/samovar-{name}#config.startWithVideoMuted=true&config.startWithAudioMuted=true")
}

/// A number that follows from the secret of a draw and what it is for.
pub fn seed_for(secret: &[u8; 32], purpose: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update(b"seed");
    hash.update(secret);
    hash.update(purpose.as_bytes());
    let digest = hash.finalize();
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    u64::from_be_bytes(bytes)
}
