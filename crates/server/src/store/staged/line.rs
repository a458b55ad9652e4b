//! How a node of a simulation looks for what others do.

use std::sync::Arc;

use samovar_blocking::Moment;
use samovar_domain::{DeviceId, Item, Seq};
use tokio::sync::Notify;

use super::file::{File, begin_writing};
use super::wire::{Wire, goes};
use crate::store::StoreResult;
use crate::store::nodes::follower::{self, Database, PIECE};
use crate::store::nodes::stand::Stand;
use crate::store::nodes::turn::revoked_between;
use crate::store::sql::connection::Connection;
use crate::store::sql::rows;

/// The database that is shared.
pub(super) struct Shared(pub(super) Arc<dyn Wire>);

/// See the module.
pub(super) struct Line {
    file: File,
    calls: Arc<Notify>,
}

impl Database for Shared {
    type Line = Line;

    async fn connect(&self) -> StoreResult<Line> {
        goes(self.0.question()).await?;
        goes(self.0.answer()).await?;
        Ok(Line {
            file: File::new(Arc::clone(&self.0)),
            calls: self.0.calls(),
        })
    }
}

impl follower::Line for Line {
    async fn stand(&self) -> StoreResult<Stand> {
        self.file.ask(Stand::read).await
    }

    async fn revoked_between(&self, after: i64, last: i64) -> StoreResult<Vec<DeviceId>> {
        self.file.ask(move |db| revoked_between(db, after, last)).await
    }

    async fn items_between(&self, after: Seq, last: Seq) -> StoreResult<Vec<Item>> {
        let found = format!("seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT {PIECE}");
        let asking = move |db: Connection<'_>| rows::find(db, &found, &[&after.cast_signed(), &last.cast_signed()]);
        self.file.ask(asking).await
    }

    async fn sweep(&self) -> StoreResult<()> {
        goes(self.file.wire().question()).await?;
        samovar_blocking::reaches(Moment::BeforeCommit).await;
        self.file.with(|connection| {
            let transaction = begin_writing(connection)?;
            transaction.execute(
                "DELETE FROM revocations WHERE at < (SELECT now FROM clock) - 3600000",
                [],
            )?;
            Ok(transaction.commit()?)
        })?;
        goes(self.file.wire().answer()).await
    }

    async fn called(&self) {
        self.calls.notified().await;
    }

    async fn call(&self) -> StoreResult<()> {
        goes(self.file.wire().question()).await?;
        self.file.wire().call();
        goes(self.file.wire().answer()).await
    }
}
