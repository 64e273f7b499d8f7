//! How rows of numbers and long texts travel between page and workers: as bytes.
//!
//! Most modules are named in `#[serde(with = "…")]`; [`Precision`] says how exact the numbers of a file are. They stand below all others, so that whoever owns a row says how it travels.

pub mod floats;
pub mod halves;
pub mod integers;
mod precision;
pub mod text;

pub use precision::Precision;
