//! The Gatherings page.

use std::collections::HashMap;

use chrono_tz::Tz;
use samovar_domain::hours::zone_or_utc;
use samovar_domain::kinds::{Activity, Answer, Gathering, SlotReason, Unmatched};
use samovar_domain::pair_calls::{Paired, Progress, is_due};
use samovar_domain::pairs::monday_of;
use samovar_domain::prompts::{BUILT_IN, Prompt, offered};
use samovar_domain::schedule::Schedule;
use samovar_domain::{ItemId, MemberId, Timestamp, camera};

use super::team_state::{Read, TeamState};
use crate::api::{
    GatheringEntry, Gatherings, OptionalCamera, PairProgress, PairTime, PairTimeOfOther, PairingCard, PairsCard,
    Person, SeriesEntry,
};
use crate::words::Words;

/// How far ahead gatherings are shown, in minutes.
const AHEAD_MINUTES: i64 = 28 * 24 * 60;
/// How long everybody may stay silent before it is said who begins, in minutes.
const SILENCE_MINUTES: i64 = 24 * 60;

/// The Gatherings page of `me` at `now`. Agreed pair calls are among the state's gatherings already.
pub fn gatherings(state: &TeamState, me: MemberId, now: Timestamp, words: &Words) -> Gatherings {
    let page = Page {
        state,
        me,
        now,
        words,
        zones: state
            .members
            .iter()
            .map(|(id, member)| (*id, zone_or_utc(&member.time_zone)))
            .collect(),
    };
    let is_admin = state.role(me) >= samovar_domain::kinds::RoleName::Admin;
    Gatherings {
        now,
        is_admin,
        gatherings: page.coming_weeks(),
        series: page.series(),
        people: page.people(state.members.keys().copied().filter(|member| *member != me)),
        pairs: page.pairs(),
    }
}

/// What is offered to talk about in a call.
pub fn prompts(words: &Words, call: ItemId, own: &[String]) -> Vec<String> {
    let in_words = |prompt| match prompt {
        // The draw offers ours by their keys, so that everyone reads them in their own language.
        Prompt::Own(key) if BUILT_IN.contains(&key.as_str()) => words.say(&format!("prompt-{key}"), &[]),
        Prompt::Own(text) => text,
        Prompt::BuiltIn(key) => words.say(&format!("prompt-{key}"), &[]),
    };
    offered(call, own).into_iter().map(in_words).collect()
}

struct Page<'a> {
    state: &'a TeamState,
    me: MemberId,
    now: Timestamp,
    words: &'a Words,
    zones: HashMap<MemberId, Tz>,
}

impl Page<'_> {
    fn zone(&self, member: MemberId) -> Tz {
        self.zones.get(&member).copied().unwrap_or(Tz::UTC)
    }

    fn local_time(&self, at: Timestamp, member: MemberId) -> String {
        let local = at.utc().with_timezone(&self.zone(member));
        local.format("%H:%M").to_string()
    }

    fn person(&self, id: MemberId) -> Person {
        let member = self.state.members.get(&id);
        Person {
            id,
            name: member.map_or_else(|| self.words.say("someone", &[]), |member| member.name.clone()),
            time_zone: self.zone(id).name().to_owned(),
            photo: member.and_then(|member| member.photo),
        }
    }

    /// By name, as people read a list.
    fn people(&self, members: impl Iterator<Item = MemberId>) -> Vec<Person> {
        let mut people: Vec<Person> = members.map(|member| self.person(member)).collect();
        people.sort_by_cached_key(|person| (person.name.to_lowercase(), person.id));
        people
    }

    fn coming_weeks(&self) -> Vec<GatheringEntry> {
        let horizon = self.now.plus_minutes(AHEAD_MINUTES);
        let coming = self.state.gatherings.iter().filter(|gathering| {
            let body = &gathering.body;
            let is_ahead = body.ends_at() > self.now && body.starts_at <= horizon && !gathering.is_over(self.now);
            is_ahead && (!body.cancelled || self.is_missed(body))
        });
        coming.map(|gathering| self.entry(gathering)).collect()
    }

    /// Whether somebody would look for a gathering that was called off: not when its series is gone, and not when the
    /// series meets at another time of that week. Such are kept for calendars alone.
    fn is_missed(&self, off: &Gathering) -> bool {
        let Some(series) = off.series else { return true };
        let week = |gathering: &Gathering| {
            let zone = zone_or_utc(gathering.time_zone.as_deref().unwrap_or("UTC"));
            monday_of(gathering.starts_at.utc().with_timezone(&zone).date_naive())
        };
        let mut of_series = self.state.gatherings.iter().map(|gathering| &gathering.body);
        self.state.series.contains_key(&series)
            && !of_series.any(|other| other.series == Some(series) && !other.cancelled && week(other) == week(off))
    }

    fn answered(&self, gathering: ItemId, wanted: Answer) -> impl Iterator<Item = MemberId> + '_ {
        let answers = self.state.answers.get(&gathering).into_iter().flatten();
        answers
            .filter(move |(member, answer)| **answer == wanted && self.state.members.contains_key(member))
            .map(|(member, _)| *member)
    }

    fn entry(&self, gathering: &Read<Gathering>) -> GatheringEntry {
        let (id, body) = (gathering.id, &gathering.body);
        let (starts_at, ends_at) = (body.starts_at, body.ends_at());
        let is_pair_call = self.state.pairings.iter().any(|pairing| pairing.id == id);
        let is_optional = |member: &MemberId| {
            let member = self.state.members.get(member);
            member.is_some_and(|member| camera::is_optional(&Schedule::of(member), starts_at, ends_at))
        };
        let likely = self
            .answered(id, Answer::Yes)
            .chain(self.answered(id, Answer::Maybe))
            .filter(|member| *member != self.me && is_optional(member));
        let camera_optional = self.people(likely).into_iter().map(|person| OptionalCamera {
            local_time: self.local_time(starts_at, person.id),
            person,
        });
        let room = body.rooms.iter().find(|room| room.members.contains(&self.me));
        let room = room.into_iter().flat_map(|room| &room.members).copied();
        GatheringEntry {
            id,
            activity: body.activity,
            title: body.title.clone(),
            note: body.note.clone(),
            starts_at,
            ends_at,
            link: body.link_for(self.me).map(str::to_owned),
            answer: self.state.answer(id, self.me),
            is_invited: body.invites(self.me),
            coming: self.people(self.answered(id, Answer::Yes)),
            maybe: self.people(self.answered(id, Answer::Maybe)),
            is_camera_optional: is_optional(&self.me),
            camera_optional: camera_optional.collect(),
            why: body.why.as_ref().and_then(|why| self.slot_reason(why)),
            room: self.people(room.filter(|member| *member != self.me)),
            prompts: prompts(self.words, id, &body.prompts),
            is_cancelled: body.cancelled,
            is_pair_call: is_pair_call || body.activity == Activity::PairCall,
        }
    }

    fn slot_reason(&self, why: &SlotReason) -> Option<String> {
        let (spared, taking) = match why {
            SlotReason::Turn { spared, taking } => (self.cities(spared), self.cities(taking)),
            _ => (Vec::new(), Vec::new()),
        };
        // Where some of a city are spared and others take their turn, the city says nothing.
        let only = |cities: &[String], others: &[String]| -> Vec<String> {
            cities.iter().filter(|city| !others.contains(city)).cloned().collect()
        };
        self.words
            .slot_reason(why, &only(&spared, &taking), &only(&taking, &spared))
    }

    /// Where members live, each place once, the one of the most of them first.
    fn cities(&self, members: &[MemberId]) -> Vec<String> {
        let mut living = HashMap::<String, usize>::new();
        for member in members.iter().filter(|member| self.state.members.contains_key(member)) {
            let zone = self.zone(*member).name();
            let city = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
            *living.entry(city).or_default() += 1;
        }
        let mut cities: Vec<_> = living.into_iter().collect();
        cities.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        cities.into_iter().map(|(city, _)| city).collect()
    }

    fn series(&self) -> Vec<SeriesEntry> {
        let mut plans: Vec<SeriesEntry> = self
            .state
            .series
            .iter()
            .map(|(id, plan)| SeriesEntry {
                id: *id,
                plan: plan.clone(),
                next: self
                    .state
                    .gatherings
                    .iter()
                    .find(|gathering| {
                        let body = &gathering.body;
                        body.series == Some(*id) && !body.cancelled && body.ends_at() > self.now
                    })
                    .map(|gathering| gathering.body.starts_at),
                rotation: self.words.rotation(plan),
            })
            .collect();
        plans.sort_by_cached_key(|entry| (entry.plan.title.to_lowercase(), entry.id));
        plans
    }

    fn pairs(&self) -> PairsCard {
        let desk = self.state.pair_desk();
        let draw = desk.draws_ahead(self.now).next();
        let draw = draw.unwrap_or_else(|| desk.calendar.coming(self.now));
        let wish = desk.wish.clone();
        let is_drawn = wish
            .as_ref()
            .is_some_and(|wish| is_due(wish, draw, desk.last_met(self.me)));
        let is_skipped = wish.as_ref().is_some_and(|wish| wish.skip_week == Some(draw.week));
        let mine =
            |paired: &&Paired| paired.pairing.members.contains(&self.me) && paired.ends(desk.calendar) > self.now;
        let current = desk.paired.iter().rev().find(mine);
        let unmatched = current
            .and_then(|paired| paired.pairing.unmatched)
            .filter(|why| is_worth_saying(*why, wish.is_some()));
        PairsCard {
            wish,
            next_draw: draw.at,
            next_week: draw.week,
            is_due: is_drawn,
            is_skipped,
            pairing: current
                .filter(|paired| paired.is_call_of(self.me))
                .map(|paired| self.pairing(paired)),
            unmatched: unmatched.map(|why| self.words.unmatched(why)),
        }
    }

    fn pairing(&self, paired: &Paired) -> PairingCard {
        let pairing = &paired.pairing;
        let others: Vec<MemberId> = paired.others(self.me).collect();
        let chose = |member: MemberId, at: Timestamp| {
            paired
                .answers
                .get(&member)
                .is_some_and(|answer| answer.times.contains(&at))
        };
        let times = pairing.times.iter().map(|at| PairTime {
            at: *at,
            is_mine: chose(self.me, *at),
            others: others
                .iter()
                .map(|other| PairTimeOfOther {
                    person: self.person(*other),
                    local_time: self.local_time(*at, *other),
                    is_chosen: chose(*other, *at),
                })
                .collect(),
        });
        let progress = match paired.progress() {
            Progress::Open => PairProgress::Open,
            Progress::Agreed(at) => PairProgress::Agreed { at },
            Progress::NoTimeInCommon => PairProgress::NoTimeInCommon,
            Progress::NotThisWeek => PairProgress::NotThisWeek {
                who: self.people(
                    paired
                        .answers
                        .iter()
                        .filter(|(_, answer)| answer.times.is_empty())
                        .map(|(member, _)| *member),
                ),
            },
        };
        let is_silent = paired.answers.is_empty() && self.now >= paired.drawn_at.plus_minutes(SILENCE_MINUTES);
        PairingCard {
            id: paired.id,
            with: others.iter().map(|other| self.person(*other)).collect(),
            why: pairing.why.as_ref().map(|why| self.words.pair_reason(why)),
            times: times.collect(),
            duration_min: pairing.duration_min,
            link: pairing.link.clone(),
            prompts: prompts(self.words, paired.id, &pairing.prompts)
                .into_iter()
                .take(2)
                .collect(),
            ice_breaker: pairing
                .ice_breaker
                .filter(|_| is_silent)
                .map(|member| self.person(member)),
            is_answered: paired.answers.contains_key(&self.me),
            progress,
        }
    }
}

/// Whoever has opted out again need not be told that they have.
fn is_worth_saying(why: Unmatched, has_wish: bool) -> bool {
    has_wish || why == Unmatched::NobodyLeft
}
