//! The Packages page: what asks for one's address, what is on its way to whom, and who may send surprises.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use samovar_domain::customs::{Border, border};
use samovar_domain::expiry::SURPRISE_LASTS;
use samovar_domain::kinds::{
    Package, PackageConsent, PackageReceived, Sealed, SurpriseConsent, package_consent_id, surprise_consent_id,
};
use samovar_domain::packages::{is_asked, progress};
use samovar_domain::{Body, DeviceId, Item, ItemId, MemberId, Timestamp};

use super::person::person;
use super::team_state::TeamState;
use crate::api::{PackageCard, Packages, Person, Recipient, SurpriseCard, SurpriseFor};

/// What only this computer knows of packages.
#[derive(Debug, Clone)]
pub struct PackagesSide {
    /// Oneself.
    pub me: MemberId,
    /// This computer.
    pub device: DeviceId,
    /// One's own address.
    pub address: Option<String>,
    /// What one has agreed to on this computer.
    pub agreed: HashSet<ItemId>,
    /// Whom one lets send surprises, by this computer.
    pub surprises: HashSet<MemberId>,
    /// Items that wait in the outbox.
    pub waiting: HashSet<ItemId>,
    /// What somebody is called who is no longer in the team, in the person's language.
    pub someone: String,
}

/// A package that is here.
struct Here {
    id: ItemId,
    owner: MemberId,
    asked_at: Timestamp,
    package: Package,
}

/// What is here of packages, by what it is about.
#[derive(Default)]
struct Desk {
    packages: Vec<Here>,
    consents: HashMap<ItemId, (Timestamp, PackageConsent)>,
    declined: HashSet<ItemId>,
    received: HashMap<ItemId, PackageReceived>,
    surprises: HashMap<(MemberId, MemberId), (Timestamp, SurpriseConsent)>,
    /// Openings of one's own address, by the consent that held it.
    opened: HashMap<ItemId, Vec<Timestamp>>,
}

impl Desk {
    fn of(items: &[Item], me: MemberId, now: Timestamp) -> Self {
        let mut desk = Self::default();
        let here = items.iter().filter(|item| item.is_visible_to(me) && !item.is_gone(now));
        for item in here {
            let (Some(owner), Some(json)) = (item.owner.member(), &item.body) else {
                continue;
            };
            match Body::read(&item.kind, json) {
                Ok(Body::Package(package)) => desk.packages.push(Here {
                    id: item.id,
                    owner,
                    asked_at: item.created_at,
                    package,
                }),
                Ok(Body::PackageConsent(consent)) => {
                    desk.consents.insert(consent.package, (item.created_at, consent));
                }
                Ok(Body::PackageDeclined(declined)) => {
                    desk.declined.insert(declined.package);
                }
                Ok(Body::PackageReceived(received)) => {
                    desk.received.insert(received.package, received);
                }
                Ok(Body::PackageOpened(opened)) if opened.of == me => {
                    desk.opened.entry(opened.consent).or_default().push(item.created_at);
                }
                Ok(Body::SurpriseConsent(consent)) => {
                    desk.surprises
                        .insert((owner, consent.coordinator), (item.created_at, consent));
                }
                _ => {}
            }
        }
        desk.opened.values_mut().for_each(|times| times.sort());
        desk
    }
}

struct Page<'a> {
    state: &'a TeamState,
    own: &'a PackagesSide,
    desk: Desk,
    now: Timestamp,
}

/// The Packages page at `now`, of the items that are here.
pub fn packages(items: &[Item], state: &TeamState, now: Timestamp, own: &PackagesSide) -> Packages {
    let page = Page {
        state,
        own,
        desk: Desk::of(items, own.me, now),
        now,
    };
    let me = own.me;
    let cards = |is_mine: bool| {
        let mut cards: Vec<PackageCard> = page
            .desk
            .packages
            .iter()
            .filter(|here| (here.owner == me) == is_mine && (is_mine || here.package.to == me))
            .map(|here| page.card(here))
            .collect();
        let is_first = |card: &PackageCard| card.needs_me || is_mine && card.can_open;
        cards.sort_by_key(|card| (!is_first(card), Reverse(card.asked_at), card.id));
        cards
    };
    let coordinators = state.team.iter().filter_map(|team| team.settings.as_ref());
    let coordinators = coordinators.flat_map(|settings| &settings.coordinators);
    let coordinators = coordinators.filter(|one| **one != me && state.members.contains_key(one));
    let mut may_surprise: Vec<SurpriseFor> = page.may_surprise().collect();
    may_surprise.sort_by(|one, other| one.person.name.cmp(&other.person.name));
    let others = state.members.keys().filter(|one| **one != me);
    let mut recipients: Vec<Recipient> = others
        .map(|one| Recipient {
            person: page.person(*one),
            border: page.border(me, *one),
        })
        .collect();
    recipients.sort_by_cached_key(|one| (one.person.name.to_lowercase(), one.person.id));
    Packages {
        now,
        me,
        address: own.address.clone(),
        country: state.members.get(&me).and_then(|member| member.country.clone()),
        to_me: cards(false),
        from_me: cards(true),
        surprises: coordinators.map(|one| page.surprise(*one)).collect(),
        may_surprise,
        recipients,
    }
}

impl Page<'_> {
    fn person(&self, id: MemberId) -> Person {
        let zone = self.state.schedule(id).zone_at(self.now);
        person(self.state, id, zone, &self.own.someone)
    }

    fn border(&self, sender: MemberId, recipient: MemberId) -> Border {
        let country = |one| {
            self.state
                .members
                .get(&one)
                .and_then(|member| member.country.as_deref())
        };
        border(country(sender), country(recipient))
    }

    fn is_for_this_computer(&self, sealed: &[Sealed]) -> bool {
        sealed.iter().any(|sealed| sealed.device == self.own.device)
    }

    fn card(&self, here: &Here) -> PackageCard {
        let Here {
            id,
            owner,
            asked_at,
            package,
        } = here;
        let me = self.own.me;
        let is_mine = *owner == me;
        let consent = self.desk.consents.get(id);
        let received = self.desk.received.get(id);
        let is_declined = self.desk.declined.contains(id);
        let is_sealing = !is_mine && consent.is_none() && self.own.agreed.contains(id);
        let has_answered = consent.is_some() || is_declined || is_sealing || received.is_some();
        let agreed_at = consent.map(|(at, _)| *at);
        let opened = self.desk.opened.get(&package_consent_id(me, *id));
        let sent = package.sent.as_ref();
        PackageCard {
            id: *id,
            other: self.person(if is_mine { package.to } else { *owner }),
            occasion: package.occasion,
            words: package.words.clone(),
            asked_at: *asked_at,
            progress: progress(package, *asked_at, agreed_at, received.is_some(), self.now),
            needs_me: is_asked(package, *asked_at, has_answered, me, self.now),
            is_declined,
            is_sealing,
            can_open: is_mine && consent.is_some_and(|(_, consent)| self.is_for_this_computer(&consent.sealed)),
            carrier: sent.map(|sent| sent.carrier.clone()),
            tracking: sent.and_then(|sent| sent.tracking.clone()),
            opened: opened.cloned().unwrap_or_default(),
            thanks: received.and_then(|received| received.words.clone()),
            snapshot: received.and_then(|received| received.snapshot),
            border: self.border(*owner, package.to),
            is_waiting: self.own.waiting.contains(id),
        }
    }

    fn surprise(&self, coordinator: MemberId) -> SurpriseCard {
        let me = self.own.me;
        let given = self.desk.surprises.get(&(me, coordinator));
        let opened = self.desk.opened.get(&surprise_consent_id(me, coordinator));
        SurpriseCard {
            person: self.person(coordinator),
            is_allowed: given.is_some() || self.own.surprises.contains(&coordinator),
            until: given.map(|(at, _)| at.plus(SURPRISE_LASTS)),
            opened: opened.cloned().unwrap_or_default(),
        }
    }

    fn may_surprise(&self) -> impl Iterator<Item = SurpriseFor> + '_ {
        let me = self.own.me;
        let to_me = self.desk.surprises.iter();
        let to_me = to_me.filter(move |((of, to), _)| *to == me && self.state.members.contains_key(of));
        to_me.map(move |((of, _), (at, consent))| SurpriseFor {
            person: self.person(*of),
            until: at.plus(SURPRISE_LASTS),
            can_open: self.is_for_this_computer(&consent.sealed),
            border: self.border(me, *of),
        })
    }
}
