//! When people work: ranges per weekday in their own zone, some of them across midnight.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Timestamp;
use crate::kinds::Weekday;

/// A span of a day in minutes after midnight. `end <= start` means that it ends on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "string")]
pub struct Span {
    /// 0 to 1439.
    pub start: u16,
    /// 1 to 1440; 1440 is the midnight at the day's end.
    pub end: u16,
}

/// The text is not a span such as `09:00-17:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("working hours are written as 09:00-17:00")]
pub struct NotASpan;

/// A time of day such as `09:30`, in minutes after midnight; `24:00` is 1440.
pub fn minute_of_day(text: &str) -> Result<u16, NotASpan> {
    let (hour, minute) = text.split_once(':').ok_or(NotASpan)?;
    let is_number = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return Err(NotASpan);
    }
    let hour: u16 = hour.parse().map_err(|_| NotASpan)?;
    let minute: u16 = minute.parse().map_err(|_| NotASpan)?;
    if minute > 59 || hour > 24 || (hour == 24 && minute > 0) {
        return Err(NotASpan);
    }
    Ok(hour * 60 + minute)
}

impl FromStr for Span {
    type Err = NotASpan;

    fn from_str(text: &str) -> Result<Self, NotASpan> {
        let (start, end) = text.split_once('-').ok_or(NotASpan)?;
        let (start, end) = (minute_of_day(start.trim())?, minute_of_day(end.trim())?);
        if start == 1440 || start == end {
            Err(NotASpan)
        } else {
            Ok(Self { start, end })
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            self.start / 60,
            self.start % 60,
            self.end / 60,
            self.end % 60
        )
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A member's working week. A weekday that is not named is free; an empty week means that nothing is known, and then
/// every hour counts as working so that nothing is held back by mistake.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(
    export,
    type = "Partial<Record<\"mon\" | \"tue\" | \"wed\" | \"thu\" | \"fri\" | \"sat\" | \"sun\", Array<string>>>"
)]
pub struct Hours(pub BTreeMap<Weekday, Vec<Span>>);

impl Hours {
    /// Monday to Friday, nine to five.
    pub fn office() -> Self {
        let nine_to_five = Span {
            start: 9 * 60,
            end: 17 * 60,
        };
        let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
        Self(days.into_iter().map(|day| (day, vec![nine_to_five])).collect())
    }

    /// Whether someone with these hours in `zone` works at `at`.
    pub fn contain(&self, zone: Tz, at: Timestamp) -> bool {
        // Asked of every reminder and every member: spans that begin later are not even looked at.
        let mut begun = self.spans_of_days(zone, at, 3);
        self.0.is_empty() || begun.any(|(start, end)| start <= at && at < end)
    }

    /// The next instant from `at` on at which they work, within the coming two weeks; `at` itself when they work now.
    pub fn next_start(&self, zone: Tz, at: Timestamp) -> Option<Timestamp> {
        if self.contain(zone, at) {
            return Some(at);
        }
        self.spans_around(zone, at)
            .map(|(start, _)| start)
            .filter(|start| *start > at)
            .min()
    }

    /// When the working span that `at` lies in ends, following spans that touch.
    pub fn current_end(&self, zone: Tz, at: Timestamp) -> Option<Timestamp> {
        let mut end = None;
        let mut probe = at;
        while let Some(next) = self
            .spans_around(zone, probe)
            .filter(|(start, end)| *start <= probe && probe < *end)
            .map(|(_, end)| end)
            .max()
        {
            end = Some(next);
            if next.since(at).as_secs() > 8 * 24 * 3600 {
                break; // works around the clock
            }
            probe = next;
        }
        end
    }

    /// The spans from two days before `at` to two weeks after it, as instants.
    fn spans_around(&self, zone: Tz, at: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        self.spans_of_days(zone, at, 17)
    }

    /// The spans that begin on so many days, the first of which is two days before `at`.
    fn spans_of_days(&self, zone: Tz, at: Timestamp, days: usize) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let today = at.utc().with_timezone(&zone).date_naive();
        // Two days back: the day before may be one that the zone has skipped, with a night before it that reaches beyond.
        let first = today.checked_sub_days(Days::new(2)).unwrap_or(today);
        first
            .iter_days()
            .take(days)
            .flat_map(move |date| self.spans_on(zone, date))
    }

    /// The spans that begin on this date of the zone, as instants. A day that the zone has skipped has none.
    pub(crate) fn spans_on(&self, zone: Tz, date: NaiveDate) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let spans = self.0.get(&Weekday::of(date)).map(Vec::as_slice).unwrap_or_default();
        let is_a_day = !spans.is_empty() && !is_skipped(zone, date);
        let spans = if is_a_day { spans } else { &[] };
        spans
            .iter()
            .map(move |span| {
                let next = date.succ_opt().unwrap_or(date);
                let end_date = if span.end <= span.start { next } else { date };
                (instant(zone, date, span.start), instant(zone, end_date, span.end))
            })
            // A change of the clocks can swallow a short span whole.
            .filter(|(start, end)| start < end)
    }
}

impl Weekday {
    /// The weekday of a date.
    pub fn of(date: NaiveDate) -> Self {
        match date.weekday() {
            chrono::Weekday::Mon => Self::Mon,
            chrono::Weekday::Tue => Self::Tue,
            chrono::Weekday::Wed => Self::Wed,
            chrono::Weekday::Thu => Self::Thu,
            chrono::Weekday::Fri => Self::Fri,
            chrono::Weekday::Sat => Self::Sat,
            chrono::Weekday::Sun => Self::Sun,
        }
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn index(self) -> u32 {
        self as u32
    }
}

/// The instant of a wall-clock time in a zone. A time that a change of the clocks repeats is its first occurrence; a
/// time that it skips is moved on by as much as was skipped (RFC 5545, section 3.3.5).
pub fn instant(zone: Tz, date: NaiveDate, minute_of_day: u16) -> Timestamp {
    let (date, minute) = if minute_of_day >= 1440 {
        (date.succ_opt().unwrap_or(date), minute_of_day - 1440)
    } else {
        (date, minute_of_day)
    };
    let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute) * 60, 0)
        .expect("a minute of a day below 1440 is a time");
    resolve(zone, date.and_time(time)).into()
}

/// Whether a zone has no such day: Pacific/Apia went from 2011-12-29 to 2011-12-31. Nobody works on it.
pub(crate) fn is_skipped(zone: Tz, date: NaiveDate) -> bool {
    let noon = instant(zone, date, 12 * 60);
    noon.utc().with_timezone(&zone).date_naive() != date
}

/// See [`instant`].
pub fn resolve(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => time.with_timezone(&Utc),
        LocalResult::None => {
            // RFC 5545: read the skipped time with the offset from before the gap. No gap is longer than a day.
            let day_before = local - chrono::TimeDelta::hours(25);
            let offset = match zone.from_local_datetime(&day_before) {
                LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => time.naive_utc() - day_before,
                LocalResult::None => chrono::TimeDelta::zero(),
            };
            DateTime::from_naive_utc_and_offset(local + offset, Utc)
        }
    }
}

/// The zone of this IANA name, or UTC for a name that this version does not know.
pub fn zone_or_utc(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}
