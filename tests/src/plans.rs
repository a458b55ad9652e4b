//! Plans whose time has just come, for stories on a clock that cannot be set.

use std::time::Duration;

use chrono::{Datelike as _, Timelike as _};
use chrono_tz::Tz;
use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Activity, Series, SeriesReminders, Slot, Weekday};
use samovar_domain::{Clock as _, SystemClock, Timestamp};
use serde_json::json;

/// Where [`teatime_soon`] meets.
pub const LINK: &str = "https://meet.example.org/teatime";

/// A weekly teatime whose next one begins in some minutes.
pub fn teatime_soon() -> Series {
    teatime_after(SystemClock.now())
}

/// The same, seen from this instant.
pub fn teatime_after(now: Timestamp) -> Series {
    Series {
        link: Some(LINK.to_owned()),
        ..weekly("Teatime", now.plus(Duration::from_mins(8)))
    }
}

/// A weekly call that begins even sooner, in a room of its own on a Jitsi server, and is announced ahead only.
pub fn call_in_a_room(title: &str, now: Timestamp) -> Series {
    Series {
        jitsi: Some("https://meet.example.org".to_owned()),
        reminders: SeriesReminders {
            at_start: false,
            before_end: false,
            ..SeriesReminders::default()
        },
        ..weekly(title, now.plus(Duration::from_mins(5)))
    }
}

fn weekly(title: &str, at: Timestamp) -> Series {
    // Without an hour that comes twice.
    let zone = Tz::UTC;
    let soon = at.utc().with_timezone(&zone);
    let time = format!("{:02}:{:02}", soon.hour(), soon.minute());
    let slot = Slot::new(weekday(soon.weekday()), &time, zone.name());
    Series::weekly(Activity::Teatime, title, slot, 30)
}

/// A weekly block of focus in this zone that has begun already, and when it ends: within two minutes.
pub fn block_that_ends_soon(zone: Tz, now: Timestamp) -> (Hours, Timestamp) {
    // Time enough to be seen before.
    let until = Timestamp::from_millis((now.plus(Duration::from_secs(50)).millis() / 60_000 + 1) * 60_000);
    let local = |at: Timestamp| at.utc().with_timezone(&zone);
    let time = |at: Timestamp| format!("{:02}:{:02}", local(at).hour(), local(at).minute());
    let began = until.plus_minutes(-90);
    let day = match weekday(local(began).weekday()) {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    };
    let blocks = json!({ day: [format!("{}-{}", time(began), time(until))] });
    (serde_json::from_value(blocks).expect("these are blocks"), until)
}

/// The day of the week, in our own words.
pub fn weekday(day: chrono::Weekday) -> Weekday {
    match day {
        chrono::Weekday::Mon => Weekday::Mon,
        chrono::Weekday::Tue => Weekday::Tue,
        chrono::Weekday::Wed => Weekday::Wed,
        chrono::Weekday::Thu => Weekday::Thu,
        chrono::Weekday::Fri => Weekday::Fri,
        chrono::Weekday::Sat => Weekday::Sat,
        chrono::Weekday::Sun => Weekday::Sun,
    }
}
