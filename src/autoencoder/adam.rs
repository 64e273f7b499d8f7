//! Adam (Kingma and Ba, 2015, algorithm 1), as far as it is the same for every parameter.
//!
//! The moments are kept without their factors `1 − β`, which are put into the step size instead: the same numbers with
//! fewer operations.

pub(super) const BETA_1: f64 = 0.9;
pub(super) const BETA_2: f64 = 0.999;
const EPSILON: f64 = 1e-8;

/// What one step has in common for all parameters.
pub(super) struct Corrections {
    /// What the first moment, divided by the root of the second, is multiplied by.
    pub step_size: f64,
    /// What that root is enlarged by.
    pub epsilon: f64,
}

impl Corrections {
    /// Of step `n_steps`, counted from 1, at a learning rate.
    pub fn at(n_steps: i32, rate: f64) -> Self {
        let first_share = (1.0 - BETA_1) / (1.0 - BETA_1.powi(n_steps));
        let second_share = ((1.0 - BETA_2) / (1.0 - BETA_2.powi(n_steps))).sqrt();
        Self {
            step_size: rate * first_share / second_share,
            epsilon: EPSILON / second_share,
        }
    }
}
