//! The real desktop end to end.
fn main() {}
