//! How a stream ends.

use std::sync::Arc;
use std::time::{Duration, Instant};

use samovar_domain::Audience;

use super::house::{House, seq_of, soon};
use crate::state::hash_secret;

/// What docs/API.md promises.
const CLOSED_WITHIN: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_end_with_the_endpoint_as_they_should_whether_they_are_read_or_not() {
    for mut house in House::both().await {
        let ana = house.person("Ana").await;
        let head = house.head().await;
        let mut listening = Vec::new();
        for _ in 0..5 {
            let mut listener = house.listens(&ana, head).await;
            listener.head().await;
            listener.hears("event: head").await;
            listening.push(listener);
        }
        let mut silent = house.listens(&ana, head).await;
        silent.head().await;
        house.has_streams(6).await;
        house.stops().await;
        for mut listener in listening {
            listener.hears("retry: ").await;
            assert_eq!(listener.event().await, None);
            listener.hears_nothing_more().await;
        }
        house.has_streams(0).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_takes_nothing_does_not_hold_up_the_end_of_the_endpoint() {
    let mut house = House::with_reactor(super::Patience::default()).await;
    let ana = house.person("Ana").await;
    let mut silent = house.listens(&ana, house.head().await).await;
    silent.head().await;
    for _ in 0..30 {
        let ops = (0..10).map(|_| ana.op(Audience::Team, &"y".repeat(30_000))).collect();
        ana.writes(ops).await;
    }
    let asked = Instant::now();
    house.stops().await;
    assert!(asked.elapsed() < CLOSED_WITHIN, "{:?}", asked.elapsed());
}

/// A device is ended while its streams are on their way in: each of them ends or is refused, and none stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_stream_slips_in_past_the_end_of_its_device() {
    for house in House::both().await {
        let house = Arc::new(house);
        let ana = house.person("Ana").await;
        for round in 0..30 {
            let token = format!("smv_round_{round}");
            let (store, now) = (&house.app.store, house.app.now());
            let device = store
                .enrol(ana.caller, "laptop", &hash_secret(&token), now)
                .await
                .unwrap();
            let request = house.asks(&ana, 0).replace(&ana.token, &token);
            let opening: Vec<_> = (0..8)
                .map(|_| {
                    let (house, request) = (Arc::clone(&house), request.clone());
                    tokio::spawn(async move {
                        let mut listener = house.connects().await;
                        listener.says(&request).await;
                        // Ends by itself, or with a refusal.
                        let _ = tokio::io::AsyncWriteExt::flush(&mut listener.socket).await;
                        listener.ends_or_is_refused().await;
                    })
                })
                .collect();
            for _ in 0..round {
                tokio::task::yield_now().await;
            }
            store.delete_device(ana.caller, device, now).await.unwrap();
            for opened in opening {
                soon("it ends", opened).await.unwrap();
            }
        }
        house.has_streams(0).await;
    }
}

/// When the sequence begins anew, everybody is to come back and to ask where it stands.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_comes_anew_when_the_sequence_does() {
    for house in House::both().await {
        let (ana, ben) = (house.person("Ana").await, house.person("Ben").await);
        let head = house.head().await;
        let mut listening = Vec::new();
        for person in [&ana, &ben, &ben] {
            let mut listener = house.listens(person, head).await;
            listener.head().await;
            listener.hears("event: head").await;
            listening.push(listener);
        }
        house.app.ring.begin_anew(head);
        house.app.streams.end_all();
        let mut again = house.listens(&ben, head).await;
        again.head().await;
        let seq = ana.says("after that").await;
        for mut listener in listening {
            assert_eq!(listener.event().await, None);
            listener.hears_nothing_more().await;
        }
        assert_eq!(seq_of(&again.hears("after that").await), Some(seq));
        house.has_streams(1).await;
    }
}

/// Who closes the connection is gone at once.
#[tokio::test]
async fn whoever_hangs_up_is_gone() {
    for house in House::both().await {
        let ana = house.person("Ana").await;
        let mut listener = house.listens(&ana, 0).await;
        listener.head().await;
        house.has_streams(1).await;
        drop(listener);
        house.has_streams(0).await;
        let mut second = house.listens(&ana, 0).await;
        second.head().await;
        second.hears("event: head").await;
    }
}

impl super::house::Listener {
    /// Hears of the end of its device in whatever way.
    async fn ends_or_is_refused(mut self) {
        let mut all = Vec::new();
        loop {
            use tokio::io::AsyncReadExt as _;
            let heard = self.socket.read_buf(&mut all).await;
            // A refusal leaves the connection open.
            let is_refused = all.starts_with(b"HTTP/1.1 401 ");
            if is_refused || matches!(heard, Ok(0) | Err(_)) {
                return;
            }
        }
    }
}

/// A computer that was closed, a network that was left: what the endpoint sends is swallowed, and nothing comes back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_peer_that_vanished_does_not_hold_its_stream_for_long() {
    for house in House::both_given_up_after(Duration::from_secs(1)).await {
        let (ana, ben) = (house.person("Ana").await, house.person("Ben").await);
        let head = house.head().await;
        let mut present = house.listens(&ana, head).await;
        present.head().await;
        present.hears("event: head").await;
        let mut vanished = house.listens(&ben, head).await;
        vanished.head().await;
        vanished.hears("event: head").await;
        house.has_streams(2).await;
        // The system drops whatever comes for this socket, before it would be acknowledged: a filter of one instruction,
        // which returns that no byte is to be kept.
        let swallow = socket2::SockFilter::new(0x06, 0, 0, 0);
        socket2::SockRef::from(&vanished.socket)
            .attach_filter(&[swallow])
            .unwrap();
        // Something has to be on its way. A stream in a task says something by itself only every half minute.
        ana.says("is anybody there?").await;
        house.has_streams(1).await;
        present.hears("is anybody there?").await;
        ana.says("I am").await;
        present.hears("I am").await;
    }
}
