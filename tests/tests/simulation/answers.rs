//! A node's answer to a call, with those who look on.

use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use futures_util::StreamExt as _;
use tokio::time::Instant;
use tower::ServiceExt as _;

use crate::call::Arrival;
use crate::network::Network;
use crate::rows::{head, reads};
use crate::witness::{Heard, Witness};
use crate::world::{Node, World};

/// How long a stream may go on after the last one who listened has gone.
const UNNOTICED: Duration = Duration::from_secs(5);

/// Who looks on, and at what.
pub(crate) struct Onlookers {
    pub(crate) world: World,
    pub(crate) network: Network,
    pub(crate) witness: Witness,
    /// Where the node's database is.
    pub(crate) database: PathBuf,
}

/// Has a node answer a call.
pub(crate) async fn answer(router: Router, arrival: Arrival, onlookers: Onlookers) {
    let Onlookers {
        world,
        network,
        witness,
        database,
    } = onlookers;
    let Arrival {
        call,
        node,
        desktop,
        request,
        sent,
    } = arrival;
    let uri = request.uri().to_string();
    let token = request
        .headers()
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let token = token.to_owned();
    let heard = Heard {
        desktop,
        uri: uri.clone(),
        token,
        sent,
        floor: witness.floor(),
    };
    let leaves = request.method() == "DELETE" && uri == "/v1/members/me";
    let is_stream = uri.starts_with("/v1/stream");
    let response = router.oneshot(request).await.unwrap_or_else(|never| match never {});
    let (began, body) = response.into_parts();
    let is_answer = began.status.is_success();
    if world.has_ended(Node::Endpoint(node)) {
        return;
    }
    world.note(format_args!(
        "call {call} is answered {} by {node}",
        began.status.as_u16()
    ));
    if is_stream && is_answer {
        let mut looked = Witness::looks_at_stream(desktop, &uri);
        if !network.answers(call, began.status, began.headers) {
            return;
        }
        let mut body = body.into_data_stream();
        let mut unheard_since = None;
        while let Some(Ok(bytes)) = body.next().await {
            if world.has_ended(Node::Endpoint(node)) {
                return;
            }
            witness.streamed(&mut looked, &bytes);
            world.note(format_args!("stream {call}: {}", crate::digest(&bytes)));
            // It takes a while until it is noticed that nobody listens any more; until then all must be as ever.
            let since = match unheard_since {
                Some(since) => since,
                None if network.sends(call, bytes) => continue,
                None => *unheard_since.insert(Instant::now()),
            };
            if since.elapsed() > UNNOTICED {
                return;
            }
        }
    } else {
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        if world.has_ended(Node::Endpoint(node)) {
            return;
        }
        world.note(format_args!("answer {call}: {}", crate::digest(&bytes)));
        if is_answer {
            witness.answered(&heard, &bytes);
        }
        if is_answer && leaves {
            witness.has_left(desktop, head(&reads(&database)));
        }
        if !network.answers(call, began.status, began.headers) || !network.sends(call, bytes) {
            return;
        }
    }
    network.ends(call);
}
