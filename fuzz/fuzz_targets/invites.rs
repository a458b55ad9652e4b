//! See `samovar_fuzzing::invites`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    samovar_fuzzing::invites::check(input);
});
