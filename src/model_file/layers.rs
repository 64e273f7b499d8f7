//! What PyTorch calls the parameters of a layer, and their shapes.

use crate::autoencoder::{Architecture, LayerKind, Shape};

/// The tensors of one layer.
pub(super) struct LayerTensors {
    /// Of the weights, such as `layers.0.weight`.
    pub weight_name: String,
    /// `outputs × inputs`, or of four dimensions where a window slides.
    pub weight_shape: Vec<usize>,
    /// Of the biases, such as `layers.0.bias`.
    pub bias_name: String,
    /// One per output, or per output map.
    pub n_biases: usize,
}

impl LayerTensors {
    /// All layers, from the input on.
    pub fn of(architecture: &Architecture) -> Vec<Self> {
        let inputs = architecture.shapes();
        let shapes = architecture.parameter_shapes();
        let layers = architecture.layers.iter().zip(inputs).zip(shapes);
        let tensors = layers
            .enumerate()
            .map(|(idx, ((layer, input), shape))| Self {
                weight_name: format!("layers.{idx}.weight"),
                weight_shape: weight_shape(layer.kind, input, [shape.rows, shape.columns]),
                bias_name: format!("layers.{idx}.bias"),
                n_biases: shape.n_biases,
            });
        tensors.collect()
    }
}

/// As PyTorch's `Linear`, `Conv2d` and `ConvTranspose2d` have it; a variational layer is a `Linear` of twice the outputs,
/// all the means first.
fn weight_shape(kind: LayerKind, input: Shape, dense: [usize; 2]) -> Vec<usize> {
    match kind {
        LayerKind::Dense { .. } | LayerKind::Variational { .. } => dense.to_vec(),
        LayerKind::Convolution(window) => {
            vec![
                window.channels,
                input.channels,
                window.kernel,
                window.kernel,
            ]
        }
        LayerKind::TransposedConvolution(window) => {
            vec![
                input.channels,
                window.channels,
                window.kernel,
                window.kernel,
            ]
        }
    }
}
