//! See `samovar_fuzzing::ops`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    samovar_fuzzing::ops::check(input);
});
