//! Days to celebrate in the lively team: one today, which all may know, and two that are near.

use chrono::{Datelike as _, Days, NaiveDate};
use samovar_core::Core;
use samovar_core::api::Request;
use samovar_domain::hours::zone_or_utc;
use samovar_domain::kinds::{Celebration, DayOfYear};
use samovar_domain::{Clock as _, SystemClock};

use super::{Colleagues, Failure, me};

fn day_of(date: NaiveDate) -> DayOfYear {
    DayOfYear {
        month: date.month(),
        day: date.day(),
    }
}

/// Dee has her birthday today; Cleo has hers in nine days, and Ben will have been in the team for two years in three. The
/// person in front of the screen coordinates.
pub(super) async fn celebrate(core: &Core, colleagues: &Colleagues) -> Result<(), Failure> {
    let [(_, ben), (_, cleo), (_, dee), _] = &colleagues.cores[..] else {
        return Err("four joined".into());
    };
    // The team's zone is its first owner's.
    let today = SystemClock
        .now()
        .utc()
        .with_timezone(&zone_or_utc("America/Lima"))
        .date_naive();
    let near = today + Days::new(3);
    let birthday = |date| Celebration {
        birthday: Some(day_of(date)),
        ..Celebration::default()
    };
    let years = Celebration {
        joined_on: near
            .with_year(near.year() - 2)
            .or_else(|| near.with_day(28)?.with_year(near.year() - 2)),
        ..Celebration::default()
    };
    let told = Celebration {
        tell_team: true,
        ..birthday(today)
    };
    let coordinators = vec![me(core).await?];
    core.call(Request::SaveCelebrationRules {
        coordinators,
        lead_days: 10,
    })
    .await?;
    for (colleague, celebration) in [(dee, told), (cleo, birthday(today + Days::new(9))), (ben, years)] {
        colleague.call(Request::SaveCelebration { celebration }).await?;
    }
    Ok(())
}
