//! Reads a stream's bytes as they come, in pieces of any size: frames, events, and which item comes when. It keeps a few
//! bytes, so that ten thousand of them fit into a processor's cache.

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

#[derive(Debug, Clone, Copy)]
enum State {
    /// In the head of the answer; so many of its last four bytes were seen.
    Head(u8),
    /// In the size of a chunk.
    Size(u32),
    /// In a chunk, its end included: so many bytes are left.
    Chunk(u32),
    /// The answer has ended, or is no stream.
    Over,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Parser {
    state: State,
    seen: [u8; LOOKED_AT],
    length: u8,
}

impl Parser {
    pub(super) fn new() -> Self {
        Self {
            state: State::Head(0),
            seen: [0; LOOKED_AT],
            length: 0,
        }
    }

    /// Whether the answer is over, or is not the one of a stream.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    /// Reads on.
    pub(super) fn read(&mut self, mut bytes: &[u8], mut hear: impl FnMut(Said)) {
        while let Some((&byte, rest)) = bytes.split_first() {
            match self.state {
                State::Over => return,
                State::Head(_) | State::Size(_) => {
                    self.step(byte);
                    bytes = rest;
                }
                State::Chunk(left) => {
                    let taken = bytes.len().min(left as usize);
                    let room = LOOKED_AT - usize::from(self.length);
                    let kept = taken.min(room);
                    self.seen[usize::from(self.length)..][..kept].copy_from_slice(&bytes[..kept]);
                    self.length += kept as u8;
                    bytes = &bytes[taken..];
                    self.state = State::Chunk(left - taken as u32);
                    if taken == left as usize {
                        if let Some(said) = event(&self.seen[..usize::from(self.length)]) {
                            hear(said);
                        }
                        self.length = 0;
                        self.state = State::Size(0);
                    }
                }
            }
        }
    }

    fn step(&mut self, byte: u8) {
        self.state = match (self.state, byte) {
            (State::Head(seen), byte) => {
                // `HTTP/1.1 200`: anything else is no stream.
                if usize::from(self.length) < 12 {
                    self.length += 1;
                    if byte != b"HTTP/1.1 200"[usize::from(self.length) - 1] {
                        self.state = State::Over;
                        return;
                    }
                }
                match (seen, byte) {
                    (0 | 2, b'\r') | (1, b'\n') => State::Head(seen + 1),
                    (3, b'\n') => {
                        self.length = 0;
                        State::Size(0)
                    }
                    (_, b'\r') => State::Head(1),
                    _ => State::Head(0),
                }
            }
            (State::Size(0), b'\n') => State::Over,
            (State::Size(size), b'\n') => State::Chunk(size + 2),
            (State::Size(size), b'\r') => State::Size(size),
            (State::Size(size), digit) => match char::from(digit).to_digit(16) {
                Some(digit) => State::Size(size * 16 + digit),
                None => State::Over,
            },
            (state, _) => state,
        };
    }
}

fn event(begins: &[u8]) -> Option<Said> {
    if let Some(rest) = begins.strip_prefix(b"id: ") {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit());
        return Some(Said::Item(
            digits.fold(0, |seq, digit| seq * 10 + u64::from(digit - b'0')),
        ));
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
