//! A team moves: from a folder into PostgreSQL, and back. Desktops find the endpoint where it was and everything in it; what
//! was written meanwhile arrives.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use samovar_backing::{Bucket, Cluster};
use samovar_core::api::Request;
use samovar_server::blobs::BlobPlace;
use samovar_server::moving::{MoveError, Moved, Side, move_team};
use samovar_testkit::{Desktop, Endpoint, FakeClock, Standing, files_with, photos, photos_in};

use crate::given::{hears_at_any_hour, page_of, sorted_words_at};

fn in_folder(folder: &Path) -> Side {
    Side {
        place: folder.to_str().unwrap().to_owned(),
        blobs: BlobPlace::IN_THE_FOLDER,
    }
}

fn in_postgres(standing: &Standing) -> Side {
    Side {
        place: standing.database.clone().unwrap(),
        blobs: standing.blobs.clone(),
    }
}

async fn moves(from: Side, to: Side) -> Result<Moved, MoveError> {
    move_team(from, to, |_| {}).await
}

/// An endpoint that is served now here and now there, always at the same address.
struct House {
    clock: FakeClock,
    address: SocketAddr,
    endpoint: Option<Endpoint>,
}

impl House {
    async fn open(folder: &Path) -> Self {
        let clock = FakeClock::at("2026-11-23T15:00:00Z");
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let endpoint = Endpoint::serve(folder.to_owned(), any, Arc::new(clock.clone())).await;
        Self {
            clock,
            address: endpoint.address(),
            endpoint: Some(endpoint),
        }
    }

    fn endpoint(&self) -> &Endpoint {
        self.endpoint.as_ref().unwrap()
    }

    async fn closes(&mut self) {
        self.endpoint.take().unwrap().stop().await;
    }

    async fn opens_again(&mut self, folder: &Path, standing: Standing) {
        let clock = Arc::new(self.clock.clone());
        let endpoint = Endpoint::serve_on(folder.to_owned(), self.address, clock, standing).await;
        self.endpoint = Some(endpoint);
    }

    async fn all_see(&self, desktops: [&Desktop; 2], texts: &[&str]) {
        for desktop in desktops {
            desktop.ask(Request::RetryNow).await;
        }
        for desktop in desktops {
            for text in texts {
                desktop.sees_snapshot(text).await;
            }
            desktop.has_sent_everything().await;
            desktop.is_online().await;
            assert!(desktop.status().await.refused.is_empty());
            assert_eq!(&sorted_words_at(self.endpoint(), desktop).await, texts);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_moves_into_postgresql_and_back_and_everything_written_meanwhile_arrives() {
    let place = tempfile::tempdir().unwrap();
    let first = place.path().join("first");
    let mut house = House::open(&first).await;
    let ana = Desktop::new("Ana", "America/Lima", &house.clock).await;
    ana.join(house.endpoint().owner_invite.as_deref().unwrap()).await;
    let ben = Desktop::new("Ben", "Europe/Helsinki", &house.clock).await;
    ben.join(&ana.invite().await).await;
    hears_at_any_hour(&ana).await;
    hears_at_any_hour(&ben).await;
    ana.shares_photo("1 The dog, before.", photos::DOG).await;
    house.all_see([&ana, &ben], &["1 The dog, before."]).await;
    let epoch = page_of(house.endpoint(), &ana).await.epoch;

    // Nobody moves what is being served.
    let bucket = Bucket::start().await;
    let database = tokio::task::block_in_place(Cluster::shared).database().await;
    let there = Standing {
        database: Some(database.address()),
        blobs: photos_in(&bucket, "photos"),
        ..Standing::default()
    };
    let refused = moves(in_folder(&first), in_postgres(&there)).await;
    assert!(matches!(refused, Err(MoveError::Served(_))), "{refused:?}");
    house.closes().await;
    ana.is_offline().await;
    ana.shares("2 On the way there.").await;
    let moved = moves(in_folder(&first), in_postgres(&there)).await.unwrap();
    assert_eq!((moved.photos, moved.missing), (2, 0), "the dog, large and small");
    house.opens_again(&place.path().join("node"), there.clone()).await;
    house
        .all_see([&ana, &ben], &["1 The dog, before.", "2 On the way there."])
        .await;
    let moved_to = page_of(house.endpoint(), &ana).await.epoch;
    assert_ne!(moved_to, epoch);
    ben.shares_photo("3 A desk, there.", photos::DESK).await;
    let texts = ["1 The dog, before.", "2 On the way there.", "3 A desk, there."];
    house.all_see([&ana, &ben], &texts).await;
    let desk = ana.sees_snapshot("3 A desk, there.").await.photos[0].blob;
    let desk_bytes = ana.core.photo(desk, false).await.unwrap();
    assert!(
        !files_with(&bucket.files(), &desk_bytes).is_empty(),
        "it lies in the bucket"
    );

    let second = place.path().join("second");
    let refused = moves(in_postgres(&there), in_folder(&second)).await;
    assert!(matches!(refused, Err(MoveError::Served(_))), "{refused:?}");
    house.closes().await;
    ben.is_offline().await;
    ben.shares("4 On the way back.").await;
    let refused = moves(in_postgres(&there), in_folder(&first)).await;
    assert!(matches!(refused, Err(MoveError::NotEmpty(_))), "{refused:?}");
    let moved = moves(in_postgres(&there), in_folder(&second)).await.unwrap();
    assert_eq!((moved.photos, moved.missing), (4, 0));
    house.opens_again(&second, Standing::default()).await;
    let texts = [
        "1 The dog, before.",
        "2 On the way there.",
        "3 A desk, there.",
        "4 On the way back.",
    ];
    house.all_see([&ana, &ben], &texts).await;
    assert_ne!(page_of(house.endpoint(), &ana).await.epoch, moved_to);
    let newcomer = Desktop::new("Cleo", "Asia/Kathmandu", &house.clock).await;
    newcomer.join(&ana.invite().await).await;
    for text in ["1 The dog, before.", "3 A desk, there."] {
        let photo = newcomer.sees_snapshot(text).await.photos[0].blob;
        newcomer.core.photo(photo, false).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_cannot_be_is_refused_before_anything_is_carried() {
    let place = tempfile::tempdir().unwrap();
    let (first, second) = (place.path().join("first"), place.path().join("second"));
    let mut house = House::open(&first).await;
    let ana = Desktop::new("Ana", "America/Lima", &house.clock).await;
    ana.join(house.endpoint().owner_invite.as_deref().unwrap()).await;
    ana.shares_photo("The dog stays.", photos::DOG).await;
    ana.has_sent_everything().await;
    house.closes().await;
    let database = tokio::task::block_in_place(Cluster::shared).database().await;
    let photos = place.path().join("photos");
    let standing = Standing {
        database: Some(database.address()),
        blobs: BlobPlace {
            place: Some(photos.to_str().unwrap().to_owned()),
            ..BlobPlace::default()
        },
        ..Standing::default()
    };
    let one_kind = moves(in_folder(&first), in_folder(&second)).await;
    assert!(matches!(one_kind, Err(MoveError::OneKind)), "{one_kind:?}");
    let mut nowhere = in_postgres(&standing);
    nowhere.blobs = BlobPlace::default();
    let nowhere = moves(in_folder(&first), nowhere).await;
    assert!(matches!(nowhere, Err(MoveError::NoBlobs("to"))), "{nowhere:?}");
    let nothing = moves(in_folder(&second), in_postgres(&standing)).await;
    assert!(matches!(nothing, Err(MoveError::Failed(_))), "{nothing:?}");
    assert!(!second.exists() && !photos.exists());

    // Another team is there already.
    let mut other = House::open(&second).await;
    other.closes().await;
    moves(in_folder(&second), in_postgres(&standing)).await.unwrap();
    let taken = moves(in_folder(&first), in_postgres(&standing)).await;
    assert!(matches!(taken, Err(MoveError::NotEmpty(_))), "{taken:?}");
    assert_eq!(std::fs::read_dir(&photos).unwrap().count(), 0, "no photo was carried");
    house.opens_again(&first, Standing::default()).await;
    assert_eq!(sorted_words_at(house.endpoint(), &ana).await, ["The dog stays."]);
}
