#![no_main]

use bottleneck_fuzz::readers::read_pictures;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_pictures(bytes);
});
