//! The rules of the endpoint in SQL, written once for every database: they see a [`connection::Connection`] in the middle
//! of a transaction, and neither know which database it is nor when it commits.

mod acts;
mod apply;
mod backend;
mod begin;
mod cards;
pub(super) mod carry;
mod celebrations;
pub(super) mod changes;
mod check;
pub(super) mod connection;
mod decisions;
mod erasing;
mod feeds;
mod gatherings;
mod hiding;
mod invites;
pub(super) mod leases;
mod members;
mod mirror_queue;
mod mirrors;
mod operator;
mod packages;
mod pairs;
mod photo_files;
mod pulse;
mod read;
pub(super) mod rows;
mod seals;
mod sign_ins;
mod upkeep;
pub(super) mod value;
pub(super) mod whole;

pub(super) use backend::Backend;
pub(super) use begin::{begin_epoch, begin_epoch_of_moved, begin_team};
pub(super) use photo_files::drop_files;
use samovar_domain::Problem;
pub(crate) use upkeep::{ORPHANS_KEPT, TOMBSTONES_KEPT};

use super::{Caller, Cursor, Feed, Joined, NewInvite, Newcomer, Removal, StoreError, StoreResult, TeamState};

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

fn refused(code: &'static str, detail: &str) -> StoreError {
    StoreError::Refused(Problem::new(code, detail))
}
