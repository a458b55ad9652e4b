//! The blurred placeholder that stands where a picture is still on its way.

/// A shared picture's ThumbHash has at most 25 bytes; a little more is nothing to draw.
const MAX_HASH: usize = 32;

/// Draws a ThumbHash as a PNG of at most 32 × 32 pixels. `None` if it is none; it came from another desktop.
pub fn placeholder_png(thumbhash: &[u8]) -> Option<Vec<u8>> {
    if thumbhash.len() > MAX_HASH {
        return None;
    }
    let (width, height, rgba) = thumbhash::thumb_hash_to_rgba(thumbhash).ok()?;
    if width == 0 || height == 0 || rgba.len() != width * height * 4 {
        return None;
    }
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&rgba).ok()?;
    writer.finish().ok()?;
    Some(png)
}

/// The ThumbHash of an opaque picture of at most 100 × 100 pixels.
pub(crate) fn thumbhash_of(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let rgba: Vec<u8> = pixels
        .chunks_exact(3)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255])
        .collect();
    thumbhash::rgba_to_thumb_hash(width as usize, height as usize, &rgba)
}
