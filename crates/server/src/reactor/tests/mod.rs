//! Stories of streams, most of them told of both ways to carry one: it must not matter to whoever listens.

mod arriving;
mod by_hand;
mod going;
mod house;

use std::sync::Arc;
use std::time::Duration;

use house::{House, seq_of, soon};
use samovar_domain::Audience;

use super::Patience;

/// Many write at once, each now and then for some people only; everybody hears what is for them, once, in order, up to the
/// last.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_hears_what_is_for_them_once_and_in_order() {
    const EACH: usize = 400;
    for house in House::both().await {
        let ana = Arc::new(house.person("Ana").await);
        let ben = Arc::new(house.person("Ben").await);
        let cem = house.person("Cem").await;
        let head = house.head().await;
        let mut listening = Vec::new();
        for number in 0..24 {
            let (person, is_cem) = if number % 2 == 0 { (&cem, true) } else { (&*ana, false) };
            let mut listener = house.listens(person, head).await;
            listening.push(tokio::spawn(async move {
                listener.head().await;
                let mut heard = Vec::new();
                loop {
                    let event = listener.event().await.expect("it goes on");
                    heard.extend(seq_of(&event));
                    assert!(!(is_cem && event.contains("behind Cem's back")), "{event}");
                    if event.contains("the last of all") {
                        return (is_cem, heard);
                    }
                }
            }));
        }
        let writing = [
            (Arc::clone(&ana), ben.caller.member),
            (Arc::clone(&ben), ana.caller.member),
        ]
        .map(|(who, other)| {
            let cem = cem.caller.member;
            tokio::spawn(async move {
                for number in 0..EACH {
                    let (audience, words) = match number % 5 {
                        0 => (Audience::Except(vec![cem]), "behind Cem's back".to_owned()),
                        1 => (Audience::Only(vec![other]), "behind Cem's back, to one".to_owned()),
                        _ => (Audience::Team, "x".repeat(number * 7)),
                    };
                    who.writes(vec![who.op(audience, &words)]).await;
                }
            })
        });
        for writer in writing {
            writer.await.unwrap();
        }
        let last = ana.says("the last of all").await;
        let hidden = 2 * EACH as u64 * 2 / 5;
        for listener in listening {
            let (is_cem, heard) = soon("it hears the last", listener).await.unwrap();
            assert!(heard.windows(2).all(|two| two[0] < two[1]), "in order");
            assert_eq!((heard.first().copied() > Some(head), heard.last()), (true, Some(&last)));
            let expected = last - head - if is_cem { hidden } else { 0 };
            assert_eq!(heard.len() as u64, expected, "nothing lost");
        }
    }
}

/// A reader who takes nothing is told to come back, behind what it did not read; the others hear everything meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_stops_reading_is_told_to_come_back_and_holds_up_nobody() {
    let house = House::with_reactor(Patience {
        write: Duration::from_millis(300),
        head: Duration::from_millis(100)..Duration::from_millis(200),
        ..Patience::default()
    })
    .await;
    let (ana, ben) = (house.person("Ana").await, house.person("Ben").await);
    let head = house.head().await;
    let mut silent = house.listens(&ben, head).await;
    silent.head().await;
    let mut reading = house.listens(&ana, head).await;
    reading.head().await;
    house.has_streams(2).await;
    let mut told = 0;
    // More than lies between the two.
    for _ in 0..40 {
        let ops = (0..10).map(|_| ana.op(Audience::Team, &"y".repeat(30_000))).collect();
        ana.writes(ops).await;
        for _ in 0..10 {
            reading.hears("event: item").await;
            told += 1;
        }
    }
    house.has_streams(1).await;
    ana.says("still here").await;
    reading.hears("still here").await;
    let mut expected = head;
    loop {
        let event = silent.event().await.expect("it is told");
        if event.starts_with("event: resync\n") {
            break;
        }
        if let Some(seq) = seq_of(&event) {
            expected += 1;
            assert_eq!(seq, expected);
        }
    }
    assert_eq!(silent.event().await, None, "the answer ends as it should");
    silent.hears_nothing_more().await;
    assert!(expected > head && expected < head + told);
}

/// A reader who was slow and goes on hears everything, from the ring and from the store.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_fell_out_of_the_ring_catches_up_from_the_store() {
    for house in House::both().await {
        let (ana, ben) = (house.person("Ana").await, house.person("Ben").await);
        let head = house.head().await;
        let mut slow = house.listens(&ben, head).await;
        slow.head().await;
        slow.hears("event: head").await;
        let mut last = head;
        // More places than the ring has, and more than the sockets hold.
        for _ in 0..20 {
            let ops = (0..250).map(|_| ana.op(Audience::Team, &"z".repeat(2_000))).collect();
            last = ana.writes(ops).await;
        }
        for seq in head + 1..=last {
            let event = slow.hears("event: item").await;
            assert_eq!(seq_of(&event), Some(seq));
        }
        ana.says("and live again").await;
        slow.hears("and live again").await;
    }
}

/// Who hears nothing is told the head now and then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_silence_the_head_is_told_again_and_again() {
    let house = House::with_reactor(Patience {
        head: Duration::from_millis(10)..Duration::from_millis(20),
        ..Patience::default()
    })
    .await;
    let ana = house.person("Ana").await;
    let head = house.head().await;
    let mut listener = house.listens(&ana, head).await;
    listener.head().await;
    assert_eq!(listener.event().await.unwrap(), ": samovar\n\n");
    for _ in 0..3 {
        let event = listener.event().await.unwrap();
        assert!(
            event.starts_with("event: head\n") && event.contains(&format!("\"head\":{head},")),
            "{event}"
        );
    }
    let seq = ana.says("a word").await;
    assert_eq!(seq_of(&listener.hears("a word").await), Some(seq));
    assert!(
        listener
            .hears("event: head")
            .await
            .contains(&format!("\"head\":{seq},"))
    );
}
