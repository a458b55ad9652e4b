//! What many stories begin with, and the endpoint as it looks from outside.

use samovar_core::api::{Entry, Request, SettingsChange, Today};
use samovar_domain::wire::Page;
use samovar_domain::{Clock, Item, ItemId, Kind};
use samovar_testkit::{Desktop, Endpoint, FakeClock, FakeKeyring, PATIENCE, Wire, client};
use serde_json::{Value, json};

/// Ana is the team's owner and reaches the endpoint over a wire; Ben sits beside it. Both hear of everything at once.
pub(crate) struct Kitchen {
    pub(crate) clock: FakeClock,
    pub(crate) endpoint: Endpoint,
    pub(crate) wire: Wire,
    pub(crate) ana: Desktop,
    pub(crate) ben: Desktop,
}

impl Kitchen {
    pub(crate) async fn open() -> Self {
        let clock = FakeClock::at("2026-11-23T15:00:00Z");
        let endpoint = Endpoint::start(clock.clone()).await;
        let wire = Wire::to(&endpoint).await;
        let ana = Desktop::new("Ana", "America/Lima", &clock).await;
        ana.join(&wire.link(endpoint.owner_invite.as_deref().unwrap())).await;
        let ben = Desktop::new("Ben", "Europe/Helsinki", &clock).await;
        ben.join(&ana.invite().await).await;
        for desktop in [&ana, &ben] {
            hears_at_any_hour(desktop).await;
            // Nothing is on its way by itself when the story begins.
            has_told_its_key(&endpoint, desktop).await;
        }
        Self {
            clock,
            endpoint,
            wire,
            ana,
            ben,
        }
    }

    /// The plug is in again, and Ana does not wait for the next try.
    pub(crate) async fn ana_is_back(&self) {
        self.wire.mend();
        self.ana.ask(Request::RetryNow).await;
    }
}

/// Turns off the quiet outside working hours.
pub(crate) async fn hears_at_any_hour(desktop: &Desktop) {
    let change = SettingsChange {
        quiet_outside_hours: Some(false),
        ..SettingsChange::default()
    };
    desktop.ask(Request::ChangeSettings { change }).await;
}

/// The secret of a desktop's device.
pub(crate) fn token_of(desktop: &Desktop) -> String {
    account_of(desktop)["token"].as_str().unwrap().to_owned()
}

/// The id of a desktop's device.
pub(crate) fn device_of(desktop: &Desktop) -> String {
    account_of(desktop)["device"].as_str().unwrap().to_owned()
}

fn account_of(desktop: &Desktop) -> Value {
    let account = std::fs::read(desktop.folder().join("account.json")).unwrap();
    serde_json::from_slice(&account).unwrap()
}

/// The endpoint does not know this desktop's device any more.
pub(crate) async fn is_revoked(endpoint: &Endpoint, desktop: &Desktop) {
    let device = device_of(desktop);
    let url = format!("{}/v1/devices/{device}", endpoint.base_url);
    let request = client().delete(url).bearer_auth(token_of(desktop));
    assert!(request.send().await.unwrap().status().is_success());
}

/// Everything that a desktop's person may read at the endpoint, in the order of the team's sequence.
pub(crate) async fn page_of(endpoint: &Endpoint, reader: &Desktop) -> Page {
    let url = format!("{}/v1/items?after=0&limit=1000", endpoint.base_url);
    let answer = client().get(url).bearer_auth(token_of(reader)).send().await.unwrap();
    answer.json().await.unwrap()
}

/// The words of what stands at the endpoint, in the order of the team's sequence.
pub(crate) async fn words_at(endpoint: &Endpoint, reader: &Desktop) -> Vec<String> {
    let words = |body: &Value| {
        let words = body.get("text").or(body.get("reason"))?;
        words.as_str().map(ToOwned::to_owned)
    };
    let page = page_of(endpoint, reader).await;
    page.items
        .iter()
        .filter_map(|item| words(item.body.as_ref()?))
        .collect()
}

/// The words at the endpoint, in the order of the alphabet: for stories in which several wrote at the same time.
pub(crate) async fn sorted_words_at(endpoint: &Endpoint, reader: &Desktop) -> Vec<String> {
    let mut words = words_at(endpoint, reader).await;
    words.sort();
    words
}

/// A device of a desktop's member that speaks to the endpoint in its own words.
pub(crate) struct Device {
    base_url: String,
    /// Which device it is.
    id: String,
    /// Its secret.
    token: String,
}

impl Device {
    pub(crate) async fn enrol(endpoint: &Endpoint, of: &Desktop) -> Self {
        let url = format!("{}/v1/devices", endpoint.base_url);
        let request = client().post(url).bearer_auth(token_of(of));
        let answer = request.json(&json!({ "name": "Another" })).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        Self {
            base_url: endpoint.base_url.clone(),
            id: answer["device_id"].as_str().unwrap().to_owned(),
            token: answer["token"].as_str().unwrap().to_owned(),
        }
    }

    /// `POST /v1/ops`, and the whole answer.
    pub(crate) async fn posts(&self, ops: &Value) -> Value {
        let url = format!("{}/v1/ops", self.base_url);
        let request = client().post(url).bearer_auth(&self.token).json(ops);
        request.send().await.unwrap().json().await.unwrap()
    }
}

/// Waits until the endpoint knows what is sealed to for this computer: the item, and the key that it tells.
pub(crate) async fn has_told_its_key(endpoint: &Endpoint, desktop: &Desktop) -> (ItemId, String) {
    let (mut changes, me) = (desktop.core.changes(), desktop.me().await);
    let told = async {
        loop {
            let items = page_of(endpoint, desktop).await.items;
            let mine = |item: &&Item| item.kind.as_str() == Kind::DEVICE_KEY && item.owner.member() == Some(me);
            if let Some(key) = items.iter().find(mine) {
                let recipient = key.body.as_ref().unwrap()["recipient"].as_str().unwrap();
                return (key.id, recipient.to_owned());
            }
            let _ = changes.recv().await;
        }
    };
    tokio::time::timeout(PATIENCE, told)
        .await
        .expect("the key of a computer")
}

/// The same person at another computer of theirs.
pub(crate) async fn another_computer(kitchen: &Kitchen, of: &Desktop, name: &str) -> (tempfile::TempDir, Desktop) {
    let keyring = FakeKeyring::default();
    another_computer_with(kitchen, of, name, keyring).await
}

pub(crate) async fn another_computer_with(
    kitchen: &Kitchen,
    of: &Desktop,
    name: &str,
    keyring: FakeKeyring,
) -> (tempfile::TempDir, Desktop) {
    let device = Device::enrol(&kitchen.endpoint, of).await;
    let mut account = account_of(of);
    account["endpoint"] = json!(kitchen.endpoint.base_url);
    account["token"] = json!(device.token);
    account["device"] = json!(device.id);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("account.json"), account.to_string()).unwrap();
    let desktop = Desktop::on_with(folder.path(), name, "UTC", &kitchen.clock, keyring).await;
    let desktop = desktop.unwrap();
    desktop.is_online().await;
    (folder, desktop)
}

/// An answer of HTTP that is these bytes.
pub(crate) fn http_ok(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// A snapshot of words as an op.
pub(crate) fn snapshot_op(n: u64, text: &str, clock: &FakeClock) -> Value {
    json!({
        "n": n, "id": ItemId::new(clock.now()), "kind": "snapshot", "audience": "team", "created_at": clock.now(),
        "body": { "text": text, "photos": [], "lifetime": "24h" },
    })
}

/// The words of the snapshots on a Today page, newest first.
pub(crate) fn snapshots_on(today: &Today) -> Vec<String> {
    let entries = today.days.iter().flat_map(|day| &day.entries);
    let words = entries.filter_map(|entry| match entry {
        Entry::Snapshot(card) => card.text.clone(),
        Entry::Kudos(_) => None,
    });
    words.collect()
}
