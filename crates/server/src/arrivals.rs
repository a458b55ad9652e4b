//! Which way a new connection goes: streams to the reactor where there is one, everything else to hyper.

use std::sync::Arc;

use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::task::TaskTracker;

use crate::connection::{self, Peer};
use crate::operation::overload;
use crate::operation::tls::Tls;
#[cfg(target_os = "linux")]
use crate::reactor::{Looked, Patience, Reactor, look};
use crate::routes;
use crate::state::{App, Counters};

/// Who carries streams that may be carried together.
#[derive(Debug, Clone)]
pub(crate) enum Carrier {
    /// A task for each.
    Tasks,
    /// The reactor, where there is one.
    #[cfg(target_os = "linux")]
    Reactor(Patience),
}

impl Default for Carrier {
    fn default() -> Self {
        #[cfg(target_os = "linux")]
        return Self::Reactor(Patience::default());
        #[cfg(not(target_os = "linux"))]
        return Self::Tasks;
    }
}

/// See the module. Streams in the reactor end when the last one is dropped.
#[derive(Clone)]
pub(crate) struct Arrivals {
    app: App,
    router: axum::Router,
    tls: Option<Arc<Tls>>,
    #[cfg(target_os = "linux")]
    reactor: Option<Arc<Reactor>>,
}

impl Arrivals {
    /// Starts what carries streams. It ends when the endpoint stops, and `tasks` wait for it.
    pub(crate) fn new(app: App, tls: Option<Arc<Tls>>, tasks: &TaskTracker, carrier: Carrier) -> Self {
        #[cfg(not(target_os = "linux"))]
        let _ = (tasks, carrier);
        Self {
            router: routes::router(app.clone()),
            tls,
            #[cfg(target_os = "linux")]
            reactor: match carrier {
                Carrier::Tasks => None,
                Carrier::Reactor(patience) => start(&app, tasks, patience),
            },
            app,
        }
    }

    /// Tells a connection that there is no room for it.
    pub(crate) async fn turn_away(self, socket: TcpStream, _place: OwnedSemaphorePermit) {
        Counters::add(&self.app.counters.turned_away, 1);
        let has_tls = self.app.has_tls();
        match &self.tls {
            None => overload::turn_away(socket, has_tls).await,
            Some(tls) => {
                if let Ok(connection) = tls.accept(socket).await {
                    overload::turn_away(connection, has_tls).await;
                }
            }
        }
    }

    /// Answers the calls of a connection until it ends, or hands it on.
    pub(crate) async fn serve(self, socket: TcpStream, peer: Peer, place: OwnedSemaphorePermit) {
        if let Some(tls) = &self.tls {
            // What comes by TLS has a task: the system does not encrypt what the reactor would write.
            match tls.accept(socket).await {
                Ok(connection) => {
                    connection::serve(connection, peer, None, self.router, self.app.stopping.clone()).await;
                }
                Err(error) => tracing::debug!(%error, "a TLS handshake failed"),
            }
            return;
        }
        #[cfg(target_os = "linux")]
        let (socket, place, refused) = match &self.reactor {
            Some(reactor) => match look(socket, peer, place, &self.app, reactor).await {
                Looked::Taken => return,
                Looked::Left(socket, place, refused) => (socket, place, refused),
            },
            None => (socket, place, None),
        };
        #[cfg(not(target_os = "linux"))]
        let refused = None;
        connection::serve(socket, peer, refused, self.router, self.app.stopping.clone()).await;
        drop(place);
    }
}

#[cfg(target_os = "linux")]
fn start(app: &App, tasks: &TaskTracker, patience: Patience) -> Option<Arc<Reactor>> {
    match Reactor::start(app.clone(), patience) {
        Ok((reactor, ended)) => {
            let reactor = Arc::new(reactor);
            let (stops, stopping) = (Arc::downgrade(&reactor), app.stopping.clone());
            tasks.spawn(async move {
                stopping.cancelled().await;
                if let Some(reactor) = stops.upgrade() {
                    reactor.stop();
                }
                let _ = ended.await;
            });
            Some(reactor)
        }
        Err(error) => {
            tracing::warn!(%error, "each stream has a task of its own, since there is no way to carry them together");
            None
        }
    }
}
