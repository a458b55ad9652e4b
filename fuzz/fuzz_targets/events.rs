//! See `samovar_fuzzing::events`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    samovar_fuzzing::events::check(input);
});
