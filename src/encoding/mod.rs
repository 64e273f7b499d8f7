//! How rows of numbers and long texts travel between page and workers: as bytes.
//!
//! Each module is named in `#[serde(with = "…")]`. They stand below all others, so that whoever owns a row says how it travels.

pub mod floats;
pub mod integers;
pub mod text;
