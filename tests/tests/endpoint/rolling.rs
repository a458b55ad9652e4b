//! Two nodes on one PostgreSQL, each restarted in its turn while everybody goes on.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use samovar_core::api::Request;
use samovar_domain::wire::OpsResponse;
use samovar_domain::{Audience, Clock as _, ItemId, SystemClock};
use samovar_testkit::{Desktop, FakeClock};
use samovar_tests::endpoint::Endpoint;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::given::{Caller, Stream, parts_of, snapshot};
use samovar_backing::Cluster;

/// How many are written by each device between two restarts, at least.
const BETWEEN: usize = 12;
const DEVICES: usize = 4;
const READERS: usize = 4;

/// What everybody does goes on until it is over.
#[derive(Default)]
struct Load {
    acknowledged: AtomicUsize,
    more: Notify,
    is_over: AtomicBool,
}

impl Load {
    /// Waits until so many more were acknowledged.
    async fn goes_on(&self) {
        let wanted = self.acknowledged.load(Ordering::SeqCst) + BETWEEN * DEVICES;
        while self.acknowledged.load(Ordering::SeqCst) < wanted {
            self.more.notified().await;
        }
    }
}

/// Writes one after the other, to one node and, when it does not answer, the same to the other one: the places in the
/// sequence that it was told.
async fn writes(device: Caller, nodes: [String; 2], first: usize, load: Arc<Load>) -> Vec<(ItemId, u64)> {
    let (mut device, mut at) = (device.at(&nodes[first]), first);
    let mut told = Vec::new();
    while !load.is_over.load(Ordering::SeqCst) {
        let id = ItemId::new(device.now);
        let op = device.op("snapshot", id, &Audience::Team, snapshot("as the nodes come and go"));
        let body = json!({ "epoch": device.epoch, "ops": [op] });
        loop {
            let sent = device.call(Method::POST, "/v1/ops").json(&body).send().await;
            if let Ok(answer) = sent {
                let status = answer.status();
                // A node that ends says so, and when to come again.
                assert!(
                    status == StatusCode::OK || answer.headers().contains_key("retry-after"),
                    "{status}"
                );
                if status == StatusCode::OK
                    && let Ok(answer) = answer.json::<OpsResponse>().await
                {
                    let result = &answer.results[0];
                    assert_eq!(result.problem, None);
                    told.push((id, result.seq.unwrap()));
                    break;
                }
            }
            at = 1 - at;
            device = device.at(&nodes[at]);
        }
        load.acknowledged.fetch_add(1, Ordering::SeqCst);
        load.more.notify_one();
    }
    told
}

/// Reads a stream until it has come to `last`, and when it ends goes on at the other node, behind what it has: what it saw.
async fn reads(
    reader: Caller,
    nodes: [String; 2],
    first: usize,
    last: Arc<std::sync::OnceLock<u64>>,
) -> Vec<(ItemId, u64)> {
    let (mut reader, mut at) = (reader.at(&nodes[first]), first);
    let (mut cursor, mut seen) = (0, Vec::new());
    loop {
        let opened = reader
            .call(Method::GET, &format!("/v1/stream?after={cursor}"))
            .send()
            .await;
        if let Ok(answer) = opened
            && answer.status() == StatusCode::OK
        {
            let mut stream = Stream::of(answer);
            while let Some(event) = stream.next().await {
                let data = event
                    .lines()
                    .find_map(|line| line.strip_prefix("data: "))
                    .unwrap_or("null");
                let data: Value = serde_json::from_str(data).unwrap();
                if let Some(seq) = data["seq"].as_u64() {
                    assert!(seq > cursor, "{seq} comes behind {cursor}");
                    cursor = seq;
                    if data["kind"] == "snapshot" {
                        seen.push((data["id"].as_str().unwrap().parse().unwrap(), seq));
                    }
                }
                if last.get().is_some_and(|last| cursor >= *last) {
                    return seen;
                }
            }
        }
        at = 1 - at;
        reader = reader.at(&nodes[at]);
    }
}

fn node(folder: &Path, name: &str, address: &str) -> (Endpoint, String) {
    let address = address.to_owned();
    Endpoint::prepared(&folder.join(name), |command| {
        command.args(["--database", &address]);
    })
    .unwrap()
}

/// The first node is asked to end and started anew at its address, then the second: nobody misses anything, sees anything
/// twice, or loses a word, and desktops that know one node alone wait for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_are_restarted_in_turn_while_everybody_goes_on() {
    let cluster = Cluster::start();
    let address = cluster.address("postgres");
    let folder = tempfile::tempdir().unwrap();
    let (mut one, invite) = node(folder.path(), "one", &address);
    let ana = Caller::join_now(&invite, "Ana").await;
    // A team that has an owner invites no other.
    let mut two = Endpoint::serving(&folder.path().join("two"), "127.0.0.1:0", &address).unwrap();
    let nodes = [one.url.clone(), two.url.clone()];
    let clock = FakeClock::at(&SystemClock.now().to_string());
    let mut desktops = Vec::new();
    for (name, home) in [("Ben", 0), ("Chidi", 1)] {
        let desktop = Desktop::new(name, "Europe/Berlin", &clock).await;
        let link = ana.invite().await;
        desktop
            .join(&format!("{}/join/{}", nodes[home], parts_of(&link).1))
            .await;
        desktops.push(desktop);
    }
    let (load, last) = (Arc::new(Load::default()), Arc::new(std::sync::OnceLock::new()));
    let (mut writing, mut reading) = (Vec::new(), Vec::new());
    for number in 0..DEVICES {
        let device = ana.laptop().await;
        writing.push(tokio::spawn(writes(
            device,
            nodes.clone(),
            number % 2,
            Arc::clone(&load),
        )));
    }
    for number in 0..READERS {
        reading.push(tokio::spawn(reads(
            ana.again(),
            nodes.clone(),
            number % 2,
            Arc::clone(&last),
        )));
    }
    load.goes_on().await;
    for turn in 0..2 {
        let node = if turn == 0 { &mut one } else { &mut two };
        let data = folder.path().join(["one", "two"][turn]);
        node.ask_to_end();
        desktops[turn].shares(&format!("while node {turn} restarts")).await;
        load.goes_on().await;
        node.has_ended();
        *node = Endpoint::serving(&data, &nodes[turn], &address).unwrap();
        load.goes_on().await;
        // It has waited longer from try to try, as it would for a minute; its person does not.
        desktops[turn].ask(Request::RetryNow).await;
        desktops[turn].has_sent_everything().await;
    }
    load.is_over.store(true, Ordering::SeqCst);
    let mut told: Vec<(ItemId, u64)> = join_all(writing).await.into_iter().flat_map(Result::unwrap).collect();
    told.sort_by_key(|(_, seq)| *seq);
    last.set(ana.again().at(&nodes[0]).page("after=0&limit=1").await.head)
        .unwrap();
    // Somebody has to say something, or a reader at the end would wait for the next beat.
    let bell = ana.laptop().await;
    let rung = bell.says("that was all").await;
    for (which, seen) in join_all(reading).await.into_iter().enumerate() {
        let mut seen = seen.unwrap();
        seen.retain(|(id, _)| *id != rung && told.iter().any(|(known, _)| known == id));
        assert_eq!(seen, told, "reader {which}");
    }
    for desktop in &desktops {
        for turn in 0..2 {
            desktop.sees_snapshot(&format!("while node {turn} restarts")).await;
        }
        desktop.sees_snapshot("that was all").await;
    }
    one.end();
    two.end();
}
