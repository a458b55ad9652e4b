//! A member's calendar as any calendar program reads it (RFC 5545): the gatherings that invite them, and the pair calls
//! for which everyone has chosen a time. Pure: the items come from the store, the bytes go to the route.
//!
//! It reminds of nothing, which the desktop does, and names nobody as an attendee: who comes is not for calendars to
//! count.

mod lines;
mod words;
mod zones;

use std::collections::BTreeMap;

use chrono_tz::Tz;
use samovar_domain::kinds::{Answer, Gathering, Member, PairAnswer, Pairing};
use samovar_domain::pairs::agreed;
use samovar_domain::schedule::Schedule;
use samovar_domain::{Body, Item, ItemId, MemberId, Seq, Timestamp, camera};

use lines::Lines;
pub(crate) use words::Language;
use zones::Zones;

/// How often a calendar program is to look again.
const LOOK_AGAIN: &str = "PT1H";

/// Writes a member's calendar out of the items that they see.
pub(crate) fn write(member: MemberId, items: &[Item], now: Timestamp, language: Language) -> String {
    let known = Known::of(member, items, now);
    let gatherings = known
        .gatherings
        .iter()
        .map(|(item, body)| known.event(item, body, language));
    let pair_calls = known
        .pairings
        .iter()
        .filter_map(|(item, body)| known.pair_call(item, body, language));
    let mut events: Vec<_> = gatherings.chain(pair_calls).collect();
    events.sort_by_key(|event| (event.starts_at, event.id));

    let mut zones = Zones::new(now);
    let mut inside = Lines::default();
    for event in &events {
        event.write(&mut inside, &mut zones);
    }
    let mut lines = Lines::default();
    lines.component("VCALENDAR", |lines| {
        lines.value("VERSION", "2.0");
        lines.value("PRODID", "-//Samovar//Calendar feed//EN");
        lines.value("CALSCALE", "GREGORIAN");
        lines.value("METHOD", "PUBLISH");
        lines.text("NAME", &known.team);
        lines.text("X-WR-CALNAME", &known.team);
        lines.value("REFRESH-INTERVAL;VALUE=DURATION", LOOK_AGAIN);
        lines.value("X-PUBLISHED-TTL", LOOK_AGAIN);
        zones.write(lines);
        lines.append(inside);
    });
    lines.finish()
}

/// What the items say.
struct Known<'a> {
    me: MemberId,
    team: String,
    members: BTreeMap<MemberId, Member>,
    schedule: Option<Schedule>,
    gatherings: Vec<(&'a Item, Gathering)>,
    /// The member's own.
    answers: BTreeMap<ItemId, (&'a Item, Answer)>,
    pairings: Vec<(&'a Item, Pairing)>,
    pair_answers: Vec<(&'a Item, PairAnswer)>,
}

impl<'a> Known<'a> {
    fn of(me: MemberId, items: &'a [Item], now: Timestamp) -> Self {
        let mut known = Self {
            me,
            team: String::new(),
            members: BTreeMap::new(),
            schedule: None,
            gatherings: Vec::new(),
            answers: BTreeMap::new(),
            pairings: Vec::new(),
            pair_answers: Vec::new(),
        };
        for item in items.iter().filter(|item| !item.is_gone(now)) {
            let body = item.body.as_ref().and_then(|body| Body::read(&item.kind, body).ok());
            match body {
                Some(Body::Team(team)) => known.team = team.name,
                Some(Body::Member(member)) => {
                    known.members.insert(MemberId(item.id.0), member);
                }
                Some(Body::Gathering(gathering)) if gathering.invites(me) => known.gatherings.push((item, gathering)),
                Some(Body::Rsvp(rsvp)) if item.owner.member() == Some(me) => {
                    known.answers.insert(rsvp.gathering, (item, rsvp.answer));
                }
                Some(Body::Pairing(pairing)) if pairing.members.contains(&me) => known.pairings.push((item, pairing)),
                Some(Body::PairAnswer(answer)) => known.pair_answers.push((item, answer)),
                _ => {}
            }
        }
        known.schedule = known.members.get(&me).map(Schedule::of);
        known
    }

    fn event(&self, item: &Item, gathering: &'a Gathering, language: Language) -> Event<'a> {
        let answer = self.answers.get(&item.id);
        let status = match answer {
            _ if gathering.cancelled => "CANCELLED",
            Some((_, Answer::Maybe)) => "TENTATIVE",
            _ => "CONFIRMED",
        };
        let (starts_at, ends_at) = (gathering.starts_at, gathering.ends_at());
        let link = gathering.link_for(self.me);
        let camera = self.camera(starts_at, ends_at, language);
        Event {
            id: item.id,
            starts_at,
            ends_at,
            zone: gathering.time_zone.as_deref().and_then(|zone| zone.parse().ok()),
            changed_at: answer.map_or(item.updated_at, |(answer, _)| answer.updated_at.max(item.updated_at)),
            sequence: gathering.sequence.into(),
            title: gathering.title.clone(),
            description: gathering
                .note
                .as_deref()
                .into_iter()
                .chain(link)
                .chain(camera)
                .collect(),
            link,
            status,
            is_free: gathering.cancelled || matches!(answer, Some((_, Answer::No))),
        }
    }

    /// The call that a pairing has become, once everyone in it has chosen a time that all others chose too.
    fn pair_call(&self, item: &Item, pairing: &'a Pairing, language: Language) -> Option<Event<'a>> {
        let answers = pairing.members.iter().map(|member| {
            let theirs = |(answer, body): &&(&Item, PairAnswer)| {
                body.pairing == item.id && answer.owner.member() == Some(*member)
            };
            self.pair_answers.iter().rfind(theirs)
        });
        let answers = answers.collect::<Option<Vec<_>>>()?;
        let starts_at = agreed(pairing, answers.iter().map(|(_, answer)| answer))?;
        let ends_at = starts_at.plus_minutes(pairing.duration_min.into());
        let others = pairing.members.iter().filter(|member| **member != self.me);
        let names: Vec<_> = others
            .filter_map(|member| self.members.get(member))
            .map(|member| member.name.as_str())
            .collect();
        let link = pairing.link.as_deref();
        let prompts = pairing.prompts.iter().map(String::as_str);
        let versions = || std::iter::once(item).chain(answers.iter().map(|(answer, _)| *answer));
        Some(Event {
            id: item.id,
            starts_at,
            ends_at,
            zone: None,
            changed_at: versions().map(|item| item.updated_at).max()?,
            // The place of the newest answer in the team's sequence grows with every change of mind.
            sequence: versions().map(|item| item.seq).max()?,
            title: language.pair_call(&names),
            description: prompts
                .chain(link)
                .chain(self.camera(starts_at, ends_at, language))
                .collect(),
            link,
            status: "CONFIRMED",
            is_free: false,
        })
    }

    fn camera(&self, starts_at: Timestamp, ends_at: Timestamp, language: Language) -> Option<&'static str> {
        let schedule = self.schedule.as_ref()?;
        camera::is_optional(schedule, starts_at, ends_at).then(|| language.camera_optional())
    }
}

/// One call, as it is written.
struct Event<'a> {
    id: ItemId,
    starts_at: Timestamp,
    ends_at: Timestamp,
    /// In which zone its times are told; UTC when there is none.
    zone: Option<Tz>,
    changed_at: Timestamp,
    sequence: Seq,
    title: String,
    /// Paragraphs.
    description: Vec<&'a str>,
    link: Option<&'a str>,
    status: &'static str,
    /// Whether it takes up no time of the reader.
    is_free: bool,
}

impl Event<'_> {
    fn write(&self, lines: &mut Lines, zones: &mut Zones) {
        let changed_at = zones::utc(self.changed_at);
        let (zone, [start, end]) = zones.local(self.zone, [self.starts_at, self.ends_at]);
        lines.component("VEVENT", |lines| {
            lines.value("UID", &format!("{}@samovar", self.id));
            lines.value("DTSTAMP", &changed_at);
            lines.value("LAST-MODIFIED", &changed_at);
            lines.value("SEQUENCE", &self.sequence.min(i32::MAX as u64).to_string());
            lines.value(&format!("DTSTART{zone}"), &start);
            lines.value(&format!("DTEND{zone}"), &end);
            lines.text("SUMMARY", &self.title);
            if !self.description.is_empty() {
                lines.text("DESCRIPTION", &self.description.join("\n\n"));
            }
            if let Some(link) = self.link {
                lines.text("LOCATION", link);
                lines.address("URL", link);
            }
            lines.value("STATUS", self.status);
            lines.value("TRANSP", if self.is_free { "TRANSPARENT" } else { "OPAQUE" });
        });
    }
}

#[cfg(test)]
mod tests;
