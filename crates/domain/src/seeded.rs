//! An order by lot that is the same for everyone: it follows from words, such as a gathering's id.

use crate::ItemId;

/// The places 0 to `count - 1` in an order that follows from `seed` (Fisher and Yates, on `SplitMix64`).
pub(crate) fn order(seed: &[&str], count: usize) -> Vec<usize> {
    let bytes = ItemId::derived(seed).0.into_bytes();
    let mut state = u64::from_be_bytes(bytes[..8].try_into().expect("an id has sixteen bytes"));
    let mut places: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        let chosen = (next(&mut state) % (last as u64 + 1)) as usize;
        places.swap(last, chosen);
    }
    places
}

/// `SplitMix64`, as published by Steele, Lea and Flood (2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
