//! How gradients become changes of the weights, on the device.

use burn::prelude::*;

use super::parameters::LayerParameters;
use crate::autoencoder::adam::{BETA_1, BETA_2, Corrections};
use crate::autoencoder::{Architecture, Moments, Optimiser};

/// An optimiser with its memory of every layer's gradients.
pub(super) enum LayerOptimiser {
    /// Subtracts the gradient times the rate, and remembers nothing.
    Sgd,
    /// Remembers both moments of every parameter.
    Adam(Adam),
}

impl LayerOptimiser {
    /// An optimiser that goes on from moments, which must fit the architecture, or begins without memories.
    pub fn new(
        optimiser: Optimiser,
        architecture: &Architecture,
        moments: Option<&Moments>,
        device: &Device,
    ) -> Self {
        match (optimiser, moments) {
            (Optimiser::Sgd, _) => Self::Sgd,
            (Optimiser::Adam, None) => Self::Adam(Adam::default()),
            (Optimiser::Adam, Some(moments)) => {
                Self::Adam(Adam::going_on(architecture, moments, device))
            }
        }
    }

    /// Steps behind the memories, and the first and second moments layer by layer; `None` where there are none.
    pub fn memories(&self) -> Option<(i32, [Vec<LayerParameters>; 2])> {
        let Self::Adam(Adam { n_steps, memories }) = self else {
            return None;
        };
        let layers = |moment: fn(&TensorMoments) -> &Tensor<2>| {
            let layer = |(of_weight, of_bias): &(TensorMoments, TensorMoments)| LayerParameters {
                weight: moment(of_weight).clone(),
                bias: moment(of_bias).clone(),
            };
            memories.iter().map(layer).collect::<Vec<_>>()
        };
        (*n_steps > 0).then(|| (*n_steps, [layers(|it| &it.first), layers(|it| &it.second)]))
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
            Self::Sgd => {
                let decay = weight_decay * rate;
                layers
                    .extend(old_layers.map(|(layer, gradient)| descended(layer, gradient, decay)));
            }
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

/// What gradient descent makes of a layer.
fn descended(layer: LayerParameters, gradient: LayerParameters, decay: f64) -> LayerParameters {
    #[cfg(feature = "wgpu")]
    if super::fused::is_at_home(&layer.weight) {
        return super::fused::descent::descend(layer, gradient, decay);
    }
    let gradient = decayed(&layer, gradient, decay);
    LayerParameters {
        weight: layer.weight - gradient.weight,
        bias: layer.bias - gradient.bias,
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

/// Adam's memory of every layer.
#[derive(Default)]
pub(super) struct Adam {
    n_steps: i32,
    /// Of the weights and of the biases of each layer; empty before the first step.
    memories: Vec<(TensorMoments, TensorMoments)>,
}

/// Discounted sums over the gradients so far.
pub(super) struct TensorMoments {
    /// `Σ β₁^age · gradient`.
    pub first: Tensor<2>,
    /// `Σ β₂^age · gradient²`.
    pub second: Tensor<2>,
}

/// What one step has in common for all parameters.
pub(super) struct Pace {
    pub corrections: Corrections,
    /// How much of each parameter is added to its gradient.
    pub weight_decay: f64,
}

impl Adam {
    fn going_on(architecture: &Architecture, moments: &Moments, device: &Device) -> Self {
        let upload = |values| LayerParameters::upload_all(architecture, values, device).into_iter();
        let layers = upload(&moments.first).zip(upload(&moments.second));
        let memories = layers.map(|(first, second)| {
            let moments = |first, second| TensorMoments { first, second };
            (
                moments(first.weight, second.weight),
                moments(first.bias, second.bias),
            )
        });
        Self {
            n_steps: moments.n_steps,
            memories: memories.collect(),
        }
    }

    fn next_pace(&mut self, rate: f64, weight_decay: f64) -> Pace {
        self.n_steps = self.n_steps.saturating_add(1);
        Pace {
            corrections: Corrections::at(self.n_steps, rate),
            weight_decay,
        }
    }
}

impl Pace {
    fn step(
        &self,
        layer: LayerParameters,
        gradient: LayerParameters,
        memory: Option<(TensorMoments, TensorMoments)>,
    ) -> (LayerParameters, (TensorMoments, TensorMoments)) {
        #[cfg(feature = "wgpu")]
        if super::fused::is_at_home(&layer.weight) {
            return super::fused::adam::step(layer, gradient, memory, self);
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
        memory: Option<TensorMoments>,
    ) -> (Tensor<2>, TensorMoments) {
        let squared = gradient.clone().square();
        let moments = match memory {
            None => TensorMoments {
                first: gradient,
                second: squared,
            },
            Some(TensorMoments { first, second }) => TensorMoments {
                first: first.mul_scalar(BETA_1) + gradient,
                second: second.mul_scalar(BETA_2) + squared,
            },
        };
        let spread = moments
            .second
            .clone()
            .sqrt()
            .add_scalar(self.corrections.epsilon);
        let change = moments.first.clone().mul_scalar(self.corrections.step_size) / spread;
        (values - change, moments)
    }
}
