#![no_main]

use bottleneck_fuzz::readers::read_one;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_one(bytes);
});
