//! Two people who work apart, each at a computer of their own, and the endpoint of their team.

use std::io;
use std::path::Path;

use chrono::Timelike as _;
use samovar_core::api::{ProfileChange, Request, Response, Status, Today};
use samovar_domain::hours::{Hours, zone_or_utc};
use samovar_domain::{Clock as _, SystemClock};
use serde_json::json;
use tempfile::TempDir;

use crate::desktop::{App, Computer};
use crate::endpoint::Endpoint;

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
        let computer = Computer::on().await?;
        computer
            .done(&["join", link, "--name", name, "--time-zone", zone])
            .await?;
        let app = App::start(&computer).await?;
        let person = Self { name, app, computer };
        person.be_at_work(zone).await?;
        Ok(person)
    }

    /// The story is to go the same way at any time of day on any day of the week.
    async fn be_at_work(&self, zone: &str) -> io::Result<()> {
        let now = SystemClock.now().utc().with_timezone(&zone_or_utc(zone));
        let change = ProfileChange {
            hours: Some(hours_around(now.hour())),
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

    /// What the Today page holds on this desktop.
    pub async fn today(&self) -> io::Result<Today> {
        match self.computer.ask(Request::Today).await? {
            Response::Today(today) => Ok(*today),
            other => Err(io::Error::other(format!("not today: {other:?}"))),
        }
    }
}

/// A working day that began four hours ago, on every day of the week.
fn hours_around(hour: u32) -> Hours {
    let at = |hour: u32| format!("{:02}:00", hour % 24);
    let day = [format!("{}-{}", at(hour + 20), at(hour + 5))];
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
}

impl Team {
    /// Everything from nothing: an endpoint on an empty folder, the owner by the printed link, the other by an invite.
    pub async fn gather() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("samovar-team-").tempdir()?;
        let data = folder.path().join("data");
        std::fs::create_dir(&data)?;
        let (endpoint, owner_invite) = Endpoint::new(&data)?;
        let ana = Person::join("Ana", "Europe/Berlin", &owner_invite).await?;
        let invite = ana.computer.done(&["invite"]).await?;
        let link = invite.split_whitespace().find(|word| word.contains("/join/"));
        let link = link.ok_or_else(|| io::Error::other(format!("no link in: {invite}")))?;
        let ben = Person::join("Ben", "America/Lima", link).await?;
        Ok(Self {
            ana,
            ben,
            endpoint,
            folder,
        })
    }

    /// The endpoint's folder.
    pub fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }
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
