//! The line to a running Samovar that its own command line uses.

use std::io;
use std::path::Path;

use samovar_core::api::{Request, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;

/// Asks the Samovar that runs on this profile.
pub async fn ask(profile: &Path, request: &Request) -> io::Result<Response> {
    let stream = UnixStream::connect(profile.join("samovar.sock")).await?;
    let mut stream = BufReader::new(stream);
    let mut line = serde_json::to_vec(&json!({ "core": request }))?;
    line.push(b'\n');
    stream.get_mut().write_all(&line).await?;
    let mut answer = String::new();
    stream.read_line(&mut answer).await?;
    let mut answer: Value = serde_json::from_str(&answer)?;
    match answer.get_mut("ok") {
        Some(response) => Ok(serde_json::from_value(response.take())?),
        None => Err(io::Error::other(format!("refused: {answer}"))),
    }
}
