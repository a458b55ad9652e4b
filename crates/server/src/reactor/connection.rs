//! One stream: where its reader stands, and what it is written next.

use std::io::{self, IoSlice};
use std::net::{Shutdown, TcpStream};

use bytes::Bytes;
use rustix::io::Errno;
use rustix::net::{RecvFlags, SendAncillaryBuffer, SendFlags, recv, send, sendmsg, sockopt};
use samovar_domain::{DeviceId, Epoch, Seq, Timestamp};
use tokio::sync::OwnedSemaphorePermit;

use super::Mailbox;
use super::round::Round;
use super::wheel::Tick;
use crate::events::{Chunk, GREETING, head_chunk};
use crate::reading::{Counted, Opening, Position};
use crate::ring::Ring;

/// The end of a chunked answer.
const END: &[u8] = b"0\r\n\r\n";
/// The most places that go out in one write.
pub(super) const AT_ONCE: usize = 256;
/// How much the system keeps for a reader (it doubles the number): who reads from far away is not held up, and who does
/// not read costs no more.
const KEPT: usize = 64 * 1024;
/// The same, when the last words are to fit behind what was not taken.
const KEPT_AT_LAST: usize = 192 * 1024;

/// What is to be done about a connection after it was written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing, until something happens.
    Wait,
    /// There is more for it.
    Again,
    /// The store is to be asked for what comes next.
    Fetch,
    /// It is over.
    Close,
}

/// `head` as it was said last: many connections are told the same within a moment.
#[derive(Debug, Default)]
pub(super) struct Heads {
    last: Option<(Epoch, Seq, Timestamp, Chunk)>,
}

impl Heads {
    fn at(&mut self, epoch: Epoch, cursor: Seq, now: Timestamp) -> Bytes {
        let chunk = match self.last.take() {
            Some((of, seq, time, chunk)) if (of, seq, time) == (epoch, cursor, now) => chunk,
            _ => head_chunk(epoch, cursor, now),
        };
        let framed = chunk.framed().clone();
        self.last = Some((epoch, cursor, now, chunk));
        framed
    }
}

/// What a connection looks at to go on.
pub(super) struct Surroundings<'a> {
    pub(super) ring: &'a Ring,
    pub(super) mailbox: &'a Mailbox,
    pub(super) heads: &'a mut Heads,
    pub(super) time: Timestamp,
    pub(super) now: Tick,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Connection {
    socket: TcpStream,
    /// The last place that has begun to go out, is hidden, or waits in `pending`.
    cursor: Seq,
    /// What life of the sequence that is a place in. Streams of two lives may be here for a moment.
    epoch: Epoch,
    reader: crate::store::Caller,
    /// What goes out before anything else.
    pending: Vec<Bytes>,
    /// When something was taken last.
    pub(super) quiet_since: Tick,
    /// When it is closed at the latest, when it is leaving; before that, when it is to leave, once the endpoint stops.
    pub(super) leaves_by: Tick,
    /// Whether the first of what is pending has begun to go out.
    has_begun: bool,
    /// See [`Position::is_anew`].
    is_anew: bool,
    /// Whether it was told the head after it had caught up.
    is_live: bool,
    /// Whether its socket takes nothing more.
    pub(super) is_blocked: bool,
    /// Whether the store is being asked for it.
    pub(super) is_fetching: bool,
    /// Whether it is over with what is pending.
    pub(super) is_leaving: bool,
    _place: OwnedSemaphorePermit,
    _counted: Counted,
}

impl Connection {
    /// A stream that has just been opened; `head` is that of its answer.
    pub(super) fn new(
        socket: TcpStream,
        opening: Opening,
        head: &str,
        place: OwnedSemaphorePermit,
        now: Tick,
    ) -> io::Result<Self> {
        sockopt::set_socket_send_buffer_size(&socket, KEPT)?;
        let greeting = Chunk::of(GREETING);
        let beginning = Bytes::from([head.as_bytes(), greeting.framed()].concat());
        let position = opening.position;
        Ok(Self {
            socket,
            cursor: position.cursor,
            epoch: position.epoch,
            reader: position.caller,
            pending: vec![beginning],
            quiet_since: now,
            leaves_by: 0,
            // An answer without its head would be none.
            has_begun: true,
            is_anew: position.is_anew,
            is_live: false,
            is_blocked: false,
            is_fetching: false,
            is_leaving: false,
            _place: place,
            _counted: opening.counted,
        })
    }

    pub(super) fn socket(&self) -> &TcpStream {
        &self.socket
    }

    pub(super) fn device(&self) -> DeviceId {
        self.reader.device
    }

    /// Where it stands, for the store.
    pub(super) fn position(&self) -> Position {
        Position {
            caller: self.reader,
            cursor: self.cursor,
            epoch: self.epoch,
            is_anew: self.is_anew,
        }
    }

    /// Whether a commit concerns it now, rather than later.
    pub(super) fn is_listening(&self) -> bool {
        !(self.is_blocked || self.is_fetching || self.is_leaving)
    }

    /// Writes what most are written. `None` when it stands elsewhere, or there is something to ask about.
    pub(super) fn go_along(&mut self, round: &Round<'_>, now: Tick) -> Option<Next> {
        if !self.pending.is_empty() || !self.is_live {
            return None;
        }
        let (slices, bytes) = round.after(self.cursor)?;
        let taken = match self.write(slices, now) {
            Ok(taken) => taken,
            Err(next) => return Some(next),
        };
        if taken == bytes {
            self.cursor = round.end();
        } else {
            let (reached, rest) = round.taken(self.cursor, taken);
            self.cursor = reached;
            if let Some(rest) = rest {
                self.pending = vec![rest];
                self.has_begun = true;
            }
            self.is_blocked = true;
        }
        Some(Next::Wait)
    }

    /// Writes what is next for it.
    pub(super) fn go_on(&mut self, around: &mut Surroundings<'_>) -> Next {
        if self.is_blocked {
            return Next::Wait;
        }
        let pending = self.pending.clone();
        // What follows from the ring, each with the place that it is at, and where it leads.
        let mut following: Vec<(Bytes, Seq)> = Vec::new();
        let mut end = self.cursor;
        let mut head = None;
        if !self.is_leaving && !self.is_fetching {
            let found = around.ring.stretch(self.cursor, AT_ONCE);
            if around.mailbox.has_ends() {
                return Next::Again; // they come first, and this may be one of them
            }
            match found {
                None if pending.is_empty() => {
                    self.is_fetching = true;
                    return Next::Fetch;
                }
                // First what is pending.
                None => {}
                Some(stretch) => {
                    let shown = (stretch.after + 1..).zip(&stretch.places).filter_map(|(seq, place)| {
                        let event = place.as_ref().filter(|event| event.is_for(self.reader.member))?;
                        Some((event.chunk().framed().clone(), seq))
                    });
                    following.extend(shown);
                    end = stretch.end();
                    let has_caught_up = end >= around.ring.newest();
                    head = (!self.is_live && has_caught_up).then(|| around.heads.at(self.epoch, end, around.time));
                }
            }
        }
        let pieces = pending
            .iter()
            .chain(following.iter().map(|(bytes, _)| bytes))
            .chain(&head);
        let slices: Vec<IoSlice<'_>> = pieces.map(|bytes| IoSlice::new(bytes)).collect();
        let all: usize = slices.iter().map(|slice| slice.len()).sum();
        let taken = match self.write(&slices, around.now) {
            Ok(taken) => taken,
            Err(next) => return next,
        };
        self.is_blocked = taken < all;
        if !self.is_blocked {
            self.pending = Vec::new();
            self.cursor = end;
            self.is_live |= head.is_some();
            return match () {
                () if self.is_leaving => Next::Close,
                () if !self.is_fetching && self.cursor < around.ring.newest() => Next::Again,
                () => Next::Wait,
            };
        }
        self.keep_rest(pending, following, head, taken);
        Next::Wait
    }

    /// Notes what is left after so many bytes, which is not all.
    fn keep_rest(&mut self, pending: Vec<Bytes>, following: Vec<(Bytes, Seq)>, head: Option<Bytes>, taken: usize) {
        let mut left = taken;
        let mut rest: Vec<Bytes> = Vec::new();
        let mut has_begun = false;
        for (at, bytes) in pending.into_iter().enumerate() {
            if rest.is_empty() {
                if left >= bytes.len() {
                    left -= bytes.len();
                    continue;
                }
                has_begun = left > 0 || (at == 0 && self.has_begun);
            }
            rest.push(bytes.slice(std::mem::take(&mut left)..));
        }
        let is_behind_pending = rest.is_empty();
        let told = head.map(|bytes| (bytes, None));
        let following = following.into_iter().map(|(bytes, seq)| (bytes, Some(seq)));
        for (bytes, place) in following.chain(told).take_while(|_| is_behind_pending) {
            if left == 0 {
                break;
            }
            match place {
                Some(seq) => self.cursor = seq,
                None => self.is_live = true,
            }
            if left < bytes.len() {
                rest.push(bytes.slice(left..));
                has_begun = true;
                break;
            }
            left -= bytes.len();
        }
        self.has_begun = has_begun;
        self.pending = rest;
    }

    /// How many bytes were taken.
    fn write(&mut self, slices: &[IoSlice<'_>], now: Tick) -> Result<usize, Next> {
        if slices.iter().all(|slice| slice.is_empty()) {
            return Ok(0);
        }
        // Words of the system for sockets: those for files ask more first.
        let flags = SendFlags::DONTWAIT | SendFlags::NOSIGNAL;
        let sent = match slices {
            [slice] => send(&self.socket, slice, flags),
            slices => sendmsg(&self.socket, slices, &mut SendAncillaryBuffer::default(), flags),
        };
        match sent {
            Ok(taken) => {
                self.quiet_since = now;
                Ok(taken)
            }
            Err(Errno::AGAIN) => {
                self.is_blocked = true;
                Err(Next::Wait)
            }
            Err(Errno::INTR) => Err(Next::Again),
            Err(_) => Err(Next::Close),
        }
    }

    /// What the store said comes next.
    pub(super) fn receive(&mut self, chunks: &[Chunk], reached: Seq) {
        self.is_fetching = false;
        self.cursor = reached;
        self.has_begun = false;
        self.pending = chunks.iter().map(|chunk| chunk.framed().clone()).collect();
    }

    /// Tells the head, after a long silence. `None` when there is something else to be said first.
    pub(super) fn tell_head(&mut self, heads: &mut Heads, time: Timestamp, now: Tick) -> Option<Next> {
        if !self.is_live || !self.is_listening() || !self.pending.is_empty() {
            return None;
        }
        let head = heads.at(self.epoch, self.cursor, time);
        let (taken, next) = match self.write(&[IoSlice::new(&head)], now) {
            Ok(taken) => (taken, Next::Wait),
            Err(Next::Close) => return Some(Next::Close),
            Err(next) => (0, next),
        };
        if taken < head.len() {
            self.pending = vec![head.slice(taken..)];
            self.has_begun = taken > 0;
            self.is_blocked |= next == Next::Wait;
        }
        Some(next)
    }

    /// Has the stream end, after these words and the rest of the chunk that has begun.
    pub(super) fn leave(&mut self, words: Option<&str>, leaves_by: Tick) {
        let begun = self.pending.first().cloned().filter(|_| self.has_begun);
        let words = words.map(|words| Chunk::of(words).framed().clone());
        let last = begun.into_iter().chain(words).chain([Bytes::from_static(END)]);
        self.pending = last.collect();
        self.is_leaving = true;
        self.is_fetching = false;
        self.leaves_by = leaves_by;
    }

    /// Makes room for the last words to a reader that takes nothing: they find them behind what they did not read.
    pub(super) fn make_room(&mut self) {
        if sockopt::set_socket_send_buffer_size(&self.socket, KEPT_AT_LAST).is_ok() {
            self.is_blocked = false;
        }
    }

    /// Closes it so that what was written still arrives: bytes that nobody has read would have the system cut it off.
    pub(super) fn close(self) {
        let mut unread = [0_u8; 4096];
        for _ in 0..16 {
            if !matches!(recv(&self.socket, &mut unread, RecvFlags::DONTWAIT), Ok((_, 1..))) {
                break;
            }
        }
        let _ = self.socket.shutdown(Shutdown::Write);
    }
}
