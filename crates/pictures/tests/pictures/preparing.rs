//! What people share, and what becomes of it.

use image::{DynamicImage, GrayImage, ImageBuffer, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;
use samovar_pictures::{PictureError, Removed, UnsupportedFormat, placeholder_png, prepare, thumbnail, verify};

use crate::blocks;
use crate::support::{
    assert_near, assert_tells_nothing, corners, fixture, jpeg, open, png, prepare_clean, static_noise,
};

const RED: [u8; 3] = [220, 40, 40];
const GREEN: [u8; 3] = [40, 200, 60];
const BLUE: [u8; 3] = [40, 60, 220];
const WHITE: [u8; 3] = [240, 240, 240];

/// Red and green above, blue and white below, as seen upright.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        })
    })
}

#[test]
fn a_phone_photo_is_shared_upright_and_without_what_it_told() {
    let photo = fixture("turned.jpg");
    for told in ["Exif", "GPS", "http", "Kettle"] {
        assert!(
            photo.windows(told.len()).any(|window| window == told.as_bytes()),
            "the fixture tells {told}"
        );
    }
    let prepared = prepare_clean(&photo);
    assert_eq!(
        (prepared.shared.width, prepared.shared.height),
        (320, 240),
        "stored 240 × 320 on its side"
    );
    assert_eq!(
        prepared.removed,
        Removed {
            location: true,
            camera: true
        }
    );

    let upright = open(&fixture("dog.jpg"));
    let upright = image::imageops::resize(&upright, 320, 240, image::imageops::FilterType::Lanczos3);
    for (seen, expected) in corners(&open(&prepared.shared.bytes))
        .into_iter()
        .zip(corners(&upright))
    {
        assert_near(seen, expected, 24);
    }
}

#[test]
fn every_orientation_ends_upright() {
    use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
    let upright = quarters(96, 64);
    let stored = [
        upright.clone(),
        flip_horizontal(&upright),
        rotate180(&upright),
        flip_vertical(&upright),
        rotate270(&flip_horizontal(&upright)),
        rotate270(&upright),
        rotate90(&flip_horizontal(&upright)),
        rotate90(&upright),
    ];
    for (orientation, stored) in (1..).zip(stored) {
        let file = blocks::with_segments(&jpeg(&stored, 92), &blocks::telling_segments(orientation, &[]));
        let prepared = prepare_clean(&file);
        assert_eq!(
            (prepared.shared.width, prepared.shared.height),
            (96, 64),
            "orientation {orientation}"
        );
        for encoded in [&prepared.shared, &prepared.thumbnail] {
            for (seen, expected) in corners(&open(&encoded.bytes))
                .into_iter()
                .zip([RED, GREEN, BLUE, WHITE])
            {
                assert_near(seen, expected, 12);
            }
        }
    }
}

#[test]
fn colours_of_a_wide_profile_look_the_same_in_srgb() {
    let prepared = prepare_clean(&fixture("wide-colour.jpg"));
    let seen = corners(&open(&prepared.shared.bytes));
    // By the matrices of Display P3 and sRGB (both with sRGB's curve); what lies outside sRGB is clipped.
    assert_near(seen[0], [217, 42, 39], 4);
    assert_near(seen[1], [0, 183, 29], 5);
    assert_near(seen[2], [44, 71, 208], 4);
    assert_near(seen[3], [128, 128, 128], 3);
}

#[test]
fn a_profile_that_is_no_profile_is_dropped() {
    let file = blocks::with_segments(
        &jpeg(&quarters(64, 64), 92),
        &[(0xe2, [b"ICC_PROFILE\0\x01\x01".as_slice(), &[0x5a; 300]].concat())],
    );
    let prepared = prepare_clean(&file);
    assert_near(corners(&open(&prepared.shared.bytes))[0], RED, 8);
}

#[test]
fn inks_become_light() {
    let expected = open(&fixture("progressive.jpg"));
    for name in ["inks.jpg", "inks-as-luma.jpg", "inks-halved.jpg"] {
        let seen = open(&prepare_clean(&fixture(name)).shared.bytes);
        for (seen, expected) in corners(&seen).into_iter().zip(corners(&expected)) {
            assert_near(seen, expected, 30);
        }
    }
}

#[test]
fn inks_without_adobes_segment_are_not_inverted() {
    for name in ["inks.jpg", "inks-halved.jpg"] {
        let stored = fixture(name);
        let at = stored
            .windows(7)
            .position(|window| window == b"\xff\xee\0\x0eAdo")
            .expect("Adobe's segment");
        let plain = [&stored[..at], &stored[at + 16..]].concat();
        let (one, other) = (prepare_clean(&stored), prepare_clean(&plain));
        let bright =
            |picture: &RgbImage| picture.iter().map(|&value| u64::from(value)).sum::<u64>() / picture.len() as u64;
        let (one, other) = (bright(&open(&one.shared.bytes)), bright(&open(&other.shared.bytes)));
        assert!(
            one > other + 60,
            "{name}: {one} with it, {other} without: a bright picture without light"
        );
    }
}

#[test]
fn a_photo_with_a_scan_for_each_component_is_whole() {
    let seen = open(&prepare_clean(&fixture("separate-scans.jpg")).shared.bytes);
    let expected = open(&fixture("progressive.jpg"));
    for (x, y) in [(30, 20), (30, 100), (120, 90), (200, 20), (200, 160), (120, 170)] {
        assert_near(seen.get_pixel(x, y).0, expected.get_pixel(x, y).0, 40);
    }
}

#[test]
fn grey_and_progressive_photos_are_taken() {
    let grey = open(&prepare_clean(&fixture("grey.jpg")).shared.bytes);
    let pixel = grey.get_pixel(20, 20).0;
    assert!(
        pixel[0].abs_diff(pixel[1]) <= 2 && pixel[1].abs_diff(pixel[2]) <= 2,
        "{pixel:?} is grey"
    );
    assert_eq!(prepare_clean(&fixture("progressive.jpg")).shared.width, 240);
}

#[test]
fn pngs_of_every_kind_are_taken() {
    let grey = GrayImage::from_fn(40, 30, |x, _| Luma([(x * 6) as u8]));
    let deep: ImageBuffer<Rgb<u16>, Vec<u16>> =
        ImageBuffer::from_fn(40, 30, |x, y| Rgb([x as u16 * 1600, y as u16 * 2000, 9000]));
    for (name, picture) in [
        ("grey", DynamicImage::ImageLuma8(grey)),
        ("sixteen bits", DynamicImage::ImageRgb16(deep)),
        ("plain", DynamicImage::ImageRgb8(quarters(40, 30))),
    ] {
        let prepared = prepare_clean(&png(&picture));
        let (seen, expected) = (open(&prepared.shared.bytes), picture.into_rgb8());
        for (seen, expected) in corners(&seen).into_iter().zip(corners(&expected)) {
            assert_near(seen, expected, 10);
        }
        assert_eq!(prepared.removed, Removed::default(), "{name}");
    }
}

#[test]
fn a_palette_is_looked_up() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 16, 16);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_palette([RED, BLUE].concat());
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[0x00, 0xff].repeat(16)).unwrap();
    writer.finish().unwrap();
    let seen = corners(&open(&prepare_clean(&bytes).shared.bytes));
    assert_near(seen[0], RED, 10);
    assert_near(seen[1], BLUE, 10);
}

#[test]
fn chunks_of_a_png_are_gone_and_its_profile_was_used() {
    let file = fixture("chunks.png");
    let prepared = prepare_clean(&file);
    assert_eq!(
        prepared.removed,
        Removed {
            location: true,
            camera: true
        }
    );
    let unconverted = open(&file);
    let converted = open(&prepared.shared.bytes);
    let change: u32 = unconverted
        .pixels()
        .zip(converted.pixels())
        .map(|(one, other)| u32::from(one.0[0].abs_diff(other.0[0])))
        .sum::<u32>()
        / (unconverted.width() * unconverted.height());
    assert!(change >= 1, "Display P3 was taken for sRGB");
}

#[test]
fn a_png_says_by_gamma_how_bright_it_is() {
    let mut bytes = Vec::new();
    let mut info = png::Info::with_size(16, 16);
    info.color_type = png::ColorType::Rgb;
    info.bit_depth = png::BitDepth::Eight;
    info.source_gamma = Some(png::ScaledFloat::new(1.0));
    let mut writer = png::Encoder::with_info(&mut bytes, info)
        .unwrap()
        .write_header()
        .unwrap();
    writer.write_image_data(&[128; 16 * 16 * 3]).unwrap();
    writer.finish().unwrap();
    // Half of the light is 188 in sRGB.
    assert_near(open(&prepare_clean(&bytes).shared.bytes).get_pixel(8, 8).0, [188; 3], 3);
}

#[test]
fn transparency_lies_on_white_without_fringes() {
    // Black where nothing can be seen: it must not show at the edge when the picture is made smaller.
    let picture = RgbaImage::from_fn(3000, 600, |x, _| {
        if x < 1500 {
            Rgba([255, 255, 255, 255])
        } else {
            Rgba([0, 0, 0, 0])
        }
    });
    let prepared = prepare_clean(&png(&DynamicImage::ImageRgba8(picture)));
    for pixel in open(&prepared.shared.bytes).pixels() {
        assert_near(pixel.0, [255; 3], 2);
    }
}

#[test]
fn coloured_edges_of_a_screenshot_do_not_bleed() {
    let stripes = RgbImage::from_fn(64, 64, |x, _| {
        Rgb(if x % 2 == 0 { [255, 0, 0] } else { [255, 255, 255] })
    });
    let seen = open(&prepare_clean(&png(&DynamicImage::ImageRgb8(stripes))).shared.bytes);
    assert_near(seen.get_pixel(20, 20).0, [255, 0, 0], 40);
    assert_near(seen.get_pixel(21, 20).0, [255, 255, 255], 40);
}

#[test]
fn webp_is_taken_lossy_lossless_and_with_everything_in_it() {
    let expected = corners(&open(&fixture("kitchen.jpg")));
    for (seen, expected) in corners(&open(&prepare_clean(&fixture("lossy.webp")).shared.bytes))
        .into_iter()
        .zip(expected)
    {
        assert_near(seen, expected, 40);
    }
    let prepared = prepare_clean(&fixture("chunks.webp"));
    assert_eq!(
        (prepared.shared.width, prepared.shared.height),
        (90, 120),
        "120 × 90, to be turned"
    );
    assert_eq!(
        prepared.removed,
        Removed {
            location: true,
            camera: true
        }
    );
}

#[test]
fn of_moving_pictures_the_first_frame_is_shared() {
    for name in ["moving.gif", "moving.webp"] {
        let seen = open(&prepare_clean(&fixture(name)).shared.bytes);
        assert_near(seen.get_pixel(24, 16).0, [200, 40, 40], 8);
    }
}

#[test]
fn large_photos_become_small_and_small_ones_stay() {
    let large = prepare_clean(&jpeg(&quarters(3000, 1500), 80));
    assert_eq!((large.shared.width, large.shared.height), (2048, 1024));
    assert_eq!((large.thumbnail.width, large.thumbnail.height), (480, 240));
    let small = prepare_clean(&jpeg(&quarters(100, 50), 80));
    assert_eq!((small.shared.width, small.shared.height), (100, 50));
    assert_eq!((small.thumbnail.width, small.thumbnail.height), (100, 50));
}

#[test]
fn even_noise_fits_into_what_may_be_sent() {
    let prepared = prepare_clean(&png(&DynamicImage::ImageRgb8(static_noise(2048, 2048, 7))));
    assert!(prepared.shared.bytes.len() <= 2_000_000);
    assert!(prepared.shared.width >= 1024, "and stays worth looking at");
}

#[test]
fn a_thumbnail_can_be_made_of_what_was_received() {
    let prepared = prepare_clean(&fixture("kitchen.jpg"));
    let again = thumbnail(&prepared.shared.bytes).unwrap();
    assert_eq!((again.width, again.height), (480, 360));
    assert!(verify(&again.bytes).is_ok());
    assert_tells_nothing(&again.bytes);
    assert!(
        matches!(thumbnail(&fixture("kitchen.jpg")), Err(PictureError::Damaged { .. })),
        "only of a shared form"
    );
}

#[test]
fn a_placeholder_has_the_colours_and_the_shape_of_its_picture() {
    let prepared = prepare_clean(&jpeg(&RgbImage::from_pixel(640, 320, Rgb([200, 60, 40])), 90));
    let drawn = open(&placeholder_png(&prepared.thumbhash).expect("a placeholder"));
    assert!(drawn.width() > drawn.height());
    assert_near(drawn.get_pixel(10, 5).0, [200, 60, 40], 16);
    for bad in [&[][..], &[0; 4], &[0xff; 5], &[0x80; 200], &[0; 5], &[0, 0, 0, 0, 0x80]] {
        assert_eq!(placeholder_png(bad), None);
    }
}

#[test]
fn what_cannot_be_opened_is_named_and_comes_with_advice() {
    let unsupported = |bytes: &[u8]| match prepare(bytes) {
        Err(error @ PictureError::Unsupported(format)) => (format, error.code(), error.to_string()),
        other => panic!("{other:?}"),
    };
    let (format, code, words) = unsupported(&fixture("phone.heic"));
    assert_eq!((format, code), (UnsupportedFormat::Heic, "picture_heic"));
    assert!(words.starts_with("This is a HEIC photo. Export it as JPEG"));
    let named: [(&[u8], UnsupportedFormat); 15] = [
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif", UnsupportedFormat::Avif),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", UnsupportedFormat::Avif),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1heic", UnsupportedFormat::Heic),
        (b"\0\0\0\x18ftypqt  \0\0\0\0qt  ", UnsupportedFormat::Video),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx ", UnsupportedFormat::Raw),
        (b"II\x2a\0\x08\0\0\0", UnsupportedFormat::Tiff),
        (b"MM\0\x2a\0\0\0\x08", UnsupportedFormat::Tiff),
        (b"\xff\x0a\xfa\x0f", UnsupportedFormat::JpegXl),
        (b"\0\0\0\x0cjP  \r\n\x87\n", UnsupportedFormat::Jpeg2000),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", UnsupportedFormat::Bmp),
        (b"\0\0\x01\0\x01\0\x10\x10", UnsupportedFormat::Icon),
        (b"8BPS\0\x01", UnsupportedFormat::Photoshop),
        (b"%PDF-1.7", UnsupportedFormat::Pdf),
        (b"\x1a\x45\xdf\xa3\x01", UnsupportedFormat::Video),
        (
            b"\xef\xbb\xbf <?xml version=\"1.0\"?>\n<!-- x --><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            UnsupportedFormat::Svg,
        ),
    ];
    for (bytes, expected) in named {
        assert_eq!(unsupported(bytes).0, expected);
    }
    assert_eq!(prepare(b""), Err(PictureError::Empty));
    for neither in [&b"<html><body>hello"[..], b"PK\x03\x04", b"just words", b"\0", b"\xff"] {
        assert_eq!(prepare(neither), Err(PictureError::NotAPicture));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_size_and_aspect_can_be_shared(width in 1_u32..700, height in 1_u32..700, seed: u32, drawn: bool) {
        let picture = static_noise(width, height, seed);
        let file = if drawn { png(&DynamicImage::ImageRgb8(picture)) } else { jpeg(&picture, 90) };
        let prepared = prepare_clean(&file);
        prop_assert_eq!((prepared.shared.width, prepared.shared.height), (width, height));
        prop_assert!(thumbnail(&prepared.shared.bytes).is_ok());
    }
}

#[test]
fn the_oddest_sizes_can_be_shared() {
    for (width, height, expected) in [
        (1, 1, (1, 1)),
        (1, 5000, (1, 2048)),
        (5000, 1, (2048, 1)),
        (2049, 2047, (2048, 2046)),
        (17, 2048, (17, 2048)),
    ] {
        let prepared = prepare_clean(&png(&DynamicImage::ImageRgb8(static_noise(width, height, 3))));
        assert_eq!((prepared.shared.width, prepared.shared.height), expected);
    }
}
