//! Sweeps: what becomes of an item's error when it is turned, made noisy, moved or stretched, step by step.
//!
//! What lies on the bench is [`Swept`]: a drawing or a curve. [`SweepJob`] makes the items of its sweeps, the ones
//! far apart first, by the very [`Treatment`](crate::picture::Treatment) or
//! [`CurveTreatment`](crate::curve::CurveTreatment) that the bench uses; so where a sweep stands at what is set now,
//! it has the error of the verdict. [`SweepErrors`] are what a network made of them, and turn into curves and a map.
//!
//! An item without a label, where the network reads one, is tried with every label at each step, and the smallest
//! error counts. That is how it is judged, so a sweep says at each step what the verdict would be there.

mod curves;
mod errors;
mod job;
mod kind;
#[cfg(feature = "engine")]
mod measure;
mod shifts;
mod swept;

pub use curves::{CurvePoint, NoiseLevel, ShiftCell};
pub use errors::SweepErrors;
pub use job::{Step, SweepJob};
pub use kind::{
    N_ANGLES, N_DRAWS, N_LEVELS, SweepKind, angle_at, n_places_along, noise_at, setting_at,
};
#[cfg(feature = "engine")]
pub use measure::smallest_errors;
pub use shifts::ShiftGrid;
pub use swept::{Swept, SweptCurve, SweptDrawing};
