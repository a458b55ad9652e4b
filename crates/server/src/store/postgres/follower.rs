//! Hears of what other nodes do. It looks several times a second, and at once when this node has committed something or
//! another one says that it has: NOTIFY is a hint and no more, sent when the commit is long done, since PostgreSQL takes a
//! lock on everything for it.

use std::sync::Arc;
use std::time::Duration;

use samovar_domain::{DeviceId, Item, Seq};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};
use tokio_postgres::{AsyncMessage, Client, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_util::task::AbortOnDropHandle;

use super::options::Options;
use super::pool::settings;
use super::publisher::Publisher;
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
    /// The last revocation that was heard of.
    pub(super) revocations: i64,
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

/// What is to be looked at.
const STATE: &str = "SELECT head, (SELECT coalesce(max(n), 0) FROM revocations) FROM team";
const REVOKED: &str = "SELECT device FROM revocations WHERE n > $1 AND n <= $2 ORDER BY n";
const OLD: &str = "DELETE FROM revocations WHERE at < (extract(epoch FROM clock_timestamp()) * 1000)::bigint - 3600000";

impl Follower {
    /// Follows for ever.
    pub(super) async fn run(mut self) {
        let mut wait = AGAIN.0;
        loop {
            let line = match timeout(PATIENCE, self.connect()).await {
                Ok(line) => line,
                Err(_) => Err(StoreError::Failed("the database does not answer".to_owned())),
            };
            let failed = match line {
                Ok(line) => {
                    wait = AGAIN.0;
                    self.follow(&line).await
                }
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
            "SELECT {} FROM items WHERE seq > $1 ORDER BY seq LIMIT {PIECE}",
            rows::COLUMNS
        );
        Ok(Line {
            look: client.prepare(STATE).await?,
            items: client.prepare(&items).await?,
            revoked: client.prepare(REVOKED).await?,
            client,
            called,
            _carried: carried,
        })
    }

    /// Follows until the line breaks, and tells why it did.
    async fn follow(&mut self, line: &Line) -> StoreError {
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
                Ok(Ok(())) => {}
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
    async fn look(&mut self, line: &Line) -> StoreResult<()> {
        let state = line.client.query_one(&line.look, &[]).await?;
        let (head, revocations): (i64, i64) = (state.try_get(0)?, state.try_get(1)?);
        while self.publisher.published() < head.cast_unsigned() {
            let items = self.items_after(line, self.publisher.published()).await?;
            if items.is_empty() {
                // The newest ones were purged: there is nothing to be told of them.
                self.publisher.pass_over(head.cast_unsigned());
            }
            self.publisher.publish(items, Vec::new());
        }
        if revocations > self.revocations {
            let rows = line
                .client
                .query(&line.revoked, &[&self.revocations, &revocations])
                .await?;
            let devices = rows.iter().map(|row| {
                let device: &str = row.try_get(0)?;
                device
                    .parse::<DeviceId>()
                    .map_err(|error| StoreError::Failed(error.to_string()))
            });
            let devices = devices.collect::<StoreResult<Vec<_>>>()?;
            self.publisher.publish(Vec::new(), devices);
            self.revocations = revocations;
        }
        Ok(())
    }

    async fn items_after(&self, line: &Line, seq: Seq) -> StoreResult<Vec<Item>> {
        let rows = line.client.query(&line.items, &[&seq.cast_signed()]).await?;
        rows.iter().map(|row| rows::item_of(&Row::Postgres(row))).collect()
    }
}
