//! How much one may ask: calls by device, failures by address.
//!
//! A device is known by its token, so it has a budget of its own, far above what a desktop needs: it holds up a program
//! that has gone wild. An address is not known by anything. Ten thousand desktops may share one, so what goes well there
//! costs nothing: only what fails is counted, such as tokens and invites that nobody made.
//!
//! A budget of N fills up again evenly within a minute (GCRA): N at once, then N a minute. All of it is in memory alone,
//! has a bound, and is forgotten once a budget is full again.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, MonotonicClock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use samovar_domain::DeviceId;

use crate::state::App;

/// The most addresses, and the most devices, that have a budget of their own. All others share one.
const KNOWN_MAX: usize = 65_536;

/// The limits, each as so many a minute; 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitSettings {
    /// Calls of one device.
    pub calls_per_device: u32,
    /// Calls from one address that fail at a door that is open to everybody, or whose token is not known.
    pub failures_per_address: u32,
}

impl Default for LimitSettings {
    /// A desktop that fetches 100,000 items and a thousand photos makes some 1,200 calls.
    fn default() -> Self {
        Self {
            calls_per_device: 6_000,
            failures_per_address: 60,
        }
    }
}

impl LimitSettings {
    /// No limit at all.
    pub const NONE: Self = Self {
        calls_per_device: 0,
        failures_per_address: 0,
    };
}

/// It was too much; after this long, one more is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany(pub(crate) Duration);

/// Where a call comes from, as far as somebody can choose it: of IPv6 the network, since whoever has one address there
/// has the whole network of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Origin(IpAddr);

impl Origin {
    fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
            address @ IpAddr::V4(_) => address,
        })
    }
}

/// `None` stands for all who have no budget of their own.
type Budgets<K, C> = RateLimiter<Option<K>, HashMapStateStore<Option<K>>, C, NoOpMiddleware<<C as Clock>::Instant>>;

struct Budget<K: Hash + Eq + Clone, C: Clock> {
    budgets: Budgets<K, C>,
    clock: C,
    known_max: usize,
}

impl<K: Hash + Eq + Clone, C: Clock + Clone> Budget<K, C> {
    /// `None` when there is no limit.
    fn new(a_minute: u32, known_max: usize, clock: &C) -> Option<Self> {
        let quota = Quota::per_minute(NonZeroU32::new(a_minute)?);
        Some(Self {
            budgets: RateLimiter::hashmap_with_clock(quota, clock.clone()),
            clock: clock.clone(),
            known_max,
        })
    }

    fn take(&self, key: K) -> Result<(), TooMany> {
        let key = (self.budgets.len() < self.known_max).then_some(key);
        self.budgets
            .check_key(&key)
            .map_err(|until| TooMany(until.wait_time_from(self.clock.now())))
    }

    fn sweep(&self) {
        self.budgets.retain_recent();
        self.budgets.shrink_to_fit();
    }
}

/// Sweeps once a minute until the endpoint stops.
pub(crate) async fn run(app: App) {
    let mut minutes = tokio::time::interval(Duration::from_mins(1));
    while app.stopping.run_until_cancelled(minutes.tick()).await.is_some() {
        app.limits.sweep();
    }
}

/// See the module.
pub(crate) struct Limits<C: Clock = MonotonicClock> {
    devices: Option<Budget<DeviceId, C>>,
    addresses: Option<Budget<Origin, C>>,
    /// Until when these addresses find doors shut that are open to everybody.
    shut: Mutex<HashMap<Origin, C::Instant>>,
    known_max: usize,
    clock: C,
}

impl Limits {
    pub(crate) fn new(settings: LimitSettings) -> Self {
        Self::with_clock(settings, KNOWN_MAX, MonotonicClock)
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(settings: LimitSettings, known_max: usize, clock: C) -> Self {
        Self {
            devices: Budget::new(settings.calls_per_device, known_max, &clock),
            addresses: Budget::new(settings.failures_per_address, known_max, &clock),
            shut: Mutex::default(),
            known_max,
            clock,
        }
    }

    fn shut(&self) -> MutexGuard<'_, HashMap<Origin, C::Instant>> {
        self.shut.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A device calls.
    pub(crate) fn called(&self, device: DeviceId) -> Result<(), TooMany> {
        self.devices.as_ref().map_or(Ok(()), |devices| devices.take(device))
    }

    /// A call from there failed. Once that is too much, doors that are open to everybody are shut for it.
    pub(crate) fn failed(&self, address: IpAddr) -> Result<(), TooMany> {
        let Some(addresses) = &self.addresses else {
            return Ok(());
        };
        let origin = Origin::of(address);
        let taken = addresses.take(origin);
        if let Err(TooMany(wait)) = taken {
            let mut shut = self.shut();
            if shut.len() < self.known_max || shut.contains_key(&origin) {
                shut.insert(origin, self.clock.now() + wait.into());
            }
        }
        taken
    }

    /// Whether a door that is open to everybody is open to that address.
    pub(crate) fn is_open_to(&self, address: IpAddr) -> Result<(), TooMany> {
        let origin = Origin::of(address);
        let mut shut = self.shut();
        let Some(until) = shut.get(&origin) else { return Ok(()) };
        let wait: Duration = until.duration_since(self.clock.now()).into();
        if wait.is_zero() {
            shut.remove(&origin);
            return Ok(());
        }
        Err(TooMany(wait))
    }

    /// Forgets whoever has a full budget.
    pub(crate) fn sweep(&self) {
        let now = self.clock.now();
        let mut shut = self.shut();
        shut.retain(|_, until| *until > now);
        shut.shrink_to_fit();
        drop(shut);
        if let Some(devices) = &self.devices {
            devices.sweep();
        }
        if let Some(addresses) = &self.addresses {
            addresses.sweep();
        }
    }

    /// How many devices and addresses are remembered.
    #[cfg(test)]
    fn remembered(&self) -> (usize, usize, usize) {
        (
            self.devices.as_ref().map_or(0, |budget| budget.budgets.len()),
            self.addresses.as_ref().map_or(0, |budget| budget.budgets.len()),
            self.shut().len(),
        )
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;
    use uuid::Uuid;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn limits(calls: u32, failures: u32, known_max: usize) -> (Limits<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let settings = LimitSettings {
            calls_per_device: calls,
            failures_per_address: failures,
        };
        (Limits::with_clock(settings, known_max, clock.clone()), clock)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_device_may_call_so_often_at_once_and_then_as_the_minute_goes_on() {
        let (limits, clock) = limits(6, 0, 10);
        let (ana, ben) = (DeviceId(Uuid::from_u128(1)), DeviceId(Uuid::from_u128(2)));
        for _ in 0..6 {
            assert_eq!(limits.called(ana), Ok(()));
        }
        assert_eq!(limits.called(ana), Err(TooMany(SECOND * 10)));
        assert_eq!(limits.called(ben), Ok(()), "everybody has a budget of their own");
        clock.advance(SECOND * 4);
        assert_eq!(limits.called(ana), Err(TooMany(SECOND * 6)));
        clock.advance(SECOND * 6);
        assert_eq!(limits.called(ana), Ok(()));
        assert_eq!(limits.called(ana), Err(TooMany(SECOND * 10)));
    }

    #[test]
    fn a_door_is_shut_to_an_address_once_too_much_failed_there_and_opens_again() {
        let (limits, clock) = limits(0, 3, 10);
        let (bad, good) = (address("203.0.113.7"), address("203.0.113.8"));
        for _ in 0..3 {
            assert_eq!(limits.failed(bad), Ok(()));
            assert_eq!(limits.is_open_to(bad), Ok(()));
        }
        assert_eq!(limits.failed(bad), Err(TooMany(SECOND * 20)));
        assert_eq!(limits.is_open_to(bad), Err(TooMany(SECOND * 20)));
        assert_eq!(limits.is_open_to(good), Ok(()));
        clock.advance(SECOND * 20);
        assert_eq!(limits.is_open_to(bad), Ok(()), "for one more try");
        assert_eq!(limits.failed(bad), Ok(()));
        assert!(limits.failed(bad).is_err());
    }

    #[test]
    fn a_network_of_ipv6_is_one_address_and_ipv4_in_its_clothes_is_ipv4() {
        let (limits, _) = limits(0, 1, 10);
        assert_eq!(limits.failed(address("2001:db8:1:2::1")), Ok(()));
        assert!(limits.failed(address("2001:db8:1:2:ffff::9")).is_err());
        assert_eq!(limits.failed(address("2001:db8:1:3::1")), Ok(()));
        assert_eq!(limits.failed(address("203.0.113.7")), Ok(()));
        assert!(limits.failed(address("::ffff:203.0.113.7")).is_err());
    }

    #[test]
    fn it_remembers_so_many_and_nobody_longer_than_it_must() {
        let (limits, clock) = limits(2, 2, 100);
        for number in 0..5_000_u32 {
            let _ = limits.called(DeviceId(Uuid::from_u128(number.into())));
            for _ in 0..3 {
                let _ = limits.failed(IpAddr::from(number.to_be_bytes()));
            }
        }
        let (devices, addresses, shut) = limits.remembered();
        assert!(
            devices <= 101 && addresses <= 101 && shut <= 100,
            "{:?}",
            limits.remembered()
        );
        assert!(
            limits.failed(address("203.0.113.7")).is_err(),
            "those beyond have one budget together"
        );
        // Full again, and a while longer.
        clock.advance(SECOND * 100);
        limits.sweep();
        assert_eq!(limits.remembered(), (0, 0, 0));
    }

    #[test]
    fn no_limit_is_none() {
        let limits = Limits::new(LimitSettings::NONE);
        for _ in 0..10_000 {
            assert_eq!(limits.called(DeviceId(Uuid::nil())), Ok(()));
            assert_eq!(limits.failed(address("203.0.113.7")), Ok(()));
        }
        assert_eq!(limits.is_open_to(address("203.0.113.7")), Ok(()));
    }
}
