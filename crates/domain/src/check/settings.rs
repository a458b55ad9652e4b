//! What admins set for the whole team.

use std::collections::HashSet;

use super::check_zone;
use crate::Problem;
use crate::kinds::TeamSettings;

/// Checks all that this version knows.
pub(super) fn check_settings(settings: &TeamSettings) -> Result<(), Problem> {
    settings.time_zone.as_deref().map_or(Ok(()), check_zone)?;
    let fits =
        |number: Option<u32>, range: std::ops::RangeInclusive<u32>| number.is_none_or(|number| range.contains(&number));
    if !fits(settings.decision_working_hours, 1..=80) || !fits(settings.decision_hours, 1..=720) {
        return Err(Problem::new(
            "bad_decision_hours",
            "Everyone has 1 to 80 of their working hours to be heard, and 1 to 720 hours overall.",
        ));
    }
    if !fits(settings.celebration_lead_days, 1..=60) {
        return Err(Problem::new(
            "bad_lead",
            "Coordinators hear of a celebration 1 to 60 days ahead.",
        ));
    }
    if let Some(pulse) = &settings.pulse
        && !fits(pulse.open_days, 3..=21)
    {
        return Err(Problem::new("bad_pulse_days", "A round is open for 3 to 21 days."));
    }
    let distinct: HashSet<_> = settings.coordinators.iter().collect();
    if settings.coordinators.len() > 20 || distinct.len() < settings.coordinators.len() {
        return Err(Problem::new(
            "bad_coordinators",
            "A team has at most twenty coordinators, each named once.",
        ));
    }
    Ok(())
}
