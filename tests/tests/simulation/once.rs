//! What is to happen once, however many nodes do it: the draw of pair calls, and the gatherings of a series.

use std::collections::BTreeSet;
use std::time::Duration;

use samovar_core::api::Request;
use samovar_domain::Timestamp;
use samovar_domain::kinds::{Activity, PairOptIn, Series, Slot, Weekday};
use serde_json::Value;

use crate::people::Memory;
use crate::world::BEGINNING;

/// What people ask for at the beginning: a call each week, and pair calls for everybody.
pub(crate) fn wishes(people: usize) -> Vec<(usize, Request)> {
    let slot = Slot::new(Weekday::Wed, "15:00", "Europe/Berlin");
    let plan = Series::weekly(Activity::Teatime, "Teatime", slot, 30);
    let series = Request::SaveSeries {
        series: None,
        plan: Box::new(plan),
    };
    let wish = |who| {
        let wish = PairOptIn {
            every_weeks: 1,
            paused_until: None,
            skip_week: None,
            topics: Vec::new(),
            not_with: Vec::new(),
        };
        (who, Request::SavePairWish { wish: Some(wish) })
    };
    std::iter::once((0, series)).chain((0..people).map(wish)).collect()
}

/// When pairs were drawn, by the clock of every node.
pub(crate) fn over() -> Timestamp {
    let drawn: Timestamp = BEGINNING.parse().unwrap();
    drawn.plus(Duration::from_secs(15))
}

/// Nobody was drawn twice, everybody once, and no gathering is there twice.
pub(crate) fn all_happened_once(items: &[Value], memory: &Memory) -> Result<(), String> {
    let of_kind = |kind: &'static str| {
        let living = items.iter().filter(|item| !item["body"].is_null());
        living.filter(move |item| item["kind"] == kind)
    };
    let (mut drawn, mut gathered) = (BTreeSet::new(), BTreeSet::new());
    for pairing in of_kind("pairing") {
        for member in pairing["body"]["members"].as_array().into_iter().flatten() {
            let week = pairing["body"]["week"].to_string();
            if !drawn.insert((week, member.as_str().map(ToOwned::to_owned))) {
                return Err(format!("somebody was drawn twice: {pairing}"));
            }
        }
    }
    if drawn.len() < memory.members.len() && memory.left.is_empty() {
        return Err(format!("of {} people {drawn:?} were drawn", memory.members.len()));
    }
    for gathering in of_kind("gathering") {
        let (series, at) = (&gathering["body"]["series"], &gathering["body"]["starts_at"]);
        if !gathered.insert((series.to_string(), at.to_string())) {
            return Err(format!("a gathering is there twice: {gathering}"));
        }
    }
    if gathered.is_empty() && memory.left.is_empty() {
        return Err("there is no gathering".to_owned());
    }
    Ok(())
}
