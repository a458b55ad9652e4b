//! The endpoint of a run: the real one, but for sockets and threads.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use futures_util::StreamExt as _;
use rusqlite::{Connection, OpenFlags};
use samovar_server::blobs::BlobPlace;
use samovar_server::{Config, Server, operate};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use crate::network::{Arrival, Network};
use crate::witness::{Heard, Witness, may_see};
use crate::world::{Node, World};

/// The name that the endpoint goes by in a run.
const ADDRESS: &str = "http://tea.example";

struct Process {
    runtime: Runtime,
    router: Router,
}

/// See the module.
pub(crate) struct Endpoint {
    world: World,
    network: Network,
    witness: Witness,
    folder: PathBuf,
    lives: u32,
    clock_ahead: i64,
    process: Option<Process>,
}

impl Endpoint {
    pub(crate) fn new(world: &World, network: &Network, witness: &Witness, folder: &Path) -> Self {
        Self {
            world: world.clone(),
            network: network.clone(),
            witness: witness.clone(),
            folder: folder.join("endpoint"),
            lives: 0,
            clock_ahead: 0,
            process: None,
        }
    }

    pub(crate) fn is_up(&self) -> bool {
        self.process.is_some()
    }

    /// Starts; a link for the first to come.
    pub(crate) fn starts(&mut self) -> Option<String> {
        self.world.begins_again(Node::Endpoint);
        self.world.note(format_args!("the endpoint starts"));
        let runtime = crate::runtime();
        let config = Config {
            data: self.folder.clone(),
            database: None,
            blobs: BlobPlace::default(),
            listen: ([127, 0, 0, 1], 0).into(),
            public_url: Some(ADDRESS.to_owned()),
        };
        let clock = Arc::new(self.world.clock(self.clock_ahead));
        let (router, invite) = runtime.block_on(async {
            let server = Server::bind(config, clock).await.unwrap();
            let invite = server.owner_invite().await.unwrap();
            (server.answer_in_process(), invite)
        });
        self.process = Some(Process { runtime, router });
        self.network.endpoint_is_open(true);
        invite
    }

    /// Ends, as by a cut of the power.
    pub(crate) fn ends(&mut self) {
        self.world.note(format_args!("the endpoint is gone"));
        self.process = None;
        self.network.endpoint_is_open(false);
    }

    /// Answers what has arrived.
    pub(crate) fn takes(&self, arrival: Arrival) {
        let Some(process) = &self.process else { return };
        let (world, network, witness) = (self.world.clone(), self.network.clone(), self.witness.clone());
        process
            .runtime
            .spawn(answer(process.router.clone(), arrival, world, network, witness));
    }

    /// Goes on for a step.
    pub(crate) fn steps(&mut self, step: Duration) {
        let Some(process) = &self.process else { return };
        self.world.as_node(Node::Endpoint, || {
            process.runtime.block_on(async { tokio::time::sleep(step).await });
        });
        if self.world.has_ended(Node::Endpoint) {
            self.ends();
        }
    }

    /// Makes a backup while it serves.
    pub(crate) fn backs_up(&self) -> PathBuf {
        self.world.note(format_args!("a backup is made"));
        let process = self.process.as_ref().unwrap();
        let file = self.folder.with_extension(format!("backup-{}", self.world.millis()));
        let clock = self.world.clock(0);
        process
            .runtime
            .block_on(operate::back_up(&self.folder, &file, &clock))
            .unwrap();
        file
    }

    /// Is gone, and comes back with what a backup had.
    pub(crate) fn is_restored(&mut self, backup: &Path) {
        self.ends();
        self.world.note(format_args!("a backup is restored"));
        self.lives += 1;
        self.folder = self.folder.with_extension(format!("life-{}", self.lives));
        let clock = self.world.clock(0);
        crate::runtime()
            .block_on(operate::restore(backup, &self.folder, &clock))
            .unwrap();
        self.starts();
    }

    /// Its epoch, and the newest seq that a member may see.
    pub(crate) fn stands(&self, member: &str) -> (String, u64) {
        let database = reads(&self.folder.join("samovar-server.db"));
        let epoch = database
            .query_row("SELECT epoch FROM team", [], |row| row.get(0))
            .unwrap();
        let all = items(&database, "true");
        (
            epoch,
            all.iter()
                .filter(|item| may_see(item, member))
                .filter_map(|item| item["seq"].as_u64())
                .max()
                .unwrap_or(0),
        )
    }

    /// Everything that it has, what was deleted too, as its API writes it, in seq order.
    pub(crate) fn has(&self) -> Vec<Value> {
        items(&reads(&self.folder.join("samovar-server.db")), "true")
    }
}

/// Opens a database beside whoever writes it.
pub(crate) fn reads(file: &Path) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// Some items of a database.
pub(crate) fn items(database: &Connection, which: &str) -> Vec<Value> {
    let sql = format!("SELECT id, kind, owner, seq, audience, body FROM items WHERE {which} ORDER BY seq");
    let mut statement = database.prepare(&sql).unwrap();
    let json = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    let rows = statement.query_map([], |row| {
        Ok(json!({
            "id": row.get::<_, String>(0)?,
            "kind": row.get::<_, String>(1)?,
            "owner": row.get::<_, String>(2)?,
            "seq": row.get::<_, i64>(3)?,
            "audience": json(&row.get::<_, String>(4)?),
            "body": row.get::<_, Option<String>>(5)?.map(|body| json(&body)),
        }))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

async fn answer(router: Router, arrival: Arrival, world: World, network: Network, witness: Witness) {
    let Arrival {
        call,
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
    let is_stream = uri.starts_with("/v1/stream");
    let response = router.oneshot(request).await.unwrap_or_else(|never| match never {});
    let (head, body) = response.into_parts();
    let is_answer = head.status.is_success();
    if world.has_ended(Node::Endpoint) {
        return;
    }
    world.note(format_args!("call {call} is answered {}", head.status.as_u16()));
    if is_stream && is_answer {
        let mut looked = Witness::looks_at_stream(desktop, &uri);
        if !network.answers(call, head.status, head.headers) {
            return;
        }
        let mut body = body.into_data_stream();
        while let Some(Ok(bytes)) = body.next().await {
            if world.has_ended(Node::Endpoint) {
                return;
            }
            witness.streamed(&mut looked, &bytes);
            world.note(format_args!("stream {call}: {}", crate::digest(&bytes)));
            if !network.sends(call, bytes) {
                return;
            }
        }
    } else {
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        if world.has_ended(Node::Endpoint) {
            return;
        }
        world.note(format_args!("answer {call}: {}", crate::digest(&bytes)));
        if is_answer {
            witness.answered(&heard, &bytes);
        }
        if !network.answers(call, head.status, head.headers) || !network.sends(call, bytes) {
            return;
        }
    }
    network.ends(call);
}
