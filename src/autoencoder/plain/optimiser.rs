//! How gradients become changes of the parameters: in place, in one pass over all of them.

use crate::autoencoder::Optimiser;
use crate::autoencoder::adam::{BETA_1, BETA_2, Corrections};

/// An optimiser with its memory of the gradients.
pub(super) enum FlatOptimiser {
    /// Subtracts the gradient times the rate, and remembers nothing.
    Sgd,
    /// Remembers both moments of every parameter, without their factors `1 − β`.
    Adam {
        n_steps: i32,
        /// `Σ β₁^age · gradient`.
        first: Vec<f32>,
        /// `Σ β₂^age · gradient²`.
        second: Vec<f32>,
    },
}

impl FlatOptimiser {
    /// An optimiser without memories.
    pub fn new(optimiser: Optimiser, n_parameters: usize) -> Self {
        match optimiser {
            Optimiser::Sgd => Self::Sgd,
            Optimiser::Adam => Self::Adam {
                n_steps: 0,
                first: vec![0.0; n_parameters],
                second: vec![0.0; n_parameters],
            },
        }
    }

    /// What the loss must be multiplied by before [`Self::step`] gets its gradients.
    pub fn gradient_scale(&self, rate: f64) -> f64 {
        match self {
            Self::Sgd => rate,
            Self::Adam { .. } => 1.0,
        }
    }

    /// Moves the parameters along their gradients, to which `weight_decay` times the parameter is added.
    pub fn step(
        &mut self,
        rate: f64,
        weight_decay: f64,
        parameters: &mut [f32],
        gradients: &[f32],
    ) {
        let decay = (weight_decay * self.gradient_scale(rate)) as f32;
        let each = parameters.iter_mut().zip(gradients);
        match self {
            Self::Sgd => {
                for (parameter, gradient) in each {
                    *parameter -= gradient + decay * *parameter;
                }
            }
            Self::Adam {
                n_steps,
                first,
                second,
            } => {
                *n_steps = n_steps.saturating_add(1);
                let Corrections { step_size, epsilon } = Corrections::at(*n_steps, rate);
                let (step_size, epsilon) = (step_size as f32, epsilon as f32);
                let (beta_1, beta_2) = (BETA_1 as f32, BETA_2 as f32);
                let moments = first.iter_mut().zip(second);
                for ((parameter, gradient), (first, second)) in each.zip(moments) {
                    let gradient = gradient + decay * *parameter;
                    *first = *first * beta_1 + gradient;
                    *second = *second * beta_2 + gradient * gradient;
                    *parameter -= *first * step_size / (second.sqrt() + epsilon);
                }
            }
        }
    }
}
