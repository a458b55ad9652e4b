//! Teams with many items: a desktop that has missed a hundred thousand, and an endpoint with a million.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use samovar_core::api::Connection;
use samovar_domain::wire::PAGE_DEFAULT;
use samovar_domain::{Clock as _, SystemClock};
use samovar_testkit::{Desktop, FakeClock};
use serde_json::Value;

use super::exactly;
use super::server::Server;
use super::team::Team;
use crate::figures::median;

/// How many items one desktop has missed.
const MISSED: usize = 100_000;
/// How often a page is asked for, and the endpoint is started; the figures are medians.
const ROUNDS: usize = 9;

/// The figures of a large team.
pub(super) struct Large {
    pub(super) first_page_ms: Value,
    pub(super) start_ms: Value,
}

/// How long a desktop may take before the measurement is given up.
const PATIENCE: Duration = Duration::from_mins(5);

/// The time in which a desktop that was off has fetched and stored all that it has missed, in s: from its start until it
/// is connected, which it is once it has applied everything. It runs whole, with all that it does on the side.
pub(super) fn measure_100k() -> io::Result<Value> {
    let server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let clock = FakeClock::at(&SystemClock.now().to_string());
        let profile = tempfile::tempdir()?;
        let opens = || Desktop::on(profile.path(), "Elin", "Europe/Stockholm", &clock);
        let mut team = Team::gather(&server, 1).await?;
        let desktop = opens().await.map_err(io::Error::other)?;
        desktop.join(&team.invite().await?).await;
        desktop.is_online().await;
        desktop.closes().await;
        let before = items_in(profile.path())?;
        let head = team.write(MISSED).await?;
        let (began, worked) = (Instant::now(), processor_time());
        let desktop = opens().await.map_err(io::Error::other)?;
        let mut changes = desktop.core.changes();
        let is_online = async {
            while desktop.status().await.connection != Connection::Online {
                let _ = changes.recv().await;
            }
        };
        if tokio::time::timeout(PATIENCE, is_online).await.is_err() {
            return Err(io::Error::other("the desktop has not caught up"));
        }
        let took = began.elapsed().as_secs_f64();
        eprintln!(
            "of {took:.2} s the desktop worked {:.2} s",
            processor_time().saturating_sub(worked).as_secs_f64()
        );
        desktop.closes().await;
        let stored = items_in(profile.path())? - before;
        if stored != MISSED {
            return Err(io::Error::other(format!(
                "{stored} items are stored; the newest is {head}"
            )));
        }
        Ok(exactly(took))
    })
}

/// How many of the items that are written here a desktop has stored.
fn items_in(profile: &Path) -> io::Result<usize> {
    #[expect(
        clippy::disallowed_methods,
        reason = "nobody else has it open, and it is only counted"
    )]
    let database = rusqlite::Connection::open(profile.join("samovar.db")).map_err(io::Error::other)?;
    let count = database.query_row("SELECT count(*) FROM items WHERE kind = 'reply'", [], |row| {
        row.get::<_, i64>(0)
    });
    usize::try_from(count.map_err(io::Error::other)?).map_err(io::Error::other)
}

/// The processor's time that this process has had.
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// A team of so many items: its first page, and a start.
pub(super) fn measure_large(items: usize) -> io::Result<Large> {
    let mut server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut team = runtime.block_on(Team::gather(&server, 1))?;
    let began = Instant::now();
    runtime.block_on(team.write(items))?;
    eprintln!("{items} items were written in {:.0} s", began.elapsed().as_secs_f64());
    let (mut pages, mut starts) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        server.stop();
        let began = Instant::now();
        server.start_again()?;
        starts.push(began.elapsed().as_secs_f64() * 1000.0);
        team.comes_anew();
        let began = Instant::now();
        let page = runtime.block_on(team.page(0, PAGE_DEFAULT))?;
        pages.push(began.elapsed().as_secs_f64() * 1000.0);
        if page.items.len() != PAGE_DEFAULT as usize || !page.more {
            return Err(io::Error::other("the first page is not full"));
        }
    }
    Ok(Large {
        first_page_ms: exactly(median(&pages)),
        start_ms: exactly(median(&starts)),
    })
}
