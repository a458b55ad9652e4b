//! Cards that the lively team writes: one that is open, and one that Ana was given.

use samovar_core::Core;
use samovar_core::api::{PhotoSource, Request, Response, SharedPhoto};
use samovar_domain::ItemId;
use samovar_domain::kinds::{Doodle, Occasion, Stroke};

use super::{Colleagues, Failure, me};
use crate::{PATIENCE, photos};

/// Ben begins a card for Eli, on which Cleo and Dee write; Dee hands one over to Ana that three have written.
pub(super) async fn write(core: &Core, colleagues: &Colleagues) -> Result<(), Failure> {
    let [(_, ben), (_, cleo), (_, dee), (_, eli)] = &colleagues.cores[..] else {
        return Err("four joined".into());
    };
    let for_eli = begin(ben, me(eli).await?, Occasion::Birthday, "Happy birthday, Eli!");
    let for_eli = for_eli.await?;
    let for_ana = begin(
        dee,
        me(core).await?,
        Occasion::Thanks,
        "For the warmest kettle of us all",
    )
    .await?;
    for colleague in [ben, dee, cleo, ben, dee] {
        colleague.flush(PATIENCE).await;
    }
    let picture = photo(cleo, photos::DOG).await?;
    line(cleo, for_eli, "The dog and I wish you long walks.", None, Some(picture)).await?;
    line(
        dee,
        for_eli,
        "Forty candles, and not a day older than this tree.",
        Some(tree()),
        None,
    )
    .await?;
    line(ben, for_ana, "You told us the truth early, and kindly.", None, None).await?;
    let picture = photo(cleo, photos::KITCHEN).await?;
    line(cleo, for_ana, "Tea is on me next time.", None, Some(picture)).await?;
    line(dee, for_ana, "Thank you for all of it.", Some(heart()), None).await?;
    for colleague in [ben, cleo, dee] {
        colleague.flush(PATIENCE).await;
    }
    dee.call(Request::HandOverCard { card: for_ana }).await?;
    for colleague in [dee, core] {
        colleague.flush(PATIENCE).await;
    }
    Ok(())
}

async fn begin(by: &Core, to: samovar_domain::MemberId, occasion: Occasion, title: &str) -> Result<ItemId, Failure> {
    let title = title.to_owned();
    match by.call(Request::BeginGroupCard { to, occasion, title }).await? {
        Response::Shared { item } => Ok(item),
        other => Err(format!("expected a card, not {other:?}").into()),
    }
}

async fn photo(of: &Core, bytes: &[u8]) -> Result<SharedPhoto, Failure> {
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), bytes)?;
    let source = PhotoSource::Path(file.path().display().to_string());
    match of.call(Request::PreparePhoto { source }).await? {
        Response::Photo(photo) => Ok(SharedPhoto {
            photo: photo.photo,
            alt: None,
        }),
        other => Err(format!("expected a photo, not {other:?}").into()),
    }
}

async fn line(
    by: &Core,
    card: ItemId,
    text: &str,
    doodle: Option<Doodle>,
    photo: Option<SharedPhoto>,
) -> Result<(), Failure> {
    let request = Request::WriteCardLine {
        card,
        text: Some(text.to_owned()),
        doodle,
        photo,
        keep_photo: false,
    };
    by.call(request).await?;
    Ok(())
}

fn stroke(pen: u8, points: impl IntoIterator<Item = (u16, u16)>) -> Stroke {
    Stroke {
        pen,
        points: points.into_iter().collect(),
    }
}

/// A heart in red.
fn heart() -> Doodle {
    let curve = (0..=40_u32).map(|step| {
        let turn = f64::from(step) / 40.0 * std::f64::consts::TAU;
        let x = 16.0 * turn.sin().powi(3);
        let y = 13.0 * turn.cos() - 5.0 * (2.0 * turn).cos() - 2.0 * (3.0 * turn).cos() - (4.0 * turn).cos();
        ((500.0 + x * 22.0) as u16, (470.0 - y * 22.0) as u16)
    });
    Doodle {
        strokes: vec![stroke(1, curve)],
    }
}

/// A tree in brown and green.
fn tree() -> Doodle {
    let crown = (0..=36_u32).map(|step| {
        let turn = f64::from(step) / 36.0 * std::f64::consts::TAU;
        let wide = 230.0 + 40.0 * (turn * 6.0).cos();
        ((500.0 + wide * turn.cos()) as u16, (360.0 + wide * turn.sin()) as u16)
    });
    Doodle {
        strokes: vec![
            stroke(7, [(480, 590), (470, 760), (440, 900)]),
            stroke(7, [(530, 590), (540, 760), (570, 900)]),
            stroke(4, crown),
        ],
    }
}
