//! Messages of a peer to all of its subscribers: first as many as it bears, with a few under way at any time, which
//! gives the deliveries a second; then at four fifths of that pace, which says how late the latest are of one that is
//! not overrun.

use std::io;
use std::time::{Duration, Instant};

use super::super::fanout::{LATEST, percentile};
use super::super::readers::{Faults, Readers};
use super::super::stream_parser::Said;
use super::process::Process;
use super::writer::Writer;
use super::{Extent, Peer};

/// How many messages are under way at any time when as many are sent as it bears: about as many as the endpoint has under
/// way when it is measured.
const UNDER_WAY: u64 = 16;
/// How much of what it bears comes at a steady pace.
const STEADY: f64 = 0.8;
/// For how long.
const STEADY_FOR: Duration = Duration::from_secs(6);
/// The first seconds are not counted: buffers grow.
const WARM_UP: Duration = Duration::from_secs(2);
/// Nothing comes any more when nothing has come for so long.
const QUIET: Duration = Duration::from_secs(5);

/// See the module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fanout {
    pub(super) deliveries_per_s: f64,
    pub(super) p99_ms: f64,
    /// Of both parts.
    pub(super) lost: u64,
}

/// When the next message is sent.
#[derive(Debug, Clone, Copy)]
enum Pace {
    /// As soon as fewer are under way.
    UnderWay(u64),
    /// At instants so far from each other.
    Every(Duration),
}

/// Measures.
pub(super) fn measure<P: Peer>(process: &Process, extent: Extent) -> io::Result<Fanout> {
    let mut writer = Writer::<P>::connect(&process.address)?;
    let mut readers = Readers::<P::Stream>::of_streams()?;
    readers.open_each(&process.address, extent.streams, writer.last, P::subscription)?;
    let (began, before) = (Instant::now(), process.processor_time()?);
    let mut all = Run::new(Pace::UnderWay(UNDER_WAY), Duration::from_secs(extent.seconds.into()));
    all.go(&mut readers, &mut writer)?;
    let busy = process.processor_time()?.saturating_sub(before).as_secs_f64() / began.elapsed().as_secs_f64();
    let deliveries_per_s = all.counted_in_time as f64 / f64::from(extent.seconds);
    let per_s = (deliveries_per_s * STEADY / extent.streams as f64).clamp(0.1, f64::from(extent.items_per_s));
    let mut steady = Run::new(Pace::Every(Duration::from_secs_f64(1.0 / per_s)), STEADY_FOR);
    steady.go(&mut readers, &mut writer)?;
    let Faults { misplaced, ended, .. } = readers.faults;
    eprintln!(
        "{}: {:.0} % of its core at most; then {per_s:.1} messages a second; {misplaced} doubled or out of order, {ended} \
         streams ended",
        P::NAME,
        busy * 100.0
    );
    Ok(Fanout {
        deliveries_per_s,
        p99_ms: percentile(&steady.by_ms, steady.counted, 0.99),
        lost: all.lost + steady.lost,
    })
}

/// Messages at one pace, and what became of them.
struct Run {
    pace: Pace,
    time: Duration,
    /// When each message was sent, or was to be sent.
    sent: Vec<Instant>,
    /// How late deliveries were, by the millisecond.
    by_ms: Vec<u64>,
    heard: u64,
    /// Deliveries of messages that were sent behind the first seconds.
    counted: u64,
    /// Deliveries behind the first seconds, while messages were being sent.
    counted_in_time: u64,
    lost: u64,
}

impl Run {
    /// The time is without the first seconds.
    fn new(pace: Pace, time: Duration) -> Self {
        Self {
            pace,
            time,
            sent: Vec::new(),
            by_ms: vec![0; LATEST + 1],
            heard: 0,
            counted: 0,
            counted_in_time: 0,
            lost: 0,
        }
    }

    fn go<P: Peer>(&mut self, readers: &mut Readers<P::Stream>, writer: &mut Writer<P>) -> io::Result<()> {
        let (streams, before, missing) = (readers.count() as u64, writer.last, readers.faults.missing);
        let began = Instant::now();
        let (warm, end) = (began + WARM_UP, began + WARM_UP + self.time);
        let mut last = began;
        loop {
            let settled = self.heard + readers.faults.missing - missing;
            let under_way = (self.sent.len() as u64 * streams).saturating_sub(settled);
            let is_over = Instant::now() >= end;
            if is_over && (under_way == 0 || last.elapsed() > QUIET) {
                break;
            }
            while let Some(due) = self
                .due(began, under_way.div_ceil(streams))
                .filter(|due| *due < end && !is_over)
            {
                self.sent.push(due);
                writer.send()?;
                if matches!(self.pace, Pace::UnderWay(_)) {
                    break;
                }
            }
            writer.hear()?;
            readers.listen(Duration::ZERO, |_, said, now| {
                let Said::Item(number) = said else { return };
                self.hear((number - before) as usize - 1, now, warm, end);
                last = now;
            })?;
        }
        self.lost = (self.sent.len() as u64 * streams).saturating_sub(self.heard);
        Ok(())
    }

    /// When the next message is or was to be sent, if that is now.
    fn due(&self, began: Instant, under_way: u64) -> Option<Instant> {
        let now = Instant::now();
        match self.pace {
            Pace::UnderWay(most) => (under_way < most).then_some(now),
            // Whoever comes late here does not make it look better.
            Pace::Every(pace) => Some(began + pace * self.sent.len() as u32).filter(|due| *due <= now),
        }
    }

    fn hear(&mut self, number: usize, now: Instant, warm: Instant, end: Instant) {
        let Some(sent) = self.sent.get(number) else { return };
        self.heard += 1;
        self.counted_in_time += u64::from(now >= warm && now < end);
        if *sent >= warm {
            let late = now.duration_since(*sent).as_millis() as usize;
            self.by_ms[late.min(LATEST)] += 1;
            self.counted += 1;
        }
    }
}
