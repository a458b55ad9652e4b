//! The team as the writer sees it, for the domain's rule.

use std::cell::RefCell;

use samovar_domain::check::{Existing, View};
use samovar_domain::kinds::{RoleName, TeamSettings, role_id};
use samovar_domain::{BlobHash, Body, Item, ItemId, Kind, MemberId, Timestamp};

use super::connection::Connection;
use super::{StoreError, StoreResult, read, rows};

/// The rule cannot fail, but what it asks can: the first failure is kept, and whoever asked must look with
/// [`StoredView::settle`] before the answer is believed. A disk that fails to read must not refuse an op for ever.
pub(super) struct StoredView<'a> {
    db: Connection<'a>,
    writer: MemberId,
    now: Timestamp,
    failure: RefCell<Option<StoreError>>,
}

impl<'a> StoredView<'a> {
    /// The team as `writer` may name what is in it.
    pub(super) fn new(db: Connection<'a>, writer: MemberId, now: Timestamp) -> Self {
        Self {
            db,
            writer,
            now,
            failure: RefCell::new(None),
        }
    }

    /// Whether everything that was asked was answered.
    pub(super) fn settle(self) -> StoreResult<()> {
        self.failure.into_inner().map_or(Ok(()), Err)
    }

    fn keep<T: Default>(&self, answer: StoreResult<T>) -> T {
        answer.unwrap_or_else(|error| {
            self.failure.borrow_mut().get_or_insert(error);
            T::default()
        })
    }

    fn item(&self, id: ItemId) -> Option<Item> {
        self.keep(rows::get(self.db, id))
    }
}

impl View for StoredView<'_> {
    fn now(&self) -> Timestamp {
        self.now
    }

    fn existing(&self, id: ItemId) -> Option<Existing> {
        let item = self.item(id)?;
        let is_gone = item.is_gone(self.now);
        Some(Existing {
            kind: item.kind,
            owner: item.owner,
            audience: item.audience,
            created_at: item.created_at,
            is_gone,
        })
    }

    fn body(&self, id: ItemId) -> Option<Body> {
        let item = self.item(id).filter(|item| !item.is_gone(self.now))?;
        rows::read(&item)
    }

    fn settings(&self) -> TeamSettings {
        let teams = self.keep(rows::find(self.db, "kind = 'team' AND body IS NOT NULL", &[]));
        match teams.first().and_then(rows::read) {
            Some(Body::Team(team)) => team.settings.unwrap_or_default(),
            _ => TeamSettings::default(),
        }
    }

    fn is_member(&self, id: MemberId) -> bool {
        self.item(id.into())
            .is_some_and(|item| item.kind == Kind::MEMBER && item.body.is_some())
    }

    fn role(&self, id: MemberId) -> RoleName {
        match self.item(role_id(id)).as_ref().and_then(rows::read) {
            Some(Body::Role(role)) => role.role,
            _ => RoleName::Member,
        }
    }

    fn has_blob(&self, blob: &BlobHash) -> bool {
        self.keep(read::may_read_blob(self.db, self.writer, *blob))
    }

    fn owners(&self) -> usize {
        self.keep(read::owners(self.db)).len()
    }
}
