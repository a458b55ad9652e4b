//! The endpoint's gate: what was not written here does not come in.

use image::{DynamicImage, Rgb, RgbImage};
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, QuantizationTableType, SamplingFactor};
use proptest::prelude::*;
use samovar_pictures::{Refusal, verify};

use crate::blocks;
use crate::support::{assert_tells_nothing, fixture, jpeg, open, png, prepare_clean, static_noise};

fn shared() -> Vec<u8> {
    prepare_clean(&fixture("turned.jpg")).shared.bytes
}

fn drawn() -> Vec<u8> {
    prepare_clean(&png(&DynamicImage::ImageRgb8(static_noise(60, 44, 5))))
        .shared
        .bytes
}

fn scan_start(bytes: &[u8]) -> usize {
    bytes.windows(2).position(|pair| pair == [0xff, 0xda]).expect("a scan") + 14
}

#[test]
fn what_is_prepared_is_taken() {
    let verified = verify(&shared()).unwrap();
    assert_eq!(
        (verified.width, verified.height, verified.media_type),
        (320, 240, "image/jpeg")
    );
    assert!(verify(&drawn()).is_ok());
}

#[test]
fn photos_as_they_come_from_elsewhere_are_refused() {
    for name in ["kitchen.jpg", "turned.jpg", "wide-colour.jpg"] {
        assert!(
            matches!(verify(&fixture(name)), Err(Refusal::Metadata { .. })),
            "{name}: {:?}",
            verify(&fixture(name))
        );
    }
    for name in ["progressive.jpg", "grey.jpg"] {
        assert!(
            matches!(verify(&fixture(name)), Err(Refusal::Header { .. })),
            "{name}: {:?}",
            verify(&fixture(name))
        );
    }
    for name in ["chunks.png", "chunks.webp", "moving.gif", "phone.heic"] {
        assert_eq!(verify(&fixture(name)), Err(Refusal::NotJpeg), "{name}");
    }
    assert!(
        matches!(verify(&jpeg(&RgbImage::new(16, 16), 82)), Err(Refusal::Header { .. })),
        "other tables"
    );
    assert_eq!(verify(b"<html>"), Err(Refusal::NotJpeg));
    assert_eq!(verify(b""), Err(Refusal::Truncated { offset: 0 }));
}

#[test]
fn nothing_may_stand_before_between_or_after() {
    let picture = shared();
    let page = b"<html><script>alert(1)</script></html>".to_vec();
    let archive = b"PK\x03\x04".to_vec();

    let after = [&picture[..], &archive].concat();
    assert_eq!(verify(&after), Err(Refusal::Trailing { bytes: 4 }));
    let before = [&page[..], &picture].concat();
    assert_eq!(verify(&before), Err(Refusal::NotJpeg));
    for marker in (0xe0..=0xef).chain([0xfe]) {
        let between = blocks::with_segments(&picture, &[(marker, page.clone())]);
        assert!(verify(&between).is_err(), "segment {marker:#x}");
    }
    let comment = blocks::with_segments(&picture, &[(0xfe, page.clone())]);
    assert_eq!(
        verify(&comment),
        Err(Refusal::Metadata {
            marker: 0xfe,
            offset: 2
        })
    );

    // Between the last block and the end of image, where a decoder has stopped reading.
    let (scan, end) = picture.split_at(picture.len() - 2);
    for hidden in [
        &page[..],
        &archive,
        &[0],
        &[0xff, 0x00],
        &[0xff, 0xd0],
        &[0xff, 0xff],
        &[0xff, 0xfe, 0, 4, b'h', b'i'],
    ] {
        let file = [scan, hidden, end].concat();
        assert!(
            matches!(verify(&file), Err(Refusal::Scan { .. })),
            "{hidden:?}: {:?}",
            verify(&file)
        );
    }
    // Twice the same picture, one behind the other.
    let twice = picture.repeat(2);
    assert_eq!(verify(&twice), Err(Refusal::Trailing { bytes: picture.len() }));
}

#[test]
fn every_cut_is_refused() {
    let picture = drawn();
    for length in 0..picture.len() {
        assert!(verify(&picture[..length]).is_err(), "cut to {length} bytes");
    }
}

#[test]
fn every_bit_of_the_header_counts() {
    let picture = drawn();
    let start = scan_start(&picture);
    for at in 0..start {
        for bit in 0..8 {
            let mut bent = picture.clone();
            bent[at] ^= 1 << bit;
            // Another size needs another number of blocks, but for a size that is rounded up to the same.
            let same_blocks = (25..29).contains(&at) && verify(&bent).is_ok();
            if same_blocks {
                assert_eq!(open(&bent).width().div_ceil(8), 60_u32.div_ceil(8));
                assert_eq!(open(&bent).height().div_ceil(8), 44_u32.div_ceil(8));
            } else {
                assert!(verify(&bent).is_err(), "bit {bit} of byte {at}");
            }
        }
    }
}

#[test]
fn sizes_beyond_the_limit_are_refused_before_the_scan_is_read() {
    let mut picture = shared();
    for (width, height) in [(2049_u16, 240_u16), (320, 2049), (65_535, 65_535), (0, 240), (320, 0)] {
        picture[25..27].copy_from_slice(&height.to_be_bytes());
        picture[27..29].copy_from_slice(&width.to_be_bytes());
        let expected = Refusal::Dimensions {
            width: width.into(),
            height: height.into(),
        };
        assert_eq!(verify(&picture), Err(expected));
    }
    assert_eq!(
        verify(&vec![0xff; 2_000_001]),
        Err(Refusal::TooManyBytes { bytes: 2_000_001 })
    );
}

/// The encoder's own settings for photos, but for one thing.
fn nearly_ours(change: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 82);
    encoder.set_quantization_tables(QuantizationTableType::ImageMagick, QuantizationTableType::ImageMagick);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    change(&mut encoder);
    encoder
        .encode(&static_noise(64, 48, 9), 64, 48, ColorType::Rgb)
        .expect("a vector takes all bytes");
    bytes
}

#[test]
fn nearly_is_not_enough() {
    assert!(verify(&nearly_ours(|_| {})).is_ok(), "the settings are those of photos");
    let changes: [fn(&mut Encoder<&mut Vec<u8>>); 6] = [
        |encoder| encoder.set_quality(81),
        |encoder| encoder.set_progressive(true),
        |encoder| encoder.set_optimized_huffman_tables(true),
        |encoder| encoder.set_restart_interval(2),
        |encoder| encoder.set_sampling_factor(SamplingFactor::F_2_1),
        |encoder| encoder.set_density(jpeg_encoder::PixelDensity::dpi(72)),
    ];
    for change in changes {
        assert!(matches!(verify(&nearly_ours(change)), Err(Refusal::Header { .. })));
    }
}

/// A scan, bit by bit: for spellings that no encoder gives.
struct Bits(Vec<bool>);

impl Bits {
    fn put(&mut self, code: &str) -> &mut Self {
        self.0.extend(code.bytes().map(|bit| bit == b'1'));
        self
    }

    fn file(&self, header: &[u8], padding: bool) -> Vec<u8> {
        let mut bits = self.0.clone();
        bits.resize(bits.len().next_multiple_of(8), padding);
        let mut file = header.to_vec();
        for byte in bits.chunks(8) {
            let byte = byte.iter().fold(0, |byte, &bit| byte << 1 | u8::from(bit));
            file.push(byte);
            if byte == 0xff {
                file.push(0);
            }
        }
        file.extend_from_slice(&[0xff, 0xd9]);
        file
    }
}

#[test]
fn a_picture_has_one_spelling() {
    // An 8 × 8 drawing in full chroma has three blocks. Codes are those of T.81, tables K.3 to K.6.
    let picture = prepare_clean(&png(&DynamicImage::ImageRgb8(RgbImage::from_pixel(
        8,
        8,
        Rgb([128; 3]),
    ))))
    .shared
    .bytes;
    let header = &picture[..scan_start(&picture)];
    let chroma = "0000"; // two blocks of "DC 0" (00), "end of block" (00)
    let scan = |luma: &str, padding: bool| Bits(Vec::new()).put(luma).put(chroma).put(chroma).file(header, padding);
    let reason = |file: &[u8]| match verify(file) {
        Err(Refusal::Scan { reason, .. }) => reason,
        other => panic!("{other:?}"),
    };

    let plain = scan("001010", true);
    assert_eq!(plain, picture, "DC 0 (00), end of block (1010): a grey square");
    assert_eq!(reason(&scan("001010", false)), "the padding is not of ones");
    let sixteen = "11111111001";
    assert_eq!(
        reason(&scan(&["00", sixteen, "1010"].concat(), true)),
        "zeros that an end of block would have said"
    );
    assert!(
        verify(&scan(&["00", sixteen, "00", "1", "1010"].concat(), true)).is_ok(),
        "sixteen zeros and a one"
    );
    assert_eq!(
        reason(&scan(&["00", sixteen, sixteen, sixteen, sixteen].concat(), true)),
        "zeros that an end of block would have said"
    );
    let fifteen_and_one = "1111111111110101";
    assert_eq!(
        reason(&scan(
            &["00", &[fifteen_and_one, "1"].concat().repeat(4)].concat(),
            true
        )),
        "more than 64 coefficients"
    );
    assert_eq!(
        reason(&scan("1111111101111111111110", true)),
        "a coefficient that no picture has"
    );
    assert_eq!(reason(&scan("1111111111111111", true)), "no such code");
}

#[test]
fn extremes_of_real_pictures_stay_within_what_is_taken() {
    for step in [1, 2, 3, 4, 5, 8] {
        for colours in [
            [[0, 0, 0], [255, 255, 255]],
            [[255, 0, 0], [0, 255, 255]],
            [[0, 0, 255], [255, 255, 0]],
        ] {
            let checks = RgbImage::from_fn(61, 59, |x, y| Rgb(colours[((x / step + y / step) % 2) as usize]));
            let lines = RgbImage::from_fn(61, 59, |x, _| Rgb(colours[((x / step) % 2) as usize]));
            for picture in [checks, lines] {
                prepare_clean(&jpeg(&picture, 100));
                prepare_clean(&png(&DynamicImage::ImageRgb8(picture)));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_bent_is_refused_or_is_still_a_bare_picture(
        at: prop::sample::Index,
        value: u8,
        kind in 0_u8..4,
        run in 1_usize..40,
    ) {
        let original = drawn();
        let mut bent = original.clone();
        let at = at.index(bent.len());
        match kind {
            0 => bent[at] = value,
            1 => { bent.splice(at..at, std::iter::repeat_n(value, run)); }
            2 => { bent.drain(at..(at + run).min(original.len())); }
            _ => bent[at] ^= 1 << (value % 8),
        }
        if let Ok(verified) = verify(&bent) {
            assert_tells_nothing(&bent);
            prop_assert_eq!(open(&bent).dimensions(), (verified.width, verified.height));
        }
    }

    #[test]
    fn any_bytes_behind_a_header_of_ours_do_no_harm(scan in prop::collection::vec(any::<u8>(), 0..400), drawing: bool) {
        let picture = if drawing { drawn() } else { shared() };
        let mut file = picture[..scan_start(&picture)].to_vec();
        file.extend_from_slice(&scan);
        let _ = verify(&file);
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..800)) {
        prop_assert!(verify(&bytes).is_err());
    }
}
