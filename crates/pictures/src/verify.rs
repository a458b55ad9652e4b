//! Takes only what [`prepare`](crate::prepare()) could itself have written.
//!
//! The header is compared byte by byte with those that the encoder writes; they are not described a second time here but
//! taken from the encoder, one for each [`Layout`], and only width and height may differ. The scan is then read
//! symbol by symbol ([`scan`]) and must be the one spelling of its picture, end in an end of image, and be followed by
//! nothing. No pixel is computed, so there is nothing to allocate and nothing that hostile bytes could make large.

mod scan;

use std::sync::LazyLock;

use crate::encode::{LAYOUTS, Layout, encode_as};
use crate::raster::RgbPicture;
use crate::{MAX_SHARED_BYTES, MAX_SHARED_SIDE, MEDIA_TYPE, Refusal};

use scan::Tables;

/// Where the frame header, which is the first segment behind the JFIF one, states height and width.
const DIMENSIONS: std::ops::Range<usize> = 25..29;

/// A picture that is as this crate writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// In pixels, from 1 to [`MAX_SHARED_SIDE`].
    pub width: u32,
    /// In pixels, from 1 to [`MAX_SHARED_SIDE`].
    pub height: u32,
    /// What to tell a browser that it is.
    pub media_type: &'static str,
}

/// What a layout writes before the scan.
struct Template {
    layout: Layout,
    header: Vec<u8>,
    tables: Tables,
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    LAYOUTS
        .iter()
        .map(|&layout| {
            let pixel = RgbPicture {
                width: 1,
                height: 1,
                pixels: vec![0; 3],
            };
            let mut header = encode_as(&pixel, layout);
            let scan = header
                .windows(2)
                .position(|pair| pair == [0xff, 0xda])
                .expect("the encoder writes a scan");
            let length = usize::from(u16::from_be_bytes([header[scan + 2], header[scan + 3]]));
            header.truncate(scan + 2 + length);
            let tables = Tables::of(&header);
            Template { layout, header, tables }
        })
        .collect()
});

/// Verifies that a picture is exactly as [`prepare`](crate::prepare()) writes shared forms and thumbnails.
pub fn verify(bytes: &[u8]) -> Result<Verified, Refusal> {
    if bytes.len() > MAX_SHARED_BYTES {
        return Err(Refusal::TooManyBytes { bytes: bytes.len() });
    }
    let template = template_of(bytes)?;
    let (width, height) = dimensions(bytes).ok_or(Refusal::Truncated { offset: bytes.len() })?;
    let within = 1..=MAX_SHARED_SIDE;
    if !within.contains(&width) || !within.contains(&height) {
        return Err(Refusal::Dimensions { width, height });
    }
    let start = template.header.len();
    let end = scan::read(
        bytes,
        start,
        &template.tables,
        width,
        height,
        template.layout.full_chroma,
    )?;
    match &bytes[end..] {
        [0xff, 0xd9] => Ok(Verified {
            width,
            height,
            media_type: MEDIA_TYPE,
        }),
        [0xff, 0xd9, trailing @ ..] => Err(Refusal::Trailing { bytes: trailing.len() }),
        [] | [0xff] => Err(Refusal::Truncated { offset: bytes.len() }),
        _ => Err(Refusal::Scan {
            offset: end,
            reason: "something else than the end of image follows the last block",
        }),
    }
}

/// Whether a verified picture has colour at full resolution.
pub(crate) fn has_full_chroma(bytes: &[u8]) -> bool {
    template_of(bytes).is_ok_and(|template| template.layout.full_chroma)
}

fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let stated = bytes.get(DIMENSIONS)?;
    let side = |high: u8, low: u8| u32::from(u16::from_be_bytes([high, low]));
    Some((side(stated[2], stated[3]), side(stated[0], stated[1])))
}

/// The layout whose header these bytes begin with; otherwise the reason of the one that they follow furthest.
fn template_of(bytes: &[u8]) -> Result<&'static Template, Refusal> {
    if !bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        let cut = bytes.len() < 3 && [0xff, 0xd8, 0xff].starts_with(bytes);
        return Err(if cut {
            Refusal::Truncated { offset: bytes.len() }
        } else {
            Refusal::NotJpeg
        });
    }
    let mut furthest = 0;
    for template in TEMPLATES.iter() {
        let differs = (0..template.header.len())
            .find(|&at| !DIMENSIONS.contains(&at) && bytes.get(at) != Some(&template.header[at]));
        match differs {
            None => return Ok(template),
            Some(at) => furthest = furthest.max(at),
        }
    }
    Err(explain(bytes, furthest))
}

/// Says why a header is refused: a segment that may carry metadata is worth naming.
fn explain(bytes: &[u8], differs: usize) -> Refusal {
    if differs >= bytes.len() {
        return Refusal::Truncated { offset: bytes.len() };
    }
    let mut at = 2;
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4) {
        // The JFIF segment is only what it is expected to be when it stands first and is equal.
        if (matches!(marker, 0xe0..=0xef) && (at != 2 || *marker != 0xe0)) || *marker == 0xfe {
            return Refusal::Metadata {
                marker: *marker,
                offset: at,
            };
        }
        if *marker == 0xda {
            break;
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low])).max(2);
    }
    Refusal::Header { offset: differs }
}
