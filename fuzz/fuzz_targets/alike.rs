#![no_main]

use bottleneck_fuzz::readers::read_alike;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_alike(bytes);
});
