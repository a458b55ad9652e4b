//! Mosquitto: MQTT.

use std::io;
use std::path::Path;
use std::process::Command;

use super::{Peer, mqtt};

/// See the module.
pub(super) struct Mosquitto;

impl Peer for Mosquitto {
    const NAME: &'static str = "mosquitto";
    const PROGRAM: &'static str = "mosquitto";
    type Stream = mqtt::Stream;

    fn command(program: &Path, folder: &Path, port: u16) -> io::Result<Option<Command>> {
        // 0 of what is queued is without a limit.
        let settings = format!(
            "listener {port} 127.0.0.1\nallow_anonymous true\nmax_connections -1\nmax_queued_messages 0\n\
             max_queued_bytes 0\nset_tcp_nodelay true\npersistence false\nsys_interval 0\nlog_dest stderr\n\
             log_type error\nlog_type warning\n"
        );
        let file = folder.join("mosquitto.conf");
        std::fs::write(&file, settings)?;
        let mut command = Command::new(program);
        command.arg("-c").arg(file);
        Ok(Some(command))
    }

    fn subscription(number: usize) -> Vec<u8> {
        [mqtt::connect(&format!("reader-{number}")), mqtt::subscribe()].concat()
    }

    fn introduction() -> Option<Vec<u8>> {
        Some(mqtt::connect("writer"))
    }

    fn publication(message: &str) -> Vec<u8> {
        mqtt::publish(message)
    }

    fn is_refusal(answer: &[u8]) -> bool {
        // To connect is all that is answered.
        answer.get(3) != Some(&0)
    }
}
