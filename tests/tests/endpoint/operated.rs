//! What operators do on the command line beside an endpoint that runs: it notices, and so do those who are connected.

use std::path::Path;
use std::process::{Command, Output};

use samovar_domain::kinds::role_id;
use samovar_tests::endpoint::Endpoint;
use samovar_tests::process::built;
use serde_json::Value;

use crate::given::{Caller, database, refusal};
use crate::photos::{photo, put};

fn run(data: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(built("samovar-server").unwrap());
    program.args(arguments).arg("--data").arg(data);
    program.output().unwrap()
}

/// What it says when all goes well.
fn says(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    let words = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{arguments:?}: {words}");
    words
}

fn lists(data: &Path, what: &str) -> Vec<Value> {
    let list = if what == "audit" {
        vec![what]
    } else {
        vec![what, "list"]
    };
    serde_json::from_str(&says(data, &[&list[..], &["--json"]].concat())).unwrap()
}

/// What it says when it refuses.
fn refuses(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn the_streams_of_a_device_that_is_ended_by_hand_end_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (_endpoint, invite) = Endpoint::new(&data).unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    let laptop = ana.laptop().await;
    let (mut of_laptop, mut of_desk) = (laptop.stream(0).await, ana.stream(0).await);
    of_laptop.hears("event: head").await;
    of_desk.hears("event: head").await;
    assert_eq!(says(&data, &["devices", "end", &laptop.device.to_string()]), "done\n");
    of_laptop.ends().await;
    assert_eq!(
        refusal(laptop.get("/v1/items").await).await,
        (401, "unauthorized".into())
    );
    ana.says("still here").await;
    of_desk.hears("still here").await;
    let listed = lists(&data, "devices");
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!(listed[0]["name"], "desk");
    let mut fields: Vec<_> = listed[0].as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        ["id", "member", "member_name", "name", "since"],
        "and no last-seen"
    );
    let left: u32 = database(&data)
        .query_row("SELECT count(*) FROM revocations", [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 0, "once it is heard of it is written nowhere");
}

#[tokio::test]
async fn what_is_changed_by_hand_comes_to_those_who_are_connected_in_its_place_of_the_sequence() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (_endpoint, invite) = Endpoint::new(&data).unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    let ben = Caller::join_now(&ana.invite().await, "Ben").await;
    let mut stream = ana.stream(0).await;
    stream.hears("event: head").await;
    let id = ben.member.to_string();
    assert_eq!(says(&data, &["roles", "set", &id, "admin"]), "done\n");
    let event = stream.hears("\"admin\"").await;
    assert!(event.contains(&role_id(ben.member).to_string()), "{event}");
    // He is one now.
    ben.invite().await;
    says(&data, &["roles", "set", &id, "coordinator"]);
    stream.hears("\"coordinators\"").await;
    let table = says(&data, &["members", "list"]);
    let line = table.lines().find(|line| line.contains("Ben")).unwrap();
    let cells: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(cells[..4], [&*id, "Ben", "admin", "yes"], "{table}");
    says(&data, &["roles", "unset", &id, "coordinator"]);
    says(&data, &["roles", "unset", &id, "admin"]);
    stream.hears("\"member\":\"").await;
    let owner = ana.member.to_string();
    assert!(refuses(&data, &["roles", "unset", &owner, "owner"]).contains("always has an owner"));
    assert!(refuses(&data, &["members", "remove", &owner]).contains("always has an owner"));
    assert!(refuses(&data, &["members", "erase", &id]).contains("--yes"));
    // A write of the endpoint's own goes on where the command line left off.
    ana.says("and then").await;
    let event = stream.hears("and then").await;
    let head = ana.page("after=0&limit=1000").await.head;
    assert!(event.contains(&format!("id: {head}")), "{event}");
}

#[tokio::test]
async fn a_member_who_is_erased_by_hand_is_nowhere_and_hears_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (endpoint, invite) = Endpoint::new(&data).unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    let ben = Caller::join_now(&ana.invite().await, "Benedikt").await;
    ben.says("words of a certain kind").await;
    let hash = put(&ben, &photo()).await;
    let (mut of_ana, mut of_ben) = (ana.stream(0).await, ben.stream(0).await);
    of_ana.hears("event: head").await;
    of_ben.hears("event: head").await;
    says(&data, &["members", "erase", &ben.member.to_string(), "--yes"]);
    of_ben.ends().await;
    of_ana.hears("\"body\":null").await;
    assert!(
        !data.join("blobs").join(hash.to_string()).exists(),
        "their photo is gone"
    );
    endpoint.end();
    for name in ["samovar-server.db", "samovar-server.db-wal"] {
        let bytes = std::fs::read(data.join(name)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        for trace in ["Benedikt", "a certain kind", &ben.device.to_string()] {
            assert!(!text.contains(trace), "{trace} in {name}");
        }
    }
    assert_eq!(Endpoint::check(&data).unwrap(), (true, "ok\n".to_owned()));
}

#[tokio::test]
async fn what_was_done_is_listed_for_people_and_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (_endpoint, invite) = Endpoint::new(&data).unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    ana.invite().await;
    let link = says(&data, &["invites", "create", "--uses", "3"]);
    let ben = Caller::join_now(link.trim(), "Ben").await;
    let open = lists(&data, "invites");
    let uses: Vec<_> = open
        .iter()
        .map(|invite| invite["uses_left"].as_u64().unwrap())
        .collect();
    assert_eq!(uses, [1, 2]);
    assert!(!open.iter().any(|invite| invite.to_string().contains("/join/")));
    says(&data, &["invites", "revoke", open[1]["id"].as_str().unwrap()]);
    says(&data, &["members", "remove", &ben.member.to_string()]);
    let told: Vec<String> = lists(&data, "audit")
        .iter()
        .map(|act| format!("{} {} {}", act["by"], act["deed"], act["thing"]).replace('"', ""))
        .collect();
    assert_eq!(
        told,
        [
            "Ana made invite",
            "command line made invite",
            "command line removed invite",
            "command line removed member",
        ]
    );
    let table = says(&data, &["audit", "--since", "2020-01-01"]);
    assert!(table.starts_with("when ") && table.lines().count() == 5, "{table}");
    assert!(!table.contains("Ben"), "{table}");
    assert_eq!(says(&data, &["audit", "--since", "2999-01-01"]).lines().count(), 1);
    assert!(refuses(&data, &["audit", "--since", "yesterday"]).contains("2026-11-01"));
    assert_eq!(says(&data, &["mirrors", "list", "--json"]), "[]\n");
    let none = folder.path().join("none");
    assert!(refuses(&none, &["members", "list"]).contains("no endpoint's data"));
}
