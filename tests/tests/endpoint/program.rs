//! The program as operators start it.

use std::process::{Command, Output};

use samovar_tests::endpoint::Endpoint;
use samovar_tests::process::built;

use crate::given::{self, Caller};
use crate::photos::{photo, put};

fn run(arguments: &[&str]) -> Output {
    Command::new(built("samovar-server").unwrap())
        .args(arguments)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

#[tokio::test]
async fn a_team_is_whole_after_two_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (endpoint, invite) = Endpoint::new(&data).unwrap();
    let url = endpoint.url.clone();
    let ana = Caller::join_now(&invite, "Ana").await;
    ana.says("before").await;
    let epoch = ana.page("after=0").await.epoch;
    endpoint.end();
    let endpoint = Endpoint::again(&data, &url).unwrap();
    let ana = ana.again();
    ana.says("between").await;
    endpoint.kill();
    let _endpoint = Endpoint::again(&data, &url).unwrap();
    let ana = ana.again();
    ana.says("after").await;
    assert_eq!(ana.reads().await, ["before", "between", "after"]);
    assert_eq!(ana.page("after=0").await.epoch, epoch, "one life");
    assert_eq!(Endpoint::check(&data).unwrap(), (true, "ok\n".to_owned()));
}

#[tokio::test]
async fn one_folder_is_served_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (_endpoint, _) = Endpoint::new(&data).unwrap();
    let second = run(&["serve", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(
        said(&second).contains("another endpoint is serving"),
        "{}",
        said(&second)
    );
}

#[tokio::test]
async fn damage_is_found_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (endpoint, invite) = Endpoint::new(&data).unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    let hash = put(&ana, &photo()).await;
    for n in 0..50 {
        ana.says(&format!("words number {n}")).await;
    }
    endpoint.end();
    assert_eq!(Endpoint::check(&data).unwrap(), (true, "ok\n".to_owned()));
    let (photo, database) = (
        data.join("blobs").join(hash.to_string()),
        data.join("samovar-server.db"),
    );
    let (whole_photo, whole_database) = (std::fs::read(&photo).unwrap(), std::fs::read(&database).unwrap());
    let is_found = |words: &str| {
        let (is_well, said) = Endpoint::check(&data).unwrap();
        assert!(!is_well && said.contains(words), "'{words}' in: {said}");
    };
    std::fs::write(&photo, b"something else").unwrap();
    is_found("does not have the bytes");
    std::fs::remove_file(&photo).unwrap();
    is_found("cannot be read");
    std::fs::write(&photo, &whole_photo).unwrap();
    let mut torn = whole_database.clone();
    // Every other page, but the first, which says that it is a database.
    torn.chunks_mut(4096)
        .skip(2)
        .step_by(2)
        .for_each(|page| page.fill(0x5a));
    std::fs::write(&database, &torn).unwrap();
    let (is_well, said) = Endpoint::check(&data).unwrap();
    assert!(!is_well, "{said}");
    std::fs::write(&database, b"not a database at all, but long enough to be looked at").unwrap();
    assert!(!Endpoint::check(&data).unwrap().0);
    // Its sequence says less than its items.
    std::fs::write(&database, &whole_database).unwrap();
    let db = given::database(&data);
    db.execute("UPDATE team SET head = head - 1", []).unwrap();
    drop(db);
    is_found("beyond the head");
    let nothing = run(&["check", "--data", folder.path().join("none").to_str().unwrap()]);
    assert_eq!(nothing.status.code(), Some(1));
}

#[tokio::test]
async fn a_backup_is_for_its_owner_s_eyes_and_brings_everything_back_in_a_new_life() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (_endpoint, invite) = Endpoint::new(&data).unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    let hash = put(&ana, &photo()).await;
    let body = serde_json::json!({ "photos": [{ "blob": hash, "width": 8, "height": 8, "thumbhash": "" }], "lifetime": "24h" });
    let id = samovar_domain::ItemId::new(ana.now);
    assert_eq!(
        ana.writes("snapshot", id, &samovar_domain::Audience::Team, body)
            .await
            .problem,
        None
    );
    ana.says("kept").await;
    let zip = folder.path().join("backup.zip");
    let backup = |file: &std::path::Path| run(&["backup", "--data", data.to_str().unwrap(), file.to_str().unwrap()]);
    // While it is written to without a pause.
    let is_over = std::sync::atomic::AtomicBool::new(false);
    let writing = async {
        while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
            ana.says("in the meantime").await;
        }
    };
    let packing = async {
        let packed = tokio::task::spawn_blocking({
            let (data, zip) = (data.clone(), zip.clone());
            move || run(&["backup", "--data", data.to_str().unwrap(), zip.to_str().unwrap()])
        });
        let packed = packed.await.unwrap();
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
        packed
    };
    let (packed, ()) = tokio::join!(packing, writing);
    assert!(packed.status.success(), "{}", said(&packed));
    assert_eq!(std::fs::metadata(&zip).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(backup(&zip).status.code(), Some(1), "nothing is written over");
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 3, "data, its log and the backup: {left:?}");
    assert_eq!(std::fs::read_dir(data.join("blobs")).unwrap().count(), 1);

    let restored = folder.path().join("restored");
    let restore = |to: &std::path::Path| run(&["restore", "--data", to.to_str().unwrap(), zip.to_str().unwrap()]);
    let refused = restore(&data);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("is not empty"), "{}", said(&refused));
    let done = restore(&restored);
    assert!(said(&done).starts_with("restored with 1 photos to "), "{}", said(&done));
    assert_eq!(
        std::fs::metadata(&restored).unwrap().permissions().mode() & 0o777,
        0o700
    );
    assert_eq!(Endpoint::check(&restored).unwrap(), (true, "ok\n".to_owned()));
    let again = Endpoint::again(&restored, "127.0.0.1:0").unwrap();
    let before = ana.page("after=0").await.epoch;
    let ana = ana.at(&again.url);
    assert_eq!(ana.reads().await[0], "kept");
    assert_ne!(ana.page("after=0").await.epoch, before);
    assert_eq!(ana.get(&format!("/v1/blobs/{hash}")).await.status(), 200);
}

#[test]
fn what_cannot_be_is_refused_with_words() {
    for arguments in [
        &["serve", "--data", "/tmp/x", "--public-url", "tea.example.org"][..],
        &["serve", "--data", "/tmp/x", "--listen", "nowhere"],
        &["invite", "--data", "/tmp/x", "--uses", "0"],
        &["backup", "--data", "/tmp/x"],
        &["no-such-command"],
    ] {
        let refused = run(arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(!refused.stderr.is_empty());
    }
}

#[test]
fn what_is_said_of_an_address_is_said_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    for address in [
        "mysql://ana:sesame@db.example/tea",
        "postgres://ana:sesame@127.0.0.1:1/tea",
    ] {
        for command in [&["check"][..], &["invite"], &["serve", "--listen", "127.0.0.1:0"]] {
            let told = run(&[command, &["--data", data, "--database", address]].concat());
            assert_eq!(told.status.code(), Some(1), "{}", said(&told));
            assert!(!said(&told).contains("sesame"), "{}", said(&told));
        }
        let mut helping = Command::new(built("samovar-server").unwrap());
        let helping = helping.args(["serve", "--help"]).env("SAMOVAR_DATABASE", address);
        assert!(!said(&helping.output().unwrap()).contains("sesame"));
    }
}
