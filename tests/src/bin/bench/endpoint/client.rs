//! A device that writes over one connection, without waiting for what it wrote.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;

use samovar_domain::Epoch;
use serde_json::json;

use super::team::op;

/// See the module.
pub(super) struct Writer {
    pub(super) socket: TcpStream,
    address: String,
    token: String,
    epoch: Epoch,
    heard: Vec<u8>,
}

impl Writer {
    pub(super) fn connect(address: &str, token: &str, epoch: Epoch) -> io::Result<Self> {
        let socket = TcpStream::connect(address)?;
        socket.set_nodelay(true)?;
        Ok(Self {
            socket,
            address: address.to_owned(),
            token: token.to_owned(),
            epoch,
            heard: Vec::new(),
        })
    }

    /// Writes an item.
    pub(super) fn send(&mut self, number: u64) -> io::Result<()> {
        let body = json!({ "epoch": self.epoch, "ops": [op(number)] }).to_string();
        let request = format!(
            "POST /v1/ops HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        );
        self.socket.write_all(request.as_bytes())
    }

    /// Reads what has come; returns the number of ops that are kept. Anything but that is an error.
    pub(super) fn hear(&mut self) -> io::Result<usize> {
        let mut bytes = [0; 4096];
        match self.socket.read(&mut bytes) {
            Ok(0) => return Err(io::Error::other("the endpoint closed a writer's connection")),
            Ok(length) => self.heard.extend_from_slice(&bytes[..length]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(0),
            Err(error) => return Err(error),
        }
        let mut done = 0;
        while let Some(length) = answer_length(&self.heard)? {
            let answer = String::from_utf8_lossy(&self.heard[..length]);
            if !answer.starts_with("HTTP/1.1 200 ") || !answer.contains("\"seq\":") {
                return Err(io::Error::other(format!("an op was refused: {answer}")));
            }
            self.heard.drain(..length);
            done += 1;
        }
        Ok(done)
    }
}

/// How long the answer is that has arrived whole, if one has.
fn answer_length(bytes: &[u8]) -> io::Result<Option<usize>> {
    let Some(head) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok())
        .ok_or_else(|| io::Error::other(format!("an answer without a length: {text}")))?;
    let whole = head + 4 + length;
    Ok((bytes.len() >= whole).then_some(whole))
}
