//! What the endpoint remembers, behind one trait. SQLite is the implementation that needs no set-up; others pass the
//! same conformance suite. SQL is written nowhere else.

pub mod acts;
#[cfg(test)]
mod conformance;
mod jobs;
pub(crate) mod moving;
mod nodes;
mod postgres;
mod sql;
mod sqlite;
mod staged;

use std::sync::Arc;

use async_trait::async_trait;
use samovar_domain::wire::{Device, Invite, MirrorHealth, MirrorRequest, MirrorTarget, Op, OpResult, Page};
use samovar_domain::{
    BlobHash, DeviceId, Epoch, InviteId, Item, ItemId, MemberId, MirrorId, Problem, Seq, TeamId, Timestamp,
};

use acts::Act;
use samovar_domain::kinds::RoleName;

use crate::mirrors::{Due, Language, Load, Outcome};
use crate::pulse_tokens::NewRoundKey;
pub use postgres::PostgresStore;
pub use sql::whole::Integrity;
pub(crate) use sql::{ORPHANS_KEPT, TOMBSTONES_KEPT};
#[cfg(test)]
pub(crate) use sqlite::tests::with_one_photo;
pub use sqlite::{DATABASE, SqliteStore, integrity};
pub use staged::{StagedStore, Wire};

/// What a commit did that others wait for.
#[derive(Debug, Default)]
pub struct Commit {
    /// Items written, in seq order.
    pub items: Vec<Item>,
    /// Devices whose tokens no longer work.
    pub revoked: Vec<DeviceId>,
    /// What was told before may not stand any more, and something may have been missed: readers come anew, and hear of
    /// what follows this seq. Never of a store that one endpoint has for itself.
    pub anew: Option<Seq>,
}

/// Is told of every commit, in seq order, right after it and before it is answered.
pub type Committed = Arc<dyn Fn(Commit) + Send + Sync>;

/// Why the store could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The caller asked for something that is refused; nothing was written.
    #[error("{0}")]
    Refused(Problem),
    /// The epoch or the cursor is of another life: page anew from 0.
    #[error("the cursor is not of this sequence")]
    Resync,
    /// An op number is ahead of the one expected.
    #[error("expected op {expected}")]
    OpGap {
        /// The number that would have been right.
        expected: u64,
    },
    /// A number that was used for another item: two computers share one device's identity.
    #[error("two computers use the same device")]
    DeviceCloned,
    /// The device is not known (any more).
    #[error("the device is not known")]
    UnknownDevice,
    /// The disk is full, or the database fails; nothing of the write was kept. A retry may help.
    #[error("the store failed: {0}")]
    Failed(String),
}

/// The result of a call of the store.
pub type StoreResult<T> = Result<T, StoreError>;

/// The team's place in its sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamState {
    /// The team.
    pub id: TeamId,
    /// The present life of its sequence.
    pub epoch: Epoch,
    /// The newest seq.
    pub head: Seq,
    /// Cursors below this have missed tombstones that are purged.
    pub low_water: Seq,
}

/// From where on a reader asks for changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The epoch that the reader knows, if it says.
    pub epoch: Option<Epoch>,
    /// The last seq that it has.
    pub after: Seq,
    /// Whether it goes on from a page that began at 0 a moment ago: then nothing that was purged concerns it.
    pub is_anew: bool,
}

/// Who asks, by their token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The member.
    pub member: MemberId,
    /// The device.
    pub device: DeviceId,
}

/// An invite about to be made. Only the hash of its secret is kept.
#[derive(Debug, Clone)]
pub struct NewInvite {
    /// The hash of the secret.
    pub token_hash: String,
    /// Who makes it; `None` for the command line.
    pub maker: Option<Caller>,
    /// Whether it makes its user the owner.
    pub is_owner: bool,
    /// How many people it lets in.
    pub uses: u32,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Somebody who has signed in by the company's provider, and is about to join.
#[derive(Debug, Clone)]
pub struct NewSignIn {
    /// The hash of the secret that they join with.
    pub token_hash: String,
    /// A hash of who they are at the provider.
    pub subject: String,
    /// The role that their groups say; `None` when groups say nothing.
    pub role: Option<RoleName>,
    /// Until when they may join with it.
    pub expires_at: Timestamp,
}

/// Somebody about to join.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// The hash of the invite's secret.
    pub invite_hash: String,
    /// Their name.
    pub name: String,
    /// Their IANA zone.
    pub time_zone: String,
    /// Their computer's name.
    pub device_name: String,
    /// The hash of the computer's new token.
    pub token_hash: String,
    /// By which they are known when they come again.
    pub join_key: Option<uuid::Uuid>,
}

/// Somebody who has joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The member.
    pub member: MemberId,
    /// Their device.
    pub device: DeviceId,
    /// The team's name.
    pub team_name: String,
}

/// A member, as whoever runs the endpoint sees them. Not when they were here last, and nothing that adds up: that is not kept.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Person {
    /// By which commands name them.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: RoleName,
    /// Whether they see to packages and cards.
    pub is_coordinator: bool,
    /// When they joined.
    pub since: Timestamp,
}

/// A member's computer, as whoever runs the endpoint sees it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DeviceOf {
    /// By which commands name it.
    pub id: DeviceId,
    /// Whose it is.
    pub member: MemberId,
    /// Their name.
    pub member_name: String,
    /// What they call it.
    pub name: String,
    /// When it was added.
    pub since: Timestamp,
}

/// What of a member goes when they are taken out of the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// An admin ended their access: what they said about themselves goes, what they gave others stays.
    ByAdmin,
    /// They erase themselves: everything they own goes.
    Erase,
}

/// What an admin does with a mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MirrorChange {
    /// It shows nothing until it is resumed. What is given meanwhile is not brought up later.
    Pause,
    /// It shows what there is again; what waits at one that was broken is tried anew.
    Resume,
    /// It is forgotten, with its address. What it has shown stays where it is.
    Remove,
}

/// What a calendar feed is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Whose it is.
    pub member: MemberId,
    /// What they see of the team, of gatherings and of pair calls, in seq order; of answers to gatherings only their own.
    pub items: Vec<Item>,
}

/// See the module. Every write is durable when it returns, and is refused when the device that asks for it was ended
/// meanwhile: a token that was looked up a moment ago is no leave to write.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Writes something that changes nothing: whether the store takes writes just now.
    async fn try_to_write(&self) -> StoreResult<()>;
    /// The team's place in its sequence.
    async fn team(&self) -> StoreResult<TeamState>;
    /// Whether the device is (still) one of the member's.
    async fn knows(&self, caller: Caller) -> StoreResult<bool>;
    /// Whether the team has an owner.
    async fn has_owner(&self) -> StoreResult<bool>;
    /// The device of this token's hash.
    async fn caller(&self, token_hash: &str) -> StoreResult<Option<Caller>>;
    /// Makes an invite.
    async fn add_invite(&self, invite: NewInvite, now: Timestamp) -> StoreResult<InviteId>;
    /// Invites that still let somebody in. Here and below, `asker` is an admin, or `None` for the command line.
    async fn invites(&self, asker: Option<MemberId>, now: Timestamp) -> StoreResult<Vec<Invite>>;
    /// Takes an invite back.
    async fn delete_invite(&self, asker: Option<Caller>, id: InviteId, now: Timestamp) -> StoreResult<()>;
    /// The invites that a member made and that are still kept: for the export.
    async fn invites_of(&self, maker: MemberId) -> StoreResult<Vec<Invite>>;
    /// Forgets invites that are over or used up.
    async fn forget_invites(&self, now: Timestamp) -> StoreResult<()>;
    /// Whether the invite of this secret's hash still lets somebody in. Uses nothing up.
    async fn invite_is_open(&self, invite_hash: &str, now: Timestamp) -> StoreResult<bool>;
    /// Notes that a sign-in is under way at the company's provider.
    async fn begin_sign_in(
        &self,
        state_hash: &str,
        browser_hash: &str,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> StoreResult<()>;
    /// Ends a sign-in that is under way; tells whether there was one, begun in this browser.
    async fn end_sign_in(&self, state_hash: &str, browser_hash: &str, now: Timestamp) -> StoreResult<bool>;
    /// Makes the invite of somebody who has signed in: whoever joins with it for the first time becomes a member, and each
    /// time later the same one with one more device. Of a member, follows what their groups say.
    async fn add_sign_in(&self, sign_in: NewSignIn, now: Timestamp) -> StoreResult<()>;
    /// Whether it is kept who the member is at the company's provider: for the export.
    async fn signs_in(&self, member: MemberId) -> StoreResult<bool>;
    /// Uses an invite once, and makes member, role and device. Whoever comes again with the same invite and the same key
    /// did not hear the answer: they are who they were then, with a new token.
    async fn join(&self, newcomer: Newcomer, now: Timestamp) -> StoreResult<Joined>;
    /// Applies a device's ops: all that pass commit together. It stops before a gap or a missing photo: there are fewer
    /// results than ops then, and when there would be none, the call is refused with the reason.
    async fn apply(
        &self,
        caller: Caller,
        epoch: Epoch,
        ops: Vec<Op>,
        now: Timestamp,
    ) -> StoreResult<(Seq, Vec<OpResult>)>;
    /// The changes after a cursor that `reader` may see, in seq order, at most `limit`. Old kudos are left out for those
    /// who page anew; whoever goes on from where they were hears of every change.
    async fn page(&self, reader: MemberId, cursor: Cursor, limit: u32, now: Timestamp) -> StoreResult<Page>;
    /// Older items of a kind that `reader` may see, newest first.
    async fn older(&self, reader: MemberId, kind: &str, before: Seq, limit: u32) -> StoreResult<Page>;
    /// Whether `reader` may have this photo: they see an item that names it, or brought it themselves.
    async fn may_read_blob(&self, reader: MemberId, blob: BlobHash) -> StoreResult<bool>;
    /// The photos that belong where photos lie.
    async fn known_blobs(&self) -> StoreResult<Vec<BlobHash>>;
    /// Deletes those photos of these that no row knows. It is looked for rows in the turn to write, so that none goes that
    /// somebody brings just now.
    async fn delete_strays(&self, strays: Vec<BlobHash>) -> StoreResult<()>;
    /// A photo lies there now.
    async fn add_blob(&self, uploader: Caller, blob: BlobHash, bytes: u64, now: Timestamp) -> StoreResult<()>;
    /// A member's devices.
    async fn devices(&self, caller: Caller) -> StoreResult<Vec<Device>>;
    /// Enrols another device for the caller's member.
    async fn enrol(&self, caller: Caller, name: &str, token_hash: &str, now: Timestamp) -> StoreResult<DeviceId>;
    /// Ends a device of the caller's member.
    async fn delete_device(&self, caller: Caller, device: DeviceId, now: Timestamp) -> StoreResult<()>;
    /// Takes a member out of the team.
    async fn remove_member(&self, asker: Caller, member: MemberId, removal: Removal, now: Timestamp)
    -> StoreResult<()>;
    /// Everybody in the team, in the order in which they came.
    async fn people(&self) -> StoreResult<Vec<Person>>;
    /// Takes a member out of the team by the command line.
    async fn take_out(&self, member: MemberId, removal: Removal, now: Timestamp) -> StoreResult<()>;
    /// Gives a member a role by the command line. The last owner stays one.
    async fn set_role(&self, member: MemberId, role: RoleName, now: Timestamp) -> StoreResult<()>;
    /// Makes a member a coordinator by the command line, or one no more.
    async fn set_coordinator(&self, member: MemberId, is_one: bool, now: Timestamp) -> StoreResult<()>;
    /// The devices of a member, or of everybody.
    async fn devices_of(&self, member: Option<MemberId>) -> StoreResult<Vec<DeviceOf>>;
    /// Ends a device by the command line.
    async fn end_device(&self, device: DeviceId, now: Timestamp) -> StoreResult<()>;
    /// What admins and the command line did since then, the oldest first. What is older than [`acts::ACTS_KEPT`] is not told.
    async fn acts(&self, since: Timestamp, now: Timestamp) -> StoreResult<Vec<Act>>;
    /// What a member did in the name of the team: for the export.
    async fn acts_of(&self, member: MemberId) -> StoreResult<Vec<Act>>;
    /// Forgets what was done longer ago than [`acts::ACTS_KEPT`].
    async fn forget_acts(&self, now: Timestamp) -> StoreResult<()>;
    /// Makes the caller's calendar feed. The one that they had before ends.
    async fn make_feed(&self, caller: Caller, token_hash: &str, now: Timestamp) -> StoreResult<()>;
    /// Ends the caller's calendar feed, if there is one.
    async fn end_feed(&self, caller: Caller) -> StoreResult<()>;
    /// Since when the member has a calendar feed.
    async fn feed_since(&self, member: MemberId) -> StoreResult<Option<Timestamp>>;
    /// The calendar feed of this secret's hash.
    async fn feed(&self, token_hash: &str) -> StoreResult<Option<Feed>>;
    /// Every item that is a member's own, or that names them and is for them to see: for the export.
    async fn about(&self, member: MemberId) -> StoreResult<Vec<Item>>;
    /// Ends what is over at `now`, and purges tombstones and photos that nobody needs any more.
    async fn expire(&self, now: Timestamp) -> StoreResult<()>;
    /// When something is over next.
    async fn next_expiry(&self) -> StoreResult<Option<Timestamp>>;
    /// Makes the gatherings of the coming four weeks that are not there yet, from every series. A series that is written
    /// or deleted is followed at once, by [`Store::apply`].
    async fn plan_gatherings(&self, now: Timestamp) -> StoreResult<()>;
    /// When pair calls are to be drawn next; at or before `now` when that is due.
    async fn next_draw(&self, now: Timestamp) -> StoreResult<Timestamp>;
    /// Draws this week's pair calls when that is due and has not been done; otherwise does nothing. What they all are and
    /// that they were drawn commits together. `secret` is of this draw alone, and not kept.
    async fn draw_pairs(&self, now: Timestamp, secret: [u8; 32]) -> StoreResult<()>;
    /// Mixes those who come to a gathering that begins within ten minutes into rooms, where its series asks for that.
    async fn mix_rooms(&self, now: Timestamp) -> StoreResult<()>;
    /// When rooms are mixed next.
    async fn next_rooms(&self, now: Timestamp) -> StoreResult<Option<Timestamp>>;
    /// When a round of the pulse is opened or closed next; at or before `now` when there is something to do now, and `None`
    /// when the team does not ask itself.
    async fn next_pulse(&self, now: Timestamp) -> StoreResult<Option<Timestamp>>;
    /// Closes the round of the pulse that is over or switched off, and opens the one that is due, with `key`. Whatever a
    /// closed round had beside its two items is erased.
    async fn tend_pulse(&self, key: NewRoundKey, now: Timestamp) -> StoreResult<()>;
    /// The secret key of a round that is open; refused as `pulse_closed` for any other.
    async fn pulse_secret(&self, round: ItemId, now: Timestamp) -> StoreResult<Vec<u8>>;
    /// Notes that the caller's member fetches their one token of an open round. Doing so again for the same hash is fine;
    /// for another one it is refused as `pulse_token_given`.
    async fn fetch_pulse_token(
        &self,
        caller: Caller,
        round: ItemId,
        blinded_hash: &str,
        now: Timestamp,
    ) -> StoreResult<()>;
    /// The round of which it is kept that the member has fetched a token: for the export.
    async fn pulse_fetched(&self, member: MemberId) -> StoreResult<Option<String>>;
    /// Counts an answer, 1 to 5, whose token fits its number; the same number counts once. Nothing else of it is kept: not
    /// when, not from where, not in which order.
    async fn count_pulse_answer(&self, round: ItemId, number: Vec<u8>, answer: u8, now: Timestamp) -> StoreResult<()>;
    /// Tells of what is to be celebrated: writes the notices of this day, in the team's zone, that are not there yet, and
    /// buries those that are wrong. What changes who is told what is followed at once, by [`Store::apply`] and
    /// [`Store::remove_member`].
    async fn celebrate(&self, now: Timestamp) -> StoreResult<()>;
    /// When it is to be told anew what there is to celebrate: when the next day begins in the team's zone.
    async fn next_celebrations(&self, now: Timestamp) -> StoreResult<Timestamp>;
    /// Sets up a mirror, which was checked before. From then on every write of kudos and gatherings queues what it changes
    /// there, in its own transaction. Here and below, `asker` is an admin, or `None` for the command line.
    async fn add_mirror(&self, asker: Option<Caller>, request: MirrorRequest, now: Timestamp) -> StoreResult<MirrorId>;
    /// How the mirrors are.
    async fn mirrors(&self, asker: Option<Caller>, now: Timestamp) -> StoreResult<Vec<MirrorHealth>>;
    /// Where a mirror is and what opens it, to try it out.
    async fn mirror_target(&self, asker: Option<Caller>, id: MirrorId) -> StoreResult<(MirrorTarget, Language)>;
    /// Pauses, resumes or removes a mirror.
    async fn change_mirror(
        &self,
        asker: Option<Caller>,
        id: MirrorId,
        change: MirrorChange,
        now: Timestamp,
    ) -> StoreResult<()>;
    /// The running mirrors that have something to be done, now or later.
    async fn mirrors_due(&self) -> StoreResult<Vec<Due>>;
    /// The oldest thing that is to be done at a mirror now. It is noted that it is begun; only one at a time may be.
    async fn take_load(&self, mirror: MirrorId, now: Timestamp) -> StoreResult<Option<Load>>;
    /// What came of a load.
    async fn settle_load(&self, load: Load, outcome: Outcome, now: Timestamp) -> StoreResult<()>;
}
