//! The Samovar that a command speaks to: the one that runs, or one of the command's own for as long as it takes.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use samovar_core::api::{Connection, Request, Response};
use samovar_core::{Core, OpenError};

use super::{Failure, exit, status_of};
use crate::embedded::EmbeddedEndpoint;
use crate::notifier::Silent;
use crate::socket::{self, Ask, AskError};
use crate::{parts, words_on_terminal as say};

/// How long a command without a running Samovar tries to reach the endpoint.
const FLUSH: Duration = Duration::from_secs(5);

/// How long a command waits for another one that has the profile open.
const WAIT_FOR_PROFILE: Duration = Duration::from_secs(10);

/// The Samovar that a command speaks to.
pub(super) enum Samovar<'a> {
    /// The one that runs.
    Running(&'a Path),
    /// One of this process, for as long as the command takes.
    Own {
        core: Core,
        endpoint: Arc<EmbeddedEndpoint>,
    },
}

impl<'a> Samovar<'a> {
    /// The running one, or an own one; waits a while for another command to let go of the profile.
    pub(super) async fn reach(profile: &'a Path) -> Result<Self, Failure> {
        let started = tokio::time::Instant::now();
        loop {
            match socket::ask(profile, &Ask::Core(Request::Status)).await {
                Ok(_) => return Ok(Self::Running(profile)),
                Err(AskError::Silent) => return Err(busy()),
                Err(AskError::NobodyThere) => {}
            }
            let endpoint = Arc::new(EmbeddedEndpoint::default());
            let parts = parts::of_this_computer(profile, Arc::new(Silent), Arc::clone(&endpoint) as _);
            match Core::open(parts).await {
                Ok(core) => return Ok(Self::Own { core, endpoint }),
                Err(OpenError::AlreadyOpen) if started.elapsed() < WAIT_FOR_PROFILE => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Err(OpenError::AlreadyOpen) => return Err(busy()),
                Err(error) => {
                    return Err(Failure {
                        code: exit::FAILED,
                        words: format!("{error}; nothing was changed"),
                    });
                }
            }
        }
    }

    pub(super) async fn ask(&self, request: Request) -> Result<Response, Failure> {
        match self {
            Self::Running(profile) => match socket::ask(profile, &Ask::Core(request)).await {
                Ok(Ok(value)) => serde_json::from_value(value).map_err(|error| Failure {
                    code: exit::FAILED,
                    words: format!("the running Samovar is of another version ({error}); quit it and look again"),
                }),
                Ok(Err(problem)) => Err(problem.into()),
                Err(_) => Err(busy()),
            },
            Self::Own { core, .. } => core.call(request).await.map_err(Into::into),
        }
    }

    /// Fetches what is new. The running one has it already.
    pub(super) async fn refresh(&self) {
        if let Self::Own { core, .. } = self {
            core.flush(FLUSH).await;
        }
    }

    /// As [`Samovar::refresh`], when this process knows nobody yet.
    pub(super) async fn refresh_if_alone(&self) {
        if let Self::Own { core, .. } = self {
            let knows_nobody = match core.call(Request::Today).await {
                Ok(Response::Today(today)) => today.people.is_empty(),
                _ => false,
            };
            if knows_nobody {
                core.flush(FLUSH).await;
            }
        }
    }

    /// Tries to send what was written, and puts how that went into words after `done`.
    pub(super) async fn sent(&self, done: &str) -> Result<String, Failure> {
        if let Self::Own { core, .. } = self {
            let refused_before = status_of(self.ask(Request::Status).await?)?.refused;
            let waiting = core.flush(FLUSH).await;
            let status = status_of(self.ask(Request::Status).await?)?;
            if let Some(refused) = status.refused.iter().find(|refused| !refused_before.contains(refused)) {
                let words = format!(
                    "{} Your words are kept: samovar status --json shows them.",
                    refused.problem.detail
                );
                return Err(Failure {
                    code: exit::FAILED,
                    words,
                });
            }
            return Ok(say::sent(done, waiting.ops == 0, &status.connection, false));
        }
        let status = status_of(self.ask(Request::Status).await?)?;
        let is_on_its_way = matches!(status.connection, Connection::Online | Connection::Connecting);
        Ok(say::sent(done, is_on_its_way, &status.connection, true))
    }

    pub(super) async fn leave(self) {
        if let Self::Own { core, endpoint } = self {
            core.close().await;
            endpoint.stop().await;
        }
    }
}

fn busy() -> Failure {
    Failure {
        code: exit::BUSY,
        words: "another Samovar has this profile open and does not answer; nothing was changed; \
                wait a moment, or quit that one and try again"
            .to_owned(),
    }
}
