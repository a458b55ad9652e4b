//! The store on SQLite: one writer that batches commits, readers beside it.

mod apply;
mod backup;
mod cards;
mod celebrations;
mod check;
mod decisions;
mod erasing;
mod feeds;
mod gatherings;
mod hiding;
mod integrity;
mod invites;
mod members;
mod mirror_queue;
mod mirrors;
mod packages;
mod pairs;
mod pulse;
mod read;
mod readers;
mod rows;
mod seals;
mod upkeep;
mod writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};
use rusqlite_migration::{M, Migrations};
use samovar_domain::wire::{Device, Invite, MirrorHealth, MirrorRequest, MirrorTarget, Op, OpResult, Page};
use samovar_domain::{
    BlobHash, Clock, DeviceId, Epoch, InviteId, Item, ItemId, MemberId, MirrorId, Problem, Seq, TeamId, Timestamp,
};

use super::{
    Caller, Cursor, Feed, Joined, MirrorChange, NewInvite, Newcomer, Removal, Store, StoreError, StoreResult, TeamState,
};
use crate::mirrors::{Due, Language, Load, Outcome};
use crate::pulse_tokens::NewRoundKey;
pub use integrity::{Integrity, integrity};
use readers::Readers;
use writer::Writer;
pub use writer::{Commit, Committed};

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The database's file in the folder.
pub const DATABASE: &str = "samovar-server.db";
/// In the order in which they are applied. One that has landed is never edited.
const MIGRATIONS: [&str; 8] = [
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_calendar_feeds.sql"),
    include_str!("../migrations/0003_pair_draws.sql"),
    include_str!("../migrations/0004_rotations.sql"),
    include_str!("../migrations/0005_decision_seals.sql"),
    include_str!("../migrations/0006_mirrors.sql"),
    include_str!("../migrations/0007_pulse.sql"),
    include_str!("../migrations/0008_celebrations.sql"),
];
/// The most connections that read at the same time.
const READERS: usize = 4;
/// The most of them that only ask who calls.
const ASKING: usize = 2;
/// How long a read may take, the wait for its turn included. What it answers later is not heard any more.
const READ_PATIENCE: Duration = Duration::from_secs(20);
/// How long a connection waits for another process, such as `samovar-server invite`, to be done.
const BUSY: Duration = Duration::from_secs(10);

/// See the module.
pub struct SqliteStore {
    path: PathBuf,
    writer: Writer,
    reading: Readers,
    /// For what every call asks first: who calls. It is answered also while all other readers are busy.
    asking: Readers,
}

#[expect(clippy::disallowed_methods, reason = "this is the store that opens connections")]
fn connect(path: &Path) -> StoreResult<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "journal_size_limit", 16 * 1024 * 1024)?;
    Ok(connection)
}

impl SqliteStore {
    /// Opens or makes the database in `folder`. `committed` is told of every commit, in seq order.
    pub fn open(folder: &Path, clock: &dyn Clock, committed: Committed) -> StoreResult<Self> {
        let path = folder.join(DATABASE);
        let mut connection = connect(&path)?;
        Migrations::new(MIGRATIONS.map(M::up).to_vec())
            .to_latest(&mut connection)
            .map_err(|error| StoreError::Failed(error.to_string()))?;
        begin_team(&mut connection, clock.now())?;
        let writer = Writer::start(connection, folder.join("blobs"), committed);
        Ok(Self {
            writer,
            reading: Readers::new(path.clone(), READERS, READ_PATIENCE),
            asking: Readers::new(path.clone(), ASKING, READ_PATIENCE),
            path,
        })
    }

    async fn read<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
    {
        self.reading.read(work).await
    }

    /// Copies the database, as it is at one moment, into `file` while it is being served.
    pub async fn back_up(&self, file: PathBuf) -> StoreResult<()> {
        let path = self.path.clone();
        let done = tokio::task::spawn_blocking(move || backup::copy(&path, &file));
        done.await
            .unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))
    }
}

/// Makes the team in a new folder, and begins a new epoch in one that comes from a backup.
fn begin_team(connection: &mut Connection, now: Timestamp) -> StoreResult<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let known: Option<String> = transaction
        .query_row("SELECT epoch FROM team", [], |row| row.get(0))
        .optional()?;
    let epoch = Epoch(uuid::Uuid::new_v4()).to_string();
    match known.as_deref() {
        Some("") => {
            transaction.execute("UPDATE team SET epoch = ?1", [epoch])?;
            mirrors::pause_restored(&transaction)?;
        }
        Some(_) => {}
        None => {
            let id = TeamId::new(now);
            transaction.execute(
                "INSERT INTO team (id, epoch, head, low_water) VALUES (?1, ?2, 1, 0)",
                params![id.to_string(), epoch],
            )?;
            let item = Item {
                id: id.into(),
                kind: samovar_domain::Kind::new(samovar_domain::Kind::TEAM),
                owner: samovar_domain::Owner::Team,
                seq: 1,
                audience: samovar_domain::Audience::Team,
                created_at: now,
                updated_at: now,
                expires_at: None,
                body: Some(serde_json::json!({ "name": "Samovar" })),
            };
            rows::put(&transaction, &item)?;
        }
    }
    transaction.commit()?;
    Ok(())
}

#[async_trait]
impl Store for SqliteStore {
    async fn team(&self) -> StoreResult<TeamState> {
        self.asking.read(read::team).await
    }

    async fn knows(&self, caller: Caller) -> StoreResult<bool> {
        self.asking.read(move |db| members::knows(db, caller)).await
    }

    async fn has_owner(&self) -> StoreResult<bool> {
        self.read(read::has_owner).await
    }

    async fn caller(&self, token_hash: &str) -> StoreResult<Option<Caller>> {
        let token_hash = token_hash.to_owned();
        self.asking.read(move |db| read::caller(db, &token_hash)).await
    }

    async fn add_invite(&self, invite: NewInvite, now: Timestamp) -> StoreResult<InviteId> {
        self.writer.write(move |db, _| invites::add(db, &invite, now)).await
    }

    async fn invites(&self, asker: MemberId, now: Timestamp) -> StoreResult<Vec<Invite>> {
        self.read(move |db| invites::open_ones(db, asker, now)).await
    }

    async fn delete_invite(&self, asker: Caller, id: InviteId) -> StoreResult<()> {
        self.writer.write(move |db, _| invites::delete(db, asker, id)).await
    }

    async fn invite_is_open(&self, invite_hash: &str, now: Timestamp) -> StoreResult<bool> {
        let invite_hash = invite_hash.to_owned();
        self.read(move |db| invites::is_open(db, &invite_hash, now)).await
    }

    async fn join(&self, newcomer: Newcomer, now: Timestamp) -> StoreResult<Joined> {
        self.writer
            .write(move |db, changes| members::join(db, changes, &newcomer, now))
            .await
    }

    async fn apply(
        &self,
        caller: Caller,
        epoch: Epoch,
        ops: Vec<Op>,
        now: Timestamp,
    ) -> StoreResult<(Seq, Vec<OpResult>)> {
        self.writer
            .write(move |db, changes| apply::apply(db, changes, caller, epoch, &ops, now))
            .await
    }

    async fn page(&self, reader: MemberId, cursor: Cursor, limit: u32, now: Timestamp) -> StoreResult<Page> {
        self.read(move |db| read::page(db, reader, cursor, limit, now)).await
    }

    async fn older(&self, reader: MemberId, kind: &str, before: Seq, limit: u32) -> StoreResult<Page> {
        let kind = kind.to_owned();
        self.read(move |db| read::older(db, reader, &kind, before, limit)).await
    }

    async fn forget_invites(&self, now: Timestamp) -> StoreResult<()> {
        self.writer.write(move |db, _| invites::forget(db, now)).await
    }

    async fn invites_of(&self, maker: MemberId) -> StoreResult<Vec<Invite>> {
        self.read(move |db| invites::of(db, maker)).await
    }

    async fn may_read_blob(&self, reader: MemberId, blob: BlobHash) -> StoreResult<bool> {
        self.read(move |db| read::may_read_blob(db, reader, blob)).await
    }

    async fn known_blobs(&self) -> StoreResult<Vec<BlobHash>> {
        self.read(read::known_blobs).await
    }

    async fn add_blob(&self, uploader: Caller, blob: BlobHash, bytes: u64, now: Timestamp) -> StoreResult<()> {
        self.writer
            .write(move |db, _| {
                members::require(db, uploader)?;
                rows::add_blob(db, uploader.member, blob, bytes, now)
            })
            .await
    }

    async fn devices(&self, caller: Caller) -> StoreResult<Vec<Device>> {
        let mut devices = self.read(move |db| members::devices(db, caller.member)).await?;
        for device in &mut devices {
            device.is_this = device.id == caller.device;
        }
        Ok(devices)
    }

    async fn enrol(&self, caller: Caller, name: &str, token_hash: &str, now: Timestamp) -> StoreResult<DeviceId> {
        let (name, token_hash) = (name.to_owned(), token_hash.to_owned());
        self.writer
            .write(move |db, _| {
                members::require(db, caller)?;
                members::add_device(db, caller.member, &name, &token_hash, now)
            })
            .await
    }

    async fn delete_device(&self, caller: Caller, device: DeviceId, now: Timestamp) -> StoreResult<()> {
        self.writer
            .write(move |db, changes| members::delete_device(db, changes, caller, device, now))
            .await
    }

    async fn remove_member(
        &self,
        asker: Caller,
        member: MemberId,
        removal: Removal,
        now: Timestamp,
    ) -> StoreResult<()> {
        self.writer
            .write(move |db, changes| members::remove(db, changes, asker, member, removal, now))
            .await
    }

    async fn make_feed(&self, caller: Caller, token_hash: &str, now: Timestamp) -> StoreResult<()> {
        let token_hash = token_hash.to_owned();
        self.writer
            .write(move |db, changes| feeds::make(db, changes, caller, &token_hash, now))
            .await
    }

    async fn end_feed(&self, caller: Caller) -> StoreResult<()> {
        self.writer
            .write(move |db, changes| feeds::end(db, changes, caller))
            .await
    }

    async fn feed_since(&self, member: MemberId) -> StoreResult<Option<Timestamp>> {
        self.read(move |db| feeds::since(db, member)).await
    }

    async fn feed(&self, token_hash: &str) -> StoreResult<Option<Feed>> {
        let token_hash = token_hash.to_owned();
        self.read(move |db| feeds::read(db, &token_hash)).await
    }

    async fn about(&self, member: MemberId) -> StoreResult<Vec<Item>> {
        self.read(move |db| read::about(db, member)).await
    }

    async fn expire(&self, now: Timestamp) -> StoreResult<()> {
        self.writer
            .write(move |db, changes| upkeep::expire(db, changes, now))
            .await
    }

    async fn next_expiry(&self) -> StoreResult<Option<Timestamp>> {
        self.read(upkeep::next_expiry).await
    }

    async fn plan_gatherings(&self, now: Timestamp) -> StoreResult<()> {
        self.writer
            .write(move |db, changes| gatherings::plan(db, changes, now))
            .await
    }

    async fn next_draw(&self, now: Timestamp) -> StoreResult<Timestamp> {
        self.read(move |db| pairs::next_draw(db, now)).await
    }

    async fn draw_pairs(&self, now: Timestamp, secret: [u8; 32]) -> StoreResult<()> {
        self.writer
            .write(move |db, changes| pairs::draw(db, changes, now, &secret))
            .await
    }

    async fn mix_rooms(&self, now: Timestamp) -> StoreResult<()> {
        // Most of the time there is nothing to write, and then nothing is.
        if self.read(move |db| gatherings::due_rooms(db, now)).await?.is_empty() {
            return Ok(());
        }
        self.writer
            .write(move |db, changes| gatherings::mix_rooms(db, changes, now))
            .await
    }

    async fn next_rooms(&self, now: Timestamp) -> StoreResult<Option<Timestamp>> {
        self.read(move |db| gatherings::next_rooms(db, now)).await
    }

    async fn next_pulse(&self, now: Timestamp) -> StoreResult<Option<Timestamp>> {
        self.read(move |db| pulse::next(db, now)).await
    }

    async fn tend_pulse(&self, key: NewRoundKey, now: Timestamp) -> StoreResult<()> {
        self.writer
            .write(move |db, changes| pulse::tend(db, changes, &key, now))
            .await
    }

    async fn pulse_secret(&self, round: ItemId, now: Timestamp) -> StoreResult<Vec<u8>> {
        self.read(move |db| pulse::secret(db, round, now)).await
    }

    async fn fetch_pulse_token(
        &self,
        caller: Caller,
        round: ItemId,
        blinded_hash: &str,
        now: Timestamp,
    ) -> StoreResult<()> {
        let blinded_hash = blinded_hash.to_owned();
        self.writer
            .write(move |db, _| pulse::fetch(db, caller, round, &blinded_hash, now))
            .await
    }

    async fn pulse_fetched(&self, member: MemberId) -> StoreResult<Option<String>> {
        self.read(move |db| pulse::fetched(db, member)).await
    }

    async fn count_pulse_answer(&self, round: ItemId, number: Vec<u8>, answer: u8, now: Timestamp) -> StoreResult<()> {
        self.writer
            .write(move |db, changes| pulse::count(db, changes, round, &number, answer, now))
            .await
    }

    async fn celebrate(&self, now: Timestamp) -> StoreResult<()> {
        self.writer
            .write(move |db, changes| celebrations::keep(db, changes, now))
            .await
    }

    async fn next_celebrations(&self, now: Timestamp) -> StoreResult<Timestamp> {
        self.read(move |db| celebrations::next(db, now)).await
    }

    async fn add_mirror(&self, asker: Option<Caller>, request: MirrorRequest, now: Timestamp) -> StoreResult<MirrorId> {
        self.writer
            .write(move |db, _| mirrors::add(db, asker, &request, now))
            .await
    }

    async fn mirrors(&self, asker: Option<Caller>, now: Timestamp) -> StoreResult<Vec<MirrorHealth>> {
        self.read(move |db| mirrors::all(db, asker, now)).await
    }

    async fn mirror_target(&self, asker: Option<Caller>, id: MirrorId) -> StoreResult<(MirrorTarget, Language)> {
        self.read(move |db| mirrors::target(db, asker, id)).await
    }

    async fn change_mirror(
        &self,
        asker: Option<Caller>,
        id: MirrorId,
        change: MirrorChange,
        now: Timestamp,
    ) -> StoreResult<()> {
        self.writer
            .write(move |db, changes| mirrors::change(db, changes, asker, id, change, now))
            .await
    }

    async fn mirrors_due(&self) -> StoreResult<Vec<Due>> {
        self.read(mirrors::due).await
    }

    async fn take_load(&self, mirror: MirrorId, now: Timestamp) -> StoreResult<Option<Load>> {
        self.writer
            .write(move |db, _| mirror_queue::take(db, mirror, now))
            .await
    }

    async fn settle_load(&self, load: Load, outcome: Outcome, now: Timestamp) -> StoreResult<()> {
        self.writer
            .write(move |db, _| mirror_queue::settle(db, &load, &outcome, now))
            .await
    }
}

fn refused(code: &'static str, detail: &str) -> StoreError {
    StoreError::Refused(Problem::new(code, detail))
}

#[cfg(test)]
pub(crate) mod tests;
