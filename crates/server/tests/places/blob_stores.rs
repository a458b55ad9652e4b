//! What everything that keeps photos must do, as stories that know nothing but the trait; and what only a bucket can get
//! wrong. The bucket is one of a real server.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use samovar_backing::{Bucket as Served, SECRET_KEY};
use samovar_domain::{BlobHash, Clock as _, SystemClock, TeamId};
use samovar_server::blobs::{BlobError, BlobPlace, Blobs, Bucket, Credentials, Folder};
use tempfile::TempDir;

use crate::given::photos_in;

/// An empty place of photos.
struct Fresh {
    blobs: Arc<dyn Blobs>,
    /// The folder in which they are found past it.
    files: PathBuf,
    _keep: (Option<TempDir>, Option<Served>),
}

impl Fresh {
    fn file(&self, hash: BlobHash) -> PathBuf {
        self.files.join(hash.to_string())
    }

    /// As the store does it, on a thread of its own.
    async fn deletes(&self, hashes: &[BlobHash]) {
        let (blobs, hashes) = (Arc::clone(&self.blobs), hashes.to_vec());
        tokio::task::spawn_blocking(move || blobs.delete(&hashes))
            .await
            .unwrap();
    }

    async fn keeps(&self, words: &str) -> BlobHash {
        let hash = BlobHash::of(words.as_bytes());
        self.blobs.put(hash, words.to_owned().into()).await.unwrap();
        hash
    }

    async fn hashes(&self) -> Vec<BlobHash> {
        let mut hashes: Vec<BlobHash> = self
            .blobs
            .list()
            .await
            .unwrap()
            .iter()
            .map(|lying| lying.hash)
            .collect();
        hashes.sort_by_key(ToString::to_string);
        hashes
    }
}

fn folder() -> Fresh {
    let keep = tempfile::tempdir().unwrap();
    Fresh {
        blobs: Arc::new(Folder::open(keep.path().to_owned()).unwrap()),
        files: keep.path().to_owned(),
        _keep: (Some(keep), None),
    }
}

async fn bucket() -> Fresh {
    let served = Served::start().await;
    let blobs = open(&photos_in(&served, "team/photos"));
    blobs.claim(TeamId::new(SystemClock.now())).await.unwrap();
    Fresh {
        blobs,
        files: served.file("team/photos"),
        _keep: (None, Some(served)),
    }
}

fn open(place: &BlobPlace) -> Arc<dyn Blobs> {
    place.open(std::path::Path::new("nowhere")).unwrap()
}

/// Makes a test of each story for each of the places that there are.
macro_rules! for_each_place {
    ($($story:ident)*) => {
        mod in_a_folder {
            $(#[tokio::test]
            async fn $story() {
                super::$story(super::folder()).await;
            })*
        }
        mod in_a_bucket {
            $(#[tokio::test]
            async fn $story() {
                super::$story(super::bucket().await).await;
            })*
        }
    };
}

for_each_place! {
    a_photo_comes_back_as_it_was
    what_is_not_there_is_said_so
    half_a_photo_is_never_handed_out_and_is_put_right_when_it_is_brought_again
    all_that_lie_there_are_listed_with_their_age
    those_that_are_deleted_are_gone_and_the_others_stay
    the_same_photo_may_be_brought_by_many_at_once
}

async fn a_photo_comes_back_as_it_was(fresh: Fresh) {
    let photo = fresh.keeps("a kitchen").await;
    assert_eq!(fresh.keeps("a kitchen").await, photo, "the same again changes nothing");
    assert_eq!(fresh.blobs.get(photo).await.unwrap().unwrap(), "a kitchen");
    assert!(fresh.blobs.has(photo).await.unwrap());
    assert_eq!(std::fs::read(fresh.file(photo)).unwrap(), b"a kitchen");
    assert_eq!(fresh.hashes().await, [photo]);
}

async fn what_is_not_there_is_said_so(fresh: Fresh) {
    let photo = BlobHash::of(b"nothing");
    assert_eq!(fresh.blobs.get(photo).await, Ok(None));
    assert_eq!(fresh.blobs.has(photo).await, Ok(false));
    assert_eq!(fresh.hashes().await, []);
    fresh.deletes(&[photo]).await;
    assert_eq!(fresh.blobs.take_owed(), [], "what is not there is deleted");
}

async fn half_a_photo_is_never_handed_out_and_is_put_right_when_it_is_brought_again(fresh: Fresh) {
    let photo = fresh.keeps("a kitchen with a cat").await;
    for damaged in ["a kitchen", "a kitchen with a dog", ""] {
        std::fs::write(fresh.file(photo), damaged).unwrap();
        assert_eq!(
            fresh.blobs.get(photo).await,
            Err(BlobError::Damaged(photo)),
            "{damaged}"
        );
    }
    fresh.keeps("a kitchen with a cat").await;
    assert_eq!(fresh.blobs.get(photo).await.unwrap().unwrap(), "a kitchen with a cat");
}

async fn all_that_lie_there_are_listed_with_their_age(fresh: Fresh) {
    let (young, old) = (fresh.keeps("just now").await, fresh.keeps("the day before").await);
    let file = std::fs::File::options().write(true).open(fresh.file(old)).unwrap();
    let day = Duration::from_hours(24);
    file.set_modified(file.metadata().unwrap().modified().unwrap() - 2 * day)
        .unwrap();
    // Whatever else is there is no photo.
    std::fs::write(fresh.files.join("notes"), "no photo").unwrap();
    let lying = fresh.blobs.list().await.unwrap();
    assert_eq!(lying.len(), 2, "{lying:?}");
    for photo in lying {
        assert_eq!(photo.age > day, photo.hash == old, "{photo:?}");
        assert!(photo.hash == old || photo.hash == young);
    }
}

async fn those_that_are_deleted_are_gone_and_the_others_stay(fresh: Fresh) {
    let mut photos = Vec::new();
    for n in 0..12 {
        photos.push(fresh.keeps(&format!("photo {n}")).await);
    }
    let (gone, stay) = photos.split_at(9);
    fresh.deletes(gone).await;
    for photo in gone {
        assert_eq!(fresh.blobs.get(*photo).await, Ok(None));
    }
    let mut stay = stay.to_vec();
    stay.sort_by_key(ToString::to_string);
    assert_eq!(fresh.hashes().await, stay);
}

async fn the_same_photo_may_be_brought_by_many_at_once(fresh: Fresh) {
    let words = "a kitchen, seen by everybody ".repeat(4_000);
    let bringing = (0..12).map(|_| fresh.keeps(&words));
    let brought = futures_util::future::join_all(bringing).await;
    assert_eq!(fresh.blobs.get(brought[0]).await.unwrap().unwrap(), words.as_bytes());
    assert_eq!(fresh.hashes().await, [brought[0]]);
    let left = std::fs::read_dir(&fresh.files).unwrap().flatten();
    let left: Vec<_> = left
        .map(|entry| entry.file_name())
        .filter(|name| name != "team")
        .collect();
    assert_eq!(left.len(), 1, "nothing half made stays: {left:?}");
}

#[tokio::test]
async fn what_was_left_half_made_in_a_folder_goes_when_it_is_old() {
    let fresh = folder();
    let photo = fresh.keeps("a kitchen").await;
    let (half, held) = (fresh.files.join(".half.partial"), fresh.files.join(".backup-killed"));
    std::fs::write(&half, "a kit").unwrap();
    std::fs::create_dir(&held).unwrap();
    std::fs::write(held.join(photo.to_string()), "a kitchen").unwrap();
    let day = Duration::from_hours(24);
    fresh.blobs.tidy(day).await.unwrap();
    assert!(half.exists() && held.exists(), "somebody may be at it");
    for path in [&half, &held] {
        let file = std::fs::File::open(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    }
    fresh.blobs.tidy(day).await.unwrap();
    assert!(!half.exists() && !held.exists());
    assert!(fresh.blobs.has(photo).await.unwrap());
}

#[tokio::test]
async fn two_nodes_of_a_team_share_a_bucket_and_another_team_does_not() {
    let served = Served::start().await;
    let (ours, theirs) = (TeamId::new(SystemClock.now()), TeamId::new(SystemClock.now()));
    let place = photos_in(&served, "photos");
    let (here, there) = (open(&place), open(&place));
    here.claim(ours).await.unwrap();
    there.claim(ours).await.unwrap();
    let photo = BlobHash::of(b"tea");
    here.put(photo, b"tea".to_vec().into()).await.unwrap();
    assert_eq!(there.get(photo).await.unwrap().unwrap(), "tea");
    let other = open(&place);
    let refused = other.claim(theirs).await.unwrap_err();
    assert!(matches!(refused, BlobError::Refused(_)), "{refused}");
    assert!(refused.to_string().contains("another team"), "{refused}");
    assert!(other.get(photo).await.is_err(), "and so it stays");
    let beside = open(&photos_in(&served, "others"));
    beside.claim(theirs).await.unwrap();
    assert_eq!(beside.list().await.unwrap(), []);
}

#[tokio::test]
async fn whoever_may_not_use_a_bucket_is_told_so_without_the_secret() {
    let served = Served::start().await;
    let endpoint = served.endpoint();
    let check = async |bucket: &str, key: &str, secret: &str, words: &str| {
        let credentials = Credentials {
            key: key.to_owned(),
            secret: secret.to_owned(),
            token: None,
        };
        let bucket = Bucket::open(bucket, "photos", Some(&endpoint), None, Some(credentials)).unwrap();
        let refused = bucket.claim(TeamId::new(SystemClock.now())).await.unwrap_err();
        let told = format!("{refused} {refused:?}");
        assert!(
            matches!(refused, BlobError::Refused(_)) && told.contains(words),
            "{told}"
        );
        assert!(!told.contains(secret), "{told}");
    };
    check("tea", "samovar-tests", "wrong-secret", "refuses these credentials").await;
    check("tea", "somebody-else", SECRET_KEY, "refuses these credentials").await;
    check("coffee", "samovar-tests", SECRET_KEY, "no such bucket").await;
}

#[tokio::test]
async fn while_a_bucket_is_away_nothing_is_said_to_be_kept_or_gone() {
    let served = Served::start().await;
    let place = photos_in(&served, "photos");
    let credentials = Credentials::read(place.credentials.as_ref().unwrap()).unwrap();
    let bucket = Bucket::open("tea", "photos", place.endpoint.as_deref(), None, Some(credentials)).unwrap();
    let bucket = Arc::new(bucket.resting(Duration::ZERO));
    bucket.claim(TeamId::new(SystemClock.now())).await.unwrap();
    let (kept, late) = (BlobHash::of(b"kept"), BlobHash::of(b"late"));
    bucket.put(kept, b"kept".to_vec().into()).await.unwrap();
    served.goes_away();
    let is_away = |error: BlobError| matches!(error, BlobError::Unreachable(_));
    assert!(
        is_away(bucket.get(kept).await.unwrap_err()),
        "it is not said to be missing"
    );
    assert!(is_away(bucket.has(kept).await.unwrap_err()));
    assert!(is_away(bucket.put(late, b"late".to_vec().into()).await.unwrap_err()));
    assert!(is_away(bucket.list().await.unwrap_err()));
    let deleting = Arc::clone(&bucket);
    tokio::task::spawn_blocking(move || deleting.delete(&[kept]))
        .await
        .unwrap();
    served.comes_back();
    assert_eq!(bucket.get(kept).await.unwrap().unwrap(), "kept");
    assert_eq!(bucket.get(late).await, Ok(None));
    let owed = bucket.take_owed();
    assert_eq!(owed, [kept], "it is remembered that it is to go");
    let deleting = Arc::clone(&bucket);
    tokio::task::spawn_blocking(move || deleting.delete(&owed))
        .await
        .unwrap();
    assert_eq!(bucket.get(kept).await, Ok(None));
    assert_eq!(bucket.take_owed(), []);
}
