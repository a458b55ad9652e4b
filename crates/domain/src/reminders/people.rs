//! What is told of decisions that need one's voice, of packages that ask, and of what there is to celebrate.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Reminder, State, What};
use crate::celebrations::news_until;
use crate::decisions::{self, Rules};
use crate::expiry::CONSENT_LASTS;
use crate::kinds::{CelebrationNotice, Decision};
use crate::schedule::Schedule;
use crate::{Body, Item, ItemId, MemberId, Timestamp};

/// A decision that is open, and in which one is involved and was not heard yet.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenDecision {
    /// The item.
    pub id: ItemId,
    /// Who asks.
    pub asker: MemberId,
    /// When it reached the team.
    pub asked_at: Timestamp,
    /// The question.
    pub question: String,
    /// When it may be closed at the earliest.
    pub earliest: Timestamp,
}

/// A package that asks for one's address.
#[derive(Debug, Clone, PartialEq)]
pub struct AskingPackage {
    /// The item.
    pub id: ItemId,
    /// Who would like to send it.
    pub from: MemberId,
    /// What for.
    pub words: String,
    /// When it was asked.
    pub asked_at: Timestamp,
}

/// What one's desktop knows of all this.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeopleDesk {
    /// The decisions that need one's voice.
    pub decisions: Vec<OpenDecision>,
    /// The packages that ask.
    pub packages: Vec<AskingPackage>,
    /// What there is to celebrate, and since when it is known.
    pub celebrations: Vec<(ItemId, CelebrationNotice, Timestamp)>,
}

impl PeopleDesk {
    /// Reads it from the items that are here.
    pub fn of<'a>(items: impl IntoIterator<Item = &'a Item>, me: MemberId, now: Timestamp) -> Self {
        let here = items
            .into_iter()
            .filter(|item| item.is_visible_to(me) && !item.is_gone(now));
        let read: Vec<(&Item, Body)> = here
            .filter_map(|item| Some((item, Body::read(&item.kind, item.body.as_ref()?).ok()?)))
            .collect();
        let mut desk = Self::default();
        let mut rules = Rules::default();
        let mut schedules = BTreeMap::new();
        let mut heard: HashMap<ItemId, Vec<MemberId>> = HashMap::new();
        let mut over: HashSet<ItemId> = HashSet::new();
        for (item, body) in &read {
            let by_me = item.owner.member() == Some(me);
            match body {
                Body::Team(team) => rules = team.settings.as_ref().map(Rules::of).unwrap_or_default(),
                Body::Member(member) => {
                    schedules.insert(MemberId(item.id.0), Schedule::of(member));
                }
                Body::DecisionState(state) => heard.entry(state.decision).or_default().extend(&state.heard),
                Body::Outcome(outcome) => {
                    over.insert(outcome.decision);
                }
                Body::Voice(voice) if by_me => {
                    over.insert(voice.decision);
                }
                Body::PackageConsent(consent) if by_me => {
                    over.insert(consent.package);
                }
                Body::PackageDeclined(declined) if by_me => {
                    over.insert(declined.package);
                }
                Body::PackageReceived(received) if by_me => {
                    over.insert(received.package);
                }
                Body::CelebrationNotice(notice) if notice.member != me => {
                    desk.celebrations.push((item.id, *notice, item.created_at));
                }
                _ => {}
            }
        }
        for (item, body) in &read {
            let (Some(from), false) = (item.owner.member(), over.contains(&item.id)) else {
                continue;
            };
            match body {
                Body::Decision(decision) if is_open_for(decision, me) => {
                    let heard = heard.get(&item.id).map_or(&[][..], Vec::as_slice);
                    if heard.contains(&me) {
                        continue;
                    }
                    let gate = decisions::gate(decision, item.created_at, heard, &schedules, rules, now);
                    // Whose time is not in sight is told as if only the days counted.
                    let days = || item.created_at.plus_minutes(i64::from(rules.hours) * 60);
                    desk.decisions.push(OpenDecision {
                        id: item.id,
                        asker: from,
                        asked_at: item.created_at,
                        question: decision.question.clone(),
                        earliest: gate.earliest.unwrap_or_else(days),
                    });
                }
                Body::Package(package) if crate::packages::is_asked(package, item.created_at, false, me, now) => {
                    desk.packages.push(AskingPackage {
                        id: item.id,
                        from,
                        words: package.words.clone(),
                        asked_at: item.created_at,
                    });
                }
                _ => {}
            }
        }
        desk
    }
}

fn is_open_for(decision: &Decision, me: MemberId) -> bool {
    !decision.withdrawn && decision.involved.contains(&me)
}

pub(super) fn tell(state: State<'_>, desk: &PeopleDesk, now: Timestamp, reminders: &mut Vec<Reminder>) {
    let schedule = &state.quiet.schedule;
    for decision in &desk.decisions {
        reminders.extend(voice_wanted(schedule, decision, decision.asker == state.me, now));
    }
    reminders.extend(desk.packages.iter().map(|package| Reminder {
        key: format!("package:{}", package.id),
        at: schedule.next_start(package.asked_at).unwrap_or(package.asked_at),
        useless_after: Some(package.asked_at.plus(CONSENT_LASTS)),
        what: What::PackageAsks {
            package: package.id,
            from: package.from,
            words: package.words.clone(),
        },
    }));
    // Whoever hears of the day itself need not be told that it is near.
    let is_today = |notice: &CelebrationNotice| {
        let of_the_day = CelebrationNotice {
            ahead: false,
            ..*notice
        };
        notice.ahead && desk.celebrations.iter().any(|(_, other, _)| *other == of_the_day)
    };
    let celebrations = desk.celebrations.iter().filter(|(_, notice, _)| !is_today(notice));
    reminders.extend(celebrations.map(|(id, notice, known_at)| {
        let at = schedule.next_start(*known_at).unwrap_or(*known_at);
        Reminder {
            key: format!("celebration:{id}"),
            at,
            useless_after: Some(news_until(notice, *known_at, schedule.zone_at(at))),
            what: What::Celebration {
                item: *id,
                notice: *notice,
            },
        }
    }));
}

/// The next word on a decision, and those after it. Of several that are due already only the last is told. Whoever asks
/// knows that they have asked.
fn voice_wanted(schedule: &Schedule, decision: &OpenDecision, is_own: bool, now: Timestamp) -> Vec<Reminder> {
    let mut told = decisions::reminders(schedule, decision.asked_at, decision.earliest);
    told.retain(|(stage, _)| !is_own || *stage != decisions::Stage::Asked);
    let due = told.iter().filter(|(_, at)| *at <= now).count();
    let from_now = told.into_iter().skip(due.saturating_sub(1));
    from_now
        .map(|(stage, at)| {
            let name = match stage {
                decisions::Stage::Asked => "asked",
                decisions::Stage::Half => "half",
                decisions::Stage::DayBefore => "day-before",
            };
            Reminder {
                key: format!("decision-{name}:{}", decision.id),
                at,
                useless_after: Some(decision.earliest),
                what: What::VoiceWanted {
                    decision: decision.id,
                    from: decision.asker,
                    question: decision.question.clone(),
                    stage,
                    earliest: decision.earliest,
                },
            }
        })
        .collect()
}
