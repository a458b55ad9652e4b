//! The one shape in which pictures are shared: a baseline JPEG with a JFIF header and nothing else.
//!
//! Quantisation tables are those by N. Robidoux (the encoder calls them `ImageMagick`), which keep more of what eyes see
//! for the same size than those in Annex K; chroma is averaged, not picked. Huffman tables are the fixed ones of Annex K,
//! which cost some 3 % and make a header a pure function of dimensions and [`Layout`]; `verify` is built on that.

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, QuantizationTableType, SamplingFactor};

use crate::raster::RgbPicture;
use crate::resize::{fit, resize};
use crate::{Encoded, MAX_SHARED_BYTES, MAX_SHARED_SIDE, MEDIA_TYPE};

/// A quality and a chroma sampling that go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    quality: u8,
    /// Whether colour has the full resolution (4:4:4) or half of it (4:2:0).
    pub(crate) full_chroma: bool,
}

/// For screenshots and drawings, where red text on white must not bleed.
const DRAWN: Layout = Layout {
    quality: 84,
    full_chroma: true,
};

/// For photos, from best to smallest. The first nearly always fits; the others are for noise and the like.
const PHOTO: [Layout; 3] = [
    Layout {
        quality: 82,
        full_chroma: false,
    },
    Layout {
        quality: 66,
        full_chroma: false,
    },
    Layout {
        quality: 48,
        full_chroma: false,
    },
];

/// Every layout that is ever written.
pub(crate) const LAYOUTS: [Layout; 4] = [PHOTO[0], DRAWN, PHOTO[1], PHOTO[2]];

/// Writes a picture so that it fits into [`MAX_SHARED_BYTES`]: in the best layout that does, and smaller if none does.
pub(crate) fn encode(picture: &RgbPicture, drawn: bool) -> Encoded {
    encode_within(picture, drawn, MAX_SHARED_BYTES)
}

fn encode_within(picture: &RgbPicture, drawn: bool, most_bytes: usize) -> Encoded {
    debug_assert!(picture.width.max(picture.height) <= MAX_SHARED_SIDE);
    for layout in drawn.then_some(DRAWN).into_iter().chain(PHOTO) {
        let bytes = encode_as(picture, layout);
        if bytes.len() <= most_bytes {
            return Encoded {
                bytes,
                width: picture.width,
                height: picture.height,
                media_type: MEDIA_TYPE,
            };
        }
    }
    let (width, height) = fit(picture.width, picture.height, picture.width.max(picture.height) * 3 / 4);
    let pixels = resize(&picture.pixels, 3, (picture.width, picture.height), (width, height));
    encode_within(&RgbPicture { width, height, pixels }, drawn, most_bytes)
}

/// Writes a picture in a given layout.
pub(crate) fn encode_as(picture: &RgbPicture, layout: Layout) -> Vec<u8> {
    let side = |value: u32| u16::try_from(value).expect("shared pictures have at most 2048 pixels a side");
    let mut bytes = Vec::with_capacity(picture.pixels.len() / 8 + 1024);
    let mut encoder = Encoder::new(&mut bytes, layout.quality);
    encoder.set_quantization_tables(QuantizationTableType::ImageMagick, QuantizationTableType::ImageMagick);
    encoder.set_sampling_factor(if layout.full_chroma {
        SamplingFactor::F_1_1
    } else {
        SamplingFactor::F_2_2
    });
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder
        .encode(
            &picture.pixels,
            side(picture.width),
            side(picture.height),
            ColorType::Rgb,
        )
        .expect("a vector takes all bytes, and a picture has at least one pixel");
    bytes
}
