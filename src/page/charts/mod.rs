//! Charts that know no session: numbers in, pictures out.

mod curves;
mod error_histogram;
mod loss_histogram;
mod map;
mod sweep;

pub(super) use curves::{Curve, curves};
pub(super) use error_histogram::{N_BINS, Pin, error_histogram};
pub(super) use loss_histogram::{LossSummary, loss_histogram};
pub(super) use map::{Dot, Dots, MapNames, Mark, Pick, Pointed, map};
pub(super) use sweep::{GhostLine, ShiftMap, SweepAxis, SweepCurve, shift_map, sweep_curve};
