//! What must hold of whatever bytes strangers bring: one function for each kind of them, which panics when it does not.
//!
//! The fuzzer in `fuzz/` calls them with what it makes up (`cargo xtask fuzz`), and `tests/corpus.rs` with what lies in
//! `fuzz/corpus`, with any compiler. What the fuzzer finds is added to the corpus when it is mended.

pub mod cursors;
pub mod events;
pub mod invites;
pub mod ops;
pub mod pictures;

use samovar_domain::wire::ProblemDocument;

/// Whether an input was taken for what it is to be, wholly or in part. A corpus in which nothing is taken, or nothing is
/// refused, tests little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There was something in it.
    Taken,
    /// There was nothing in it.
    Refused,
}

impl Outcome {
    fn of(is_taken: bool) -> Self {
        if is_taken { Self::Taken } else { Self::Refused }
    }
}

/// What looks at an input.
pub type Check = fn(&[u8]) -> Outcome;

/// Every kind of input by the name of its corpus and of its fuzz target.
pub const TARGETS: [(&str, Check); 5] = [
    ("cursors", cursors::check),
    ("events", events::check),
    ("invites", invites::check),
    ("ops", ops::check),
    ("pictures", pictures::check),
];

/// The most characters of a refusal's words: a stranger's input is not handed back in full.
const DETAIL_MAX: usize = 600;

/// Asserts that a refusal of the endpoint is one that people and programs can use.
fn assert_refuses(problem: &ProblemDocument, status: u16, code: &str) {
    assert_eq!((problem.status, problem.code.as_str()), (status, code), "{problem:?}");
    assert_eq!(problem.kind, format!("about:blank#{code}"));
    assert_words(&problem.code, &problem.detail);
}

/// Asserts that a code is stable in form, and that there are words, and not too many.
fn assert_words(code: &str, detail: &str) {
    let is_code = code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    assert!(is_code && !code.is_empty(), "{code:?} is no code");
    assert!(!detail.trim().is_empty(), "{code} comes without words");
    let length = detail.chars().count();
    assert!(length <= DETAIL_MAX, "{code} comes with {length} characters: {detail}");
}
