//! `samovar-server pairs --simulate`: whom the weekly draw would bring together for some weeks.

use std::collections::{BTreeMap, HashSet};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use samovar_domain::kinds::{Unmatched, Weekday};
use samovar_domain::pairs::{Candidate, Meeting, Occasion, draw, monday_of, seed_for};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::member::{SimulatedMember, read_members};
use super::{BadInput, Fields, date};

/// Meetings that are longer ago, in weeks, make no difference any more.
const REMEMBERED_WEEKS: u64 = 26;

/// What comes of some weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Simulated {
    /// One after the other.
    pub weeks: Vec<SimulatedWeek>,
}

/// What one week's draw comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SimulatedWeek {
    /// Its Monday.
    pub week: NaiveDate,
    /// Those who meet, by the ids of the input. Members are sorted, and pairings by their first member.
    pub pairings: Vec<Vec<String>>,
    /// Those who do not; sorted.
    pub unmatched: Vec<SimulatedUnmatched>,
}

/// Somebody who meets nobody in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SimulatedUnmatched {
    /// Who.
    pub id: String,
    /// Why.
    pub why: Unmatched,
}

/// Draws `weeks` weeks from the input's `start` on. What is drawn in one is history for the next.
pub fn simulate(input: &Value, weeks: u32, seed: u64) -> Result<Simulated, BadInput> {
    let input = Fields::of("", input)?;
    let start = input
        .date("start")?
        .ok_or_else(|| input.bad("start", "it is missing"))?;
    let members = read_members(&input)?;
    let (pair_day, zone) = (pair_day(&input)?, zone(&input)?);
    let mut history = read_history(&input)?;
    let mut waited: BTreeMap<String, u32> = BTreeMap::new();
    let mut simulated = Vec::new();
    let mut monday = monday_of(start);
    for _ in 0..weeks {
        let occasion = Occasion::in_week_of(monday, pair_day, zone);
        let oldest = monday
            .checked_sub_days(Days::new(7 * REMEMBERED_WEEKS))
            .unwrap_or(monday);
        history.retain(|meeting: &Meeting<String>| meeting.week >= oldest);
        let candidates: Vec<_> = members.iter().map(|member| candidate(member, &waited)).collect();
        let drawn = draw(&candidates, &history, &occasion, seed_of_week(seed, monday));
        for group in &drawn.groups {
            for member in &group.members {
                waited.remove(member);
            }
            history.push(Meeting {
                week: monday,
                members: group.members.clone(),
            });
        }
        for (member, _) in drawn.unmatched.iter().filter(|(_, why)| *why == Unmatched::NobodyLeft) {
            *waited.entry(member.clone()).or_default() += 1;
        }
        simulated.push(SimulatedWeek {
            week: monday,
            pairings: drawn.groups.into_iter().map(|group| group.members).collect(),
            unmatched: drawn
                .unmatched
                .into_iter()
                .map(|(id, why)| SimulatedUnmatched { id, why })
                .collect(),
        });
        monday = monday.checked_add_days(Days::new(7)).unwrap_or(monday);
    }
    Ok(Simulated { weeks: simulated })
}

fn candidate(member: &SimulatedMember, waited: &BTreeMap<String, u32>) -> Candidate<String> {
    let zone: Tz = samovar_domain::hours::zone_or_utc(&member.time_zone);
    Candidate {
        every_weeks: member.every_weeks,
        paused_until: member.paused_until,
        not_with: member.not_with.clone(),
        weeks_waited: waited.get(&member.id).copied().unwrap_or(0),
        ..Candidate::new(member.id.clone(), zone, &member.hours, &member.away)
    }
}

/// A number for each week, so that one seed does for all of them.
fn seed_of_week(seed: u64, monday: NaiveDate) -> u64 {
    seed_for(&Sha256::digest(seed.to_be_bytes()).into(), &monday.to_string())
}

fn pair_day(input: &Fields<'_>) -> Result<Weekday, BadInput> {
    let Some(value) = input.get("pair_day") else {
        return Ok(Weekday::Mon);
    };
    serde_json::from_value(value.clone()).map_err(|_| {
        input.bad(
            "pair_day",
            format!("{value} is not a weekday; they are mon, tue, wed, thu, fri, sat and sun"),
        )
    })
}

fn zone(input: &Fields<'_>) -> Result<Tz, BadInput> {
    let name: Option<String> = input.optional("time_zone")?;
    name.map_or(Ok(Tz::UTC), |name| {
        name.parse().map_err(|_| {
            let what = format!("'{name}' is not a time zone; one is written like America/Lima");
            input.bad("time_zone", what)
        })
    })
}

/// Who met whom before. Whoever is not a member any more stays in it and makes no difference.
fn read_history(input: &Fields<'_>) -> Result<Vec<Meeting<String>>, BadInput> {
    let mut history = Vec::new();
    for (place, value) in input.list("history")?.iter().enumerate() {
        let fields = Fields::of(format!("history[{place}]"), value)?;
        let week: String = fields.required("week")?;
        let week = date(&week).map_err(|what| fields.bad("week", what))?;
        let members: Vec<String> = fields.required("members")?;
        if members.iter().collect::<HashSet<_>>().len() < members.len() {
            return Err(fields.bad("members", "somebody is named twice"));
        }
        history.push(Meeting {
            week: monday_of(week),
            members,
        });
    }
    Ok(history)
}
