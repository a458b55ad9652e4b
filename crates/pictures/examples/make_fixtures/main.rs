//! Makes the files in `fixtures/`: four scenes, and small pictures with everything in them that must not get out.
//!
//! ```text
//! cargo run -p samovar-pictures --example make_fixtures              the small ones, from the scenes
//! cargo run -p samovar-pictures --example make_fixtures -- scenes    the scenes too; takes some minutes
//! ```
//!
//! Nothing here was photographed: the scenes are rendered from distance fields, so nobody's picture is in this
//! repository and the place in them is made up.

#![expect(
    clippy::unwrap_used,
    reason = "a generator that stops where it fails is as good as its error message"
)]

#[path = "../../tests/support/blocks.rs"]
mod blocks;
mod march;
mod scenes;
mod vector;

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::codecs::gif::GifEncoder;
use image::codecs::webp::WebPEncoder;
use image::imageops::{FilterType, resize, rotate270};
use image::{Delay, ExtendedColorType, Frame, RgbImage};
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};
use moxcms::ColorProfile;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    if std::env::args().nth(1).as_deref() == Some("scenes") {
        let scenes: [(&str, &dyn march::Scene); 4] = [
            ("kitchen", &scenes::Kitchen),
            ("dog", &scenes::Dog),
            ("desk", &scenes::Desk),
            ("mountain", &scenes::Mountain),
        ];
        for (name, scene) in scenes {
            let pixels = march::render(scene, 800, 600);
            let picture = RgbImage::from_raw(800, 600, pixels).unwrap();
            let jpeg = jpeg(&picture, 80, false);
            let preview = self::jpeg(&smaller(&picture, 160), 60, false);
            write(
                &folder,
                &format!("{name}.jpg"),
                &blocks::with_segments(&jpeg, &blocks::telling_segments(1, &preview)),
            );
        }
    }
    let scene = |name: &str| image::open(folder.join(name)).unwrap().into_rgb8();
    let dog = smaller(&scene("dog.jpg"), 320);
    let kitchen = smaller(&scene("kitchen.jpg"), 240);
    let desk = smaller(&scene("desk.jpg"), 200);

    // Taken with the phone upright: stored on its side, with an orientation that says so.
    let preview = jpeg(&smaller(&dog, 120), 60, false);
    let stored = jpeg(&rotate270(&dog), 85, false);
    write(
        &folder,
        "turned.jpg",
        &blocks::with_segments(&stored, &blocks::telling_segments(6, &preview)),
    );
    write(&folder, "progressive.jpg", &jpeg(&kitchen, 85, true));
    write(&folder, "separate-scans.jpg", &separate_scans(&kitchen));
    write(&folder, "grey.jpg", &grey(&desk));
    write(
        &folder,
        "inks.jpg",
        &inks(&kitchen, ColorType::Cmyk, SamplingFactor::F_1_1),
    );
    let halved = inks(&kitchen, ColorType::Cmyk, SamplingFactor::F_2_2);
    write(&folder, "inks-halved.jpg", &halved);
    write(
        &folder,
        "inks-as-luma.jpg",
        &inks(&kitchen, ColorType::CmykAsYcck, SamplingFactor::F_2_2),
    );
    write(&folder, "wide-colour.jpg", &wide_colour());
    write(&folder, "chunks.png", &chunks(&desk));
    write(&folder, "chunks.webp", &chunks_webp(&smaller(&kitchen, 120)));
    write(&folder, "moving.webp", &moving_webp());
    write(&folder, "moving.gif", &moving_gif());
    write(
        &folder,
        "phone.heic",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat",
    );
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path: PathBuf = folder.join(name);
    fs::write(&path, bytes).unwrap();
}

fn smaller(picture: &RgbImage, width: u32) -> RgbImage {
    resize(
        picture,
        width,
        picture.height() * width / picture.width(),
        FilterType::Lanczos3,
    )
}

fn jpeg(picture: &RgbImage, quality: u8, progressive: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_progressive(progressive);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder
        .encode(picture, picture.width() as u16, picture.height() as u16, ColorType::Rgb)
        .unwrap();
    bytes
}

/// One baseline scan for each of three components, with chroma at half resolution: rare, and allowed.
fn separate_scans(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 85);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder
        .encode(picture, picture.width() as u16, picture.height() as u16, ColorType::Rgb)
        .unwrap();
    bytes
}

fn grey(picture: &RgbImage) -> Vec<u8> {
    let luma: Vec<u8> = picture.pixels().map(|pixel| pixel.0[1]).collect();
    let mut bytes = Vec::new();
    let encoder = Encoder::new(&mut bytes, 85);
    encoder
        .encode(&luma, picture.width() as u16, picture.height() as u16, ColorType::Luma)
        .unwrap();
    bytes
}

/// As a print shop sends it: CMYK or YCCK, stored the inverted way that Adobe's programs do.
fn inks(picture: &RgbImage, colours: ColorType, sampling: SamplingFactor) -> Vec<u8> {
    let inks: Vec<u8> = picture
        .pixels()
        .flat_map(|pixel| {
            let black = 255 - pixel.0.iter().max().copied().unwrap();
            let light = u32::from(255 - black).max(1);
            let ink = |value: u8| (255 - u32::from(value) * 255 / light) as u8;
            [ink(pixel.0[0]), ink(pixel.0[1]), ink(pixel.0[2]), black]
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 85);
    encoder.set_sampling_factor(sampling);
    encoder
        .encode(&inks, picture.width() as u16, picture.height() as u16, colours)
        .unwrap();
    bytes
}

/// A quarter each of red, green, blue and grey, by the numbers of Display P3.
fn wide_colour() -> Vec<u8> {
    let picture = RgbImage::from_fn(128, 128, |x, y| {
        image::Rgb(match (x < 64, y < 64) {
            (true, true) => [200, 60, 50],
            (false, true) => [70, 180, 60],
            (true, false) => [50, 70, 200],
            (false, false) => [128, 128, 128],
        })
    });
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 95);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder
        .add_icc_profile(&ColorProfile::new_display_p3().encode().unwrap())
        .unwrap();
    encoder.encode(&picture, 128, 128, ColorType::Rgb).unwrap();
    bytes
}

fn chunks(picture: &RgbImage) -> Vec<u8> {
    let mut info = png::Info::with_size(picture.width(), picture.height());
    info.color_type = png::ColorType::Rgb;
    info.bit_depth = png::BitDepth::Eight;
    info.exif_metadata = Some(blocks::exif(1, &[]).into());
    info.icc_profile = Some(ColorProfile::new_display_p3().encode().unwrap().into());
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::with_info(&mut bytes, info).unwrap();
    encoder.set_compression(png::Compression::High);
    encoder
        .add_text_chunk("Comment".to_owned(), "GPS 54.193 37.617".to_owned())
        .unwrap();
    encoder
        .add_ztxt_chunk("Source".to_owned(), "http://example.org/where-i-live".to_owned())
        .unwrap();
    encoder
        .add_itxt_chunk(
            "XML:com.adobe.xmp".to_owned(),
            String::from_utf8(blocks::xmp()).unwrap(),
        )
        .unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(picture).unwrap();
    writer.finish().unwrap();
    bytes
}

/// The bare VP8L chunk of a picture.
fn lossless(picture: &RgbImage) -> Vec<u8> {
    let mut file = Vec::new();
    WebPEncoder::new_lossless(&mut file)
        .encode(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .unwrap();
    file.split_off(12)
}

/// The extended header of a WebP file: flags and the size less one.
fn extended(flags: u8, picture: &RgbImage) -> Vec<u8> {
    let mut body = vec![flags, 0, 0, 0];
    body.extend_from_slice(&(picture.width() - 1).to_le_bytes()[..3]);
    body.extend_from_slice(&(picture.height() - 1).to_le_bytes()[..3]);
    blocks::riff_chunk(*b"VP8X", &body)
}

fn chunks_webp(picture: &RgbImage) -> Vec<u8> {
    blocks::webp(&[
        extended(0x0c, picture),
        lossless(picture),
        blocks::riff_chunk(*b"EXIF", &blocks::exif(6, &[])),
        blocks::riff_chunk(*b"XMP ", &blocks::xmp()),
    ])
}

/// Three plain frames: red, then green, then blue.
fn frames() -> [RgbImage; 3] {
    [[200, 40, 40], [40, 200, 40], [40, 40, 200]].map(|colour| RgbImage::from_pixel(48, 32, image::Rgb(colour)))
}

fn moving_webp() -> Vec<u8> {
    let frames = frames();
    let mut parts = vec![
        extended(0x02, &frames[0]),
        blocks::riff_chunk(*b"ANIM", &[255, 255, 255, 255, 0, 0]),
    ];
    for frame in &frames {
        let mut body = vec![0; 6];
        body.extend_from_slice(&(frame.width() - 1).to_le_bytes()[..3]);
        body.extend_from_slice(&(frame.height() - 1).to_le_bytes()[..3]);
        body.extend_from_slice(&[100, 0, 0, 0]);
        body.extend_from_slice(&lossless(frame));
        parts.push(blocks::riff_chunk(*b"ANMF", &body));
    }
    blocks::webp(&parts)
}

fn moving_gif() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    {
        let mut encoder = GifEncoder::new(&mut bytes);
        for frame in frames() {
            let frame = image::DynamicImage::ImageRgb8(frame).into_rgba8();
            encoder
                .encode_frame(Frame::from_parts(frame, 0, 0, Delay::from_numer_denom_ms(100, 1)))
                .unwrap();
        }
    }
    bytes.into_inner()
}
