//! The main job, told once from beginning to end with pictures of each moment.

use std::io;
use std::time::{Duration, Instant};

use chrono_tz::Tz;
use samovar_core::api::{Connection, PersonState, Request};
use samovar_domain::kinds::{Activity, Series, Slot, Weekday};
use samovar_domain::{Clock as _, SystemClock};
use samovar_testkit::photos;

use crate::desktop::{Computer, Shown};
use crate::people::{Person, Team, as_png};
use crate::report::Report;
use crate::wait::eventually;

/// How many steps there are.
pub const STEPS: usize = 14;

/// Where the tray's icon is: at the right end of the panel.
const ICON: (i32, i32) = (1265, 15);

const BREAD: &str = "First loaf from the new oven";
const THANKS: &str = "Thank you for the calm handover on Friday, I slept so well.";

/// Tells it all. Ends at the first step that fails.
pub async fn tell(report: &mut Report) -> io::Result<()> {
    let team = report
        .step(
            "An endpoint starts; Ana joins by the printed link, Ben by her invite; both have Samovar in the tray",
            async {
                let team = Team::gather().await?;
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
    share(report, team).await?;
    kudos(report, team).await?;
    focus(report, team).await?;
    teatime(report, team).await
}

async fn share(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let hands = ana.computer.hands();
    let picture = report.file("popover.png");
    report
        .step("Ana clicks the icon, writes a few words and pastes a photo", async {
            let bread = ana.computer.home().join("bread.png");
            as_png(photos::KITCHEN, &bread)?;
            hands.copy_picture(&bread)?;
            ana.open_popover().await?;
            hands.type_words(BREAD)?;
            hands.press("ctrl+v")?;
            ana.has_prepared(1).await?;
            ana.computer.screen.settle().await?;
            ana.computer.screen.photograph(&picture)
        })
        .await?;
    let mut ms = 0;
    report
        .step("She shares it; Ben's desktop tells him", async {
            let shared = Instant::now();
            hands.press("ctrl+Return")?;
            let told = ben.computer.notifications.saying(BREAD).await?;
            ms = told.at.duration_since(shared).as_millis();
            expect(told.title.contains("Ana"), "the notification says who shared", &told)?;
            expect(told.has_picture, "the notification shows the photo", &told)
        })
        .await?;
    report.share_took(ms)?;
    hands.press("Escape")?;
    let (notification, menu) = (report.file("notification.png"), report.file("tray-menu.png"));
    report
        .step("It is on his screen; so is the tray's menu", async {
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&notification)?;
            let hands = ben.computer.hands();
            hands.click(ICON.0, ICON.1, 3)?;
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&menu)?;
            hands.press("Escape")
        })
        .await?;
    let (today_of_ben, today_of_ana) = (report.file("today-ben.png"), report.file("today-ana.png"));
    report
        .step("The photo is on both Today pages", async {
            for (person, picture) in [(ben, &today_of_ben), (ana, &today_of_ana)] {
                person.app.tray.choose(&["Open Samovar"]).await?;
                person.has_window().await?;
                person.computer.hands().rest()?;
                person.computer.screen.settle().await?;
                person.computer.screen.photograph(picture)?;
                let today = person.today().await?;
                if !format!("{:?}", today.days).contains(BREAD) {
                    return Err(io::Error::other(format!(
                        "{} does not see it: {:?}",
                        person.name, today.days
                    )));
                }
            }
            Ok(())
        })
        .await
}

async fn kudos(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let (writing, arrived) = (report.file("kudos.png"), report.file("kudos-notification.png"));
    report
        .step("Ben thanks Ana from his popover", async {
            ben.app.tray.choose(&["Give kudos"]).await?;
            ben.has_popover().await?;
            let hands = ben.computer.hands();
            hands.type_words(THANKS)?;
            hands.press("Tab")?;
            hands.type_words("Ana")?;
            hands.press("Return")?;
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&writing)?;
            hands.press("ctrl+Return")?;
            hands.press("Escape")?;
            let told = ana.computer.notifications.saying(THANKS).await?;
            expect(told.title.contains("Ben"), "the notification says who thanks", &told)
        })
        .await?;
    report
        .step("Ana sees it at once", async {
            ana.computer.screen.settle().await?;
            ana.computer.screen.photograph(&arrived)
        })
        .await
}

async fn focus(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let (heads_down, popover) = (report.file("focus.png"), report.file("focus-popover.png"));
    let before = ana.app.tray.icon().await?;
    report
        .step(
            "Ana turns on focus for 25 minutes in the tray; the icon shows it",
            async {
                ana.app.tray.choose(&["Focus", "25"]).await?;
                let changed = async || (ana.app.tray.icon().await.ok()? != before).then_some(());
                eventually("another icon", changed).await?;
                ana.app.tray.line(&["Focus", "End"]).await?;
                ana.app.tray.choose(&["Focus", "Until"]).await?;
                ana.has_popover().await?;
                ana.computer.screen.settle().await?;
                ana.computer.screen.photograph(&popover)?;
                ana.computer.hands().press("Escape")
            },
        )
        .await?;
    report
        .step("Ben sees until when she is heads-down", async {
            eventually("Ana to be in focus for Ben", async || {
                let today = ben.today().await.ok()?;
                let ana = today.people.iter().find(|now| now.person.name == "Ana")?;
                matches!(ana.state, PersonState::Focusing { .. }).then_some(())
            })
            .await?;
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&heads_down)
        })
        .await?;
    let told_before = ana.computer.notifications.all().len();
    report
        .step("Ben shares twice meanwhile; her notifications wait", async {
            ben.computer
                .done(&["share", "The llama is back at the bus stop"])
                .await?;
            ben.computer.done(&["share", "Rain at last, the garden cheers"]).await?;
            eventually("two to wait for Ana", async || {
                (ana.status().await.ok()?.held == 2).then_some(())
            })
            .await?;
            match &ana.computer.notifications.all()[told_before..] {
                [] => Ok(()),
                told => Err(io::Error::other(format!("she was disturbed: {told:?}"))),
            }
        })
        .await?;
    let digest = report.file("digest.png");
    report
        .step("The focus ends, and all that waited comes as one digest", async {
            ana.app.tray.choose(&["Focus", "End"]).await?;
            let told = eventually("the digest", async || {
                ana.computer.notifications.all().get(told_before).cloned()
            })
            .await?;
            expect(
                told.title.contains('2') || told.body.contains('2'),
                "the digest counts two",
                &told,
            )?;
            ana.computer.screen.settle().await?;
            ana.computer.screen.photograph(&digest)
        })
        .await
}

async fn teatime(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let announced = report.file("teatime.png");
    report
        .step(
            "The weekly teatime is near; both desktops announce it with a Join button",
            async {
                ana.computer
                    .ask(Request::SaveSeries {
                        series: None,
                        plan: teatime_soon().into(),
                    })
                    .await?;
                for person in [ana, ben] {
                    let told = person.computer.notifications.saying("Teatime").await?;
                    expect(told.labels().contains(&"Join"), "it has a Join button", &told)?;
                }
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&announced)
            },
        )
        .await?;
    report
        .step("Ben presses Join, and the call opens in his browser", async {
            let told = ben.computer.notifications.saying("Teatime").await?;
            ben.computer.hands().press_button(&told, "Join")?;
            let opened = eventually("the browser to open", async || ben.computer.opened_links().pop()).await?;
            if opened == LINK {
                Ok(())
            } else {
                Err(io::Error::other(format!("it opened {opened}")))
            }
        })
        .await
}

const LINK: &str = "https://meet.example.org/teatime";

/// A weekly teatime whose next one begins in some minutes.
pub fn teatime_soon() -> Series {
    use chrono::{Datelike as _, Timelike as _};
    let zone = Tz::Europe__Berlin;
    let soon = (SystemClock.now().utc() + Duration::from_mins(8)).with_timezone(&zone);
    Series {
        link: Some(LINK.to_owned()),
        ..Series::weekly(
            Activity::Teatime,
            "Teatime",
            Slot::new(
                [
                    Weekday::Mon,
                    Weekday::Tue,
                    Weekday::Wed,
                    Weekday::Thu,
                    Weekday::Fri,
                    Weekday::Sat,
                    Weekday::Sun,
                ][soon.weekday().num_days_from_monday() as usize],
                &format!("{:02}:{:02}", soon.hour(), soon.minute()),
                zone.name(),
            ),
            30,
        )
    }
}

fn expect(holds: bool, what: &str, told: &Shown) -> io::Result<()> {
    if holds {
        Ok(())
    } else {
        Err(io::Error::other(format!("not so: {what}; it was {told:?}")))
    }
}

impl Person {
    /// Waits until this desktop is in touch with the endpoint.
    pub async fn is_connected(&self) -> io::Result<()> {
        eventually("a connection", async || {
            matches!(self.status().await.ok()?.connection, Connection::Online).then_some(())
        })
        .await
    }

    /// Clicks the tray's icon, and waits for the popover.
    pub async fn open_popover(&self) -> io::Result<()> {
        self.computer.hands().click(ICON.0, ICON.1, 1)?;
        self.has_popover().await
    }

    /// Waits until the main window is on the screen and drawn.
    pub async fn has_window(&self) -> io::Result<()> {
        self.computer.has_window().await
    }

    /// Waits until the popover is on the screen and drawn.
    pub async fn has_popover(&self) -> io::Result<()> {
        self.computer.has_popover().await
    }

    /// Waits until so many photos are prepared for the snapshot that is being written.
    pub async fn has_prepared(&self, photos: usize) -> io::Result<()> {
        eventually("the photo to be prepared", async || {
            match self.computer.ask(Request::Draft).await.ok()? {
                samovar_core::api::Response::Draft(draft) => (draft.photos.len() == photos).then_some(()),
                _ => None,
            }
        })
        .await
    }
}

impl Computer {
    /// Waits until the main window is on the screen and drawn.
    pub async fn has_window(&self) -> io::Result<()> {
        eventually("the main window", async || {
            let window = self.hands().main_window()?;
            self.screen.is_drawn(window).then_some(())
        })
        .await?;
        self.screen.settle().await
    }

    /// Waits until the popover is on the screen and drawn.
    pub async fn has_popover(&self) -> io::Result<()> {
        eventually("the popover", async || {
            let popover = self.hands().popover()?;
            self.screen.is_drawn(popover).then_some(())
        })
        .await?;
        self.screen.settle().await
    }

    /// Waits until the popover is away.
    pub async fn has_no_popover(&self) -> io::Result<()> {
        eventually("the popover to go", async || {
            self.hands().popover().is_none().then_some(())
        })
        .await
    }

    /// The links that programs opened in the browser.
    pub fn opened_links(&self) -> Vec<String> {
        let links = std::fs::read_to_string(self.home().join("opened-links")).unwrap_or_default();
        links.lines().map(str::to_owned).collect()
    }
}
