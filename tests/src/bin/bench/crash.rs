//! Kills the sharing desktop or the endpoint at random moments, without a warning, while snapshots with and without
//! photos are shared as fast as they are confirmed. Afterwards everything that was confirmed is to be on the other
//! desktop's Today page, once, and to have been told once, and `samovar-server check` is to find nothing.

use std::collections::HashMap;
use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use samovar_core::api::{Entry, PhotoSource, Request, Response, SharedPhoto};
use samovar_domain::Audience;
use samovar_domain::kinds::Lifetime;
use samovar_testkit::photos;
use samovar_tests::desktop::{App, Computer};
use samovar_tests::endpoint::Endpoint;
use samovar_tests::people::{Person, Team, photo};
use samovar_tests::wait::eventually;
use serde_json::{Value, json};

pub(crate) async fn measure(kills: u32, seed: u64) -> io::Result<Value> {
    let mut chance = StdRng::seed_from_u64(seed);
    let team = Team::gather().await?;
    let data = team.data();
    let Team {
        ana,
        ben,
        endpoint,
        folder,
        ..
    } = team;
    let url = endpoint.url.clone();
    let Person { app, computer, .. } = ana;
    photo(&computer, "desk.jpg", photos::DESK)?;

    let confirmed = Mutex::new(Vec::new());
    let is_over = AtomicBool::new(false);
    let killing = async {
        let (mut app, mut endpoint) = (Some(app), Some(endpoint));
        for kill in 1..=kills {
            tokio::time::sleep(Duration::from_millis(chance.random_range(0..400))).await;
            if chance.random_bool(0.5) {
                app.take().expect("it runs").kill();
                app = Some(App::start(&computer).await?);
            } else {
                endpoint.take().expect("it runs").kill();
                endpoint = Some(Endpoint::again(&data, &url)?);
            }
            if kill % 10 == 0 {
                eprintln!("{kill} of {kills} killed");
            }
        }
        is_over.store(true, Ordering::Relaxed);
        Ok::<_, io::Error>((app, endpoint))
    };
    let (running, ()) = tokio::join!(killing, share(&computer, &confirmed, &is_over));
    let (_app, _endpoint) = running?;

    for desktop in [&computer, &ben.computer] {
        desktop.ask(Request::RetryNow).await?;
    }
    let confirmed = confirmed.into_inner().unwrap_or_default();
    let found = arrived(&computer, &ben, &confirmed).await?;
    let told = ben.computer.notifications.all();
    let lost = confirmed.iter().filter(|words| !found.contains_key(*words)).count();
    let doubled = found.values().filter(|times| **times > 1).count()
        + confirmed
            .iter()
            .filter(|words| told.iter().filter(|told| told.body == **words).count() > 1)
            .count();
    let (is_whole, said) = Endpoint::check(&data)?;
    let faults = if is_whole { 0 } else { said.lines().count() };
    if faults > 0 {
        eprintln!("{said}");
    }
    drop(folder);
    Ok(json!({
        "kills": kills, "seed": seed, "confirmed": confirmed.len(), "lost": lost, "doubled": doubled, "faults": faults,
    }))
}

/// Whether nothing was lost, nothing came twice, and the endpoint's data are whole.
pub(crate) fn is_well(figures: &Value) -> bool {
    ["lost", "doubled", "faults"].iter().all(|figure| figures[figure] == 0)
}

/// Shares one snapshot after the other; each fifth has a photo. What was confirmed is written down.
async fn share(computer: &Computer, confirmed: &Mutex<Vec<String>>, is_over: &AtomicBool) {
    let mut number = 0;
    while !is_over.load(Ordering::Relaxed) {
        number += 1;
        let words = format!("Snapshot number {number}.");
        match share_one(computer, &words, number % 5 == 0).await {
            Ok(()) => confirmed.lock().expect("nobody panics").push(words),
            // It was killed just now, or is not back yet.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn share_one(computer: &Computer, words: &str, has_photo: bool) -> io::Result<()> {
    let mut photos = Vec::new();
    if has_photo {
        let path = computer.home().join("desk.jpg").to_string_lossy().into_owned();
        if let Response::Photo(photo) = computer
            .ask(Request::PreparePhoto {
                source: PhotoSource::Path(path),
            })
            .await?
        {
            photos.push(SharedPhoto {
                photo: photo.photo,
                alt: None,
            });
        }
    }
    let request = Request::Share {
        text: Some(words.to_owned()),
        photos,
        lifetime: Lifetime::Day,
        audience: Audience::Team,
    };
    match computer.ask(request).await? {
        Response::Shared { .. } => Ok(()),
        other => Err(io::Error::other(format!("not shared: {other:?}"))),
    }
}

/// How often each snapshot is on the other's Today page, once nothing waits any more.
async fn arrived(computer: &Computer, ben: &Person, confirmed: &[String]) -> io::Result<HashMap<String, usize>> {
    let outbox = eventually("the outbox to be empty", async || {
        match computer.ask(Request::Status).await.ok()? {
            Response::Status(status) => (status.waiting.ops == 0).then_some(()),
            _ => None,
        }
    });
    outbox.await?;
    let mut found = HashMap::new();
    let all = eventually("everything to arrive", async || {
        found = HashMap::new();
        for day in ben.today().await.ok()?.days {
            for entry in day.entries {
                if let Entry::Snapshot(snapshot) = entry {
                    *found.entry(snapshot.text.unwrap_or_default()).or_insert(0) += 1;
                }
            }
        }
        confirmed.iter().all(|words| found.contains_key(words)).then_some(())
    });
    // What does not arrive is counted as lost; it does not end the count.
    let _ = all.await;
    Ok(found)
}
