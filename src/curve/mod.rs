//! Curves of evenly spaced samples: drawing over one, and what is done to one before a network sees it.

mod pen;
mod tool;
mod treatment;

pub use pen::redraw;
pub use tool::{Span, Tool};
pub use treatment::{CurveTreatment, MOST_STRETCHED};
