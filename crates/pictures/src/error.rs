//! What can be wrong with a picture, in words for the person who chose it and codes for the program that shows them.

use crate::{MAX_INPUT_BYTES, MAX_INPUT_PIXELS, MAX_SHARED_BYTES, MAX_SHARED_SIDE};

/// A format that is recognised by its content and not decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsupportedFormat {
    /// HEIC and HEIF, the format of most iPhone photos.
    Heic,
    /// AVIF.
    Avif,
    /// A drawing in SVG.
    Svg,
    /// TIFF, and the raw formats of cameras that are built on it.
    Tiff,
    /// JPEG XL.
    JpegXl,
    /// JPEG 2000.
    Jpeg2000,
    /// A Windows bitmap.
    Bmp,
    /// A Windows icon or cursor.
    Icon,
    /// A Photoshop document.
    Photoshop,
    /// The raw format of a camera.
    Raw,
    /// A film.
    Video,
    /// A PDF document.
    Pdf,
}

impl UnsupportedFormat {
    /// What to do about it, as a sentence.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Heic => {
                "This is a HEIC photo. Export it as JPEG and share that; an iPhone takes JPEG photos with Settings, Camera, Formats, Most Compatible."
            }
            Self::Avif => "This is an AVIF picture. Save it as JPEG or PNG and share that.",
            Self::Svg => "This is an SVG drawing. Export it as PNG and share that.",
            Self::Tiff => "This is a TIFF or a camera's raw picture. Export it as JPEG and share that.",
            Self::JpegXl => "This is a JPEG XL picture. Save it as JPEG or PNG and share that.",
            Self::Jpeg2000 => "This is a JPEG 2000 picture. Save it as JPEG or PNG and share that.",
            Self::Bmp => "This is a bitmap. Save it as PNG and share that.",
            Self::Icon => "This is an icon. Save it as PNG and share that.",
            Self::Photoshop => "This is a Photoshop document. Export it as JPEG or PNG and share that.",
            Self::Raw => "This is a camera's raw picture. Export it as JPEG and share that.",
            Self::Video => "This is a film. Share a still picture of it, as JPEG or PNG.",
            Self::Pdf => "This is a PDF document. Share a picture of a page, as JPEG or PNG.",
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Heic => "picture_heic",
            Self::Avif => "picture_avif",
            Self::Svg => "picture_svg",
            Self::Tiff => "picture_tiff",
            Self::JpegXl => "picture_jpeg_xl",
            Self::Jpeg2000 => "picture_jpeg_2000",
            Self::Bmp => "picture_bmp",
            Self::Icon => "picture_icon",
            Self::Photoshop => "picture_photoshop",
            Self::Raw => "picture_raw",
            Self::Video => "picture_video",
            Self::Pdf => "picture_pdf",
        }
    }
}

/// Why a file cannot be shared as a picture. None of these is helped by trying again with the same file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// There are no bytes.
    #[error("This file is empty.")]
    Empty,
    /// The content is none of the picture formats that this crate knows.
    #[error("This is not a picture that Samovar knows. It takes JPEG, PNG, WebP and GIF.")]
    NotAPicture,
    /// The content is a known format that is not decoded.
    #[error("{}", .0.advice())]
    Unsupported(UnsupportedFormat),
    /// More than [`MAX_INPUT_BYTES`].
    #[error("This picture has {} MB. Samovar takes up to {} MB; export a smaller one.", bytes.div_ceil(1024 * 1024), MAX_INPUT_BYTES / (1024 * 1024))]
    TooManyBytes {
        /// The size of the file.
        bytes: usize,
    },
    /// More than [`MAX_INPUT_PIXELS`] by its header; nothing was decoded.
    #[error("This picture has {width} × {height} pixels. Samovar takes up to {} megapixels; export a smaller one.", MAX_INPUT_PIXELS / 1_000_000)]
    TooManyPixels {
        /// The width that the header states.
        width: u32,
        /// The height that the header states.
        height: u32,
    },
    /// The file says that it is a picture, and cannot be decoded as one.
    #[error("This picture is damaged or incomplete, and could not be opened.")]
    Damaged {
        /// What the decoder said; for logs, never for people.
        detail: String,
    },
}

impl PictureError {
    /// A stable code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "picture_empty",
            Self::NotAPicture => "picture_unknown",
            Self::Unsupported(format) => format.code(),
            Self::TooManyBytes { .. } => "picture_too_many_bytes",
            Self::TooManyPixels { .. } => "picture_too_many_pixels",
            Self::Damaged { .. } => "picture_damaged",
        }
    }

    pub(crate) fn damaged(detail: impl ToString) -> Self {
        Self::Damaged {
            detail: detail.to_string(),
        }
    }
}

/// Why [`verify`](crate::verify) does not take a picture: the first thing that [`prepare`](crate::prepare) would not have written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// More than [`MAX_SHARED_BYTES`].
    #[error("{bytes} bytes are more than the {MAX_SHARED_BYTES} that a shared picture may have")]
    TooManyBytes {
        /// The size of the picture.
        bytes: usize,
    },
    /// The bytes do not begin as a JPEG does; another format, or something before the picture.
    #[error("not a JPEG from its first byte on")]
    NotJpeg,
    /// The picture ends before it is whole.
    #[error("the picture ends at byte {offset} before it is whole")]
    Truncated {
        /// Where the bytes end.
        offset: usize,
    },
    /// A side is 0 or longer than [`MAX_SHARED_SIDE`].
    #[error("{width} × {height} pixels are not within 1 to {MAX_SHARED_SIDE} a side")]
    Dimensions {
        /// The width that the header states.
        width: u32,
        /// The height that the header states.
        height: u32,
    },
    /// A segment that may carry metadata or comments.
    #[error("a segment with marker {marker:#04x} at byte {offset}, where no metadata or comment may be")]
    Metadata {
        /// The second byte of the segment's marker.
        marker: u8,
        /// Where the segment begins.
        offset: usize,
    },
    /// The header differs from every header that this crate writes for these dimensions.
    #[error("the header differs at byte {offset} from those that are written here")]
    Header {
        /// The first byte that differs.
        offset: usize,
    },
    /// The scan is not the one spelling of a picture that the encoder writes.
    #[error("the picture's scan is not as it is written here, near byte {offset}: {reason}")]
    Scan {
        /// About where it was seen.
        offset: usize,
        /// What was seen.
        reason: &'static str,
    },
    /// Bytes follow the end of the picture.
    #[error("{bytes} bytes follow the end of the picture")]
    Trailing {
        /// How many.
        bytes: usize,
    },
}

impl Refusal {
    /// A stable code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooManyBytes { .. } => "picture_too_many_bytes",
            Self::NotJpeg => "picture_not_jpeg",
            Self::Truncated { .. } => "picture_truncated",
            Self::Dimensions { .. } => "picture_dimensions",
            Self::Metadata { .. } => "picture_metadata",
            Self::Header { .. } => "picture_header",
            Self::Scan { .. } => "picture_scan",
            Self::Trailing { .. } => "picture_trailing_bytes",
        }
    }
}
