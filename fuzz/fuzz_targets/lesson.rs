#![no_main]

use bottleneck_fuzz::readers::read_lesson;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_lesson(bytes);
});
