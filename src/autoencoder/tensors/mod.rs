//! Forward, backward and the steps of an optimiser in Burn's tensor operations, for any device.

mod activation;
mod backward;
mod batches;
mod forward;
mod learner;
mod network;
mod optimiser;
mod parameters;
mod variational;

#[cfg(feature = "wgpu")]
mod fused;

pub(super) use learner::TensorLearner;
pub(super) use network::TensorNetwork;
