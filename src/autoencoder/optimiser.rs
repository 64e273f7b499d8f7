//! How gradients become changes of the weights, on the device.

use burn::optim::{Adam, AdamConfig, Optimizer, Sgd, SgdConfig};
use burn::prelude::*;

use super::Optimiser;

/// PyTorch's ε; Burn's own default is a thousand times larger.
const ADAM_EPSILON: f32 = 1e-8;

/// An optimiser with its memory of every layer's gradients.
pub(super) enum LayerOptimiser {
    /// Subtracts the gradient times the rate, and remembers nothing.
    Sgd(Sgd),
    /// Adam with both moments of each weight matrix and each bias, empty before the first step.
    Adam {
        rule: Adam,
        matrices: Vec<AdamMemory<2>>,
        biases: Vec<AdamMemory<1>>,
    },
}

type AdamMemory<const D: usize> = Option<<Adam as Optimizer>::State<D>>;

impl LayerOptimiser {
    /// A fresh optimiser for so many layers.
    pub fn new(optimiser: Optimiser, n_layers: usize) -> Self {
        match optimiser {
            Optimiser::Sgd => Self::Sgd(SgdConfig::new().build()),
            Optimiser::Adam => Self::Adam {
                // β₁ = 0.9 and β₂ = 0.999 are Burn's defaults too.
                rule: AdamConfig::new().with_epsilon(ADAM_EPSILON).build(),
                matrices: vec![None; n_layers],
                biases: vec![None; n_layers],
            },
        }
    }

    /// The weights of a layer after a step along its gradient.
    pub fn step_matrix(
        &mut self,
        layer_idx: usize,
        rate: f64,
        weight: Tensor<2>,
        gradient: Tensor<2>,
    ) -> Tensor<2> {
        match self {
            Self::Sgd(rule) => rule.step(rate, weight, gradient, None).0,
            Self::Adam { rule, matrices, .. } => {
                step_and_remember(rule, rate, weight, gradient, &mut matrices[layer_idx])
            }
        }
    }

    /// The biases of a layer after a step along their gradient.
    pub fn step_bias(
        &mut self,
        layer_idx: usize,
        rate: f64,
        bias: Tensor<1>,
        gradient: Tensor<1>,
    ) -> Tensor<1> {
        match self {
            Self::Sgd(rule) => rule.step(rate, bias, gradient, None).0,
            Self::Adam { rule, biases, .. } => {
                step_and_remember(rule, rate, bias, gradient, &mut biases[layer_idx])
            }
        }
    }
}

fn step_and_remember<const D: usize>(
    rule: &Adam,
    rate: f64,
    values: Tensor<D>,
    gradient: Tensor<D>,
    memory: &mut AdamMemory<D>,
) -> Tensor<D> {
    let (values, renewed) = rule.step(rate, values, gradient, memory.take());
    *memory = renewed;
    values
}
