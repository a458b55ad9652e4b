//! Endpoints as their callers see them, on one database.

use reqwest::StatusCode;
use samovar_domain::Kind;
use samovar_domain::wire::{MirrorRequest, MirrorSubject, MirrorTarget};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::*;
use crate::blobs::BlobPlace;
use crate::operate::Place;
use crate::operate_mirrors::{self, Reach};
use crate::operate_team::{self, Standing};
use crate::store::conformance::{item_id, join, kudos};
use crate::{Config, Endpoint, Server};

/// An endpoint that serves, until it is dropped.
struct Serving {
    url: String,
    owner_invite: Option<String>,
    endpoint: Endpoint,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
    folder: TempDir,
}

impl Serving {
    async fn start(address: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data: folder.path().join("data"),
            database: Some(address.to_owned()),
            blobs: BlobPlace::IN_THE_FOLDER,
            listen: ([127, 0, 0, 1], 0).into(),
            public_url: None,
        };
        let server = Server::bind(config, Arc::new(Still(start()))).await.unwrap();
        let (url, owner_invite) = (server.base_url(), server.owner_invite().await.unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let endpoint = server.endpoint();
        let running = tokio::spawn(server.run(async move {
            let _ = stopped.await;
        }));
        Self {
            url,
            owner_invite,
            endpoint,
            stop,
            running,
            folder,
        }
    }

    /// The token of somebody who joins here with an invite link.
    async fn join(&self, link: &str, name: &str) -> String {
        let invite = link.rsplit_once('/').unwrap().1;
        let body = json!({ "invite": invite, "name": name, "time_zone": "Europe/Lisbon", "device_name": "laptop" });
        let made = client().post(format!("{}/v1/join", self.url)).json(&body).send().await;
        let joined: Value = made.unwrap().error_for_status().unwrap().json().await.unwrap();
        joined["token"].as_str().unwrap().to_owned()
    }

    async fn get(&self, token: &str, path: &str) -> reqwest::Response {
        let call = client().get(format!("{}{path}", self.url)).bearer_auth(token);
        call.send().await.unwrap()
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// Reads until `words` have come.
async fn hears(stream: &mut reqwest::Response, words: &str) {
    let mut heard = String::new();
    while !heard.contains(words) {
        let chunk = stream.chunk().await.unwrap().expect("the stream goes on");
        heard.push_str(&String::from_utf8_lossy(&chunk));
    }
}

/// Reads until the stream ends, however it does, and returns what came.
async fn rest(stream: &mut reqwest::Response) -> String {
    let mut heard = String::new();
    while let Ok(Some(chunk)) = stream.chunk().await {
        heard.push_str(&String::from_utf8_lossy(&chunk));
    }
    heard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_away_callers_are_told_to_come_again() {
    // One of its own: the other tests go on.
    let cluster: &'static Cluster = Box::leak(Box::new(Cluster::start()));
    let database = cluster.database().await;
    let endpoint = Serving::start(&database.address()).await;
    let ana = endpoint.join(endpoint.owner_invite.as_ref().unwrap(), "Ana").await;
    let page = "/v1/items?after=0";
    assert_eq!(endpoint.get(&ana, page).await.status(), StatusCode::OK);
    tokio::task::block_in_place(|| cluster.stop());
    for path in [page, "/readyz", "/v1/stream", "/v1/devices"] {
        let answer = endpoint.get(&ana, path).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(answer.headers()["retry-after"], "2", "{path}");
    }
    assert_eq!(endpoint.get(&ana, "/healthz").await.status(), StatusCode::OK);
    tokio::task::block_in_place(|| cluster.start_again());
    until("callers are answered as before", async || {
        endpoint.get(&ana, page).await.status() == StatusCode::OK
    })
    .await;
    tokio::task::block_in_place(|| cluster.stop());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_erases_themselves_on_one_node_is_gone_from_the_other() {
    let database = database().await;
    let (here, there) = (
        Serving::start(&database.address()).await,
        Serving::start(&database.address()).await,
    );
    let ana = here.join(here.owner_invite.as_ref().unwrap(), "Ana").await;
    let made = client().post(format!("{}/v1/invites", here.url)).bearer_auth(&ana);
    let made: Value = made.json(&json!({})).send().await.unwrap().json().await.unwrap();
    let ben = there.join(made["link"].as_str().unwrap(), "Ben Unmistakable").await;
    let mut streams = [
        there.get(&ben, "/v1/stream?after=0").await,
        there.get(&ana, "/v1/stream?after=0").await,
    ];
    for stream in &mut streams {
        hears(stream, "event: head").await;
    }
    let erase = client().delete(format!("{}/v1/members/me", here.url)).bearer_auth(&ben);
    assert_eq!(erase.send().await.unwrap().status(), StatusCode::NO_CONTENT);
    let [of_ben, of_ana] = &mut streams;
    assert_eq!(rest(of_ben).await, "", "the stream ends, and says nothing more");
    hears(of_ana, "\"body\":null").await;
    assert_eq!(there.get(&ben, "/v1/devices").await.status(), StatusCode::UNAUTHORIZED);
    let mut anew = there.get(&ana, "/v1/stream?after=0").await;
    let heard = anew.chunk().await.unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&heard).contains("Unmistakable"));
    let page = there.get(&ana, "/v1/items?after=0").await.text().await.unwrap();
    assert!(page.contains("Ana") && !page.contains("Unmistakable"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_ends_in_good_order_lets_another_one_carry() {
    let database = database().await;
    let node = Node::open(&database.address()).await;
    let mut ana = join(&node.store(), "Ana", true).await;
    let ben = join(&node.store(), "Ben", false).await;
    let serving = Serving::start(&database.address()).await;
    let place = Place {
        data: serving.folder.path(),
        database: Some(&database.address()),
        blobs: &BlobPlace::IN_THE_FOLDER,
    };
    // Of this very computer: where it is carried to, an endpoint refuses to call that.
    let request = MirrorRequest {
        name: "nobody's channel".to_owned(),
        target: MirrorTarget::Teams {
            url: "https://127.0.0.1:1/".to_owned(),
        },
        shows: vec![MirrorSubject::Kudos],
        language: None,
    };
    let made = operate_mirrors::add(place, request, Reach::AlsoLoopback, &Still(start())).await;
    made.unwrap();
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    serving.endpoint.carry().await.unwrap();
    let admin = database.admin().await;
    let leases = async || admin.query("SELECT FROM leases", &[]).await.unwrap().len();
    assert_eq!(leases().await, 1);
    serving.stop.send(()).unwrap();
    serving.running.await.unwrap();
    assert_eq!(leases().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_command_line_does_is_heard_at_every_node() {
    let database = database().await;
    let (here, there) = (
        Serving::start(&database.address()).await,
        Serving::start(&database.address()).await,
    );
    let ana = here.join(here.owner_invite.as_ref().unwrap(), "Ana").await;
    let address = database.address();
    let place = Place {
        data: here.folder.path(),
        database: Some(&address),
        blobs: &BlobPlace::IN_THE_FOLDER,
    };
    let clock = Still(start());
    let of_ana = operate_team::members(place, &clock).await.unwrap()[0].id;
    let mut streams = [
        here.get(&ana, "/v1/stream?after=0").await,
        there.get(&ana, "/v1/stream?after=0").await,
    ];
    for stream in &mut streams {
        hears(stream, "event: head").await;
    }
    operate_team::set(place, of_ana, Standing::Coordinator, &clock)
        .await
        .unwrap();
    for stream in &mut streams {
        hears(stream, "\"coordinators\"").await;
    }
    let devices = operate_team::devices(place, Some(of_ana), &clock).await.unwrap();
    operate_team::end_device(place, devices[0].id, &clock).await.unwrap();
    for stream in &mut streams {
        rest(stream).await;
    }
    let acts = operate_team::acts(place, Timestamp::default(), &clock).await.unwrap();
    let told: Vec<_> = acts.iter().map(|act| (&*act.by, &*act.deed, &*act.thing)).collect();
    assert_eq!(
        told,
        [
            ("command line", "changed", "coordinators"),
            ("command line", "removed", "device")
        ]
    );
}
