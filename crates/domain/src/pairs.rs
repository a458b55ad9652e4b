//! Pair calls.
mod matching;
