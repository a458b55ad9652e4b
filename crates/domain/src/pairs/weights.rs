//! What it is worth that just these meet.
//!
//! One number says it all, so that one matching finds the best: what counts more is written in higher digits, which all
//! that counts less together never reaches. From the highest to the lowest: how many people meet; how few of them meet
//! again within twelve weeks; how long ago those last met; and then how well their hours fit, how long they have waited
//! and how long they have not met.

use std::collections::HashMap;

use super::eligible::{Candidate, Meeting, Occasion, weeks_between};
use super::timetable::Timetable;

/// Two who must not meet.
pub(super) const NEVER: i64 = i64::MIN;
/// Meeting again earlier than this, in weeks, is a repeat. In the twelfth week it still is one, but the least of all.
const NO_REPEAT_WEEKS: i64 = 12;

/// From this many minutes together on, more of them matter no more.
const ENOUGH_MIN: u32 = 240;
/// A call fits into this.
const CALL_MIN: u32 = 30;
/// Weeks apart and weeks waited beyond these matter no more.
const APART_WEEKS: i64 = 26;
const WAITED_WEEKS: u32 = 12;
/// More than the fit of any group: 1,000 for hours, 300 for weeks apart, 240 for each of three who has waited.
const FIT_LIMIT: i64 = 2_048;

/// See the module. People are numbered as in the slice that it is made of.
pub(super) struct Weights {
    timetables: Vec<Timetable>,
    /// Which of `distinct` each one's timetable is.
    class: Vec<u32>,
    /// How well the hours of two classes fit; empty when there are too many of them to write it all down.
    class_fit: Vec<u16>,
    classes: usize,
    /// With whom each one must not meet, sorted.
    barred: Vec<Vec<u32>>,
    /// With whom each one has met, and how many weeks ago, sorted.
    met: Vec<Vec<(u32, u32)>>,
    waited: Vec<u32>,
    person: i64,
    repeat: i64,
    recent: i64,
}

/// So many distinct timetables are compared with each other beforehand.
const CLASSES_COMPARED: usize = 3_000;

impl Weights {
    pub(super) fn new<Id: Ord>(people: &[&Candidate<Id>], history: &[Meeting<Id>], occasion: &Occasion) -> Self {
        let count = people.len();
        let mut places: Vec<usize> = (0..count).collect();
        places.sort_by_key(|place| &people[*place].id);
        let place_of = |id: &Id| {
            let found = places.binary_search_by_key(&id, |place| &people[*place].id);
            found.ok().map(|at| places[at])
        };
        let timetables: Vec<Timetable> = people
            .iter()
            .map(|one| Timetable::of(&one.schedule, occasion.at))
            .collect();
        let mut barred = vec![Vec::new(); count];
        for (one, candidate) in people.iter().enumerate() {
            for other in candidate.not_with.iter().filter_map(place_of) {
                barred[one].push(other as u32);
                barred[other].push(one as u32);
            }
        }
        let mut met = vec![Vec::new(); count];
        for meeting in history {
            let ago = weeks_between(meeting.week, occasion.week).max(0) as u32;
            let known: Vec<usize> = meeting.members.iter().filter_map(place_of).collect();
            for one in &known {
                met[*one].extend(
                    known
                        .iter()
                        .filter(|other| *other != one)
                        .map(|other| (*other as u32, ago)),
                );
            }
        }
        for list in &mut barred {
            list.sort_unstable();
            list.dedup();
        }
        for list in &mut met {
            list.sort_unstable();
            list.dedup_by_key(|(other, _)| *other);
        }
        let (class, distinct) = classes_of(&timetables);
        let (class_fit, classes) = (fits_of(&distinct), distinct.len());
        // Even numbers throughout: the matching needs that. A trio repeats three meetings at most.
        let repeats_limit = count as i64 / 2 + 3;
        let recent = 2 * FIT_LIMIT * repeats_limit;
        let repeat = recent * ((NO_REPEAT_WEEKS + 1) * repeats_limit + 1);
        Self {
            class,
            class_fit,
            classes,
            timetables,
            barred,
            met,
            waited: people.iter().map(|one| one.weeks_waited).collect(),
            person: repeat * (repeats_limit + 1),
            repeat,
            recent,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.class.len()
    }

    pub(super) fn may_meet(&self, one: usize, other: usize) -> bool {
        one != other && self.barred[one].binary_search(&(other as u32)).is_err()
    }

    /// How many weeks ago two met.
    pub(super) fn weeks_since_met(&self, one: usize, other: usize) -> Option<u32> {
        let list = &self.met[one];
        let found = list.binary_search_by_key(&(other as u32), |(other, _)| *other);
        found.ok().map(|at| list[at].1)
    }

    pub(super) fn is_repeat(&self, one: usize, other: usize) -> bool {
        self.weeks_since_met(one, other)
            .is_some_and(|weeks| i64::from(weeks) <= NO_REPEAT_WEEKS)
    }

    pub(super) fn timetable(&self, one: usize) -> &Timetable {
        &self.timetables[one]
    }

    pub(super) fn waited(&self, one: usize) -> u32 {
        self.waited[one]
    }

    /// What a pair is worth, or [`NEVER`].
    pub(super) fn pair(&self, one: usize, other: usize) -> i64 {
        if !self.may_meet(one, other) {
            return NEVER;
        }
        let weeks = self.weeks_since_met(one, other);
        self.plain_pair(one, other) - self.met_before(weeks)
    }

    /// What pairs of `one` with each of the others are worth, in their order.
    pub(super) fn row(&self, one: usize, row: &mut Vec<i64>) {
        row.clear();
        row.extend((0..self.count()).map(|other| self.plain_pair(one, other)));
        for (other, weeks) in &self.met[one] {
            row[*other as usize] -= self.met_before(Some(*weeks));
        }
        for other in &self.barred[one] {
            row[*other as usize] = NEVER;
        }
        row[one] = NEVER;
    }

    /// What a trio is worth. Its hours are those that all three have; it repeats as often as two of them meet again.
    pub(super) fn trio(&self, one: usize, two: usize, three: usize) -> i64 {
        let pairs = [(one, two), (one, three), (two, three)];
        if pairs.iter().any(|(one, other)| !self.may_meet(*one, *other)) {
            return NEVER;
        }
        let joint = self.timetables[one].and(&self.timetables[two]);
        let minutes = joint.shared_minutes(&self.timetables[three]);
        let waited: i64 = [one, two, three].iter().map(|place| self.waiting_fit(*place)).sum();
        let weeks = pairs.map(|(one, other)| self.weeks_since_met(one, other));
        let lost: i64 = weeks.iter().map(|weeks| self.repeat_cost(*weeks)).sum();
        let nearest = weeks.into_iter().flatten().min();
        3 * self.person - lost + 2 * (i64::from(hours_fit(minutes)) + apart_fit(nearest) + waited)
    }

    /// No more than this a trio is worth, however their hours fit.
    pub(super) fn trio_at_most(&self, trio: [usize; 3]) -> i64 {
        let waited: i64 = trio.iter().map(|one| self.waiting_fit(*one)).sum();
        3 * self.person + 2 * (i64::from(hours_fit(ENOUGH_MIN)) + apart_fit(None) + waited)
    }

    /// What a pair of people is worth before anything else is known of them.
    pub(super) fn left_over(&self) -> i64 {
        2 * self.person
    }

    fn plain_pair(&self, one: usize, other: usize) -> i64 {
        let (a, b) = (self.class[one] as usize, self.class[other] as usize);
        let hours = match self.class_fit.get(a * self.classes + b) {
            Some(fit) => *fit,
            None => hours_fit(self.timetables[one].shared_minutes(&self.timetables[other])),
        };
        2 * self.person + 2 * (i64::from(hours) + apart_fit(None) + self.waiting_fit(one) + self.waiting_fit(other))
    }

    /// By how much less a pair is worth for having met.
    fn met_before(&self, weeks: Option<u32>) -> i64 {
        self.repeat_cost(weeks) + 2 * (apart_fit(None) - apart_fit(weeks))
    }

    fn repeat_cost(&self, weeks: Option<u32>) -> i64 {
        match weeks.map(i64::from) {
            Some(weeks) if weeks < NO_REPEAT_WEEKS => self.repeat + (NO_REPEAT_WEEKS + 1 - weeks) * self.recent,
            Some(NO_REPEAT_WEEKS) => self.recent,
            _ => 0,
        }
    }

    fn waiting_fit(&self, one: usize) -> i64 {
        i64::from(self.waited[one].min(WAITED_WEEKS) * 20)
    }
}

/// How well hours fit, from 0 to 1,000: that a call fits in at all is half of it.
pub(super) fn hours_fit(shared_minutes: u32) -> u16 {
    let minutes = shared_minutes.min(ENOUGH_MIN);
    let fit = if minutes < CALL_MIN {
        minutes
    } else {
        500 + 500 * (minutes - CALL_MIN) / (ENOUGH_MIN - CALL_MIN)
    };
    fit as u16
}

/// How good it is that people have been apart for so long, from 0 to 300.
fn apart_fit(weeks: Option<u32>) -> i64 {
    weeks.map_or(300, |weeks| i64::from(weeks).min(APART_WEEKS) * 10)
}

fn classes_of(timetables: &[Timetable]) -> (Vec<u32>, Vec<&Timetable>) {
    let mut known: HashMap<&Timetable, u32> = HashMap::new();
    let mut distinct = Vec::new();
    let class = timetables
        .iter()
        .map(|timetable| {
            *known.entry(timetable).or_insert_with(|| {
                distinct.push(timetable);
                distinct.len() as u32 - 1
            })
        })
        .collect();
    (class, distinct)
}

fn fits_of(distinct: &[&Timetable]) -> Vec<u16> {
    let count = distinct.len();
    if count > CLASSES_COMPARED {
        return Vec::new();
    }
    let mut fits = vec![0; count * count];
    for one in 0..count {
        for other in one..count {
            let fit = hours_fit(distinct[one].shared_minutes(distinct[other]));
            fits[one * count + other] = fit;
            fits[other * count + one] = fit;
        }
    }
    fits
}
