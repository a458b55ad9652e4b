//! The team's norms.

use std::collections::HashSet;

use crate::Problem;
use crate::kinds::{Channel, Norms};
use crate::text::{NAME_MAX, WORDS_MAX, check_name, check_words};

/// Checks the whole page.
pub(super) fn check_norms(norms: &Norms) -> Result<(), Problem> {
    if norms.channels.len() > 20 {
        return Err(Problem::new(
            "too_many_channels",
            "The norms hold at most twenty channels.",
        ));
    }
    norms.channels.iter().try_for_each(check_channel)?;
    let distinct: HashSet<_> = norms.channels.iter().map(|channel| channel.name.trim()).collect();
    if distinct.len() < norms.channels.len() {
        return Err(Problem::new("doubled_channel", "Two channels have the same name."));
    }
    check_words("norms for meetings", &norms.meetings, WORDS_MAX)
}

fn check_channel(channel: &Channel) -> Result<(), Problem> {
    check_name("channel's name", &channel.name, NAME_MAX)?;
    check_words("words on when to use it", &channel.when, 500)?;
    if channel
        .reply_within_hours
        .is_none_or(|hours| (1..=200).contains(&hours))
    {
        Ok(())
    } else {
        Err(Problem::new(
            "bad_reply_hours",
            "A reply is expected within 1 to 200 working hours.",
        ))
    }
}
