//! The line to a running Samovar that its own command line uses.

use std::io;
use std::path::Path;

use samovar_core::api::{DesktopRequest, Request, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;

/// Asks the Samovar that runs on this profile.
pub async fn ask(profile: &Path, request: &Request) -> io::Result<Response> {
    Ok(serde_json::from_value(
        say(profile, &json!({ "core": request })).await?,
    )?)
}

/// Asks its shell for something that only a desktop has.
pub async fn ask_shell(profile: &Path, request: &DesktopRequest) -> io::Result<Value> {
    say(profile, &json!({ "desktop": request })).await
}

async fn say(profile: &Path, question: &Value) -> io::Result<Value> {
    let stream = UnixStream::connect(profile.join("samovar.sock")).await?;
    let mut stream = BufReader::new(stream);
    let mut line = serde_json::to_vec(question)?;
    line.push(b'\n');
    stream.get_mut().write_all(&line).await?;
    let mut answer = String::new();
    stream.read_line(&mut answer).await?;
    let mut answer: Value = serde_json::from_str(&answer)?;
    match answer.get_mut("ok") {
        Some(response) => Ok(response.take()),
        None => Err(io::Error::other(format!("refused: {answer}"))),
    }
}
