//! Server-sent events of others, which are cut into chunks wherever they like, or not at all: each line of data that
//! begins with a number is a message.

use std::io::BufRead as _;

use super::super::beginning::{Beginning, number};
use super::super::chunks::Chunks;
use super::super::readers::Hear;
use super::super::stream_parser::Said;

/// How much of a line is looked at: `data: ` and the number behind it.
const LOOKED_AT: usize = 20;

/// See the module.
#[derive(Debug)]
pub(super) struct Stream<const IN_CHUNKS: bool> {
    chunks: Chunks,
    line: Beginning<LOOKED_AT>,
}

impl<const IN_CHUNKS: bool> Default for Stream<IN_CHUNKS> {
    fn default() -> Self {
        Self {
            chunks: if IN_CHUNKS { Chunks::default() } else { Chunks::plain() },
            line: Beginning::default(),
        }
    }
}

impl<const IN_CHUNKS: bool> Hear for Stream<IN_CHUNKS> {
    const FORGIVES: bool = true;

    fn read(&mut self, bytes: &[u8], mut hear: impl FnMut(Said)) {
        let Self { chunks, line } = self;
        chunks.read(bytes, |piece| {
            let mut rest = piece.bytes;
            while !rest.is_empty() {
                let begun = rest;
                // The quickest way to a line's end that the standard library has; a slice cannot fail to be read.
                let length = rest.skip_until(b'\n').unwrap_or(begun.len());
                let begun = &begun[..length];
                line.take(begun);
                if begun.ends_with(b"\n") {
                    if let Some(said) = said(line.seen()) {
                        hear(said);
                    }
                    line.clear();
                }
            }
        });
    }

    fn is_over(&self) -> bool {
        self.chunks.is_over()
    }
}

/// What a line says that begins so: a message, or one of the words that come once a subscription stands.
fn said(line: &[u8]) -> Option<Said> {
    if let Some(data) = line.strip_prefix(b"data:") {
        let data = data.trim_ascii_start();
        return data
            .first()
            .is_some_and(u8::is_ascii_digit)
            .then(|| Said::Item(number(data)));
    }
    let stands = line.starts_with(b": hi") || line.starts_with(b"event: control");
    stands.then_some(Said::Head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::peers::{heard, message};

    const HEAD: &str = "HTTP/1.1 200 OK\r\nx: y\r\n\r\n";

    fn in_chunks(chunks: &[&str]) -> Vec<u8> {
        let chunks = chunks.iter().map(|chunk| format!("{:x}\r\n{chunk}\r\n", chunk.len()));
        [HEAD.to_owned(), chunks.collect()].concat().into_bytes()
    }

    #[test]
    fn it_is_understood_however_it_is_cut() {
        let events = format!(
            ": hi\n\nid: 1700000000:0\ndata: {}\n\n\nid: 1700000000:1\ndata: {}\n\n",
            message(7),
            message(8)
        );
        let expected = (vec![Said::Head, Said::Item(7), Said::Item(8)], false);
        assert_eq!(heard::<Stream<false>>(format!("{HEAD}{events}").as_bytes()), expected);
        // A chunk may end within a line, and within a number.
        for cut in [3, 20, 31, 60, events.len() - 1] {
            let (one, other) = events.split_at(cut);
            assert_eq!(
                heard::<Stream<true>>(&in_chunks(&[one, other])),
                expected,
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn one_event_may_hold_several_messages() {
        let control = "event: control\ndata:{\"streamNextOffset\":\"0000000000000200\",\"upToDate\":true}\n\n";
        let data = format!(
            "event: data\ndata:{}\ndata:{}\ndata:\n\n{control}",
            message(7),
            message(8)
        );
        assert_eq!(
            heard::<Stream<true>>(&in_chunks(&[control, &data])).0,
            [Said::Head, Said::Item(7), Said::Item(8), Said::Head]
        );
    }

    #[test]
    fn the_end_of_the_answer_and_a_refusal_are_the_end() {
        let ended = [in_chunks(&[": hi\n\n"]), b"0\r\n\r\n".to_vec()].concat();
        assert_eq!(heard::<Stream<true>>(&ended), (vec![Said::Head], true));
        let refused = b"HTTP/1.1 404 Not Found\r\n\r\n: hi\n";
        assert_eq!(heard::<Stream<true>>(refused), (Vec::new(), true));
        assert_eq!(heard::<Stream<false>>(refused), (Vec::new(), true));
    }
}
