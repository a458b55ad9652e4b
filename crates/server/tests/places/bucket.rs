//! Photos in a bucket, as those who call the endpoint see it.

use std::path::Path;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use samovar_backing::{ACCESS_KEY, Bucket, Cluster, SECRET_KEY};
use samovar_domain::{BlobHash, ItemId, SystemClock};
use samovar_server::StartError;
use samovar_server::blobs::BlobPlace;
use samovar_server::operate::{self, Place};
use serde_json::Value;
use tempfile::TempDir;

use crate::given::{
    Caller, DESK, KITCHEN, Program, Serving, files_with, lets_go_of, path, photo, photos_in, refusal, snapshot_of,
};

/// An endpoint whose photos lie in a bucket, and Ana, who owns the team.
struct Team {
    bucket: Bucket,
    folder: TempDir,
    endpoint: Serving,
    ana: Caller,
}

impl Team {
    async fn gather() -> Self {
        let (bucket, folder) = (Bucket::start().await, tempfile::tempdir().unwrap());
        let (data, photos) = (folder.path().join("data"), photos_in(&bucket, "photos"));
        let endpoint = Serving::start(&data, None, photos).await.unwrap();
        let ana = Caller::join(endpoint.owner_invite.as_deref().unwrap(), "Ana").await;
        Self {
            bucket,
            folder,
            endpoint,
            ana,
        }
    }

    /// Stops the endpoint and starts it again.
    async fn restarts(self) -> Self {
        self.endpoint.stop().await;
        let photos = photos_in(&self.bucket, "photos");
        let endpoint = Serving::start(&self.folder.path().join("data"), None, photos)
            .await
            .unwrap();
        let ana = self.ana.at(&endpoint.url).await;
        Self { endpoint, ana, ..self }
    }

    fn lies_in_the_bucket(&self, hash: BlobHash) -> bool {
        self.bucket.file(&format!("photos/{hash}")).exists()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_lies_in_the_bucket_until_what_names_it_is_gone() {
    let team = Team::gather().await;
    let (kitchen, desk) = (photo(KITCHEN), photo(DESK));
    let (hash, other) = (team.ana.brings(&kitchen).await, team.ana.brings(&desk).await);
    let (snapshot, _) = (team.ana.shares(hash).await, team.ana.shares(other).await);
    let ben = Caller::join(&team.ana.invite().await, "Ben").await;
    assert_eq!(ben.sees(hash).await, kitchen);
    assert!(
        files_with(team.folder.path(), &kitchen).is_empty(),
        "it is nowhere else"
    );
    let exported = team.ana.get("/v1/export").await;
    assert_eq!(exported.status(), StatusCode::OK);
    let (exported, name) = (exported.bytes().await.unwrap(), format!("photos/{hash}.jpg"));
    assert!(exported.windows(name.len()).any(|window| window == name.as_bytes()));

    team.ana.writes(snapshot, &Value::Null).await;
    lets_go_of(&team.bucket.files(), &kitchen).await;
    assert!(!team.lies_in_the_bucket(hash) && team.lies_in_the_bucket(other));
    assert_eq!(ben.get(&path(hash)).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_erases_themselves_leaves_no_photo_in_the_bucket() {
    let team = Team::gather().await;
    let ben = Caller::join(&team.ana.invite().await, "Ben").await;
    let (named, unnamed) = (photo(KITCHEN), photo(DESK));
    let hash = ben.brings(&named).await;
    ben.shares(hash).await;
    ben.brings(&unnamed).await;
    for bytes in [&named, &unnamed] {
        assert!(
            !files_with(&team.bucket.files(), bytes).is_empty(),
            "the search finds what is there"
        );
    }
    let erased = ben.call(Method::DELETE, "/v1/members/me").send().await.unwrap();
    assert_eq!(erased.status(), StatusCode::NO_CONTENT);
    for bytes in [&named, &unnamed] {
        lets_go_of(&team.bucket.files(), bytes).await;
        lets_go_of(team.folder.path(), bytes).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_bucket_is_away_photos_wait_and_words_do_not() {
    let team = Team::gather().await;
    let (kitchen, desk) = (photo(KITCHEN), photo(DESK));
    let hash = team.ana.brings(&kitchen).await;
    team.ana.shares(hash).await;
    team.bucket.goes_away();
    for answer in [
        team.ana.get(&path(hash)).await,
        team.ana.tries_to_bring(&desk).await,
        team.ana.get("/v1/export").await,
    ] {
        assert_eq!(answer.headers()["retry-after"], "2");
        assert_eq!(refusal(answer).await, (503, "store_failed".into()));
    }
    team.ana.says("The kettle is on all the same.").await;
    let late = BlobHash::of(&desk);
    let named = team.ana.op(
        ItemId::new(samovar_domain::Clock::now(&SystemClock)),
        &snapshot_of(late),
    );
    let held = team.ana.posts(&named).await;
    assert_eq!(
        refusal(held).await,
        (409, "blob_missing".into()),
        "nothing names what is not kept"
    );

    // A node that starts meanwhile serves words, too.
    let team = team.restarts().await;
    assert_eq!(team.ana.reads().await, ["The kettle is on all the same."]);
    assert_eq!(
        team.ana.get(&path(hash)).await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );

    team.bucket.comes_back();
    assert_eq!(team.ana.sees(hash).await, kitchen);
    assert_eq!(team.ana.brings(&desk).await, late);
    assert_eq!(team.ana.posts(&named).await.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_an_object_is_never_served() {
    let team = Team::gather().await;
    let kitchen = photo(KITCHEN);
    let hash = team.ana.brings(&kitchen).await;
    std::fs::write(
        team.bucket.file(&format!("photos/{hash}")),
        &kitchen[..kitchen.len() / 2],
    )
    .unwrap();
    let half = team.ana.get(&path(hash)).await;
    assert_eq!(refusal(half).await, (503, "store_failed".into()));
    let (data, blobs) = (team.folder.path().join("data"), photos_in(&team.bucket, "photos"));
    let place = Place {
        data: &data,
        database: None,
        blobs: &blobs,
    };
    let faults = operate::check(place, &SystemClock).await.unwrap();
    assert_eq!(
        faults,
        [format!("photo {hash} does not have the bytes that it is named by")]
    );
    team.ana.brings(&kitchen).await;
    assert_eq!(team.ana.sees(hash).await, kitchen, "brought again, it is put right");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_share_one_bucket() {
    let (bucket, folder) = (Bucket::start().await, tempfile::tempdir().unwrap());
    let database = tokio::task::block_in_place(Cluster::shared).database().await;
    let start = async |name: &str| {
        let photos = photos_in(&bucket, "photos");
        let serving = Serving::start(&folder.path().join(name), Some(database.address()), photos).await;
        serving.unwrap()
    };
    let (here, there) = (start("here").await, start("there").await);
    let ana = Caller::join(here.owner_invite.as_deref().unwrap(), "Ana").await;
    let kitchen = photo(KITCHEN);
    let hash = ana.brings(&kitchen).await;
    let snapshot = ana.shares(hash).await;
    let ana = ana.at(&there.url).await;
    assert_eq!(ana.sees(hash).await, kitchen);
    ana.writes(snapshot, &Value::Null).await;
    lets_go_of(&bucket.files(), &kitchen).await;
    let ana = ana.at(&here.url).await;
    assert_eq!(ana.get(&path(hash)).await.status(), StatusCode::NOT_FOUND);
    here.stop().await;
    there.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_does_not_start_on_a_bucket_that_is_not_its_own() {
    let (bucket, folder) = (Bucket::start().await, tempfile::tempdir().unwrap());
    let wrong = folder.path().join("credentials");
    std::fs::write(
        &wrong,
        "aws_access_key_id = samovar-tests\naws_secret_access_key = guessed\n",
    )
    .unwrap();
    let start = async |name: &str, blobs: BlobPlace| Serving::start(&folder.path().join(name), None, blobs).await;
    let ours = photos_in(&bucket, "photos");
    let guessed = BlobPlace {
        credentials: Some(wrong),
        ..ours.clone()
    };
    let Err(StartError::Blobs(refused)) = start("one", guessed).await else {
        panic!("it starts with credentials that are wrong");
    };
    assert!(refused.to_string().contains("refuses these credentials"), "{refused}");
    start("one", ours.clone()).await.unwrap().stop().await;
    let Err(StartError::Blobs(refused)) = start("another", ours).await else {
        panic!("two teams share one prefix");
    };
    assert!(refused.to_string().contains("another team"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_finds_who_it_is_in_the_environment_and_tells_nobody() {
    let (bucket, folder) = (Bucket::start().await, tempfile::tempdir().unwrap());
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let started = |secret: &'static str| {
        Program::new(&data, &log, |program| {
            program
                .args(["--log", "debug", "--blobs", "s3://tea/by/name"])
                .env("SAMOVAR_BLOBS_ENDPOINT", bucket.endpoint())
                .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
                .env("AWS_SECRET_ACCESS_KEY", secret);
        })
    };
    let Err(refused) = started("guessed-by-somebody") else {
        panic!("it starts with a secret that is wrong");
    };
    assert!(refused.contains("refuses these credentials"), "{refused}");
    assert!(!refused.contains("guessed-by-somebody"), "{refused}");
    let program = started(SECRET_KEY).unwrap_or_else(|log| panic!("{log}"));
    let ana = Caller::join(program.owner_invite.as_deref().unwrap(), "Ana").await;
    let hash = ana.brings(&photo(KITCHEN)).await;
    assert_eq!(ana.get(&path(hash)).await.status(), StatusCode::OK);
    assert!(bucket.file(&format!("by/name/{hash}")).exists());
    program.kill();
    let log = std::fs::read_to_string(log).unwrap();
    assert!(!log.contains(SECRET_KEY), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strays_are_swept_out_of_the_bucket_after_a_day_and_nothing_else_is() {
    let team = Team::gather().await;
    let hash = team.ana.brings(&photo(KITCHEN)).await;
    team.ana.shares(hash).await;
    let stray = |words: &[u8]| {
        let file = team.bucket.file(&format!("photos/{}", BlobHash::of(words)));
        std::fs::write(&file, words).unwrap();
        file
    };
    let (old, young) = (stray(b"left by a crash"), stray(b"on its way in"));
    let named = team.bucket.file(&format!("photos/{hash}"));
    let owner = team.bucket.file("photos/team");
    for file in [&old, &named, &owner] {
        grows_old(file);
    }
    // The day's work is done at every start.
    let team = team.restarts().await;
    lets_go_of(&team.bucket.files(), b"left by a crash").await;
    assert!(!old.exists() && young.exists() && named.exists() && owner.exists());
}

fn grows_old(file: &Path) {
    let file = std::fs::File::options().write(true).open(file).unwrap();
    let modified = file.metadata().unwrap().modified().unwrap();
    file.set_modified(modified - Duration::from_hours(25)).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_has_the_photos_of_the_bucket_and_brings_them_back_into_any_place() {
    let team = Team::gather().await;
    let kitchen = photo(KITCHEN);
    let hash = team.ana.brings(&kitchen).await;
    team.ana.shares(hash).await;
    let elsewhere = tempfile::tempdir().unwrap();
    let zip = elsewhere.path().join("backup.zip");
    let (data, blobs) = (team.folder.path().join("data"), photos_in(&team.bucket, "photos"));
    let place = Place {
        data: &data,
        database: None,
        blobs: &blobs,
    };
    operate::back_up(place, &zip, &SystemClock).await.unwrap();
    assert!(files_with(&data, &kitchen).is_empty(), "nothing of it stays here");

    // Into a folder, as any backup.
    let folder = elsewhere.path().join("folder");
    assert_eq!(operate::restore(&zip, &folder, &SystemClock).await.unwrap(), 1);
    assert_eq!(
        std::fs::read(folder.join("blobs").join(hash.to_string())).unwrap(),
        kitchen
    );

    // Into a bucket that has lost everything.
    team.endpoint.stop().await;
    let lost = Bucket::start().await;
    let there = photos_in(&lost, "photos");
    let restored = elsewhere.path().join("restored");
    let place = Place {
        data: &restored,
        database: None,
        blobs: &there,
    };
    assert_eq!(operate::restore(&zip, place, &SystemClock).await.unwrap(), 1);
    assert!(files_with(&restored, &kitchen).is_empty());
    assert_eq!(operate::check(place, &SystemClock).await.unwrap(), Vec::<String>::new());
    let endpoint = Serving::start(&restored, None, there.clone()).await.unwrap();
    let ana = team.ana.at(&endpoint.url).await;
    assert_eq!(ana.sees(hash).await, kitchen);
}
