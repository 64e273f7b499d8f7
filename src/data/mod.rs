//! Items to learn from and to judge.
//!
//! A [`Dataset`] comes from a packed file ([`Dataset::decode`]), is cut by a [`Split`] into items to train
//! on, to calibrate with and to test on, and is handed to a network as rows of numbers ([`inputs_of`]).

mod dataset;
mod inputs;
mod packed;
mod split;

pub use dataset::Dataset;
pub use inputs::{LARGEST_LABEL, inputs_of, label_input};
pub use packed::{DatasetError, encode};
pub use split::Split;
