//! Time as it is handed around: an instant in whole milliseconds, and the one place that reads the machine's clock.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// An instant: milliseconds since 1970-01-01T00:00:00Z. On the wire, RFC 3339 in UTC with three decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, TS, ToSchema)]
#[ts(type = "string")]
#[schema(value_type = String, format = DateTime)]
pub struct Timestamp(i64);

/// The years that a clock or a calendar of people can mean; outside them a time is a mistake, and arithmetic stays safe.
const EARLIEST: i64 = -62_135_596_800_000; // 0001-01-01
const LATEST: i64 = 253_402_300_799_999; // 9999-12-31

impl Timestamp {
    /// From milliseconds since 1970, held within the years 1 to 9999.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(EARLIEST, LATEST))
    }

    /// Milliseconds since 1970.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// As chrono's type, for calendars and zones.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).expect("a Timestamp lies within the years 1 to 9999")
    }

    /// This instant and so much later.
    pub fn plus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// This instant and so much earlier.
    pub fn minus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self::from_millis(self.0.saturating_sub(millis))
    }

    /// This instant and so many minutes later (or earlier, when negative).
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self::from_millis(self.0.saturating_add(minutes.saturating_mul(60_000)))
    }

    /// How long it is from `earlier` to this instant; zero when `earlier` is not earlier.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(time: DateTime<Utc>) -> Self {
        Self::from_millis(time.timestamp_millis())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        DateTime::parse_from_rfc3339(text).map(|time| time.with_timezone(&Utc).into())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Tells what time it is. Everything that needs to know is handed one.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

/// The machine's own clock; the only place that reads it. A test may start a program so many seconds ahead of it: the
/// program reads the variable [`SystemClock::AHEAD`] and says so with [`SystemClock::start_ahead`].
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

static AHEAD: OnceLock<Duration> = OnceLock::new();

impl SystemClock {
    /// Tests set it, in whole seconds; nobody else does.
    pub const AHEAD: &str = "SAMOVAR_TEST_CLOCK_AHEAD_S";

    /// Before anything asks for the time: this process is ahead of the machine by what the variable said, if it was set.
    pub fn start_ahead(seconds: Option<&str>) {
        let seconds = seconds.and_then(|seconds| seconds.parse().ok()).unwrap_or(0);
        // Whoever says it first is right: nothing may be moved in time while it runs.
        let _ = AHEAD.set(Duration::from_secs(seconds));
    }

    /// How far this process is ahead of the machine: not at all, but in a test.
    pub fn ahead() -> Duration {
        AHEAD.get().copied().unwrap_or_default()
    }
}

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock that all others are handed"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::from(Utc::now()).plus(Self::ahead())
    }
}
