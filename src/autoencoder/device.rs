//! What a network runs on.

/// What does a network's sums.
///
/// A build without the feature `tensors`, such as a browser's CPU worker, has no other than the CPU's own engine, and
/// none of Burn.
#[derive(Clone, Debug)]
pub enum Device {
    /// The CPU, by an engine of our own.
    Cpu,
    /// Burn's tensors, on one of its devices.
    #[cfg(feature = "tensors")]
    Tensors(burn::prelude::Device),
}
