//! WebP and GIF; of animated ones the first frame, and only that is read.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder, Limits, Rgba};

use super::{MAX_ALLOCATION, check_dimensions};
use crate::metadata::Metadata;
use crate::raster::{Raster, Samples};
use crate::{PictureError, colour};

pub(super) fn decode_webp(bytes: &[u8]) -> Result<Raster, PictureError> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(PictureError::damaged)?;
    let (width, height) = decoder.dimensions();
    check_dimensions(width, height)?;
    if decoder.has_animation() {
        let transparent = Rgba([0; 4]);
        decoder
            .set_background_color(transparent)
            .map_err(PictureError::damaged)?;
    }
    let mut metadata = Metadata::default();
    if let Ok(Some(exif)) = decoder.exif_metadata() {
        metadata.note_exif(&exif);
    }
    if let Ok(Some(xmp)) = decoder.xmp_metadata() {
        metadata.note_xmp(&xmp);
    }
    let profile = decoder
        .icc_profile()
        .ok()
        .flatten()
        .and_then(|icc| colour::from_icc(&icc));
    let samples = read(decoder)?;
    let Metadata { orientation, removed } = metadata;
    Ok(Raster {
        width,
        height,
        samples,
        profile,
        orientation,
        removed,
        drawn: is_lossless(bytes),
    })
}

pub(super) fn decode_gif(bytes: &[u8]) -> Result<Raster, PictureError> {
    let decoder = GifDecoder::new(Cursor::new(bytes)).map_err(PictureError::damaged)?;
    let (width, height) = decoder.dimensions();
    check_dimensions(width, height)?;
    let samples = read(decoder)?;
    let Metadata { orientation, removed } = Metadata::default();
    Ok(Raster {
        width,
        height,
        samples,
        profile: None,
        orientation,
        removed,
        drawn: true,
    })
}

fn read(mut decoder: impl ImageDecoder) -> Result<Samples, PictureError> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ALLOCATION as u64);
    decoder.set_limits(limits).map_err(PictureError::damaged)?;
    let size = usize::try_from(decoder.total_bytes()).map_err(PictureError::damaged)?;
    let kind = decoder.color_type();
    let mut samples = vec![0; size];
    decoder.read_image(&mut samples).map_err(PictureError::damaged)?;
    match kind {
        ColorType::Rgb8 => Ok(Samples::Rgb(samples)),
        ColorType::Rgba8 => Ok(Samples::Rgba(samples)),
        _ => Err(PictureError::damaged("an unexpected kind of samples")),
    }
}

/// Whether the picture is stored losslessly, as screenshots and drawings are.
fn is_lossless(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some((header, tail)) = rest.split_first_chunk::<8>() {
        match &header[..4] {
            b"VP8L" => return true,
            b"VP8 " => return false,
            _ => {}
        }
        let length = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
        rest = tail.get(length.saturating_add(length & 1)..).unwrap_or_default();
    }
    false
}
