//! When a series meets: the gatherings that follow from its slots, their zones and its rhythm, and what is kept so that
//! those who have it hard take turns. Nothing that is kept tells who came.

mod kept;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

pub use self::kept::Kept;
use crate::hours::{instant, is_skipped, minute_of_day, zone_or_utc};
use crate::inconvenience::Person;
use crate::kinds::{Gathering, Series, Weekday};
use crate::offsets::Calendar;
use crate::schedule::Schedule;
use crate::{ItemId, MemberId, Timestamp};

/// How many days ahead gatherings are made from a series.
pub const DAYS_AHEAD: u64 = 28;
/// How far ahead a rotation looks at most, in minutes: a year of a series that meets every four weeks, and its last turn.
const LOOK_AHEAD_MINUTES: i64 = 80 * 7 * 24 * 60;
/// How many things to talk about a gathering is given.
const PROMPTS: usize = 3;
/// A room with picture and sound off at entry.
const JITSI_SETTINGS: &str = "#config.startWithVideoMuted=true&config.startWithAudioMuted=true";

/// The members of a team and when they work, made ready for planning.
#[derive(Debug, Clone)]
pub struct Team {
    calendar: Calendar,
    people: BTreeMap<MemberId, Person>,
}

impl Team {
    /// For plans that are made at `now`.
    pub fn new(members: impl IntoIterator<Item = (MemberId, Schedule)>, now: Timestamp) -> Self {
        let mut calendar = Calendar::new(now.plus_minutes(-30 * 24 * 60), now.plus_minutes(LOOK_AHEAD_MINUTES));
        let people = members
            .into_iter()
            .map(|(id, schedule)| (id, Person::new(schedule, &mut calendar)))
            .collect();
        Self { calendar, people }
    }
}

/// The Monday of the week of a date.
fn monday_of(date: NaiveDate) -> NaiveDate {
    let days = Days::new(u64::from(Weekday::of(date).index()));
    date.checked_sub_days(days).unwrap_or(date)
}

/// The number of a week, counted from 1970 so that "every two weeks" means the same to everyone.
pub fn week_number(monday: NaiveDate) -> i64 {
    let origin = NaiveDate::from_ymd_opt(1970, 1, 5).expect("1970-01-05 was a Monday");
    (monday - origin).num_days().div_euclid(7)
}

/// The Mondays of the weeks in which something of `series` may be that ends after `now` and starts within four weeks.
fn weeks(series: &Series, now: Timestamp) -> Vec<NaiveDate> {
    let today = now.utc().date_naive();
    // A day to either side: somewhere it is yesterday still, or tomorrow already.
    let first = monday_of(today.checked_sub_days(Days::new(2)).unwrap_or(today));
    let last = today.checked_add_days(Days::new(DAYS_AHEAD + 1)).unwrap_or(today);
    let mondays = first.iter_weeks().take_while(|monday| *monday <= last);
    let rhythm = i64::from(series.every_weeks.max(1));
    mondays
        .filter(|monday| week_number(*monday).rem_euclid(rhythm) == 0)
        .collect()
}

/// The gatherings of a series with one slot, or at its first: those that end after `now` and start within the next four
/// weeks, with the id that each always has. The same series makes the same gathering on the same date, however often it
/// is asked.
pub fn gatherings(id: ItemId, series: &Series, now: Timestamp) -> Vec<(ItemId, Gathering)> {
    let one_slot = Series {
        more_slots: Vec::new(),
        ..series.clone()
    };
    let mut nobody = Team::new([], now);
    ahead(id, &one_slot, &mut nobody, &mut Kept::default(), now)
}

/// The gatherings of `series` (whose item is `id`) that end after `now` and start within the next four weeks. Weeks that
/// were planned before stay as `kept` has them; others are added to it.
pub fn ahead(
    id: ItemId,
    series: &Series,
    team: &mut Team,
    kept: &mut Kept,
    now: Timestamp,
) -> Vec<(ItemId, Gathering)> {
    let weeks = weeks(series, now);
    kept.plan(series, team, &weeks, now);
    let slots = series.slots();
    let mut made: Vec<(ItemId, Gathering)> = Vec::new();
    for monday in weeks {
        let mut ids = Vec::new();
        for sitting in kept.sittings(monday, &slots) {
            let slot = &slots[sitting.slot];
            let zone = zone_or_utc(&slot.time_zone);
            let date = monday + Days::new(u64::from(slot.weekday.index()));
            let Ok(minute) = minute_of_day(&slot.time) else {
                continue;
            };
            let mut gathering_id = ItemId::derived(&["gathering", &id.to_string(), &date.to_string()]);
            if ids.contains(&gathering_id) {
                gathering_id = ItemId::derived(&["gathering", &id.to_string(), &date.to_string(), "second sitting"]);
            }
            ids.push(gathering_id);
            if is_skipped(zone, date) {
                continue;
            }
            let gathering = Gathering {
                series: Some(id),
                note: series.note.clone(),
                time_zone: Some(slot.time_zone.clone()),
                link: link(series, gathering_id),
                invited: sitting.invited.or_else(|| series.invited.clone()),
                slot: (slots.len() > 1).then_some(sitting.slot as u32),
                why: sitting.why,
                prompts: prompts(series, gathering_id),
                reminders: series.reminders,
                ..Gathering::plain(
                    series.activity,
                    &series.title,
                    instant(zone, date, minute),
                    series.duration_min,
                )
            };
            made.push((gathering_id, gathering));
        }
    }
    let until = now.plus_minutes(DAYS_AHEAD as i64 * 24 * 60);
    made.retain(|(_, gathering)| gathering.ends_at() > now && gathering.starts_at <= until);
    made
}

/// Where a gathering meets: the series' own link, or a room that nobody can guess who does not see the gathering.
fn link(series: &Series, gathering: ItemId) -> Option<String> {
    let server = series.jitsi.as_deref();
    let room = server.map(|server| jitsi_room(server, gathering, ""));
    room.or_else(|| series.link.clone())
}

/// A room of a gathering on a Jitsi server.
pub(crate) fn jitsi_room(server: &str, gathering: ItemId, name: &str) -> String {
    let secret = ItemId::derived(&["jitsi room", &gathering.to_string(), name]);
    let server = server.trim().trim_end_matches('/');
    format!("{server}/samovar-{}{JITSI_SETTINGS}", secret.0.simple())
}

/// Some of the series' own things to talk about, others for each gathering and the same for everyone in it.
fn prompts(series: &Series, gathering: ItemId) -> Vec<String> {
    let mut prompts: Vec<(ItemId, &String)> = series
        .prompts
        .iter()
        .map(|prompt| (ItemId::derived(&["prompt", &gathering.to_string(), prompt]), prompt))
        .collect();
    prompts.sort_unstable();
    prompts
        .into_iter()
        .take(PROMPTS)
        .map(|(_, prompt)| prompt.clone())
        .collect()
}

/// What becomes of a gathering that is there when its series says `planned` now; `None` when nothing changes. Its
/// sequence counts changes that a calendar has to hear of.
pub fn followed(present: &Gathering, planned: Gathering) -> Option<Gathering> {
    let place = |gathering: &Gathering| (gathering.starts_at, gathering.duration_min, gathering.link.clone());
    let is_moved = place(present) != place(&planned) || present.cancelled;
    let next = Gathering {
        sequence: present.sequence + u32::from(is_moved),
        rooms: if is_moved { Vec::new() } else { present.rooms.clone() },
        ..planned
    };
    (next != *present).then_some(next)
}

/// What becomes of a gathering that does not take place any more; `None` when that is known.
pub fn called_off(present: &Gathering) -> Option<Gathering> {
    (!present.cancelled).then(|| Gathering {
        cancelled: true,
        sequence: present.sequence + 1,
        ..present.clone()
    })
}
