//! What the network is compared with: methods that need no training to speak of.
//!
//! [`Pca`](crate::pca::Pca) reconstructs items from as many numbers as the network's code has, [`Neighbours`] asks how
//! far away the nearest known items are, and [`CombinedScore`] joins the network's error with the distance of its code.
//! The mean item needs nothing of its own: see [`mean_item`](crate::anomaly::mean_item). All work comes in slices.

mod combined;
mod neighbours;

#[cfg(test)]
mod fixture;

pub use combined::CombinedScore;
pub use neighbours::Neighbours;

/// Multiplications in a slice: a few milliseconds in a browser.
pub(super) const SLICE_COST: usize = 4_000_000;
