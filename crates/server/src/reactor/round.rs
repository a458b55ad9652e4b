//! What most connections are about to be written: the newest places, ready for one vectored write from wherever one stands.

use std::io::IoSlice;

use bytes::Bytes;
use samovar_domain::Seq;

use crate::ring::Stretch;

/// See the module.
pub(super) struct Round<'a> {
    stretch: &'a Stretch,
    slices: Vec<IoSlice<'a>>,
    /// For each place, and the end: how many of the slices lie before it.
    before: Vec<u32>,
    /// For each slice, and the end: how many bytes there are from it on.
    bytes: Vec<usize>,
    /// From this cursor on, all is for everybody.
    for_all: Seq,
}

impl<'a> Round<'a> {
    pub(super) fn new(stretch: &'a Stretch) -> Self {
        let mut slices = Vec::with_capacity(stretch.places.len());
        let mut before = Vec::with_capacity(stretch.places.len() + 1);
        let mut for_all = stretch.after;
        for (seq, place) in (stretch.after + 1..).zip(&stretch.places) {
            before.push(slices.len() as u32);
            if let Some(event) = place {
                if !event.is_for_all() {
                    for_all = seq;
                }
                slices.push(IoSlice::new(event.chunk().framed()));
            }
        }
        before.push(slices.len() as u32);
        let mut bytes = vec![0; slices.len() + 1];
        for at in (0..slices.len()).rev() {
            bytes[at] = bytes[at + 1] + slices[at].len();
        }
        Self {
            stretch,
            slices,
            before,
            bytes,
            for_all,
        }
    }

    /// The last place.
    pub(super) fn end(&self) -> Seq {
        self.stretch.end()
    }

    /// What follows a cursor, and how many bytes that is, when there is nothing to ask about any of it.
    pub(super) fn after(&self, cursor: Seq) -> Option<(&[IoSlice<'a>], usize)> {
        if cursor < self.for_all || cursor > self.end() {
            return None;
        }
        let at = self.before[(cursor - self.stretch.after) as usize] as usize;
        Some((&self.slices[at..], self.bytes[at]))
    }

    /// Where one stands who was behind `cursor` and has taken so many bytes, which is not all; and the rest of the chunk
    /// that they are in the middle of.
    pub(super) fn taken(&self, cursor: Seq, mut bytes: usize) -> (Seq, Option<Bytes>) {
        let mut reached = cursor;
        let first = (cursor - self.stretch.after) as usize;
        for (seq, place) in (cursor + 1..).zip(&self.stretch.places[first..]) {
            let Some(event) = place else { continue };
            let chunk = event.chunk();
            if bytes < chunk.len() {
                return match bytes {
                    0 => (reached, None),
                    _ => (seq, Some(chunk.framed().slice(bytes..))),
                };
            }
            bytes -= chunk.len();
            reached = seq;
        }
        (reached, None)
    }
}

#[cfg(test)]
mod tests {
    use samovar_domain::{Audience, Item, ItemId, Kind, MemberId, Owner, Timestamp};

    use super::*;
    use crate::ring::Ring;

    fn item(seq: Seq, audience: Audience) -> Item {
        Item {
            id: ItemId(uuid::Uuid::from_u128(u128::from(seq % 4))),
            kind: Kind::new(Kind::SNAPSHOT),
            owner: Owner::Team,
            seq,
            audience,
            created_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            expires_at: None,
            body: None,
        }
    }

    /// Places 3 to 8, of which 3 and 4 have newer versions and 6 is for nobody.
    fn stretch() -> Stretch {
        let ring = Ring::new(2);
        let nobody = || Audience::Only(vec![MemberId(uuid::Uuid::nil())]);
        for seq in 3..=8 {
            ring.publish(&[item(seq, if seq == 6 { nobody() } else { Audience::Team })]);
        }
        ring.newest_stretch(10)
    }

    #[test]
    fn what_follows_a_cursor_is_shared_by_all_behind_what_is_hidden_from_some() {
        let stretch = stretch();
        let round = Round::new(&stretch);
        assert_eq!((stretch.after, round.end()), (2, 8));
        for behind in [1, 2, 3, 5, 9] {
            assert!(round.after(behind).is_none(), "{behind}");
        }
        let (slices, bytes) = round.after(6).unwrap();
        assert_eq!((slices.len(), bytes), (2, slices[0].len() + slices[1].len()));
        assert_eq!(round.after(7).unwrap().0.len(), 1);
        assert_eq!(round.after(8).unwrap().1, 0);
    }

    #[test]
    fn who_has_taken_some_stands_behind_the_chunk_that_has_begun() {
        let stretch = stretch();
        let round = Round::new(&stretch);
        let length = |seq: Seq| stretch.places[(seq - 3) as usize].as_ref().unwrap().chunk().len();
        assert_eq!(round.taken(6, 0), (6, None));
        let (reached, rest) = round.taken(6, 1);
        assert_eq!((reached, rest.unwrap().len()), (7, length(7) - 1));
        assert_eq!(round.taken(6, length(7)), (7, None));
        let (reached, rest) = round.taken(6, length(7) + length(8) - 1);
        assert_eq!((reached, rest.unwrap().as_ref()), (8, &b"\n"[..]));
        assert_eq!(round.taken(2, 0), (2, None));
    }
}
