//! How a second `samovar` of the same profile speaks to the one that runs: one JSON line there, one JSON line back.
//! Only the person who owns the profile can reach it.

use std::io;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
#[cfg(not(windows))]
use interprocess::local_socket::GenericFilePath;
#[cfg(windows)]
use interprocess::local_socket::GenericNamespaced;
use interprocess::local_socket::tokio::prelude::*;
use interprocess::local_socket::tokio::{Listener, Stream};
use interprocess::local_socket::{ListenerOptions, Name};
use samovar_core::api::{DesktopRequest, Request};
use samovar_domain::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};

use crate::profile;

/// A line to the running Samovar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ask {
    /// For its core.
    Core(Request),
    /// For its shell.
    Desktop(DesktopRequest),
    /// Show the join page with this link, for the person to confirm.
    OpenLink(String),
}

/// The line back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// The response of whoever was asked.
    Ok(Value),
    /// It was refused.
    Problem(Problem),
}

/// Answers what comes over the socket.
#[async_trait]
pub(crate) trait Answers: Send + Sync + 'static {
    /// Does what is asked.
    async fn answer(&self, ask: Ask) -> Result<Value, Problem>;
}

/// A line never needs to be longer; photos travel as paths.
const LONGEST_LINE: u64 = 1 << 20;

/// How long the running Samovar may take: a large photo on a slow machine is the longest.
const PATIENCE: Duration = Duration::from_mins(1);

fn name(profile: &Path) -> io::Result<Name<'static>> {
    #[cfg(windows)]
    return profile::socket_name(profile).to_ns_name::<GenericNamespaced>();
    #[cfg(not(windows))]
    profile::socket_path(profile).to_fs_name::<GenericFilePath>()
}

/// Listens for this profile. Only the holder of the profile's lock may: it takes the place of a socket left by a crash.
pub(crate) fn listen(profile: &Path) -> io::Result<Listener> {
    #[cfg(unix)]
    {
        use interprocess::os::unix::local_socket::ListenerOptionsExt as _;
        match std::fs::remove_file(profile::socket_path(profile)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        ListenerOptions::new().name(name(profile)?).mode(0o600).create_tokio()
    }
    #[cfg(not(unix))]
    ListenerOptions::new().name(name(profile)?).create_tokio()
}

/// Serves the listener until it is dropped with the task that runs this.
pub(crate) async fn serve<A: Answers + Clone>(listener: Listener, answers: A) {
    loop {
        match listener.accept().await {
            Ok(stream) => {
                let answers = answers.clone();
                tokio::spawn(async move {
                    if let Err(error) = converse(stream, &answers).await {
                        tracing::debug!(%error, "a command line went away");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "the socket for the command line failed");
                return;
            }
        }
    }
}

async fn converse(stream: Stream, answers: &impl Answers) -> io::Result<()> {
    let mut lines = BufReader::new(&stream);
    let mut line = String::new();
    loop {
        line.clear();
        if (&mut lines).take(LONGEST_LINE).read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let answer = match serde_json::from_str::<Ask>(&line) {
            Ok(ask) => match answers.answer(ask).await {
                Ok(value) => Answer::Ok(value),
                Err(problem) => Answer::Problem(problem),
            },
            Err(error) => Answer::Problem(Problem::new(
                "not_understood",
                format!(
                    "The running Samovar does not understand this ({error}). Is it of another version? Quit it and try again."
                ),
            )),
        };
        write_line(&stream, &answer).await?;
    }
}

async fn write_line(stream: &Stream, line: &impl Serialize) -> io::Result<()> {
    let mut bytes = serde_json::to_vec(line).map_err(io::Error::other)?;
    bytes.push(b'\n');
    let mut writer = stream;
    writer.write_all(&bytes).await
}

/// Why the running Samovar could not be asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    /// Nobody listens: no Samovar of this profile runs.
    #[error("no Samovar of this profile runs")]
    NobodyThere,
    /// It runs but does not answer.
    #[error("the running Samovar does not answer")]
    Silent,
}

/// Asks the running Samovar of this profile.
pub(crate) async fn ask(profile: &Path, ask: &Ask) -> Result<Result<Value, Problem>, AskError> {
    let name = name(profile).map_err(|_| AskError::NobodyThere)?;
    let stream = Stream::connect(name).await.map_err(|_| AskError::NobodyThere)?;
    let talk = async {
        write_line(&stream, ask).await?;
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line).await?;
        serde_json::from_str::<Answer>(&line).map_err(io::Error::other)
    };
    match tokio::time::timeout(PATIENCE, talk).await {
        Ok(Ok(Answer::Ok(value))) => Ok(Ok(value)),
        Ok(Ok(Answer::Problem(problem))) => Ok(Err(problem)),
        Ok(Err(_)) | Err(_) => Err(AskError::Silent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    struct Kettle;

    #[async_trait]
    impl Answers for Kettle {
        async fn answer(&self, ask: Ask) -> Result<Value, Problem> {
            match ask {
                Ask::Core(Request::Status) => Ok(Value::from("warm")),
                other => Err(Problem::new("cold", format!("{other:?}"))),
            }
        }
    }

    #[tokio::test]
    async fn a_question_is_answered_or_refused_over_the_socket() {
        let profile = tempfile::tempdir().unwrap();
        let serving = tokio::spawn(serve(listen(profile.path()).unwrap(), Kettle));
        let answer = ask(profile.path(), &Ask::Core(Request::Status)).await.unwrap();
        assert_eq!(answer, Ok(Value::from("warm")));
        let answer = ask(profile.path(), &Ask::Desktop(DesktopRequest::Quit)).await.unwrap();
        assert_eq!(answer.unwrap_err().code, "cold");
        serving.abort();
    }

    #[tokio::test]
    async fn what_is_not_understood_is_said_and_the_next_line_still_works() {
        let profile = tempfile::tempdir().unwrap();
        let serving = tokio::spawn(serve(listen(profile.path()).unwrap(), Kettle));
        let stream = Stream::connect(name(profile.path()).unwrap()).await.unwrap();
        write_line(&stream, &Value::from("tea?")).await.unwrap();
        write_line(&stream, &Ask::Core(Request::Status)).await.unwrap();
        let mut lines = BufReader::new(&stream).lines();
        let first = lines.next_line().await.unwrap().unwrap();
        assert!(first.contains("not_understood"), "{first}");
        assert_eq!(lines.next_line().await.unwrap().unwrap(), r#"{"ok":"warm"}"#);
        serving.abort();
    }

    #[tokio::test]
    async fn nobody_there_is_told_apart() {
        let profile = tempfile::tempdir().unwrap();
        assert!(matches!(
            ask(profile.path(), &Ask::Core(Request::Status)).await,
            Err(AskError::NobodyThere)
        ));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_socket_left_by_a_crash_is_replaced_and_nobody_else_may_use_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let profile = tempfile::tempdir().unwrap();
        let path = profile::socket_path(profile.path());
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        assert!(path.exists(), "a plain listener leaves its file behind");
        let _listener = listen(profile.path()).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
