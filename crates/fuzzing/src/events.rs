//! Server-sent events, as a desktop hears them from its endpoint, or from whoever answers in its place.
//!
//! An input is a stream.

use std::time::Duration;

use samovar_core::fuzzing::{Heard, hear};
use samovar_domain::Item;
use samovar_domain::wire::Head;
use samovar_server::fuzzing::{head_event, item_event};

use crate::Outcome;

/// See the module.
pub fn check(input: &[u8]) -> Outcome {
    let heard = hear([input]);
    assert_eq!(
        heard,
        as_the_standard_says(input),
        "{:?}",
        input.escape_ascii().to_string()
    );
    for size in [1, 2, 3, 7, 64] {
        assert_eq!(hear(input.chunks(size)), heard, "in pieces of {size}");
    }
    assert_eq!(hear(pieces(input)), heard, "in pieces of all sizes");
    let (half, rest) = input.split_at(input.len() / 2);
    assert_eq!(hear([half, &[], rest]), heard, "in two pieces and an empty one between");
    for (name, data) in &heard.events {
        match name.as_str() {
            "item" => check_item(data),
            "head" => check_head(data),
            _ => {}
        }
    }
    Outcome::of(!heard.events.is_empty())
}

/// Pieces of sizes that follow from what is in them.
fn pieces(mut input: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    while let Some(first) = input.first() {
        let (piece, rest) = input.split_at(input.len().min(1 + usize::from(first % 13)));
        pieces.push(piece);
        input = rest;
    }
    pieces
}

/// An item that was heard is said by an endpoint so that it is heard the same.
fn check_item(data: &str) {
    if let Ok(item) = serde_json::from_str::<Item>(data) {
        assert_is_heard(&item);
    }
}

/// Asserts that an item is heard as it is said, as one event.
pub(crate) fn assert_is_heard(item: &Item) {
    let heard = hear([&*item_event(item)]);
    let [(name, data)] = heard.events.as_slice() else {
        panic!("one item is {} events", heard.events.len());
    };
    assert_eq!(name, "item");
    let read: Item = serde_json::from_str(data).expect("an item as an endpoint says it");
    assert_eq!(&read, item);
}

fn check_head(data: &str) {
    if let Ok(head) = serde_json::from_str::<Head>(data) {
        let heard = hear([&*head_event(&head)]);
        let said: Vec<_> = heard
            .events
            .iter()
            .map(|(name, data)| (name.as_str(), serde_json::from_str::<Head>(data).ok()))
            .collect();
        assert_eq!(said, [("head", Some(head))]);
    }
}

/// The same by the standard (WHATWG HTML, section 9.2.6), line by line and all at once. Two things differ on purpose: a
/// carriage return alone ends no line, as no endpoint writes one; and a stream that is no text is given up, not mended.
fn as_the_standard_says(input: &[u8]) -> Heard {
    let mut heard = Heard::default();
    let (mut name, mut data) = (String::new(), String::new());
    let mut lines: Vec<&[u8]> = input.split(|byte| *byte == b'\n').collect();
    lines.pop(); // it has no end yet
    for line in lines {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Ok(line) = std::str::from_utf8(line) else {
            heard.is_given_up = true;
            break;
        };
        if line.is_empty() {
            let (name, mut data) = (std::mem::take(&mut name), std::mem::take(&mut data));
            if data.pop().is_some() {
                heard.events.push((name, data));
            }
            continue;
        }
        let (field, value) = match line.find(':') {
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (line, ""),
        };
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut name),
            "data" => {
                data.push_str(value);
                data.push('\n');
            }
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                heard.retry = value.parse().map(Duration::from_millis).ok().or(heard.retry);
            }
            _ => {}
        }
    }
    heard
}
