//! A member as the simulations are told of them. Fields that a simulation has no use for are read all the same, so that
//! one file does for all of them.

use std::collections::HashSet;

use chrono::NaiveDate;
use samovar_domain::check::check_member;
use samovar_domain::hours::{Hours, Span, zone_or_utc};
use samovar_domain::kinds::{Away, Member, Weekday};
use samovar_domain::schedule::Schedule;
use serde_json::Value;

use super::{BadInput, Fields, date};

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulatedMember {
    /// What they are called in the answer.
    pub id: String,
    /// An IANA zone.
    pub time_zone: String,
    /// When they work; empty when nothing is known.
    pub hours: Hours,
    /// How often they wish to be drawn: every 1, 2 or 4 weeks.
    pub every_weeks: u32,
    /// Not drawn before this day.
    pub paused_until: Option<NaiveDate>,
    /// When they are away.
    pub away: Vec<Away>,
    /// With whom rather not.
    pub not_with: Vec<String>,
}

impl SimulatedMember {
    /// When they work, all told.
    pub fn schedule(&self) -> Schedule {
        Schedule::new(zone_or_utc(&self.time_zone), self.hours.clone(), &[], &self.away)
    }

    fn read(place: usize, value: &Value) -> Result<Self, BadInput> {
        let id: String = Fields::of(format!("members[{place}]"), value)?.required("id")?;
        let fields = Fields::of(format!("member {id}"), value)?;
        let member = Self {
            time_zone: fields.required("time_zone")?,
            hours: hours(&fields)?,
            every_weeks: fields.optional("every_weeks")?.unwrap_or(1),
            paused_until: fields.date("paused_until")?,
            away: away(&fields)?,
            not_with: fields.optional("not_with")?.unwrap_or_default(),
            id,
        };
        if member.time_zone.parse::<chrono_tz::Tz>().is_err() {
            let what = format!(
                "'{}' is not a time zone; one is written like America/Lima",
                member.time_zone
            );
            return Err(fields.bad("time_zone", what));
        }
        if ![1, 2, 4].contains(&member.every_weeks) {
            return Err(fields.bad("every_weeks", "it is 1, 2 or 4"));
        }
        Ok(member)
    }
}

/// The members of a simulation's input, each of whom has an id of their own.
pub fn read_members(input: &Fields<'_>) -> Result<Vec<SimulatedMember>, BadInput> {
    let mut members = Vec::new();
    let mut ids = HashSet::new();
    for (place, value) in input.list("members")?.iter().enumerate() {
        let member = SimulatedMember::read(place, value)?;
        if !ids.insert(member.id.clone()) {
            return Err(BadInput::new(
                format!("member {}", member.id),
                "two members have this id",
            ));
        }
        members.push(member);
    }
    Ok(members)
}

fn hours(fields: &Fields<'_>) -> Result<Hours, BadInput> {
    let Some(value) = fields.get("hours") else {
        return Ok(Hours::default());
    };
    let days = Fields::of("", value).map_err(|_| fields.bad("hours", "here an object in braces is needed"))?;
    let mut hours = Hours::default();
    for name in days.fields.keys() {
        let bad = |what: &dyn std::fmt::Display| fields.bad("hours", format!("{name}: {what}"));
        let day: Weekday = serde_json::from_value(Value::String(name.clone()))
            .map_err(|_| bad(&"this is not a weekday; they are mon, tue, wed, thu, fri, sat and sun"))?;
        let mut spans = Vec::new();
        for text in days.list(name).map_err(|_| bad(&"here a list in brackets is needed"))? {
            let text = text
                .as_str()
                .ok_or_else(|| bad(&"working hours are written as \"09:00-17:00\""))?;
            let span: Span = text.parse().map_err(|error| bad(&format!("'{text}': {error}")))?;
            spans.push(span);
        }
        // A day that is named without hours is as free as one that is not named.
        if !spans.is_empty() {
            hours.0.insert(day, spans);
        }
    }
    // What a profile may not say, nobody can try out either.
    let profile = Member {
        name: "somebody".to_owned(),
        time_zone: "UTC".to_owned(),
        hours,
        pronouns: None,
        about: None,
        photo: None,
        country: None,
        travel: Vec::new(),
        away: Vec::new(),
    };
    check_member(&profile).map_err(|problem| fields.bad("hours", problem.detail))?;
    Ok(profile.hours)
}

fn away(fields: &Fields<'_>) -> Result<Vec<Away>, BadInput> {
    let pairs: Vec<(String, String)> = fields.optional("away")?.unwrap_or_default();
    let read = |text: &str| date(text).map_err(|what| fields.bad("away", what));
    let mut away = Vec::new();
    for (from, back_on) in pairs {
        let (from, back_on) = (read(&from)?, read(&back_on)?);
        if back_on <= from {
            let what = format!("they are back on {back_on}, before they have left on {from}");
            return Err(fields.bad("away", what));
        }
        away.push(Away {
            from,
            back_on,
            note: None,
        });
    }
    Ok(away)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(member: Value) -> Result<Vec<SimulatedMember>, String> {
        let input = json!({ "members": [{ "id": "m1", "time_zone": "UTC" }, member] });
        read_members(&Fields::of("", &input).unwrap()).map_err(|bad| bad.to_string())
    }

    #[test]
    fn what_may_be_missing_is_filled_in() {
        let members = read(json!({ "id": "m2", "time_zone": "America/Lima", "paused_until": null })).unwrap();
        assert_eq!(members[1].every_weeks, 1);
        assert!(members[1].hours.0.is_empty() && members[1].away.is_empty() && members[1].paused_until.is_none());
    }

    #[test]
    fn what_cannot_be_is_told_with_the_member_and_the_field() {
        for (field, value, words) in [
            (
                "time_zone",
                json!("Mars/Base"),
                "member m2: time_zone: 'Mars/Base' is not",
            ),
            ("time_zone", Value::Null, "member m2: time_zone: it is missing"),
            ("hours", json!({ "mon": ["9-17"] }), "member m2: hours: mon: '9-17'"),
            (
                "hours",
                json!({ "mon": ["25:00-26:00"] }),
                "member m2: hours: mon: '25:00",
            ),
            (
                "hours",
                json!({ "mon": "09:00-17:00" }),
                "member m2: hours: mon: here a list",
            ),
            (
                "hours",
                json!({ "monday": [] }),
                "member m2: hours: monday: this is not",
            ),
            (
                "hours",
                json!({ "mon": ["09:00-17:00", "09:00-17:00"] }),
                "member m2: hours: The same span",
            ),
            ("every_weeks", json!(3), "member m2: every_weeks: it is 1, 2 or 4"),
            ("every_weeks", json!("often"), "member m2: every_weeks: invalid type"),
            (
                "paused_until",
                json!("2026-02-30"),
                "member m2: paused_until: '2026-02-30'",
            ),
            (
                "away",
                json!([["2026-12-08", "2026-12-01"]]),
                "member m2: away: they are back",
            ),
            ("away", json!([["2026-12-08"]]), "member m2: away: invalid length"),
            ("not_with", json!("m1"), "member m2: not_with: invalid type"),
            ("id", json!("m1"), "member m1: two members have this id"),
            ("id", Value::Null, "members[1]: id: it is missing"),
        ] {
            let mut member = json!({ "id": "m2", "time_zone": "UTC" });
            member[field] = value.clone();
            let told = read(member).unwrap_err();
            assert!(told.starts_with(words), "{field} {value}: {told}");
        }
    }
}
