//! Who carries a call to an endpoint: the network of this computer, but in a simulation.

use async_trait::async_trait;
use reqwest::{Client, Request, Response};

/// Why a call was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCarried {
    /// Nobody listens there, so nothing took the call.
    #[error("no connection")]
    NobodyListens,
    /// It may have arrived or not.
    #[error("no answer in time")]
    TookTooLong,
    /// It may have arrived or not.
    #[error("the connection broke")]
    Broke,
}

impl From<&reqwest::Error> for NotCarried {
    fn from(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::TookTooLong
        } else if error.is_connect() {
            Self::NobodyListens
        } else {
            Self::Broke
        }
    }
}

/// See the module.
#[async_trait]
pub trait Carrier: Send + Sync {
    /// Carries a call, and brings the head of its answer; the body comes with it, piece by piece. A request says itself
    /// how long it may take. `client` is what it was made with.
    async fn carry(&self, client: &Client, request: Request) -> Result<Response, NotCarried>;
}

/// The network of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Network;

#[async_trait]
impl Carrier for Network {
    async fn carry(&self, client: &Client, request: Request) -> Result<Response, NotCarried> {
        // The address of a request may carry a token; the kind of error is enough.
        client.execute(request).await.map_err(|error| NotCarried::from(&error))
    }
}
