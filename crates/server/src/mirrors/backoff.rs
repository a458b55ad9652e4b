//! How long a mirror waits after a failure.

use std::time::Duration;

/// What could not be done for so long is given up, and the mirror with it until an admin has looked.
pub(crate) const GIVEN_UP_AFTER: Duration = Duration::from_hours(24);
const FIRST: u64 = 10;
const LONGEST: u64 = 3_600;

/// The wait after so many failures in a row: ten seconds, then twice as long each time up to an hour, and up to a quarter
/// more by `chance`, so that many mirrors of a service that was away do not come back at one instant. A service that said
/// how long to wait is waited for at least that long, but no longer than a day.
pub(crate) fn wait(failures: u32, chance: u64, asked: Option<Duration>) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    let seconds = (FIRST << doublings).min(LONGEST);
    let own = Duration::from_millis(seconds * 1_000 + chance % (seconds * 250));
    asked.map_or(own, |asked| asked.max(own).min(GIVEN_UP_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_an_hour_and_heed_what_the_service_says() {
        let seconds = |failures| wait(failures, 0, None).as_secs();
        assert_eq!([1, 2, 3, 4].map(seconds), [10, 20, 40, 80]);
        assert_eq!([9, 10, 60, u32::MAX].map(seconds), [2_560, 3_600, 3_600, 3_600]);
        for chance in 0..5_000 {
            let wait = wait(2, chance, None);
            assert!((20_000..25_000).contains(&wait.as_millis()), "{wait:?}");
        }
        assert_eq!(wait(1, 0, Some(Duration::from_secs(90))).as_secs(), 90);
        assert_eq!(wait(1, 0, Some(Duration::from_secs(1))).as_secs(), 10);
        assert_eq!(wait(1, 0, Some(Duration::from_hours(900))), GIVEN_UP_AFTER);
    }
}
