//! From the start of `samovar share --photo …` on one desktop to the notification server's word that it shows it on the
//! other. The command's own start is in it, and so are reading, preparing, sending and fetching the photo.

use std::io;
use std::time::Instant;

use samovar_testkit::photos;
use samovar_tests::people::{Team, photo};
use serde_json::{Value, json};

use crate::figures::{percentile, rounded};

pub(crate) async fn measure(shares: usize) -> io::Result<Value> {
    let team = Team::gather().await?;
    for person in [&team.ana, &team.ben] {
        person.is_connected().await?;
    }
    let mut times = Vec::with_capacity(shares);
    // The first one also warms what a day's first share warms; it is not counted.
    for number in 0..=shares {
        let file = photo(&team.ana.computer, &format!("photo-{number}.jpg"), &another(number)?)?;
        let words = format!("Photo number {number}.");
        let began = Instant::now();
        let path = file.to_string_lossy();
        let arguments = ["share", &words, "--photo", &path];
        let (done, told) = tokio::join!(
            team.ana.computer.done(&arguments),
            team.ben.computer.notifications.saying(&words)
        );
        done?;
        let took = told?.at.duration_since(began);
        if number > 0 {
            times.push(took.as_secs_f64() * 1000.0);
        }
    }
    let figure = |percent| rounded(percentile(&times, percent));
    Ok(json!({
        "shares": shares,
        "share_to_notified_ms": { "p50": figure(50.0), "p99": figure(99.0), "max": figure(100.0) },
    }))
}

/// A photo of 800 × 600 that was not shared before: one is not sent twice.
fn another(number: usize) -> io::Result<Vec<u8>> {
    let mut picture = image::load_from_memory(photos::KITCHEN)
        .map_err(io::Error::other)?
        .into_rgb8();
    let side = 8 + number as u32;
    for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (x, y))) {
        picture.put_pixel(x, y, image::Rgb([(number * 5) as u8, 120, 60]));
    }
    let mut bytes = io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .map_err(io::Error::other)?;
    Ok(bytes.into_inner())
}
