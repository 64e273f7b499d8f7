#![no_main]

use bottleneck_fuzz::readers::read_drawings;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_drawings(bytes);
});
