//! Backpropagation (Rumelhart, Hinton and Williams, 1986), written out layer by layer.
//!
//! At ten items a batch the bookkeeping of a recorded tape costs twice as much as the arithmetic, so the
//! chain rule stands here by itself. The tests hold it to Burn's automatic differentiation.

use burn::prelude::*;
use burn::tensor::module::{conv_transpose2d, conv2d, conv2d_weight_backward};
use burn::tensor::ops::ConvTransposeOptions;

use super::activation::through_activation;
use super::forward::{Chance, Pass, as_maps, forward_by_chance};
use super::parameters::LayerParameters;
use super::variational::Drawn;
use crate::autoencoder::window::Span;
use crate::autoencoder::{Architecture, Layer, LayerKind, Loss, Shape, Window};

/// A batch to learn from.
pub(super) struct Batch {
    /// What the network should reconstruct, `n × input`.
    pub target: Tensor<2>,
    /// What it gets to see, where that is not the target itself.
    pub seen: Option<Tensor<2>>,
    /// What is left out, and what is drawn.
    pub chance: Chance,
}

/// What a batch teaches; the figures are one number each on the device.
pub(super) struct LossAndGradients {
    /// The loss of the batch, the price of a variational code included.
    pub loss: Tensor<1>,
    /// The divergence of a variational code, a mean over the items in nats; `None` in a plain autoencoder.
    pub divergence: Option<Tensor<1>>,
    /// Of `scale` times the loss, layer by layer.
    pub gradients: Vec<LayerParameters>,
}

/// The loss of a batch, and the gradients of `scale` times that loss.
pub(super) fn loss_and_gradients(
    parameters: &[LayerParameters],
    architecture: &Architecture,
    batch: Batch,
    loss: Loss,
    scale: f64,
) -> LossAndGradients {
    let Batch {
        target,
        seen,
        chance,
    } = batch;
    let [n_items, input_size] = target.dims();
    let seen = seen.unwrap_or_else(|| target.clone());
    let pass = forward_by_chance(parameters, architecture, seen, chance);
    let Pass {
        mut values,
        kept,
        sums,
        drawn,
    } = pass;
    let mut output = values.remove(parameters.len());
    let factor = match loss {
        Loss::MeanSquared => 1.0 / (n_items * input_size) as f64,
        Loss::SummedSquared => 1.0,
    };
    // The derivative of the loss by the output; on its way back, by the output of the layer at hand.
    let (loss, mut delta) = compared(output.clone(), target, factor, 2.0 * scale * factor);
    let divergence = total_divergence(architecture, &drawn);
    let loss = match &divergence {
        None => loss,
        Some((_, price)) => loss + price.clone().mul_scalar(factor),
    };
    let mut gradients = Vec::with_capacity(parameters.len());
    let input_shapes = architecture.shapes();
    let stops = values.into_iter().zip(kept).zip(sums).zip(drawn);
    for (layer_idx, (((input, dropped), sums), draw)) in stops.enumerate().rev() {
        let layer = &architecture.layers[layer_idx];
        if let Some(dropped) = dropped {
            delta = delta * dropped.mask;
            output = dropped.output;
        }
        let shape = input_shapes[layer_idx];
        let (before_activation, bias) = match draw.zip(layer.beta()) {
            None => through_layer(layer, shape, delta, sums, output),
            Some((draw, beta)) => {
                let delta = draw.sums_gradient(delta, f64::from(beta) * scale * factor);
                let bias = delta.clone().sum_dim(0);
                (delta, bias)
            }
        };
        let weight = weight_gradient(layer, shape, input.clone(), before_activation.clone());
        gradients.push(LayerParameters { weight, bias });
        if layer_idx == 0 {
            break;
        }
        let weight = parameters[layer_idx].weight.clone();
        delta = input_gradient(layer, shape, weight, before_activation);
        output = input;
    }
    gradients.reverse();
    LossAndGradients {
        loss,
        divergence: divergence.map(|(nats, _)| nats.div_scalar(n_items as f64)),
        gradients,
    }
}

/// The divergence of all variational layers, summed over the items: in nats, and at its price.
fn total_divergence(
    architecture: &Architecture,
    drawn: &[Option<Drawn>],
) -> Option<(Tensor<1>, Tensor<1>)> {
    let layers = architecture.layers.iter().zip(drawn);
    let each = layers.filter_map(|(layer, draw)| {
        let nats = draw.as_ref()?.divergence();
        Some((nats.clone(), nats.mul_scalar(layer.beta()?)))
    });
    each.reduce(|sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// `factor` times the sum of the squared differences, and the differences times `by_output`.
fn compared(
    output: Tensor<2>,
    target: Tensor<2>,
    factor: f64,
    by_output: f64,
) -> (Tensor<1>, Tensor<2>) {
    #[cfg(feature = "wgpu")]
    if super::fused::is_at_home(&output) {
        return super::fused::loss::compare(output, target, factor, by_output);
    }
    let difference = output - target;
    let loss = difference.clone().square().sum().mul_scalar(factor);
    (loss, difference.mul_scalar(by_output))
}

/// The gradient of a layer's sums, from that of what its activation gave; and that of its biases.
fn through_layer(
    layer: &Layer,
    shape: Shape,
    delta: Tensor<2>,
    sums: Option<Tensor<2>>,
    output: Tensor<2>,
) -> (Tensor<2>, Tensor<2>) {
    let n_maps = layer.parameter_shape(shape).n_biases;
    #[cfg(feature = "wgpu")]
    if super::fused::knows(layer.activation) && super::fused::is_at_home(&delta) {
        let activation = layer.activation;
        return super::fused::derivative::through_activation(delta, output, n_maps, activation);
    }
    let delta = through_activation(delta, sums, output, layer.activation);
    let bias = sum_of_maps(delta.clone(), n_maps);
    (delta, bias)
}

/// The gradient of a layer's weights, from what went in and the gradient of what came out before activation.
fn weight_gradient(layer: &Layer, shape: Shape, input: Tensor<2>, delta: Tensor<2>) -> Tensor<2> {
    let after = layer.output_shape(shape);
    let is_product = layer.is_matrix_product(shape);
    match layer.kind {
        LayerKind::Dense { .. } | LayerKind::Variational { .. } => input.transpose().matmul(delta),
        LayerKind::Convolution(_) if is_product => delta.transpose().matmul(input),
        LayerKind::TransposedConvolution(_) if is_product => input.transpose().matmul(delta),
        LayerKind::Convolution(window) => window.weight_gradient((input, shape), (delta, after)),
        // A transposed convolution is a convolution run backwards: input and output change places.
        LayerKind::TransposedConvolution(window) => {
            window.weight_gradient((delta, after), (input, shape))
        }
    }
}

/// The gradient of what went into a layer.
fn input_gradient(layer: &Layer, shape: Shape, weight: Tensor<2>, delta: Tensor<2>) -> Tensor<2> {
    let after = layer.output_shape(shape);
    let is_product = layer.is_matrix_product(shape);
    match layer.kind {
        LayerKind::Dense { .. } | LayerKind::Variational { .. } => delta.matmul(weight.transpose()),
        LayerKind::Convolution(_) if is_product => delta.matmul(weight),
        LayerKind::TransposedConvolution(_) if is_product => delta.matmul(weight.transpose()),
        LayerKind::Convolution(window) => {
            let weight = window.weight(weight, window.channels, shape.channels);
            let options = window.options_back_to(shape, after);
            conv_transpose2d(as_maps(delta, after), weight, None, options).flatten(1, 3)
        }
        LayerKind::TransposedConvolution(window) => {
            let delta = as_maps(delta, after);
            let weight = window.weight(weight, shape.channels, window.channels);
            conv2d(delta, weight, None, window.options()).flatten(1, 3)
        }
    }
}

/// Sums maps (`n × maps · places`) over items and places: `1 × maps`.
fn sum_of_maps(maps: Tensor<2>, n_maps: usize) -> Tensor<2> {
    let [n_items, n_values] = maps.dims();
    if n_values == n_maps {
        return maps.sum_dim(0);
    }
    let by_place = maps.reshape([n_items, n_maps, n_values / n_maps]);
    by_place.sum_dim(2).sum_dim(0).reshape([1, n_maps])
}

impl Window {
    /// The gradient of the weights of a window between wide maps and narrow ones, as the matrix that
    /// [`LayerParameters`] holds: one side is what went in, the other the gradient of what came out.
    fn weight_gradient(self, wide: (Tensor<2>, Shape), narrow: (Tensor<2>, Shape)) -> Tensor<2> {
        #[cfg(feature = "wgpu")]
        if super::fused::is_at_home(&wide.0) {
            return super::fused::windows::weight_gradient(self, wide, narrow);
        }
        let (n_narrow, n_wide) = (narrow.1.channels, wide.1.channels);
        let (wide, narrow) = (as_maps(wide.0, wide.1), as_maps(narrow.0, narrow.1));
        let [down, across] = self.spans();
        let shape = [n_narrow, n_wide, down.kernel, across.kernel];
        let like = Tensor::zeros(shape, &wide.device());
        conv2d_weight_backward(wide, like, narrow, self.options()).flatten(1, 3)
    }

    /// The transposed convolution that brings `narrow` maps back to the `wide` ones that they came from.
    fn options_back_to(self, wide: Shape, narrow: Shape) -> ConvTransposeOptions<2> {
        let [down, across] = self.spans();
        let missing = |span: Span, wide: usize, narrow: usize| {
            let reached = (narrow - 1) * span.stride + span.kernel - 2 * span.padding;
            wide - reached
        };
        self.transposed_options([
            missing(down, wide.height, narrow.height),
            missing(across, wide.width, narrow.width),
        ])
    }
}

// The reference, Burn's tape, is there in native tests only.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::autoencoder::{Activation, Initialisation, Weights};
    use crate::random::Mt19937;

    /// The same gradients by Burn's automatic differentiation.
    fn by_tape(
        layers: &[LayerParameters],
        architecture: &Architecture,
        batch: Tensor<2>,
        chance: Chance,
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
        let on_tape = |tensor: Option<Tensor<2>>| tensor.map(Tensor::autodiff);
        let chance = Chance {
            masks: chance.masks.into_iter().map(on_tape).collect(),
            draws: chance.draws.into_iter().map(on_tape).collect(),
        };
        let mut pass = forward_by_chance(&tracked, architecture, batch.clone(), chance);
        let output = pass.values.remove(layers.len());
        let n_values = batch.dims().into_iter().product::<usize>() as f64;
        let mut loss = (output - batch).square().mean();
        for (layer, draw) in architecture.layers.iter().zip(&pass.drawn) {
            if let Some((beta, draw)) = layer.beta().zip(draw.as_ref()) {
                let price = f64::from(beta) / n_values;
                loss = loss + draw.divergence().mul_scalar(price);
            }
        }
        let gradients = loss.backward();
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
        let layers = LayerParameters::upload_all(architecture, weights.values(), &device);
        let size = architecture.input_size();
        let items: Vec<f32> = (0..7 * size).map(|_| generator.uniform(0.0, 1.0)).collect();
        let target = Tensor::from_data(TensorData::new(items, [7, size]), &device);
        let sizes = architecture.layer_sizes().into_iter().skip(1);
        let draws = architecture.layers.iter().zip(sizes).map(|(layer, size)| {
            layer.beta().map(|_| {
                let draws: Vec<f32> = (0..7 * size).map(|_| generator.normal()).collect();
                Tensor::from_data(TensorData::new(draws, [7, size]), &device)
            })
        });
        let chance = Chance {
            masks: Vec::new(),
            draws: draws.collect(),
        };
        let batch = Batch {
            target: target.clone(),
            seen: None,
            chance: chance.clone(),
        };
        let ours =
            loss_and_gradients(&layers, architecture, batch, Loss::MeanSquared, 1.0).gradients;
        let expected = by_tape(&layers, architecture, target, chance);
        assert_eq!(ours.len(), expected.len());
        for (ours, expected) in ours.iter().zip(&expected) {
            assert_eq!(ours.weight.dims(), expected.weight.dims());
            let steepest = expected.weight.clone().abs().max().into_scalar::<f32>();
            assert!(steepest > 1e-4);
            // Steep slopes are rounded more coarsely.
            let tolerance = 1e-6 * steepest.max(1.0);
            assert!(largest_difference(&ours.weight, &expected.weight) < tolerance);
            assert!(largest_difference(&ours.bias, &expected.bias) < tolerance);
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
    fn gradients_along_series_agree_with_automatic_differentiation() {
        let along = Layer::along_series;
        let wider = Layer::transposed_convolution(2, 3, 2, 1, Activation::Sigmoid);
        assert_agrees_with_the_tape(&Architecture {
            input: Shape::series(2, 18),
            layers: vec![
                along(Layer::convolution(3, 3, 2, 1, Activation::Relu)),
                along(Layer::convolution(5, 9, 1, 0, Activation::Identity)),
                Layer::dense(3, Activation::Identity),
                Layer::dense(5, Activation::Identity),
                along(Layer::transposed_convolution(3, 9, 1, 0, Activation::Relu)),
                along(wider),
            ],
            initialisation: Initialisation::Uniform,
        });
    }

    #[test]
    fn gradients_of_a_variational_code_agree_with_automatic_differentiation() {
        let dense = Architecture::dense(&[6, 8, 4, 8, 6], Activation::Tanh, Activation::Sigmoid);
        assert_agrees_with_the_tape(&dense.with_variational_code(0.7));
        let picture = Shape {
            channels: 1,
            height: 6,
            width: 6,
        };
        let convolutional = Architecture {
            input: picture,
            layers: vec![
                Layer::convolution(3, 3, 1, 0, Activation::Relu),
                Layer::variational(3, 0.4),
                Layer::dense(5, Activation::Identity),
                Layer::transposed_convolution(1, 6, 1, 0, Activation::Sigmoid),
            ],
            initialisation: Initialisation::Uniform,
        };
        assert_agrees_with_the_tape(&convolutional);
    }

    #[test]
    fn what_dropout_leaves_out_gets_no_gradient() {
        let device = Device::flex();
        let architecture = Architecture::dense(&[3, 2, 3], Activation::Tanh, Activation::Identity);
        let weights = Weights::initial(&architecture, &mut Mt19937::new(5));
        let layers = LayerParameters::upload_all(&architecture, weights.values(), &device);
        let row = |values: [f32; 3]| Tensor::<2>::from_data([values], &device);
        let batch = Batch {
            target: row([0.5, -0.25, 1.0]),
            seen: None,
            chance: Chance {
                masks: vec![Some(Tensor::from_data([[0.0, 2.0]], &device)), None],
                draws: Vec::new(),
            },
        };
        let taught = loss_and_gradients(&layers, &architecture, batch, Loss::SummedSquared, 1.0);
        let read = taught.gradients[0].weight.clone().into_data();
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
        for hidden in Activation::ALL {
            for output in Activation::ALL {
                assert_agrees_with_the_tape(&Architecture::dense(&[6, 8, 4, 8, 6], hidden, output));
            }
        }
    }
}
