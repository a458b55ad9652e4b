//! Why a gathering is at its time of the week, in words.

use samovar_domain::kinds::{Rotate, Series, SlotReason};

use super::{FluentValue, Words};

impl Words {
    /// Why a gathering is at the slot it is at. The places are cities where those live whom it spares, and those who
    /// take their turn; `None` when there is nothing to say.
    pub fn slot_reason(&self, why: &SlotReason, spared: &[String], taking: &[String]) -> Option<String> {
        let places = |cities: &[String]| FluentValue::from(self.join_names(cities));
        Some(match why {
            SlotReason::Turn { .. } => match (spared.is_empty(), taking.is_empty()) {
                (false, false) => self.say("slot-turn", &[("spared", places(spared)), ("taking", places(taking))]),
                (false, true) => self.say("slot-spared", &[("spared", places(spared))]),
                (true, false) => self.say("slot-taking", &[("taking", places(taking))]),
                (true, true) => return None,
            },
            SlotReason::Stays => self.say("slot-stays", &[]),
            SlotReason::SuitsAll => self.say("slot-suits-all", &[]),
            SlotReason::Sitting => self.say("slot-sitting", &[]),
        })
    }

    /// How the times of a series take turns; `None` when it has one only.
    pub fn rotation(&self, plan: &Series) -> Option<String> {
        if plan.more_slots.is_empty() {
            return None;
        }
        let key = match (plan.two_sittings, plan.rotate) {
            (true, _) => "rotation-two-sittings",
            (false, Rotate::Each) => "rotation-each",
            (false, Rotate::Monthly) => "rotation-monthly",
        };
        Some(self.say(key, &[("count", (plan.more_slots.len() + 1).into())]))
    }
}
