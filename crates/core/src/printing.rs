//! Cards to print, of kudos and of cards that a team writes together. What stands on them is put together here, in the
//! person's language; how it looks is the part of `samovar_cards`, which works on a thread of its own.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono_tz::Tz;
use samovar_cards::{Card, Design, Entry, Format, Group, Printed, Size, Stroke, print, print_group};
use samovar_domain::kinds::{Doodle, Kudos};
use samovar_domain::{ItemId, Problem, Timestamp};

use crate::api::{CardDesign, CardFormat, CardSize, LineOnCard, PrintedCard, Response};
use crate::core::Inner;
use crate::store::Beside;
use crate::views::{Read, TeamState};
use crate::words::Words;
use crate::{photo_requests, settings, showing};

/// How somebody wants a card.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) design: CardDesign,
    pub(crate) size: CardSize,
    pub(crate) format: CardFormat,
    pub(crate) bleed: bool,
}

impl Wanted {
    fn design(self) -> Design {
        match self.design {
            CardDesign::Steam => Design::Steam,
            CardDesign::Leaves => Design::Leaves,
            CardDesign::Confetti => Design::Confetti,
            CardDesign::Night => Design::Night,
        }
    }

    fn size(self) -> Size {
        match self.size {
            CardSize::A6 => Size::A6,
            CardSize::UsA2 => Size::UsA2,
            CardSize::UsPostcard => Size::UsPostcard,
        }
    }

    fn format(self) -> Format {
        match self.format {
            CardFormat::Pdf => Format::Pdf,
            CardFormat::Png => Format::Png,
            CardFormat::Preview => Format::Preview,
        }
    }
}

/// What is to be printed.
enum Plan {
    Kudos(Card),
    Group(Group),
}

/// Makes a card of kudos or of a card that several people wrote, whether it was handed over or not.
pub(crate) async fn card_of(inner: &Arc<Inner>, what: ItemId, wanted: Wanted) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let words = showing::words_of(inner, &settings::stored(inner).await?);
    let state = TeamState::from_items(inner.items_and(Beside::These(vec![what])).await?, me);
    let now = inner.now();
    let zone = state.schedule(me).zone_at(now);
    let (plan, missing_photos, name) = match state.kudos.iter().find(|kudos| kudos.id == what) {
        Some(kudos) => {
            let card = of_kudos(&state, kudos, &words, zone, wanted);
            let name = card.words.heading.clone();
            (Plan::Kudos(card), 0, name)
        }
        None => {
            let (group, missing) = of_group(inner, &state, what, &words, zone, wanted).await?;
            let name = group.title.clone();
            (Plan::Group(group), missing, name)
        }
    };
    let format = wanted.format();
    let work = samovar_blocking::run(move || match plan {
        Plan::Kudos(card) => print(&card, format),
        Plan::Group(group) => print_group(&group, format),
    });
    let printed = work.await.map_err(|error| not_drawn(&error))?;
    let Printed { bytes, missing, is_cut } = printed.map_err(|error| not_drawn(&error))?;
    let (ending, media_type) = match wanted.format {
        CardFormat::Pdf => ("pdf", "application/pdf"),
        CardFormat::Png | CardFormat::Preview => ("png", "image/png"),
    };
    Ok(Response::Card(PrintedCard {
        file_name: format!("{}.{ending}", file_name(&name)),
        media_type: media_type.to_owned(),
        base64: STANDARD.encode(bytes),
        missing: missing.into_iter().collect(),
        is_cut,
        missing_photos,
    }))
}

fn not_drawn(error: &dyn std::fmt::Display) -> Problem {
    tracing::warn!(%error, "a card could not be drawn");
    Problem::new(
        "card_failed",
        "The card could not be drawn. Choose another design and try again.",
    )
}

/// A title as a file can be called on every system.
fn file_name(title: &str) -> String {
    let is_fine = |character: &char| character.is_alphanumeric() || " ,-".contains(*character);
    let fine: String = title.chars().filter(is_fine).take(60).collect();
    let fine = fine.trim_matches(|character| " ,-".contains(character));
    if fine.is_empty() {
        "Samovar".to_owned()
    } else {
        fine.to_owned()
    }
}

fn of_kudos(state: &TeamState, kudos: &Read<Kudos>, words: &Words, zone: Tz, wanted: Wanted) -> Card {
    let name = |member| state.members.get(&member).map(|member| member.name.clone());
    let name = |member| name(member).unwrap_or_else(|| words.say("someone", &[]));
    let to: Vec<String> = kudos.body.to.iter().map(|member| name(*member)).collect();
    let from = kudos.owner.map_or_else(|| words.say("someone", &[]), name);
    let value = kudos.body.value.as_ref();
    let value = value.and_then(|id| state.values.iter().find(|value| value.id == *id));
    Card {
        words: samovar_cards::Words {
            heading: words.card_thanks(&to),
            reason: kudos.body.reason.clone(),
            value: value
                .map(|value| format!("{} {}", value.emoji, value.name))
                .unwrap_or_default(),
            from: words.card_signed(&[from], kudos.created_at, zone),
        },
        size: wanted.size(),
        design: wanted.design(),
        bleed: wanted.bleed,
    }
}

/// A card that several people wrote, and how many of its photos are not here.
async fn of_group(
    inner: &Arc<Inner>,
    state: &TeamState,
    what: ItemId,
    words: &Words,
    zone: Tz,
    wanted: Wanted,
) -> Result<(Group, u32), Problem> {
    let me = inner.member_account()?.member;
    let local = showing::local_facts(inner, me).await?;
    let page = crate::views::group_cards(state, inner.now(), &local, &samovar_cards::PENS);
    let open = page.open.into_iter().find(|card| card.id == what);
    let handed = page.handed.into_iter().find(|card| card.id == what);
    let (title, occasion, at, lines): (String, _, Timestamp, Vec<LineOnCard>) = match (open, handed) {
        (Some(card), _) => (card.title, card.occasion, inner.now(), card.lines),
        (None, Some(card)) => (card.title, card.occasion, card.handed_at, card.lines),
        (None, None) => return Err(Problem::new("gone", "What is to be printed is not here any more.")),
    };
    let names: Vec<String> = lines.iter().map(|line| line.by.name.clone()).collect();
    let mut entries = Vec::new();
    let mut missing = 0;
    for line in lines {
        let photo = match &line.photo {
            Some(photo) => photo_requests::bytes(inner, photo.blob, true).await.ok(),
            None => None,
        };
        missing += u32::from(line.photo.is_some() && photo.is_none());
        entries.push(Entry {
            words: line.text.unwrap_or_default(),
            by: line.by.name,
            doodle: line.doodle.map(strokes).unwrap_or_default(),
            photo,
        });
    }
    let title = if title.trim().is_empty() {
        words.card_occasion(occasion)
    } else {
        title
    };
    let below = if names.is_empty() {
        words.card_date(at, zone)
    } else {
        words.card_signed(&names, at, zone)
    };
    let group = Group {
        title,
        below,
        entries,
        size: wanted.size(),
        design: wanted.design(),
        bleed: wanted.bleed,
    };
    Ok((group, missing))
}

fn strokes(doodle: Doodle) -> Vec<Stroke> {
    let strokes = doodle.strokes.into_iter();
    strokes
        .map(|stroke| Stroke {
            pen: stroke.pen,
            points: stroke.points,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        assert_eq!(file_name("Thank you, Ben!"), "Thank you, Ben");
        assert_eq!(file_name("../../etc/passwd"), "etcpasswd");
        assert_eq!(file_name("Für Zoë: 茶? <3"), "Für Zoë 茶 3");
        assert_eq!(file_name("🫖…"), "Samovar");
        assert_eq!(file_name(&"a".repeat(300)).len(), 60);
    }
}
