//! How gradients become changes of the weights, on the device.

use burn::prelude::*;

use super::Optimiser;
use super::parameters::LayerParameters;

const BETA_1: f64 = 0.9;
const BETA_2: f64 = 0.999;
const EPSILON: f64 = 1e-8;

/// An optimiser with its memory of every layer's gradients.
pub(super) enum LayerOptimiser {
    /// Subtracts the gradient times the rate, and remembers nothing.
    Sgd,
    /// Remembers both moments of every parameter.
    Adam(Adam),
}

impl LayerOptimiser {
    /// An optimiser without memories.
    pub fn new(optimiser: Optimiser) -> Self {
        match optimiser {
            Optimiser::Sgd => Self::Sgd,
            Optimiser::Adam => Self::Adam(Adam::default()),
        }
    }

    /// What the loss must be multiplied by before [`Self::step`] gets its gradients.
    ///
    /// Gradient descent has its rate applied there, once, instead of to every layer.
    pub fn gradient_scale(&self, rate: f64) -> f64 {
        match self {
            Self::Sgd => rate,
            Self::Adam(_) => 1.0,
        }
    }

    /// Moves every layer's parameters along its gradients, to which `weight_decay` times the parameter is added.
    pub fn step(
        &mut self,
        rate: f64,
        weight_decay: f64,
        layers: &mut Vec<LayerParameters>,
        mut gradients: Vec<LayerParameters>,
    ) {
        if weight_decay > 0.0 {
            let decay = weight_decay * self.gradient_scale(rate);
            for (layer, gradient) in layers.iter().zip(&mut gradients) {
                decay_towards_zero(layer, gradient, decay);
            }
        }
        let old_layers = std::mem::take(layers).into_iter().zip(gradients);
        match self {
            Self::Sgd => layers.extend(old_layers.map(|(layer, gradient)| LayerParameters {
                weight: layer.weight - gradient.weight,
                bias: layer.bias - gradient.bias,
            })),
            Self::Adam(adam) => {
                let corrections = adam.next_corrections(rate);
                let mut memories = std::mem::take(&mut adam.memories).into_iter();
                for (layer, gradient) in old_layers {
                    let (weight_memory, bias_memory) = memories.next().unzip();
                    let (weight, weight_memory) =
                        corrections.step(layer.weight, gradient.weight, weight_memory);
                    let (bias, bias_memory) =
                        corrections.step(layer.bias, gradient.bias, bias_memory);
                    layers.push(LayerParameters { weight, bias });
                    adam.memories.push((weight_memory, bias_memory));
                }
            }
        }
    }
}

/// Adds the gradient of `decay / 2 · Σ parameter²` (L2 regularisation, coupled as in PyTorch's Adam and SGD).
fn decay_towards_zero(layer: &LayerParameters, gradient: &mut LayerParameters, decay: f64) {
    gradient.weight = gradient.weight.clone() + layer.weight.clone().mul_scalar(decay);
    gradient.bias = gradient.bias.clone() + layer.bias.clone().mul_scalar(decay);
}

/// Adam (Kingma and Ba, 2015, algorithm 1).
///
/// The moments are kept without their factors `1 − β`, which are put into the step size instead: the same
/// numbers with three operations less per tensor.
#[derive(Default)]
pub(super) struct Adam {
    n_steps: i32,
    /// Of the weights and of the biases of each layer; empty before the first step.
    memories: Vec<(Moments, Moments)>,
}

/// Discounted sums over the gradients so far.
struct Moments {
    /// `Σ β₁^age · gradient`.
    first: Tensor<2>,
    /// `Σ β₂^age · gradient²`.
    second: Tensor<2>,
}

/// What one step has in common for all parameters.
struct Corrections {
    step_size: f64,
    epsilon: f64,
}

impl Adam {
    fn next_corrections(&mut self, rate: f64) -> Corrections {
        self.n_steps = self.n_steps.saturating_add(1);
        let first_share = (1.0 - BETA_1) / (1.0 - BETA_1.powi(self.n_steps));
        let second_share = ((1.0 - BETA_2) / (1.0 - BETA_2.powi(self.n_steps))).sqrt();
        Corrections {
            step_size: rate * first_share / second_share,
            epsilon: EPSILON / second_share,
        }
    }
}

impl Corrections {
    fn step(
        &self,
        values: Tensor<2>,
        gradient: Tensor<2>,
        memory: Option<Moments>,
    ) -> (Tensor<2>, Moments) {
        let squared = gradient.clone().square();
        let moments = match memory {
            None => Moments {
                first: gradient,
                second: squared,
            },
            Some(Moments { first, second }) => Moments {
                first: first.mul_scalar(BETA_1) + gradient,
                second: second.mul_scalar(BETA_2) + squared,
            },
        };
        let spread = moments.second.clone().sqrt().add_scalar(self.epsilon);
        let change = moments.first.clone().mul_scalar(self.step_size) / spread;
        (values - change, moments)
    }
}
