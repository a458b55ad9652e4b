//! A small team in memory, as the endpoint knows it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use samovar_domain::check::{Allowed, Existing, View};
use samovar_domain::kinds::{RoleName, TeamSettings, role_id};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, BlobHash, Body, Item, ItemId, Kind, MemberId, Owner, Seq, TeamId, Timestamp};
use serde_json::{Value, json};

/// The instant at which everything is written.
pub const NOW: &str = "2026-11-23T12:00:00Z";

/// Ana, an owner; Ben, an admin; and Cleo.
pub static MEMBERS: LazyLock<[MemberId; 3]> =
    LazyLock::new(|| ["Ana", "Ben", "Cleo"].map(|name| MemberId::derived(&[name])));

/// The one photo that nobody has brought.
static MISSING: LazyLock<BlobHash> = LazyLock::new(|| BlobHash::of(b"missing"));

static NOW_READ: LazyLock<Timestamp> = LazyLock::new(|| NOW.parse().expect("it is well formed"));

/// See the module.
pub(super) struct Team {
    items: BTreeMap<ItemId, Item>,
    seq: Seq,
}

impl Default for Team {
    fn default() -> Self {
        let mut team = Self {
            items: BTreeMap::new(),
            seq: 0,
        };
        let [ana, ben, cleo] = *MEMBERS;
        let own = ItemId::from(TeamId::derived(&["team"]));
        team.begin(own, Kind::TEAM, Owner::Team, json!({"name": "Copper Kettle"}));
        for (member, role) in [(ana, "owner"), (ben, "admin")] {
            let body = json!({"member": member, "role": role});
            team.begin(role_id(member), Kind::ROLE, Owner::Team, body);
        }
        for (member, name, zone) in [
            (ana, "Ana", "America/Lima"),
            (ben, "Ben", "Europe/Berlin"),
            (cleo, "Cleo", "Pacific/Auckland"),
        ] {
            let hours = json!({"mon": ["09:00-17:00"], "thu": ["22:00-04:00"]});
            let body = json!({"name": name, "time_zone": zone, "hours": hours});
            team.begin(member.into(), Kind::MEMBER, Owner::Member(member), body);
        }
        team
    }
}

impl Team {
    fn begin(&mut self, id: ItemId, kind: &str, owner: Owner, body: Value) {
        self.put(Item {
            id,
            kind: Kind::new(kind),
            owner,
            seq: 0,
            audience: Audience::Team,
            created_at: *NOW_READ,
            updated_at: *NOW_READ,
            expires_at: None,
            body: Some(body),
        });
    }

    /// The item that an allowed op comes to, as the endpoint stores it.
    pub(super) fn item_of(&self, op: &Op, allowed: &Allowed) -> Item {
        let before = self.items.get(&op.id);
        Item {
            id: op.id,
            kind: op.kind.clone(),
            owner: allowed.owner,
            seq: self.seq + 1,
            audience: before.map_or_else(|| op.audience.clone(), |before| before.audience.clone()),
            created_at: allowed.created_at,
            updated_at: *NOW_READ,
            expires_at: allowed.expires_at,
            body: op.body.clone(),
        }
    }

    /// Stores it.
    pub(super) fn put(&mut self, item: Item) {
        self.seq += 1;
        let item = Item { seq: self.seq, ..item };
        self.items.insert(item.id, item);
    }

    /// Everything, whoever may see it.
    pub(super) fn items(&self) -> Vec<Item> {
        self.items.values().cloned().collect()
    }

    /// The team as a rule sees it.
    pub(super) fn seen_by(&self) -> Seen<'_> {
        Seen(self)
    }
}

/// See [`Team::seen_by`].
pub(super) struct Seen<'a>(&'a Team);

impl View for Seen<'_> {
    fn now(&self) -> Timestamp {
        *NOW_READ
    }

    fn existing(&self, id: ItemId) -> Option<Existing> {
        self.0.items.get(&id).map(|item| Existing {
            kind: item.kind.clone(),
            owner: item.owner,
            audience: item.audience.clone(),
            created_at: item.created_at,
            is_gone: item.is_gone(self.now()),
        })
    }

    fn body(&self, id: ItemId) -> Option<Body> {
        let item = self.0.items.get(&id).filter(|item| !item.is_gone(self.now()))?;
        Body::read(&item.kind, item.body.as_ref()?).ok()
    }

    fn settings(&self) -> TeamSettings {
        match self.body(TeamId::derived(&["team"]).into()) {
            Some(Body::Team(team)) => team.settings.unwrap_or_default(),
            _ => TeamSettings::default(),
        }
    }

    fn is_member(&self, id: MemberId) -> bool {
        MEMBERS.contains(&id)
    }

    fn role(&self, id: MemberId) -> RoleName {
        match self.body(role_id(id)) {
            Some(Body::Role(role)) => role.role,
            _ => RoleName::Member,
        }
    }

    fn has_blob(&self, blob: &BlobHash) -> bool {
        *blob != *MISSING
    }

    fn owners(&self) -> usize {
        let owners = MEMBERS.iter().filter(|member| self.role(**member) == RoleName::Owner);
        owners.count()
    }
}
