//! Curves of evenly spaced samples: drawing over one, and what is done to one before a network sees it.

mod pen;
mod treatment;

pub use pen::redraw;
pub use treatment::{CurveTreatment, MOST_STRETCHED};
