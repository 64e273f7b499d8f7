//! What takes several launches in Burn's operations, as one program each on a GPU: a launch from a browser costs more
//! than the arithmetic of a small layer.

pub(super) mod activation;
pub(super) mod adam;
pub(super) mod derivative;
pub(super) mod descent;
pub(super) mod loss;
mod room;
pub(super) mod windows;

use burn::prelude::{Device, Tensor};

use crate::autoencoder::Activation;

/// Whether a tensor lies where these programs run.
pub(super) fn is_at_home<const D: usize>(tensor: &Tensor<D>) -> bool {
    tensor.device() != Device::flex()
}

/// Whether these programs know an activation: those whose derivative is told from their output.
pub(super) fn knows(activation: Activation) -> bool {
    match activation {
        Activation::Identity
        | Activation::Relu
        | Activation::LeakyRelu
        | Activation::Tanh
        | Activation::Sigmoid => true,
        Activation::Silu | Activation::Gelu => false,
    }
}
