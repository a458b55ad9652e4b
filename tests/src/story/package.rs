//! A parcel: asked for, agreed to, with an address that nobody but its reader ever has in plain words.

use std::io;
use std::path::Path;

use samovar_core::api::{PackageCard, PackageDeed, Packages, Request, Response};
use samovar_domain::ItemId;
use samovar_domain::kinds::{Occasion, PackageProgress};
use samovar_testkit::files_with;

use crate::people::{Person, Team};
use crate::report::Report;
use crate::wait::eventually;

/// What Ana would like to send.
pub const PARCEL: &str = "A mug from the fair, for you";
/// Where it goes.
pub const ADDRESS: &str = "Ben Virtanen\nMerikatu 7 B 12\n00140 Helsinki";
/// What would give the address away.
pub const STREET: &str = "Merikatu";

pub(super) async fn package(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let (asked, agreed) = (report.file("package-asked.png"), report.file("package-agreed.png"));
    let package = report
        .step("Ana asks Ben whether she may send him something", async {
            let package = ana.asks_to_send(ben).await?;
            ben.computer.notifications.saying(PARCEL).await?;
            ben.shows("packages").await?;
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&asked)?;
            Ok(package)
        })
        .await?;
    report
        .step("Ben agrees, and his address comes sealed to Ana's computer", async {
            ben.agrees_to(package, ADDRESS).await?;
            ana.has_address(package).await?;
            ana.shows("packages").await?;
            ana.computer.screen.settle().await?;
            ana.computer.screen.photograph(&agreed)
        })
        .await?;
    let opened = report.file("package-opened.png");
    report
        .step(
            "Ana opens it, and Ben sees that; nothing that the endpoint keeps has his street",
            async {
                let address = ana.opens(package).await?;
                if address != ADDRESS {
                    return Err(io::Error::other(format!("this is not where Ben lives: {address}")));
                }
                ben.sees_opened(package).await?;
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&opened)?;
                is_nowhere(STREET, team.folder.path())
            },
        )
        .await
}

/// Nothing in a folder, in whatever file, says these words.
pub fn is_nowhere(words: &str, folder: &Path) -> io::Result<()> {
    match files_with(folder, words).first() {
        Some(file) => Err(io::Error::other(format!("{} says {words}", file.display()))),
        None => Ok(()),
    }
}

impl Person {
    /// Asks this other one whether they would like a parcel.
    pub async fn asks_to_send(&self, other: &Person) -> io::Result<ItemId> {
        let recipients = self.packages().await?.recipients;
        let to = recipients.iter().find(|one| one.person.name == other.name);
        let to = to.ok_or_else(|| io::Error::other("there is nobody to send to"))?;
        let deed = PackageDeed::Ask {
            to: to.person.id,
            occasion: Occasion::Other,
            words: PARCEL.to_owned(),
        };
        match self.computer.ask(Request::Package { deed }).await? {
            Response::Shared { item } => Ok(item),
            answer => Err(io::Error::other(format!("nothing was asked: {answer:?}"))),
        }
    }

    /// Agrees, with an address.
    pub async fn agrees_to(&self, package: ItemId, address: &str) -> io::Result<()> {
        let address = address.to_owned();
        let deed = PackageDeed::Agree { package, address };
        self.computer.ask(Request::Package { deed }).await.map(|_| ())
    }

    /// Waits until the address for a package of one's own is here.
    pub async fn has_address(&self, package: ItemId) -> io::Result<()> {
        self.has_package("the address", package, |card| card.can_open).await
    }

    /// Waits until it is seen that one's address was opened.
    pub async fn sees_opened(&self, package: ItemId) -> io::Result<()> {
        self.has_package("that the address was opened", package, |card| !card.opened.is_empty())
            .await
    }

    /// Waits until the other has the package.
    pub async fn sees_received(&self, package: ItemId) -> io::Result<()> {
        let is_there = |card: &PackageCard| card.progress == PackageProgress::Received;
        self.has_package("that the package is there", package, is_there).await
    }

    /// Opens the address.
    pub async fn opens(&self, package: ItemId) -> io::Result<String> {
        let deed = PackageDeed::Open { package };
        match self.computer.ask(Request::Package { deed }).await? {
            Response::Address { address } => Ok(address),
            answer => Err(io::Error::other(format!("no address: {answer:?}"))),
        }
    }

    async fn has_package(&self, what: &str, package: ItemId, is_so: fn(&PackageCard) -> bool) -> io::Result<()> {
        eventually(what, async || {
            let page = self.packages().await.ok()?;
            let mut cards = page.to_me.iter().chain(&page.from_me);
            cards.any(|card| card.id == package && is_so(card)).then_some(())
        })
        .await
    }

    async fn packages(&self) -> io::Result<Packages> {
        match self.computer.ask(Request::Packages).await? {
            Response::Packages(page) => Ok(*page),
            other => Err(io::Error::other(format!("not the packages: {other:?}"))),
        }
    }
}
