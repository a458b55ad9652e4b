//! Teams with many items: a desktop that has missed a hundred thousand, and an endpoint with a million.

use std::io;
use std::time::Instant;

use samovar_domain::wire::{PAGE_DEFAULT, PAGE_MAX};
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

/// The time in which a desktop has fetched and read all that it has missed, in s.
pub(super) fn measure_100k() -> io::Result<Value> {
    let server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut team = Team::gather(&server, 1).await?;
        let before = team.head().await?;
        let head = team.write(MISSED).await?;
        let began = Instant::now();
        let (mut after, mut read) = (before, 0);
        loop {
            let page = team.page(after, PAGE_MAX).await?;
            for item in &page.items {
                read += 1;
                if item.seq != before + read {
                    return Err(io::Error::other(format!("{} came after {after}", item.seq)));
                }
            }
            after = before + read;
            if !page.more {
                break;
            }
        }
        let took = began.elapsed().as_secs_f64();
        if after != head {
            return Err(io::Error::other(format!("the last was {after} of {head}")));
        }
        Ok(exactly(took))
    })
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
