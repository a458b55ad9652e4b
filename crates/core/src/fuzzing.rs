//! What comes from elsewhere, read as the application reads it. For the fuzzer and its corpus alone: these are doors into
//! private rooms, and no part of what this crate promises.

use std::time::Duration;

use samovar_domain::Problem;
use url::Url;

use crate::{setup, sse};

/// What a desktop hears of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// Name and data of each whole event, in order.
    pub events: Vec<(String, String)>,
    /// When the stream says to come back, as it was said last.
    pub retry: Option<Duration>,
    /// Whether something came that is no event, so that the stream is given up.
    pub is_given_up: bool,
}

/// Hears a stream that comes in these pieces.
pub fn hear<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Heard {
    let (mut events, mut whole) = (sse::Events::default(), Vec::new());
    let taken = pieces.into_iter().try_for_each(|piece| events.take(piece, &mut whole));
    Heard {
        events: whole.into_iter().map(|event| (event.event, event.data)).collect(),
        retry: events.retry(),
        is_given_up: taken.is_err(),
    }
}

/// Reads an invite as it is pasted: where the endpoint is, and the secret.
pub fn read_invite(text: &str) -> Result<(Url, String), Problem> {
    setup::read_link(text).map(|link| (link.endpoint, link.token))
}
