//! Activations and their derivatives on a Burn device.

use std::f64::consts::{FRAC_1_SQRT_2, TAU};

use burn::prelude::*;
use burn::tensor::activation::{leaky_relu, relu, sigmoid, silu, tanh};

use crate::autoencoder::Activation;

/// Applies an activation to every sum.
pub(super) fn activate(sums: Tensor<2>, activation: Activation) -> Tensor<2> {
    match activation {
        Activation::Identity => sums,
        Activation::Relu => relu(sums),
        Activation::LeakyRelu => leaky_relu(sums, f64::from(Activation::LEAK)),
        Activation::Tanh => tanh(sums),
        Activation::Sigmoid => sigmoid(sums),
        Activation::Silu => silu(sums),
        Activation::Gelu => probability(sums.clone()) * sums,
    }
}

/// Whether a layer's sums must be kept for [`through_activation`], because its outputs do not tell the derivative.
pub(super) fn needs_sums(activation: Activation) -> bool {
    matches!(activation, Activation::Silu | Activation::Gelu)
}

/// Multiplies `delta` by the activation's derivative at each of its `sums`.
///
/// Where the derivative is told more quickly from `output`, what the activation gave, it is, and there are no `sums`.
pub(super) fn through_activation(
    delta: Tensor<2>,
    sums: Option<Tensor<2>>,
    output: Tensor<2>,
    activation: Activation,
) -> Tensor<2> {
    let known = sums.unwrap_or(output);
    match activation {
        Activation::Identity => delta,
        Activation::Relu => delta.mask_fill(known.lower_equal_elem(0.0), 0.0),
        Activation::LeakyRelu => {
            let leaked = delta.clone().mul_scalar(Activation::LEAK);
            delta.mask_where(known.lower_equal_elem(0.0), leaked)
        }
        // tanh' = 1 − tanh².
        Activation::Tanh => delta.clone() - known.square() * delta,
        // σ' = σ − σ².
        Activation::Sigmoid => delta * (known.clone() - known.square()),
        Activation::Silu => {
            let y = sigmoid(known.clone());
            delta * (known * (y.clone() - y.clone().square()) + y)
        }
        Activation::Gelu => {
            let density = known
                .clone()
                .square()
                .mul_scalar(-0.5)
                .exp()
                .div_scalar(TAU.sqrt());
            delta * (known.clone() * density + probability(known))
        }
    }
}

/// How probable it is that a standard normal number is below each `z`: `Φ(z)`.
fn probability(z: Tensor<2>) -> Tensor<2> {
    z.mul_scalar(FRAC_1_SQRT_2)
        .erf()
        .add_scalar(1.0)
        .mul_scalar(0.5)
}
