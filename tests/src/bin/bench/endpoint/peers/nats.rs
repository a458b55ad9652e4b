//! NATS: its own protocol of lines, and of messages whose length a line says.

use std::io;
use std::path::Path;
use std::process::Command;

use super::super::beginning::{Beginning, number};
use super::super::readers::Hear;
use super::super::stream_parser::Said;
use super::{DIGITS, Peer};

/// How much of a line is looked at: enough for `MSG SUBJECT ID LENGTH`.
const LOOKED_AT: usize = 32;
/// How it is said that nothing has to be confirmed.
const CONNECT: &str = "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n";

/// See the module.
pub(super) struct Nats;

impl Peer for Nats {
    const NAME: &'static str = "nats";
    const PROGRAM: &'static str = "nats-server";
    type Stream = Stream;

    fn command(program: &Path, folder: &Path, port: u16) -> io::Result<Option<Command>> {
        // Nobody is given up for being slow, and nobody is asked whether they are still there.
        let settings = format!(
            "listen: \"127.0.0.1:{port}\"\nmax_connections: 100000\nmax_pending: 1GB\nwrite_deadline: \"60s\"\n\
             ping_interval: \"1h\"\n"
        );
        let file = folder.join("nats.conf");
        std::fs::write(&file, settings)?;
        let mut command = Command::new(program);
        command.arg("-c").arg(file);
        Ok(Some(command))
    }

    fn subscription(_: usize) -> Vec<u8> {
        format!("{CONNECT}SUB t 1\r\nPING\r\n").into_bytes()
    }

    fn introduction() -> Option<Vec<u8>> {
        Some(CONNECT.as_bytes().to_vec())
    }

    fn publication(message: &str) -> Vec<u8> {
        format!("PUB t {}\r\n{message}\r\n", message.len()).into_bytes()
    }

    fn is_refusal(answer: &[u8]) -> bool {
        answer.windows(4).any(|word| word == b"-ERR")
    }
}

#[derive(Debug, Clone, Copy, Default)]
enum State {
    #[default]
    Line,
    /// In a message, its end included: so many bytes are left.
    Message(usize),
    /// Given up, or no NATS.
    Over,
}

/// What the server says to a subscriber.
#[derive(Debug, Default)]
pub(super) struct Stream {
    state: State,
    seen: Beginning<LOOKED_AT>,
}

impl Hear for Stream {
    const FORGIVES: bool = true;

    fn read(&mut self, mut bytes: &[u8], mut hear: impl FnMut(Said)) {
        while !bytes.is_empty() {
            match self.state {
                State::Over => return,
                State::Line => {
                    let end = bytes.iter().position(|byte| *byte == b'\n');
                    let (line, rest) = bytes.split_at(end.map_or(bytes.len(), |end| end + 1));
                    self.seen.take(line);
                    bytes = rest;
                    if end.is_some() {
                        self.state = line_ends(self.seen.seen(), &mut hear);
                        self.seen.clear();
                    }
                }
                State::Message(left) => {
                    let (piece, rest) = bytes.split_at(bytes.len().min(left));
                    self.seen.take(piece);
                    bytes = rest;
                    self.state = State::Message(left - piece.len());
                    if piece.len() == left {
                        hear(Said::Item(number(&self.seen.seen()[..DIGITS])));
                        self.seen.clear();
                        self.state = State::Line;
                    }
                }
            }
        }
    }

    fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }
}

/// A line is whole; it begins with this.
fn line_ends(line: &[u8], hear: &mut impl FnMut(Said)) -> State {
    if line.starts_with(b"MSG ") {
        let length = line.trim_ascii_end().rsplit(|byte| *byte == b' ').next();
        return match length.map(number) {
            Some(length) if length as usize >= DIGITS => State::Message(length as usize + 2),
            _ => State::Over,
        };
    }
    if line.starts_with(b"PONG") {
        hear(Said::Head);
    }
    if line.starts_with(b"-ERR") {
        return State::Over;
    }
    State::Line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::peers::{heard, message};

    #[test]
    fn a_subscriber_hears_messages_in_pieces_of_any_size() {
        let told = |number| format!("MSG t 1 200\r\n{}\r\n", message(number));
        let said = format!(
            "INFO {{\"server_id\":\"N\",\"max_payload\":1048576}} \r\nPONG\r\n{}{}PING\r\n",
            told(7),
            told(8)
        );
        assert_eq!(
            heard::<Stream>(said.as_bytes()),
            (vec![Said::Head, Said::Item(7), Said::Item(8)], false)
        );
    }

    #[test]
    fn an_error_is_the_end() {
        let said = b"INFO {}\r\nPONG\r\n-ERR 'Slow Consumer'\r\n";
        assert_eq!(heard::<Stream>(said), (vec![Said::Head], true));
    }

    #[test]
    fn a_message_is_published_with_its_length() {
        let published = Nats::publication(&message(7));
        assert!(published.starts_with(b"PUB t 200\r\n000000000007w"));
        assert!(published.ends_with(b"w\r\n"));
    }
}
