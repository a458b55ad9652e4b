//! Server-sent events as they arrive in pieces (WHATWG HTML, section 9.2.6): lines to events, no more.

use std::time::Duration;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The beginning of a line.
    line: Vec<u8>,
    /// The name of the event that is being said.
    name: String,
    /// Its data lines until now; an event without one is none.
    data: Option<String>,
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

    /// Takes bytes and adds the events that are whole now to `whole`. Those before something that is no event are among
    /// them, so that what is heard does not depend on where the network cuts. What comes after it is not to be asked.
    pub(crate) fn take(&mut self, bytes: &[u8], whole: &mut Vec<Event>) -> Result<(), NotAnEvent> {
        let mut rest = bytes;
        while let Some(length) = rest.iter().position(|byte| *byte == b'\n') {
            self.lengthen(&rest[..length])?;
            rest = &rest[length + 1..];
            let line = std::mem::take(&mut self.line);
            whole.extend(self.read(&line)?);
        }
        self.lengthen(rest)
    }

    fn lengthen(&mut self, bytes: &[u8]) -> Result<(), NotAnEvent> {
        let data = self.data.as_ref().map_or(0, String::len);
        if self.line.len() + bytes.len() + data > LONGEST {
            return Err(NotAnEvent);
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    /// Reads a line; an empty one ends an event.
    fn read(&mut self, line: &[u8]) -> Result<Option<Event>, NotAnEvent> {
        let line = std::str::from_utf8(line).map_err(|_| NotAnEvent)?;
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() {
            let event = std::mem::take(&mut self.name);
            return Ok(self.data.take().map(|data| Event { event, data }));
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => match &mut self.data {
                Some(data) => data.extend(["\n", value]),
                None => self.data = Some(value.to_owned()),
            },
            // A number that is said with a sign is none.
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
        Ok(None)
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
            let mut found = Vec::new();
            for piece in stream.as_bytes().chunks(size) {
                events.take(piece, &mut found).unwrap();
            }
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
        let mut found = Vec::new();
        events
            .take(b"retry: 700\n\nretry:1500\n\nretry: soon\n\nretry: +5\n\n", &mut found)
            .unwrap();
        assert_eq!(found, []);
        assert_eq!(events.retry(), Some(Duration::from_millis(1_500)));
    }

    #[test]
    fn a_stream_that_never_ends_its_line_is_given_up() {
        let mut events = Events::default();
        let refused = (0..5).find_map(|_| events.take(&vec![b'x'; 1024 * 1024], &mut Vec::new()).err());
        assert_eq!(refused, Some(NotAnEvent));
    }

    #[test]
    fn what_came_before_something_that_is_no_event_is_heard_wherever_the_network_cuts() {
        let stream = b"event: item\ndata: {}\n\ndata: \xff\n\n";
        for size in 1..=stream.len() {
            let (mut events, mut found) = (Events::default(), Vec::new());
            let ended = stream.chunks(size).try_for_each(|piece| events.take(piece, &mut found));
            assert_eq!((found.len(), ended), (1, Err(NotAnEvent)), "in pieces of {size}");
        }
    }
}
