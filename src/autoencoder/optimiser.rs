//! How gradients become changes of the weights, on the device.

use burn::prelude::*;

use super::Optimiser;
use super::parameters::LayerParameters;

pub(super) const BETA_1: f64 = 0.9;
pub(super) const BETA_2: f64 = 0.999;
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
        gradients: Vec<LayerParameters>,
    ) {
        let old_layers = std::mem::take(layers).into_iter().zip(gradients);
        match self {
            Self::Sgd => layers.extend(old_layers.map(|(layer, gradient)| {
                let gradient = decayed(&layer, gradient, weight_decay * rate);
                LayerParameters {
                    weight: layer.weight - gradient.weight,
                    bias: layer.bias - gradient.bias,
                }
            })),
            Self::Adam(adam) => {
                let pace = adam.next_pace(rate, weight_decay);
                let mut memories = std::mem::take(&mut adam.memories).into_iter();
                for (layer, gradient) in old_layers {
                    let (layer, memory) = pace.step(layer, gradient, memories.next());
                    layers.push(layer);
                    adam.memories.push(memory);
                }
            }
        }
    }
}

/// Adds the gradient of `decay / 2 · Σ parameter²` (L2 regularisation, coupled as in PyTorch's Adam and SGD).
fn decayed(layer: &LayerParameters, gradient: LayerParameters, decay: f64) -> LayerParameters {
    if decay <= 0.0 {
        return gradient;
    }
    LayerParameters {
        weight: gradient.weight + layer.weight.clone().mul_scalar(decay),
        bias: gradient.bias + layer.bias.clone().mul_scalar(decay),
    }
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
pub(super) struct Moments {
    /// `Σ β₁^age · gradient`.
    pub first: Tensor<2>,
    /// `Σ β₂^age · gradient²`.
    pub second: Tensor<2>,
}

/// What one step has in common for all parameters.
pub(super) struct Pace {
    /// What the first moment, divided by the root of the second, is multiplied by.
    pub step_size: f64,
    /// What that root is enlarged by.
    pub epsilon: f64,
    /// How much of each parameter is added to its gradient.
    pub weight_decay: f64,
}

impl Adam {
    fn next_pace(&mut self, rate: f64, weight_decay: f64) -> Pace {
        self.n_steps = self.n_steps.saturating_add(1);
        let first_share = (1.0 - BETA_1) / (1.0 - BETA_1.powi(self.n_steps));
        let second_share = ((1.0 - BETA_2) / (1.0 - BETA_2.powi(self.n_steps))).sqrt();
        Pace {
            step_size: rate * first_share / second_share,
            epsilon: EPSILON / second_share,
            weight_decay,
        }
    }
}

impl Pace {
    fn step(
        &self,
        layer: LayerParameters,
        gradient: LayerParameters,
        memory: Option<(Moments, Moments)>,
    ) -> (LayerParameters, (Moments, Moments)) {
        #[cfg(feature = "wgpu")]
        if layer.weight.device() != Device::flex() {
            return super::fused_adam::step(layer, gradient, memory, self);
        }
        let gradient = decayed(&layer, gradient, self.weight_decay);
        let (of_weight, of_bias) = memory.unzip();
        let (weight, of_weight) = self.move_tensor(layer.weight, gradient.weight, of_weight);
        let (bias, of_bias) = self.move_tensor(layer.bias, gradient.bias, of_bias);
        (LayerParameters { weight, bias }, (of_weight, of_bias))
    }

    fn move_tensor(
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
