//! See `samovar_fuzzing::cursors`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    samovar_fuzzing::cursors::check(input);
});
