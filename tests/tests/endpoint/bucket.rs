//! Photos in a bucket, as those who call the endpoint see it: by a real server of the S3 protocol.

use std::path::Path;
use std::sync::Arc;

use reqwest::StatusCode;
use samovar_backing::Bucket;
use samovar_domain::{Audience, BlobHash, ItemId, Kind};
use samovar_server::operate::{self, Place};
use samovar_server::{Config, Server, StartError};
use samovar_testkit::photos::{DESK, KITCHEN};
use samovar_testkit::{Endpoint, FakeClock, Standing, files_with, lets_go_of, photos_in};
use serde_json::{Value, json};

use crate::given::{Caller, refusal};
use crate::photos::{photo, put, try_put};

/// An endpoint whose photos lie in a bucket, and Ana, who owns the team.
struct Team {
    bucket: Bucket,
    endpoint: Endpoint,
    clock: FakeClock,
    ana: Caller,
}

fn standing(bucket: &Bucket) -> Standing {
    Standing {
        blobs: photos_in(bucket, "photos"),
        ..Standing::default()
    }
}

impl Team {
    async fn gather() -> Self {
        let bucket = Bucket::start().await;
        let clock = FakeClock::at("2026-11-23T09:00:00Z");
        let endpoint = Endpoint::start_on(clock.clone(), standing(&bucket)).await;
        let now = samovar_domain::Clock::now(&clock);
        let ana = Caller::join(endpoint.owner_invite.as_deref().unwrap(), "Ana", now).await;
        Self {
            bucket,
            endpoint,
            clock,
            ana,
        }
    }

    fn place<'a>(&'a self, standing: &'a Standing) -> Place<'a> {
        Place {
            data: self.endpoint.folder(),
            database: None,
            blobs: &standing.blobs,
        }
    }

    fn lies_in_the_bucket(&self, hash: BlobHash) -> bool {
        self.bucket.file(&format!("photos/{hash}")).exists()
    }
}

fn snapshot_of(photo: BlobHash) -> Value {
    json!({ "photos": [{ "blob": photo, "width": 8, "height": 8, "thumbhash": "" }], "lifetime": "24h" })
}

async fn shares(caller: &Caller, photo: BlobHash) -> ItemId {
    let id = ItemId::new(caller.now);
    let result = caller
        .writes(Kind::SNAPSHOT, id, &Audience::Team, snapshot_of(photo))
        .await;
    assert_eq!(result.problem, None);
    id
}

fn path(hash: BlobHash) -> String {
    format!("/v1/blobs/{hash}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_lies_in_the_bucket_until_what_names_it_is_gone() {
    let team = Team::gather().await;
    let (jpeg, desk) = (photo(), samovar_pictures::prepare(DESK).unwrap().thumbnail.bytes);
    let (hash, other) = (put(&team.ana, &jpeg).await, put(&team.ana, &desk).await);
    let (snapshot, _) = (shares(&team.ana, hash).await, shares(&team.ana, other).await);
    let ben = Caller::join(&team.ana.invite().await, "Ben", team.ana.now).await;
    assert_eq!(ben.get(&path(hash)).await.bytes().await.unwrap(), jpeg);
    assert!(
        files_with(team.endpoint.folder(), &jpeg).is_empty(),
        "it is nowhere else"
    );
    let exported = team.ana.get("/v1/export").await;
    assert_eq!(exported.status(), StatusCode::OK);
    let bytes = exported.bytes().await.unwrap();
    assert!(bytes.windows(64).any(|window| window == hash.to_string().as_bytes()));

    let gone = team
        .ana
        .writes(Kind::SNAPSHOT, snapshot, &Audience::Team, Value::Null)
        .await;
    assert_eq!(gone.problem, None);
    lets_go_of(&team.bucket.files(), &jpeg).await;
    assert!(!team.lies_in_the_bucket(hash) && team.lies_in_the_bucket(other));
    assert_eq!(ben.get(&path(hash)).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_erases_themselves_leaves_no_photo_in_the_bucket() {
    let team = Team::gather().await;
    let ben = Caller::join(&team.ana.invite().await, "Ben", team.ana.now).await;
    let (named, unnamed) = (photo(), samovar_pictures::prepare(DESK).unwrap().thumbnail.bytes);
    let hash = put(&ben, &named).await;
    shares(&ben, hash).await;
    put(&ben, &unnamed).await;
    for bytes in [&named, &unnamed] {
        assert!(
            !files_with(&team.bucket.files(), bytes).is_empty(),
            "the search finds what is there"
        );
    }
    let erased = ben.delete("/v1/members/me").await;
    assert_eq!(erased.status(), StatusCode::NO_CONTENT);
    for bytes in [&named, &unnamed] {
        lets_go_of(&team.bucket.files(), bytes).await;
        lets_go_of(team.endpoint.folder(), bytes).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_bucket_is_away_photos_wait_and_words_do_not() {
    let mut team = Team::gather().await;
    let (kitchen, desk) = (photo(), samovar_pictures::prepare(DESK).unwrap().thumbnail.bytes);
    let hash = put(&team.ana, &kitchen).await;
    shares(&team.ana, hash).await;
    team.bucket.goes_away();
    let late = BlobHash::of(&desk);
    for answer in [
        team.ana.get(&path(hash)).await,
        try_put(&team.ana, late, desk.clone()).await,
        team.ana.get("/v1/export").await,
    ] {
        assert_eq!(answer.headers()["retry-after"], "2");
        assert_eq!(refusal(answer).await, (503, "store_failed".into()));
    }
    team.ana.says("The kettle is on all the same.").await;
    let named = team.ana.op(
        Kind::SNAPSHOT,
        ItemId::new(team.ana.now),
        &Audience::Team,
        snapshot_of(late),
    );
    let held = team.ana.post(std::slice::from_ref(&named)).await;
    assert_eq!(
        refusal(held).await,
        (409, "blob_missing".into()),
        "nothing names what is not kept"
    );

    // A node that starts meanwhile serves words, too.
    team.endpoint.start_again().await;
    assert_eq!(team.ana.reads().await, ["The kettle is on all the same."]);
    assert_eq!(
        team.ana.get(&path(hash)).await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );

    team.bucket.comes_back();
    assert_eq!(team.ana.get(&path(hash)).await.bytes().await.unwrap(), kitchen);
    assert_eq!(put(&team.ana, &desk).await, late);
    assert_eq!(team.ana.post(&[named]).await.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_an_object_is_never_served() {
    let team = Team::gather().await;
    let jpeg = photo();
    let hash = put(&team.ana, &jpeg).await;
    std::fs::write(team.bucket.file(&format!("photos/{hash}")), &jpeg[..jpeg.len() / 2]).unwrap();
    assert_eq!(
        refusal(team.ana.get(&path(hash)).await).await,
        (503, "store_failed".into())
    );
    let standing = standing(&team.bucket);
    let faults = operate::check(team.place(&standing), &team.clock).await.unwrap();
    assert_eq!(
        faults,
        [format!("photo {hash} does not have the bytes that it is named by")]
    );
    assert_eq!(put(&team.ana, &jpeg).await, hash, "brought again, it is put right");
    assert_eq!(team.ana.get(&path(hash)).await.bytes().await.unwrap(), jpeg);
}

#[tokio::test]
async fn an_endpoint_does_not_start_on_a_bucket_that_is_not_its_own() {
    let bucket = Bucket::start().await;
    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("credentials");
    std::fs::write(
        &wrong,
        "aws_access_key_id = samovar-tests\naws_secret_access_key = guessed\n",
    )
    .unwrap();
    let start = async |name: &str, credentials: Option<&Path>| {
        let mut blobs = photos_in(&bucket, "photos");
        if let Some(credentials) = credentials {
            blobs.credentials = Some(credentials.to_owned());
        }
        let config = Config {
            data: folder.path().join(name),
            database: None,
            blobs,
            listen: ([127, 0, 0, 1], 0).into(),
            public_url: None,
        };
        Server::bind(config, Arc::new(FakeClock::at("2026-11-23T09:00:00Z")))
            .await
            .map(|_| ())
    };
    let Err(StartError::Blobs(refused)) = start("one", Some(&wrong)).await else {
        panic!("it starts with credentials that are wrong");
    };
    assert!(refused.to_string().contains("refuses these credentials"), "{refused}");
    start("one", None).await.unwrap();
    let Err(StartError::Blobs(refused)) = start("another", None).await else {
        panic!("two teams share one prefix");
    };
    assert!(refused.to_string().contains("another team"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strays_are_swept_out_of_the_bucket_after_a_day_and_nothing_else_is() {
    let mut team = Team::gather().await;
    let hash = put(&team.ana, &photo()).await;
    shares(&team.ana, hash).await;
    let lay = |words: &[u8], is_old: bool| {
        let file = team.bucket.file(&format!("photos/{}", BlobHash::of(words)));
        std::fs::write(&file, words).unwrap();
        age(&file, is_old);
        file
    };
    let (old, young) = (lay(b"left by a crash", true), lay(b"on its way in", false));
    age(&team.bucket.file(&format!("photos/{hash}")), true);
    age(&team.bucket.file("photos/team"), true);
    // The day's work is done at every start.
    team.endpoint.start_again().await;
    lets_go_of(&team.bucket.files(), b"left by a crash").await;
    assert!(!old.exists() && young.exists());
    assert!(team.lies_in_the_bucket(hash) && team.bucket.file("photos/team").exists());
}

fn age(file: &Path, is_old: bool) {
    if is_old {
        let file = std::fs::File::options().write(true).open(file).unwrap();
        let before = std::time::Duration::from_hours(25);
        file.set_modified(file.metadata().unwrap().modified().unwrap() - before)
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_has_the_photos_of_the_bucket_and_brings_them_back_into_any_place() {
    let mut team = Team::gather().await;
    let jpeg = samovar_pictures::prepare(KITCHEN).unwrap().thumbnail.bytes;
    let hash = put(&team.ana, &jpeg).await;
    shares(&team.ana, hash).await;
    let elsewhere = tempfile::tempdir().unwrap();
    let zip = elsewhere.path().join("backup.zip");
    let here = standing(&team.bucket);
    operate::back_up(team.place(&here), &zip, &team.clock).await.unwrap();
    let left = std::fs::read_dir(team.endpoint.folder().join("blobs")).unwrap().count();
    assert_eq!(left, 0, "nothing of it stays here");

    // Into a folder, as any backup.
    let folder = elsewhere.path().join("folder");
    assert_eq!(operate::restore(&zip, &folder, &team.clock).await.unwrap(), 1);
    assert_eq!(
        std::fs::read(folder.join("blobs").join(hash.to_string())).unwrap(),
        jpeg
    );

    // Into a bucket that has lost everything.
    team.endpoint.stop().await;
    let lost = Bucket::start().await;
    let there = standing(&lost);
    let restored = elsewhere.path().join("restored");
    let place = Place {
        data: &restored,
        database: None,
        blobs: &there.blobs,
    };
    assert_eq!(operate::restore(&zip, place, &team.clock).await.unwrap(), 1);
    assert!(files_with(&restored, &jpeg).is_empty());
    assert_eq!(operate::check(place, &team.clock).await.unwrap(), Vec::<String>::new());
    team.endpoint.start_again_as(restored, there).await;
    assert_eq!(team.ana.get(&path(hash)).await.bytes().await.unwrap(), jpeg);
}
