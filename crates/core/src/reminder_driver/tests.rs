//! A driver on a clock that the test moves by hand.

use std::collections::HashMap;
use std::sync::Mutex;

use proptest::prelude::*;
use samovar_domain::SystemClock;
use tokio::sync::mpsc;

use super::*;

/// A clock that stands still until it is moved.
struct HandClock {
    now: Mutex<Timestamp>,
    moved: Arc<Notify>,
}

impl HandClock {
    fn at(time: &str) -> Arc<Self> {
        Arc::new(Self {
            now: Mutex::new(time.parse().unwrap()),
            moved: Arc::new(Notify::new()),
        })
    }

    fn move_to(&self, time: &str) {
        *self.now.lock().unwrap() = time.parse().unwrap();
        self.moved.notify_one();
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }
}

/// Reminders that are due at times; each look at them is reported with what it delivered.
struct Due {
    clock: Arc<HandClock>,
    times: Mutex<Vec<Timestamp>>,
    is_stuck: bool,
    looks: mpsc::UnboundedSender<Vec<Timestamp>>,
}

#[async_trait]
impl ReminderSource for Due {
    async fn next_due(&self) -> Option<Timestamp> {
        self.times.lock().unwrap().iter().min().copied()
    }

    async fn deliver_due(&self) {
        let now = self.clock.now();
        let mut times = self.times.lock().unwrap();
        let due: Vec<_> = times.iter().filter(|at| **at <= now).copied().collect();
        if !self.is_stuck {
            times.retain(|at| *at > now);
        }
        self.looks.send(due).unwrap();
    }
}

struct Driver {
    clock: Arc<HandClock>,
    due: Arc<Due>,
    plan_anew: Arc<Notify>,
    looks: mpsc::UnboundedReceiver<Vec<Timestamp>>,
}

fn start(now: &str, due: &[&str], is_stuck: bool) -> Driver {
    let clock = HandClock::at(now);
    let (sender, looks) = mpsc::unbounded_channel();
    let times = Mutex::new(due.iter().map(|time| time.parse().unwrap()).collect());
    let due = Arc::new(Due {
        clock: Arc::clone(&clock),
        times,
        is_stuck,
        looks: sender,
    });
    let told = Arc::new(ToldTimer::new(clock.clone(), Arc::clone(&clock.moved)));
    let plan_anew = Arc::new(Notify::new());
    tokio::spawn(run(due.clone(), told, clock.clone(), Arc::clone(&plan_anew)));
    Driver {
        clock,
        due,
        plan_anew,
        looks,
    }
}

impl Driver {
    async fn look(&mut self) -> Vec<Timestamp> {
        tokio::time::timeout(Duration::from_secs(10), self.looks.recv())
            .await
            .expect("the driver wakes")
            .unwrap()
    }

    /// Lets the driver run until it waits: everything is on this thread, so it has its turn at each yield.
    async fn looks_until_it_waits(&mut self) -> usize {
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        std::iter::from_fn(|| self.looks.try_recv().ok()).count()
    }
}

#[tokio::test]
async fn a_reminder_comes_when_the_clock_reaches_it_and_not_before() {
    let mut driver = start("2026-11-23T14:00:00Z", &["2026-11-23T15:00:00Z"], false);
    assert_eq!(driver.look().await, []);
    driver.clock.move_to("2026-11-23T14:59:59Z");
    assert_eq!(
        driver.looks_until_it_waits().await,
        0,
        "nothing is due, so nothing is looked at"
    );
    driver.clock.move_to("2026-11-23T15:00:00Z");
    assert_eq!(driver.look().await, ["2026-11-23T15:00:00Z".parse().unwrap()]);
}

#[tokio::test]
async fn what_came_due_while_the_computer_slept_comes_when_it_wakes() {
    let mut driver = start(
        "2026-11-23T14:00:00Z",
        &["2026-11-23T15:00:00Z", "2026-11-23T16:00:00Z"],
        false,
    );
    driver.look().await;
    driver.clock.move_to("2026-11-24T08:00:00Z");
    assert_eq!(driver.look().await.len(), 2);
}

#[tokio::test]
async fn a_change_makes_it_plan_anew() {
    let mut driver = start("2026-11-23T14:00:00Z", &[], false);
    driver.look().await;
    driver
        .due
        .times
        .lock()
        .unwrap()
        .push("2026-11-23T14:10:00Z".parse().unwrap());
    driver.plan_anew.notify_one();
    assert_eq!(driver.look().await, []);
    driver.clock.move_to("2026-11-23T14:10:00Z");
    assert_eq!(driver.look().await.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_delivered_is_tried_again_at_leisure() {
    let mut driver = start("2026-11-23T15:00:00Z", &["2026-11-23T15:00:00Z"], true);
    assert_eq!(driver.looks_until_it_waits().await, 2, "once, and once more at once");
    driver.clock.move_to("2026-11-23T15:00:01Z");
    assert_eq!(driver.looks_until_it_waits().await, 1, "then after a second");
    driver.clock.move_to("2026-11-23T15:00:02Z");
    assert_eq!(driver.looks_until_it_waits().await, 0, "then after two");
}

#[tokio::test]
async fn the_systems_timer_follows_the_wall_clock() {
    let timer = system_timer(Arc::new(SystemClock));
    let wait = async |at| tokio::time::timeout(Duration::from_secs(10), timer.wait_until(Some(at))).await;
    wait(Timestamp::from_millis(-5)).await.expect("the past is due at once");
    wait(Timestamp::from_millis(0)).await.expect("so is 1970");
    let soon = SystemClock.now().plus(Duration::from_millis(30));
    wait(soon).await.expect("the timer ends");
    assert!(SystemClock.now() >= soon, "it ended too early");
}

/// Time goes on while it delivers: with each delivery another reminder comes due.
struct Hurried {
    clock: Arc<HandClock>,
    times: Mutex<Vec<Timestamp>>,
    delivered: mpsc::UnboundedSender<Timestamp>,
}

#[async_trait]
impl ReminderSource for Hurried {
    async fn next_due(&self) -> Option<Timestamp> {
        self.times.lock().unwrap().first().copied()
    }

    async fn deliver_due(&self) {
        let now = self.clock.now();
        let mut times = self.times.lock().unwrap();
        while times.first().is_some_and(|at| *at <= now) {
            self.delivered.send(times.remove(0)).unwrap();
        }
        if let Some(next) = times.first() {
            *self.clock.now.lock().unwrap() = *next;
        }
    }
}

#[tokio::test]
async fn reminders_that_come_due_while_others_are_delivered_do_not_wait() {
    let clock = HandClock::at("2026-11-23T15:00:00Z");
    let times = ["15:00", "15:01", "15:02", "15:03"].map(|time| format!("2026-11-23T{time}:00Z").parse().unwrap());
    let (sender, mut delivered) = mpsc::unbounded_channel();
    let source = Arc::new(Hurried {
        clock: Arc::clone(&clock),
        times: Mutex::new(times.to_vec()),
        delivered: sender,
    });
    let timer = Arc::new(ToldTimer::new(clock.clone(), Arc::clone(&clock.moved)));
    tokio::spawn(run(source, timer, clock, Arc::default()));
    for time in times {
        let told = tokio::time::timeout(Duration::from_secs(10), delivered.recv()).await;
        assert_eq!(told.expect("nothing moves the clock but deliveries"), Some(time));
    }
}

/// A timer such as the kernel keeps: it also ends when the clock is set, forth or back, and after a suspend.
struct KernelTimer(Arc<HandClock>);

#[async_trait]
impl WallTimer for KernelTimer {
    async fn wait_until(&self, at: Option<Timestamp>) {
        let moved = self.0.moved.notified();
        if at.is_none_or(|at| at > self.0.now()) {
            moved.await;
        }
    }
}

/// Reminders with the span of time in which each makes sense. What was told outlives a restart, as it does on the disk.
struct Planned {
    clock: Arc<HandClock>,
    spans: Vec<(Timestamp, Timestamp)>,
    told: Mutex<HashMap<usize, Vec<Timestamp>>>,
}

impl Planned {
    fn untold(&self) -> Vec<usize> {
        let (now, told) = (self.clock.now(), self.told.lock().unwrap());
        (0..self.spans.len())
            .filter(|one| self.spans[*one].1 > now && !told.contains_key(one))
            .collect()
    }
}

#[async_trait]
impl ReminderSource for Planned {
    async fn next_due(&self) -> Option<Timestamp> {
        self.untold().into_iter().map(|one| self.spans[one].0).min()
    }

    async fn deliver_due(&self) {
        let now = self.clock.now();
        for one in self.untold() {
            if self.spans[one].0 <= now {
                self.told.lock().unwrap().entry(one).or_default().push(now);
            }
        }
    }
}

/// What the person at this computer lives through: the clock moves so many minutes, and Samovar may be started anew.
async fn live_through(source: &Arc<Planned>, days: &[(i64, bool)]) -> Vec<Timestamp> {
    let clock = Arc::clone(&source.clock);
    let begin = || {
        let timer = Arc::new(KernelTimer(Arc::clone(&source.clock)));
        tokio::spawn(run(
            Arc::clone(source) as _,
            timer,
            Arc::clone(&source.clock) as _,
            Arc::default(),
        ))
    };
    let settle = async || {
        for _ in 0..8 {
            tokio::task::yield_now().await;
        }
    };
    let mut awake = vec![clock.now()];
    let mut running = begin();
    settle().await;
    for (minutes, is_restart) in days {
        if *is_restart {
            running.abort();
            let _ = (&mut running).await;
        }
        let to = clock.now().plus_minutes(*minutes);
        *clock.now.lock().unwrap() = to;
        clock.moved.notify_one();
        if *is_restart {
            running = begin();
        }
        settle().await;
        awake.push(to);
    }
    running.abort();
    awake
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn reminders_are_delivered_exactly_once_over_random_suspends_restarts_and_clock_changes(
        spans in proptest::collection::vec((-300..900_i64, 1..120_i64), 1..5),
        days in proptest::collection::vec((-200..400_i64, any::<bool>()), 1..8),
    ) {
        let start: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
        let clock = HandClock::at("2026-11-23T15:00:00Z");
        let span = |(at, length): &(i64, i64)| (start.plus_minutes(*at), start.plus_minutes(at + length));
        let source = Arc::new(Planned {
            clock,
            spans: spans.iter().map(span).collect(),
            told: Mutex::default(),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let awake = runtime.block_on(live_through(&source, &days));
        let told = source.told.lock().unwrap();
        for (one, (at, useless_after)) in source.spans.iter().enumerate() {
            let first = awake.iter().find(|now| at <= *now && *now < useless_after);
            let expected: Vec<Timestamp> = first.copied().into_iter().collect();
            prop_assert_eq!(told.get(&one).cloned().unwrap_or_default(), expected);
        }
    }
}
