//! Pictures: files that people choose, shared pictures that come from elsewhere, and placeholders.
//!
//! An input is a file; it is taken as a shared picture and as a `ThumbHash`, too.

mod spelling;

use samovar_pictures::{
    MAX_SHARED_BYTES, MAX_SHARED_SIDE, MAX_THUMBNAIL_SIDE, Prepared, Refusal, Verified, placeholder_png, prepare,
    thumbnail, verify,
};

use crate::{Outcome, assert_words};

/// See the module.
pub fn check(input: &[u8]) -> Outcome {
    check_placeholder(input);
    let verified = verify(input);
    match &verified {
        Ok(verified) => check_shared(input, *verified),
        Err(refusal) => assert_words(refusal.code(), &refusal.to_string()),
    }
    match prepare(input) {
        Ok(prepared) => {
            check_prepared(&prepared);
            Outcome::Taken
        }
        Err(error) => {
            assert!(verified.is_err(), "taken from others, and cannot be opened: {error:?}");
            assert_words(error.code(), &error.to_string());
            Outcome::Refused
        }
    }
}

fn check_placeholder(hash: &[u8]) {
    if let Some(png) = placeholder_png(hash) {
        let drawn = prepare(&png).expect("a placeholder is a PNG");
        assert!(drawn.shared.width.max(drawn.shared.height) <= 32);
    }
}

/// What is taken from others is what is written here: spelled in the one way there is, no byte less, no byte more, and
/// opened by everybody at the size that it states.
fn check_shared(picture: &[u8], verified: Verified) {
    assert!(picture.len() <= MAX_SHARED_BYTES);
    let (width, height) = (verified.width, verified.height);
    assert!((1..=MAX_SHARED_SIDE).contains(&width) && (1..=MAX_SHARED_SIDE).contains(&height));
    let spelled = spelling::respelled(picture).expect("what is taken can be read");
    assert_eq!(spelled, picture, "the same picture can be spelled in two ways");
    assert_eq!(verify(&[picture, b"x"].concat()), Err(Refusal::Trailing { bytes: 1 }));
    assert!(verify(&picture[..picture.len() - 1]).is_err());
    let small = thumbnail(picture).expect("what is taken has a thumbnail");
    assert!(small.width.max(small.height) <= MAX_THUMBNAIL_SIDE);
    assert_is_shared(&small);
    let prepared = prepare(picture).expect("what is taken can be opened");
    assert_eq!((prepared.shared.width, prepared.shared.height), (width, height));
}

fn check_prepared(prepared: &Prepared) {
    let (shared, small) = (&prepared.shared, &prepared.thumbnail);
    assert_is_shared(shared);
    assert_is_shared(small);
    assert!(small.width.max(small.height) <= MAX_THUMBNAIL_SIDE);
    assert!(small.width <= shared.width && small.height <= shared.height);
    assert!(
        placeholder_png(&prepared.thumbhash).is_some(),
        "its placeholder can be drawn"
    );
}

fn assert_is_shared(picture: &samovar_pictures::Encoded) {
    let stated = verify(&picture.bytes).map(|verified| (verified.width, verified.height));
    assert_eq!(
        stated,
        Ok((picture.width, picture.height)),
        "what is written here is taken"
    );
}
