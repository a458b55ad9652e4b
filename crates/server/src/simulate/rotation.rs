//! `samovar-server rotation --simulate FILE --weeks N`: which slots a series would meet at, and what that would cost whom.
//! With `"two_sittings": true` an occurrence has a `second` one, and everybody pays what the better of both costs them.

use std::collections::HashSet;
use std::path::PathBuf;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, SecondsFormat};
use clap::Args;
use samovar_domain::Timestamp;
use samovar_domain::inconvenience::{Cost, Person};
use samovar_domain::kinds::{Rotate, Slot, Weekday};
use samovar_domain::offsets::Calendar;
use samovar_domain::rotation::{Account, Rotation as Ready, plan};
use serde::Serialize;
use serde_json::{Map, Value};

use super::member::{SimulatedMember, read_members};
use super::{BadInput, Fields, read_input};

/// What the command is told.
#[derive(Debug, Args)]
pub struct RotationArguments {
    /// A file that describes series and members as JSON; `-` reads it from the standard input.
    #[arg(long, value_name = "FILE")]
    simulate: PathBuf,
    /// How many weeks to plan, counted from the start in the file.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=5200))]
    weeks: u32,
}

/// What would come.
#[derive(Debug, Serialize)]
pub struct SimulatedRotation {
    occurrences: Vec<Occurrence>,
    total_cost: Map<String, Value>,
}

#[derive(Debug, Serialize)]
struct Occurrence {
    starts_at: String,
    slot: usize,
    /// The other sitting, when the series has two.
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<Sitting>,
    costs: Vec<Map<String, Value>>,
}

#[derive(Debug, Serialize)]
struct Sitting {
    starts_at: String,
    slot: usize,
}

/// Does what the command is told.
pub fn run(arguments: &RotationArguments) -> Result<SimulatedRotation, BadInput> {
    simulate(&read_input(&arguments.simulate)?, arguments.weeks)
}

/// Plans so many weeks of what the input describes.
pub fn simulate(input: &Value, weeks: u32) -> Result<SimulatedRotation, BadInput> {
    let input = Fields::of("", input)?;
    let start = input
        .date("start")?
        .ok_or_else(|| input.bad("start", "it is missing"))?;
    let every_weeks = input.optional("every_weeks")?.unwrap_or(1_u32);
    if ![1, 2, 4].contains(&every_weeks) {
        return Err(input.bad("every_weeks", "it is 1, 2 or 4"));
    }
    let duration_min: u32 = input.required("duration_min")?;
    if !(5..=480).contains(&duration_min) {
        return Err(input.bad("duration_min", "a gathering lasts from 5 minutes to 8 hours"));
    }
    let rotate: Rotate = input.optional("rotate")?.unwrap_or_default();
    let two_sittings = input.optional("two_sittings")?.unwrap_or(false);
    let slots = slots(&input)?;
    let members = read_members(&input)?;
    if members.is_empty() {
        return Err(input.bad("members", "there are none"));
    }

    let monday = start - Days::new(u64::from(start.weekday().num_days_from_monday()));
    let midnight = |date: NaiveDate| Timestamp::from(date.and_time(NaiveTime::MIN).and_utc());
    let end = monday + Days::new(u64::from(weeks) * 7);
    let mut calendar = Calendar::new(midnight(monday), midnight(end));
    let ready = Ready::new(&slots, two_sittings, rotate, every_weeks, duration_min, &mut calendar);
    let people: Vec<Person> = members
        .iter()
        .map(|member| Person::new(member.schedule(), &mut calendar))
        .collect();
    let people: Vec<&Person> = people.iter().collect();
    let count = weeks.div_ceil(every_weeks) as usize;
    let plan = plan(&ready, &people, monday, count, &Account::default());

    let mut total = vec![Cost::default(); members.len()];
    let mut occurrences = Vec::with_capacity(count);
    for place in 0..plan.occurrences.len() {
        // On a day that the slot's zone has skipped it does not take place.
        let mut sittings = plan.slots_of(place).iter().filter_map(|slot| {
            let starts_at = plan.starts_at(place, *slot)?;
            let (starts_at, slot) = (in_seconds(starts_at.utc()), *slot);
            Some(Sitting { starts_at, slot })
        });
        let Some(first) = sittings.next() else {
            continue;
        };
        let second = sittings.next();
        for (person, total) in total.iter_mut().enumerate() {
            *total += plan.paid(place, person);
        }
        let costs = (0..slots.len()).map(|slot| by_member(&members, plan.costs_at(place, slot)));
        occurrences.push(Occurrence {
            starts_at: first.starts_at,
            slot: first.slot,
            second,
            costs: costs.collect(),
        });
    }
    Ok(SimulatedRotation {
        occurrences,
        total_cost: by_member(&members, &total),
    })
}

fn in_seconds(at: DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn by_member(members: &[SimulatedMember], costs: &[Cost]) -> Map<String, Value> {
    let cost = |cost: &Cost| serde_json::to_value(cost).unwrap_or_default();
    let named = members.iter().zip(costs);
    named.map(|(member, own)| (member.id.clone(), cost(own))).collect()
}

fn slots(input: &Fields<'_>) -> Result<Vec<Slot>, BadInput> {
    let mut slots = Vec::new();
    let mut distinct = HashSet::new();
    for (place, value) in input.list("slots")?.iter().enumerate() {
        let fields = Fields::of(format!("slots[{place}]"), value)?;
        let weekday: String = fields.required("weekday")?;
        let weekday: Weekday = serde_json::from_value(Value::String(weekday.clone())).map_err(|_| {
            let what = format!("'{weekday}' is not a weekday; they are mon, tue, wed, thu, fri, sat and sun");
            fields.bad("weekday", what)
        })?;
        let time: String = fields.required("time")?;
        if !samovar_domain::hours::minute_of_day(&time).is_ok_and(|minute| minute < 1440) {
            return Err(fields.bad("time", format!("'{time}' is not a time; one is written like 15:00")));
        }
        let time_zone: String = fields.required("time_zone")?;
        if time_zone.parse::<chrono_tz::Tz>().is_err() {
            let what = format!("'{time_zone}' is not a time zone; one is written like America/Lima");
            return Err(fields.bad("time_zone", what));
        }
        let slot = Slot::new(weekday, &time, &time_zone);
        if !distinct.insert(slot.clone()) {
            return Err(BadInput::new(format!("slots[{place}]"), "this slot is there twice"));
        }
        slots.push(slot);
    }
    if slots.is_empty() || slots.len() > 8 {
        return Err(input.bad("slots", "there are one to eight of them"));
    }
    Ok(slots)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn input() -> Value {
        let day = json!(["09:00-17:00"]);
        let week = json!({ "mon": day, "tue": day, "wed": day, "thu": day, "fri": day });
        json!({
            "start": "2026-11-26", "every_weeks": 1, "duration_min": 30, "rotate": "each",
            "members": [
                { "id": "lima", "time_zone": "America/Lima", "hours": week, "away": [["2026-12-02", "2026-12-03"]] },
                { "id": "berlin", "time_zone": "Europe/Berlin", "hours": week },
            ],
            "slots": [
                { "weekday": "wed", "time": "12:30", "time_zone": "Europe/Berlin" },
                { "weekday": "wed", "time": "19:00", "time_zone": "Europe/Berlin" },
            ],
        })
    }

    #[test]
    fn what_every_slot_would_cost_is_told_for_everyone() {
        let answer = serde_json::to_string(&simulate(&input(), 2).unwrap()).unwrap();
        // The week of the start counts from its Monday. Lima is away in the second one, so that Berlin's noon suits all.
        let expected = concat!(
            r#"{"occurrences":[{"starts_at":"2026-11-25T18:00:00Z","slot":1,"#,
            r#""costs":[{"lima":3,"berlin":0},{"lima":0,"berlin":2.5}]},"#,
            r#"{"starts_at":"2026-12-02T11:30:00Z","slot":0,"#,
            r#""costs":[{"lima":0,"berlin":0},{"lima":0,"berlin":2.5}]}],"#,
            r#""total_cost":{"lima":0,"berlin":2.5}}"#,
        );
        assert_eq!(answer, expected);
    }

    #[test]
    fn an_occurrence_comes_each_so_many_weeks() {
        let mut input = input();
        input["every_weeks"] = json!(2);
        for (weeks, expected) in [(1, 1), (2, 1), (3, 2), (52, 26), (520, 260)] {
            assert_eq!(simulate(&input, weeks).unwrap().occurrences.len(), expected, "{weeks}");
        }
    }

    #[test]
    fn two_sittings_cost_everyone_the_better_one() {
        let mut input = input();
        input["two_sittings"] = json!(true);
        let answer = serde_json::to_value(simulate(&input, 1).unwrap()).unwrap();
        assert_eq!(
            answer,
            json!({
                "occurrences": [{
                    "starts_at": "2026-11-25T11:30:00Z", "slot": 0,
                    "second": { "starts_at": "2026-11-25T18:00:00Z", "slot": 1 },
                    "costs": [{ "lima": 3, "berlin": 0 }, { "lima": 0, "berlin": 2.5 }],
                }],
                "total_cost": { "lima": 0, "berlin": 0 },
            })
        );
    }

    #[test]
    fn what_cannot_be_is_told_with_its_place() {
        let slot = json!({ "weekday": "wed", "time": "15:00", "time_zone": "Europe/Berlin" });
        for (place, value, words) in [
            ("/start", json!("23.11.2026"), "start: '23.11.2026' is not a date"),
            ("/start", Value::Null, "start: it is missing"),
            ("/every_weeks", json!(3), "every_weeks: it is 1, 2 or 4"),
            ("/duration_min", json!(1), "duration_min: a gathering lasts"),
            ("/duration_min", json!(-30), "duration_min: invalid value"),
            ("/rotate", json!("daily"), "rotate: unknown variant `daily`"),
            ("/slots", json!([]), "slots: there are one to eight"),
            ("/slots", json!([slot, slot]), "slots[1]: this slot is there twice"),
            (
                "/slots/1/weekday",
                json!("someday"),
                "slots[1]: weekday: 'someday' is not",
            ),
            ("/slots/0/time", json!("24:00"), "slots[0]: time: '24:00' is not"),
            (
                "/slots/0/time_zone",
                json!("Berlin"),
                "slots[0]: time_zone: 'Berlin' is not",
            ),
            ("/members", json!([]), "members: there are none"),
            ("/members/1/id", json!("lima"), "member lima: two members"),
            ("/members/0/hours/mon/0", json!("17"), "member lima: hours: mon: '17'"),
        ] {
            let mut input = input();
            *input.pointer_mut(place).unwrap() = value;
            let told = simulate(&input, 4).unwrap_err().to_string();
            assert!(told.starts_with(words), "{place}: {told}");
        }
    }
}
