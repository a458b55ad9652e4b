//! Secrets at rest: what lies in an endpoint's folder opens nothing.

use std::path::Path;

use reqwest::Method;
use samovar_testkit::client;
use serde_json::json;

use crate::errands::House;
use crate::given::{database, refusal};

/// Every file below a folder, whole.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

/// Whoever gets hold of a backup, or reads the disk, holds no token, no invite and no feed.
#[tokio::test]
async fn no_secret_lies_in_the_folder_and_what_lies_there_opens_nothing() {
    let house = House::furnished().await;
    let (ana, ben) = (&house.team.ana, &house.team.ben);
    let things = &house.things;
    let secrets = [
        &ana.token,
        &ben.token,
        &house.cleo.token,
        &things.invite,
        &things.feed,
        &house.old_invite,
    ];
    let files = files(house.team.endpoint.folder());
    assert!(
        files.iter().any(|(name, _)| name.ends_with("-wal")),
        "also what was written just now"
    );
    for (name, bytes) in &files {
        for secret in secrets {
            // A token is the same secret without its beginning.
            let bare = secret.trim_start_matches("smv_").as_bytes();
            let is_there = bytes.windows(bare.len()).any(|found| found == bare);
            assert!(!is_there, "{name} holds {secret}");
        }
    }

    let db = database(house.team.endpoint.folder());
    let kept = |table: &str| -> Vec<String> {
        let mut statement = db.prepare(&format!("SELECT token_hash FROM {table}")).unwrap();
        let hashes = statement.query_map([], |row| row.get(0)).unwrap();
        hashes.collect::<Result<_, _>>().unwrap()
    };
    let url = |path: &str| format!("{}{path}", house.team.endpoint.base_url);
    let (devices, invites, feeds) = (kept("devices"), kept("invites"), kept("calendar_feeds"));
    assert!(devices.len() > 3 && !invites.is_empty() && feeds.len() == 1);
    for hash in devices {
        for token in [hash.clone(), format!("smv_{hash}")] {
            let call = client().get(url("/v1/items")).bearer_auth(token);
            assert_eq!(refusal(call.send().await.unwrap()).await.0, 401);
        }
    }
    for hash in invites {
        let body = json!({ "invite": hash, "name": "Eve", "time_zone": "UTC", "device_name": "desk" });
        let call = client().request(Method::POST, url("/v1/join")).json(&body);
        assert_eq!(
            refusal(call.send().await.unwrap()).await,
            (404, "invite_unknown".into())
        );
    }
    for hash in feeds {
        let call = client().get(url(&format!("/v1/calendar/{hash}.ics")));
        assert_eq!(refusal(call.send().await.unwrap()).await, (404, "not_found".into()));
    }
}

/// Nobody else on the machine looks into the folder.
#[tokio::test]
async fn the_folder_is_for_its_owner_s_eyes() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (endpoint, _) = samovar_tests::endpoint::Endpoint::new(&data).unwrap();
    let mode = std::fs::metadata(&data).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    endpoint.end();
}
