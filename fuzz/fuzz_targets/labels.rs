#![no_main]

use bottleneck_fuzz::readers::read_labels;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_labels(bytes);
});
