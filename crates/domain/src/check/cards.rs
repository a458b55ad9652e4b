//! Group cards and celebrations.

use chrono::{Datelike, NaiveDate};

use super::body::Context;
use crate::kinds::{CardLine, Celebration, Doodle, GroupCard};
use crate::text::{NAME_MAX, check_name, check_words, is_blank};
use crate::{Audience, Body, Problem};

/// The most strokes of a drawing.
const STROKES_MAX: usize = 100;
/// The most points of a drawing, in all its strokes.
const POINTS_MAX: usize = 2_000;
/// The width and height of the sheet.
const SHEET: u16 = 1_000;
/// How many pens there are.
const PENS: u8 = 8;

fn handed_over() -> Problem {
    Problem::new(
        "card_handed_over",
        "This card has been handed over, so nothing can be changed on it any more.",
    )
}

impl Context<'_> {
    pub(super) fn check_group_card(&self, card: &GroupCard) -> Result<(), Problem> {
        self.check_recipient(card.to, card.occasion)?;
        if self.op.audience != (Audience::Except(vec![card.to])) {
            return Err(Problem::new(
                "not_hidden",
                "A card is seen by everybody but the one it is for.",
            ));
        }
        check_name("title", &card.title, NAME_MAX)?;
        match self.view.body(self.op.id) {
            Some(Body::GroupCard(before)) if before.handed_over => Err(handed_over()),
            // Its audience names whom it is for, and never changes.
            _ => Ok(()),
        }
    }

    pub(super) fn check_card_line(&self, line: &CardLine) -> Result<(), Problem> {
        let existing = self.view.existing(line.card);
        let existing = existing.filter(|card| card.is_visible_to(self.writer));
        let (Some(existing), Some(Body::GroupCard(card))) = (existing, self.view.body(line.card)) else {
            return Err(Problem::new("not_found", "There is no such card any more."));
        };
        if card.handed_over {
            return Err(handed_over());
        }
        if self.op.audience != existing.audience {
            return Err(Problem::new(
                "not_hidden",
                "What is written on a card is seen by those who see the card.",
            ));
        }
        let line = &line.line;
        let text = line.text.as_deref().unwrap_or_default();
        if is_blank(text) && line.doodle.is_none() && line.photo.is_none() {
            return Err(Problem::new("empty", "Write a word, draw something or add a photo."));
        }
        check_words("line", text, 500)?;
        line.doodle.as_ref().map_or(Ok(()), check_doodle)?;
        line.photo.as_ref().map_or(Ok(()), |photo| self.check_photo(photo))
    }

    pub(super) fn check_celebration(&self, celebration: &Celebration) -> Result<(), Problem> {
        if self.op.audience != (Audience::Only(vec![self.writer])) {
            return Err(Problem::new(
                "not_private",
                "What you celebrate is seen by nobody else.",
            ));
        }
        // In a leap year every day there is can be had.
        let is_day = celebration
            .birthday
            .is_none_or(|birthday| NaiveDate::from_ymd_opt(2028, birthday.month, birthday.day).is_some());
        let is_year = celebration
            .joined_on
            .is_none_or(|joined| (1950..=2200).contains(&joined.year()));
        if is_day && is_year {
            Ok(())
        } else {
            Err(Problem::new("bad_day", "There is no such day in any year."))
        }
    }
}

fn check_doodle(doodle: &Doodle) -> Result<(), Problem> {
    let points = || doodle.strokes.iter().flat_map(|stroke| &stroke.points);
    let is_fine = (1..=STROKES_MAX).contains(&doodle.strokes.len())
        && (1..=POINTS_MAX).contains(&points().count())
        && doodle.strokes.iter().all(|stroke| stroke.pen < PENS)
        && points().all(|(x, y)| *x <= SHEET && *y <= SHEET);
    if is_fine {
        Ok(())
    } else {
        Err(Problem::new(
            "bad_doodle",
            "The drawing has too many lines to be kept, or none. Draw it a little simpler.",
        ))
    }
}
