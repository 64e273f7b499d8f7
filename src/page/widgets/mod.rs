//! Presentational parts without a word of the subject.

mod choice;
mod icon;
mod picture_view;
mod slider;

pub(super) use choice::choice;
pub(super) use icon::{Icon, icon};
pub(super) use picture_view::{Shown, picture_view};
pub(super) use slider::{SliderSpec, slider};
