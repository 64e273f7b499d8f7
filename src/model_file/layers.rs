//! What PyTorch calls the parameters of a layer, and their shapes.

use crate::autoencoder::{Architecture, Dimensions, LayerKind, Shape, Window};

/// The tensors of one layer.
pub(super) struct LayerTensors {
    /// Of the weights, such as `layers.0.weight`.
    pub weight_name: String,
    /// `outputs × inputs`, or of three or four dimensions where a window slides.
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

/// As PyTorch's `Linear`, `Conv1d`, `Conv2d` and their transposes have it; a variational layer is a `Linear` of twice the outputs,
/// all the means first.
fn weight_shape(kind: LayerKind, input: Shape, dense: [usize; 2]) -> Vec<usize> {
    match kind {
        LayerKind::Dense { .. } | LayerKind::Variational { .. } => dense.to_vec(),
        LayerKind::Convolution(window) => windows(window, window.channels, input.channels),
        LayerKind::TransposedConvolution(window) => {
            windows(window, input.channels, window.channels)
        }
    }
}

/// `first × second` windows, of one dimension or two.
fn windows(window: Window, first: usize, second: usize) -> Vec<usize> {
    let kernel = window.kernel;
    match window.dimensions {
        Dimensions::One => vec![first, second, kernel],
        Dimensions::Two => vec![first, second, kernel, kernel],
    }
}
