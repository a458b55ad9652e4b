//! The team across zones, and a look ahead.

use std::io;
use std::path::Path;

use crate::people::Team;
use crate::report::Report;
use crate::wait::eventually;

pub(super) async fn across_zones(report: &mut Report, team: &Team) -> io::Result<()> {
    let ana = &team.ana;
    let (now, ahead) = (report.file("people.png"), report.file("people-ahead.png"));
    report
        .step("Mai joins from Hanoi; Ana sees everybody's day on one axis", async {
            team.takes_in("Mai", "Asia/Ho_Chi_Minh").await?;
            eventually("Mai to arrive", async || {
                let today = ana.today().await.ok()?;
                today.people.iter().any(|now| now.person.name == "Mai").then_some(())
            })
            .await?;
            ana.shows("people").await?;
            ana.computer.screen.photograph(&now)
        })
        .await?;
    report
        .step(
            "She looks ahead with the arrow keys, and every clock goes along",
            async {
                let hands = ana.computer.hands();
                // Past the norms and the day after, to the slider.
                for key in [
                    "Tab",
                    "Tab",
                    "Tab",
                    "shift+Right",
                    "shift+Right",
                    "shift+Right",
                    "Right",
                ] {
                    hands.press(key)?;
                }
                ana.computer.screen.settle().await?;
                ana.computer.screen.photograph(&ahead)?;
                if has_changed(&now, &ahead)? {
                    Ok(())
                } else {
                    Err(io::Error::other("the slider has not moved"))
                }
            },
        )
        .await
}

/// Whether two pictures of a screen differ in more than a cursor or a clock.
fn has_changed(one: &Path, other: &Path) -> io::Result<bool> {
    let open = |path| image::open(path).map_err(io::Error::other);
    let (one, other) = (open(one)?.into_rgb8(), open(other)?.into_rgb8());
    let changed = one.pixels().zip(other.pixels()).filter(|(one, other)| one != other);
    Ok(changed.count() > 3000)
}
