#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mail::fuzz::sasl_challenge(bytes));
