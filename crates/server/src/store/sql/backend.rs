//! What every store on SQL is asked, told by the rules: the transactions alone differ from one database to the other.

use async_trait::async_trait;
use samovar_domain::kinds::RoleName;
use samovar_domain::wire::{Device, Invite, MirrorHealth, MirrorRequest, MirrorTarget, Op, OpResult, Page};
use samovar_domain::{BlobHash, DeviceId, Epoch, InviteId, Item, ItemId, MemberId, MirrorId, Seq, Timestamp};

use super::changes::Changes;
use super::connection::Connection;
use super::leases::Holder;
use super::{
    acts, apply, celebrations, feeds, gatherings, invites, leases, members, mirror_queue, mirrors, operator, pairs,
    pulse, read, rows, sign_ins, upkeep,
};
use crate::mirrors::{Due, Language, Load, Outcome};
use crate::pulse_tokens::NewRoundKey;
use crate::store::acts::Act;
use crate::store::{
    Caller, Cursor, DeviceOf, Feed, Joined, MirrorChange, NewInvite, NewSignIn, Newcomer, Person, Removal, Store,
    StoreResult, TeamState,
};

/// A database that does work in transactions.
pub(in crate::store) trait Backend: Send + Sync + 'static {
    /// Does `work`, alone among all writes; the answer comes after the commit.
    fn write<T, F>(&self, work: F) -> impl Future<Output = StoreResult<T>> + Send
    where
        T: Send + 'static,
        F: FnOnce(Connection<'_>, &mut Changes) -> StoreResult<T> + Send + 'static;

    /// Reads in one transaction: what is read belongs together.
    fn read<T, F>(&self, work: F) -> impl Future<Output = StoreResult<T>> + Send
    where
        T: Send + 'static,
        F: FnOnce(Connection<'_>) -> StoreResult<T> + Send + 'static;

    /// Reads what every call asks first: who calls. It is answered also while all other readers are busy.
    fn ask<T, F>(&self, work: F) -> impl Future<Output = StoreResult<T>> + Send
    where
        T: Send + 'static,
        F: FnOnce(Connection<'_>) -> StoreResult<T> + Send + 'static;

    /// Under which name this node takes leases; `None` where there is one node alone.
    fn holder(&self) -> Option<Holder> {
        None
    }
}

#[async_trait]
impl<B: Backend> Store for B {
    async fn try_to_write(&self) -> StoreResult<()> {
        self.write(|db, _| upkeep::try_to_write(db)).await
    }

    async fn team(&self) -> StoreResult<TeamState> {
        self.ask(read::team).await
    }

    async fn knows(&self, caller: Caller) -> StoreResult<bool> {
        self.ask(move |db| members::knows(db, caller)).await
    }

    async fn has_owner(&self) -> StoreResult<bool> {
        self.read(read::has_owner).await
    }

    async fn caller(&self, token_hash: &str) -> StoreResult<Option<Caller>> {
        let token_hash = token_hash.to_owned();
        self.ask(move |db| read::caller(db, &token_hash)).await
    }

    async fn add_invite(&self, invite: NewInvite, now: Timestamp) -> StoreResult<InviteId> {
        self.write(move |db, _| invites::add(db, &invite, now)).await
    }

    async fn invites(&self, asker: Option<MemberId>, now: Timestamp) -> StoreResult<Vec<Invite>> {
        self.read(move |db| invites::open_ones(db, asker, now)).await
    }

    async fn delete_invite(&self, asker: Option<Caller>, id: InviteId, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, _| invites::delete(db, asker, id, now)).await
    }

    async fn invite_is_open(&self, invite_hash: &str, now: Timestamp) -> StoreResult<bool> {
        let invite_hash = invite_hash.to_owned();
        self.read(move |db| invites::is_open(db, &invite_hash, now)).await
    }

    async fn begin_sign_in(
        &self,
        state_hash: &str,
        browser_hash: &str,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> StoreResult<()> {
        let (state_hash, browser_hash) = (state_hash.to_owned(), browser_hash.to_owned());
        self.write(move |db, _| sign_ins::begin(db, &state_hash, &browser_hash, expires_at, now))
            .await
    }

    async fn end_sign_in(&self, state_hash: &str, browser_hash: &str, now: Timestamp) -> StoreResult<bool> {
        let (state_hash, browser_hash) = (state_hash.to_owned(), browser_hash.to_owned());
        self.write(move |db, _| sign_ins::end(db, &state_hash, &browser_hash, now))
            .await
    }

    async fn add_sign_in(&self, sign_in: NewSignIn, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, changes| sign_ins::add_code(db, changes, &sign_in, now))
            .await
    }

    async fn signs_in(&self, member: MemberId) -> StoreResult<bool> {
        self.read(move |db| sign_ins::knows(db, member)).await
    }

    async fn join(&self, newcomer: Newcomer, now: Timestamp) -> StoreResult<Joined> {
        self.write(move |db, changes| members::join(db, changes, &newcomer, now))
            .await
    }

    async fn apply(
        &self,
        caller: Caller,
        epoch: Epoch,
        ops: Vec<Op>,
        now: Timestamp,
    ) -> StoreResult<(Seq, Vec<OpResult>)> {
        self.write(move |db, changes| apply::apply(db, changes, caller, epoch, &ops, now))
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
        self.write(move |db, _| invites::forget(db, now)).await
    }

    async fn invites_of(&self, maker: MemberId) -> StoreResult<Vec<Invite>> {
        self.read(move |db| invites::of(db, maker)).await
    }

    async fn may_read_blob(&self, reader: MemberId, blob: BlobHash) -> StoreResult<bool> {
        self.read(move |db| read::may_read_blob(db, reader, blob)).await
    }

    async fn delete_strays(&self, strays: Vec<BlobHash>) -> StoreResult<()> {
        self.write(move |_, changes| {
            changes.dropped_blobs.extend(strays);
            Ok(())
        })
        .await
    }

    async fn known_blobs(&self) -> StoreResult<Vec<BlobHash>> {
        self.read(read::known_blobs).await
    }

    async fn add_blob(&self, uploader: Caller, blob: BlobHash, bytes: u64, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, _| {
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
        self.write(move |db, _| {
            members::require(db, caller)?;
            members::add_device(db, caller.member, &name, &token_hash, now)
        })
        .await
    }

    async fn delete_device(&self, caller: Caller, device: DeviceId, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, changes| members::delete_device(db, changes, caller, device, now))
            .await
    }

    async fn remove_member(
        &self,
        asker: Caller,
        member: MemberId,
        removal: Removal,
        now: Timestamp,
    ) -> StoreResult<()> {
        self.write(move |db, changes| members::remove(db, changes, Some(asker), member, removal, now))
            .await
    }

    async fn people(&self) -> StoreResult<Vec<Person>> {
        self.read(operator::people).await
    }

    async fn take_out(&self, member: MemberId, removal: Removal, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, changes| members::remove(db, changes, None, member, removal, now))
            .await
    }

    async fn set_role(&self, member: MemberId, role: RoleName, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, changes| operator::set_role(db, changes, member, role, now))
            .await
    }

    async fn set_coordinator(&self, member: MemberId, is_one: bool, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, changes| operator::set_coordinator(db, changes, member, is_one, now))
            .await
    }

    async fn devices_of(&self, member: Option<MemberId>) -> StoreResult<Vec<DeviceOf>> {
        self.read(move |db| operator::devices(db, member)).await
    }

    async fn end_device(&self, device: DeviceId, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, changes| operator::end_device(db, changes, device, now))
            .await
    }

    async fn acts(&self, since: Timestamp, now: Timestamp) -> StoreResult<Vec<Act>> {
        self.read(move |db| acts::since(db, since, now)).await
    }

    async fn acts_of(&self, member: MemberId) -> StoreResult<Vec<Act>> {
        self.read(move |db| acts::of(db, member)).await
    }

    async fn forget_acts(&self, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, _| acts::forget(db, now)).await
    }

    async fn make_feed(&self, caller: Caller, token_hash: &str, now: Timestamp) -> StoreResult<()> {
        let token_hash = token_hash.to_owned();
        self.write(move |db, changes| feeds::make(db, changes, caller, &token_hash, now))
            .await
    }

    async fn end_feed(&self, caller: Caller) -> StoreResult<()> {
        self.write(move |db, changes| feeds::end(db, changes, caller)).await
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
        self.write(move |db, changes| upkeep::expire(db, changes, now)).await
    }

    async fn next_expiry(&self) -> StoreResult<Option<Timestamp>> {
        self.read(upkeep::next_expiry).await
    }

    async fn plan_gatherings(&self, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, changes| gatherings::plan(db, changes, now)).await
    }

    async fn next_draw(&self, now: Timestamp) -> StoreResult<Timestamp> {
        self.read(move |db| pairs::next_draw(db, now)).await
    }

    async fn draw_pairs(&self, now: Timestamp, secret: [u8; 32]) -> StoreResult<()> {
        self.write(move |db, changes| pairs::draw(db, changes, now, &secret))
            .await
    }

    async fn mix_rooms(&self, now: Timestamp) -> StoreResult<()> {
        // Most of the time there is nothing to write, and then nothing is.
        if self.read(move |db| gatherings::due_rooms(db, now)).await?.is_empty() {
            return Ok(());
        }
        self.write(move |db, changes| gatherings::mix_rooms(db, changes, now))
            .await
    }

    async fn next_rooms(&self, now: Timestamp) -> StoreResult<Option<Timestamp>> {
        self.read(move |db| gatherings::next_rooms(db, now)).await
    }

    async fn next_pulse(&self, now: Timestamp) -> StoreResult<Option<Timestamp>> {
        self.read(move |db| pulse::next(db, now)).await
    }

    async fn tend_pulse(&self, key: NewRoundKey, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, changes| pulse::tend(db, changes, &key, now)).await
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
        self.write(move |db, _| pulse::fetch(db, caller, round, &blinded_hash, now))
            .await
    }

    async fn pulse_fetched(&self, member: MemberId) -> StoreResult<Option<String>> {
        self.read(move |db| pulse::fetched(db, member)).await
    }

    async fn count_pulse_answer(&self, round: ItemId, number: Vec<u8>, answer: u8, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, changes| pulse::count(db, changes, round, &number, answer, now))
            .await
    }

    async fn celebrate(&self, now: Timestamp) -> StoreResult<()> {
        self.write(move |db, changes| celebrations::keep(db, changes, now))
            .await
    }

    async fn next_celebrations(&self, now: Timestamp) -> StoreResult<Timestamp> {
        self.read(move |db| celebrations::next(db, now)).await
    }

    async fn add_mirror(&self, asker: Option<Caller>, request: MirrorRequest, now: Timestamp) -> StoreResult<MirrorId> {
        self.write(move |db, _| mirrors::add(db, asker, &request, now)).await
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
        self.write(move |db, changes| mirrors::change(db, changes, asker, id, change, now))
            .await
    }

    async fn mirrors_due(&self) -> StoreResult<Vec<Due>> {
        let holder = self.holder();
        self.read(move |db| match holder {
            // Looked at again within half a minute, as by everybody who has nothing to do there.
            Some(holder) if leases::is_with_another(db, &holder)? => Ok(Vec::new()),
            _ => mirrors::due(db),
        })
        .await
    }

    async fn take_load(&self, mirror: MirrorId, now: Timestamp) -> StoreResult<Option<Load>> {
        let holder = self.holder();
        self.write(move |db, _| match holder {
            Some(holder) if !leases::take(db, &holder)? => Ok(None),
            _ => mirror_queue::take(db, mirror, now),
        })
        .await
    }

    async fn settle_load(&self, load: Load, outcome: Outcome, now: Timestamp) -> StoreResult<()> {
        let holder = self.holder();
        self.write(move |db, _| match holder {
            // Another node has taken this one for dead, and sees to what it had begun.
            Some(holder) if !leases::is_held(db, &holder)? => Ok(()),
            _ => mirror_queue::settle(db, &load, &outcome, now),
        })
        .await
    }
}
