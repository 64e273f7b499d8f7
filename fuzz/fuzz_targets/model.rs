#![no_main]

use bottleneck_fuzz::readers::read_model;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_model(bytes);
});
