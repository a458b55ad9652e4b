//! Which format a file is, by its content alone: a name says what someone hoped, not what is inside.

use crate::{PictureError, UnsupportedFormat};

/// A format that is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
}

/// How far into a text an `<svg` is looked for; comments and a document type may stand before it.
const SVG_WINDOW: usize = 4096;

pub(crate) fn recognise(bytes: &[u8]) -> Result<Format, PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok(Format::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(Format::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Format::WebP),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Format::Gif),
        _ => Err(unsupported(bytes).map_or(PictureError::NotAPicture, PictureError::Unsupported)),
    }
}

fn unsupported(bytes: &[u8]) -> Option<UnsupportedFormat> {
    use UnsupportedFormat as F;
    match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] => Some(by_brand(rest)),
        [b'I', b'I', 0x2a | 0x2b, 0, ..] | [b'M', b'M', 0, 0x2a | 0x2b, ..] => Some(F::Tiff),
        [0xff, 0x0a, ..] | [0, 0, 0, 0x0c, b'J', b'X', b'L', b' ', ..] => Some(F::JpegXl),
        [0, 0, 0, 0x0c, b'j', b'P', b' ', b' ', ..] | [0xff, 0x4f, 0xff, 0x51, ..] => Some(F::Jpeg2000),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(F::Bmp),
        [0, 0, 1 | 2, 0, count, 0, ..] if *count > 0 => Some(F::Icon),
        [b'8', b'B', b'P', b'S', ..] => Some(F::Photoshop),
        [b'F', b'U', b'J', b'I', b'F', b'I', b'L', b'M', ..] | [b'I', b'I', b'R' | b'U', ..] => Some(F::Raw),
        [b'%', b'P', b'D', b'F', ..] => Some(F::Pdf),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Some(F::Video),
        _ => is_svg(bytes).then_some(F::Svg),
    }
}

/// ISO base media files tell by their major brand what they are; a generic one is decided by the compatible brands.
fn by_brand(brands: &[u8]) -> UnsupportedFormat {
    let brand = |offset: usize| brands.get(offset..offset + 4).unwrap_or_default();
    for offset in std::iter::once(0).chain((8..40).step_by(4)) {
        match brand(offset) {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => return UnsupportedFormat::Heic,
            b"avif" | b"avis" => return UnsupportedFormat::Avif,
            b"crx " => return UnsupportedFormat::Raw,
            _ => {}
        }
    }
    if matches!(brand(0), b"mif1" | b"msf1") {
        UnsupportedFormat::Heic
    } else {
        UnsupportedFormat::Video
    }
}

fn is_svg(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let window = &bytes[..bytes.len().min(SVG_WINDOW)];
    window.starts_with(b"<") && window.windows(4).any(|text| text.eq_ignore_ascii_case(b"<svg"))
}
