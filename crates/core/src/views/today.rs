//! The Today page.

use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;
use samovar_domain::hiding::EDIT_MINUTES;
use samovar_domain::kinds::{Answer, Kudos, Photo, Snapshot};
use samovar_domain::schedule::Schedule;
use samovar_domain::{ItemId, MemberId, Timestamp, camera};

use super::decisions::{OwnSide, voices_needed};
use super::person::{local_time, person, person_state};
use super::team_state::{Read, TeamState};
use crate::api::{
    Day, Entry, FocusCard, GatheringCard, KudosCard, OptionalCamera, Person, PersonNow, PersonState, PhotoCard,
    Portrait, ReactionCard, ReplyCard, SnapshotCard, Today,
};

/// How many days back kudos stand on the Today page; older ones are still in the team.
const KUDOS_DAYS: i64 = 30;

/// From when on kudos stand on the Today page.
pub fn kudos_on_today_since(now: Timestamp) -> Timestamp {
    now.plus_minutes(-KUDOS_DAYS * 24 * 60)
}

/// What only this computer knows.
#[derive(Debug, Clone)]
pub struct LocalFacts {
    /// Oneself.
    pub me: MemberId,
    /// Snapshots that were looked at.
    pub seen: HashSet<ItemId>,
    /// Items that wait in the outbox.
    pub waiting: HashSet<ItemId>,
    /// How many notifications are held.
    pub held: u32,
    /// Since when one may have missed something.
    pub missed_since: Option<Timestamp>,
    /// What somebody is called who is no longer in the team, in the person's language.
    pub someone: String,
}

/// The Today page at `now`.
pub fn today(state: &TeamState, now: Timestamp, local: &LocalFacts) -> Today {
    let page = Page::new(state, now, local);
    let own = OwnSide {
        me: local.me,
        said: HashMap::new(),
        waiting: HashSet::new(),
        someone: local.someone.clone(),
    };
    Today {
        now,
        me: page.person(local.me),
        portraits: page.portraits(),
        days: page.days(),
        missed_since: local.missed_since,
        gathering: page.gathering(),
        focus: state.focus_of(local.me, now).map(|focus| FocusCard {
            started_at: focus.created_at,
            until: focus.body.until,
            note: focus.body.note.clone(),
            held: local.held,
        }),
        celebrations: super::celebrations(state, local.me, now, &local.someone),
        decisions: voices_needed(state, now, &own),
        people: page.people(),
    }
}

fn schedules(state: &TeamState) -> HashMap<MemberId, Schedule> {
    let members = state.members.iter();
    members.map(|(id, member)| (*id, Schedule::of(member))).collect()
}

pub(super) struct Page<'a> {
    state: &'a TeamState,
    now: Timestamp,
    local: &'a LocalFacts,
    schedules: HashMap<MemberId, Schedule>,
}

/// For sorting names as people read a list.
pub(super) fn by_name(person: &Person) -> (String, MemberId) {
    (person.name.to_lowercase(), person.id)
}

pub(super) fn photo_card(photo: &Photo) -> PhotoCard {
    PhotoCard {
        blob: photo.blob,
        width: photo.width,
        height: photo.height,
        thumbhash: photo.thumbhash.clone(),
        alt: photo.alt.clone(),
    }
}

impl<'a> Page<'a> {
    pub(super) fn new(state: &'a TeamState, now: Timestamp, local: &'a LocalFacts) -> Self {
        Self {
            state,
            now,
            local,
            schedules: schedules(state),
        }
    }

    /// The zone that they are in now.
    fn zone(&self, member: MemberId) -> Tz {
        let schedule = self.schedules.get(&member);
        schedule.map_or(Tz::UTC, |schedule| schedule.zone_at(self.now))
    }

    /// A member, or "someone" when they are not in the team any more.
    pub(super) fn person(&self, id: MemberId) -> Person {
        person(self.state, id, self.zone(id), &self.local.someone)
    }

    /// Snapshots that are not over, of people who are here (oneself always is), oldest first.
    fn snapshots(&self) -> impl Iterator<Item = (MemberId, &Read<Snapshot>)> {
        self.state
            .snapshots
            .iter()
            .filter(|snapshot| !snapshot.is_over(self.now))
            .filter_map(|snapshot| {
                let owner = snapshot.owner?;
                (owner == self.local.me || self.state.members.contains_key(&owner)).then_some((owner, snapshot))
            })
    }

    fn is_seen(&self, owner: MemberId, id: ItemId) -> bool {
        owner == self.local.me || self.local.seen.contains(&id)
    }

    fn portraits(&self) -> Vec<Portrait> {
        let mut by_member = HashMap::<MemberId, Vec<&Read<Snapshot>>>::from([(self.local.me, Vec::new())]);
        for (owner, snapshot) in self.snapshots() {
            by_member.entry(owner).or_default().push(snapshot);
        }
        let mut rows: Vec<_> = by_member
            .into_iter()
            .map(|(owner, snapshots)| {
                let newest = snapshots.last().map(|snapshot| snapshot.created_at);
                let portrait = Portrait {
                    person: self.person(owner),
                    is_seen: snapshots.iter().all(|snapshot| self.is_seen(owner, snapshot.id)),
                    photo: snapshots
                        .iter()
                        .rev()
                        .find_map(|snapshot| snapshot.body.photos.first())
                        .map(photo_card),
                    snapshots: snapshots.into_iter().map(|snapshot| snapshot.id).collect(),
                };
                (portrait, newest)
            })
            .collect();
        rows.sort_by_key(|(portrait, newest)| {
            (
                portrait.person.id != self.local.me,
                portrait.is_seen,
                std::cmp::Reverse(*newest),
                portrait.person.id,
            )
        });
        rows.into_iter().map(|(portrait, _)| portrait).collect()
    }

    fn days(&self) -> Vec<Day> {
        let kudos_from = kudos_on_today_since(self.now);
        let snapshots = self.snapshots().map(|(owner, snapshot)| {
            (
                snapshot.created_at,
                snapshot.id,
                Entry::Snapshot(self.snapshot_card(owner, snapshot)),
            )
        });
        let kudos = self
            .state
            .kudos
            .iter()
            .filter(|kudos| !kudos.is_over(self.now) && kudos.created_at > kudos_from);
        let kudos = kudos.filter_map(|kudos| {
            Some((
                kudos.created_at,
                kudos.id,
                Entry::Kudos(self.kudos_card(kudos.owner?, kudos)),
            ))
        });
        let mut entries: Vec<_> = snapshots.chain(kudos).collect();
        entries.sort_by_key(|(at, id, _)| std::cmp::Reverse((*at, *id)));
        let zone = self.zone(self.local.me);
        let mut days = Vec::<Day>::new();
        for (at, _, entry) in entries {
            let date = at.utc().with_timezone(&zone).date_naive().to_string();
            match days.last_mut() {
                Some(day) if day.date == date => day.entries.push(entry),
                _ => days.push(Day {
                    date,
                    entries: vec![entry],
                }),
            }
        }
        days
    }

    fn snapshot_card(&self, owner: MemberId, snapshot: &Read<Snapshot>) -> SnapshotCard {
        let body = &snapshot.body;
        SnapshotCard {
            id: snapshot.id,
            from: self.person(owner),
            is_mine: owner == self.local.me,
            text: body.text.clone().filter(|text| !text.trim().is_empty()),
            photos: body.photos.iter().map(photo_card).collect(),
            lifetime: body.lifetime,
            created_at: snapshot.created_at,
            expires_at: snapshot.expires_at.unwrap_or_else(|| {
                snapshot
                    .created_at
                    .plus(std::time::Duration::from_hours(body.lifetime.hours()))
            }),
            is_waiting: self.local.waiting.contains(&snapshot.id),
            is_seen: self.is_seen(owner, snapshot.id),
            audience: snapshot.audience.clone(),
            reactions: self.reactions(snapshot.id),
            replies: self.replies(snapshot.id),
        }
    }

    pub(super) fn kudos_card(&self, giver: MemberId, kudos: &Read<Kudos>) -> KudosCard {
        let is_mine = giver == self.local.me;
        let (to, value) = (&kudos.body.to, kudos.body.value.as_ref());
        let few: Vec<MemberId> = to.iter().copied().chain([giver]).collect();
        let is_between = kudos.audience.is_only(to) || kudos.audience.is_only(&few);
        let settles_at = kudos.created_at.plus_minutes(EDIT_MINUTES);
        KudosCard {
            id: kudos.id,
            from: self.person(giver),
            is_mine,
            to: to.iter().map(|member| self.person(*member)).collect(),
            reason: kudos.body.reason.clone(),
            value: value.and_then(|id| self.state.values.iter().find(|value| value.id == *id).cloned()),
            editable_until: Some(settles_at).filter(|end| is_mine && *end > self.now),
            can_hide: to.contains(&self.local.me) && !is_between,
            created_at: kudos.created_at,
            is_waiting: self.local.waiting.contains(&kudos.id),
            audience: kudos.audience.clone(),
            reactions: self.reactions(kudos.id),
            replies: self.replies(kudos.id),
        }
    }

    /// Emoji in the order in which they were first given, each person once.
    fn reactions(&self, target: ItemId) -> Vec<ReactionCard> {
        let mut cards = Vec::<ReactionCard>::new();
        for reaction in self.state.reactions.get(&target).into_iter().flatten() {
            let Some(member) = reaction.owner.filter(|owner| self.state.members.contains_key(owner)) else {
                continue;
            };
            let emoji = &reaction.body.emoji;
            let index = cards.iter().position(|card| card.emoji == *emoji).unwrap_or_else(|| {
                cards.push(ReactionCard {
                    emoji: emoji.clone(),
                    from: Vec::new(),
                    is_mine: false,
                });
                cards.len() - 1
            });
            let card = &mut cards[index];
            card.is_mine |= member == self.local.me;
            if card.from.iter().all(|person| person.id != member) {
                card.from.push(self.person(member));
            }
        }
        cards
    }

    fn replies(&self, target: ItemId) -> Vec<ReplyCard> {
        let replies = self.state.replies.get(&target).into_iter().flatten();
        let cards = replies.filter_map(|reply| {
            let owner = reply.owner?;
            Some(ReplyCard {
                id: reply.id,
                from: self.person(owner),
                is_mine: owner == self.local.me,
                text: reply.body.text.clone(),
                created_at: reply.created_at,
            })
        });
        cards.collect()
    }

    /// The first gathering that is not over. One that was declined gives way to the next once it has begun.
    fn gathering(&self) -> Option<GatheringCard> {
        let me = self.local.me;
        let gathering = self.state.gatherings.iter().find(|gathering| {
            let has_begun = gathering.body.starts_at <= self.now;
            let is_declined = self.state.answer(gathering.id, me) == Some(Answer::No);
            let is_for_me = gathering.body.invites(me) && !gathering.body.cancelled;
            is_for_me
                && gathering.body.ends_at() > self.now
                && !gathering.is_over(self.now)
                && !(has_begun && is_declined)
        })?;
        let body = &gathering.body;
        let answers = self.state.answers.get(&gathering.id);
        let answered = |member: MemberId, answer| answers.and_then(|all| all.get(&member)) == Some(&answer);
        let mut coming: Vec<_> = self
            .state
            .members
            .keys()
            .filter(|member| answered(**member, Answer::Yes))
            .map(|member| self.person(*member))
            .collect();
        coming.sort_by_cached_key(by_name);
        let outside = self.schedules.iter().filter(|(id, schedule)| {
            body.invites(**id)
                && !answered(**id, Answer::No)
                && camera::is_optional(schedule, body.starts_at, body.ends_at())
        });
        let mut camera_optional: Vec<_> = outside
            .map(|(id, schedule)| OptionalCamera {
                person: self.person(*id),
                local_time: local_time(body.starts_at, schedule.zone_at(body.starts_at)),
            })
            .collect();
        camera_optional.sort_by_cached_key(|optional| by_name(&optional.person));
        Some(GatheringCard {
            id: gathering.id,
            activity: body.activity,
            title: body.title.clone(),
            starts_at: body.starts_at,
            ends_at: body.ends_at(),
            link: body.link_for(me).map(str::to_owned),
            answer: self.state.answer(gathering.id, me),
            coming,
            camera_optional,
        })
    }

    fn people(&self) -> Vec<PersonNow> {
        let others = self.state.members.iter().filter(|(id, _)| **id != self.local.me);
        let mut people: Vec<_> = others
            .map(|(id, member)| {
                let zone = self.zone(*id);
                PersonNow {
                    person: self.person(*id),
                    local_time: local_time(self.now, zone),
                    state: person_state(self.state, *id, &self.schedules[id], self.now),
                    pronouns: member.pronouns.clone(),
                }
            })
            .collect();
        people.sort_by_cached_key(|person| {
            (
                !matches!(person.state, PersonState::Focusing { .. }),
                by_name(&person.person),
            )
        });
        people
    }
}

#[cfg(test)]
mod tests;
