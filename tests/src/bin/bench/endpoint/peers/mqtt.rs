//! MQTT 3.1.1 with quality of service 0, as far as it is needed: to connect, to subscribe, to publish and to be told.

use super::super::beginning::{Beginning, number};
use super::super::readers::Hear;
use super::super::stream_parser::Said;
use super::DIGITS;

/// What all messages are about.
const TOPIC: &str = "t";
/// How much of a packet is looked at: the topic and the number behind it.
const LOOKED_AT: usize = 2 + TOPIC.len() + DIGITS;

/// Kinds of packets, as the upper half of their first byte.
mod kind {
    pub(super) const CONNECT: u8 = 1;
    pub(super) const CONNACK: u8 = 2;
    pub(super) const PUBLISH: u8 = 3;
    pub(super) const SUBSCRIBE: u8 = 8;
    pub(super) const SUBACK: u8 = 9;
}

/// Connects under this name, anew, and for as long as it may be without a word.
pub(super) fn connect(name: &str) -> Vec<u8> {
    let (clean, no_keep_alive) = ([2], [0, 0]);
    let body = [&text("MQTT")[..], &[4], &clean, &no_keep_alive, &text(name)].concat();
    packet(kind::CONNECT << 4, &body)
}

/// Subscribes to what all messages are about.
pub(super) fn subscribe() -> Vec<u8> {
    let (identifier, quality) = ([0, 1], [0]);
    let reserved = 2;
    packet(
        kind::SUBSCRIBE << 4 | reserved,
        &[&identifier[..], &text(TOPIC), &quality].concat(),
    )
}

/// Publishes a message.
pub(super) fn publish(message: &str) -> Vec<u8> {
    packet(kind::PUBLISH << 4, &[&text(TOPIC), message.as_bytes()].concat())
}

fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u16).to_be_bytes(), text.as_bytes()].concat()
}

fn packet(begins: u8, body: &[u8]) -> Vec<u8> {
    let mut packet = vec![begins];
    let mut left = body.len();
    loop {
        let more = if left >= 128 { 128 } else { 0 };
        packet.push((left % 128) as u8 | more);
        left /= 128;
        if left == 0 {
            break;
        }
    }
    packet.extend_from_slice(body);
    packet
}

#[derive(Debug, Clone, Copy, Default)]
enum State {
    /// Before a packet.
    #[default]
    Between,
    /// In the length: how far its next seven bits are shifted, and what is known of it.
    Length(u8, u32),
    /// So many bytes of it are left.
    Packet(u32),
    /// Refused, or no MQTT.
    Over,
}

/// What a broker says to a subscriber.
#[derive(Debug, Default)]
pub(super) struct Stream {
    state: State,
    kind: u8,
    seen: Beginning<LOOKED_AT>,
}

impl Hear for Stream {
    const FORGIVES: bool = true;

    fn read(&mut self, mut bytes: &[u8], mut hear: impl FnMut(Said)) {
        while let Some((&byte, rest)) = bytes.split_first() {
            match self.state {
                State::Over => return,
                State::Between => {
                    self.kind = byte >> 4;
                    self.state = State::Length(0, 0);
                    bytes = rest;
                }
                State::Length(shift, length) => {
                    let length = length | u32::from(byte & 127) << shift;
                    self.state = match (byte & 128 == 0, length) {
                        // One without a body is the answer to a question that nobody asks here.
                        (true, 0) => State::Between,
                        (true, length) => State::Packet(length),
                        (false, _) if shift == 21 => State::Over,
                        (false, length) => State::Length(shift + 7, length),
                    };
                    bytes = rest;
                }
                State::Packet(left) => {
                    let taken = bytes.len().min(left as usize);
                    self.seen.take(&bytes[..taken]);
                    bytes = &bytes[taken..];
                    self.state = State::Packet(left - taken as u32);
                    if taken == left as usize {
                        self.state = self.end(&mut hear);
                    }
                }
            }
        }
    }

    fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }
}

impl Stream {
    /// A packet is whole.
    fn end(&mut self, hear: &mut impl FnMut(Said)) -> State {
        let seen = self.seen.seen();
        let is_well = match self.kind {
            kind::CONNACK => seen.get(1) == Some(&0),
            kind::SUBACK if seen.get(2) == Some(&0) => {
                hear(Said::Head);
                true
            }
            kind::SUBACK => false,
            kind::PUBLISH => {
                hear(Said::Item(number(seen.get(2 + TOPIC.len()..).unwrap_or_default())));
                true
            }
            _ => true,
        };
        self.seen.clear();
        if is_well { State::Between } else { State::Over }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::peers::{heard, message};

    #[test]
    fn a_subscriber_hears_messages_in_pieces_of_any_size() {
        let connected = [0x20, 2, 0, 0];
        let subscribed = [0x90, 3, 0, 1, 0];
        let pong = [0xd0, 0];
        let said = [
            &connected[..],
            &subscribed,
            &publish(&message(7)),
            &pong,
            &publish(&message(8)),
        ]
        .concat();
        assert_eq!(
            heard::<Stream>(&said),
            (vec![Said::Head, Said::Item(7), Said::Item(8)], false)
        );
    }

    #[test]
    fn a_refusal_is_the_end() {
        let not_authorised = [0x20, 2, 0, 5];
        assert_eq!(heard::<Stream>(&not_authorised), (Vec::new(), true));
        let no_subscription = [0x20, 2, 0, 0, 0x90, 3, 0, 1, 0x80];
        assert_eq!(heard::<Stream>(&no_subscription), (Vec::new(), true));
    }

    #[test]
    fn a_message_is_written_as_the_standard_says() {
        let published = publish(&message(7));
        // 2 + 1 + 200 bytes, as 75 and one times 128.
        assert_eq!(&published[..6], [0x30, 0xcb, 1, 0, 1, b't']);
        assert_eq!(published.len(), 3 + 203);
        assert_eq!(connect("a"), *b"\x10\x0d\0\x04MQTT\x04\x02\0\0\0\x01a");
        assert_eq!(subscribe(), *b"\x82\x06\0\x01\0\x01t\0");
    }
}
