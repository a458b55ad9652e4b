//! A photo of twelve megapixels to its shared form (2048 px, thumbnail, placeholder, clean), and what `vipsthumbnail`
//! takes for 2048 px alone: by turns, each as a process of its own on one core.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use image::imageops::FilterType;
use image::{DynamicImage, Rgb};
use samovar_testkit::photos;
use serde_json::{Value, json};

use crate::figures::{median, rounded};

pub(crate) fn measure(rounds: usize) -> io::Result<Value> {
    let folder = tempfile::tempdir()?;
    let photo = folder.path().join("photo.jpg");
    std::fs::write(&photo, twelve_megapixels()?)?;
    let own = std::env::current_exe()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..=rounds {
        ours.push(time(
            on_one_core(&own)
                .arg("prepare-one")
                .arg(&photo)
                .arg(folder.path().join("ours.jpg")),
        )?);
        let out = folder.path().join("theirs.jpg");
        theirs.push(time(
            on_one_core(Path::new("vipsthumbnail"))
                .arg(&photo)
                .args(["--size", "2048", "-o"])
                .arg(out),
        )?);
    }
    // The first round warmed the disk's cache.
    let (ours, theirs) = (median(&ours[1..]), median(&theirs[1..]));
    Ok(json!({
        "rounds": rounds,
        "photo": { "width": 4000, "height": 3000, "bytes": std::fs::metadata(&photo)?.len() },
        "samovar_ms": rounded(ours),
        "vipsthumbnail_ms": rounded(theirs),
        "ratio": (ours / theirs * 100.0).round() / 100.0,
    }))
}

/// Prepares one photo.
pub(crate) fn prepare_one(photo: &Path, shared: &Path) -> io::Result<()> {
    let prepared = samovar_pictures::prepare(&std::fs::read(photo)?).map_err(io::Error::other)?;
    std::fs::write(shared.with_extension("thumbnail.jpg"), &prepared.thumbnail.bytes)?;
    std::fs::write(shared, &prepared.shared.bytes)
}

fn on_one_core(program: &Path) -> Command {
    let mut command = Command::new("taskset");
    command
        .args(["-c", "0"])
        .arg(program)
        .env("VIPS_CONCURRENCY", "1")
        .stdin(Stdio::null());
    command
}

fn time(command: &mut Command) -> io::Result<f64> {
    let began = Instant::now();
    let status = command.status()?;
    if status.success() {
        Ok(began.elapsed().as_secs_f64() * 1000.0)
    } else {
        Err(io::Error::other(format!("{command:?} failed ({status})")))
    }
}

/// A kitchen at the size of a phone's photo, with the grain that a sensor adds.
fn twelve_megapixels() -> io::Result<Vec<u8>> {
    let small = image::load_from_memory(photos::KITCHEN).map_err(io::Error::other)?;
    let mut large = small.resize_exact(4000, 3000, FilterType::CatmullRom).into_rgb8();
    let mut state = 1_u32;
    for Rgb(channels) in large.pixels_mut() {
        // A linear congruential generator: the same grain each time.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (state >> 28) as i16 - 8;
        for channel in channels {
            *channel = (i16::from(*channel) + grain).clamp(0, 255) as u8;
        }
    }
    let mut bytes = io::Cursor::new(Vec::new());
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90);
    DynamicImage::ImageRgb8(large)
        .write_with_encoder(encoder)
        .map_err(io::Error::other)?;
    Ok(bytes.into_inner())
}
