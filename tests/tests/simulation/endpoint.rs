//! The endpoint of a run: the real one, but for sockets and threads. It is one node with a database in its folder, or
//! several that share one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use samovar_server::blobs::BlobPlace;
use samovar_server::store::DATABASE;
use samovar_server::{Config, Server, operate};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::answers::{Onlookers, answer};
use crate::between::Between;
use crate::call::Arrival;
use crate::network::Network;
use crate::rows::{items, reads};
use crate::witness::{Witness, may_see};
use crate::world::{Node, World};

/// The name that the endpoint goes by in a run.
const ADDRESS: &str = "http://tea.example";

struct Process {
    runtime: Runtime,
    router: Router,
}

struct OneNode {
    clock_ahead: i64,
    process: Option<Process>,
}

/// See the module.
pub(crate) struct Endpoint {
    world: World,
    network: Network,
    witness: Witness,
    folder: PathBuf,
    /// Where the database lies, and the photos.
    data: PathBuf,
    lives: u32,
    nodes: Vec<OneNode>,
    between: Option<Between>,
}

impl Endpoint {
    /// One whose nodes have clocks that are so many milliseconds ahead; `seed` says how things are between several.
    pub(crate) fn new(
        world: &World,
        network: &Network,
        witness: &Witness,
        folder: &Path,
        clocks: &[i64],
        seed: u64,
    ) -> Self {
        let data = folder.join("endpoint");
        std::fs::create_dir(&data).unwrap();
        let node = |clock_ahead: &i64| OneNode {
            clock_ahead: *clock_ahead,
            process: None,
        };
        let between = || Between::new(world, seed, clocks.len(), &data.join(DATABASE));
        Self {
            world: world.clone(),
            network: network.clone(),
            witness: witness.clone(),
            folder: folder.to_owned(),
            lives: 0,
            nodes: clocks.iter().map(node).collect(),
            between: (clocks.len() > 1).then(between),
            data,
        }
    }

    /// How many nodes there are.
    pub(crate) fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// What is between them, where there are several.
    pub(crate) fn between(&self) -> Option<&Between> {
        self.between.as_ref()
    }

    pub(crate) fn is_up(&self, node: usize) -> bool {
        self.nodes[node].process.is_some()
    }

    pub(crate) fn is_all_up(&self) -> bool {
        (0..self.nodes.len()).all(|node| self.is_up(node))
    }

    fn config(&self, node: usize) -> Config {
        let (data, blobs) = match &self.between {
            None => (self.data.clone(), BlobPlace::default()),
            Some(_) => (
                self.folder.join(format!("node-{node}")),
                BlobPlace {
                    place: Some(self.data.join("blobs").display().to_string()),
                    ..BlobPlace::default()
                },
            ),
        };
        Config {
            data,
            database: None,
            blobs,
            listen: ([127, 0, 0, 1], 0).into(),
            public_url: Some(ADDRESS.to_owned()),
        }
    }

    /// A node starts; a link for the first to come.
    pub(crate) fn starts(&mut self, node: usize) -> Option<String> {
        self.world.begins_again(Node::Endpoint(node));
        self.world.note(format_args!("node {node} starts"));
        let (runtime, config) = (crate::runtime(), self.config(node));
        let clock = Arc::new(self.world.clock(self.nodes[node].clock_ahead));
        let wire = self.between.as_ref().map(|between| between.of_node(node));
        let (router, invite) = runtime.block_on(async {
            let server = match wire {
                Some(wire) => Server::bind_on_stage(config, clock, wire).await.unwrap(),
                None => Server::bind(config, clock).await.unwrap(),
            };
            let invite = server.owner_invite().await.unwrap();
            (server.answer_in_process(), invite)
        });
        self.nodes[node].process = Some(Process { runtime, router });
        self.network.node_is_open(node, true);
        invite
    }

    /// All nodes start; a link for the first to come.
    pub(crate) fn all_start(&mut self) -> Option<String> {
        let links: Vec<_> = (0..self.nodes.len()).map(|node| self.starts(node)).collect();
        links.into_iter().next().flatten()
    }

    /// A node ends, as by a cut of the power.
    pub(crate) fn ends(&mut self, node: usize) {
        self.world.note(format_args!("node {node} is gone"));
        self.nodes[node].process = None;
        self.network.node_is_open(node, false);
    }

    /// Answers what has arrived.
    pub(crate) fn takes(&self, arrival: Arrival) {
        let Some(process) = &self.nodes[arrival.node].process else {
            return;
        };
        let onlookers = Onlookers {
            world: self.world.clone(),
            network: self.network.clone(),
            witness: self.witness.clone(),
            database: self.data.join(DATABASE),
        };
        let answering = answer(process.router.clone(), arrival, onlookers);
        process.runtime.spawn(answering);
    }

    /// A node goes on for a step.
    pub(crate) fn steps(&mut self, node: usize, step: Duration) {
        let Some(process) = &self.nodes[node].process else {
            return;
        };
        self.world.as_node(Node::Endpoint(node), || {
            process.runtime.block_on(async { tokio::time::sleep(step).await });
        });
        if self.world.has_ended(Node::Endpoint(node)) {
            self.ends(node);
        }
    }

    /// Makes a backup while it serves.
    pub(crate) fn backs_up(&self) -> PathBuf {
        self.world.note(format_args!("a backup is made"));
        let file = self.data.with_extension(format!("backup-{}", self.world.millis()));
        let clock = self.world.clock(0);
        crate::runtime()
            .block_on(operate::back_up(&self.data, &file, &clock))
            .unwrap();
        file
    }

    /// All nodes are gone, and come back with what a backup had.
    pub(crate) fn is_restored(&mut self, backup: &Path) {
        for node in 0..self.nodes.len() {
            self.ends(node);
        }
        self.world.note(format_args!("a backup is restored"));
        self.lives += 1;
        self.data = self.data.with_extension(format!("life-{}", self.lives));
        let clock = self.world.clock(0);
        crate::runtime()
            .block_on(operate::restore(backup, &self.data, &clock))
            .unwrap();
        if let Some(between) = &self.between {
            between.is_now(&self.data.join(DATABASE));
        }
        self.all_start();
    }

    /// Its epoch, and the newest seq that a member may see.
    pub(crate) fn stands(&self, member: &str) -> (String, u64) {
        let database = reads(&self.data.join(DATABASE));
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
        items(&reads(&self.data.join(DATABASE)), "true")
    }
}
