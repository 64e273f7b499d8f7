#![no_main]

use bottleneck_fuzz::readers::read_data_set;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_data_set(bytes);
});
