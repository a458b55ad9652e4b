//! Times [`samovar_pictures::prepare`], and makes the picture that it is timed with.
//!
//! ```text
//! prepare_bench make FILE      writes a 12-megapixel JPEG that has a photo's statistics, the same every time
//! prepare_bench FILE [RUNS]    prepares FILE, 9 times unless told, and prints {"runs":9,"ms_median":…,"ms_min":…}
//! ```

#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

use std::error::Error;
use std::time::Instant;

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};

const WIDTH: usize = 4000;
const HEIGHT: usize = 3000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", file] => make(file),
        [file] => bench(file, 9),
        [file, runs] => bench(file, runs.parse::<usize>()?.max(1)),
        _ => Err("usage: prepare_bench make FILE | prepare_bench FILE [RUNS]".into()),
    }
}

fn bench(file: &str, runs: usize) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let mut times = Vec::with_capacity(runs);
    let mut shared = 0;
    for _ in 0..runs {
        let start = Instant::now();
        let prepared = samovar_pictures::prepare(&bytes)?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        shared = prepared.shared.bytes.len();
    }
    times.sort_by(f64::total_cmp);
    println!(
        r#"{{"runs":{runs},"ms_median":{:.1},"ms_min":{:.1},"shared_bytes":{shared}}}"#,
        times[runs / 2],
        times[0]
    );
    Ok(())
}

/// Random numbers that are the same everywhere (xorshift64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1 << 24) as f32
    }
}

fn make(file: &str) -> Result<(), Box<dyn Error>> {
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, 92);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.encode(&fallen_leaves(), WIDTH as u16, HEIGHT as u16, ColorType::Rgb)?;
    std::fs::write(file, jpeg)?;
    Ok(())
}

/// Shaded discs of all sizes that lie on each other have edges, areas and a spectrum as photos have them (the "dead
/// leaves" model); a little noise stands for a sensor's.
fn fallen_leaves() -> Vec<u8> {
    const LEAVES: usize = 60_000;
    let mut random = Random(0x5a40_7a12);
    let mut pixels = vec![128_u8; WIDTH * HEIGHT * 3];
    for leaf in 0..LEAVES {
        let age = leaf as f32 / LEAVES as f32;
        let radius = 0.25 * HEIGHT as f32 * (1.0 - age).powi(6) * (0.2 + 0.8 * random.next()) + 3.0;
        let stretch = 0.6 + 0.8 * random.next();
        let (x, y) = (random.next() * WIDTH as f32, random.next() * HEIGHT as f32);
        let colour = [220.0, 200.0, 180.0].map(|most: f32| random.next() * most);
        let slope = random.next() * 0.6 - 0.3;
        let columns = (x - radius * stretch).max(0.0) as usize..((x + radius * stretch) as usize).min(WIDTH);
        for row in (y - radius).max(0.0) as usize..((y + radius) as usize).min(HEIGHT) {
            for column in columns.clone() {
                let (dx, dy) = ((column as f32 - x) / (radius * stretch), (row as f32 - y) / radius);
                let distance = dx * dx + dy * dy;
                if distance < 1.0 {
                    let light = 1.0 - 0.35 * distance + slope * (dx + dy);
                    let cover = ((1.0 - distance.sqrt()) * radius).min(1.0);
                    let pixel = &mut pixels[(row * WIDTH + column) * 3..][..3];
                    for (sample, colour) in pixel.iter_mut().zip(colour) {
                        let lit = (colour * light + 20.0).clamp(0.0, 255.0);
                        *sample = (f32::from(*sample) * (1.0 - cover) + lit * cover) as u8;
                    }
                }
            }
        }
    }
    for sample in &mut pixels {
        let noise = (random.next() + random.next() - 1.0) * 7.0;
        *sample = (f32::from(*sample) + noise).clamp(0.0, 255.0) as u8;
    }
    pixels
}
