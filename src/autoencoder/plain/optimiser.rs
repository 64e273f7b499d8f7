//! How gradients become changes of the parameters: in place, in one pass over all of them.

use crate::autoencoder::adam::{BETA_1, BETA_2, Corrections};
use crate::autoencoder::{Moments, Optimiser};

/// An optimiser with its memory of the gradients.
pub(super) enum FlatOptimiser {
    /// Subtracts the gradient times the rate, and remembers nothing.
    Sgd,
    /// Remembers both moments of every parameter.
    Adam(Moments),
}

impl FlatOptimiser {
    /// An optimiser that goes on from moments of as many parameters, or begins without memories.
    pub fn new(optimiser: Optimiser, n_parameters: usize, moments: Option<&Moments>) -> Self {
        match optimiser {
            Optimiser::Sgd => Self::Sgd,
            Optimiser::Adam => Self::Adam(moments.cloned().unwrap_or_else(|| Moments {
                n_steps: 0,
                first: vec![0.0; n_parameters],
                second: vec![0.0; n_parameters],
            })),
        }
    }

    /// What it remembers; `None` where that is nothing.
    pub fn moments(&self) -> Option<&Moments> {
        match self {
            Self::Sgd => None,
            Self::Adam(moments) => (moments.n_steps > 0).then_some(moments),
        }
    }

    /// What the loss must be multiplied by before [`Self::step`] gets its gradients.
    pub fn gradient_scale(&self, rate: f64) -> f64 {
        match self {
            Self::Sgd => rate,
            Self::Adam(_) => 1.0,
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
            Self::Adam(Moments {
                n_steps,
                first,
                second,
            }) => {
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
