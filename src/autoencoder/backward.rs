//! Backpropagation (Rumelhart, Hinton and Williams, 1986), written out for dense layers.
//!
//! At ten items a batch the bookkeeping of a recorded tape costs twice as much as the arithmetic, so the
//! chain rule stands here by itself. The tests hold it to Burn's automatic differentiation.

use burn::prelude::*;

use super::network::{DenseLayer, forward};
use super::{Activation, Architecture};

/// The loss of a batch (`n × input`), and the gradients of `scale` times that loss, layer by layer.
///
/// The loss is the mean squared error over all values of the batch, one number on the device.
pub(super) fn backward(
    layers: &[DenseLayer],
    architecture: &Architecture,
    batch: Tensor<2>,
    scale: f64,
) -> (Tensor<1>, Vec<DenseLayer>) {
    let [n_items, input_size] = batch.dims();
    let mut values = forward(layers, architecture, batch.clone());
    let mut output = values.remove(layers.len());
    let difference = output.clone() - batch;
    let loss = difference.clone().square().mean();
    // The derivative of the loss by the output; on its way back, by the output of the layer at hand.
    let mut delta = difference.mul_scalar(2.0 * scale / (n_items * input_size) as f64);
    let mut gradients = Vec::with_capacity(layers.len());
    let activations: Vec<Activation> = architecture.activations().collect();
    for (layer_idx, input) in values.into_iter().enumerate().rev() {
        let before_activation = through_activation(delta, output, activations[layer_idx]);
        gradients.push(DenseLayer {
            weight: input.clone().transpose().matmul(before_activation.clone()),
            bias: before_activation.clone().sum_dim(0),
        });
        if layer_idx == 0 {
            break;
        }
        delta = before_activation.matmul(layers[layer_idx].weight.clone().transpose());
        output = input;
    }
    gradients.reverse();
    (loss, gradients)
}

/// Multiplies `delta` by the activation's derivative, told from the activation's own output.
fn through_activation(delta: Tensor<2>, output: Tensor<2>, activation: Activation) -> Tensor<2> {
    match activation {
        Activation::Identity => delta,
        Activation::Relu => delta.mask_fill(output.lower_equal_elem(0.0), 0.0),
        // tanh' = 1 − tanh².
        Activation::Tanh => delta.clone() - output.square() * delta,
        // σ' = σ − σ².
        Activation::Sigmoid => delta * (output.clone() - output.square()),
    }
}

// The reference, Burn's tape, is there in native tests only.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::autoencoder::Weights;
    use crate::random::Mt19937;

    /// The same gradients by Burn's automatic differentiation.
    fn by_tape(
        layers: &[DenseLayer],
        architecture: &Architecture,
        batch: Tensor<2>,
    ) -> Vec<DenseLayer> {
        let track = |tensor: &Tensor<2>| tensor.clone().autodiff().require_grad();
        let tracked: Vec<DenseLayer> = layers
            .iter()
            .map(|layer| DenseLayer {
                weight: track(&layer.weight),
                bias: track(&layer.bias),
            })
            .collect();
        let batch = batch.autodiff();
        let output = forward(&tracked, architecture, batch.clone()).remove(layers.len());
        let gradients = (output - batch).square().mean().backward();
        let gradient =
            |tensor: &Tensor<2>| tensor.grad(&gradients).expect("the loss depends on it");
        tracked
            .iter()
            .map(|layer| DenseLayer {
                weight: gradient(&layer.weight),
                bias: gradient(&layer.bias),
            })
            .collect()
    }

    fn largest_difference(a: &Tensor<2>, b: &Tensor<2>) -> f32 {
        (a.clone() - b.clone()).abs().max().into_scalar::<f32>()
    }

    fn assert_agrees_with_the_tape(hidden: Activation, output: Activation) {
        let device = Device::flex();
        let architecture = Architecture {
            layer_sizes: vec![6, 8, 4, 8, 6],
            hidden,
            output,
        };
        let mut generator = Mt19937::new(11);
        // Larger than usual, so that no layer of rectified units stays silent.
        let initial = Weights::initial(&architecture, &mut generator);
        let values = initial.values().iter().map(|value| 3.0 * value).collect();
        let weights = Weights::from_values(&architecture, values).expect("as many as before");
        let layers = DenseLayer::upload_all(&architecture, &weights, &device);
        let items: Vec<f32> = (0..7 * 6).map(|_| generator.uniform(0.0, 1.0)).collect();
        let batch = Tensor::from_data(TensorData::new(items, [7, 6]), &device);
        let (_, ours) = backward(&layers, &architecture, batch.clone(), 1.0);
        let expected = by_tape(&layers, &architecture, batch);
        assert_eq!(ours.len(), expected.len());
        for (ours, expected) in ours.iter().zip(&expected) {
            assert_eq!(ours.weight.dims(), expected.weight.dims());
            assert!(expected.weight.clone().abs().max().into_scalar::<f32>() > 1e-4);
            assert!(largest_difference(&ours.weight, &expected.weight) < 1e-6);
            assert!(largest_difference(&ours.bias, &expected.bias) < 1e-6);
        }
    }

    #[test]
    fn gradients_agree_with_automatic_differentiation_for_every_activation() {
        for hidden in [
            Activation::Identity,
            Activation::Relu,
            Activation::Tanh,
            Activation::Sigmoid,
        ] {
            for output in [
                Activation::Identity,
                Activation::Relu,
                Activation::Tanh,
                Activation::Sigmoid,
            ] {
                assert_agrees_with_the_tape(hidden, output);
            }
        }
    }
}
