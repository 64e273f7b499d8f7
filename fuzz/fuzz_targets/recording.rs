#![no_main]

use bottleneck_fuzz::readers::read_recording;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_recording(bytes);
});
