//! The main job, told once from beginning to end with pictures of each moment.

mod decision;
mod focus;
mod focus_block;
mod group_card;
mod kudos;
mod package;
mod pair_call;
mod people;
mod share;
mod teatime;
mod thanks_in_public;

use std::io;

pub use decision::{OUTCOME, QUESTION};
pub use group_card::{FRONT, WISH};
pub use package::{ADDRESS, PARCEL, STREET, is_nowhere};

use crate::desktop::Shown;
use crate::people::Team;
use crate::report::Report;

/// How many steps there are.
pub const STEPS: usize = 33;

const BREAD: &str = "First loaf from the new oven";
const THANKS: &str = "Thank you for the calm handover on Friday, I slept so well.";

/// Tells it all, on a Saturday at the present time of day, so that it goes the same way on any day of the week. Ends at the first step that fails.
pub async fn tell(report: &mut Report) -> io::Result<()> {
    let team = report
        .step(
            "An endpoint starts; Ana joins by the printed link, Ben by her invite; both have Samovar in the tray",
            async {
                let team = Team::gather_on_saturday().await?;
                for person in [&team.ana, &team.ben] {
                    person.is_connected().await?;
                    person.computer.hands().rest()?;
                }
                Ok(team)
            },
        )
        .await?;
    if let Err(error) = main_job(report, &team).await {
        // Whoever reads that it failed wants to see where it stood.
        for person in [&team.ana, &team.ben] {
            person
                .computer
                .screen
                .photograph(&report.file(&format!("failed-{}.png", person.name)))?;
        }
        return Err(error);
    }
    report
        .step("Both quit from the tray, and everything ends in order", async {
            for person in [team.ana, team.ben] {
                person.app.quit().await?;
            }
            Ok(())
        })
        .await
}

async fn main_job(report: &mut Report, team: &Team) -> io::Result<()> {
    share::share(report, team).await?;
    kudos::kudos(report, team).await?;
    focus::focus(report, team).await?;
    teatime::teatime(report, team).await?;
    pair_call::pair_call(report, team).await?;
    let until = focus_block::begins(report, team).await?;
    people::across_zones(report, team).await?;
    focus_block::ends(report, team, until).await?;
    thanks_in_public::thanks_in_public(report, team).await?;
    decision::decision(report, team).await?;
    package::package(report, team).await?;
    group_card::group_card(report, team).await
}

fn expect(holds: bool, what: &str, told: &Shown) -> io::Result<()> {
    if holds {
        Ok(())
    } else {
        Err(io::Error::other(format!("not so: {what}; it was {told:?}")))
    }
}
