//! What a variational layer does while training (Kingma and Welling, 2014): it draws its outputs, and pays for what
//! they tell of the item.
//!
//! With `n` items of `d` values, the loss of a batch is the mean or the sum, as [`crate::autoencoder::Loss`] says, of what its items
//! cost: `Σ (x̂ − x)² + β · D` over an item's values, where `D = ½ Σ (μ² + σ² − 1 − ln σ²)` in nats is the divergence of
//! the code's distribution from the standard normal one. The mean is over all values, that is over `n · d`.

use burn::prelude::*;

use crate::autoencoder::draws::LARGEST_LOG_VARIANCE;

/// The outputs of a variational layer for a batch, and what they were drawn from; all tensors are `n × outputs`.
pub(in crate::autoencoder) struct Drawn {
    mean: Tensor<2>,
    /// As the layer computed it, before it is cut.
    log_variance: Tensor<2>,
    /// Standard normal draws, one for each output; without them the outputs are the means.
    noise: Option<Tensor<2>>,
}

/// The means among the sums (`n × 2 · outputs`) of a variational layer.
pub(super) fn means(sums: Tensor<2>) -> Tensor<2> {
    let n_outputs = sums.dims()[1] / 2;
    sums.narrow(1, 0, n_outputs)
}

impl Drawn {
    /// Takes the sums of a variational layer (`n × 2 · outputs`) apart.
    pub fn new(sums: Tensor<2>, noise: Option<Tensor<2>>) -> Self {
        let n_outputs = sums.dims()[1] / 2;
        Self {
            log_variance: sums.clone().narrow(1, n_outputs, n_outputs),
            mean: means(sums),
            noise,
        }
    }

    /// `μ + σ · ε`.
    pub fn outputs(&self) -> Tensor<2> {
        match &self.noise {
            None => self.mean.clone(),
            Some(noise) => self.mean.clone() + self.deviation() * noise.clone(),
        }
    }

    /// `½ Σ (μ² + σ² − 1 − ln σ²)` over all outputs and items, in nats; one number on the device.
    pub fn divergence(&self) -> Tensor<1> {
        let log_variance = self.cut_log_variance();
        let spread = log_variance.clone().exp() - log_variance;
        let each = (self.mean.clone().square() + spread).sub_scalar(1.0);
        each.sum().mul_scalar(0.5)
    }

    /// The gradient of the sums, from that of the outputs; each nat of divergence costs `price`.
    pub fn sums_gradient(&self, delta: Tensor<2>, price: f64) -> Tensor<2> {
        let by_mean = delta.clone() + self.mean.clone().mul_scalar(price);
        let variance = self.cut_log_variance().exp();
        let of_divergence = variance.sub_scalar(1.0).mul_scalar(price);
        let twice_by_log_variance = match &self.noise {
            None => of_divergence,
            Some(noise) => delta * noise.clone() * self.deviation() + of_divergence,
        };
        let is_cut = self
            .log_variance
            .clone()
            .abs()
            .greater_elem(LARGEST_LOG_VARIANCE);
        let by_log_variance = twice_by_log_variance.mul_scalar(0.5).mask_fill(is_cut, 0.0);
        Tensor::cat(vec![by_mean, by_log_variance], 1)
    }

    /// `σ = e^(½ ln σ²)`.
    fn deviation(&self) -> Tensor<2> {
        self.cut_log_variance().mul_scalar(0.5).exp()
    }

    fn cut_log_variance(&self) -> Tensor<2> {
        let log_variance = self.log_variance.clone();
        log_variance.clamp(-LARGEST_LOG_VARIANCE, LARGEST_LOG_VARIANCE)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::backward::{Batch, loss_and_gradients};
    use super::super::forward::Chance;
    use super::super::parameters::LayerParameters;
    use super::*;
    use crate::autoencoder::{Activation, Architecture, Loss, Weights};

    #[test]
    fn what_a_variational_code_costs_is_its_divergence_times_beta() {
        let device = Device::flex();
        let identity = Activation::Identity;
        let beta = 0.25;
        let architecture =
            Architecture::dense(&[2, 1, 2], identity, identity).with_variational_code(beta);
        // Mean 3x₁ + 1, logarithm of the variance x₂ − 0.5; decoded to (z, −z).
        let values = vec![3.0, 0.0, 0.0, 1.0, 1.0, -0.5, 1.0, -1.0, 0.0, 0.0];
        let weights = Weights::from_values(&architecture, values).expect("as many as it needs");
        let layers = LayerParameters::upload_all(&architecture, weights.values(), &device);
        let batch = Batch {
            target: Tensor::from_data([[0.5_f32, 1.0]], &device),
            seen: None,
            chance: Chance {
                masks: Vec::new(),
                draws: vec![Some(Tensor::from_data([[2.0_f32]], &device)), None],
            },
        };
        let taught = loss_and_gradients(&layers, &architecture, batch, Loss::SummedSquared, 1.0);
        let code = 2.5 + 0.25_f32.exp() * 2.0;
        let nats = 0.5 * (2.5_f32.powi(2) + 0.5_f32.exp() - 1.0 - 0.5);
        let squares = (code - 0.5).powi(2) + (-code - 1.0).powi(2);
        let read = |number: Tensor<1>| number.into_scalar::<f32>();
        let divergence = taught.divergence.map(read).expect("the code is drawn");
        assert!((divergence - nats).abs() < 1e-5);
        assert!((read(taught.loss) - (squares + beta * nats)).abs() < 1e-4);
    }

    #[test]
    fn a_variance_out_of_bounds_stays_finite_and_gets_no_gradient() {
        let device = Device::flex();
        let sums = Tensor::<2>::from_data([[0.5_f32, -0.5, 500.0, -500.0]], &device);
        let noise = Tensor::from_data([[1.0_f32, 1.0]], &device);
        let drawn = Drawn::new(sums, Some(noise));
        let outputs = drawn.outputs().into_data().try_into_vec::<f32>();
        assert!(
            outputs
                .expect("single precision")
                .iter()
                .all(|z| z.is_finite())
        );
        let delta = Tensor::from_data([[1.0_f32, 1.0]], &device);
        let gradient = drawn
            .sums_gradient(delta, 1.0)
            .into_data()
            .try_into_vec::<f32>();
        let gradient = gradient.expect("single precision");
        assert!(gradient[..2].iter().all(|by_mean| by_mean.abs() > 0.1));
        assert!(gradient[2..].iter().all(|by_log| by_log.abs() < 1e-9));
    }
}
