//! Photos made ready for a share; and which photos must not leave the cache.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Transaction, params};
use samovar_domain::wire::Op;
use samovar_domain::{BlobHash, Timestamp};

use super::{Store, StoreResult, fact, get_fact, outbox, set_fact};
use crate::api::{Draft, PreparedPhoto};

fn keep(tx: &Transaction<'_>, photo: &PreparedPhoto, now: Timestamp) -> StoreResult<()> {
    tx.execute(
        "INSERT OR REPLACE INTO prepared (photo, facts, at) VALUES (?1, ?2, ?3)",
        params![photo.photo, serde_json::to_string(photo)?, now.millis()],
    )?;
    Ok(())
}

impl Store {
    /// Remembers a photo that was made ready.
    pub(crate) async fn keep_prepared(&self, photo: PreparedPhoto, now: Timestamp) -> StoreResult<()> {
        self.write(move |tx| keep(tx, &photo, now)).await
    }

    /// A photo that was made ready.
    pub(crate) async fn prepared(&self, photo: String) -> StoreResult<Option<PreparedPhoto>> {
        self.read(move |tx| {
            let facts: Option<String> = tx
                .query_row("SELECT facts FROM prepared WHERE photo = ?1", [photo], |row| row.get(0))
                .optional()?;
            Ok(facts.map(|facts| serde_json::from_str(&facts)).transpose()?)
        })
        .await
    }

    /// Forgets a photo that was made ready.
    pub(crate) async fn discard_prepared(&self, photo: String) -> StoreResult<()> {
        self.write(move |tx| {
            Ok(tx
                .execute("DELETE FROM prepared WHERE photo = ?1", [photo])
                .map(|_| ())?)
        })
        .await
    }

    /// Queues the deletion of a snapshot and makes it the draft, its photos made ready as before it was shared. The kudos
    /// that are being written stay. `None` when another snapshot is being written: then nothing is done.
    pub(crate) async fn take_back(&self, deletion: Op, snapshot: Draft) -> StoreResult<Option<Draft>> {
        self.write(move |tx| {
            let present: Draft = get_fact(tx, fact::DRAFT)?;
            if !present.has_no_snapshot() {
                return Ok(None);
            }
            let draft = Draft {
                reason: present.reason,
                to: present.to,
                ..snapshot
            };
            let now = deletion.created_at;
            draft
                .photos
                .iter()
                .try_for_each(|shared| keep(tx, &shared.photo, now))?;
            set_fact(tx, fact::DRAFT, &draft)?;
            outbox::push(tx, deletion, &[])?;
            Ok(Some(draft))
        })
        .await
    }

    /// Forgets photos that were made ready before `oldest` and that no draft holds: nobody will share them.
    pub(crate) async fn forget_prepared(&self, oldest: Timestamp) -> StoreResult<()> {
        self.write(move |tx| {
            let draft: Draft = get_fact(tx, fact::DRAFT)?;
            let mut statement = tx.prepare("SELECT photo FROM prepared WHERE at < ?1")?;
            let old: Vec<String> = statement
                .query_map([oldest.millis()], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for photo in old {
                if !draft.photos.iter().any(|held| held.photo.photo == photo) {
                    tx.execute("DELETE FROM prepared WHERE photo = ?1", [photo])?;
                }
            }
            Ok(())
        })
        .await
    }

    /// Photos that exist nowhere else yet: drafts, and those on their way up.
    pub(crate) async fn pinned_photos(&self) -> StoreResult<HashSet<BlobHash>> {
        self.read(|tx| {
            let mut pinned: HashSet<BlobHash> = outbox::all(tx)?.into_iter().flat_map(|queued| queued.blobs).collect();
            let mut statement = tx.prepare("SELECT facts FROM prepared")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let photo: PreparedPhoto = serde_json::from_str(&row.get::<_, String>(0)?)?;
                pinned.extend([photo.blob, photo.thumb]);
            }
            Ok(pinned)
        })
        .await
    }
}
