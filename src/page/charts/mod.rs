//! Charts that know no session: numbers in, pictures out.

mod bars;
mod curve_plot;
mod curves;
mod dots;
mod error_histogram;
mod interval_bar;
mod loss_histogram;
mod map;
mod placed;
mod pointer;
mod rate_bars;
mod rate_curves;
mod small_histogram;
mod sweep;
mod threshold_strip;

pub(super) use curve_plot::{ComparedCurves, CurveFrame, compared_curves};
pub(super) use curves::{Curve, curves};
pub(super) use dots::{DotColumn, DotFrame, ListDot, dots};
pub(super) use error_histogram::{N_BINS, Pin, error_histogram};
pub(super) use interval_bar::{IntervalBar, interval_axis, interval_bar};
pub(super) use loss_histogram::{LossSummary, loss_histogram};
pub(super) use map::{Dot, Dots, MapNames, Mark, Pick, Pointed, map};

pub(super) use rate_bars::{RateBar, RateBars, rate_bars};
pub(super) use rate_curves::{RateCurve, RateFrame, curve_sample, rate_curves};
pub(super) use small_histogram::{SmallHistogram, small_histogram};
pub(super) use sweep::{GhostLine, ShiftMap, SweepAxis, SweepCurve, shift_map, sweep_curve};
pub(super) use threshold_strip::{Strip, threshold_strip};
