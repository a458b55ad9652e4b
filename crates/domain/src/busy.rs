//! When somebody is busy, from their own calendar as iCalendar text (RFC 5545): times and nothing else. How the text
//! comes here is not decided here; it never leaves its person's computer.
//!
//! An event counts when it takes time: not when it was cancelled or is transparent, and when it lasts all day only if its
//! calendar says that it takes the day (`TRANSP:OPAQUE`), since most such days are birthdays and holidays. Gatherings of
//! Samovar in one's calendar do not count: otherwise a gathering would keep the next one away from its time.

use std::collections::BTreeMap;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz as CalendarZone;
use calcard::icalendar::dates::TimeOrDelta;
use calcard::icalendar::timezone::TzResolver;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarStatus, ICalendarTransparency,
    ICalendarValue,
};
use chrono::{DateTime, Datelike as _, TimeDelta, Timelike as _};
use chrono_tz::Tz;

use crate::hours::instant;
use crate::kinds::BusySpan;
use crate::{Problem, Timestamp};

/// How many days ahead are looked at: the four weeks that gatherings are planned ahead, and one more.
pub const DAYS_AHEAD: i64 = 35;
/// Spans begin and end at full half hours.
pub const STEP_MINUTES: i64 = 30;
/// What ends the `UID` of everything in a calendar feed of ours.
const OWN_UID: &str = "@samovar";
/// The most occurrences of one event that are looked at: every hour for four years, every day for a century.
const OCCURRENCES_MAX: usize = 40_000;
/// The most occurrences of all events together.
const ALL_OCCURRENCES_MAX: usize = 2_000_000;
const DAY_MS: i64 = 24 * 60 * 60_000;

/// When the owner of this calendar is busy from the beginning of today (in UTC) until five weeks later. Times without a
/// zone, and whole days, are in `zone`.
pub fn busy_spans(text: &str, zone: Tz, now: Timestamp) -> Result<Vec<BusySpan>, Problem> {
    let calendar = ICalendar::parse(text).map_err(|_| {
        Problem::new(
            "not_a_calendar",
            "What is at this address is no calendar. Take the address that ends in .ics, often called the private or secret one.",
        )
    })?;
    let zones = calendar.build_owned_tz_resolver().with_default(CalendarZone::Tz(zone));
    let mut events: BTreeMap<String, Vec<ICalendarComponent>> = BTreeMap::new();
    let mut of_zones = Vec::new();
    for (place, component) in calendar.components.into_iter().enumerate() {
        match component.component_type {
            ICalendarComponentType::VTimezone => of_zones.push(component),
            ICalendarComponentType::VEvent => {
                // What has no UID is one event by itself.
                let uid = component.uid().map_or_else(|| format!("#{place}"), ToOwned::to_owned);
                if !uid.ends_with(OWN_UID) {
                    events.entry(uid).or_default().push(prepared(component, &zones));
                }
            }
            _ => {}
        }
    }
    let first = Timestamp::from_millis(now.millis().div_euclid(DAY_MS) * DAY_MS);
    let last = first.plus_minutes((DAYS_AHEAD + 1) * 24 * 60);
    let mut spans = Vec::new();
    let mut left = ALL_OCCURRENCES_MAX;
    for event in events.into_values() {
        let one = ICalendar {
            components: of_zones.iter().cloned().chain(event).collect(),
        };
        let expanded = one.expand_dates(CalendarZone::Tz(zone), OCCURRENCES_MAX.min(left));
        left = left.saturating_sub(expanded.events.len());
        if left == 0 {
            return Err(Problem::new(
                "calendar_too_large",
                "This calendar is too large to be read here.",
            ));
        }
        let taking_time = expanded
            .events
            .into_iter()
            .filter(|event| one.components.get(event.comp_id as usize).is_some_and(takes_time));
        spans.extend(taking_time.filter_map(|event| {
            let from = to_instant(&event.start, zone);
            let until = match event.end {
                TimeOrDelta::Time(end) => to_instant(&end, zone),
                TimeOrDelta::Delta(length) => from.plus_minutes(length.num_minutes()),
            };
            let (from, until) = (from.max(first), until.min(last));
            (from < until).then_some(rounded(from, until))
        }));
    }
    Ok(merged(spans))
}

/// Whether an event keeps its person from something else.
fn takes_time(event: &ICalendarComponent) -> bool {
    if event.status() == Some(&ICalendarStatus::Cancelled) || is_free_by_exchange(event) {
        return false;
    }
    let start = event.property(&ICalendarProperty::Dtstart);
    let is_all_day = start.is_some_and(|start| match start.values.first() {
        Some(ICalendarValue::PartialDateTime(start)) => !start.has_time(),
        _ => false,
    });
    let has_length = [ICalendarProperty::Dtend, ICalendarProperty::Duration]
        .iter()
        .any(|length| event.property(length).is_some());
    if !is_all_day && !has_length {
        return false; // it is a moment, says the RFC
    }
    match event.transparency() {
        Some(ICalendarTransparency::Transparent) => false,
        Some(ICalendarTransparency::Opaque) => true,
        None => !is_all_day,
    }
}

/// Exchange says in a property of its own that a time is free, or that one merely works elsewhere.
fn is_free_by_exchange(event: &ICalendarComponent) -> bool {
    let status = ICalendarProperty::Other("X-MICROSOFT-CDO-BUSYSTATUS".to_owned());
    event.property(&status).is_some_and(|status| {
        matches!(status.values.first(), Some(ICalendarValue::Text(text)) if text == "FREE" || text == "WORKINGELSEWHERE")
    })
}

/// An event as the expansion needs it: the end of a rule by the event's own clock, as its starts are, and no sequence,
/// since a moved occurrence has another one than its series.
fn prepared(mut event: ICalendarComponent, zones: &TzResolver<String>) -> ICalendarComponent {
    event.entries.retain(|entry| entry.name != ICalendarProperty::Sequence);
    let start = event.property(&ICalendarProperty::Dtstart);
    let zone = zones.resolve_or_default(start.and_then(|start| start.tz_id()));
    let is_utc = start.is_some_and(|start| match start.values.first() {
        Some(ICalendarValue::PartialDateTime(start)) => start.has_zone(),
        _ => false,
    });
    if let Some(rule) = event.property_mut(&ICalendarProperty::Rrule)
        && let Some(ICalendarValue::RecurrenceRule(rule)) = rule.values.first_mut()
        && let Some(until) = rule.until.take()
    {
        let local = if is_utc { CalendarZone::UTC } else { zone };
        rule.until = Some(local_end(until, local));
    }
    event
}

fn local_end(until: PartialDateTime, zone: CalendarZone) -> PartialDateTime {
    if !until.has_time() {
        // A day: all of it.
        return PartialDateTime {
            hour: Some(23),
            minute: Some(59),
            second: Some(59),
            ..until
        };
    }
    if !until.has_zone() {
        return until;
    }
    let Some(at) = until.to_date_time_with_tz(zone) else {
        return until;
    };
    let there = at.with_timezone(&zone);
    PartialDateTime {
        year: u16::try_from(there.year()).ok(),
        month: Some(there.month() as u8),
        day: Some(there.day() as u8),
        hour: Some(there.hour() as u8),
        minute: Some(there.minute() as u8),
        second: Some(there.second() as u8),
        tz_hour: None,
        tz_minute: None,
        tz_minus: false,
    }
}

/// A time that the clocks skip or show twice comes without a zone: it is read in one's own.
fn to_instant(at: &DateTime<CalendarZone>, zone: Tz) -> Timestamp {
    if at.timezone().is_floating() {
        let local = at.naive_local();
        let minute = local.hour() * 60 + local.minute();
        instant(zone, local.date(), minute as u16)
    } else {
        Timestamp::from_millis(at.timestamp_millis())
    }
}

/// Outward to full half hours.
fn rounded(from: Timestamp, until: Timestamp) -> BusySpan {
    let step = TimeDelta::minutes(STEP_MINUTES).num_milliseconds();
    BusySpan {
        from: Timestamp::from_millis(from.millis().div_euclid(step) * step),
        until: Timestamp::from_millis((until.millis() + step - 1).div_euclid(step) * step),
    }
}

fn merged(mut spans: Vec<BusySpan>) -> Vec<BusySpan> {
    spans.sort_unstable();
    spans.dedup_by(|later, earlier| {
        let touches = later.from <= earlier.until;
        if touches {
            earlier.until = earlier.until.max(later.until);
        }
        touches
    });
    spans
}
