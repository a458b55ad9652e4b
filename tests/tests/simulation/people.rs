//! What people do in a run, and what they were told is kept.

use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use samovar_core::api::{FocusEnd, Question, Request, Response};
use samovar_domain::kinds::{Lifetime, Said, Stance, Style, Voices};
use samovar_domain::{Audience, ItemId, MemberId, Problem};

/// What somebody does.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Share {
        tag: String,
        words: String,
        to: Vec<usize>,
    },
    Reply {
        to: usize,
        tag: String,
        words: String,
    },
    Edit {
        thing: usize,
        words: String,
    },
    Delete {
        thing: usize,
    },
    React {
        to: usize,
        on: bool,
    },
    Hide {
        thing: usize,
    },
    Speak,
    /// Nothing of it is looked for by its words.
    Other,
    Leave,
}

/// Something that somebody was told is kept.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    pub(crate) id: ItemId,
    pub(crate) owner: usize,
    /// By which it is known among everything else.
    pub(crate) tag: String,
    /// What may stand there at the end: one of these.
    pub(crate) versions: Vec<String>,
    /// All that it ever was.
    pub(crate) former: Vec<String>,
    pub(crate) is_deleted: bool,
    /// Whether it is uncertain, for a good reason, whether it is there.
    pub(crate) may_be_gone: bool,
    pub(crate) kind: Kind,
    /// Whom it concerns besides its owner.
    pub(crate) to: Vec<usize>,
    /// What it was written on.
    pub(crate) on: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Snapshot,
    Kudos,
    Reply,
    Decision,
}

/// A reaction, by who gave it and to what: whether it was put on, or may be either.
#[derive(Debug, Clone)]
pub(crate) struct Reacted {
    pub(crate) owner: usize,
    pub(crate) on: usize,
    pub(crate) is_on: Option<bool>,
}

/// All that people did.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) members: Vec<MemberId>,
    pub(crate) things: Vec<Thing>,
    pub(crate) reactions: Vec<Reacted>,
    /// What was being written when a desktop ended: it may be there, once at most.
    pub(crate) perhaps: Vec<String>,
    pub(crate) left: Vec<usize>,
    /// Members who may have left: their desktop ended while they did.
    pub(crate) deeds: u32,
    next: u32,
    /// Whether people leave in this run.
    pub(crate) may_leave: bool,
}

impl Memory {
    fn tag(&mut self) -> String {
        self.next += 1;
        format!("w{}.", self.next)
    }

    fn others(&self, me: usize) -> Vec<usize> {
        (0..self.members.len())
            .filter(|one| *one != me && !self.left.contains(one))
            .collect()
    }

    fn ids(&self, some: &[usize]) -> Vec<MemberId> {
        some.iter().map(|one| self.members[*one]).collect()
    }

    fn audience(&self, me: usize, dice: &mut StdRng) -> Audience {
        let others = self.others(me);
        let count = dice.random_range(0..=others.len().min(2));
        let some: Vec<usize> = others.choose_multiple(dice, count).copied().collect();
        match dice.random_range(0..10) {
            0 | 1 if !some.is_empty() => Audience::Only(self.ids(&some)),
            2 | 3 if !some.is_empty() => Audience::Except(self.ids(&some)),
            _ => Audience::Team,
        }
    }

    fn pick(&self, dice: &mut StdRng, is_fit: impl Fn(&Thing) -> bool) -> Option<usize> {
        let fit: Vec<usize> = (0..self.things.len()).filter(|at| is_fit(&self.things[*at])).collect();
        fit.choose(dice).copied()
    }

    /// Something for this person to do now.
    #[expect(clippy::too_many_lines, reason = "it is a list of what people do")]
    pub(crate) fn thinks_of(&mut self, me: usize, dice: &mut StdRng) -> Option<(Deed, Request)> {
        let others = self.others(me);
        let own = |kind: Kind| move |thing: &Thing| thing.owner == me && thing.kind == kind && !thing.is_deleted;
        Some(match dice.random_range(0..100) {
            0..24 => {
                let tag = self.tag();
                let words = format!("{tag} a cup of tea");
                let request = Request::Share {
                    text: Some(words.clone()),
                    photos: Vec::new(),
                    lifetime: Lifetime::ThreeDays,
                    audience: self.audience(me, dice),
                };
                (
                    Deed::Share {
                        tag,
                        words,
                        to: Vec::new(),
                    },
                    request,
                )
            }
            24..42 if !others.is_empty() => {
                let tag = self.tag();
                let words = format!("{tag} for the cake and the time");
                let count = dice.random_range(1..=others.len().min(2));
                let to: Vec<usize> = others.choose_multiple(dice, count).copied().collect();
                let audience = if dice.random_range(0..4) == 0 {
                    Audience::Only(self.ids(&to))
                } else {
                    Audience::Team
                };
                let request = Request::GiveKudos {
                    to: self.ids(&to),
                    reason: words.clone(),
                    value: None,
                    audience,
                };
                (Deed::Share { tag, words, to }, request)
            }
            42..50 => {
                let thing = self.pick(dice, own(Kind::Kudos))?;
                let words = format!(
                    "{} said better, {}",
                    self.things[thing].tag,
                    dice.random_range(0..1_000)
                );
                let request = Request::EditKudos {
                    item: self.things[thing].id,
                    reason: words.clone(),
                    value: None,
                };
                (Deed::Edit { thing, words }, request)
            }
            50..57 => {
                let thing = self.pick(dice, |thing| thing.owner == me && !thing.is_deleted)?;
                let request = Request::Delete {
                    item: self.things[thing].id,
                };
                (Deed::Delete { thing }, request)
            }
            57..69 => {
                let to = self.pick(dice, |thing| matches!(thing.kind, Kind::Snapshot | Kind::Kudos))?;
                let on = dice.random_range(0..3) > 0;
                let request = Request::React {
                    target: self.things[to].id,
                    emoji: "🎉".to_owned(),
                    on,
                };
                (Deed::React { to, on }, request)
            }
            69..79 => {
                let to = self.pick(dice, |thing| matches!(thing.kind, Kind::Snapshot | Kind::Kudos))?;
                let tag = self.tag();
                let words = format!("{tag} I would like some too");
                let request = Request::Reply {
                    target: self.things[to].id,
                    text: words.clone(),
                };
                (Deed::Reply { to, tag, words }, request)
            }
            79..83 => {
                let thing = self.pick(dice, |thing| {
                    thing.kind == Kind::Kudos && thing.to.contains(&me) && !thing.is_deleted
                })?;
                let request = Request::HideKudos {
                    item: self.things[thing].id,
                };
                (Deed::Hide { thing }, request)
            }
            83..86 if !others.is_empty() => {
                let tag = self.tag();
                let words = format!("{tag} shall we?");
                let request = Request::AskDecision {
                    question: Box::new(Question {
                        question: words.clone(),
                        context: None,
                        how: Style::ForAgainst,
                        involved: self.ids(&others),
                        voices: if dice.random() { Voices::Open } else { Voices::Hidden },
                        earliest_close: None,
                        audience: Audience::Team,
                    }),
                };
                (Deed::Share { tag, words, to: others }, request)
            }
            86..91 => {
                let to = self.pick(dice, |thing| thing.kind == Kind::Decision && thing.to.contains(&me))?;
                let request = Request::GiveVoice {
                    decision: self.things[to].id,
                    said: Some(Said {
                        stance: Some(Stance::For),
                        ranking: Vec::new(),
                        words: None,
                    }),
                };
                (Deed::Speak, request)
            }
            91..93 => {
                let thing = self.pick(dice, own(Kind::Decision))?;
                let request = Request::CloseDecision {
                    decision: self.things[thing].id,
                    words: "Then this is what we do.".to_owned(),
                };
                (Deed::Other, request)
            }
            93..95 => (
                Deed::Other,
                Request::StartFocus {
                    end: FocusEnd::Minutes(dice.random_range(15..60)),
                    note: None,
                },
            ),
            95 => (Deed::Other, Request::EndFocus),
            96 => (Deed::Other, Request::RetryNow),
            _ if self.may_leave && me > 1 && self.left.is_empty() => {
                (Deed::Leave, Request::EraseMe { name: crate::name(me) })
            }
            _ => (Deed::Other, Request::Today),
        })
    }

    /// What was done was confirmed, or refused at once.
    pub(crate) fn was_answered(&mut self, me: usize, deed: Deed, answer: &Result<Response, Problem>) {
        self.deeds += 1;
        let Ok(response) = answer else {
            if let Deed::Leave = deed {
                // The endpoint may have heard of it, and its answer was lost.
                self.left.push(me);
            }
            return;
        };
        match (deed, response) {
            (Deed::Share { tag, words, to }, Response::Shared { item }) => {
                let kind = match (words.contains("shall we"), to.is_empty()) {
                    (true, _) => Kind::Decision,
                    (false, true) => Kind::Snapshot,
                    (false, false) => Kind::Kudos,
                };
                self.keeps(*item, me, tag, words, kind, to, None);
            }
            (Deed::Reply { to, tag, words }, Response::Shared { item }) => {
                self.keeps(*item, me, tag, words, Kind::Reply, Vec::new(), Some(to));
            }
            (Deed::Edit { thing, words }, _) => {
                let thing = &mut self.things[thing];
                thing.former.append(&mut thing.versions);
                thing.versions.push(words);
            }
            (Deed::Delete { thing }, _) => self.things[thing].is_deleted = true,
            (Deed::React { to, on }, _) => self.reacts(me, to, Some(on)),
            // Those who gave and got them see them on, under another id; what the giver does to the first one then goes nowhere.
            (Deed::Hide { thing }, _) => self.things[thing].may_be_gone = true,
            (Deed::Leave, _) => self.left.push(me),
            (Deed::Speak | Deed::Other | Deed::Share { .. } | Deed::Reply { .. }, _) => {}
        }
    }

    /// The desktop ended before it said whether it was done.
    pub(crate) fn was_cut_short(&mut self, me: usize, deed: Deed) {
        match deed {
            Deed::Share { tag, .. } | Deed::Reply { tag, .. } => self.perhaps.push(tag),
            Deed::Edit { thing, words } => self.things[thing].versions.push(words),
            Deed::Delete { thing } | Deed::Hide { thing } => self.things[thing].may_be_gone = true,
            Deed::React { to, .. } => self.reacts(me, to, None),
            Deed::Leave => self.left.push(me),
            Deed::Speak | Deed::Other => {}
        }
    }

    #[expect(clippy::too_many_arguments, reason = "each is one field")]
    fn keeps(
        &mut self,
        id: ItemId,
        owner: usize,
        tag: String,
        words: String,
        kind: Kind,
        to: Vec<usize>,
        on: Option<usize>,
    ) {
        self.things.push(Thing {
            id,
            owner,
            tag,
            versions: vec![words],
            former: Vec::new(),
            is_deleted: false,
            may_be_gone: false,
            kind,
            to,
            on,
        });
    }

    fn reacts(&mut self, owner: usize, on: usize, is_on: Option<bool>) {
        match self.reactions.iter_mut().find(|one| one.owner == owner && one.on == on) {
            Some(known) => known.is_on = is_on,
            None => self.reactions.push(Reacted { owner, on, is_on }),
        }
    }
}
