//! Ana's desktop, and what stands on its page.

use samovar_domain::kinds::{reaction_id, rsvp_id};
use samovar_domain::{Audience, Body, Item, Kind, Owner};
use serde_json::{Value, json};

use super::super::*;

pub(super) const NOW: &str = "2026-11-23T15:00:00Z"; // a Monday

pub(super) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn member(name: &str) -> MemberId {
    MemberId::derived(&[name])
}

pub(super) fn id(name: &str) -> ItemId {
    ItemId::derived(&[name])
}

/// The items on Ana's desktop.
#[derive(Default)]
pub(super) struct Desktop {
    pub(super) items: Vec<Item>,
    pub(super) seen: Vec<ItemId>,
    pub(super) waiting: Vec<ItemId>,
}

impl Desktop {
    /// Ana in Lima, Ben in Berlin and Cleo in Auckland.
    pub(super) fn of_three() -> Self {
        let mut desktop = Self::default();
        for (name, zone) in [
            ("Ana", "America/Lima"),
            ("Ben", "Europe/Berlin"),
            ("Cleo", "Pacific/Auckland"),
        ] {
            desktop.person(name, zone);
        }
        desktop
    }

    pub(super) fn put(&mut self, owner: Owner, id: ItemId, kind: &str, at: &str, body: Value) -> ItemId {
        let (kind, created_at) = (Kind::new(kind), time(at));
        let expires_at = Body::read(&kind, &body)
            .ok()
            .and_then(|body| samovar_domain::expiry::expires_at(&body, created_at));
        let seq = self.items.len() as u64 + 1;
        let audience = Audience::Team;
        self.items.push(Item {
            id,
            kind,
            owner,
            seq,
            audience,
            created_at,
            updated_at: created_at,
            expires_at,
            body: Some(body),
        });
        id
    }

    pub(super) fn person(&mut self, name: &str, zone: &str) {
        let hours = json!({"mon": ["09:00-17:00"], "tue": ["09:00-17:00"]});
        let body = json!({"name": name, "time_zone": zone, "hours": hours});
        self.put(
            Owner::Member(member(name)),
            member(name).into(),
            "member",
            "2026-11-01T00:00:00Z",
            body,
        );
    }

    pub(super) fn by(&mut self, name: &str, kind: &str, at: &str, body: Value) -> ItemId {
        let id = id(&format!("{kind} {name} {at} {body}"));
        self.put(Owner::Member(member(name)), id, kind, at, body)
    }

    pub(super) fn snapshot(&mut self, name: &str, at: &str) -> ItemId {
        self.by(
            name,
            "snapshot",
            at,
            json!({"text": format!("{name} at {at}"), "lifetime": "8h"}),
        )
    }

    pub(super) fn teatime(&mut self, at: &str) -> ItemId {
        let body = json!({"activity": "teatime", "title": "Teatime", "starts_at": at, "duration_min": 30});
        self.put(
            Owner::Team,
            id(&format!("tea {at}")),
            "gathering",
            "2026-11-20T00:00:00Z",
            body,
        )
    }

    pub(super) fn answer(&mut self, name: &str, gathering: ItemId, answer: &str) {
        let body = json!({"gathering": gathering, "answer": answer});
        self.put(
            Owner::Member(member(name)),
            rsvp_id(member(name), gathering),
            "rsvp",
            NOW,
            body,
        );
    }

    pub(super) fn react(&mut self, name: &str, target: ItemId, emoji: &str) {
        let body = json!({"target": target, "emoji": emoji});
        self.put(
            Owner::Member(member(name)),
            reaction_id(member(name), target, emoji),
            "reaction",
            NOW,
            body,
        );
    }

    pub(super) fn today(&self) -> Today {
        self.today_at(NOW)
    }

    pub(super) fn today_at(&self, now: &str) -> Today {
        let state = TeamState::from_items(self.items.clone(), member("Ana"));
        let local = LocalFacts {
            me: member("Ana"),
            seen: self.seen.iter().copied().collect(),
            waiting: self.waiting.iter().copied().collect(),
            held: 2,
            missed_since: None,
            someone: "Someone".to_owned(),
        };
        today(&state, time(now), &local)
    }
}

pub(super) fn portraits(today: &Today) -> Vec<(&str, usize, bool)> {
    let row = today.portraits.iter();
    row.map(|portrait| {
        (
            portrait.person.name.as_str(),
            portrait.snapshots.len(),
            portrait.is_seen,
        )
    })
    .collect()
}

pub(super) fn entries(today: &Today) -> Vec<ItemId> {
    let entries = today.days.iter().flat_map(|day| &day.entries);
    entries
        .map(|entry| match entry {
            Entry::Snapshot(card) => card.id,
            Entry::Kudos(card) => card.id,
        })
        .collect()
}

pub(super) fn snapshot_card(today: &Today, id: ItemId) -> &SnapshotCard {
    let mut entries = today.days.iter().flat_map(|day| &day.entries);
    entries
        .find_map(|entry| match entry {
            Entry::Snapshot(card) if card.id == id => Some(card),
            _ => None,
        })
        .expect("the snapshot is on the page")
}
