//! The CPU's own engine: flat rows of floats, no tensors, no graph, and no allocation in a step.
//!
//! At ten items a batch a tensor library spends more on its bookkeeping than on the sums.
//! Parameters lie in one vector, exactly as [`super::Weights`] has them, and their gradients in another.
//! The tests hold every part to Burn's tensors on the CPU, which do the same on other devices.

mod activation;
mod assistant;
mod batch;
mod convolution;
mod cut;
mod dense;
mod layers;
mod learner;
mod loss;
mod network;
mod optimiser;
mod parts;
mod pass;
mod patches;
mod product;
mod scratch;
mod sliding;
mod transposed_convolution;
mod variational;

// The reference, Burn's tensors on the CPU, is there in native tests only.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod parity;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod parity_of_windows;

pub(super) use assistant::PlainAssistant;
pub(super) use learner::PlainLearner;
pub(super) use network::PlainNetwork;
