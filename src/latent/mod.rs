//! What the bottleneck has learned, laid out to be looked at: a map of the codes, and ways through them.
//!
//! [`code_at`] goes back from a place on
//! a map to a code that a decoder can draw, and [`interpolate`] walks in equal steps from one code to another.

mod map;
mod path;

pub use map::{code_at, nearest};
pub use path::interpolate;
