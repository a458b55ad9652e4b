//! Photos to share in stories.

/// A kitchen with a loaf of bread: a JPEG of 800 × 600 with the place where it was taken in it.
pub const KITCHEN: &[u8] = include_bytes!("../../pictures/fixtures/kitchen.jpg");
/// A dog on a hill.
pub const DOG: &[u8] = include_bytes!("../../pictures/fixtures/dog.jpg");
/// A desk with a plant.
pub const DESK: &[u8] = include_bytes!("../../pictures/fixtures/desk.jpg");
