//! `samovar package list` in words.

use std::fmt::Write as _;

use chrono_tz::Tz;
use samovar_core::api::{PackageCard, Packages};
use samovar_domain::kinds::PackageProgress;

use super::{day_and_time, plain};

/// `samovar package list`.
pub(crate) fn packages(page: &Packages, zone: Tz) -> String {
    if page.to_me.is_empty() && page.from_me.is_empty() {
        return "Nothing is on its way.".to_owned();
    }
    let mut words = String::new();
    for (side, cards) in [("from", &page.to_me), ("for", &page.from_me)] {
        for card in cards {
            let (name, what) = (plain(&card.other.name), plain(&card.words));
            let _ = writeln!(words, "{what}  ({side} {name})\n  {}", stands(card, zone));
            if let Some(link) = &card.tracking {
                let _ = writeln!(words, "  {}", plain(link));
            }
            if let Some(thanks) = &card.thanks {
                let _ = writeln!(words, "  {}", plain(thanks));
            }
            if let Some(last) = card.opened.last() {
                let _ = writeln!(words, "  {name} opened your address {}", day_and_time(*last, zone));
            }
        }
    }
    words
}

fn stands(card: &PackageCard, zone: Tz) -> String {
    if card.is_declined {
        return "you would rather not; nobody hears of that".to_owned();
    }
    if card.is_sealing {
        return "agreed; your address is sealed as soon as there is a key".to_owned();
    }
    match card.progress {
        PackageProgress::Asked { until } if card.needs_me => {
            format!("asks for your address; lapses {}", day_and_time(until, zone))
        }
        PackageProgress::Asked { until } => format!("asked; lapses {}", day_and_time(until, zone)),
        PackageProgress::Agreed { until } => format!("agreed; the address is erased {}", day_and_time(until, zone)),
        PackageProgress::Sent => format!("on its way with {}", plain(card.carrier.as_deref().unwrap_or_default())),
        PackageProgress::Received => "there".to_owned(),
        PackageProgress::Lapsed => "nothing came of it in time".to_owned(),
    }
}
