//! Where a team stands, and how far a node has come in telling of it.

use std::time::Duration;

use samovar_domain::Seq;

use crate::store::StoreResult;
use crate::store::sql::connection::{Connection, Row};

/// Asks where the team stands, in a database whose clock is read so.
pub(in crate::store) fn asked_by(clock: &str) -> String {
    format!("SELECT epoch, head, (SELECT coalesce(max(n), 0) FROM revocations), {clock} FROM team")
}

/// Asks which devices were ended between two revocations.
pub(in crate::store) const REVOKED: &str = "SELECT device FROM revocations WHERE n > ?1 AND n <= ?2 ORDER BY n";
/// A node that has not looked for so long trusts nothing it knows: revocations are kept for an hour.
const TRUSTED_FOR: Duration = Duration::from_mins(30);

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Stand {
    /// The life of the sequence; empty in what comes from a backup.
    pub(in crate::store) epoch: String,
    /// The newest seq.
    pub(in crate::store) head: Seq,
    /// The newest revocation.
    pub(in crate::store) revocation: i64,
    /// When it was so, by the clock of the database, in milliseconds.
    pub(in crate::store) at: i64,
}

impl Stand {
    /// What is given to whoever asks as [`asked_by`] says.
    pub(in crate::store) fn of(row: &Row<'_>) -> StoreResult<Self> {
        Ok(Self {
            epoch: row.get(0)?,
            head: row.get::<i64>(1)?.cast_unsigned(),
            revocation: row.get(2)?,
            at: row.get(3)?,
        })
    }

    /// Where the team stands in this transaction.
    pub(in crate::store) fn read(db: Connection<'_>) -> StoreResult<Self> {
        let mut statement = db.prepare_cached(&asked_by(db.clock()))?;
        statement.query_row([], |row| Ok(Self::of(row)))?
    }

    /// Whether the database has lost what it had confirmed, as after a failover to a copy that was behind, or comes from a
    /// backup. Then a new epoch is to begin: seqs that were told of are given out again.
    pub(in crate::store) fn has_gone_back_from(&self, told: &Self) -> bool {
        self.epoch.is_empty() || (self.epoch == told.epoch && self.head < told.head)
    }

    /// Whether what `told` led to is of no use: the sequence is another one, or nobody has looked for too long.
    pub(in crate::store) fn is_beyond(&self, told: &Self) -> bool {
        let silent = u64::try_from(self.at - told.at).unwrap_or_default();
        self.epoch != told.epoch || Duration::from_millis(silent) > TRUSTED_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(epoch: &str, head: Seq, minutes: i64) -> Stand {
        Stand {
            epoch: epoch.to_owned(),
            head,
            revocation: 0,
            at: minutes * 60_000,
        }
    }

    #[test]
    fn a_database_goes_back_and_a_node_is_left_behind() {
        let told = stand("one", 10, 100);
        let check = |present: Stand, has_gone_back: bool, is_beyond: bool| {
            let found = (present.has_gone_back_from(&told), present.is_beyond(&told));
            assert_eq!(found, (has_gone_back, is_beyond), "{present:?}");
        };
        check(stand("one", 10, 100), false, false);
        check(stand("one", 12, 130), false, false);
        check(stand("one", 12, 131), false, true);
        check(stand("one", 12, 0), false, false);
        check(stand("one", 9, 100), true, false);
        check(stand("another", 9, 100), false, true);
        check(stand("", 10, 100), true, true);
    }
}
