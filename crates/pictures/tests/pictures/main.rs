//! What this crate promises, tried from outside.

#[path = "../support/blocks.rs"]
mod blocks;
mod hostile;
mod preparing;
mod support;
mod verifying;
