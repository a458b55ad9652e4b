//! Brings any colours to sRGB, so that a picture needs no profile to look right.
//!
//! A profile that cannot be read or used is dropped: the picture is then shown as if it were sRGB, which is what most
//! programs would have done with it.

use moxcms::{ColorProfile, DataColorSpace, Layout, RenderingIntent, TransformOptions};

use crate::raster::Samples;

/// The profile in an ICC block, if it can be read.
pub(crate) fn from_icc(icc: &[u8]) -> Option<Box<ColorProfile>> {
    ColorProfile::new_from_slice(icc).ok().map(Box::new)
}

/// Three bytes a pixel in sRGB. Samples with alpha must have been flattened before.
pub(crate) fn to_srgb(samples: Samples, profile: Option<&ColorProfile>) -> Vec<u8> {
    match samples {
        Samples::Rgb(pixels) => match profile.and_then(|profile| convert_rgb(&pixels, profile)) {
            Some(converted) => converted,
            None => pixels,
        },
        Samples::Rgba(pixels) => to_srgb(Samples::Rgb(crate::raster::flatten_on_white(&pixels)), profile),
        Samples::Ink(ink) => profile
            .and_then(|profile| convert_ink(&ink, profile))
            .unwrap_or_else(|| plain_ink_to_rgb(&ink)),
    }
}

fn options() -> TransformOptions {
    TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        ..TransformOptions::default()
    }
}

fn convert_rgb(pixels: &[u8], profile: &ColorProfile) -> Option<Vec<u8>> {
    let srgb = ColorProfile::new_srgb();
    let mut converted = vec![0; pixels.len()];
    if profile.color_space == DataColorSpace::Gray {
        // Grey pictures come out of the decoders with three equal samples.
        let grey: Vec<u8> = pixels.iter().step_by(3).copied().collect();
        let transform = profile
            .create_transform_8bit(Layout::Gray, &srgb, Layout::Rgb, options())
            .ok()?;
        transform.transform(&grey, &mut converted).ok()?;
    } else {
        let transform = profile
            .create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, options())
            .ok()?;
        transform.transform(pixels, &mut converted).ok()?;
    }
    Some(converted)
}

fn convert_ink(ink: &[u8], profile: &ColorProfile) -> Option<Vec<u8>> {
    if profile.color_space != DataColorSpace::Cmyk {
        return None;
    }
    let srgb = ColorProfile::new_srgb();
    // moxcms keeps the sample count: four in, four out.
    let transform = profile
        .create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgb, options())
        .ok()?;
    let mut converted = vec![0; ink.len() / 4 * 3];
    transform.transform(ink, &mut converted).ok()?;
    Some(converted)
}

/// What a printer without a profile would do: each ink takes its share of the light, and black takes from all.
fn plain_ink_to_rgb(ink: &[u8]) -> Vec<u8> {
    ink.chunks_exact(4)
        .flat_map(|pixel| {
            let light = 255 - u32::from(pixel[3]);
            [pixel[0], pixel[1], pixel[2]].map(|value| (((255 - u32::from(value)) * light + 127) / 255) as u8)
        })
        .collect()
}
