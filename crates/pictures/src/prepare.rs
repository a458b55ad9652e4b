//! From any file to the form that is shared.

use image::{DynamicImage, RgbImage};

use crate::encode::encode;
use crate::placeholder::thumbhash_of;
use crate::raster::{RgbPicture, Samples, flatten_on_white};
use crate::resize::{fit, resize};
use crate::verify::{has_full_chroma, verify};
use crate::{MAX_SHARED_SIDE, MAX_THUMBNAIL_SIDE, PictureError, colour, decode};

/// The longest side from which a ThumbHash is made.
const THUMBHASH_SIDE: u32 = 100;

/// A picture as it is stored and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What to tell a browser that it is.
    pub media_type: &'static str,
}

/// Which telling metadata a file carried, so that its person can be told that it is gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    /// Where it was taken.
    pub location: bool,
    /// With which camera or lens.
    pub camera: bool,
}

/// Everything that is made of a picture when it is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// At most [`MAX_SHARED_SIDE`] a side and [`MAX_SHARED_BYTES`](crate::MAX_SHARED_BYTES).
    pub shared: Encoded,
    /// At most [`MAX_THUMBNAIL_SIDE`] a side.
    pub thumbnail: Encoded,
    /// A ThumbHash, raw.
    pub thumbhash: Vec<u8>,
    /// What the file told and the shared form does not.
    pub removed: Removed,
}

/// Makes the shared form of a file: upright, in sRGB, without any metadata, never larger than it was.
pub fn prepare(bytes: &[u8]) -> Result<Prepared, PictureError> {
    let raster = decode::decode(bytes)?;
    let (width, height) = (raster.width, raster.height);
    let samples = match raster.samples {
        // Before it is made smaller: transparent pixels have colours of their own, which must not bleed.
        Samples::Rgba(pixels) => Samples::Rgb(flatten_on_white(&pixels)),
        opaque => opaque,
    };
    let (to_width, to_height) = fit(width, height, MAX_SHARED_SIDE);
    let small = match samples {
        same if (to_width, to_height) == (width, height) => same,
        Samples::Ink(ink) => Samples::Ink(resize(&ink, 4, (width, height), (to_width, to_height))),
        Samples::Rgb(pixels) | Samples::Rgba(pixels) => {
            Samples::Rgb(resize(&pixels, 3, (width, height), (to_width, to_height)))
        }
    };
    let pixels = colour::to_srgb(small, raster.profile.as_deref());
    let mut upright = DynamicImage::ImageRgb8(
        RgbImage::from_raw(to_width, to_height, pixels).expect("a raster holds width × height × 3 bytes"),
    );
    upright.apply_orientation(raster.orientation);
    let picture = RgbPicture {
        width: upright.width(),
        height: upright.height(),
        pixels: upright.into_bytes(),
    };

    let shared = encode(&picture, raster.drawn);
    let small = smaller(&picture, MAX_THUMBNAIL_SIDE);
    let tiny = smaller(&small, THUMBHASH_SIDE);
    Ok(Prepared {
        shared,
        thumbnail: encode(&small, raster.drawn),
        thumbhash: thumbhash_of(&tiny.pixels, tiny.width, tiny.height),
        removed: raster.removed,
    })
}

/// Makes the thumbnail of a shared form, for a desktop that received one. What [`verify`](crate::verify()) refuses is an error.
pub fn thumbnail(shared: &[u8]) -> Result<Encoded, PictureError> {
    verify(shared).map_err(PictureError::damaged)?;
    let raster = decode::decode(shared)?;
    let pixels = colour::to_srgb(raster.samples, None);
    let picture = RgbPicture {
        width: raster.width,
        height: raster.height,
        pixels,
    };
    Ok(encode(&smaller(&picture, MAX_THUMBNAIL_SIDE), has_full_chroma(shared)))
}

fn smaller(picture: &RgbPicture, longest: u32) -> RgbPicture {
    let (width, height) = fit(picture.width, picture.height, longest);
    RgbPicture {
        width,
        height,
        pixels: resize(&picture.pixels, 3, (picture.width, picture.height), (width, height)),
    }
}
