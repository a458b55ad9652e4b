//! The items that are here, read once and laid out so that views find what belongs together.

use std::collections::HashMap;

use samovar_domain::kinds::{
    Activity, Answer, CardLine, Celebration, CelebrationNotice, Decision, DecisionState, Focus, Gathering, GroupCard,
    HandedCard, HandedLine, Kudos, Member, Norms, Outcome, PairAnswer, PairOptIn, Pairing, PulseResult, PulseRound,
    Reaction, Reply, RoleName, Series, Snapshot, Team, TeamValue, ThankMe, Voice,
};
use samovar_domain::pair_calls::{DrawCalendar, Paired, Progress};
use samovar_domain::reminders::PairDesk;
use samovar_domain::schedule::Schedule;
use samovar_domain::{Audience, Body, Item, ItemId, Kind, MemberId, Owner, Seq, Timestamp};

/// An item whose body has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read<T> {
    /// The item.
    pub id: ItemId,
    /// Who wrote it; the team itself when `None`.
    pub owner: Option<MemberId>,
    /// Its place in the team's sequence.
    pub seq: Seq,
    /// When it was first written.
    pub created_at: Timestamp,
    /// When it is over.
    pub expires_at: Option<Timestamp>,
    /// Who sees it.
    pub audience: Audience,
    /// What it says.
    pub body: T,
}

impl<T> Read<T> {
    /// Whether it is over at `now`.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }
}

/// Which of two versions is newer. What waits in the outbox (seq 0) is newer than all that the endpoint has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Age(Seq, Timestamp);

fn age(item: &Item) -> Age {
    Age(if item.seq == 0 { Seq::MAX } else { item.seq }, item.updated_at)
}

/// A team as it is here. Items that are deleted, of unknown kinds, or that cannot be read are left out.
#[derive(Debug, Clone, Default)]
pub struct TeamState {
    /// The team itself.
    pub team: Option<Team>,
    /// Its people.
    pub members: HashMap<MemberId, Member>,
    /// What they may do; plain members may be missing.
    pub roles: HashMap<MemberId, RoleName>,
    /// Snapshots, oldest first.
    pub snapshots: Vec<Read<Snapshot>>,
    /// Kudos, oldest first.
    pub kudos: Vec<Read<Kudos>>,
    /// Reactions by what they are on, oldest first.
    pub reactions: HashMap<ItemId, Vec<Read<Reaction>>>,
    /// Replies by what they are under, oldest first.
    pub replies: HashMap<ItemId, Vec<Read<Reply>>>,
    /// Each member's newest focus, which may be over.
    pub focus: HashMap<MemberId, Read<Focus>>,
    /// What the team expects of replies and meetings.
    pub norms: Option<Norms>,
    /// What the team values, retired ones among them.
    pub values: Vec<TeamValue>,
    /// How members like to be thanked who have said so.
    pub thank_me: HashMap<MemberId, ThankMe>,
    /// The recurring plans.
    pub series: HashMap<ItemId, Series>,
    /// Gatherings by their start.
    pub gatherings: Vec<Read<Gathering>>,
    /// Each member's newest answer, by gathering.
    pub answers: HashMap<ItemId, HashMap<MemberId, Answer>>,
    /// One's own wish for pair calls.
    pub pair_wish: Option<PairOptIn>,
    /// Pairings that one is in, oldest week first.
    pub pairings: Vec<Read<Pairing>>,
    /// Their members' answers, by pairing.
    pub pair_answers: HashMap<ItemId, HashMap<MemberId, PairAnswer>>,
    /// What one wants to be celebrated oneself.
    pub celebration: Option<Celebration>,
    /// What there is to celebrate, by the day.
    pub celebration_notices: Vec<Read<CelebrationNotice>>,
    /// Decisions, oldest first.
    pub decisions: Vec<Read<Decision>>,
    /// Who was heard, by decision.
    pub decision_states: HashMap<ItemId, DecisionState>,
    /// The voices that one sees, by decision: open ones, and one's own.
    pub voices: HashMap<ItemId, HashMap<MemberId, Voice>>,
    /// What came of decisions.
    pub outcomes: HashMap<ItemId, Outcome>,
    /// Rounds of the pulse.
    pub pulse_rounds: Vec<Read<PulseRound>>,
    /// What came of them.
    pub pulse_results: HashMap<ItemId, PulseResult>,
    /// Cards that are being written.
    pub group_cards: Vec<Read<GroupCard>>,
    /// What was written on them, by card, oldest first.
    pub card_lines: HashMap<ItemId, Vec<Read<CardLine>>>,
    /// Cards that were handed over.
    pub handed_cards: Vec<Read<HandedCard>>,
    /// What stands on them, by card, in the order in which the endpoint wrote it.
    pub handed_lines: HashMap<ItemId, Vec<Read<HandedLine>>>,
}

impl TeamState {
    /// Reads the items that `me` has here.
    pub fn from_items(items: impl IntoIterator<Item = Item>, me: MemberId) -> Self {
        let mut reader = Reader::default();
        for item in items.into_iter().filter(|item| item.is_visible_to(me)) {
            reader.add(item);
        }
        reader.finish()
    }

    /// When a member works; of somebody who is not here, nothing is known.
    pub fn schedule(&self, member: MemberId) -> Schedule {
        self.members.get(&member).map(Schedule::of).unwrap_or_default()
    }

    /// `member`'s answer to `gathering`.
    pub fn answer(&self, gathering: ItemId, member: MemberId) -> Option<Answer> {
        self.answers.get(&gathering)?.get(&member).copied()
    }

    /// One member's answers, by gathering.
    pub fn answers_of(&self, member: MemberId) -> HashMap<ItemId, Answer> {
        let given = self
            .answers
            .iter()
            .filter_map(|(gathering, all)| Some((*gathering, *all.get(&member)?)));
        given.collect()
    }

    /// The focus that a member is in at `now`.
    pub fn focus_of(&self, member: MemberId, now: Timestamp) -> Option<&Read<Focus>> {
        self.focus
            .get(&member)
            .filter(|focus| focus.body.until > now && !focus.is_over(now))
    }

    /// The gatherings that are not gone at `now`, as the planner of reminders takes them.
    pub fn gatherings_at(&self, now: Timestamp) -> Vec<(ItemId, Gathering)> {
        let here = self.gatherings.iter().filter(|gathering| !gathering.is_over(now));
        here.map(|gathering| (gathering.id, gathering.body.clone())).collect()
    }

    /// The pairings with the answers to them.
    pub fn paired(&self) -> Vec<Paired> {
        let with_answers = |read: &Read<Pairing>| Paired {
            id: read.id,
            drawn_at: read.created_at,
            pairing: read.body.clone(),
            answers: self.pair_answers.get(&read.id).cloned().unwrap_or_default(),
        };
        self.pairings.iter().map(with_answers).collect()
    }

    /// When and where the team draws its pairs.
    pub fn draw_calendar(&self) -> DrawCalendar {
        let settings = self.team.as_ref().and_then(|team| team.settings.as_ref());
        // Members' ids tell who came first.
        let owners = self.roles.iter().filter(|(_, role)| **role == RoleName::Owner);
        let first_owner = owners.map(|(member, _)| *member).min();
        let owner = first_owner.and_then(|owner| self.members.get(&owner));
        DrawCalendar::of(settings, owner.map(|owner| owner.time_zone.as_str()))
    }

    /// What is here of pair calls, as the planner of reminders takes it.
    pub fn pair_desk(&self) -> PairDesk {
        PairDesk {
            calendar: self.draw_calendar(),
            wish: self.pair_wish.clone(),
            paired: self.paired(),
        }
    }

    /// Puts the pair calls whose time is agreed among the gatherings, under `title` of those whom one meets.
    pub fn add_pair_calls(&mut self, me: MemberId, title: &dyn Fn(&[MemberId]) -> String) {
        for paired in self.paired() {
            let Progress::Agreed(starts_at) = paired.progress() else {
                continue;
            };
            if !paired.is_call_of(me) {
                continue;
            }
            let others: Vec<MemberId> = paired.others(me).collect();
            let Some(read) = self.pairings.iter().find(|read| read.id == paired.id) else {
                continue;
            };
            let body = Gathering {
                link: paired.pairing.link.clone(),
                invited: Some(paired.pairing.members.clone()),
                prompts: paired.pairing.prompts.clone(),
                ..Gathering::plain(
                    Activity::PairCall,
                    &title(&others),
                    starts_at,
                    paired.pairing.duration_min,
                )
            };
            self.gatherings.push(Read {
                id: read.id,
                owner: None,
                seq: read.seq,
                created_at: read.created_at,
                expires_at: read.expires_at,
                audience: read.audience.clone(),
                body,
            });
            let all_come = paired.pairing.members.iter().map(|member| (*member, Answer::Yes));
            self.answers.insert(paired.id, all_come.collect());
        }
        self.gatherings
            .sort_by_key(|gathering| (gathering.body.starts_at, gathering.id));
    }

    /// What a member may do.
    pub fn role(&self, member: MemberId) -> RoleName {
        self.roles.get(&member).copied().unwrap_or(RoleName::Member)
    }
}

#[derive(Default)]
struct Reader {
    state: TeamState,
    /// Of a focus that was ended, only its age stays: an older one must not come back in its place.
    focus: HashMap<MemberId, (Age, Option<Read<Focus>>)>,
    answers: HashMap<(ItemId, MemberId), (Age, Answer)>,
    pair_answers: HashMap<(ItemId, MemberId), (Age, PairAnswer)>,
}

impl Reader {
    fn add(&mut self, item: Item) {
        let newness = age(&item);
        let owner = item.owner.member();
        let Some(json) = &item.body else {
            if let (Some(member), true) = (owner, item.kind == Kind::FOCUS) {
                self.add_focus(member, newness, None);
            }
            return;
        };
        let Ok(body) = Body::read(&item.kind, json) else { return };
        let state = &mut self.state;
        let id = item.id;
        match (body, owner) {
            (Body::Team(team), None) => state.team = Some(team),
            (Body::Role(role), None) => {
                state.roles.insert(role.member, role.role);
            }
            (Body::Member(member), Some(owner)) if ItemId::from(owner) == id => {
                state.members.insert(owner, member);
            }
            (Body::Snapshot(snapshot), Some(_)) => state.snapshots.push(read(item, snapshot)),
            (Body::Kudos(kudos), Some(_)) => state.kudos.push(read(item, kudos)),
            (Body::Reaction(reaction), Some(_)) => {
                state
                    .reactions
                    .entry(reaction.target)
                    .or_default()
                    .push(read(item, reaction));
            }
            (Body::Reply(reply), Some(_)) => {
                state.replies.entry(reply.target).or_default().push(read(item, reply));
            }
            (Body::Focus(focus), Some(member)) => self.add_focus(member, newness, Some(read(item, focus))),
            (Body::Norms(norms), None) => state.norms = Some(norms),
            (Body::Values(values), None) => state.values = values.values,
            (Body::KudosWish(wish), Some(member)) => {
                state.thank_me.insert(member, wish.wish);
            }
            (Body::Series(series), None) => {
                state.series.insert(id, series);
            }
            (Body::Gathering(gathering), None) => state.gatherings.push(read(item, gathering)),
            (Body::Rsvp(rsvp), Some(member)) => {
                let given = self
                    .answers
                    .entry((rsvp.gathering, member))
                    .or_insert((newness, rsvp.answer));
                if newness > given.0 {
                    *given = (newness, rsvp.answer);
                }
            }
            (Body::PairOptIn(wish), Some(_)) => state.pair_wish = Some(wish), // nobody else's is ever here
            (Body::Pairing(pairing), None) => state.pairings.push(read(item, pairing)),
            (Body::Celebration(wish), Some(_)) => state.celebration = Some(wish), // nobody else's is ever here
            (Body::CelebrationNotice(notice), None) => state.celebration_notices.push(read(item, notice)),
            (Body::Decision(decision), Some(_)) => state.decisions.push(read(item, decision)),
            (Body::DecisionState(decided), None) => {
                state.decision_states.insert(decided.decision, decided);
            }
            (Body::Voice(voice), Some(member)) => {
                state.voices.entry(voice.decision).or_default().insert(member, voice);
            }
            (Body::Outcome(outcome), None) => {
                state.outcomes.insert(outcome.decision, outcome);
            }
            (Body::PulseRound(round), None) => state.pulse_rounds.push(read(item, round)),
            (Body::PulseResult(result), None) => {
                state.pulse_results.insert(result.round, result);
            }
            (Body::GroupCard(card), Some(_)) => state.group_cards.push(read(item, card)),
            (Body::CardLine(line), Some(_)) => {
                state.card_lines.entry(line.card).or_default().push(read(item, line));
            }
            (Body::HandedCard(card), None) => state.handed_cards.push(read(item, card)),
            (Body::HandedLine(line), None) => {
                state.handed_lines.entry(line.card).or_default().push(read(item, line));
            }
            (Body::PairAnswer(answer), Some(member)) => {
                let known = self.pair_answers.get(&(answer.pairing, member));
                if known.is_none_or(|(known, _)| newness > *known) {
                    self.pair_answers.insert((answer.pairing, member), (newness, answer));
                }
            }
            _ => {}
        }
    }

    fn add_focus(&mut self, member: MemberId, newness: Age, focus: Option<Read<Focus>>) {
        if self.focus.get(&member).is_none_or(|(known, _)| newness > *known) {
            self.focus.insert(member, (newness, focus));
        }
    }

    fn finish(self) -> TeamState {
        let mut state = self.state;
        state.focus = self
            .focus
            .into_iter()
            .filter_map(|(member, (_, focus))| Some((member, focus?)))
            .collect();
        for ((gathering, member), (_, answer)) in self.answers {
            state.answers.entry(gathering).or_default().insert(member, answer);
        }
        for ((pairing, member), (_, answer)) in self.pair_answers {
            state.pair_answers.entry(pairing).or_default().insert(member, answer);
        }
        state.pairings.sort_by_key(|pairing| (pairing.body.week, pairing.id));
        let notices = &mut state.celebration_notices;
        notices.sort_by_key(|notice| (notice.body.on, notice.id));
        oldest_first(&mut state.snapshots);
        oldest_first(&mut state.kudos);
        oldest_first(&mut state.decisions);
        state
            .reactions
            .values_mut()
            .for_each(|reactions| oldest_first(reactions));
        state.replies.values_mut().for_each(|replies| oldest_first(replies));
        state.card_lines.values_mut().for_each(|lines| oldest_first(lines));
        state
            .handed_lines
            .values_mut()
            .for_each(|lines| lines.sort_by_key(|line| line.seq));
        state
            .gatherings
            .sort_by_key(|gathering| (gathering.body.starts_at, gathering.id));
        state
    }
}

fn oldest_first<T>(items: &mut [Read<T>]) {
    items.sort_by_key(|item| (item.created_at, item.id));
}

fn read<T>(item: Item, body: T) -> Read<T> {
    let owner = match item.owner {
        Owner::Team => None,
        Owner::Member(member) => Some(member),
    };
    Read {
        id: item.id,
        owner,
        seq: item.seq,
        created_at: item.created_at,
        expires_at: item.expires_at,
        audience: item.audience,
        body,
    }
}
