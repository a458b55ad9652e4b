//! What is on its way in the lively team: Ben asks Ana for her address, Ana sends Dee a mug, and Cleo has tea from her.

use samovar_core::Core;
use samovar_core::api::{PackageDeed, Packages, ProfileChange, Request, Response};
use samovar_domain::kinds::Occasion;
use samovar_domain::{ItemId, MemberId};
use tokio::sync::broadcast::error::RecvError;

use super::{Colleagues, Failure, me, profile};

pub(super) async fn on_their_way(core: &Core, colleagues: &Colleagues) -> Result<(), Failure> {
    let [(_, ben), (_, cleo), (_, dee), _] = &colleagues.cores[..] else {
        return Err("four joined".into());
    };
    for (someone, country) in [(core, "PE"), (ben, "FI"), (cleo, "SG"), (dee, "US")] {
        let country = Some(country.to_owned());
        profile(
            someone,
            ProfileChange {
                country,
                ..ProfileChange::default()
            },
        )
        .await?;
    }
    ask(
        ben,
        me(core).await?,
        Occasion::Thanks,
        "Rye bread, for the release night",
    )
    .await?;
    let tea = ask(core, me(cleo).await?, Occasion::Welcome, "Tea, to begin with").await?;
    agree(cleo, tea, "Cleo Tan\n12 Joo Chiat Place\nSingapore 427750").await?;
    let mug = ask(core, me(dee).await?, Occasion::Other, "A mug from the fair").await?;
    agree(dee, mug, "Dee Harper\n2210 Juniper Street\nPortland, OR 97205").await?;
    has(core, tea, |page, id| {
        page.from_me.iter().any(|card| card.id == id && card.can_open)
    })
    .await?;
    let send = PackageDeed::Send {
        package: tea,
        carrier: "Serpost".to_owned(),
        tracking: Some("https://tracking.example.org/PE204".to_owned()),
    };
    core.call(Request::Package { deed: send }).await?;
    has(core, mug, |page, id| {
        page.from_me.iter().any(|card| card.id == id && card.can_open)
    })
    .await
}

async fn ask(by: &Core, to: MemberId, occasion: Occasion, words: &str) -> Result<ItemId, Failure> {
    let words = words.to_owned();
    let deed = PackageDeed::Ask { to, occasion, words };
    match by.call(Request::Package { deed }).await? {
        Response::Shared { item } => Ok(item),
        other => Err(format!("expected a package, not {other:?}").into()),
    }
}

async fn agree(by: &Core, package: ItemId, address: &str) -> Result<(), Failure> {
    has(by, package, |page, id| page.to_me.iter().any(|card| card.id == id)).await?;
    let address = address.to_owned();
    let deed = PackageDeed::Agree { package, address };
    by.call(Request::Package { deed }).await?;
    Ok(())
}

/// Waits until a package is on somebody's page as wanted.
async fn has(on: &Core, package: ItemId, is_so: fn(&Packages, ItemId) -> bool) -> Result<(), Failure> {
    let mut changes = on.changes();
    loop {
        match on.call(Request::Packages).await? {
            Response::Packages(page) if is_so(&page, package) => return Ok(()),
            Response::Packages(_) => {}
            other => return Err(format!("expected the Packages page, not {other:?}").into()),
        }
        // To have missed some is to know that there was something.
        if matches!(changes.recv().await, Err(RecvError::Closed)) {
            return Err("the core has ended".into());
        }
    }
}
