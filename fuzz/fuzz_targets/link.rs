#![no_main]

use bottleneck_fuzz::links::read;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read(bytes);
});
