//! What stand-ins for others' services have in common: a free port on this computer, for as long as they live.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use tokio_util::task::AbortOnDropHandle;

/// Serves `app` until the last handle is dropped.
pub(crate) async fn serve(app: Router) -> (SocketAddr, Arc<AbortOnDropHandle<()>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a free port can be listened on");
    let address = listener.local_addr().expect("a listener has an address");
    let task = tokio::spawn(async move {
        let _ = axum::serve(listener, app).await;
    });
    (address, Arc::new(AbortOnDropHandle::new(task)))
}
