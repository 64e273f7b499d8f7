//! Drawings: strokes to ink, and what can be done to ink before a network sees it.
//!
//! A [`Picture`] is drawn with a [`Brush`] on a grid finer than the network's, by [`INK_PER_PIXEL`], then
//! prepared as the data were ([`Preparation`]), rotated, made noisy and scaled down. [`signed_error`] and [`ErrorMap`] say where a
//! reconstruction differs from it, and [`psnr`] by how much. A [`Sheet`] takes thousands of small marks.

mod brush;
mod centring;
mod error_map;
mod grid;
mod noise;
mod preparation;
mod psnr;
mod resolution;
mod rotation;
mod sampling;
mod sheet;
mod strip;
mod thickening;
mod treatment;
mod warp;

pub use brush::Brush;
pub use error_map::{ErrorMap, Reason, ReasonKind, Region, signed_error};
pub use grid::{INK_EPSILON, Picture};
pub use preparation::{HandStyle, Preparation, PreparationStep, Steps};
pub use psnr::psnr;
pub use resolution::INK_PER_PIXEL;
pub use sheet::{Mask, Sheet};
pub use strip::{gap_between, side_by_side};
pub use treatment::{Treatment, margin_of};
pub use warp::Warp;
