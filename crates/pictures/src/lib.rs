//! What happens to a picture between a person's disk and a teammate's screen.
//!
//! A photo carries more than its person means to share: where it was taken, with which camera, an older crop of itself
//! in an embedded thumbnail. So nothing of a file that comes in is ever passed on. [`prepare`] decodes it within limits,
//! turns it upright, brings its colours to sRGB, makes it small and writes a new file in the one shape that this crate
//! writes. [`verify`] is its mirror: the endpoint names a picture by its hash and so cannot repair it, it takes only what
//! [`prepare`] could itself have written and refuses all else.
//!
//! # Why every shared picture is a baseline JPEG
//!
//! Measured on one core of a Xeon with AVX-512 (2048 × 1536, from a 12-megapixel photo-like picture; higher SSIMULACRA 2
//! is better):
//!
//! | encoder | time | size | SSIMULACRA 2 |
//! |---|---|---|---|
//! | jpeg-encoder, this crate's tables, 4:2:0, quality 80 | 33–49 ms | 1032 kB | 70.3 |
//! | the same with Annex K tables, quality 84 or so | 37 ms | about 1140 kB | 70 |
//! | the same with nearest-neighbour chroma, the encoder's default | 30 ms | 1063 kB | 62 |
//! | the same with optimised Huffman tables | + 19 ms | − 2.6 % | the same |
//! | libwebp, method 0, quality 80 | 140 ms | 935 kB | 70.7 |
//! | libwebp, method 4, quality 80 | 440 ms | 849 kB | 70.7 |
//!
//! WebP saves 10 to 18 % and costs 100 to 400 ms more, in the moment in which a person waits for their photo to be out.
//! What decides is `verify`: with fixed Huffman tables and a short list of qualities every byte of a JPEG before its
//! scan follows from width, height and quality, and the scan is a prefix code whose only spelling of a given
//! picture can be checked without decoding a pixel. A VP8 partition may hide bytes behind its last macroblock, and no
//! maintained crate would tell. Transparency is laid on white, since a snapshot is a photo and not a layer.
//!
//! # What stays out
//!
//! Files, threads and clocks: callers hand in bytes, and decide where and how many at a time (one call holds at most some
//! 250 MB while it decodes 40 megapixels).

mod colour;
mod decode;
mod encode;
mod error;
mod format;
mod metadata;
mod placeholder;
mod prepare;
mod raster;
mod resize;
mod verify;

pub use error::{PictureError, Refusal, UnsupportedFormat};
pub use placeholder::placeholder_png;
pub use prepare::{Encoded, Prepared, Removed, prepare, thumbnail};
pub use verify::{Verified, verify};

/// The longest side of a shared picture, in pixels.
pub const MAX_SHARED_SIDE: u32 = 2048;

/// The longest side of a thumbnail, in pixels.
pub const MAX_THUMBNAIL_SIDE: u32 = 480;

/// The most bytes that a shared picture may have.
pub const MAX_SHARED_BYTES: usize = 2_000_000;

/// The most bytes that a file may have to be read at all.
pub const MAX_INPUT_BYTES: usize = 50 * 1024 * 1024;

/// The most pixels that a file may claim in its header to be decoded.
pub const MAX_INPUT_PIXELS: u64 = 40_000_000;

/// The media type of everything that [`prepare`] writes.
pub const MEDIA_TYPE: &str = "image/jpeg";
