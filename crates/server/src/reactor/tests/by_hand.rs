//! The loop without its thread, a step at a time: what may happen between any two of them happens here.

use std::net::TcpListener;
use std::sync::Arc;

use axum::http::Request;
use axum::http::request::Parts;
use samovar_domain::{Epoch, Seq};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use super::super::connection::{Connection, Heads, Next, Surroundings};
use super::super::run::Running;
use super::super::{Adopted, Command, Looked, Mailbox, Patience, Reactor, look};
use super::house::{House, Listener, Person, soon};
use crate::open_streams::ConnectionEnd;
use crate::reading::{Opening, open};

const HEAD: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/// An endpoint whose streams nobody carries but the test.
struct ByHand {
    house: House,
    mailbox: Arc<Mailbox>,
    running: Running,
}

impl ByHand {
    async fn open() -> Self {
        let house = House::with_tasks().await;
        let mailbox = Arc::new(Mailbox::new().unwrap());
        mailbox.listen_to(&house.app);
        let (app, told) = (house.app.clone(), Arc::clone(&mailbox));
        let running = Running::new(app, told, Patience::default(), Handle::current()).unwrap();
        Self {
            house,
            mailbox,
            running,
        }
    }

    /// A stream that may begin behind `after`.
    async fn opening(&self, person: &Person, after: Seq) -> Opening {
        let mut opening = open(&self.house.app, &mut asks(person), ConnectionEnd::default())
            .await
            .unwrap();
        opening.position.cursor = after;
        opening
    }

    /// Sends a stream on its way; whoever listens has not heard anything yet.
    async fn sends(&self, person: &Person, after: Seq) -> Listener {
        let (near, far) = pair();
        let opening = self.opening(person, after).await;
        self.mailbox.send(Command::Adopt(Box::new(Adopted {
            socket: near,
            opening,
            head: HEAD.to_owned(),
            place: place().await,
        })));
        far
    }

    /// Ends the person's device, and has somebody else write something behind that.
    async fn ends_then_writes(&self, gone: &Person, other: &Person) {
        let (device, now) = (gone.caller.device, self.house.app.now());
        let store = &self.house.app.store;
        store.delete_device(gone.caller, device, now).await.unwrap();
        other.says("not for that one").await;
    }
}

fn asks(person: &Person) -> Parts {
    let token = format!("Bearer {}", person.token);
    let request = Request::get("/v1/stream").header("authorization", token);
    request.body(()).unwrap().into_parts().0
}

async fn place() -> tokio::sync::OwnedSemaphorePermit {
    Arc::new(Semaphore::new(1)).acquire_owned().await.unwrap()
}

/// The endpoint's side of a connection, and who listens at the other.
fn pair() -> (std::net::TcpStream, Listener) {
    let door = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let far = std::net::TcpStream::connect(door.local_addr().unwrap()).unwrap();
    let (near, _) = door.accept().unwrap();
    near.set_nonblocking(true).unwrap();
    far.set_nonblocking(true).unwrap();
    (near, Listener::on(TcpStream::from_std(far).unwrap()))
}

/// It is told that it is over, and nothing else.
async fn ends_without_a_word(listener: &mut Listener) {
    while let Some(event) = listener.event().await {
        assert!(!event.contains("not for that one"), "{event}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lap_leaves_out_whoever_was_ended_before_what_is_new() {
    let mut hand = ByHand::open().await;
    let (ana, ben) = (hand.house.person("Ana").await, hand.house.person("Ben").await);
    let mut listener = hand.sends(&ben, hand.house.head().await).await;
    hand.running.hear();
    listener.head().await;
    listener.hears("event: head").await;
    hand.ends_then_writes(&ben, &ana).await;
    // The end waits in the mailbox while the ring has what follows it.
    hand.running.visit();
    hand.running.hear();
    hand.running.visit();
    ends_without_a_word(&mut listener).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_goes_on_looks_for_its_end_behind_the_ring() {
    let hand = ByHand::open().await;
    let (ana, ben) = (hand.house.person("Ana").await, hand.house.person("Ben").await);
    let (near, mut listener) = pair();
    let opening = hand.opening(&ben, hand.house.head().await).await;
    let mut connection = Connection::new(near, opening, HEAD, place().await, 0).unwrap();
    let mut heads = Heads::default();
    let mut around = Surroundings {
        ring: &hand.house.app.ring,
        mailbox: &hand.mailbox,
        heads: &mut heads,
        time: hand.house.app.now(),
        now: 0,
    };
    assert_eq!(connection.go_on(&mut around), Next::Wait);
    hand.ends_then_writes(&ben, &ana).await;
    assert_eq!(connection.go_on(&mut around), Next::Again);
    hand.mailbox.take();
    connection.leave(None, 0);
    assert_eq!(connection.go_on(&mut around), Next::Close);
    listener.head().await;
    ends_without_a_word(&mut listener).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ends_come_before_whatever_else_was_said_meanwhile() {
    let mut hand = ByHand::open().await;
    let (ana, ben) = (hand.house.person("Ana").await, hand.house.person("Ben").await);
    // The ring knows nothing of before, so the store is asked.
    hand.house.app.ring.begin_anew(hand.house.head().await);
    let mut listener = hand.sends(&ben, 0).await;
    hand.running.hear();
    hand.running.go_on_again();
    let mailbox = Arc::clone(&hand.mailbox);
    let answered = async {
        while mailbox.commands().as_ref().is_some_and(Vec::is_empty) {
            tokio::task::yield_now().await;
        }
    };
    soon("the store answers", answered).await;
    hand.ends_then_writes(&ben, &ana).await;
    hand.running.hear();
    hand.running.visit();
    listener.head().await;
    ends_without_a_word(&mut listener).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_new_is_told_also_when_the_sequence_went_back() {
    let mut hand = ByHand::open().await;
    let ana = hand.house.person("Ana").await;
    let seq = ana.says("lost").await;
    hand.running.visit();
    let items = hand.house.app.store.page(
        ana.caller.member,
        crate::store::Cursor {
            epoch: None,
            after: seq - 1,
            is_anew: false,
        },
        1,
        hand.house.app.now(),
    );
    let items = items.await.unwrap().items;
    hand.house.app.ring.begin_anew(seq - 1);
    hand.house.app.streams.end_all();
    let mut listener = hand.sends(&ana, seq - 1).await;
    hand.running.hear();
    listener.head().await;
    listener.hears("event: head").await;
    // It has the number of what was told before the sequence went back.
    hand.house.app.ring.publish(&items);
    hand.running.visit();
    listener.hears("event: item").await;
}

/// For a moment, streams of two lives may be there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_is_told_the_head_of_the_life_that_it_follows() {
    let hand = ByHand::open().await;
    let ana = hand.house.person("Ana").await;
    let (head, mut heads) = (hand.house.head().await, Heads::default());
    let lives = [1, 2].map(|number| Epoch(uuid::Uuid::from_u128(number)));
    for life in [lives[0], lives[1], lives[0]] {
        let (near, mut listener) = pair();
        let mut opening = hand.opening(&ana, head).await;
        opening.position.epoch = life;
        let mut connection = Connection::new(near, opening, HEAD, place().await, 0).unwrap();
        let mut around = Surroundings {
            ring: &hand.house.app.ring,
            mailbox: &hand.mailbox,
            heads: &mut heads,
            time: hand.house.app.now(),
            now: 0,
        };
        assert_eq!(connection.go_on(&mut around), Next::Wait);
        listener.head().await;
        let told = listener.hears("event: head").await;
        assert!(told.contains(&life.0.to_string()), "{told}");
        assert_eq!(connection.position().epoch, life);
    }
}

/// However the thread came to its end, whoever comes later is answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_thread_the_reactor_takes_nobody() {
    let house = House::with_tasks().await;
    let ana = house.person("Ana").await;
    let (reactor, ended) = Reactor::start(house.app.clone(), Patience::default()).unwrap();
    reactor.stop();
    soon("the thread ends", ended).await.unwrap();
    let (near, mut far) = pair();
    far.says(&house.asks(&ana, 0)).await;
    let near = TcpStream::from_std(near).unwrap();
    let peer = crate::connection::Peer(near.peer_addr().unwrap());
    let looked = look(near, peer, place().await, &house.app, &reactor).await;
    assert!(matches!(looked, Looked::Left(_, _, None)), "{looked:?}");
    assert_eq!(house.streams(), (0, 0));
}
