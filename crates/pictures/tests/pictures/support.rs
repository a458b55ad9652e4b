//! Fixtures, small pictures to order, and a second opinion on what was written.

use image::RgbImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use samovar_pictures::{MAX_SHARED_BYTES, MAX_SHARED_SIDE, Prepared, prepare, verify};

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Decodes with a decoder and settings that are not this crate's own.
pub(crate) fn open(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes)
        .expect("a picture that others can open")
        .into_rgb8()
}

pub(crate) fn png(picture: &image::DynamicImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a vector takes all bytes");
    bytes.into_inner()
}

pub(crate) fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder
        .encode(picture, picture.width() as u16, picture.height() as u16, ColorType::Rgb)
        .expect("a vector takes all bytes");
    bytes
}

/// Colourful noise: nothing compresses worse.
pub(crate) fn static_noise(width: u32, height: u32, seed: u32) -> RgbImage {
    let mut state = seed | 1;
    RgbImage::from_fn(width, height, |_, _| {
        image::Rgb(std::array::from_fn(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            (state >> 24) as u8
        }))
    })
}

/// The four corners, some way in: top left, top right, bottom left, bottom right.
pub(crate) fn corners(picture: &RgbImage) -> [[u8; 3]; 4] {
    let (right, bottom) = (picture.width() * 7 / 8, picture.height() * 7 / 8);
    let (left, top) = (picture.width() / 8, picture.height() / 8);
    [(left, top), (right, top), (left, bottom), (right, bottom)].map(|(x, y)| picture.get_pixel(x, y).0)
}

#[track_caller]
pub(crate) fn assert_near(seen: [u8; 3], expected: [u8; 3], tolerance: u8) {
    let near = seen
        .iter()
        .zip(expected)
        .all(|(&one, other)| one.abs_diff(other) <= tolerance);
    assert!(near, "{seen:?} is not near {expected:?}");
}

/// Prepares, and checks everything that holds for every prepared picture.
#[track_caller]
pub(crate) fn prepare_clean(bytes: &[u8]) -> Prepared {
    let prepared = prepare(bytes).expect("a picture that can be shared");
    for (encoded, side) in [(&prepared.shared, MAX_SHARED_SIDE), (&prepared.thumbnail, 480)] {
        assert!(encoded.bytes.len() <= MAX_SHARED_BYTES);
        assert!(encoded.width <= side && encoded.height <= side);
        assert_eq!(encoded.media_type, "image/jpeg");
        let verified = verify(&encoded.bytes).expect("what is prepared is what is taken");
        assert_eq!((verified.width, verified.height), (encoded.width, encoded.height));
        assert_eq!(open(&encoded.bytes).dimensions(), (encoded.width, encoded.height));
        assert_tells_nothing(&encoded.bytes);
    }
    assert!((5..=25).contains(&prepared.thumbhash.len()));
    prepared
}

/// The segments are those of a bare picture, and no word of metadata is anywhere.
#[track_caller]
pub(crate) fn assert_tells_nothing(jpeg: &[u8]) {
    let mut markers = Vec::new();
    let mut at = 2;
    while jpeg[at + 1] != 0xda {
        assert_eq!(jpeg[at], 0xff);
        markers.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    assert_eq!(
        markers,
        [0xe0, 0xc0, 0xdb, 0xdb, 0xc4, 0xc4, 0xc4, 0xc4],
        "JFIF, frame, tables, and nothing else"
    );
    // A scan is as good as random, so short words are in many; the segments above leave no place for any.
    for word in [
        "Exif\0\0",
        "GPSLatitude",
        "http://",
        "ICC_PROFILE",
        "Adobe\0",
        "Kettle",
        "ns.adobe",
    ] {
        assert!(
            !jpeg.windows(word.len()).any(|window| window == word.as_bytes()),
            "{word} got out"
        );
    }
}
