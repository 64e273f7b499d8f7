//! What the bottleneck has learned, laid out to be looked at: a map of the codes, and ways through them.
//!
//! [`Tsne`] lays codes of any size out on a plane, one short step at a time. [`code_at`] goes back from a place on
//! such a map to a code that a decoder can draw, [`interpolate`] walks in equal steps from one code to another, and
//! [`prior_codes`] draws codes that no item has.

mod tsne;

mod map;
mod path;
mod prior;

pub use tsne::{Tsne, TsneError, TsneSettings};

pub use map::{code_at, nearest};
pub use path::interpolate;
pub use prior::prior_codes;

/// Codes on a map at most; every pair of them pushes each other in every step.
pub const MOST_MAPPED: usize = 2_000;
