#![no_main]

use bottleneck_fuzz::readers::read_photo;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_photo(bytes);
});
