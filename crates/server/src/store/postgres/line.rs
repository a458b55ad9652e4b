//! The connection by which a node looks for what others do, and calls them. NOTIFY is sent when the commit is long done,
//! since PostgreSQL takes a lock on everything for it.

use std::sync::Arc;

use samovar_domain::{DeviceId, Item, Seq};
use tokio::sync::Notify;
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_util::task::AbortOnDropHandle;

use super::CLOCK;
use super::options::Options;
use super::pool::settings;
use crate::store::StoreResult;
use crate::store::nodes::follower::{self, Database, PIECE};
use crate::store::nodes::stand::{REVOKED, Stand, asked_by};
use crate::store::nodes::turn::device_of;
use crate::store::sql::connection::Row;
use crate::store::sql::rows;

/// What nodes tell each other by.
const CHANNEL: &str = "samovar";
/// How long revocations are kept, in milliseconds.
const KEPT: i64 = 3_600_000;

/// Where the database is, and how it is reached.
pub(super) struct Server {
    /// Where it is.
    pub(super) options: Options,
    /// How it is reached.
    pub(super) tls: MakeRustlsConnect,
}

/// A connection, and whether somebody called.
pub(super) struct Line {
    client: Client,
    called: Arc<Notify>,
    notifies: bool,
    look: Statement,
    items: Statement,
    revoked: Statement,
    _carried: AbortOnDropHandle<()>,
}

impl Database for Server {
    type Line = Line;

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
        let notifies = self.options.notifies;
        if notifies {
            client.batch_execute(&format!("LISTEN {CHANNEL}")).await?;
        }
        let items = format!(
            "SELECT {} FROM items WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT {PIECE}",
            rows::COLUMNS
        );
        Ok(Line {
            look: client.prepare(&asked_by(CLOCK)).await?,
            items: client.prepare(&items).await?,
            revoked: client.prepare(&REVOKED.replace('?', "$")).await?,
            client,
            called,
            notifies,
            _carried: carried,
        })
    }
}

impl follower::Line for Line {
    async fn stand(&self) -> StoreResult<Stand> {
        Stand::of(&Row::Postgres(&self.client.query_one(&self.look, &[]).await?))
    }

    async fn revoked_between(&self, after: i64, last: i64) -> StoreResult<Vec<DeviceId>> {
        let between: [&(dyn ToSql + Sync); 2] = [&after, &last];
        let rows = self.client.query(&self.revoked, &between).await?;
        rows.iter().map(|row| device_of(&Row::Postgres(row))).collect()
    }

    async fn items_between(&self, after: Seq, last: Seq) -> StoreResult<Vec<Item>> {
        let between: [&(dyn ToSql + Sync); 2] = [&after.cast_signed(), &last.cast_signed()];
        let rows = self.client.query(&self.items, &between).await?;
        rows.iter().map(|row| rows::item_of(&Row::Postgres(row))).collect()
    }

    async fn sweep(&self) -> StoreResult<()> {
        let old = format!("DELETE FROM revocations WHERE at < {CLOCK} - {KEPT}");
        Ok(self.client.batch_execute(&old).await?)
    }

    async fn called(&self) {
        self.called.notified().await;
    }

    async fn call(&self) -> StoreResult<()> {
        if self.notifies {
            self.client.batch_execute(&format!("NOTIFY {CHANNEL}")).await?;
        }
        Ok(())
    }
}
