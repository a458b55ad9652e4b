//! Why something was refused: a stable code for programs, and words that say what happened and what to do.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// A refusal. `code` never changes its meaning; `detail` is for people and may be reworded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[ts(export)]
pub struct Problem {
    /// Stable, in `snake_case`: what programs and tests look at.
    #[schema(value_type = String)]
    #[ts(type = "string")]
    pub code: Cow<'static, str>,
    /// What is wrong, what was kept and what to do, in plain English.
    pub detail: String,
}

impl Problem {
    /// A problem of this code in these words.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            code: Cow::Borrowed(code),
            detail: detail.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.detail, self.code)
    }
}

impl std::error::Error for Problem {}
