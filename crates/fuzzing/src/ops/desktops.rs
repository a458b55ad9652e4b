//! What everybody's desktop makes of what was allowed, and what the endpoint does of it: nothing that one member may write
//! ends another one's program, or the endpoint's.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use samovar_core::views::{self, LocalFacts, OwnSide, PackagesSide, TeamState};
use samovar_core::words::Words;
use samovar_domain::kinds::Series;
use samovar_domain::missed::missed;
use samovar_domain::notices::{Arrival, Hear, NoticeView, notice};
use samovar_domain::reminders::{self, Daily, PeopleDesk};
use samovar_domain::routing::Quiet;
use samovar_domain::schedule::Schedule;
use samovar_domain::series::{self, Kept};
use samovar_domain::{DeviceId, Item, ItemId, MemberId, Timestamp};
use serde::Serialize;

use super::team::{MEMBERS, Team};

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::for_locale("en"));

/// How much later desktops are looked at, in minutes: at once, in a quarter of an hour, tomorrow and in five weeks.
const LATER: [i64; 4] = [0, 15, 24 * 60, 5 * 7 * 24 * 60];

/// Lays everything out at every desktop. What does not hold, panics.
pub(super) fn look(team: &Team) {
    use samovar_domain::check::View as _;
    let (items, written_at) = (team.items(), team.seen_by().now());
    for minutes in LATER {
        let now = written_at.plus_minutes(minutes);
        for me in *MEMBERS {
            Desktop { items: &items, me, now }.show();
        }
        plan(&items, now);
    }
}

struct Desktop<'a> {
    items: &'a [Item],
    me: MemberId,
    now: Timestamp,
}

impl Desktop<'_> {
    fn show(&self) {
        let (me, now) = (self.me, self.now);
        let mut state = TeamState::from_items(self.items.iter().cloned(), me);
        state.add_pair_calls(me, &|_| "A call".to_owned());
        let local = LocalFacts {
            me,
            seen: HashSet::new(),
            waiting: HashSet::new(),
            held: 0,
            missed_since: None,
            someone: "Someone".to_owned(),
        };
        let own = OwnSide {
            me,
            said: HashMap::new(),
            waiting: HashSet::new(),
            someone: local.someone.clone(),
        };
        let packages = PackagesSide {
            me,
            device: DeviceId::derived(&["device"]),
            address: None,
            agreed: HashSet::new(),
            surprises: HashSet::new(),
            waiting: HashSet::new(),
            someone: local.someone.clone(),
        };
        let kudos: Vec<ItemId> = state.kudos.iter().map(|kudos| kudos.id).collect();
        let joined = MEMBERS.map(|member| (member, now));
        is_sent(&views::today(&state, now, &local));
        is_sent(&views::gatherings(&state, me, now, &WORDS));
        is_sent(&views::people(&state, me, now, now));
        is_sent(&views::decisions(&state, now, &own));
        is_sent(&views::group_cards(&state, now, &local, &["#a84a22"]));
        is_sent(&views::packages(self.items, &state, now, &packages));
        is_sent(&views::celebrations(&state, me, now, &local.someone));
        is_sent(&views::celebration_page(&state, me, now, &local.someone));
        is_sent(&views::kudos_cards(&state, &kudos, now, &local));
        is_sent(&views::kudos_desk(&state, &joined, true, now, &local));
        self.tell(&state);
    }

    fn tell(&self, state: &TeamState) {
        let (me, now) = (self.me, self.now);
        missed(self.items, me, now.plus_minutes(-60), now);
        let arrival = Arrival {
            now,
            is_new: true,
            is_first_sync: false,
        };
        for item in self.items {
            notice(item, me, self, Hear::default(), arrival);
        }
        let (gatherings, answers, pairs) = (state.gatherings_at(now), state.answers_of(me), state.pair_desk());
        let people = PeopleDesk::of(self.items, me, now);
        let quiet = Quiet {
            schedule: state.schedule(me),
            quiet_outside_hours: true,
            ..Quiet::default()
        };
        let reminded = reminders::State {
            me,
            gatherings: &gatherings,
            answers: &answers,
            held_since: None,
            pairs: Some(&pairs),
            people: Some(&people),
            daily: Daily::default(),
            snoozed: &[],
            quiet: &quiet,
        };
        for reminder in reminders::plan(reminded, reminders::Settings { gatherings: true }, now) {
            let end = reminder.useless_after;
            assert!(end.is_none_or(|end| end > now), "{reminder:?} is over already");
        }
    }
}

impl NoticeView for Desktop<'_> {
    fn item(&self, id: ItemId) -> Option<Item> {
        self.items.iter().find(|item| item.id == id).cloned()
    }
}

/// A page goes to the screen as JSON.
fn is_sent(page: &impl Serialize) {
    serde_json::to_string(page).expect("what is shown can be sent to a screen");
}

/// The endpoint makes the gatherings of a series.
fn plan(items: &[Item], now: Timestamp) {
    let state = TeamState::from_items(items.iter().cloned(), MEMBERS[0]);
    let people = || state.members.iter().map(|(id, member)| (*id, Schedule::of(member)));
    for (id, plan) in &state.series {
        let mut team = series::Team::new(people(), now);
        let made = series::ahead(*id, plan, &mut team, &mut Kept::default(), now);
        assert_planned(plan, &made, now);
    }
}

fn assert_planned(plan: &Series, made: &[(ItemId, samovar_domain::kinds::Gathering)], now: Timestamp) {
    let distinct: HashSet<ItemId> = made.iter().map(|(id, _)| *id).collect();
    assert_eq!(distinct.len(), made.len(), "two gatherings of {plan:?} with one id");
    for (_, gathering) in made {
        assert!(gathering.ends_at() > now, "{gathering:?} of {plan:?} is over");
    }
}
