//! Two people who work apart, each at a computer of their own, and the endpoint of their team.

use std::io;
use std::path::Path;
use std::time::Duration;

use chrono::{Datelike as _, Timelike as _};
use samovar_core::api::{
    Connection, Gatherings, ProfileChange, Request, Response, Settings, Status, Today, ZoneAnswer,
};
use samovar_domain::hours::{Hours, zone_or_utc};
use samovar_domain::{Clock as _, SystemClock, Timestamp};
use samovar_server::operate_mirrors::Reach;
use serde_json::json;
use tempfile::TempDir;

use crate::desktop::{App, Computer, Lacks};
use crate::endpoint::Endpoint;
use crate::wait::eventually;

/// Somebody at a computer on which Samovar runs.
#[derive(Debug)]
pub struct Person {
    /// What the team calls them.
    pub name: &'static str,
    // The application is dropped before the computer that it runs on.
    /// Samovar.
    pub app: App,
    /// The computer.
    pub computer: Computer,
}

impl Person {
    /// Sits down at a new computer, joins with a link, and starts Samovar.
    pub async fn join(name: &'static str, zone: &str, link: &str) -> io::Result<Self> {
        Self::join_at(Computer::on().await?, name, zone, link).await
    }

    async fn join_at(computer: Computer, name: &'static str, zone: &str, link: &str) -> io::Result<Self> {
        computer
            .done(&["join", link, "--name", name, "--time-zone", zone])
            .await?;
        let app = App::start(&computer).await?;
        let person = Self { name, app, computer };
        person.be_at_work(zone).await?;
        person.stay().await?;
        Ok(person)
    }

    /// These computers all keep the time of the machine; nobody is to be asked whether they have moved there.
    async fn stay(&self) -> io::Result<()> {
        let time_zone = self.settings().await?.system_time_zone;
        let answer = ZoneAnswer::Leave;
        self.computer
            .ask(Request::AnswerZone { time_zone, answer })
            .await
            .map(|_| ())
    }

    /// The story is to go the same way at any time of day on any day of the week.
    async fn be_at_work(&self, zone: &str) -> io::Result<()> {
        let now = self.computer.now().utc().with_timezone(&zone_or_utc(zone));
        self.work(hours_from(now.hour() + 20)).await
    }

    /// Goes home: the working day is over, and the next one begins in eight hours.
    pub async fn go_home(&self) -> io::Result<()> {
        let zone = self.settings().await?.profile.map(|profile| profile.time_zone);
        let now = self
            .computer
            .now()
            .utc()
            .with_timezone(&zone_or_utc(&zone.unwrap_or_default()));
        self.work(hours_from(now.hour() + 8)).await
    }

    /// Is at work again.
    pub async fn come_back(&self) -> io::Result<()> {
        let zone = self.settings().await?.profile.map(|profile| profile.time_zone);
        self.be_at_work(&zone.unwrap_or_default()).await
    }

    async fn work(&self, hours: Hours) -> io::Result<()> {
        let change = ProfileChange {
            hours: Some(hours),
            ..ProfileChange::default()
        };
        self.computer.ask(Request::ChangeProfile { change }).await.map(|_| ())
    }

    /// How things stand on this desktop.
    pub async fn status(&self) -> io::Result<Status> {
        match self.computer.ask(Request::Status).await? {
            Response::Status(status) => Ok(*status),
            other => Err(io::Error::other(format!("not a status: {other:?}"))),
        }
    }

    /// What is set on this desktop.
    pub async fn settings(&self) -> io::Result<Settings> {
        self.computer.settings().await
    }

    /// What the Gatherings page holds on this desktop.
    pub async fn gatherings(&self) -> io::Result<Gatherings> {
        match self.computer.ask(Request::Gatherings).await? {
            Response::Gatherings(gatherings) => Ok(*gatherings),
            other => Err(io::Error::other(format!("not the gatherings: {other:?}"))),
        }
    }

    /// Waits until all that was written here is with the endpoint.
    pub async fn has_sent(&self) -> io::Result<()> {
        eventually("everything to be sent", async || {
            (self.status().await.ok()?.waiting.ops == 0).then_some(())
        })
        .await
    }

    /// What the Today page holds on this desktop.
    pub async fn today(&self) -> io::Result<Today> {
        match self.computer.ask(Request::Today).await? {
            Response::Today(today) => Ok(*today),
            other => Err(io::Error::other(format!("not today: {other:?}"))),
        }
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

    /// Has this view in the main window, drawn and at rest.
    pub async fn shows(&self, view: &str) -> io::Result<()> {
        self.computer.done(&["--show", view]).await?;
        self.has_window().await
    }

    /// Clicks the tray's icon, and waits for the popover.
    pub async fn open_popover(&self) -> io::Result<()> {
        self.computer.hands().click_icon(1)?;
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
                Response::Draft(draft) => (draft.photos.len() == photos).then_some(()),
                _ => None,
            }
        })
        .await
    }
}

impl Computer {
    /// What is set on this desktop.
    pub async fn settings(&self) -> io::Result<Settings> {
        match self.ask(Request::Settings).await? {
            Response::Settings(settings) => Ok(*settings),
            other => Err(io::Error::other(format!("not the settings: {other:?}"))),
        }
    }
}

/// A working day of nine hours that begins at this hour, on every day of the week.
fn hours_from(hour: u32) -> Hours {
    let at = |hour: u32| format!("{:02}:00", hour % 24);
    let day = [format!("{}-{}", at(hour), at(hour + 9))];
    serde_json::from_value(json!({
        "mon": day, "tue": day, "wed": day, "thu": day, "fri": day, "sat": day, "sun": day,
    }))
    .expect("these are hours")
}

/// A team of two.
#[derive(Debug)]
pub struct Team {
    /// Who hosts the team's endpoint and owns it.
    pub ana: Person,
    /// Who joined later.
    pub ben: Person,
    /// The endpoint.
    pub endpoint: Endpoint,
    /// Holds the endpoint's folder; gone with the value.
    pub folder: TempDir,
    ahead: Duration,
}

impl Team {
    /// Everything from nothing: an endpoint on an empty folder, the owner by the printed link, the other by an invite.
    pub async fn gather() -> io::Result<Self> {
        Self::gather_ahead(Duration::ZERO).await
    }

    /// The same on a Saturday at this time of day: the week's draw of pair calls is nothing that a new team has missed.
    pub async fn gather_on_saturday() -> io::Result<Self> {
        let today = SystemClock.now().utc().weekday();
        Self::gather_ahead(Duration::from_hours(24) * chrono::Weekday::Sat.days_since(today)).await
    }

    async fn gather_ahead(ahead: Duration) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("samovar-team-").tempdir()?;
        let data = folder.path().join("data");
        std::fs::create_dir(&data)?;
        let (endpoint, owner_invite) = Endpoint::prepared(&data, |command| {
            command
                .env(SystemClock::AHEAD, ahead.as_secs().to_string())
                .env(Reach::HERE, "1");
        })?;
        let computer = Computer::ahead(ahead).await?;
        let ana = Person::join_at(computer, "Ana", "Europe/Berlin", &owner_invite).await?;
        let link = invite(&ana.computer).await?;
        let computer = Computer::ahead(ahead).await?;
        let ben = Person::join_at(computer, "Ben", "America/Lima", &link).await?;
        Ok(Self {
            ana,
            ben,
            endpoint,
            folder,
            ahead,
        })
    }

    /// What time it is for all of them.
    pub fn now(&self) -> Timestamp {
        SystemClock.now().plus(self.ahead)
    }

    /// Somebody more, who has joined from a terminal and whose computer is off again.
    pub async fn takes_in(&self, name: &str, zone: &str) -> io::Result<()> {
        let link = invite(&self.ana.computer).await?;
        let nothing = Lacks {
            tray: true,
            notifications: true,
        };
        let computer = Computer::without_and_ahead(nothing, self.ahead).await?;
        computer
            .done(&["join", &link, "--name", name, "--time-zone", zone])
            .await
            .map(|_| ())
    }

    /// The endpoint's folder.
    pub fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }
}

/// A link that lets one more in.
async fn invite(admin: &Computer) -> io::Result<String> {
    let said = admin.done(&["invite"]).await?;
    let link = said.split_whitespace().find(|word| word.contains("/join/"));
    link.map(str::to_owned)
        .ok_or_else(|| io::Error::other(format!("no link in: {said}")))
}

/// Writes a photo into a person's home folder and answers its path.
pub fn photo(computer: &Computer, name: &str, bytes: &[u8]) -> io::Result<std::path::PathBuf> {
    let path = computer.home().join(name);
    std::fs::write(&path, bytes)?;
    Ok(path)
}

/// The same photo as programs put it on the clipboard.
pub fn as_png(jpeg: &[u8], file: &Path) -> io::Result<()> {
    let picture = image::load_from_memory(jpeg).map_err(io::Error::other)?;
    picture.save(file).map_err(io::Error::other)
}
