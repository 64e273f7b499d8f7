#![no_main]

use bottleneck_fuzz::readers::read_curves;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_curves(bytes);
});
