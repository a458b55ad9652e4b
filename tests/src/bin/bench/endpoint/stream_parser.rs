//! Reads a stream's bytes as they come, in pieces of any size: frames, events, and which item comes when. It keeps a few
//! bytes, so that ten thousand of them fit into a processor's cache.

use super::beginning::{Beginning, number};
use super::chunks::Chunks;

/// How much of an event is looked at: enough for `id: SEQ` and the name of the event.
const LOOKED_AT: usize = 32;

/// What a stream said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// An item, at this place.
    Item(u64),
    /// All is there.
    Head,
    /// Come back.
    Resync,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Parser {
    chunks: Chunks,
    seen: Beginning<LOOKED_AT>,
}

impl Parser {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Whether the answer is over, or is not the one of a stream.
    pub(super) fn is_over(&self) -> bool {
        self.chunks.is_over()
    }

    /// Reads on. The endpoint sends each event as a chunk of its own.
    pub(super) fn read(&mut self, bytes: &[u8], mut hear: impl FnMut(Said)) {
        let Self { chunks, seen } = self;
        chunks.read(bytes, |piece| {
            seen.take(piece.bytes);
            if piece.is_last {
                if let Some(said) = event(seen.seen()) {
                    hear(said);
                }
                seen.clear();
            }
        });
    }
}

fn event(begins: &[u8]) -> Option<Said> {
    if let Some(rest) = begins.strip_prefix(b"id: ") {
        return Some(Said::Item(number(rest)));
    }
    if begins.starts_with(b"event: head") {
        return Some(Said::Head);
    }
    begins.starts_with(b"event: resync").then_some(Said::Resync)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_hears_the_same_in_pieces_of_any_size() {
        let events = [
            ": samovar\n\n",
            "id: 7\nevent: item\ndata: {}\n\n",
            "event: head\ndata: {}\n\n",
        ];
        let chunks: String = events.map(|event| format!("{:x}\r\n{event}\r\n", event.len())).concat();
        let whole = format!("HTTP/1.1 200 OK\r\nx: y\r\n\r\n{chunks}0\r\n\r\n");
        for size in 1..whole.len() {
            let (mut parser, mut heard) = (Parser::new(), Vec::new());
            for piece in whole.as_bytes().chunks(size) {
                parser.read(piece, |said| heard.push(said));
            }
            assert_eq!(heard, [Said::Item(7), Said::Head], "in pieces of {size}");
            assert!(parser.is_over());
        }
        let mut refused = Parser::new();
        refused.read(b"HTTP/1.1 401 Unauthorized\r\n", |_| panic!("nothing is said"));
        assert!(refused.is_over());
    }
}
