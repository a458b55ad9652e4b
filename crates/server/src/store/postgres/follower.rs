//! Hears of what other nodes do. It looks several times a second, and at once when this node has committed something or
//! another one says that it has: NOTIFY is a hint and no more, sent when the commit is long done, since PostgreSQL takes a
//! lock on everything for it.

use std::sync::Arc;
use std::time::Duration;

use samovar_domain::{Item, Seq};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_util::task::AbortOnDropHandle;

use super::options::Options;
use super::pool::settings;
use super::publisher::{News, Publisher};
use super::stand::{REVOKED, STAND, Stand};
use super::turn::device_of;
use super::writer::Writer;
use crate::store::sql::connection::Row;
use crate::store::sql::rows;
use crate::store::{StoreError, StoreResult};

/// How often it is looked, whoever says what.
pub(super) const LOOK: Duration = Duration::from_millis(150);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The first and the longest wait after a failure.
const AGAIN: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(3));
/// How many items are told at once.
const PIECE: usize = 500;
/// How often it is looked for revocations that nobody needs any more.
const SWEEP: Duration = Duration::from_mins(10);
/// What nodes tell each other by.
const CHANNEL: &str = "samovar";

/// What the follower works with.
pub(super) struct Follower {
    /// Where the database is.
    pub(super) options: Options,
    /// How it is reached.
    pub(super) tls: MakeRustlsConnect,
    /// Who tells this node's readers.
    pub(super) publisher: Arc<Publisher>,
    /// This node has committed something.
    pub(super) written: Arc<Notify>,
    /// The writer of this node, which begins a new epoch where one is needed.
    pub(super) turns: Writer,
    /// How often it is looked, whoever says what.
    pub(super) look: Duration,
}

/// A connection of its own, and whether somebody called.
struct Line {
    client: Client,
    called: Arc<Notify>,
    look: Statement,
    items: Statement,
    revoked: Statement,
    _carried: AbortOnDropHandle<()>,
}

/// Revocations that every node has heard of: one that has not looked for so long begins anew.
const OLD: &str = "DELETE FROM revocations WHERE at < (extract(epoch FROM clock_timestamp()) * 1000)::bigint - 3600000";

impl Follower {
    /// Follows for ever.
    pub(super) async fn run(self) {
        let mut wait = AGAIN.0;
        loop {
            let line = match timeout(PATIENCE, self.connect()).await {
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

    async fn connect(&self) -> StoreResult<Line> {
        let (client, mut connection) = self.options.config.connect(self.tls.clone()).await?;
        let called = Arc::new(Notify::new());
        let calls = Arc::clone(&called);
        let carried = AbortOnDropHandle::new(tokio::spawn(async move {
            while let Some(Ok(message)) = std::future::poll_fn(|context| connection.poll_message(context)).await {
                if matches!(message, AsyncMessage::Notification(_)) {
                    calls.notify_one();
                }
            }
        }));
        client.batch_execute(&settings()).await?;
        if self.options.notifies {
            client.batch_execute(&format!("LISTEN {CHANNEL}")).await?;
        }
        let items = format!(
            "SELECT {} FROM items WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT {PIECE}",
            rows::COLUMNS
        );
        Ok(Line {
            look: client.prepare(STAND).await?,
            items: client.prepare(&items).await?,
            revoked: client.prepare(&REVOKED.replace('?', "$")).await?,
            client,
            called,
            _carried: carried,
        })
    }

    /// Follows until the line breaks, and tells why it did. What comes of a look makes the next wait a short one again.
    async fn follow(&self, line: &Line, wait: &mut Duration) -> StoreError {
        let mut swept: Option<Instant> = None;
        loop {
            let looking = async {
                self.look(line).await?;
                if swept.is_none_or(|at| at.elapsed() > SWEEP) {
                    line.client.batch_execute(OLD).await?;
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
                () = line.called.notified() => {}
                () = self.written.notified() => {
                    if self.options.notifies
                        && let Err(error) = line.client.batch_execute(&format!("NOTIFY {CHANNEL}")).await
                    {
                        return error.into();
                    }
                }
            }
        }
    }

    /// Tells of what has come.
    async fn look(&self, line: &Line) -> StoreResult<()> {
        let told = self.publisher.told();
        let stand = Stand::of(&Row::Postgres(&line.client.query_one(&line.look, &[]).await?))?;
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
            let between: [&(dyn ToSql + Sync); 2] = [&told.revocation, &stand.revocation];
            for row in line.client.query(&line.revoked, &between).await? {
                revoked.push(device_of(&Row::Postgres(&row))?);
            }
        }
        self.publisher.publish(News {
            revoked,
            revocation: stand.revocation,
            at: stand.at,
            ..News::default()
        });
        loop {
            let told = self.publisher.told();
            if told.head >= stand.head || told.epoch != stand.epoch {
                return Ok(());
            }
            let items = self.items_between(line, told.head, stand.head).await?;
            if items.is_empty() {
                // The newest ones were purged, or newer versions follow: there is nothing to be told of them.
                self.publisher.pass_over(&stand);
            }
            self.publisher.publish(News {
                items,
                ..News::default()
            });
        }
    }

    async fn items_between(&self, line: &Line, after: Seq, last: Seq) -> StoreResult<Vec<Item>> {
        let between: [&(dyn ToSql + Sync); 2] = [&after.cast_signed(), &last.cast_signed()];
        let rows = line.client.query(&line.items, &between).await?;
        rows.iter().map(|row| rows::item_of(&Row::Postgres(row))).collect()
    }
}
