//! The words of the stream: events, each in the chunk of an HTTP/1.1 answer that it goes out in.
//!
//! hyper frames what it is given itself, so a stream that it answers takes the event out of the chunk; the reactor writes
//! the chunk as it is. Either way an item is put into bytes once, whoever reads it.

use bytes::Bytes;
use samovar_domain::wire::Head;
use samovar_domain::{Epoch, Item, Seq, Timestamp};

/// What a stream begins with, so that proxies pass it on at once.
pub(crate) const GREETING: &str = ": samovar\n\n";
/// Page, then come back.
pub(crate) const RESYNC: &str = "event: resync\ndata: {}\n\n";
/// The endpoint could not read on; whoever reads comes back with the cursor that it has.
pub(crate) const TRY_AGAIN: &str = ": try again\n\n";
/// The end of a chunk.
const CHUNK_END: &str = "\r\n";

/// An event in its chunk. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    bytes: Bytes,
    /// Where the event begins.
    begin: u8,
}

impl Chunk {
    /// Frames an event, which must not be empty: that would end the answer.
    pub(crate) fn of(event: &str) -> Self {
        debug_assert!(!event.is_empty(), "an empty chunk ends the answer");
        let size = format!("{:x}\r\n", event.len());
        let begin = size.len() as u8; // 16 digits at most
        Self {
            bytes: [&size, event, CHUNK_END].concat().into(),
            begin,
        }
    }

    /// The event alone.
    pub(crate) fn event(&self) -> Bytes {
        self.bytes
            .slice(usize::from(self.begin)..self.bytes.len() - CHUNK_END.len())
    }

    /// The event in its chunk.
    pub(crate) fn framed(&self) -> &Bytes {
        &self.bytes
    }

    /// How many bytes it takes.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }
}

/// An item.
pub(crate) fn item_chunk(item: &Item) -> Chunk {
    let json = serde_json::to_string(item).expect("items are made of JSON");
    Chunk::of(&format!("id: {}\nevent: item\ndata: {json}\n\n", item.seq))
}

/// Tells that everything up to `head` has been sent.
pub(crate) fn head_chunk(epoch: Epoch, head: Seq, time: Timestamp) -> Chunk {
    let json = serde_json::to_string(&Head { epoch, head, time }).expect("a head is made of JSON");
    Chunk::of(&format!("event: head\ndata: {json}\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_says_how_long_its_event_is_and_gives_it_back() {
        for event in [GREETING, RESYNC, &"é".repeat(40_000)] {
            let chunk = Chunk::of(event);
            let framed = String::from_utf8(chunk.framed().to_vec()).unwrap();
            let (size, rest) = framed.split_once("\r\n").unwrap();
            assert_eq!(usize::from_str_radix(size, 16).unwrap(), event.len());
            assert_eq!(rest.strip_suffix("\r\n").unwrap(), event);
            assert_eq!(chunk.event(), event.as_bytes());
            assert_eq!(chunk.len(), framed.len());
        }
    }
}
