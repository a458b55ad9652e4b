//! The place of a transaction in the order of all nodes' writes: one after the other, by a lock of the database, and each
//! knows what the ones before it did.

use samovar_domain::{DeviceId, Item, Seq};

use super::publisher::{News, Publisher};
use super::session::Session;
use super::stand::{REVOKED, Stand};
use crate::store::sql::changes::Changes;
use crate::store::sql::connection::{Connection, Row};
use crate::store::sql::value::params;
use crate::store::sql::{begin_epoch, rows};
use crate::store::{StoreError, StoreResult};

/// Whoever writes holds this lock of the database.
pub(super) const LOCK: i64 = 0x5a_4d_4f_56_02;

/// Waits for other nodes to be done; the lock goes with the transaction.
pub(super) fn lock(session: &Session<'_>) -> StoreResult<()> {
    Ok(session.run(&format!("SELECT pg_advisory_xact_lock({LOCK})"))?)
}

/// See the module.
pub(super) struct Turn {
    /// Where the team stands.
    stand: Stand,
    /// How far this node had told of it.
    told: Stand,
    /// What other nodes had done that nobody here was told of yet; `None` when that leads nowhere any more.
    missed: Option<News>,
}

impl Turn {
    /// Waits for other nodes to be done, and looks where they have come to.
    pub(super) fn take(publisher: &Publisher, session: &Session<'_>) -> StoreResult<Self> {
        lock(session)?;
        let db = Connection::from(session);
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
                items: missed_items(db, told.head, stand.head)?,
                revoked: missed_revocations(db, told.revocation, stand.revocation)?,
                revocation: stand.revocation,
                at: stand.at,
            })
        };
        Ok(Self { stand, told, missed })
    }

    /// The newest seq that was given out before.
    pub(super) fn head(&self) -> Seq {
        self.stand.head
    }

    /// Tells this node's readers of what others did before, and of what was done now.
    pub(super) fn tell(self, publisher: &Publisher, changes: &Changes) {
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

fn missed_revocations(db: Connection<'_>, told: i64, newest: i64) -> StoreResult<Vec<DeviceId>> {
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
pub(super) fn device_of(row: &Row<'_>) -> StoreResult<DeviceId> {
    let damaged = |error: uuid::Error| StoreError::Failed(format!("a damaged row: {error}"));
    row.get::<&str>(0)?.parse().map_err(damaged)
}
