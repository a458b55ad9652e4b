//! What is done to the database by another process: by `samovar-server` on the command line, beside the endpoint that serves
//! the folder. That one is the only one that serves it, and so the only one that has somebody to tell.
//!
//! Items are found by the sequence: what lies between the place that was told last and the head at the beginning of a
//! transaction was written by somebody else. Devices that were ended are written down for the endpoint, which strikes them
//! out in the transaction in which it reads them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use samovar_domain::{DeviceId, Item, Seq};

use super::readers::Readers;
use super::{StoreError, StoreResult};
use crate::store::jobs::Writer;
use crate::store::sql::connection::Connection;
use crate::store::sql::rows;
use crate::store::{Commit, Committed};

/// How often it is looked whether somebody else has written.
const LOOK: Duration = Duration::from_secs(1);
/// The wait after a look that failed.
const AGAIN: Duration = Duration::from_secs(5);

/// See the module. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Others {
    /// Everything up to here was told; `None` while nobody follows.
    told: Arc<Mutex<Option<Seq>>>,
    /// Whether somebody else may be serving what is written here.
    is_beside: bool,
}

/// What somebody else did.
#[derive(Debug, Default)]
pub(super) struct Heard {
    items: Vec<Item>,
    revoked: Vec<DeviceId>,
}

impl Heard {
    pub(super) fn has_news(&self) -> bool {
        !self.items.is_empty() || !self.revoked.is_empty()
    }
}

impl Others {
    /// Those of a store that is opened beside an endpoint.
    pub(super) fn beside() -> Self {
        Self {
            is_beside: true,
            ..Self::default()
        }
    }

    fn told(&self) -> MutexGuard<'_, Option<Seq>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on what others write after `head` is heard.
    pub(super) fn begin_after(&self, head: Seq) {
        *self.told() = Some(head);
    }

    /// What others have done, in a transaction that begins at `head`.
    pub(super) fn hear(&self, db: Connection<'_>, head: Seq) -> StoreResult<Heard> {
        let Some(told) = *self.told() else {
            return Ok(Heard::default());
        };
        let mut heard = Heard::default();
        if head > told {
            let between = [told.cast_signed(), head.cast_signed()];
            heard.items = rows::find(db, "seq > ?1 AND seq <= ?2 ORDER BY seq", &[&between[0], &between[1]])?;
        }
        let mut statement = db.prepare_cached("SELECT device FROM revocations ORDER BY n")?;
        let ended: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if !ended.is_empty() {
            db.execute("DELETE FROM revocations", [])?;
        }
        let damaged = |error: uuid::Error| StoreError::Failed(error.to_string());
        for device in ended {
            heard.revoked.push(device.parse().map_err(damaged)?);
        }
        Ok(heard)
    }

    /// Tells of what was heard once it is committed; what follows it up to `head` is told by the writer.
    pub(super) fn tell(&self, heard: Heard, head: Seq, committed: &Committed) {
        if let Some(told) = &mut *self.told() {
            *told = head;
        }
        if heard.has_news() {
            committed(Commit {
                items: heard.items,
                revoked: heard.revoked,
                anew: None,
            });
        }
    }

    /// Writes down for the endpoint which devices are ended here, when this is not the endpoint.
    pub(super) fn leave_word(&self, db: Connection<'_>, revoked: &[DeviceId]) -> StoreResult<()> {
        if !self.is_beside {
            return Ok(());
        }
        for device in revoked {
            db.execute("INSERT INTO revocations (device) VALUES (?1)", [device.to_string()])?;
        }
        Ok(())
    }

    /// Whether there is something to be heard.
    fn is_behind(&self, db: Connection<'_>) -> StoreResult<bool> {
        let sql = "SELECT head, EXISTS (SELECT 1 FROM revocations) FROM team";
        let mut statement = db.prepare_cached(sql)?;
        let (head, has_ended): (i64, bool) = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(has_ended || self.told().is_some_and(|told| told < head.cast_unsigned()))
    }
}

/// Looks for ever whether somebody else has written; then has the writer hear of it.
pub(super) async fn follow(others: Others, asking: Readers, writer: Writer) {
    loop {
        let looks = others.clone();
        let looked = asking.read(move |db| looks.is_behind(db)).await;
        let heard = match looked {
            Ok(true) => writer.write(|_, _| Ok(())).await,
            Ok(false) => Ok(()),
            Err(error) => Err(error),
        };
        let wait = match heard {
            Ok(()) => LOOK,
            Err(error) => {
                tracing::warn!(%error, "what is done by the command line is not heard just now; it is tried again");
                AGAIN
            }
        };
        tokio::time::sleep(wait).await;
    }
}
