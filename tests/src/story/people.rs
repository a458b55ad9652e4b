//! The team across zones, and a look ahead.

use std::io;
use std::path::Path;

use samovar_core::api::Request;
use samovar_domain::kinds::{Channel, Norms};

use crate::people::{Person, Team};
use crate::report::Report;
use crate::wait::eventually;

/// Where the heading is in the main window.
const HEADING: [u32; 2] = [147, 40];

pub(super) async fn across_zones(report: &mut Report, team: &Team) -> io::Result<()> {
    let ana = &team.ana;
    let (now, ahead) = (report.file("people.png"), report.file("people-ahead.png"));
    report
        .step("Mai joins from Hanoi; Ana sees everybody's day on one axis", async {
            ana.agrees_on_norms().await?;
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
                let [left, top, ..] = hands.main_window().ok_or_else(|| io::Error::other("no window"))?;
                let heading = (left + HEADING[0], top + HEADING[1]);
                hands.click(heading.0.cast_signed(), heading.1.cast_signed(), 1)?;
                hands.rest()?;
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

impl Person {
    /// Writes down, as an admin, when the team may expect an answer.
    pub async fn agrees_on_norms(&self) -> io::Result<()> {
        let norms = Norms {
            channels: vec![Channel {
                name: "Chat".to_owned(),
                when: "Questions of the day".to_owned(),
                reply_within_hours: Some(4),
            }],
            ..Norms::default()
        };
        self.computer.ask(Request::SaveNorms { norms }).await.map(|_| ())
    }
}

/// Whether two pictures of a screen differ in more than a cursor or a clock.
fn has_changed(one: &Path, other: &Path) -> io::Result<bool> {
    let open = |path| image::open(path).map_err(io::Error::other);
    let (one, other) = (open(one)?.into_rgb8(), open(other)?.into_rgb8());
    let changed = one.pixels().zip(other.pixels()).filter(|(one, other)| one != other);
    Ok(changed.count() > 3000)
}
