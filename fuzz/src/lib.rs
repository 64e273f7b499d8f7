//! The readers that `cargo xtask fuzz` tries, and links, for libFuzzer: `cargo xtask fuzz --guided`.
//!
//! A search starts from the samples of the campaign, which make good inputs, and from `seeds/`: a few tiny inputs of
//! earlier searches that together reach much.

#[path = "../../xtask/src/fuzz/links.rs"]
pub mod links;
#[path = "../../xtask/src/fuzz/readers.rs"]
pub mod readers;
#[path = "../../xtask/src/fuzz/tables.rs"]
pub mod tables;
