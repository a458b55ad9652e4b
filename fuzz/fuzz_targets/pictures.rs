//! See `samovar_fuzzing::pictures`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    samovar_fuzzing::pictures::check(input);
});
