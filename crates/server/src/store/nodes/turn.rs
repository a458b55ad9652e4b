//! The place of a transaction in the order of all nodes' writes: one after the other, and each knows what the ones before
//! it did.

use samovar_domain::{DeviceId, Item, Seq};

use super::publisher::{News, Publisher};
use super::stand::{REVOKED, Stand};
use crate::store::sql::changes::Changes;
use crate::store::sql::connection::{Connection, Row};
use crate::store::sql::value::params;
use crate::store::sql::{begin_epoch, rows};
use crate::store::{StoreError, StoreResult};

/// See the module.
pub(in crate::store) struct Turn {
    /// Where the team stands.
    stand: Stand,
    /// How far this node had told of it.
    told: Stand,
    /// What other nodes had done that nobody here was told of yet; `None` when that leads nowhere any more.
    missed: Option<News>,
}

impl Turn {
    /// Looks where other nodes have come to, in a transaction beside which no other one writes.
    pub(in crate::store) fn take(publisher: &Publisher, db: Connection<'_>) -> StoreResult<Self> {
        let told = publisher.told();
        let mut stand = Stand::read(db)?;
        if stand.has_gone_back_from(&told) {
            tracing::error!("the database has lost what it had confirmed, or is a copy; a new epoch begins");
            stand.epoch = begin_epoch(db)?;
        }
        let missed = if stand.is_beyond(&told) {
            None
        } else {
            Some(News {
                epoch: stand.epoch.clone(),
                items: missed_items(db, told.head, stand.head)?,
                revoked: revoked_between(db, told.revocation, stand.revocation)?,
                revocation: stand.revocation,
                at: stand.at,
            })
        };
        Ok(Self { stand, told, missed })
    }

    /// The newest seq that was given out before.
    pub(in crate::store) fn head(&self) -> Seq {
        self.stand.head
    }

    /// Tells this node's readers of what others did before, and of what was done now.
    pub(in crate::store) fn tell(self, publisher: &Publisher, changes: &Changes) {
        if let Some(mut news) = self.missed {
            news.items.extend_from_slice(&changes.items);
            news.revoked.extend_from_slice(&changes.revoked);
            publisher.publish(news);
        } else {
            let head = changes.head();
            publisher.begin_anew(&self.told, Stand { head, ..self.stand });
        }
    }
}

fn missed_items(db: Connection<'_>, told: Seq, head: Seq) -> StoreResult<Vec<Item>> {
    if told >= head {
        return Ok(Vec::new());
    }
    rows::find(db, "seq > ?1 ORDER BY seq", &[&told.cast_signed()])
}

/// The devices that were ended behind the revocation `told`, up to `newest`.
pub(in crate::store) fn revoked_between(db: Connection<'_>, told: i64, newest: i64) -> StoreResult<Vec<DeviceId>> {
    if told >= newest {
        return Ok(Vec::new());
    }
    let mut statement = db.prepare_cached(REVOKED)?;
    let mut rows = statement.query(params![told, newest])?;
    let mut devices = Vec::new();
    while let Some(row) = rows.next()? {
        devices.push(device_of(&row)?);
    }
    Ok(devices)
}

/// What [`REVOKED`] gives.
pub(in crate::store) fn device_of(row: &Row<'_>) -> StoreResult<DeviceId> {
    let damaged = |error: uuid::Error| StoreError::Failed(format!("a damaged row: {error}"));
    row.get::<&str>(0)?.parse().map_err(damaged)
}
