//! Files that were made to do harm.

use std::time::Duration;

use image::{DynamicImage, RgbImage};
use proptest::prelude::*;
use samovar_pictures::{PictureError, UnsupportedFormat, placeholder_png, prepare};

use crate::blocks;
use crate::support::{fixture, jpeg, png, prepare_clean};

/// Of the processor alone, so that a busy machine changes nothing; far from what it would take to do what these files
/// ask for.
const AT_ONCE: Duration = Duration::from_secs(4);

fn at_once<T>(what: impl FnOnce() -> T) -> T {
    let before = processor_time();
    let result = what();
    let took = processor_time().saturating_sub(before);
    assert!(took < AT_ONCE, "took {took:?}");
    result
}

/// What this thread has used of the processor.
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

fn png_chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut checksum = !0_u32;
    for byte in kind.iter().chain(body) {
        checksum ^= u32::from(*byte);
        for _ in 0..8 {
            checksum = if checksum & 1 == 1 {
                checksum >> 1 ^ 0xedb8_8320
            } else {
                checksum >> 1
            };
        }
    }
    [
        &(body.len() as u32).to_be_bytes(),
        &kind,
        body,
        &(!checksum).to_be_bytes(),
    ]
    .concat()
}

fn png_header(width: u32, height: u32) -> Vec<u8> {
    let body = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), png_chunk(*b"IHDR", &body)].concat()
}

#[test]
fn a_small_file_that_claims_400_megapixels_is_refused_by_its_header() {
    let bomb = [png_header(20_000, 20_000), png_chunk(*b"IDAT", &vec![0; 1_000_000])].concat();
    assert_eq!(
        at_once(|| prepare(&bomb)),
        Err(PictureError::TooManyPixels {
            width: 20_000,
            height: 20_000
        })
    );
    let more = [png_header(u32::MAX >> 1, u32::MAX >> 1), png_chunk(*b"IDAT", &[])].concat();
    assert!(at_once(|| prepare(&more)).is_err());
    let none = [png_header(0, 5), png_chunk(*b"IDAT", &[])].concat();
    assert!(matches!(prepare(&none), Err(PictureError::Damaged { .. })));
}

#[test]
fn every_format_is_refused_by_its_header_when_it_claims_too_much() {
    let mut photo = jpeg(&RgbImage::new(16, 16), 80);
    let frame = photo.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    photo[frame + 5..frame + 9].fill(0xff);
    assert_eq!(
        at_once(|| prepare(&photo)),
        Err(PictureError::TooManyPixels {
            width: 65_535,
            height: 65_535
        })
    );

    let mut gif = fixture("moving.gif");
    gif[6..10].fill(0xff);
    assert_eq!(
        at_once(|| prepare(&gif)),
        Err(PictureError::TooManyPixels {
            width: 65_535,
            height: 65_535
        })
    );

    let canvas = blocks::riff_chunk(*b"VP8X", &[0x02, 0, 0, 0, 0xff, 0x3f, 0, 0xff, 0x3f, 0]);
    let webp = fixture("moving.webp");
    let webp = blocks::webp(&[canvas, webp[30..].to_vec()]);
    assert_eq!(
        at_once(|| prepare(&webp)),
        Err(PictureError::TooManyPixels {
            width: 16_384,
            height: 16_384
        })
    );
}

#[test]
fn a_frame_larger_than_its_canvas_does_no_harm() {
    let mut gif = fixture("moving.gif");
    let frame = gif.iter().position(|&byte| byte == 0x2c).expect("an image descriptor");
    gif[frame + 5..frame + 9].fill(0xff);
    let _ = at_once(|| prepare(&gif));
}

#[test]
fn more_bytes_than_anyone_shares_are_refused_unread() {
    let file = vec![0xff; 50 * 1024 * 1024 + 1];
    assert_eq!(
        at_once(|| prepare(&file)),
        Err(PictureError::TooManyBytes { bytes: file.len() })
    );
}

/// A zlib stream of about a megabyte whose content is zeros, about a thousand times as many: each block copies from the
/// one before, 258 bytes for a bit of two codes (RFC 1951). Some of its kind, one behind the other, are gigabytes.
fn zeros_that_inflate(copies: usize) -> Vec<u8> {
    let mut deflated = vec![0x78, 0x9c];
    // One block with fixed codes: a literal 0, then copies of length 258 (code 285, 8 bits 11000101) from distance 1
    // (code 0, 5 bits 00000), then the end (7 bits).
    let (mut held, mut bits) = (0_u32, 0);
    let mut push = |deflated: &mut Vec<u8>, value: u32, length: u32| {
        held |= value << bits;
        bits += length;
        while bits >= 8 {
            deflated.push(held as u8);
            held >>= 8;
            bits -= 8;
        }
    };
    push(&mut deflated, 0b011, 3);
    push(&mut deflated, 0b0000_1100, 8);
    for _ in 0..copies {
        push(&mut deflated, 0b1010_0011, 8);
        push(&mut deflated, 0, 5);
    }
    push(&mut deflated, 0, 7);
    push(&mut deflated, 0, 7);
    deflated
}

#[test]
fn text_that_inflates_is_not_inflated() {
    let few = zeros_that_inflate(100);
    let mut inflated = Vec::new();
    // It is what it says it is; only its checksum is missing at the end.
    let _ = std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&few[..]), &mut inflated);
    assert_eq!(inflated.len(), 1 + 100 * 258);

    // 1.3 MB that would be 206 MB, in each of thirty chunks: 6 GB.
    let deflated = zeros_that_inflate(800_000);
    let plain = png(&DynamicImage::ImageRgb8(RgbImage::new(8, 8)));
    let (header, rest) = plain.split_at(33);
    for (kind, start, times) in [
        (*b"zTXt", &b"Comment\0\0"[..], 30),
        (*b"iTXt", b"Comment\0\x01\0\0\0", 30),
        (*b"iCCP", b"profile\0\0", 1),
    ] {
        let text = png_chunk(kind, &[start, &deflated].concat()).repeat(times);
        let file = [header.to_vec(), text, rest.to_vec()].concat();
        at_once(|| prepare_clean(&file));
    }
}

#[test]
fn of_a_hundred_thousand_frames_one_is_read() {
    let gif = fixture("moving.gif");
    let trailer = gif.len() - 1;
    let second = gif
        .windows(3)
        .rposition(|window| window == [0x21, 0xf9, 0x04])
        .expect("a frame");
    let frame = &gif[second..trailer];
    let many = [&gif[..trailer], &frame.repeat(100_000), &[0x3b]].concat();
    let prepared = at_once(|| prepare_clean(&many));
    assert_eq!(prepared.shared, prepare_clean(&gif).shared);

    let webp = fixture("moving.webp");
    let last = webp.windows(4).rposition(|window| window == b"ANMF").unwrap();
    let many = blocks::webp(&[webp[12..].to_vec(), webp[last..].repeat(100_000)]);
    at_once(|| prepare_clean(&many));
}

#[test]
fn an_svg_by_another_name_is_an_svg() {
    let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    assert_eq!(prepare(svg), Err(PictureError::Unsupported(UnsupportedFormat::Svg)));
}

#[test]
fn what_hides_in_a_picture_does_not_come_along() {
    let photo = jpeg(&RgbImage::new(32, 32), 80);
    let page = b"<html><script>alert(1)</script></html>";
    let archive = b"PK\x03\x04 and so on PK\x05\x06";
    let commented = blocks::with_segments(&photo, &[(0xfe, page.to_vec())]);
    let followed = [&photo[..], archive].concat();
    let clean = prepare_clean(&photo);
    assert_eq!(prepare_clean(&commented).shared, clean.shared);
    assert_eq!(prepare_clean(&followed).shared, clean.shared);
}

#[test]
fn half_a_file_is_said_to_be_damaged() {
    for name in [
        "kitchen.jpg",
        "progressive.jpg",
        "inks.jpg",
        "chunks.png",
        "chunks.webp",
        "lossy.webp",
        "moving.gif",
    ] {
        let whole = fixture(name);
        for share in [10, 30, 60, 90] {
            let cut = &whole[..whole.len() * share / 100];
            match prepare(cut) {
                Err(PictureError::Damaged { .. }) => {}
                // What is cut off behind the first frame or the pixels was not needed.
                Ok(_) if matches!(name, "moving.gif" | "chunks.webp") && share >= 60 => {}
                other => panic!("{name} cut to {share} %: {:?}", other.map(|_| "was shared")),
            }
        }
    }
}

#[test]
fn metadata_that_lies_about_itself_does_no_harm() {
    let photo = jpeg(&RgbImage::new(16, 16), 80);
    let exif = blocks::exif(6, &[1, 2, 3]);
    for at in 0..exif.len() {
        for value in [0x00, 0x7f, 0xff] {
            let mut bent = exif.clone();
            bent[at] = value;
            let body = [b"Exif\0\0".as_slice(), &bent].concat();
            prepare_clean(&blocks::with_segments(&photo, &[(0xe1, body)]));
        }
    }
    // A directory that names itself as the next one.
    let ring = b"Exif\0\0II\x2a\0\x08\0\0\0\0\0\x08\0\0\0".to_vec();
    at_once(|| prepare_clean(&blocks::with_segments(&photo, &[(0xe1, ring)])));
}

/// Bytes that go on from a known format's first ones, or are a bent fixture.
fn wild_files() -> impl Strategy<Value = Vec<u8>> {
    let starts = prop::sample::select(vec![
        b"\xff\xd8\xff".to_vec(),
        b"\x89PNG\r\n\x1a\n".to_vec(),
        b"RIFF\0\0\0\0WEBPVP8 ".to_vec(),
        b"GIF89a".to_vec(),
        Vec::new(),
    ]);
    let random = (starts, prop::collection::vec(any::<u8>(), 0..600)).prop_map(|(start, rest)| [start, rest].concat());
    let names = prop::sample::select(vec![
        "turned.jpg",
        "progressive.jpg",
        "inks.jpg",
        "grey.jpg",
        "wide-colour.jpg",
        "separate-scans.jpg",
        "inks-halved.jpg",
        "inks-as-luma.jpg",
        "chunks.png",
        "chunks.webp",
        "lossy.webp",
        "moving.webp",
        "moving.gif",
    ]);
    let bends = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12);
    let bent = (names, bends, any::<bool>()).prop_map(|(name, bends, early)| {
        let mut bytes = fixture(name);
        for (at, value) in bends {
            let within = if early { bytes.len().min(700) } else { bytes.len() };
            bytes[at.index(within)] = value;
        }
        bytes
    });
    prop_oneof![1 => random, 4 => bent]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_comes_in_is_refused_or_comes_out_clean(bytes in wild_files()) {
        if prepare(&bytes).is_ok() {
            prepare_clean(&bytes);
        }
    }

    #[test]
    fn whatever_is_said_to_be_a_thumbhash_is_drawn_or_not(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        if let Some(png) = placeholder_png(&bytes) {
            prop_assert!(image::load_from_memory(&png).is_ok());
        }
    }
}
