//! Disks that fail, fill up, and a system that runs out of files.

use std::path::{Path, PathBuf};
use std::process::Command;

use reqwest::StatusCode;
use rustix::process::{Pid, Resource, Rlimit, prlimit};
use samovar_domain::{Audience, BlobHash, ItemId};
use samovar_tests::endpoint::Endpoint;
use samovar_tests::wait::eventually;
use tokio::net::TcpStream;

use crate::given::{Caller, refusal, snapshot};
use crate::photos::{photo, put, try_put};

/// A library that stands between the program and its disk.
fn shim(folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/endpoint/shim.c");
    let library = folder.join("shim.so");
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(source)
        .status()
        .expect("a C compiler is there, since SQLite is built with one");
    assert!(compiled.success());
    library
}

/// What the disk did not take was not answered as taken, and what is sent again stands once.
#[tokio::test]
async fn a_write_error_on_fsync_keeps_nothing_and_the_same_op_stands_once_later() {
    let folder = tempfile::tempdir().unwrap();
    let (data, flag) = (folder.path().join("data"), folder.path().join("the disk fails"));
    let library = shim(folder.path());
    let (endpoint, invite) = Endpoint::prepared(&data, |command| {
        command.env("LD_PRELOAD", &library).env("SAMOVAR_TEST_EIO", &flag);
    })
    .unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    ana.says("before").await;
    let op = ana.op(
        "snapshot",
        ItemId::new(ana.now),
        &Audience::Team,
        snapshot("while it fails"),
    );
    let jpeg = photo();
    std::fs::write(&flag, "").unwrap();
    for _ in 0..3 {
        let refused = ana.post(std::slice::from_ref(&op)).await;
        assert_eq!(refused.headers()["retry-after"], "2");
        assert_eq!(refusal(refused).await, (503, "store_failed".into()));
        let refused = try_put(&ana, BlobHash::of(&jpeg), jpeg.clone()).await;
        assert_eq!(refusal(refused).await, (503, "store_failed".into()));
    }
    assert_eq!(ana.reads().await, ["before"], "reading goes on");
    // It lives, and it is not ready.
    answers(&ana, "/readyz", StatusCode::SERVICE_UNAVAILABLE).await;
    answers(&ana, "/healthz", StatusCode::OK).await;
    std::fs::remove_file(&flag).unwrap();
    answers(&ana, "/readyz", StatusCode::OK).await;
    for _ in 0..2 {
        assert_eq!(ana.post(std::slice::from_ref(&op)).await.status(), StatusCode::OK);
    }
    put(&ana, &jpeg).await;
    ana.says("after").await;
    assert_eq!(ana.reads().await, ["before", "while it fails", "after"]);
    endpoint.kill();
    assert_eq!(Endpoint::check(&data).unwrap(), (true, "ok\n".to_owned()));
}

/// Whoever asks is told within seconds how things are now.
async fn answers(asker: &Caller, path: &str, expected: StatusCode) {
    let answer = async || (asker.get(path).await.status() == expected).then_some(());
    eventually(&format!("{path}: {expected}"), answer).await.unwrap();
}

fn limit(endpoint: &Endpoint, resource: Resource, to: Option<u64>) -> Rlimit {
    let pid = Pid::from_raw(i32::try_from(endpoint.id()).unwrap()).unwrap();
    let before = rustix::process::getrlimit(resource);
    let new = Rlimit {
        current: to.or(before.maximum),
        maximum: before.maximum,
    };
    prlimit(Some(pid), resource, new).unwrap()
}

/// A photo for which there is no room is refused and leaves no piece of itself; what is there stays.
#[tokio::test]
async fn a_disk_that_is_full_in_the_middle_of_a_photo_keeps_no_half() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (endpoint, invite) = Endpoint::prepared(&data, ignore_xfsz).unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    let jpeg = photo();
    let before = limit(&endpoint, Resource::Fsize, Some(jpeg.len() as u64 / 2));
    let refused = try_put(&ana, BlobHash::of(&jpeg), jpeg.clone()).await;
    assert_eq!(refusal(refused).await, (503, "store_failed".into()));
    assert_eq!(std::fs::read_dir(data.join("blobs")).unwrap().count(), 0);
    limit(&endpoint, Resource::Fsize, before.current);
    put(&ana, &jpeg).await;
    ana.says("room again").await;
    endpoint.end();
    assert_eq!(Endpoint::check(&data).unwrap(), (true, "ok\n".to_owned()));
}

/// A file that is too large is an error to this program, as it is on a disk that is full, and not its end.
fn ignore_xfsz(command: &mut Command) {
    let mut through = Command::new("sh");
    through
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(command.get_program())
        .args(command.get_args());
    *command = through;
}

/// Out of file descriptors: who is connected is served on, and who waits gets in once there is room.
#[tokio::test]
async fn out_of_file_descriptors_those_inside_go_on_and_others_wait() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (endpoint, invite) = Endpoint::new(&data).unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    ana.says("before").await;
    let mut stream = ana.stream(0).await;
    stream.hears("event: head").await;
    // Beside the stream Ana has a connection for her calls.
    ana.says("a moment ago").await;
    let open = || {
        std::fs::read_dir(format!("/proc/{}/fd", endpoint.id()))
            .unwrap()
            .count() as u64
    };
    limit(&endpoint, Resource::Nofile, Some(open() + 8));
    let address = ana.base_url.strip_prefix("http://").unwrap();
    let mut waiting = Vec::new();
    for _ in 0..40 {
        waiting.push(TcpStream::connect(address).await.unwrap());
    }
    eventually("no descriptor to be left", async || {
        let log = std::fs::read_to_string(Endpoint::log(&data)).ok()?;
        log.contains("a connection could not be accepted").then_some(())
    })
    .await
    .unwrap();
    // Over the connection that it has.
    ana.says("while there is no room").await;
    stream.hears("while there is no room").await;
    drop(waiting);
    let late = samovar_testkit::client()
        .get(format!("{}/healthz", ana.base_url))
        .send()
        .await
        .unwrap();
    assert_eq!(late.status(), StatusCode::OK);
}
