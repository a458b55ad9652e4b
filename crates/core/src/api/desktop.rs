//! What the UI asks of the shell rather than of the core. A browser answers these by its own means.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Request, Response, View};

/// What the shell's one command carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Call {
    /// For the core.
    Core(Request),
    /// For the shell.
    Desktop(DesktopRequest),
}

/// Something only a desktop has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
#[ts(export)]
pub enum DesktopRequest {
    /// Asks for picture files with the system's dialog and makes them ready. Answers `photos`.
    PickPhotos,
    /// Takes pictures from the clipboard: image data or copied files. Answers `photos`, empty when it holds none.
    PastePhotos,
    /// Takes a picture of the screen, without the popover in it. Answers `photos`.
    CaptureScreen,
    /// Opens an address in the person's browser. Answers `done`.
    OpenLink {
        /// `https://…`.
        link: String,
    },
    /// Puts words on the clipboard. Answers `done`.
    CopyText {
        /// The words.
        text: String,
    },
    /// Asks with the system's dialog where a file is to lie, and writes it there. Answers `saved`.
    SaveFile {
        /// What it may be called.
        name: String,
        /// What is in it.
        base64: String,
    },
    /// Brings a view to the front. Answers `done`.
    Show {
        /// Which.
        view: View,
    },
    /// Hides the window that asks. Answers `done`.
    Hide,
    /// Ends Samovar. Answers `done`.
    Quit,
}

/// The shell's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum DesktopResponse {
    /// It was done.
    Done,
    /// A file was written.
    Saved {
        /// Where; `null` when the person did not want it after all.
        path: Option<String>,
    },
    /// Photos that are ready to be shared: each a `photo` response.
    Photos {
        /// In the order they were chosen.
        photos: Vec<Response>,
        /// Of those that could not be taken: why.
        problems: Vec<samovar_domain::Problem>,
    },
}
