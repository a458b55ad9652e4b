//! A decoded picture on its way through this crate.

use image::metadata::Orientation;
use moxcms::ColorProfile;

use crate::Removed;

/// The samples of a picture, eight bits each, rows from the top, without padding.
pub(crate) enum Samples {
    Rgb(Vec<u8>),
    /// With alpha that is not premultiplied.
    Rgba(Vec<u8>),
    /// Cyan, magenta, yellow and black; 255 is full ink.
    Ink(Vec<u8>),
}

/// A picture as a decoder leaves it.
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) samples: Samples,
    /// The colour space of the samples; none means sRGB.
    pub(crate) profile: Option<Box<ColorProfile>>,
    /// How the picture has to be turned to stand upright.
    pub(crate) orientation: Orientation,
    /// Which telling metadata the file carried.
    pub(crate) removed: Removed,
    /// Whether it is more likely a screenshot or a drawing than a photo: then colour edges matter more than size.
    pub(crate) drawn: bool,
}

/// Three bytes a pixel, in sRGB.
pub(crate) struct RgbPicture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) pixels: Vec<u8>,
}

/// Lays a picture with transparency on white.
pub(crate) fn flatten_on_white(rgba: &[u8]) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(rgba.len() / 4 * 3);
    for pixel in rgba.chunks_exact(4) {
        let alpha = u32::from(pixel[3]);
        let on_white = |value: u8| ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        rgb.extend_from_slice(&[on_white(pixel[0]), on_white(pixel[1]), on_white(pixel[2])]);
    }
    rgb
}
