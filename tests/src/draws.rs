//! Draws of pair calls without waiting for ten o'clock: it is ten o'clock at other times in other zones, and the team's
//! zone is what an admin says.

use chrono::{Datelike as _, NaiveTime};
use chrono_tz::Tz;
use samovar_core::api::PairDraw;
use samovar_domain::Timestamp;

use crate::plans::weekday;

/// Zones around the world, from the first to see a day to the last.
const ZONES: [Tz; 16] = [
    Tz::Pacific__Kiritimati,
    Tz::Pacific__Auckland,
    Tz::Pacific__Noumea,
    Tz::Australia__Brisbane,
    Tz::Asia__Tokyo,
    Tz::Asia__Manila,
    Tz::Asia__Bangkok,
    Tz::Asia__Karachi,
    Tz::Europe__Berlin,
    Tz::Africa__Accra,
    Tz::Atlantic__Azores,
    Tz::America__Sao_Paulo,
    Tz::America__Lima,
    Tz::America__Los_Angeles,
    Tz::Pacific__Honolulu,
    Tz::Pacific__Pago_Pago,
];

/// Until when the draw of a day is far enough ahead to be announced and skipped.
const AHEAD: NaiveTime = NaiveTime::from_hms_opt(9, 30, 0).expect("this is a time");
/// When it was.
const TEN: NaiveTime = NaiveTime::from_hms_opt(10, 0, 0).expect("this is a time");
/// Until when the day is long enough for the endpoint to hear of it: one that is missed is made up for on its day.
const LATE: NaiveTime = NaiveTime::from_hms_opt(23, 30, 0).expect("this is a time");

/// The same day's draw, in two zones.
#[derive(Debug, Clone)]
pub struct Draws {
    /// Some hours ahead.
    pub ahead: PairDraw,
    /// Past already, so that the endpoint makes up for it at once.
    pub due: PairDraw,
}

impl Draws {
    /// The earth is wide enough for both at any time.
    pub fn around(now: Timestamp) -> Self {
        let local = ZONES.map(|zone| now.utc().with_timezone(&zone).naive_local());
        let draw = |at: usize| PairDraw {
            weekday: weekday(local[at].weekday()),
            time_zone: ZONES[at].name().to_owned(),
        };
        let is_due = |at: &usize| (TEN..LATE).contains(&local[*at].time());
        for due in (0..ZONES.len()).filter(is_due) {
            let is_ahead = |at: &usize| local[*at].date() == local[due].date() && local[*at].time() < AHEAD;
            // As near as possible, so that nobody needs to work at night to hear of it.
            if let Some(ahead) = (0..ZONES.len()).filter(is_ahead).max_by_key(|at| local[*at]) {
                return Self {
                    ahead: draw(ahead),
                    due: draw(due),
                };
            }
        }
        unreachable!("some zone has the same day before half past nine while another one has it after ten")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_both_at_any_time() {
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().expect("this is an instant");
        for minutes in (0..366 * 24 * 60).step_by(7) {
            let draws = Draws::around(start.plus_minutes(minutes));
            assert_eq!(draws.ahead.weekday, draws.due.weekday);
        }
    }
}
