//! Backpropagation (Rumelhart, Hinton and Williams, 1986), written out layer by layer.
//!
//! At ten items a batch the bookkeeping of a recorded tape costs twice as much as the arithmetic, so the
//! chain rule stands here by itself. The tests hold it to Burn's automatic differentiation.

use burn::prelude::*;
use burn::tensor::module::{conv_transpose2d, conv2d, conv2d_weight_backward};
use burn::tensor::ops::ConvTransposeOptions;

use super::forward::{Pass, as_maps, forward_with_dropout};
use super::layer::{Activation, Layer, LayerKind, Shape, Window};
use super::parameters::LayerParameters;
use super::{Architecture, Loss};

/// A batch to learn from.
pub(super) struct Batch {
    /// What the network should rebuild, `n × input`.
    pub target: Tensor<2>,
    /// What it gets to see, where that is not the target itself.
    pub seen: Option<Tensor<2>>,
    /// What dropout multiplies each layer's output by; empty where no layer has any.
    pub masks: Vec<Option<Tensor<2>>>,
}

/// The loss of a batch, and the gradients of `scale` times that loss, layer by layer.
///
/// The loss is one number on the device.
pub(super) fn backward(
    parameters: &[LayerParameters],
    architecture: &Architecture,
    batch: Batch,
    loss: Loss,
    scale: f64,
) -> (Tensor<1>, Vec<LayerParameters>) {
    let Batch {
        target,
        seen,
        masks,
    } = batch;
    let [n_items, input_size] = target.dims();
    let seen = seen.unwrap_or_else(|| target.clone());
    let Pass { mut values, kept } = forward_with_dropout(parameters, architecture, seen, masks);
    let mut output = values.remove(parameters.len());
    let difference = output.clone() - target;
    let squares = difference.clone().square();
    let (loss, factor) = match loss {
        Loss::MeanSquared => (squares.mean(), 1.0 / (n_items * input_size) as f64),
        Loss::SummedSquared => (squares.sum(), 1.0),
    };
    // The derivative of the loss by the output; on its way back, by the output of the layer at hand.
    let mut delta = difference.mul_scalar(2.0 * scale * factor);
    let mut gradients = Vec::with_capacity(parameters.len());
    let input_shapes = architecture.shapes();
    let stops = values.into_iter().zip(kept).enumerate().rev();
    for (layer_idx, (input, dropped)) in stops {
        let layer = &architecture.layers[layer_idx];
        if let Some(dropped) = dropped {
            delta = delta * dropped.mask;
            output = dropped.output;
        }
        let before_activation = through_activation(delta, output, layer.activation);
        let shape = input_shapes[layer_idx];
        let gradient = parameter_gradient(layer, shape, input.clone(), before_activation.clone());
        gradients.push(gradient);
        if layer_idx == 0 {
            break;
        }
        let weight = parameters[layer_idx].weight.clone();
        delta = input_gradient(layer, shape, weight, before_activation);
        output = input;
    }
    gradients.reverse();
    (loss, gradients)
}

/// The gradients of a layer's parameters, from what went in and the gradient of what came out before activation.
fn parameter_gradient(
    layer: &Layer,
    shape: Shape,
    input: Tensor<2>,
    delta: Tensor<2>,
) -> LayerParameters {
    let after = layer.output_shape(shape);
    let is_product = layer.is_matrix_product(shape);
    match layer.kind {
        LayerKind::Dense { .. } => LayerParameters {
            weight: input.transpose().matmul(delta.clone()),
            bias: delta.sum_dim(0),
        },
        LayerKind::Convolution(_) if is_product => LayerParameters {
            weight: delta.clone().transpose().matmul(input),
            bias: delta.sum_dim(0),
        },
        LayerKind::TransposedConvolution(_) if is_product => LayerParameters {
            weight: input.transpose().matmul(delta.clone()),
            bias: sum_of_maps(as_maps(delta, after)),
        },
        LayerKind::Convolution(window) => {
            let (input, delta) = (as_maps(input, shape), as_maps(delta, after));
            LayerParameters {
                weight: window.weight_gradient(input, delta.clone()),
                bias: sum_of_maps(delta),
            }
        }
        // A transposed convolution is a convolution run backwards: input and output change places.
        LayerKind::TransposedConvolution(window) => {
            let (input, delta) = (as_maps(input, shape), as_maps(delta, after));
            LayerParameters {
                weight: window.weight_gradient(delta.clone(), input),
                bias: sum_of_maps(delta),
            }
        }
    }
}

/// The gradient of what went into a layer.
fn input_gradient(layer: &Layer, shape: Shape, weight: Tensor<2>, delta: Tensor<2>) -> Tensor<2> {
    let after = layer.output_shape(shape);
    let is_product = layer.is_matrix_product(shape);
    match layer.kind {
        LayerKind::Dense { .. } => delta.matmul(weight.transpose()),
        LayerKind::Convolution(_) if is_product => delta.matmul(weight),
        LayerKind::TransposedConvolution(_) if is_product => delta.matmul(weight.transpose()),
        LayerKind::Convolution(window) => {
            let weight = window.weight(weight, window.channels, shape.channels);
            let options = window.options_back_to(shape.height, after.height);
            conv_transpose2d(as_maps(delta, after), weight, None, options).flatten(1, 3)
        }
        LayerKind::TransposedConvolution(window) => {
            let delta = as_maps(delta, after);
            let weight = window.weight(weight, shape.channels, window.channels);
            conv2d(delta, weight, None, window.options()).flatten(1, 3)
        }
    }
}

/// Sums over items, rows and columns: `1 × channels`.
fn sum_of_maps(maps: Tensor<4>) -> Tensor<2> {
    let [n_items, channels, height, width] = maps.dims();
    let by_place = maps.reshape([n_items, channels, height * width]);
    by_place.sum_dim(2).sum_dim(0).reshape([1, channels])
}

impl Window {
    /// The gradient of a convolution's weights, as the matrix that [`LayerParameters`] holds.
    fn weight_gradient(self, input: Tensor<4>, delta: Tensor<4>) -> Tensor<2> {
        let ([_, n_inputs, _, _], [_, n_outputs, _, _]) = (input.dims(), delta.dims());
        let like = Tensor::zeros(
            [n_outputs, n_inputs, self.kernel, self.kernel],
            &input.device(),
        );
        conv2d_weight_backward(input, like, delta, self.options()).flatten(1, 3)
    }

    /// The transposed convolution that brings maps of side `narrow` back to the side `wide` that they came from.
    fn options_back_to(self, wide: usize, narrow: usize) -> ConvTransposeOptions<2> {
        let reached = (narrow - 1) * self.stride + self.kernel - 2 * self.padding;
        let missing = wide - reached;
        let both = |value| [value, value];
        ConvTransposeOptions::new(
            both(self.stride),
            both(self.padding),
            both(missing),
            [1, 1],
            1,
        )
    }
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
    use super::super::forward::forward;
    use super::*;
    use crate::autoencoder::{Initialisation, Weights};
    use crate::random::Mt19937;

    /// The same gradients by Burn's automatic differentiation.
    fn by_tape(
        layers: &[LayerParameters],
        architecture: &Architecture,
        batch: Tensor<2>,
    ) -> Vec<LayerParameters> {
        let track = |tensor: &Tensor<2>| tensor.clone().autodiff().require_grad();
        let tracked: Vec<LayerParameters> = layers
            .iter()
            .map(|layer| LayerParameters {
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
            .map(|layer| LayerParameters {
                weight: gradient(&layer.weight),
                bias: gradient(&layer.bias),
            })
            .collect()
    }

    fn largest_difference(a: &Tensor<2>, b: &Tensor<2>) -> f32 {
        (a.clone() - b.clone()).abs().max().into_scalar::<f32>()
    }

    fn assert_agrees_with_the_tape(architecture: &Architecture) {
        let device = Device::flex();
        let mut generator = Mt19937::new(11);
        // Larger than usual, so that no layer of rectified units stays silent.
        let initial = Weights::initial(architecture, &mut generator);
        let values = initial.values().iter().map(|value| 3.0 * value).collect();
        let weights = Weights::from_values(architecture, values).expect("as many as before");
        let layers = LayerParameters::upload_all(architecture, &weights, &device);
        let size = architecture.input_size();
        let items: Vec<f32> = (0..7 * size).map(|_| generator.uniform(0.0, 1.0)).collect();
        let target = Tensor::from_data(TensorData::new(items, [7, size]), &device);
        let batch = Batch {
            target: target.clone(),
            seen: None,
            masks: Vec::new(),
        };
        let (_, ours) = backward(&layers, architecture, batch, Loss::MeanSquared, 1.0);
        let expected = by_tape(&layers, architecture, target);
        assert_eq!(ours.len(), expected.len());
        for (ours, expected) in ours.iter().zip(&expected) {
            assert_eq!(ours.weight.dims(), expected.weight.dims());
            assert!(expected.weight.clone().abs().max().into_scalar::<f32>() > 1e-4);
            assert!(largest_difference(&ours.weight, &expected.weight) < 1e-6);
            assert!(largest_difference(&ours.bias, &expected.bias) < 1e-6);
        }
    }

    #[test]
    fn gradients_of_convolutions_agree_with_automatic_differentiation() {
        let picture = Shape {
            channels: 2,
            height: 8,
            width: 8,
        };
        assert_agrees_with_the_tape(&Architecture {
            input: picture,
            layers: vec![
                Layer::convolution(3, 3, 2, 1, Activation::Relu),
                Layer::convolution(5, 4, 1, 0, Activation::Identity),
                Layer::dense(3, Activation::Identity),
                Layer::dense(5, Activation::Identity),
                Layer::transposed_convolution(3, 4, 1, 0, Activation::Relu),
                Layer::transposed_convolution(2, 3, 2, 1, Activation::Sigmoid),
            ],
            initialisation: Initialisation::Uniform,
        });
    }

    #[test]
    fn what_dropout_leaves_out_gets_no_gradient() {
        let device = Device::flex();
        let architecture = Architecture::dense(&[3, 2, 3], Activation::Tanh, Activation::Identity);
        let weights = Weights::initial(&architecture, &mut Mt19937::new(5));
        let layers = LayerParameters::upload_all(&architecture, &weights, &device);
        let row = |values: [f32; 3]| Tensor::<2>::from_data([values], &device);
        let batch = Batch {
            target: row([0.5, -0.25, 1.0]),
            seen: None,
            masks: vec![Some(Tensor::from_data([[0.0, 2.0]], &device)), None],
        };
        let (_, gradients) = backward(&layers, &architecture, batch, Loss::SummedSquared, 1.0);
        let read = gradients[0].weight.clone().into_data();
        let by_input = read.try_into_vec::<f32>().expect("single precision");
        assert!(
            by_input
                .chunks_exact(2)
                .all(|units| units[0].abs() < f32::EPSILON)
        );
        assert!(by_input.chunks_exact(2).all(|units| units[1].abs() > 1e-3));
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
                assert_agrees_with_the_tape(&Architecture::dense(&[6, 8, 4, 8, 6], hidden, output));
            }
        }
    }
}
