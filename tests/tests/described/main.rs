//! The endpoint against its own description, by somebody who has read nothing else: schemathesis makes calls that fit the
//! description and calls that just do not, and every answer has to be one that the description promises. The same seed
//! asks the same; it must be built: `cargo build -p samovar-server`.

#![expect(clippy::unwrap_used, reason = "in a test an unwrap that fails is the failure")]
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::Command;

use samovar_domain::wire::JoinResponse;
use samovar_testkit::{client, python_of};
use samovar_tests::endpoint::Endpoint;
use serde_json::{Value, json};

/// A file of this test.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/described").join(name)
}

/// Lets somebody in, and returns the token.
async fn join(link: &str, name: &str) -> String {
    let (base_url, invite) = link.split_once("/join/").unwrap();
    let body = json!({ "invite": invite, "name": name, "time_zone": "Europe/Berlin", "device_name": "desk" });
    let call = client().post(format!("{base_url}/v1/join")).json(&body);
    let joined: JoinResponse = call.send().await.unwrap().json().await.unwrap();
    joined.token
}

/// A link that an admin makes.
async fn invite(url: &str, token: &str) -> String {
    let call = client()
        .post(format!("{url}/v1/invites"))
        .bearer_auth(token)
        .json(&json!({}));
    let made: Value = call.send().await.unwrap().json().await.unwrap();
    made["link"].as_str().unwrap().to_owned()
}

/// How many calls the endpoint describes.
async fn described(url: &str) -> usize {
    let call = client().get(format!("{url}/v1/openapi.json"));
    let description: Value = call.send().await.unwrap().json().await.unwrap();
    let paths = description["paths"].as_object().unwrap().values();
    paths.map(|methods| methods.as_object().unwrap().len()).sum()
}

/// What ends the one who asks: a device, oneself. It is asked last.
const ENDS: [&str; 2] = ["DELETE /v1/devices/{id}", "DELETE /v1/members/me"];
/// What schemathesis.toml leaves out, and says why; and the description itself, which has been read by then.
const LEFT_OUT: usize = 2 + 1;

/// Who asks what, and how often each route is asked.
struct Round<'a> {
    token: &'a str,
    examples: u32,
    which: [[&'a str; 2]; 2],
    /// How many routes that are.
    routes: usize,
}

impl Round<'_> {
    /// Asks all of it, and fails with what schemathesis has to say.
    fn is_answered_as_described(&self, url: &str, folder: &Path) {
        let python = python_of(&file("schemathesis.txt"));
        let mut command = Command::new(python.with_file_name("schemathesis"));
        command.current_dir(folder).env("PYTHONUTF8", "1").env("COLUMNS", "200");
        command.arg("--config-file").arg(file("schemathesis.toml"));
        command.args(["run", &format!("{url}/v1/openapi.json"), "--no-color"]);
        command.args(["--header", &format!("Authorization: Bearer {}", self.token)]);
        command.args(["--max-examples", &self.examples.to_string()]);
        command.args(self.which.as_flattened());
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{said}");
        let all = format!("Tested: {}", self.routes);
        let is_all = said.lines().any(|line| line.trim() == all);
        assert!(is_all, "not {all}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_is_one_that_the_description_promises() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    // Somebody who tries everything out, from one address and with few devices.
    let without_limits = |program: &mut Command| {
        for limit in ["SAMOVAR_CALLS_PER_DEVICE", "SAMOVAR_FAILURES_PER_ADDRESS"] {
            program.env(limit, "0");
        }
    };
    let (endpoint, owner_invite) = Endpoint::prepared(&data, without_limits).unwrap();
    let url = &endpoint.url;
    let ana = join(&owner_invite, "Ana").await;
    let ben = join(&invite(url, &ana).await, "Ben").await;
    let cleo = join(&invite(url, &ana).await, "Cleo").await;
    let routes = described(url).await - ENDS.len() - LEFT_OUT;
    let (others, ends) = (
        ENDS.map(|name| ["--exclude-name", name]),
        ENDS.map(|name| ["--include-name", name]),
    );
    // A member, who is refused more; the owner; and somebody who leaves.
    for (token, examples, which, routes) in [
        (&ben, 10, others, routes),
        (&ana, 30, others, routes),
        (&cleo, 10, ends, ENDS.len()),
    ] {
        let round = Round {
            token,
            examples,
            which,
            routes,
        };
        round.is_answered_as_described(url, folder.path());
    }
    let ready = client().get(format!("{url}/readyz")).send().await.unwrap();
    assert_eq!(ready.status(), 200, "it is as ready as before");
    endpoint.end();
    assert_eq!(Endpoint::check(&data).unwrap(), (true, "ok\n".to_owned()));
}
