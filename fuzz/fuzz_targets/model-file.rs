#![no_main]

use bottleneck_fuzz::readers::read_model_file;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_model_file(bytes);
});
