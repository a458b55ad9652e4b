//! JPEG: baseline and progressive; grey, YCbCr, RGB, CMYK and YCCK.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::check_dimensions;
use crate::metadata::Metadata;
use crate::raster::{Raster, Samples};
use crate::{MAX_INPUT_PIXELS, PictureError, colour};

/// Cameras write some ten scans; each further one costs a pass over the whole picture.
const MAX_SCANS: usize = 64;

/// The longest side that the format can state.
const MAX_SIDE: usize = u16::MAX as usize;

pub(super) fn decode(bytes: &[u8]) -> Result<Raster, PictureError> {
    let segments = Segments::read(bytes);
    let options = DecoderOptions::default()
        .set_max_width(MAX_SIDE)
        .set_max_height(MAX_SIDE)
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(PictureError::damaged)?;
    let info = decoder.info().ok_or_else(|| PictureError::damaged("no frame header"))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check_dimensions(width, height)?;
    // The decoder fills what is missing with grey; half a photo would be shared without a word.
    if !segments.has_end {
        return Err(PictureError::damaged("no end of image"));
    }

    let stored = decoder.input_colorspace().unwrap_or(ColorSpace::YCbCr);
    if matches!(stored, ColorSpace::CMYK | ColorSpace::YCCK) {
        // Inks are taken as they are stored, since the decoder's own way to RGB knows no profile.
        decoder.set_options(options.jpeg_set_out_colorspace(stored));
    }
    let elsewhere = segments.is_beyond_decoder();
    let mut samples = if elsewhere {
        decode_elsewhere(bytes)
    } else {
        decoder.decode().map_err(PictureError::damaged)
    }?;
    let pixels = width as usize * height as usize;
    let profile = decoder.icc_profile().and_then(|icc| colour::from_icc(&icc));
    let samples = match stored {
        ColorSpace::CMYK | ColorSpace::YCCK => {
            match (elsewhere, segments.adobe) {
                (false, adobe) => ink_from_stored(&mut samples, stored, adobe),
                // The other decoder has done that, and takes every file for one of Adobe's.
                (true, true) => {}
                (true, false) => samples.iter_mut().for_each(|ink| *ink = 255 - *ink),
            }
            expect_length(samples, pixels * 4).map(Samples::Ink)?
        }
        _ => expect_length(samples, pixels * 3).map(Samples::Rgb)?,
    };
    let Metadata { orientation, removed } = segments.metadata;
    Ok(Raster {
        width,
        height,
        samples,
        profile,
        orientation,
        removed,
        drawn: false,
    })
}

/// A slower decoder for the few files that the first one cannot do.
fn decode_elsewhere(bytes: &[u8]) -> Result<Vec<u8>, PictureError> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(MAX_INPUT_PIXELS as usize * 4);
    decoder.decode().map_err(PictureError::damaged)
}

fn expect_length(samples: Vec<u8>, length: usize) -> Result<Vec<u8>, PictureError> {
    if samples.len() == length {
        Ok(samples)
    } else {
        Err(PictureError::damaged("an unexpected number of samples"))
    }
}

/// Adobe stores inks inverted, and YCCK as the YCbCr of the inverse of what it stores; files without Adobe's segment hold plain inks.
fn ink_from_stored(samples: &mut [u8], stored: ColorSpace, adobe: bool) {
    for pixel in samples.chunks_exact_mut(4) {
        if stored == ColorSpace::YCCK {
            let (luma, blue, red) = (
                i32::from(pixel[0]),
                i32::from(pixel[1]) - 128,
                i32::from(pixel[2]) - 128,
            );
            // ITU-T T.871, in 16-bit fixed point.
            let channel = |value: i32| value.clamp(0, 255) as u8;
            pixel[0] = channel(luma + ((91_881 * red + 32_768) >> 16));
            pixel[1] = channel(luma - ((22_554 * blue + 46_802 * red + 32_768) >> 16));
            pixel[2] = channel(luma + ((116_130 * blue + 32_768) >> 16));
            pixel[3] = 255 - pixel[3];
        } else if adobe {
            for ink in pixel {
                *ink = 255 - *ink;
            }
        }
    }
}

/// What stands in the segments before the first scan.
#[derive(Default)]
struct Segments {
    metadata: Metadata,
    /// Whether Adobe's segment is there.
    adobe: bool,
    /// The sampling factors of the components, if the frame is baseline or progressive: horizontal times sixteen plus vertical.
    sampling: Vec<u8>,
    baseline: bool,
    /// How many components the first scan has.
    first_scan: usize,
    /// Whether an end of image follows the first scan.
    has_end: bool,
}

impl Segments {
    fn read(bytes: &[u8]) -> Self {
        let mut segments = Self::default();
        let mut rest = &bytes[2..];
        while let [0xff, marker, tail @ ..] = rest {
            match marker {
                0xff => {
                    rest = &rest[1..];
                    continue;
                }
                0x00 | 0x01 | 0xd0..=0xd9 => {
                    rest = tail;
                    continue;
                }
                _ => {}
            }
            let [high, low, ..] = tail else { break };
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let Some(body) = tail.get(2..length.max(2)) else { break };
            segments.note(*marker, body);
            rest = &tail[length.max(2)..];
            if *marker == 0xda {
                segments.has_end = rest.windows(2).any(|pair| pair == [0xff, 0xd9]);
                break;
            }
        }
        segments
    }

    /// Whether the decoder is known to give a wrong picture without saying so.
    ///
    /// zune-jpeg 0.5.15 leaves parts empty when components that differ in size come in scans of their own (0.5.16 will
    /// not), and when the first component is not the largest. Few programs write such files.
    fn is_beyond_decoder(&self) -> bool {
        let separate = self.baseline && self.first_scan < self.sampling.len();
        let first = self.sampling.first().copied().unwrap_or_default();
        let larger = self
            .sampling
            .iter()
            .any(|other| other >> 4 > first >> 4 || other & 15 > first & 15);
        separate || larger
    }

    fn note(&mut self, marker: u8, body: &[u8]) {
        match marker {
            0xe1 if body.starts_with(b"Exif\0") => self.metadata.note_exif(body),
            0xe1 => self.metadata.note_xmp(body),
            // Precision, height and width come first.
            0xc0..=0xc2 => {
                self.baseline = marker != 0xc2;
                self.sampling = body
                    .get(6..)
                    .unwrap_or_default()
                    .chunks_exact(3)
                    .map(|component| component[1])
                    .collect();
            }
            0xda => self.first_scan = body.first().copied().unwrap_or_default().into(),
            0xee if body.starts_with(b"Adobe") => self.adobe = true,
            _ => {}
        }
    }
}
