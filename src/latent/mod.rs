//! What the bottleneck has learned, laid out to be looked at: a map of the codes, and ways through them.
//!
//! [`Tsne`] lays codes of any size out on a plane, one short step at a time. [`code_at`] goes back from a place on
//! such a map to a code that a decoder can draw, [`PointFields`] and [`Zoom`] are for who looks at it, [`interpolate`]
//! walks in equal steps from one code to another, and [`prior_codes`] draws codes that no item has.

mod tsne;

mod map;
mod path;
mod point_fields;
mod prior;
mod zoom;

pub use tsne::{Tsne, TsneError, TsneSettings};

pub use map::code_at;
pub use path::interpolate;
pub use point_fields::PointFields;
pub use prior::prior_codes;
pub use zoom::Zoom;

/// Codes on a map at most: more would take a worker longer than most would wait.
pub const MOST_MAPPED: usize = 10_000;
