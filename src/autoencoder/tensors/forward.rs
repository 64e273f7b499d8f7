//! What each layer makes of a batch.

use burn::prelude::*;
use burn::tensor::module::{conv_transpose2d, conv2d};
use burn::tensor::ops::{ConvOptions, ConvTransposeOptions};

use super::activation::{activate, needs_sums};
use super::parameters::LayerParameters;
use super::variational::{Drawn, means};
use crate::autoencoder::{Activation, Architecture, Layer, LayerKind, Shape, Window};

/// A batch on its way through a network, every stop remembered.
pub(in crate::autoencoder) struct Pass {
    /// What went into each layer, `n × values` each, and last the reconstruction.
    pub values: Vec<Tensor<2>>,
    /// What came out of each layer before some of it was left out; `None` where nothing was.
    pub kept: Vec<Option<Dropped>>,
    /// Each layer's sums before its activation, where the way back needs them; `n × outputs`.
    pub sums: Vec<Option<Tensor<2>>>,
    /// What each variational layer's outputs were drawn from; `None` for other layers.
    pub drawn: Vec<Option<Drawn>>,
}

/// What chance decides while training: one entry a layer, or none at all where it decides nothing.
#[derive(Clone, Default)]
pub(super) struct Chance {
    /// What dropout multiplies each layer's output by, `n × outputs`.
    pub masks: Vec<Option<Tensor<2>>>,
    /// Standard normal draws for the outputs of variational layers, `n × outputs`.
    pub draws: Vec<Option<Tensor<2>>>,
}

/// A layer's output before dropout, and what dropout multiplied it by.
pub(in crate::autoencoder) struct Dropped {
    /// `n × outputs`.
    pub output: Tensor<2>,
    /// `n × outputs`: 0, or 1 over the part that is kept.
    pub mask: Tensor<2>,
}

/// Runs `input` (`n × input`) through the network as it is when nothing is being learned.
///
/// Returns the values of every layer, `n × values` each, from the input itself to the reconstruction.
pub(in crate::autoencoder) fn forward(
    parameters: &[LayerParameters],
    architecture: &Architecture,
    input: Tensor<2>,
) -> Vec<Tensor<2>> {
    let mut values = vec![input];
    let with_parameters = architecture.layers.iter().zip(parameters);
    for ((layer, parameters), shape) in with_parameters.zip(architecture.shapes()) {
        let input = values[values.len() - 1].clone();
        values.push(output(layer, parameters, shape, input));
    }
    values
}

/// The same as it is while something is being learned: some values are left out, others drawn.
pub(super) fn forward_by_chance(
    parameters: &[LayerParameters],
    architecture: &Architecture,
    input: Tensor<2>,
    chance: Chance,
) -> Pass {
    let mut values = Vec::with_capacity(parameters.len() + 1);
    let mut kept = Vec::with_capacity(parameters.len());
    let mut drawn = Vec::with_capacity(parameters.len());
    let mut kept_sums = Vec::with_capacity(parameters.len());
    let mut shape = architecture.input;
    let mut masks = chance.masks.into_iter();
    let mut noises = chance.draws.into_iter();
    values.push(input);
    for (layer, parameters) in architecture.layers.iter().zip(parameters) {
        let input = values[values.len() - 1].clone();
        let sums = Sums::of(layer, parameters, shape, input);
        let noise = noises.next().flatten();
        let (output, of_output, draw) = if layer.beta().is_some() {
            let draw = Drawn::new(sums.whole(), noise);
            (draw.outputs(), None, Some(draw))
        } else if needs_sums(layer.activation) {
            let sums = sums.whole();
            (activate(sums.clone(), layer.activation), Some(sums), None)
        } else {
            (sums.activated(layer.activation), None, None)
        };
        kept_sums.push(of_output);
        drawn.push(draw);
        shape = layer.output_shape(shape);
        if let Some(mask) = masks.next().flatten() {
            values.push(output.clone() * mask.clone());
            kept.push(Some(Dropped { output, mask }));
        } else {
            values.push(output);
            kept.push(None);
        }
    }
    Pass {
        values,
        kept,
        sums: kept_sums,
        drawn,
    }
}

/// Runs codes (`n × code`) through the layers that follow the code.
pub(in crate::autoencoder) fn decode(
    parameters: &[LayerParameters],
    architecture: &Architecture,
    codes: Tensor<2>,
) -> Tensor<2> {
    let first = architecture.code_layer();
    let shapes = architecture.shapes();
    let layers = architecture.layers.iter().zip(parameters).zip(shapes);
    layers
        .skip(first)
        .fold(codes, |values, ((layer, parameters), shape)| {
            output(layer, parameters, shape, values)
        })
}

/// What a layer gives when nothing is left to chance, `n × outputs`.
fn output(
    layer: &Layer,
    parameters: &LayerParameters,
    shape: Shape,
    input: Tensor<2>,
) -> Tensor<2> {
    let sums = Sums::of(layer, parameters, shape, input);
    match layer.kind {
        LayerKind::Variational { .. } => means(sums.whole()),
        LayerKind::Dense { .. }
        | LayerKind::Convolution(_)
        | LayerKind::TransposedConvolution(_) => sums.activated(layer.activation),
    }
}

/// What a layer computes before its activation, `n × outputs`, or twice as many in a variational layer.
struct Sums {
    /// Without the biases, if those are still to be added.
    products: Tensor<2>,
    /// `1 × maps`.
    biases: Option<Tensor<2>>,
    /// Values of a map.
    n_places: usize,
}

impl Sums {
    fn of(layer: &Layer, parameters: &LayerParameters, shape: Shape, input: Tensor<2>) -> Self {
        let LayerParameters { weight, bias } = parameters.clone();
        let is_product = layer.is_matrix_product(shape);
        let after = layer.output_shape(shape);
        let (products, biases, n_places) = match layer.kind {
            LayerKind::Dense { .. } | LayerKind::Variational { .. } => {
                (input.matmul(weight), Some(bias), 1)
            }
            LayerKind::Convolution(_) if is_product => {
                (input.matmul(weight.transpose()), Some(bias), 1)
            }
            LayerKind::TransposedConvolution(_) if is_product => {
                let n_places = after.height * after.width;
                (input.matmul(weight), Some(bias), n_places)
            }
            LayerKind::Convolution(window) => {
                let weight = window.weight(weight, window.channels, shape.channels);
                let bias = Some(bias.reshape([window.channels]));
                let maps = conv2d(as_maps(input, shape), weight, bias, window.options());
                (maps.flatten(1, 3), None, 1)
            }
            LayerKind::TransposedConvolution(window) => {
                let weight = window.weight(weight, shape.channels, window.channels);
                let bias = Some(bias.reshape([window.channels]));
                let options = window.transposed_options(window.spans().map(|it| it.output_padding));
                let maps = conv_transpose2d(as_maps(input, shape), weight, bias, options);
                (maps.flatten(1, 3), None, 1)
            }
        };
        Self {
            products,
            biases,
            n_places,
        }
    }

    /// With the biases.
    fn whole(self) -> Tensor<2> {
        let Some(biases) = self.biases else {
            return self.products;
        };
        if self.n_places == 1 {
            return self.products + biases;
        }
        let ([n_items, _], [_, n_maps]) = (self.products.dims(), biases.dims());
        let maps = self.products.reshape([n_items, n_maps, self.n_places]);
        (maps + biases.reshape([1, n_maps, 1])).flatten(1, 2)
    }

    /// Through an activation.
    fn activated(self, activation: Activation) -> Tensor<2> {
        #[cfg(feature = "wgpu")]
        if super::fused::knows(activation) && super::fused::is_at_home(&self.products) {
            return super::fused::activation::activate(
                self.products,
                self.biases,
                self.n_places,
                activation,
            );
        }
        activate(self.whole(), activation)
    }
}

/// Rows of values as maps: `n × channels × height × width`.
pub(super) fn as_maps(rows: Tensor<2>, shape: Shape) -> Tensor<4> {
    let [n_items, _] = rows.dims();
    rows.reshape([n_items, shape.channels, shape.height, shape.width])
}

impl Window {
    /// A weight matrix as windows: `first × second × rows × columns`.
    pub(super) fn weight(self, matrix: Tensor<2>, first: usize, second: usize) -> Tensor<4> {
        let [down, across] = self.spans();
        matrix.reshape([first, second, down.kernel, across.kernel])
    }

    pub(super) fn options(self) -> ConvOptions<2> {
        let spans = self.spans();
        let (stride, padding) = (spans.map(|it| it.stride), spans.map(|it| it.padding));
        ConvOptions::new(stride, padding, [1, 1], 1)
    }

    /// Of the transposed convolution that adds so many rows and columns at the far end.
    pub(super) fn transposed_options(self, output_padding: [usize; 2]) -> ConvTransposeOptions<2> {
        let spans = self.spans();
        let (stride, padding) = (spans.map(|it| it.stride), spans.map(|it| it.padding));
        ConvTransposeOptions::new(stride, padding, output_padding, [1, 1], 1)
    }
}
