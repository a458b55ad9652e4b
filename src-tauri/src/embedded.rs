//! A team whose endpoint is this computer: the same endpoint that a server runs, on the same folder, in this process.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use samovar_core::endpoint_host::{EndpointHost, StartedEndpoint};
use samovar_domain::{Problem, SystemClock};
use samovar_server::blobs::BlobPlace;
use samovar_server::{Config, Server, StartError};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Remembers the port, so that links that were handed out keep working.
const PORT_FILE: &str = "port";

/// The endpoint of this process, once it was asked for.
#[derive(Default)]
pub(crate) struct EmbeddedEndpoint(Mutex<Option<Running>>);

struct Running {
    started: StartedEndpoint,
    stop: CancellationToken,
    serving: Option<JoinHandle<()>>,
}

#[async_trait]
impl EndpointHost for EmbeddedEndpoint {
    async fn start(&self, folder: &Path) -> Result<StartedEndpoint, Problem> {
        let mut running = self.0.lock().await;
        if let Some(running) = &*running {
            return Ok(running.started.clone());
        }
        let remembered = remembered_port(folder);
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, remembered.unwrap_or(0)));
        let config = Config {
            data: folder.to_owned(),
            database: None,
            blobs: BlobPlace::IN_THE_FOLDER,
            listen,
            public_url: None,
        };
        let server = match Server::bind(config, Arc::new(SystemClock)).await {
            Ok(server) => server,
            Err(StartError::AlreadyServed(_)) if remembered.is_some() => {
                // Another process serves the folder: it is to be found where this one was.
                let started = StartedEndpoint {
                    base_url: format!("http://{listen}"),
                    owner_invite: None,
                };
                return Ok(started);
            }
            Err(error) => return Err(problem(&error)),
        };
        if remembered != Some(server.local_addr().port()) {
            remember_port(folder, server.local_addr().port()).map_err(|error| not_kept(&error.to_string()))?;
        }
        let owner_invite = server
            .owner_invite()
            .await
            .map_err(|error| not_kept(&error.to_string()))?;
        let started = StartedEndpoint {
            base_url: server.base_url(),
            owner_invite,
        };
        let stop = CancellationToken::new();
        let serving = tokio::spawn(server.run(stop.clone().cancelled_owned()));
        *running = Some(Running {
            started: started.clone(),
            stop,
            serving: Some(serving),
        });
        Ok(started)
    }
}

impl EmbeddedEndpoint {
    /// Stops it, if it runs: calls under way are finished.
    pub(crate) async fn stop(&self) {
        if let Some(mut running) = self.0.lock().await.take() {
            running.stop.cancel();
            if let Some(serving) = running.serving.take()
                && let Err(error) = serving.await
            {
                tracing::error!(%error, "the endpoint ended badly");
            }
        }
    }
}

fn remembered_port(folder: &Path) -> Option<u16> {
    std::fs::read_to_string(folder.join(PORT_FILE))
        .ok()?
        .trim()
        .parse()
        .ok()
        .filter(|port| *port != 0)
}

fn remember_port(folder: &Path, port: u16) -> std::io::Result<()> {
    let partial = folder.join(format!(".{PORT_FILE}.part"));
    std::fs::write(&partial, format!("{port}\n"))?;
    std::fs::rename(partial, folder.join(PORT_FILE))
}

fn problem(error: &StartError) -> Problem {
    match error {
        StartError::Listen { address, .. } => Problem::new(
            "port_taken",
            format!(
                "The team's endpoint on this computer cannot listen on {address}: another program uses it. \
                 Everything is kept. Quit that program and try again."
            ),
        ),
        StartError::AlreadyServed(_) => Problem::new(
            "endpoint_in_use",
            "Another program serves this team's endpoint just now. Everything is kept. Quit it and try again.",
        ),
        other => not_kept(&other.to_string()),
    }
}

fn not_kept(why: &str) -> Problem {
    Problem::new(
        "endpoint_failed",
        format!("The team's endpoint on this computer could not start: {why}. What was there is kept."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_team_on_this_computer_is_found_at_the_same_address_again() {
        let folder = tempfile::tempdir().unwrap();
        let endpoint = EmbeddedEndpoint::default();
        let first = endpoint.start(folder.path()).await.unwrap();
        assert!(first.base_url.starts_with("http://127.0.0.1:"), "{first:?}");
        assert!(first.owner_invite.as_ref().unwrap().starts_with(&first.base_url));
        assert_eq!(
            endpoint.start(folder.path()).await.unwrap(),
            first,
            "it is started once"
        );

        let other = EmbeddedEndpoint::default();
        assert_eq!(
            other.start(folder.path()).await.unwrap().base_url,
            first.base_url,
            "another process finds it"
        );

        endpoint.stop().await;
        let again = EmbeddedEndpoint::default();
        assert_eq!(again.start(folder.path()).await.unwrap().base_url, first.base_url);
        again.stop().await;
    }

    #[tokio::test]
    async fn a_port_that_another_program_took_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        remember_port(folder.path(), taken.local_addr().unwrap().port()).unwrap();
        let problem = EmbeddedEndpoint::default().start(folder.path()).await.unwrap_err();
        assert_eq!(problem.code, "port_taken");
    }
}
