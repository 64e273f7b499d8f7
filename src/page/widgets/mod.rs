//! Presentational parts without a word of the subject.

mod choice;
mod dialog;
mod each;
mod icon;
mod long_work;
mod number;
mod picture_strip;
mod picture_view;
mod slider;
mod switch;

pub(super) use choice::{choice, idx_of};
pub(super) use dialog::dialog;
pub(super) use each::each;
pub(super) use icon::{Icon, icon};
pub(super) use long_work::long_work;
pub(super) use number::{number, written};
pub(super) use picture_strip::picture_strip;
pub(super) use picture_view::{Shown, picture_view};
pub(super) use slider::{SliderSpec, slider};
pub(super) use switch::switch;
