//! The domain's rules as stories and properties, in one binary so that they build quickly.

#![expect(clippy::unwrap_used, reason = "in a test an unwrap that fails is the failure")]

mod audience;
mod busy;
mod cards;
mod celebrations;
mod check;
mod decisions;
mod digest;
mod erasing;
mod focus_blocks;
mod focus_days;
mod given;
mod hiding;
mod hours;
mod ids;
mod in_the_call;
mod inconvenience;
mod missed;
mod notices;
mod overlap;
mod packages;
mod pair_calls;
mod people_desk;
mod profile;
mod pulse;
mod reminders;
mod reply_by;
mod rooms;
mod rotation;
mod round_trips;
mod routing;
mod schedule;
mod series;
mod snapshot_prompt;
mod thanks;
mod voices;
mod zone_change;
