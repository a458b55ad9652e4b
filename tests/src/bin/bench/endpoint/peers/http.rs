//! Requests over HTTP, and whether they were granted.

/// The host that is asked; all of them take any.
const HOST: &str = "peer";

/// Asks for a stream of events.
pub(super) fn subscribe(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nhost: {HOST}\r\naccept: text/event-stream\r\n\r\n").into_bytes()
}

/// Sends words.
pub(super) fn send(method: &str, target: &str, words: &str) -> Vec<u8> {
    format!(
        "{method} {target} HTTP/1.1\r\nhost: {HOST}\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n{words}",
        words.len()
    )
    .into_bytes()
}

/// Whether one of these answers is not a good one.
pub(super) fn is_refusal(answers: &[u8]) -> bool {
    const BEGINS: &[u8] = b"HTTP/1.1 ";
    answers
        .windows(BEGINS.len() + 1)
        .any(|window| window.starts_with(BEGINS) && !window.ends_with(b"2"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_refusal_among_answers_is_seen() {
        let good = "HTTP/1.1 204 No Content\r\n\r\n";
        assert!(!is_refusal(good.repeat(3).as_bytes()));
        assert!(is_refusal(format!("{good}HTTP/1.1 404 Not Found\r\n\r\n").as_bytes()));
    }
}
