//! What becomes of a person's own items when an endpoint's data went back in time, as after a restore from a backup:
//! what the endpoint has lost, the desktop that wrote it sends again.

use crate::{Item, Timestamp};

/// Whether an item of one's own, as this desktop last saw it, is newer than what an endpoint has whose data went back
/// in time. What is over or was deleted is never brought back; what was deleted since is deleted again.
///
/// `at_endpoint` is the same item there, if it is there at all.
pub fn is_to_be_sent_again(own: &Item, at_endpoint: Option<&Item>, now: Timestamp) -> bool {
    let is_newer = at_endpoint.is_none_or(|theirs| own.updated_at > theirs.updated_at);
    let stands_there = at_endpoint.is_some_and(|theirs| !theirs.is_gone(now));
    match &own.body {
        None => stands_there && is_newer,
        Some(_) if own.is_gone(now) => false,
        Some(body) => is_newer && at_endpoint.is_none_or(|theirs| theirs.body.as_ref() != Some(body)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{Audience, ItemId, Kind, MemberId, Owner};

    fn item(text: Option<&str>, updated_at: i64, expires_at: Option<i64>) -> Item {
        let at = Timestamp::from_millis;
        Item {
            id: ItemId::new(at(0)),
            kind: Kind::new(Kind::SNAPSHOT),
            owner: Owner::Member(MemberId::new(at(0))),
            seq: 7,
            audience: Audience::Team,
            created_at: at(0),
            updated_at: at(updated_at),
            expires_at: expires_at.map(at),
            body: text.map(|text| json!({ "text": text })),
        }
    }

    fn is_sent(own: &Item, at_endpoint: Option<&Item>) -> bool {
        is_to_be_sent_again(own, at_endpoint, Timestamp::from_millis(100))
    }

    #[test]
    fn what_the_endpoint_never_heard_of_is_sent() {
        assert!(is_sent(&item(Some("Tea?"), 10, None), None));
        assert!(is_sent(&item(Some("Tea?"), 10, Some(101)), None));
    }

    #[test]
    fn what_is_over_is_not_brought_back() {
        assert!(!is_sent(&item(Some("Tea?"), 10, Some(100)), None));
        assert!(!is_sent(&item(None, 10, None), None));
    }

    #[test]
    fn a_later_change_and_a_later_deletion_are_sent() {
        let theirs = item(Some("Tea?"), 10, None);
        assert!(is_sent(&item(Some("Coffee?"), 11, None), Some(&theirs)));
        assert!(is_sent(&item(None, 11, None), Some(&theirs)));
    }

    #[test]
    fn what_is_the_same_or_older_is_left_alone() {
        let theirs = item(Some("Tea?"), 10, None);
        assert!(!is_sent(&theirs, Some(&theirs)));
        assert!(!is_sent(&item(Some("Tea?"), 11, None), Some(&theirs)));
        assert!(!is_sent(&item(Some("Coffee?"), 9, None), Some(&theirs)));
        assert!(
            !is_sent(&item(None, 10, None), Some(&theirs)),
            "this desktop ended it by its own clock"
        );
        assert!(!is_sent(&item(None, 11, None), Some(&item(None, 10, None))));
    }

    proptest! {
        /// After it was sent there is nothing more to send: what the endpoint has then is as new, and the same.
        #[test]
        fn once_is_enough(own_at in 0..50_i64, their_at in 0..50_i64, own in proptest::option::of("[ab]"), theirs in proptest::option::of("[ab]")) {
            let own = item(own.as_deref(), own_at, None);
            let theirs = item(theirs.as_deref(), their_at, None);
            if is_sent(&own, Some(&theirs)) {
                let mut after = own.clone();
                after.updated_at = Timestamp::from_millis(100);
                prop_assert!(!is_sent(&own, Some(&after)));
                prop_assert!(!is_sent(&after, Some(&after)));
            }
        }
    }
}
