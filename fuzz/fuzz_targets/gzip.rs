#![no_main]

use bottleneck_fuzz::readers::{packed, read_one};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_one(&packed(bytes.to_vec()));
});
