//! Live fan-out: each item is serialised once, a ring holds the newest, and a connection is a cursor into it. A reader is
//! handed a stretch of the ring, whose bytes it shares with all others; [`Event::is_for`] says what of it is for whom.
//!
//! The ring holds the newest version of an item only, as the store does: what was deleted or has expired is gone from
//! memory too.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use samovar_domain::{Audience, Item, ItemId, MemberId, Owner, Seq};
use tokio::sync::watch;

use crate::events::{Chunk, item_chunk};

/// How many places of the sequence the ring holds; a reader that falls further behind is served from the store.
const PLACES: usize = 4096;
/// How many bytes of events it holds.
const BYTES: usize = 32 * 1024 * 1024;

/// An item on its way to those who may see it.
#[derive(Debug)]
pub(crate) struct Event {
    id: ItemId,
    owner: Owner,
    audience: Audience,
    chunk: Chunk,
}

impl Event {
    /// Whether `reader` may see it.
    pub(crate) fn is_for(&self, reader: MemberId) -> bool {
        self.audience.admits(reader, &self.owner)
    }

    /// Whether everybody may see it, so that nobody needs to be asked about.
    pub(crate) fn is_for_all(&self) -> bool {
        self.audience == Audience::Team
    }

    /// What goes out.
    pub(crate) fn chunk(&self) -> &Chunk {
        &self.chunk
    }
}

/// Some places of the sequence, one after the other, as they stood at one moment. One is `None` when a newer version of its
/// item follows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stretch {
    /// The place before the first.
    pub(crate) after: Seq,
    /// The places.
    pub(crate) places: Vec<Option<Arc<Event>>>,
}

impl Stretch {
    /// The last of its places.
    pub(crate) fn end(&self) -> Seq {
        self.after + self.places.len() as Seq
    }
}

#[derive(Debug, Default)]
struct Held {
    /// The seq of the first place.
    first: Seq,
    /// One for each seq from `first` on; `None` when a newer version follows.
    places: VecDeque<Option<Arc<Event>>>,
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
            self.bytes -= place.take().map_or(0, |event| event.chunk.len());
        }
        let chunk = item_chunk(item);
        self.bytes += chunk.len();
        self.places.push_back(Some(Arc::new(Event {
            id: item.id,
            owner: item.owner,
            audience: item.audience.clone(),
            chunk,
        })));
        while self.places.len() > PLACES || (self.bytes > BYTES && self.places.len() > 1) {
            if let Some(Some(event)) = self.places.pop_front() {
                self.bytes -= event.chunk.len();
                self.newest.remove(&event.id);
            }
            self.first += 1;
        }
    }
}

/// See the module.
pub(crate) struct Ring {
    held: Mutex<Held>,
    head: watch::Sender<Seq>,
    /// Told of every commit after the ring holds it, and of a beginning.
    listener: OnceLock<Listener>,
}

type Listener = Box<dyn Fn() + Send + Sync>;

impl fmt::Debug for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ring").field("held", &self.held).finish_non_exhaustive()
    }
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
            listener: OnceLock::new(),
        }
    }

    /// Has `listener` told of every commit from now on, and of a beginning; it must not block. Only the first one that asks is heard.
    pub(crate) fn tell(&self, listener: impl Fn() + Send + Sync + 'static) {
        let _ = self.listener.set(Box::new(listener));
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
        self.tell_of_news();
    }

    /// Forgets all that it holds: the newest seq is `head`, and may have been given to something else before.
    pub(crate) fn begin_anew(&self, head: Seq) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Held::after(head);
        drop(held);
        self.head.send_replace(head);
        self.tell_of_news();
    }

    fn tell_of_news(&self) {
        if let Some(listener) = self.listener.get() {
            listener();
        }
    }

    /// The newest seq, and a way to wait for newer ones.
    pub(crate) fn head(&self) -> watch::Receiver<Seq> {
        self.head.subscribe()
    }

    /// The newest seq.
    pub(crate) fn newest(&self) -> Seq {
        *self.head.borrow()
    }

    /// At most so many places after `cursor`, whoever may see them; `None` when the ring does not have what comes next.
    pub(crate) fn stretch(&self, cursor: Seq, most: usize) -> Option<Stretch> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let next = cursor + 1;
        let end = held.first + held.places.len() as Seq;
        let places = if next >= end && cursor >= *self.head.borrow() {
            Vec::new()
        } else if next < held.first || next > end {
            return None;
        } else {
            let places = held.places.range((next - held.first) as usize..);
            places.take(most).cloned().collect()
        };
        Some(Stretch { after: cursor, places })
    }

    /// The newest places, at most so many.
    pub(crate) fn newest_stretch(&self, most: usize) -> Stretch {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let skipped = held.places.len().saturating_sub(most);
        Stretch {
            after: held.first - 1 + skipped as Seq,
            places: held.places.range(skipped..).cloned().collect(),
        }
    }

    /// What comes after `cursor` for `reader`.
    pub(crate) fn after(&self, cursor: Seq, reader: MemberId) -> Found {
        let Some(stretch) = self.stretch(cursor, AT_ONCE) else {
            return Found::Behind;
        };
        let shown = stretch.places.iter().flatten().filter(|event| event.is_for(reader));
        let events = shown.map(|event| event.chunk.event()).collect();
        Found::Events(events, stretch.end())
    }
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
                .map(|event| event.chunk.len())
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
