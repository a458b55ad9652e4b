//! Somebody who speaks to an endpoint in words of HTTP; an endpoint in this process, and one in a process of its own.

use std::cell::Cell;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response, StatusCode};
use samovar_backing::{BUCKET, Bucket};
use samovar_domain::{BlobHash, Clock, ItemId, SystemClock};
use samovar_server::blobs::BlobPlace;
use samovar_server::{Config, Server, StartError};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The longest that anything is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);
/// How often it is looked for what has no event of its own.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// A kitchen with a loaf of bread.
pub(crate) const KITCHEN: &[u8] = include_bytes!("../../../pictures/fixtures/kitchen.jpg");
/// A desk with a plant.
pub(crate) const DESK: &[u8] = include_bytes!("../../../pictures/fixtures/desk.jpg");

/// A photo as a desktop shares it.
pub(crate) fn photo(of: &[u8]) -> Vec<u8> {
    samovar_pictures::prepare(of).unwrap().thumbnail.bytes
}

/// Photos in a bucket, below a prefix.
pub(crate) fn photos_in(bucket: &Bucket, prefix: &str) -> BlobPlace {
    BlobPlace {
        place: Some(format!("s3://{BUCKET}/{prefix}")),
        endpoint: Some(bucket.endpoint()),
        region: Some("us-east-1".to_owned()),
        credentials: Some(bucket.credentials()),
    }
}

/// Photos in a folder.
pub(crate) fn photos_at(folder: &Path) -> BlobPlace {
    BlobPlace {
        place: Some(folder.to_str().unwrap().to_owned()),
        ..BlobPlace::default()
    }
}

/// Waits until something is so that has no event of its own.
pub(crate) async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let waiting = async {
        while !is_so().await {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, waiting).await;
    assert!(waited.is_ok(), "{what}: it is not so");
}

/// The files below a folder that hold these bytes.
pub(crate) fn files_with(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(held) = std::fs::read(&path)
                && held.windows(bytes.len()).any(|window| window == bytes)
            {
                found.push(path);
            }
        }
    }
    found
}

/// Waits until no file below a folder holds these bytes: photos are deleted right after an answer.
pub(crate) async fn lets_go_of(folder: &Path, bytes: &[u8]) {
    until("they are gone", async || files_with(folder, bytes).is_empty()).await;
}

/// A member with one device.
pub(crate) struct Caller {
    base_url: String,
    token: String,
    epoch: Value,
    next: Cell<u64>,
    client: reqwest::Client,
}

impl Caller {
    /// Joins by a link.
    pub(crate) async fn join(link: &str, name: &str) -> Self {
        // Only the first caller in a process installs it; the others find it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let (base_url, invite) = link.split_once("/join/").unwrap();
        let body = json!({ "invite": invite, "name": name, "time_zone": "Europe/Berlin", "device_name": "desk" });
        let joined = client
            .post(format!("{base_url}/v1/join"))
            .json(&body)
            .send()
            .await
            .unwrap();
        let joined: Value = joined.error_for_status().unwrap().json().await.unwrap();
        Self {
            base_url: base_url.to_owned(),
            token: joined["token"].as_str().unwrap().to_owned(),
            epoch: joined["epoch"].clone(),
            next: Cell::new(1),
            client,
        }
    }

    /// The same person, where the endpoint is now.
    pub(crate) async fn at(mut self, base_url: &str) -> Self {
        base_url.clone_into(&mut self.base_url);
        self.epoch = self.page().await["epoch"].clone();
        self
    }

    pub(crate) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let call = self.client.request(method, format!("{}{path}", self.base_url));
        call.bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.call(Method::GET, path).send().await.unwrap()
    }

    /// A link that lets one more person in.
    pub(crate) async fn invite(&self) -> String {
        let made = self
            .call(Method::POST, "/v1/invites")
            .json(&json!({}))
            .send()
            .await
            .unwrap();
        let made: Value = made.json().await.unwrap();
        made["link"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn page(&self) -> Value {
        self.get("/v1/items?after=0&limit=1000").await.json().await.unwrap()
    }

    /// The words of all snapshots, in their order.
    pub(crate) async fn reads(&self) -> Vec<String> {
        let page = self.page().await;
        let words = |item: &Value| Some(item["body"].get("text")?.as_str()?.to_owned());
        page["items"].as_array().unwrap().iter().filter_map(words).collect()
    }

    /// The next op of the device.
    pub(crate) fn op(&self, id: ItemId, body: &Value) -> Value {
        let n = self.next.replace(self.next.get() + 1);
        json!({ "n": n, "id": id, "kind": "snapshot", "audience": "team", "created_at": SystemClock.now(), "body": body })
    }

    pub(crate) async fn posts(&self, op: &Value) -> Response {
        let call = self.call(Method::POST, "/v1/ops");
        call.json(&json!({ "epoch": self.epoch, "ops": [op] }))
            .send()
            .await
            .unwrap()
    }

    /// Writes a snapshot, or deletes it.
    pub(crate) async fn writes(&self, id: ItemId, body: &Value) {
        let answer = self.posts(&self.op(id, body)).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let answer: Value = answer.json().await.unwrap();
        assert!(
            answer["results"][0].get("problem").is_none_or(Value::is_null),
            "{answer}"
        );
    }

    pub(crate) async fn says(&self, words: &str) {
        let body = json!({ "text": words, "photos": [], "lifetime": "24h" });
        self.writes(ItemId::new(SystemClock.now()), &body).await;
    }

    /// Shares a photo that was brought.
    pub(crate) async fn shares(&self, photo: BlobHash) -> ItemId {
        let id = ItemId::new(SystemClock.now());
        self.writes(id, &snapshot_of(photo)).await;
        id
    }

    pub(crate) async fn tries_to_bring(&self, bytes: &[u8]) -> Response {
        let call = self.call(Method::PUT, &path(BlobHash::of(bytes)));
        call.body(bytes.to_vec()).send().await.unwrap()
    }

    pub(crate) async fn brings(&self, bytes: &[u8]) -> BlobHash {
        assert_eq!(self.tries_to_bring(bytes).await.status(), StatusCode::CREATED);
        BlobHash::of(bytes)
    }

    pub(crate) async fn sees(&self, photo: BlobHash) -> Vec<u8> {
        let answer = self.get(&path(photo)).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.bytes().await.unwrap().to_vec()
    }
}

/// Where a photo is asked for.
pub(crate) fn path(photo: BlobHash) -> String {
    format!("/v1/blobs/{photo}")
}

/// The body of a snapshot with this photo.
pub(crate) fn snapshot_of(photo: BlobHash) -> Value {
    json!({ "photos": [{ "blob": photo, "width": 8, "height": 8, "thumbhash": "" }], "lifetime": "24h" })
}

/// The code that a call was refused with, behind its status.
pub(crate) async fn refusal(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let problem: Value = answer.json().await.unwrap();
    (status, problem["code"].as_str().unwrap().to_owned())
}

/// An endpoint that serves in this process, until it is stopped.
pub(crate) struct Serving {
    pub(crate) url: String,
    pub(crate) owner_invite: Option<String>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Serving {
    pub(crate) async fn start(data: &Path, database: Option<String>, blobs: BlobPlace) -> Result<Self, StartError> {
        let config = Config {
            data: data.to_owned(),
            database,
            blobs,
            listen: ([127, 0, 0, 1], 0).into(),
            public_url: None,
        };
        let server = Server::bind(config, Arc::new(SystemClock)).await?;
        let (url, owner_invite) = (server.base_url(), server.owner_invite().await?);
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async move {
            let _ = stopped.await;
        }));
        Ok(Self {
            url,
            owner_invite,
            stop,
            running,
        })
    }

    pub(crate) async fn stop(self) {
        drop(self.stop);
        self.running.await.unwrap();
    }
}

/// The program, in a process of its own, until it is dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) url: String,
    pub(crate) owner_invite: Option<String>,
}

impl Program {
    /// Starts it where nobody owns the team yet: it says how somebody comes to.
    pub(crate) fn new(data: &Path, log: &Path, prepare: impl FnOnce(&mut Command)) -> Result<Self, String> {
        let (mut program, mut lines) = Self::start(data, log, prepare)?;
        let invite = lines.next().unwrap();
        program.owner_invite = Some(invite.strip_prefix("owner invite: ").unwrap().to_owned());
        Ok(program)
    }

    /// Starts it where somebody owns the team.
    pub(crate) fn again(data: &Path, log: &Path, prepare: impl FnOnce(&mut Command)) -> Result<Self, String> {
        Self::start(data, log, prepare).map(|(program, _)| program)
    }

    fn start(
        data: &Path,
        log: &Path,
        prepare: impl FnOnce(&mut Command),
    ) -> Result<(Self, impl Iterator<Item = String>), String> {
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        prepare(&mut command);
        let errors = std::fs::File::create(log).unwrap();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let Some(url) = lines.next() else {
            child.wait().unwrap();
            return Err(std::fs::read_to_string(log).unwrap());
        };
        let program = Self {
            child,
            url: url.strip_prefix("listening on ").unwrap().to_owned(),
            owner_invite: None,
        };
        Ok((program, lines))
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program, with nothing said to it yet.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_samovar-server"))
}
