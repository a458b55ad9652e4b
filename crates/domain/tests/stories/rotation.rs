//! Which slot a series meets at, week after week.

use chrono::NaiveDate;
use proptest::prelude::*;
use samovar_domain::hours::{Hours, instant};
use samovar_domain::inconvenience::{Cost, Person, cost};
use samovar_domain::kinds::{Away, Rotate, Slot, Weekday};
use samovar_domain::offsets::Calendar;
use samovar_domain::rotation::{Account, Plan, Reason, Rotation, plan};
use samovar_domain::schedule::Schedule;

use crate::given::{WEEK, time, weeks, zones};

fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn calendar() -> Calendar {
    Calendar::new(time("2026-11-23T00:00:00Z"), time("2029-01-01T00:00:00Z"))
}

/// A team and the slots that its series may meet at.
#[derive(Debug, Clone)]
struct Team {
    schedules: Vec<Schedule>,
    slots: Vec<Slot>,
    rotate: Rotate,
    every_weeks: u32,
    two_sittings: bool,
}

impl Team {
    fn office(zones: &[&str], slots: &[(&str, &str)]) -> Self {
        let schedule = |zone: &&str| Schedule::new(zone.parse().unwrap(), Hours::office(), &[], &[]);
        Self {
            schedules: zones.iter().map(schedule).collect(),
            slots: slots
                .iter()
                .map(|(time, zone)| Slot::new(Weekday::Wed, time, zone))
                .collect(),
            rotate: Rotate::Each,
            every_weeks: 1,
            two_sittings: false,
        }
    }

    fn plan(&self, first: NaiveDate, occurrences: usize, account: &Account) -> Plan {
        let mut calendar = calendar();
        let rotation = Rotation::new(
            &self.slots,
            self.two_sittings,
            self.rotate,
            self.every_weeks,
            30,
            &mut calendar,
        );
        let people: Vec<Person> = self
            .schedules
            .iter()
            .map(|one| Person::new(one.clone(), &mut calendar))
            .collect();
        plan(
            &rotation,
            &people.iter().collect::<Vec<_>>(),
            first,
            occurrences,
            account,
        )
    }

    fn year(&self) -> Plan {
        self.plan(monday(), 52, &Account::default())
    }
}

fn options(plan: &Plan) -> Vec<usize> {
    plan.occurrences.iter().map(|planned| planned.option).collect()
}

fn paid(plan: &Plan, occurrences: usize, person: usize) -> Cost {
    (0..occurrences).map(|occurrence| plan.paid(occurrence, person)).sum()
}

prop_compose! {
    fn teams()(
        members in prop::collection::vec((zones(), prop_oneof![Just(Hours::office()), weeks()], 0..400_u64, 1..40_u64), 1..5),
        slots in prop::collection::vec((proptest::sample::select(WEEK.to_vec()), 0..24_u32, zones()), 2..=3),
        rotate in prop_oneof![Just(Rotate::Each), Just(Rotate::Monthly)],
        every_weeks in proptest::sample::select(vec![1_u32, 2, 4]),
    ) -> Team {
        let schedules = members.into_iter().map(|(zone, hours, from, days)| {
            let from = monday() + chrono::Days::new(from);
            let away = Away { from, back_on: from + chrono::Days::new(days), note: None };
            Schedule::new(zone, hours, &[], &[away])
        });
        let slots = slots.into_iter().map(|(day, hour, zone)| Slot::new(day, &format!("{hour:02}:00"), zone.name()));
        Team { schedules: schedules.collect(), slots: slots.collect(), rotate, every_weeks, two_sittings: false }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The same as in `rotation/tests.rs`, with people, absences and changes of the clocks in place of costs: no change
    /// of single turns and no slot alone makes the year better by more than one worst slot.
    #[test]
    fn no_single_slot_would_be_fairer_by_more_than_one_worst_slot(team in teams()) {
        let team = Team { rotate: Rotate::Each, every_weeks: 1, ..team };
        let plan = team.year();
        let people = team.schedules.len();
        let worst = (0..52).flat_map(|at| (0..team.slots.len()).map(move |slot| (at, slot)))
            .flat_map(|(at, slot)| plan.costs_at(at, slot).to_vec()).max().unwrap();
        let worst_off = (0..people).map(|person| paid(&plan, 52, person)).max().unwrap();
        for slot in 0..team.slots.len() {
            let alone = (0..people).map(|person| (0..52).map(|at| plan.costs_at(at, slot)[person]).sum::<Cost>()).max().unwrap();
            prop_assert!(worst_off <= alone + worst);
        }
    }

    #[test]
    fn a_plan_costs_what_the_rule_says(team in teams()) {
        let plan = team.plan(monday(), 12, &Account::default());
        for at in 0..12 {
            for slot in 0..team.slots.len() {
                let Some(start) = plan.starts_at(at, slot) else { continue };
                let date = plan.occurrences[at].monday + chrono::Days::new(u64::from(team.slots[slot].weekday.index()));
                let minute = samovar_domain::hours::minute_of_day(&team.slots[slot].time).unwrap();
                prop_assert_eq!(start, instant(team.slots[slot].time_zone.parse().unwrap(), date, minute));
                for (person, schedule) in team.schedules.iter().enumerate() {
                    prop_assert_eq!(plan.costs_at(at, slot)[person], cost(schedule, start, start.plus_minutes(30)));
                }
            }
        }
    }

    /// An endpoint that plans four weeks ahead, day by day, comes to what planning the whole year at once does.
    #[test]
    fn planned_bit_by_bit_it_comes_to_the_same(team in teams(), bit in 1..6_usize) {
        let at_once = team.year();
        let year = 52 / team.every_weeks as usize;
        let mut account = Account::default();
        let mut taken = Vec::new();
        while taken.len() < year {
            let rest = 52 - taken.len();
            let plan = team.plan(at_once.occurrences[taken.len()].monday, rest, &account);
            taken.extend(options(&plan).into_iter().take(bit));
            account = plan.account(bit);
        }
        prop_assert_eq!(&taken[..year], &options(&at_once)[..year]);
    }

    #[test]
    fn under_monthly_rotation_a_slot_stays_for_four_occurrences_at_least(team in teams(), bit in 1..6_usize) {
        let team = Team { rotate: Rotate::Monthly, ..team };
        let mut account = Account::default();
        let mut taken: Vec<usize> = Vec::new();
        while taken.len() < 60 {
            let first = monday() + chrono::Days::new(7 * u64::from(team.every_weeks) * taken.len() as u64);
            let plan = team.plan(first, 30, &account);
            taken.extend(options(&plan).into_iter().take(bit));
            account = plan.account(bit);
        }
        let last = taken.len() - 1;
        for run in taken[..last].chunk_by(|one, other| one == other).rev().skip(1) {
            prop_assert!(run.len() >= 4, "{taken:?}");
        }
    }
}

#[test]
fn lima_and_tokyo_take_turns() {
    let team = Team::office(
        &["America/Lima", "Asia/Tokyo"],
        &[("15:00", "America/Lima"), ("15:00", "Asia/Tokyo")],
    );
    let plan = team.year();
    let taken = options(&plan);
    assert!(
        taken.windows(3).all(|three| three.iter().any(|slot| *slot != three[0])),
        "{taken:?}"
    );
    let (lima, tokyo) = (paid(&plan, 52, 0).hours(), paid(&plan, 52, 1).hours());
    assert!((lima - tokyo).abs() <= 8.0, "{lima} and {tokyo}");
    let second = plan.reason(1);
    let (spared, taking) = if taken[0] == 0 { (1, 0) } else { (0, 1) };
    assert_eq!(
        second,
        Reason::Turn {
            spared: vec![spared],
            taking: vec![taking]
        }
    );
}

/// It would cost a little less over the year to leave all of the winter to Berlin and all of the summer to others, but
/// nobody would call that taking turns.
#[test]
fn nobody_has_it_hard_all_winter() {
    let team = Team::office(
        &["America/Lima", "Europe/Berlin", "Asia/Tokyo"],
        &[
            ("15:00", "Europe/Berlin"),
            ("09:00", "Europe/Berlin"),
            ("17:00", "America/Lima"),
        ],
    );
    let taken = options(&team.year());
    for run in taken.chunk_by(|one, other| one == other) {
        assert!(run.len() <= 3, "{taken:?}");
    }
}

#[test]
fn a_slot_that_suits_everyone_is_always_taken() {
    let team = Team::office(
        &["Europe/Berlin", "Europe/Lisbon"],
        &[("06:00", "Europe/Berlin"), ("11:00", "Europe/Berlin")],
    );
    let plan = team.year();
    assert!(options(&plan).iter().all(|slot| *slot == 1));
    assert_eq!(plan.reason(0), Reason::SuitsAll);
}

#[test]
fn two_sittings_suit_those_who_are_invited_to_them() {
    let team = Team {
        two_sittings: true,
        ..Team::office(
            &["America/Lima", "Asia/Tokyo", "America/Bogota", "Asia/Seoul"],
            &[("03:00", "UTC"), ("15:00", "UTC"), ("09:00", "UTC")],
        )
    };
    let plan = team.plan(monday(), 4, &Account::default());
    for at in 0..4 {
        assert_eq!(plan.slots_of(at), [0, 1]);
        assert_eq!(plan.sittings(at), [vec![1, 3], vec![0, 2]]);
        assert_eq!(plan.reason(at), Reason::Sitting);
        assert!((0..4).all(|person| plan.paid(at, person) == Cost::default()));
    }
}

#[test]
fn a_reason_says_nothing_of_who_is_busy_when() {
    let mut team = Team::office(
        &["America/Lima", "America/Lima"],
        &[("10:00", "America/Lima"), ("15:00", "America/Lima")],
    );
    let free = team.year();
    assert_eq!(free.occurrences[0].option, 0);
    // One of them has something at ten in the first week, and at both times in the second.
    let busy = [
        (time("2026-11-25T15:00:00Z"), time("2026-11-25T16:00:00Z")),
        (time("2026-12-02T14:00:00Z"), time("2026-12-02T22:00:00Z")),
    ];
    team.schedules[0] = team.schedules[0].clone().with_busy(busy);
    let plan = team.year();
    assert_eq!(plan.occurrences[0].option, 1, "the free one is taken");
    assert_eq!(plan.costs_at(1, 0), [Cost(8), Cost(0)]);
    for occurrence in 0..4 {
        assert_eq!(plan.reason(occurrence), Reason::SuitsAll, "{occurrence}");
    }
}
