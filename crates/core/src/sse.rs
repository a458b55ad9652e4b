//! Server-sent events as they arrive in pieces (WHATWG HTML, section 9.2.6): lines to events, no more.

use std::time::Duration;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Event {
    /// Its name.
    pub(crate) event: String,
    /// Its data lines, joined.
    pub(crate) data: String,
}

/// The longest event that is taken: a whole item of 64 kB many times over.
const LONGEST: usize = 4 * 1024 * 1024;

/// Collects bytes until events are whole.
#[derive(Debug, Default)]
pub(crate) struct Events {
    buffer: Vec<u8>,
    current: Event,
    retry: Option<Duration>,
}

/// The stream is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stream sent something that is no event")]
pub(crate) struct NotAnEvent;

impl Events {
    /// When the stream says to come back after it has ended, as it was said last.
    pub(crate) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Takes bytes and returns the events that are whole now.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Result<Vec<Event>, NotAnEvent> {
        self.buffer.extend_from_slice(bytes);
        let mut whole = Vec::new();
        let mut start = 0;
        while let Some(length) = self.buffer[start..].iter().position(|byte| *byte == b'\n') {
            let line = std::str::from_utf8(&self.buffer[start..start + length]).map_err(|_| NotAnEvent)?;
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.is_empty() {
                if !self.current.data.is_empty() || !self.current.event.is_empty() {
                    whole.push(std::mem::take(&mut self.current));
                }
            } else if let Some(name) = line.strip_prefix("event:") {
                name.trim_start().clone_into(&mut self.current.event);
            } else if let Some(data) = line.strip_prefix("data:") {
                if !self.current.data.is_empty() {
                    self.current.data.push('\n');
                }
                self.current.data.push_str(data.strip_prefix(' ').unwrap_or(data));
            } else if let Some(retry) = line.strip_prefix("retry:") {
                let milliseconds = retry.strip_prefix(' ').unwrap_or(retry).parse().ok();
                self.retry = milliseconds.map(Duration::from_millis).or(self.retry);
            }
            start += length + 1;
        }
        self.buffer.drain(..start);
        if self.buffer.len() + self.current.data.len() > LONGEST {
            Err(NotAnEvent)
        } else {
            Ok(whole)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_whole_however_the_network_cuts_them() {
        let stream = ": hello\n\nid: 7\nevent: item\ndata: {\"a\":\ndata: 1}\n\nevent: head\r\ndata: {}\r\n\r\n";
        for size in 1..stream.len() {
            let mut events = Events::default();
            let found: Vec<Event> = stream
                .as_bytes()
                .chunks(size)
                .flat_map(|piece| events.take(piece).unwrap())
                .collect();
            assert_eq!(found.len(), 2, "in pieces of {size}");
            assert_eq!(
                found[0],
                Event {
                    event: "item".into(),
                    data: "{\"a\":\n1}".into()
                }
            );
            assert_eq!(
                found[1],
                Event {
                    event: "head".into(),
                    data: "{}".into()
                }
            );
        }
    }

    #[test]
    fn when_to_come_back_is_no_event_and_the_last_word_on_it_counts() {
        let mut events = Events::default();
        assert_eq!(events.retry(), None);
        assert!(
            events
                .take(b"retry: 700\n\nretry:1500\n\nretry: soon\n\n")
                .unwrap()
                .is_empty()
        );
        assert_eq!(events.retry(), Some(Duration::from_millis(1_500)));
    }

    #[test]
    fn a_stream_that_never_ends_its_line_is_given_up() {
        let mut events = Events::default();
        let refused = (0..5).find_map(|_| events.take(&vec![b'x'; 1024 * 1024]).err());
        assert_eq!(refused, Some(NotAnEvent));
    }
}
