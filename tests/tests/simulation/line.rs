//! The line of one desktop: what its calls are carried by.

use std::io;

use async_trait::async_trait;
use axum::http;
use futures_util::StreamExt as _;
use reqwest::{Client, Request, Response};
use samovar_core::carrier::{Carrier, NotCarried};
use tokio::time::Instant;

use crate::network::Network;
use crate::world::{Node, World};

/// See the module.
pub(crate) struct Line {
    pub(crate) network: Network,
    pub(crate) world: World,
    pub(crate) desktop: usize,
}

#[async_trait]
impl Carrier for Line {
    async fn carry(&self, _: &Client, request: Request) -> Result<Response, NotCarried> {
        if self.world.has_ended(Node::Desktop(self.desktop)) {
            std::future::pending::<()>().await;
        }
        let until = request.timeout().map(|patience| Instant::now() + *patience);
        let (head, body) = self.network.submits(self.desktop, &request);
        let head = within(until, head).await.ok_or(NotCarried::TookTooLong)?;
        let (status, headers) = head.unwrap_or(Err(NotCarried::Broke))?;
        let body = futures_util::stream::unfold(body, move |mut body| async move {
            let piece = within(until, body.recv()).await;
            let piece = piece.unwrap_or_else(|| Some(Err(io::ErrorKind::TimedOut.into())));
            piece.map(|piece| (piece, body))
        });
        let mut response = http::Response::new(reqwest::Body::wrap_stream(body.boxed()));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response.into())
    }
}

async fn within<T>(until: Option<Instant>, coming: impl Future<Output = T>) -> Option<T> {
    match until {
        Some(until) => tokio::time::timeout_at(until, coming).await.ok(),
        None => Some(coming.await),
    }
}
