//! What a file tells besides its picture. It is read for two reasons only: to turn the picture upright, and to be able to
//! say to its person what has been removed. Nothing of it is ever written.

use exif::{Context, In, Reader, Tag};
use image::metadata::Orientation;

use crate::Removed;

/// More than this in one block is no camera's; it is not looked at (and removed like everything else).
const MAX_BLOCK: usize = 1024 * 1024;

/// Orientation and what is to be said about a file's metadata.
pub(crate) struct Metadata {
    pub(crate) orientation: Orientation,
    pub(crate) removed: Removed,
}

impl Default for Metadata {
    fn default() -> Self {
        Self {
            orientation: Orientation::NoTransforms,
            removed: Removed::default(),
        }
    }
}

impl Metadata {
    /// Takes in an EXIF block, from its TIFF header on.
    pub(crate) fn note_exif(&mut self, block: &[u8]) {
        let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        if block.len() > MAX_BLOCK {
            return;
        }
        if let Some(orientation) = Orientation::from_exif_chunk(block) {
            self.orientation = orientation;
        }
        let mut reader = Reader::new();
        reader.continue_on_error(true);
        let parsed = reader
            .read_raw(block.to_vec())
            .or_else(|error| error.distill_partial_result(|_| {}));
        let Ok(exif) = parsed else { return };
        for field in exif.fields() {
            // The version alone says nothing about a place.
            self.removed.location |= field.tag.context() == Context::Gps && field.tag != Tag::GPSVersionID;
            self.removed.camera |= matches!(
                field.tag,
                Tag::Make
                    | Tag::Model
                    | Tag::LensMake
                    | Tag::LensModel
                    | Tag::BodySerialNumber
                    | Tag::LensSerialNumber
                    | Tag::CameraOwnerName
            ) && field.ifd_num == In::PRIMARY;
        }
    }

    /// Takes in an XMP packet. Its words are searched, not parsed: a false alarm does no harm.
    pub(crate) fn note_xmp(&mut self, packet: &[u8]) {
        let packet = &packet[..packet.len().min(MAX_BLOCK)];
        let tells = |words: &[&[u8]]| {
            words
                .iter()
                .any(|word| packet.windows(word.len()).any(|window| window == *word))
        };
        self.removed.location |= tells(&[b"GPSLatitude", b"GPSLongitude", b"photoshop:City", b"LocationCreated"]);
        self.removed.camera |= tells(&[b"tiff:Make", b"tiff:Model", b"SerialNumber", b"aux:Lens"]);
    }
}
