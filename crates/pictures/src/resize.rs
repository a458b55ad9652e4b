//! Makes pictures smaller, never larger.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

/// The dimensions that fit `width` × `height` into a square of `longest`, with the aspect kept and no side below 1.
pub(crate) fn fit(width: u32, height: u32, longest: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= longest {
        return (width, height);
    }
    let scaled = |side: u32| {
        let side = (u64::from(side) * u64::from(longest) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(side).unwrap_or(longest).clamp(1, longest)
    };
    (scaled(width), scaled(height))
}

/// Resamples interleaved samples of three or four bytes a pixel. Lanczos with three lobes keeps what is sharp sharp; its
/// window grows with the reduction, so nothing aliases.
pub(crate) fn resize(samples: &[u8], channels: usize, from: (u32, u32), to: (u32, u32)) -> Vec<u8> {
    if from == to {
        return samples.to_vec();
    }
    let pixel_type = if channels == 4 {
        PixelType::U8x4
    } else {
        PixelType::U8x3
    };
    let source =
        ImageRef::new(from.0, from.1, samples, pixel_type).expect("a raster holds width × height × channels bytes");
    let mut target = Image::new(to.0, to.1, pixel_type);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(false);
    Resizer::new()
        .resize(&source, &mut target, &options)
        .expect("source and target have the same pixel type");
    target.into_vec()
}
