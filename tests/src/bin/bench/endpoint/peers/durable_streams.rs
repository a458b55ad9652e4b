//! durable-streams, a server of streams that are kept, written in Rust: server-sent events to subscribers, messages by
//! HTTP, each on the disk before it is confirmed. It is the endpoint's nearest relative.
//!
//! It ends each stream after a minute, so that nothing here may take longer.

use std::io;
use std::path::Path;
use std::process::Command;

use super::{Peer, event_stream, http};

/// The stream of all messages.
const STREAM: &str = "/all";

/// See the module.
pub(super) struct DurableStreams;

impl Peer for DurableStreams {
    const NAME: &'static str = "durable-streams";
    const PROGRAM: &'static str = "durable-streams-server";
    type Stream = event_stream::Stream<true>;

    fn command(program: &Path, folder: &Path, port: u16) -> io::Result<Option<Command>> {
        let mut command = Command::new(program);
        command
            .args(["--port", &port.to_string(), "--worker-threads", "1", "--data-dir"])
            .arg(folder.join("data"));
        Ok(Some(command))
    }

    fn subscription(_: usize) -> Vec<u8> {
        http::subscribe(&format!("{STREAM}?offset=now&live=sse"))
    }

    fn introduction() -> Option<Vec<u8>> {
        Some(http::send("PUT", STREAM, ""))
    }

    fn publication(message: &str) -> Vec<u8> {
        // It joins what is written in one go, so that a message ends with its line.
        http::send("POST", STREAM, &format!("{}\n", &message[..message.len() - 1]))
    }

    fn is_refusal(answer: &[u8]) -> bool {
        http::is_refusal(answer)
    }
}
