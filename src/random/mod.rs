//! Seeded random numbers, the same on every machine and engine.
//!
//! One generator serves everything: the Mersenne Twister that PyTorch uses on the CPU, with PyTorch's
//! own ways of drawing from it, so that a seed means here what it means there.

mod draws;
mod mt19937;

pub use mt19937::Mt19937;
