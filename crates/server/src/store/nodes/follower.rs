//! Hears of what other nodes do. It looks several times a second, and at once when this node has committed something or
//! another one says that it has: a call is a hint and no more, sent when the commit is long done.

use std::sync::Arc;
use std::time::Duration;

use samovar_domain::{DeviceId, Item, Seq};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

use super::publisher::{News, Publisher};
use super::stand::Stand;
use crate::store::jobs::Writer;
use crate::store::{StoreError, StoreResult};

/// How often it is looked, whoever says what.
pub(in crate::store) const LOOK: Duration = Duration::from_millis(150);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The first and the longest wait after a failure.
const AGAIN: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(3));
/// How many items are told at once.
pub(in crate::store) const PIECE: usize = 500;
/// How often it is looked for revocations that nobody needs any more.
const SWEEP: Duration = Duration::from_mins(10);

/// How a node reaches the database to look, and how nodes call each other there.
pub(in crate::store) trait Database: Send + Sync + 'static {
    /// A connection.
    type Line: Line;

    /// A new connection.
    fn connect(&self) -> impl Future<Output = StoreResult<Self::Line>> + Send;
}

/// A connection of a follower's own. Its questions are answered one after the other, and what others do may come between.
pub(in crate::store) trait Line: Send + Sync {
    /// Where the team stands.
    fn stand(&self) -> impl Future<Output = StoreResult<Stand>> + Send;

    /// The devices that were ended between two revocations, the first of the two left out.
    fn revoked_between(&self, after: i64, last: i64) -> impl Future<Output = StoreResult<Vec<DeviceId>>> + Send;

    /// The first [`PIECE`] items between two places of the sequence, the first of the two left out.
    fn items_between(&self, after: Seq, last: Seq) -> impl Future<Output = StoreResult<Vec<Item>>> + Send;

    /// Forgets revocations that every node has heard of: one that has not looked for so long begins anew.
    fn sweep(&self) -> impl Future<Output = StoreResult<()>> + Send;

    /// Returns when somebody has called since.
    fn called(&self) -> impl Future<Output = ()> + Send;

    /// Calls the other nodes.
    fn call(&self) -> impl Future<Output = StoreResult<()>> + Send;
}

/// What the follower works with.
pub(in crate::store) struct Follower<D> {
    /// Where the database is.
    pub(in crate::store) database: D,
    /// Who tells this node's readers.
    pub(in crate::store) publisher: Arc<Publisher>,
    /// This node has committed something.
    pub(in crate::store) written: Arc<Notify>,
    /// The writer of this node, which begins a new epoch where one is needed.
    pub(in crate::store) turns: Writer,
    /// How often it is looked, whoever says what.
    pub(in crate::store) look: Duration,
}

impl<D: Database> Follower<D> {
    /// Follows for ever.
    pub(in crate::store) async fn run(self) {
        let mut wait = AGAIN.0;
        loop {
            let line = match timeout(PATIENCE, self.database.connect()).await {
                Ok(line) => line,
                Err(_) => Err(StoreError::Failed("the database does not answer".to_owned())),
            };
            let failed = match line {
                Ok(line) => self.follow(&line, &mut wait).await,
                Err(error) => error,
            };
            tracing::warn!(error = %failed, "other nodes are not heard just now; it is tried again");
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(AGAIN.1);
        }
    }

    /// Follows until the line breaks, and tells why it did. What comes of a look makes the next wait a short one again.
    async fn follow(&self, line: &D::Line, wait: &mut Duration) -> StoreError {
        let mut swept: Option<Instant> = None;
        loop {
            let looking = async {
                self.look(line).await?;
                if swept.is_none_or(|at| at.elapsed() > SWEEP) {
                    line.sweep().await?;
                    swept = Some(Instant::now());
                }
                Ok(())
            };
            match timeout(PATIENCE, looking).await {
                Ok(Ok(())) => *wait = AGAIN.0,
                Ok(Err(error)) => return error,
                Err(_) => return StoreError::Failed("the database does not answer".to_owned()),
            }
            tokio::select! {
                () = tokio::time::sleep(self.look) => {}
                () = line.called() => {}
                () = self.written.notified() => {
                    if let Err(error) = line.call().await {
                        return error;
                    }
                }
            }
        }
    }

    /// Tells of what has come.
    async fn look(&self, line: &D::Line) -> StoreResult<()> {
        let told = self.publisher.told();
        let stand = line.stand().await?;
        if stand.has_gone_back_from(&told) {
            // Whoever writes sees to that first of all.
            return self.turns.write(|_, _| Ok(())).await;
        }
        if stand.is_beyond(&told) {
            self.publisher.begin_anew(&told, stand);
            return Ok(());
        }
        // Devices first: what was written after they were ended is nothing to them.
        let mut revoked = Vec::new();
        if stand.revocation > told.revocation {
            revoked = line.revoked_between(told.revocation, stand.revocation).await?;
        }
        self.publisher.publish(News {
            epoch: stand.epoch.clone(),
            items: Vec::new(),
            revoked,
            revocation: stand.revocation,
            at: stand.at,
        });
        loop {
            let told = self.publisher.told();
            if told.head >= stand.head || told.epoch != stand.epoch {
                return Ok(());
            }
            let items = line.items_between(told.head, stand.head).await?;
            if items.is_empty() {
                // The newest ones were purged, or newer versions follow: there is nothing to be told of them.
                self.publisher.pass_over(&stand);
            }
            self.publisher.publish(News {
                epoch: stand.epoch.clone(),
                items,
                ..News::default()
            });
        }
    }
}
