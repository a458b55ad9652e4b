//! The way from one node of a simulation to the database and to the other nodes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use samovar_domain::Timestamp;
use tokio::sync::Notify;

use crate::store::{StoreError, StoreResult};

/// See the module. Each node has one.
pub trait Wire: Send + Sync + 'static {
    /// The file that stands in for the database just now.
    fn file(&self) -> PathBuf;

    /// What the database's clock shows.
    fn now(&self) -> Timestamp;

    /// After how long what is asked next is there; `None` when it never is.
    fn question(&self) -> Option<Duration>;

    /// After how long what is answered next is here; `None` when it never is.
    fn answer(&self) -> Option<Duration>;

    /// This node says to the others, as by NOTIFY, that there is something new.
    fn call(&self);

    /// Notified when somebody has called, for the one who looks on this node.
    fn calls(&self) -> Arc<Notify>;
}

/// Goes one way, if it leads anywhere.
pub(super) async fn goes(way: Option<Duration>) -> StoreResult<()> {
    let Some(takes) = way else {
        return Err(StoreError::Failed("the database does not answer".to_owned()));
    };
    if !takes.is_zero() {
        tokio::time::sleep(takes).await;
    }
    Ok(())
}
