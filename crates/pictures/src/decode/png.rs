//! PNG: every colour type and depth, interlaced or not; the first picture of an animated one.

use std::io::Cursor;

use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, MatrixCoefficients,
    TransferCharacteristics, curve_from_gamma,
};
use png::{ColorType, Decoder, Info, Limits, Transformations};

use super::{MAX_ALLOCATION, check_dimensions};
use crate::metadata::Metadata;
use crate::raster::{Raster, Samples};
use crate::{PictureError, colour};

/// gAMA of sRGB, in the unit of the chunk.
const SRGB_GAMMA: u32 = 45_455;

pub(super) fn decode(bytes: &[u8]) -> Result<Raster, PictureError> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MAX_ALLOCATION });
    // Text may inflate to anything, and is not looked at.
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let header = decoder.read_header_info().map_err(PictureError::damaged)?;
    check_dimensions(header.width, header.height)?;

    let mut reader = decoder.read_info().map_err(PictureError::damaged)?;
    let (width, height) = reader.info().size();
    let size = reader
        .output_buffer_size()
        .ok_or_else(|| PictureError::damaged("no size"))?;
    let mut samples = vec![0; size];
    let frame = reader.next_frame(&mut samples).map_err(PictureError::damaged)?;
    if (frame.width, frame.height) != (width, height) {
        return Err(PictureError::damaged("a first frame smaller than the picture"));
    }
    samples.truncate(frame.buffer_size());
    let samples = match frame.color_type {
        ColorType::Rgb => Samples::Rgb(samples),
        ColorType::Rgba => Samples::Rgba(samples),
        ColorType::Grayscale => Samples::Rgb(samples.iter().flat_map(|&grey| [grey; 3]).collect()),
        ColorType::GrayscaleAlpha => Samples::Rgba(
            samples
                .chunks_exact(2)
                .flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]])
                .collect(),
        ),
        ColorType::Indexed => return Err(PictureError::damaged("a palette that was not expanded")),
    };
    let Metadata { orientation, removed } = metadata(bytes);
    Ok(Raster {
        width,
        height,
        samples,
        profile: profile(reader.info()),
        orientation,
        removed,
        drawn: true,
    })
}

/// The colour space, by the order of precedence in the PNG specification (third edition, 4.3): cICP, iCCP, sRGB, gAMA with cHRM.
fn profile(info: &Info<'_>) -> Option<Box<ColorProfile>> {
    if let Some(points) = info.coding_independent_code_points {
        let profile = CicpProfile {
            color_primaries: CicpColorPrimaries::try_from(points.color_primaries).ok()?,
            transfer_characteristics: TransferCharacteristics::try_from(points.transfer_function).ok()?,
            matrix_coefficients: MatrixCoefficients::Identity,
            full_range: points.is_video_full_range_image,
        };
        let profile = ColorProfile::new_from_cicp(profile);
        // Code points without a curve or primaries leave the profile without curves.
        return profile.red_trc.is_some().then(|| Box::new(profile));
    }
    if let Some(icc) = &info.icc_profile {
        return colour::from_icc(icc);
    }
    if info.srgb.is_some() {
        return None;
    }
    let gamma = info
        .gama_chunk
        .map(png::ScaledFloat::into_scaled)
        .filter(|gamma| (10_000..=1_000_000).contains(gamma));
    let primaries = info.chrm_chunk.as_ref();
    if primaries.is_none() && gamma.is_none_or(|gamma| gamma.abs_diff(SRGB_GAMMA) < 100) {
        return None;
    }
    let mut profile = ColorProfile::new_srgb();
    if let Some(points) = primaries {
        let at = |(x, y): (png::ScaledFloat, png::ScaledFloat)| Chromaticity::new(x.into_value(), y.into_value());
        let points = [points.white, points.red, points.green, points.blue].map(at);
        // A zero or wild chromaticity gives no matrix.
        if points
            .iter()
            .any(|point| !(0.0..=1.0).contains(&point.x) || !(0.001..=1.0).contains(&point.y))
        {
            return None;
        }
        let [white, red, green, blue] = points;
        profile.update_rgb_colorimetry(white.to_xyyb(), ColorPrimaries { red, green, blue });
    }
    if let Some(gamma) = gamma.filter(|gamma| gamma.abs_diff(SRGB_GAMMA) >= 100) {
        let curve = curve_from_gamma(100_000.0 / gamma as f32);
        profile.cicp = None;
        profile.red_trc = Some(curve.clone());
        profile.green_trc = Some(curve.clone());
        profile.blue_trc = Some(curve);
    }
    Some(Box::new(profile))
}

/// Reads EXIF and XMP wherever they stand, also behind the picture, where the decoder does not look.
fn metadata(bytes: &[u8]) -> Metadata {
    let mut metadata = Metadata::default();
    let mut rest = &bytes[8..];
    while let [a, b, c, d, kind @ ..] = rest
        && let Some((kind, tail)) = kind.split_first_chunk::<4>()
    {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let Some(body) = tail.get(..length) else { break };
        match kind {
            b"eXIf" => metadata.note_exif(body),
            b"iTXt" => metadata.note_xmp(body),
            _ => {}
        }
        rest = tail.get(length + 4..).unwrap_or_default();
    }
    metadata
}
