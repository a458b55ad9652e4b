//! Trying settings out beside any endpoint: what would be drawn or planned for the members that a file describes. The
//! rules are those of the jobs, in `domain`; here is how their input is read, so that whatever cannot be is told with
//! its place, and how their answers are printed.

pub mod member;
pub mod pairs;
pub mod rotation;

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The exit code for input that cannot be used, as for arguments that cannot.
const BAD_INPUT: u8 = 2;

/// The input cannot be used. It says where, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct BadInput {
    place: String,
    what: String,
}

impl BadInput {
    /// What is wrong, and where.
    pub fn new(place: impl Into<String>, what: impl ToString) -> Self {
        Self {
            place: place.into(),
            what: what.to_string(),
        }
    }
}

/// Reads the JSON of a file, or of the standard input when it is called `-`.
pub fn read_input(file: &Path) -> Result<Value, BadInput> {
    let place = file.display().to_string();
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|error| BadInput::new(&place, error))?;
    serde_json::from_str(&text).map_err(|error| BadInput::new(&place, format!("this is not JSON: {error}")))
}

/// Prints an answer as JSON; what was bad goes to stderr, and ends with an exit code of its own.
pub fn finish<T: Serialize>(answer: Result<T, BadInput>) -> std::io::Result<ExitCode> {
    match answer {
        Ok(answer) => {
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            serde_json::to_writer(&mut out, &answer)?;
            writeln!(out)?;
            out.flush()?;
            Ok(ExitCode::SUCCESS)
        }
        Err(bad) => {
            writeln!(std::io::stderr(), "samovar-server: {bad}")?;
            Ok(ExitCode::from(BAD_INPUT))
        }
    }
}

/// The fields of one JSON object, and where it stands.
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    place: String,
    fields: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    /// Those of `value`, which must be an object.
    pub fn of(place: impl Into<String>, value: &'a Value) -> Result<Self, BadInput> {
        let place = place.into();
        match value.as_object() {
            Some(fields) => Ok(Self { place, fields }),
            None => Err(BadInput::new(place, "here an object in braces is needed")),
        }
    }

    /// The field of this name. One that is `null` counts as missing.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// A field that may be missing.
    pub fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, BadInput> {
        let value = self.get(name).map(|value| T::deserialize(value));
        value.transpose().map_err(|error| self.bad(name, error))
    }

    /// A field that must be there.
    pub fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T, BadInput> {
        self.optional(name)?.ok_or_else(|| self.bad(name, "it is missing"))
    }

    /// A date that may be missing.
    pub fn date(&self, name: &str) -> Result<Option<NaiveDate>, BadInput> {
        let text: Option<String> = self.optional(name)?;
        text.map(|text| date(&text).map_err(|what| self.bad(name, what)))
            .transpose()
    }

    /// The elements of a list; none when it is missing.
    pub fn list(&self, name: &str) -> Result<&'a [Value], BadInput> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Value::Array(list)) => Ok(list),
            Some(_) => Err(self.bad(name, "here a list in brackets is needed")),
        }
    }

    /// That this field is bad, and why.
    pub fn bad(&self, name: &str, what: impl ToString) -> BadInput {
        if self.place.is_empty() {
            BadInput::new(name, what)
        } else {
            BadInput::new(format!("{}: {name}", self.place), what)
        }
    }
}

/// A date such as `2026-11-23`.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    let date = text.parse::<NaiveDate>().ok();
    // The four digits of the year, which `parse` does not insist on.
    date.filter(|date| text.len() == 10 && (1970..=2900).contains(&date.year()))
        .ok_or_else(|| format!("'{text}' is not a date; one is written like 2026-11-23"))
}
