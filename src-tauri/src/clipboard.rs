//! The system's clipboard, read and written in Rust, since WebKitGTK hands no images to a page.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arboard::Clipboard;
use image::{ExtendedColorType, ImageEncoder as _, codecs::png::PngEncoder};
use samovar_domain::Problem;

/// What the clipboard holds that can be shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pasted {
    /// Files that were copied.
    Files(Vec<PathBuf>),
    /// A picture, as PNG.
    Picture(Vec<u8>),
    /// Nothing that is a picture.
    Nothing,
}

/// Holds the clipboard for as long as Samovar runs, once it was used: on X11 what was copied is gone with its owner.
#[derive(Clone, Default)]
pub(crate) struct ClipboardHolder(Arc<Mutex<Option<Clipboard>>>);

impl ClipboardHolder {
    /// Puts words on the clipboard. Blocks.
    pub(crate) fn copy(&self, words: String) -> Result<(), Problem> {
        self.with(|clipboard| clipboard.set_text(words))
    }

    /// What can be pasted. Blocks.
    pub(crate) fn paste(&self) -> Result<Pasted, Problem> {
        self.with(|clipboard| {
            if let Ok(files) = clipboard.get().file_list()
                && !files.is_empty()
            {
                return Ok(Pasted::Files(files));
            }
            match clipboard.get_image() {
                Ok(picture) => Ok(png(&picture).map_or(Pasted::Nothing, Pasted::Picture)),
                Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure) => Ok(Pasted::Nothing),
                Err(error) => Err(error),
            }
        })
    }

    fn with<T>(&self, use_it: impl FnOnce(&mut Clipboard) -> Result<T, arboard::Error>) -> Result<T, Problem> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let result = match &mut *held {
            Some(clipboard) => use_it(clipboard),
            None => Clipboard::new().and_then(|clipboard| use_it(held.insert(clipboard))),
        };
        result.map_err(|error| {
            Problem::new(
                "no_clipboard",
                format!("The clipboard cannot be used ({error}). Nothing was changed. Choose a file instead."),
            )
        })
    }
}

fn png(picture: &arboard::ImageData<'_>) -> Option<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    let (width, height) = (u32::try_from(picture.width).ok()?, u32::try_from(picture.height).ok()?);
    PngEncoder::new(&mut bytes)
        .write_image(&picture.bytes, width, height, ExtendedColorType::Rgba8)
        .ok()?;
    Some(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_picture_becomes_a_png() {
        let picture = arboard::ImageData {
            width: 1,
            height: 2,
            bytes: vec![1, 2, 3, 255, 4, 5, 6, 255].into(),
        };
        let decoded = image::load_from_memory(&png(&picture).unwrap()).unwrap().to_rgba8();
        assert_eq!(decoded.into_raw(), [1, 2, 3, 255, 4, 5, 6, 255]);
    }
}
