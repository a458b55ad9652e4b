//! A team moves from a folder into PostgreSQL and back: what it is told, what refuses it, and what is left when it is killed in
//! the middle.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use samovar_backing::{Bucket, Cluster, Database};
use samovar_server::blobs::BlobPlace;
use samovar_server::moving::{MoveError, Moved, Side, move_team};

use crate::given::{Caller, DESK, KITCHEN, Program, Serving, files_with, photo, photos_at, photos_in, program, until};

async fn database() -> Database {
    tokio::task::block_in_place(Cluster::shared).database().await
}

fn in_folder(folder: &Path) -> Side {
    Side {
        place: text(folder).to_owned(),
        blobs: BlobPlace::IN_THE_FOLDER,
    }
}

fn in_postgres(database: &Database, blobs: &BlobPlace) -> Side {
    Side {
        place: database.address(),
        blobs: blobs.clone(),
    }
}

async fn moves(from: Side, to: Side) -> Result<Moved, MoveError> {
    move_team(from, to, |_| {}).await
}

fn command(from: &str, to: &str, blobs: &[&str]) -> Command {
    let mut program = program();
    // What is on the command line is seen by everybody; an address with a password is better told so.
    program.env("SAMOVAR_MOVE_FROM", from).env("SAMOVAR_MOVE_TO", to);
    program.arg("move").args(blobs);
    program
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_moves_there_and_back_with_all_that_it_has() {
    let (bucket, folder, database) = (Bucket::start().await, tempfile::tempdir().unwrap(), database().await);
    let [first, node, second] = ["first", "node", "second"].map(|name| folder.path().join(name));
    let there = photos_in(&bucket, "photos");
    let (kitchen, desk) = (photo(KITCHEN), photo(DESK));
    let here = Serving::start(&first, None, BlobPlace::IN_THE_FOLDER).await.unwrap();
    let ana = Caller::join(here.owner_invite.as_deref().unwrap(), "Ana").await;
    let first_photo = ana.brings(&kitchen).await;
    ana.shares(first_photo).await;
    ana.says("before").await;
    let before = ana.page().await;
    // Nobody moves what is being served.
    let refused = moves(in_folder(&first), in_postgres(&database, &there)).await;
    assert!(matches!(refused, Err(MoveError::Served(_))), "{refused:?}");
    here.stop().await;

    let moved = moves(in_folder(&first), in_postgres(&database, &there)).await.unwrap();
    assert_eq!((moved.photos, moved.missing), (1, 0));
    assert!(!files_with(&bucket.files(), &kitchen).is_empty());
    let serving = Program::again(&node, &folder.path().join("log"), |program| {
        program.env("SAMOVAR_DATABASE", database.address());
        program.args(["--blobs", there.place.as_deref().unwrap()]);
        program.env("SAMOVAR_BLOBS_ENDPOINT", bucket.endpoint());
        program.env("SAMOVAR_BLOBS_CREDENTIALS", bucket.credentials());
    });
    let serving = serving.unwrap_or_else(|log| panic!("{log}"));
    let ana = ana.at(&serving.url).await;
    let after = ana.page().await;
    assert_eq!(after["items"], before["items"], "the same, with the same seqs");
    assert_eq!(after["head"], before["head"]);
    assert_ne!(after["epoch"], before["epoch"], "so that desktops begin anew");
    assert_eq!(ana.sees(first_photo).await, kitchen);
    ana.says("there").await;
    let second_photo = ana.brings(&desk).await;
    ana.shares(second_photo).await;
    let refused = moves(in_postgres(&database, &there), in_folder(&second)).await;
    assert!(matches!(refused, Err(MoveError::Served(_))), "{refused:?}");
    serving.kill();

    let taken = moves(in_postgres(&database, &there), in_folder(&first)).await;
    assert!(matches!(taken, Err(MoveError::NotEmpty(_))), "{taken:?}");
    let moved = moves(in_postgres(&database, &there), in_folder(&second)).await.unwrap();
    assert_eq!((moved.photos, moved.missing), (2, 0));
    let here = Serving::start(&second, None, BlobPlace::IN_THE_FOLDER).await.unwrap();
    let ana = ana.at(&here.url).await;
    assert_eq!(ana.reads().await, ["before", "there"]);
    assert_ne!(ana.page().await["epoch"], after["epoch"]);
    assert_eq!(ana.sees(first_photo).await, kitchen);
    assert_eq!(ana.sees(second_photo).await, desk);
    here.stop().await;
    let left = std::fs::read_dir(folder.path()).unwrap().flatten();
    let left: Vec<_> = left.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name.contains("moving")), "{left:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_cannot_be_is_refused_before_anything_is_carried() {
    let (folder, database) = (tempfile::tempdir().unwrap(), database().await);
    let [first, second, photos] = ["first", "second", "photos"].map(|name| folder.path().join(name));
    let there = photos_at(&photos);
    let here = Serving::start(&first, None, BlobPlace::IN_THE_FOLDER).await.unwrap();
    let ana = Caller::join(here.owner_invite.as_deref().unwrap(), "Ana").await;
    let hash = ana.brings(&photo(KITCHEN)).await;
    ana.shares(hash).await;
    here.stop().await;
    let one_kind = moves(in_folder(&first), in_folder(&second)).await;
    assert!(matches!(one_kind, Err(MoveError::OneKind)), "{one_kind:?}");
    let nowhere = moves(in_folder(&first), in_postgres(&database, &BlobPlace::default())).await;
    assert!(matches!(nowhere, Err(MoveError::NoBlobs("to"))), "{nowhere:?}");
    let nothing = moves(in_folder(&second), in_postgres(&database, &there)).await;
    assert!(matches!(nothing, Err(MoveError::Failed(_))), "{nothing:?}");
    assert!(!second.exists() && !photos.exists());

    // Another team is there already.
    let other = Serving::start(&second, None, BlobPlace::IN_THE_FOLDER).await.unwrap();
    other.stop().await;
    moves(in_folder(&second), in_postgres(&database, &there)).await.unwrap();
    let taken = moves(in_folder(&first), in_postgres(&database, &there)).await;
    assert!(matches!(taken, Err(MoveError::NotEmpty(_))), "{taken:?}");
    assert_eq!(std::fs::read_dir(&photos).unwrap().count(), 0, "no photo was carried");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_is_killed_in_the_middle_is_begun_again() {
    let (folder, database) = (tempfile::tempdir().unwrap(), database().await);
    let [first, photos, empty, log] = ["first", "photos", "empty", "log"].map(|name| folder.path().join(name));
    // One that was killed itself: what it has confirmed is in its log still, and goes along.
    let here = Program::new(&first, &log, |_| {}).unwrap_or_else(|log| panic!("{log}"));
    let ana = Caller::join(here.owner_invite.as_deref().unwrap(), "Ana").await;
    let hash = ana.brings(&photo(KITCHEN)).await;
    ana.shares(hash).await;
    ana.says("before the move").await;
    here.kill();
    // An empty team makes the tables, and goes again; then whoever writes to one of the last of them waits.
    let nobody = Serving::start(&empty, None, BlobPlace::IN_THE_FOLDER).await.unwrap();
    nobody.stop().await;
    moves(
        in_folder(&empty),
        in_postgres(&database, &photos_at(&folder.path().join("none"))),
    )
    .await
    .unwrap();
    let admin = database.admin().await;
    let waits = "DELETE FROM team; DELETE FROM items; DELETE FROM invites;
                 CREATE FUNCTION waits() RETURNS trigger LANGUAGE plpgsql AS
                   $$BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END$$;
                 CREATE TRIGGER waits BEFORE INSERT ON uploads FOR EACH ROW EXECUTE FUNCTION waits();
                 SELECT pg_advisory_lock(4711)";
    admin.batch_execute(waits).await.unwrap();
    let before = files_of(&first);
    let blobs = ["--to-blobs", text(&photos)];
    let mut move_it = command(text(&first), &database.address(), &blobs);
    let mut moving = move_it.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let watcher = database.admin().await;
    let waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 4711";
    until("the move waits", async || {
        !watcher.query(waiting, &[]).await.unwrap().is_empty()
    })
    .await;
    moving.kill().unwrap();
    moving.wait().unwrap();
    let go_on = "SELECT pg_advisory_unlock(4711); DROP TRIGGER waits ON uploads";
    admin.batch_execute(go_on).await.unwrap();
    let left = "SELECT (SELECT count(*) FROM team) + (SELECT count(*) FROM items) + (SELECT count(*) FROM devices)";
    let left: i64 = watcher.query_one(left, &[]).await.unwrap().get(0);
    assert_eq!(left, 0, "half a team is no team");
    assert_eq!(files_of(&first), before, "the source is as it was");

    let moved = command(text(&first), &database.address(), &blobs).output().unwrap();
    assert!(moved.status.success(), "{}", said(&moved));
    for words in ["photos: 1 of 1\n", "\nmoved: "] {
        assert!(said(&moved).contains(words), "{words:?} in {}", said(&moved));
    }
    let at = folder.path().join("node");
    let node = Serving::start(&at, Some(database.address()), photos_at(&photos))
        .await
        .unwrap();
    let ana = ana.at(&node.url).await;
    assert_eq!(ana.reads().await, ["before the move"]);
    assert_eq!(ana.sees(hash).await, photo(KITCHEN));
    node.stop().await;
}

/// What lies in a folder, but for what is there only while somebody looks.
fn files_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut files: Vec<_> = entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .filter(|(name, bytes)| !name.ends_with("-shm") && !bytes.is_empty())
        .collect();
    files.sort();
    files
}

#[test]
fn what_is_said_of_a_move_is_said_without_a_password() {
    let folder = tempfile::tempdir().unwrap();
    let (none, photos) = (folder.path().join("none"), folder.path().join("photos"));
    let address = "postgres://ana:kettle@127.0.0.1:1/tea";
    let blobs = [["--from-blobs", text(&photos)], ["--to-blobs", text(&photos)]].concat();
    for (from, to) in [(address, text(&none)), (address, address), (text(&none), address)] {
        let refused = command(from, to, &blobs).output().unwrap();
        assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
        assert!(!said(&refused).contains("kettle"), "{}", said(&refused));
    }
    let help = command(address, address, &["--help"]).output().unwrap();
    assert!(!said(&help).contains("kettle"));
}
