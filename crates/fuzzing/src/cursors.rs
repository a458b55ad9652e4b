//! Cursors: the queries of `GET /v1/items` and `GET /v1/stream`, and the first bytes of a connection that may ask for a
//! stream.
//!
//! An input is a query, and behind a line break what `Last-Event-ID` says.

use samovar_server::fuzzing::{PageAsked, StreamAsked, read_page, read_stream};
use url::form_urlencoded;

use crate::{Outcome, assert_refuses};

/// The most items that a page may be asked for.
const PAGE_MAX: u32 = samovar_domain::wire::PAGE_MAX;

/// See the module.
pub fn check(input: &[u8]) -> Outcome {
    let mut lines = input.splitn(2, |byte| *byte == b'\n');
    let (query, last_event) = (lines.next().unwrap_or_default(), lines.next());
    #[cfg(target_os = "linux")]
    first_bytes::check(query, last_event);
    let Ok(query) = std::str::from_utf8(query) else {
        return Outcome::Refused;
    };
    let page = read_page(query);
    match &page {
        Some(Ok(asked)) => check_page(query, asked),
        Some(Err(problem)) => assert_refuses(problem, 400, "bad_cursor"),
        None => {}
    }
    match read_stream(query, last_event) {
        Some(Ok(asked)) => check_stream(query, last_event, asked),
        Some(Err(problem)) => assert_refuses(&problem, 400, "bad_cursor"),
        None => {}
    }
    Outcome::of(matches!(page, Some(Ok(_))))
}

/// What was understood of a page can be written down, and is understood the same again; and a stream understands the same
/// cursor as a page does.
fn check_page(query: &str, asked: &PageAsked) {
    assert!((1..=PAGE_MAX).contains(&asked.limit), "a page of {} items", asked.limit);
    let mut plain = form_urlencoded::Serializer::new(String::new());
    plain.append_pair("limit", &asked.limit.to_string());
    for (name, seq) in [("after", asked.after), ("before", asked.before)] {
        plain.extend_pairs(seq.map(|seq| (name, seq.to_string())));
    }
    plain.extend_pairs(asked.epoch.map(|epoch| ("epoch", epoch.to_string())));
    plain.extend_pairs(asked.kind.as_ref().map(|kind| ("kind", kind)));
    let plain = plain.finish();
    assert_eq!(read_page(&plain), Some(Ok(asked.clone())), "{query:?} as {plain:?}");
    let streamed = StreamAsked {
        after: asked.after.unwrap_or(0),
        epoch: asked.epoch,
    };
    assert_eq!(read_stream(query, None), Some(Ok(streamed)), "{query:?}");
}

/// What a browser says by itself when it comes back goes before what stands in the address.
fn check_stream(query: &str, last_event: Option<&[u8]>, asked: StreamAsked) {
    let epoch = asked.epoch.map(|epoch| format!("&epoch={epoch}")).unwrap_or_default();
    let plain = format!("after={}{epoch}", asked.after);
    assert_eq!(read_stream(&plain, None), Some(Ok(asked)), "{query:?} as {plain:?}");
    let said = last_event.and_then(|said| std::str::from_utf8(said).ok()?.parse::<u64>().ok());
    if let Some(seq) = said {
        assert_eq!(asked.after, seq, "{query:?} with {last_event:?}");
    }
}

#[cfg(target_os = "linux")]
mod first_bytes {
    use samovar_server::fuzzing::{Seen, read_stream, see};

    /// A request for a stream is only ever taken whole, and means what it means to whoever reads it by other ways.
    pub(super) fn check(query: &[u8], last_event: Option<&[u8]>) {
        let header = last_event.map(|said| [b"last-event-id: ", said, b"\r\n"].concat());
        let head = [
            b"GET /v1/stream?",
            query,
            b" HTTP/1.1\r\nhost: tea.example.org\r\n",
            header.as_deref().unwrap_or_default(),
            b"\r\n",
        ]
        .concat();
        assert_whole(&head);
        assert_whole(query);
        let Seen::Stream(asked) = see(&head) else { return };
        // A line break would make another header of it, and blanks around it do not count.
        let is_plain = |said: &[u8]| !said.iter().any(|byte| b"\r\n".contains(byte)) && said.trim_ascii() == said;
        let query = std::str::from_utf8(query);
        if let Ok(query) = query
            && last_event.is_none_or(is_plain)
        {
            assert_eq!(
                read_stream(query, last_event),
                Some(asked),
                "{query:?} with {last_event:?}"
            );
        }
    }

    fn assert_whole(head: &[u8]) {
        if let Seen::Stream(_) = see(head) {
            for length in 0..head.len() {
                assert_eq!(see(&head[..length]), Seen::Beginning, "{length} bytes of {head:?}");
            }
        }
    }
}
