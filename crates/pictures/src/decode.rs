//! From a file's bytes to samples, within limits that are checked before anything large is allocated.
//!
//! The decoders are other people's code on hostile input. They are memory-safe; should one of them panic, that is caught
//! here and told as a damaged picture, since a file that someone drops on a window must not end the program.

mod jpeg;
mod other;
mod png;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::format::{Format, recognise};
use crate::raster::Raster;
use crate::{MAX_INPUT_BYTES, MAX_INPUT_PIXELS, PictureError};

/// What a decoder may allocate beside the samples themselves: row buffers, coefficients, palettes, a profile.
const MAX_ALLOCATION: usize = 256 * 1024 * 1024;

/// Decodes any supported file.
pub(crate) fn decode(bytes: &[u8]) -> Result<Raster, PictureError> {
    if bytes.len() > MAX_INPUT_BYTES {
        return Err(PictureError::TooManyBytes { bytes: bytes.len() });
    }
    let format = recognise(bytes)?;
    catch_unwind(AssertUnwindSafe(|| match format {
        Format::Jpeg => jpeg::decode(bytes),
        Format::Png => png::decode(bytes),
        Format::WebP => other::decode_webp(bytes),
        Format::Gif => other::decode_gif(bytes),
    }))
    .unwrap_or_else(|_| Err(PictureError::damaged("the decoder panicked")))
}

/// Refuses dimensions that would take too much memory. To be asked before decoding.
fn check_dimensions(width: u32, height: u32) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::damaged("a picture without pixels"));
    }
    if u64::from(width) * u64::from(height) > MAX_INPUT_PIXELS {
        return Err(PictureError::TooManyPixels { width, height });
    }
    Ok(())
}
