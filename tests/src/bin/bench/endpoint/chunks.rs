//! Takes an HTTP answer that streams out of its wrapping: the head, and the chunks of its body where it comes in chunks.

/// How an answer begins that is none of a stream's if it begins otherwise.
const BEGINS: &[u8; 12] = b"HTTP/1.1 200";

#[derive(Debug, Clone, Copy)]
enum State {
    /// In the head of the answer; so many of its first bytes and so many of its last four were seen.
    Head(u8, u8),
    /// In the size of a chunk.
    Size(u32),
    /// In a chunk, its end included: so many bytes are left.
    Chunk(u32),
    /// In a body that comes as it is, until the connection ends.
    Plain,
    /// The answer has ended, or is no stream.
    Over,
}

/// A piece of the body, as it came.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// Without the line's end behind the chunk.
    pub(super) bytes: &'a [u8],
    /// Whether the chunk is whole with it.
    pub(super) is_last: bool,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Chunks {
    state: State,
    /// What comes behind the head.
    body: State,
}

impl Default for Chunks {
    fn default() -> Self {
        Self::before(State::Size(0))
    }
}

impl Chunks {
    /// Of an answer whose body comes in no chunks: it is a single one without an end.
    pub(super) fn plain() -> Self {
        Self::before(State::Plain)
    }

    fn before(body: State) -> Self {
        Self {
            state: State::Head(0, 0),
            body,
        }
    }

    /// Whether the answer is over, or is not the one of a stream.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    /// Reads on.
    pub(super) fn read(&mut self, mut bytes: &[u8], mut take: impl FnMut(Piece)) {
        while let Some((&byte, rest)) = bytes.split_first() {
            match self.state {
                State::Over => return,
                State::Plain => {
                    take(Piece { bytes, is_last: false });
                    return;
                }
                State::Head(..) | State::Size(_) => {
                    self.step(byte);
                    bytes = rest;
                }
                State::Chunk(left) => {
                    let taken = bytes.len().min(left as usize);
                    let content = taken.min((left as usize).saturating_sub(2));
                    let is_last = taken == left as usize;
                    take(Piece {
                        bytes: &bytes[..content],
                        is_last,
                    });
                    bytes = &bytes[taken..];
                    self.state = if is_last {
                        State::Size(0)
                    } else {
                        State::Chunk(left - taken as u32)
                    };
                }
            }
        }
    }

    fn step(&mut self, byte: u8) {
        self.state = match (self.state, byte) {
            (State::Head(begun, _), byte) if BEGINS.get(usize::from(begun)).is_some_and(|begins| *begins != byte) => {
                State::Over
            }
            (State::Head(begun, ends), byte) => {
                let begun = begun.saturating_add(1).min(BEGINS.len() as u8);
                match (ends, byte) {
                    (0 | 2, b'\r') | (1, b'\n') => State::Head(begun, ends + 1),
                    (3, b'\n') => self.body,
                    (_, b'\r') => State::Head(begun, 1),
                    _ => State::Head(begun, 0),
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
