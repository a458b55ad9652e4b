//! The development host: the real core behind HTTP, so that the UI can be driven in an ordinary browser. It serves the
//! built UI, carries the one language at `/ipc`, and fills a team with life so that there is something to see.
//!
//! It listens on loopback only, has no authentication, and is never part of what people install.
#![expect(clippy::print_stdout, reason = "the address is told to whoever started it")]

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use clap::Parser;
use samovar_core::Core;
use samovar_core::api::{Call, Request};
use samovar_core::parts::Parts;
use samovar_domain::{BlobHash, Problem, SystemClock};
use samovar_testkit::{InProcessHost, RecordingNotifier, lively};
use tower_http::services::ServeDir;

/// The real core behind HTTP, for developing and testing the UI in a browser.
#[derive(Debug, Parser)]
struct Arguments {
    /// Where to listen; port 0 takes any free one.
    #[arg(long, default_value = "127.0.0.1:7466")]
    listen: SocketAddr,
    /// The built UI.
    #[arg(long, default_value = "ui/dist")]
    ui: PathBuf,
    /// Begin with no team, at the first run.
    #[arg(long)]
    empty: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let profile = tempfile::tempdir()?;
    let core = Core::open(Parts {
        folder: profile.path().to_owned(),
        clock: Arc::new(SystemClock),
        timer: samovar_core::reminder_driver::system_timer(Arc::new(SystemClock)),
        notifier: Arc::new(RecordingNotifier::default()),
        secrets: Arc::new(samovar_core::secrets::NoSecrets),
        slack_api: samovar_core::slack::API.to_owned(),
        carrier: Arc::new(samovar_core::carrier::Network),
        endpoint_host: Arc::new(InProcessHost::new(SystemClock)),
        downloads: profile.path().join("downloads"),
        device_name: "Development".to_owned(),
        system_zone: Arc::new("America/Lima".to_owned()),
        system_locale: "en".to_owned(),
    })
    .await?;
    core.start();
    let team = if arguments.empty {
        None
    } else {
        Some(lively::team(&core).await?)
    };
    let app = Router::new()
        .route("/ipc", post(call))
        .route("/ipc/changed", get(changed))
        .route("/photo/{hash}", get(photo))
        .fallback_service(ServeDir::new(arguments.ui))
        .with_state(core.clone());
    let listener = tokio::net::TcpListener::bind(arguments.listen).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app)
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    drop(team);
    core.close().await;
    Ok(())
}

fn refused(problem: &Problem) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(problem)).into_response()
}

async fn call(State(core): State<Core>, axum::Json(call): axum::Json<Call>) -> Response {
    let request: Request = match call {
        Call::Core(request) => request,
        Call::Desktop(_) => return refused(&Problem::new("no_desktop", "A browser does this by its own means.")),
    };
    match core.call(request).await {
        Ok(response) => axum::Json(serde_json::json!({ "core": response })).into_response(),
        Err(problem) => refused(&problem),
    }
}

async fn changed(State(core): State<Core>) -> Response {
    let changes = futures_util::stream::unfold(core.changes(), |mut changes| async move {
        loop {
            match changes.recv().await {
                Ok(changed) => {
                    let json = serde_json::to_string(&changed).expect("changes are made of JSON");
                    return Some((Ok::<_, Infallible>(format!("data: {json}\n\n")), changes));
                }
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return None,
            }
        }
    });
    let hello = futures_util::stream::once(async { Ok::<_, Infallible>(": hello\n\n".to_owned()) });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (
        headers,
        Body::from_stream(futures_util::StreamExt::chain(hello, changes)),
    )
        .into_response()
}

async fn photo(
    State(core): State<Core>,
    Path(hash): Path<String>,
    Query(query): Query<std::collections::HashMap<String, String>>,
) -> Response {
    let Ok(blob) = hash.parse::<BlobHash>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let small = query.get("size").is_some_and(|size| size == "thumb");
    match core.photo(blob, small).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
