//! Live fan-out: each item is serialised once, a ring holds the newest, and a connection is a cursor into it.
//!
//! The ring holds the newest version of an item only, as the store does: what was deleted or has expired is gone from
//! memory too.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use samovar_domain::{Audience, Item, ItemId, MemberId, Owner, Seq};
use tokio::sync::watch;

/// How many places of the sequence the ring holds; a reader that falls further behind is served from the store.
const PLACES: usize = 4096;
/// How many bytes of events it holds.
const BYTES: usize = 32 * 1024 * 1024;

/// An item on its way to those who may see it.
#[derive(Debug)]
struct Event {
    id: ItemId,
    owner: Owner,
    audience: Audience,
    bytes: Bytes,
}

#[derive(Debug, Default)]
struct Held {
    /// The seq of the first place.
    first: Seq,
    /// One for each seq from `first` on; `None` when a newer version follows.
    places: VecDeque<Option<Event>>,
    /// Where the newest version of each item is.
    newest: HashMap<ItemId, Seq>,
    bytes: usize,
}

impl Held {
    fn after(head: Seq) -> Self {
        Self {
            first: head + 1,
            ..Self::default()
        }
    }

    fn push(&mut self, item: &Item) {
        let next = self.first + self.places.len() as Seq;
        if (next..next + PLACES as Seq).contains(&item.seq) {
            // What another node has written over since is left out: a newer version of it follows.
            self.places.extend((next..item.seq).map(|_| None));
        } else {
            // Commits arrive in order. Were that ever broken, or is there too much between, readers go to the store.
            *self = Self::after(item.seq - 1);
        }
        if let Some(older) = self.newest.insert(item.id, item.seq)
            && let Some(place) = self.places.get_mut((older - self.first) as usize)
        {
            self.bytes -= place.take().map_or(0, |event| event.bytes.len());
        }
        let bytes = item_event(item);
        self.bytes += bytes.len();
        self.places.push_back(Some(Event {
            id: item.id,
            owner: item.owner,
            audience: item.audience.clone(),
            bytes,
        }));
        while self.places.len() > PLACES || (self.bytes > BYTES && self.places.len() > 1) {
            if let Some(Some(event)) = self.places.pop_front() {
                self.bytes -= event.bytes.len();
                self.newest.remove(&event.id);
            }
            self.first += 1;
        }
    }
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Ring {
    held: Mutex<Held>,
    head: watch::Sender<Seq>,
}

/// What a cursor finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// Events for the reader (hidden ones left out), and the cursor behind them.
    Events(Vec<Bytes>, Seq),
    /// The ring does not have what comes next.
    Behind,
}

/// The most events that a reader is given at once, so that a slow one holds little.
const AT_ONCE: usize = 64;

impl Ring {
    /// An empty ring of a team whose newest seq is `head`.
    pub(crate) fn new(head: Seq) -> Self {
        Self {
            held: Mutex::new(Held::after(head)),
            head: watch::channel(head).0,
        }
    }

    /// Adds the items of a commit, in seq order.
    pub(crate) fn publish(&self, items: &[Item]) {
        let Some(newest) = items.last().map(|item| item.seq) else {
            return;
        };
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        for item in items {
            held.push(item);
        }
        drop(held);
        self.head.send_replace(newest);
    }

    /// Forgets all that it holds: the newest seq is `head`, and may have been given to something else before.
    pub(crate) fn begin_anew(&self, head: Seq) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Held::after(head);
        drop(held);
        self.head.send_replace(head);
    }

    /// The newest seq, and a way to wait for newer ones.
    pub(crate) fn head(&self) -> watch::Receiver<Seq> {
        self.head.subscribe()
    }

    /// What comes after `cursor` for `reader`.
    pub(crate) fn after(&self, cursor: Seq, reader: MemberId) -> Found {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let next = cursor + 1;
        let end = held.first + held.places.len() as Seq;
        if next >= end && cursor >= *self.head.borrow() {
            return Found::Events(Vec::new(), cursor);
        }
        if next < held.first || next > end {
            return Found::Behind;
        }
        let mut events = Vec::new();
        let mut reached = cursor;
        for place in held.places.iter().skip((next - held.first) as usize) {
            if events.len() == AT_ONCE {
                break;
            }
            let shown = place
                .as_ref()
                .filter(|event| event.audience.admits(reader, &event.owner));
            events.extend(shown.map(|event| event.bytes.clone()));
            reached += 1;
        }
        Found::Events(events, reached)
    }
}

/// An item as an event of the stream.
pub(crate) fn item_event(item: &Item) -> Bytes {
    let json = serde_json::to_string(item).expect("items are made of JSON");
    Bytes::from(format!("id: {}\nevent: item\ndata: {json}\n\n", item.seq))
}

#[cfg(test)]
mod tests {
    use samovar_domain::{Kind, Timestamp};

    use super::*;

    fn item(id: u128, seq: Seq, owner: MemberId, audience: Audience, words: &str) -> Item {
        Item {
            id: ItemId(uuid::Uuid::from_u128(id)),
            kind: Kind::new(Kind::SNAPSHOT),
            owner: Owner::Member(owner),
            seq,
            audience,
            created_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            expires_at: None,
            body: Some(serde_json::json!({ "text": words })),
        }
    }

    fn member(id: u128) -> MemberId {
        MemberId(uuid::Uuid::from_u128(id))
    }

    fn words(found: &Found) -> String {
        match found {
            Found::Events(events, _) => String::from_utf8(events.concat()).unwrap(),
            Found::Behind => "behind".to_owned(),
        }
    }

    #[test]
    fn a_newer_version_takes_the_older_one_out_of_memory() {
        let (ring, ana) = (Ring::new(4), member(1));
        ring.publish(&[
            item(7, 5, ana, Audience::Team, "a draft"),
            item(8, 6, ana, Audience::Team, "other"),
        ]);
        ring.publish(&[item(7, 7, ana, Audience::Team, "second")]);
        let found = ring.after(4, ana);
        assert!(!words(&found).contains("draft"), "{}", words(&found));
        assert!(words(&found).contains("other") && words(&found).contains("second"));
        assert!(matches!(found, Found::Events(events, 7) if events.len() == 2));
        assert!(!format!("{ring:?}").contains("draft"));
    }

    #[test]
    fn a_hidden_item_is_nothing_but_a_gap() {
        let (ring, ana, ben) = (Ring::new(0), member(1), member(2));
        ring.publish(&[
            item(7, 1, ana, Audience::Except(vec![ben]), "surprise"),
            item(8, 2, ana, Audience::Team, "hello"),
        ]);
        assert!(!words(&ring.after(0, ben)).contains("surprise"));
        assert!(words(&ring.after(0, ana)).contains("surprise"));
        assert_eq!(ring.after(1, ben), ring.after(1, ana));
    }

    #[test]
    fn what_the_ring_no_longer_has_is_said_to_be_behind() {
        let (ring, ana) = (Ring::new(0), member(1));
        for seq in 1..=(PLACES as Seq + 10) {
            ring.publish(&[item(u128::from(seq), seq, ana, Audience::Team, "")]);
        }
        assert_eq!(ring.after(9, ana), Found::Behind);
        assert!(
            matches!(ring.after(10, ana), Found::Events(events, reached) if events.len() == AT_ONCE && reached == 10 + AT_ONCE as Seq)
        );
        let held = ring.held.lock().unwrap();
        assert_eq!(held.newest.len(), PLACES);
    }

    #[test]
    fn large_items_do_not_fill_the_memory() {
        let (ring, ana) = (Ring::new(0), member(1));
        let words = "x".repeat(60_000);
        for seq in 1..=1_000 {
            ring.publish(&[item(u128::from(seq), seq, ana, Audience::Team, &words)]);
        }
        let held = ring.held.lock().unwrap();
        assert!(held.bytes <= BYTES);
        assert_eq!(
            held.bytes,
            held.places
                .iter()
                .flatten()
                .map(|event| event.bytes.len())
                .sum::<usize>()
        );
    }

    #[test]
    fn a_place_that_is_left_out_is_nothing_but_a_gap() {
        let (ring, ana) = (Ring::new(4), member(1));
        ring.publish(&[
            item(7, 6, ana, Audience::Team, "first"),
            item(8, 9, ana, Audience::Team, "second"),
        ]);
        let found = ring.after(4, ana);
        assert!(
            matches!(&found, Found::Events(events, 9) if events.len() == 2),
            "{found:?}"
        );
        assert_eq!(words(&ring.after(6, ana)).matches("event: item").count(), 1);
        // Too much between to be held: readers go to the store for it.
        ring.publish(&[item(9, 10_000, ana, Audience::Team, "much later")]);
        assert_eq!(ring.after(9, ana), Found::Behind);
        assert!(words(&ring.after(9_999, ana)).contains("much later"));
    }

    #[test]
    fn a_ring_that_begins_anew_tells_nothing_of_before() {
        let (ring, ana) = (Ring::new(4), member(1));
        ring.publish(&[
            item(7, 5, ana, Audience::Team, "lost"),
            item(8, 6, ana, Audience::Team, "lost too"),
        ]);
        ring.begin_anew(5);
        assert_eq!(ring.after(5, ana), Found::Events(Vec::new(), 5));
        assert_eq!(ring.after(4, ana), Found::Behind);
        ring.publish(&[item(9, 6, ana, Audience::Team, "said since")]);
        let found = ring.after(5, ana);
        assert!(words(&found).contains("said since") && !words(&found).contains("lost"));
    }

    #[test]
    fn a_ring_that_has_just_started_knows_nothing_of_before() {
        let (ring, ana) = (Ring::new(10), member(1));
        assert_eq!(ring.after(10, ana), Found::Events(Vec::new(), 10));
        assert_eq!(ring.after(9, ana), Found::Behind);
        // The store has committed 11 and a page told of it; the ring is about to hear.
        assert_eq!(ring.after(11, ana), Found::Events(Vec::new(), 11));
    }
}
