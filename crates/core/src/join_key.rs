//! The key of a join that is on its way. The answer to a join can be lost after the endpoint has used the invite up;
//! sent again with the same key, the same invite is answered once more instead of being refused.

use samovar_domain::BlobHash;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::{Store, StoreResult, fact};

/// A join that was begun. The invite is kept as its hash: what lets somebody in is not left lying about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Begun {
    invite: BlobHash,
    key: Uuid,
}

/// The key for joining with this invite: the one of an earlier try, or a new one, which is kept before it is sent.
pub(crate) async fn of(store: &Store, invite: &str) -> StoreResult<Uuid> {
    let invite = BlobHash::of(invite.as_bytes());
    let begun = store.fact::<Option<Begun>>(fact::JOIN).await?;
    if let Some(begun) = begun.filter(|begun| begun.invite == invite) {
        return Ok(begun.key);
    }
    let key = Uuid::new_v4();
    store.set_fact(fact::JOIN, Some(Begun { invite, key })).await?;
    Ok(key)
}

/// Forgets the key of a join that was answered.
pub(crate) async fn forget(store: &Store) -> StoreResult<()> {
    store.set_fact(fact::JOIN, None::<Begun>).await
}
