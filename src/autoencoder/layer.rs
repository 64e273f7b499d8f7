//! One layer: what it computes, and what shape that has.

use serde::{Deserialize, Serialize};

use super::Activation;
use super::window::{Dimensions, Window};

/// The shape of one item between two layers; a plain row of values has height and width 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Maps of features, or values of a plain row.
    pub channels: usize,
    /// Rows of each map.
    pub height: usize,
    /// Columns of each map.
    pub width: usize,
}

impl Shape {
    /// A plain row of values.
    pub fn row(n_values: usize) -> Self {
        Self {
            channels: n_values,
            height: 1,
            width: 1,
        }
    }

    /// Series of `n_samples` values each, which are maps of a single row.
    pub fn series(channels: usize, n_samples: usize) -> Self {
        Self {
            channels,
            height: 1,
            width: n_samples,
        }
    }

    /// Whether it is series, along which a window slides in one dimension.
    pub fn is_series(self) -> bool {
        self.height == 1 && self.width > 1
    }

    /// Whether it is maps, with something for a window to slide over, and no plain row.
    pub fn are_maps(self) -> bool {
        self.height > 1 || self.width > 1
    }

    /// Number of values: channels × height × width.
    pub fn n_values(self) -> usize {
        self.channels
            .saturating_mul(self.height)
            .saturating_mul(self.width)
    }

    /// The sides of its maps: "14 × 14", or "140" of series.
    pub fn sides_in_words(self) -> String {
        if self.is_series() {
            self.width.to_string()
        } else {
            format!("{} × {}", self.height, self.width)
        }
    }
}

/// What a layer computes before its activation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum LayerKind {
    /// Every output is a weighted sum of all inputs.
    Dense {
        /// Number of outputs.
        n_outputs: usize,
    },
    /// Every output is a weighted sum of a window of the input.
    Convolution(Window),
    /// The same backwards: every input spreads over a window of the output.
    TransposedConvolution(Window),
    /// The code of a variational autoencoder (Kingma and Welling, 2014): a mean and the logarithm of a variance for
    /// every output, each a weighted sum of all inputs. Outputs are drawn while training; else they are the means.
    Variational {
        /// Number of outputs; there are twice as many sums, all the means first.
        n_outputs: usize,
        /// What a nat of Kullback–Leibler divergence from the standard normal distribution costs, in squared error
        /// (β-VAE, Higgins and others, 2017): 0 to 100. At 1 the loss is the evidence bound of a decoder whose variance
        /// is ½; any other variance σ² stands at 2σ².
        beta: f32,
    },
}

/// One layer of an [`super::Architecture`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// What it computes.
    pub kind: LayerKind,
    /// Applied to each output.
    pub activation: Activation,
    /// The part of its outputs that is left out of each training step, 0 to below 1; the rest is scaled up.
    pub dropout: f32,
}

/// The sizes of the parameters of one layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterShape {
    /// Rows of the weight matrix as PyTorch stores it: outputs, or inputs of a transposed convolution.
    pub rows: usize,
    /// Columns of that matrix; those of a convolution hold channels × values under the window.
    pub columns: usize,
    /// Number of biases: one per output, or per output map.
    pub n_biases: usize,
    /// PyTorch's `fan_in`, which bounds the initial weights: columns of the weight matrix.
    pub fan_in: usize,
}

impl ParameterShape {
    /// Number of weights.
    pub fn n_weights(self) -> usize {
        self.rows.saturating_mul(self.columns)
    }

    /// Number of weights and biases.
    pub fn n_parameters(self) -> usize {
        self.n_weights().saturating_add(self.n_biases)
    }
}

impl Layer {
    /// A dense layer.
    pub fn dense(n_outputs: usize, activation: Activation) -> Self {
        Self::without_dropout(LayerKind::Dense { n_outputs }, activation)
    }

    /// A convolution over pictures.
    pub fn convolution(
        channels: usize,
        kernel: usize,
        stride: usize,
        padding: usize,
        activation: Activation,
    ) -> Self {
        let window = Window {
            channels,
            kernel,
            stride,
            padding,
            output_padding: 0,
            dimensions: Dimensions::Two,
        };
        Self::without_dropout(LayerKind::Convolution(window), activation)
    }

    /// A transposed convolution over pictures; with a stride above 1, `output_padding` is 1 so that the maps grow evenly.
    pub fn transposed_convolution(
        channels: usize,
        kernel: usize,
        stride: usize,
        padding: usize,
        activation: Activation,
    ) -> Self {
        let window = Window {
            channels,
            kernel,
            stride,
            padding,
            output_padding: usize::from(stride > 1),
            dimensions: Dimensions::Two,
        };
        Self::without_dropout(LayerKind::TransposedConvolution(window), activation)
    }

    /// The same layer with its window, where it has one, along series instead of over pictures.
    #[must_use]
    pub fn along_series(mut self) -> Self {
        if let LayerKind::Convolution(window) | LayerKind::TransposedConvolution(window) =
            &mut self.kind
        {
            window.dimensions = Dimensions::One;
        }
        self
    }

    fn without_dropout(kind: LayerKind, activation: Activation) -> Self {
        Self {
            kind,
            activation,
            dropout: 0.0,
        }
    }

    /// A layer whose outputs are drawn, with the price `beta` of their information.
    pub fn variational(n_outputs: usize, beta: f32) -> Self {
        let kind = LayerKind::Variational { n_outputs, beta };
        Self::without_dropout(kind, Activation::Identity)
    }

    /// The same layer with a part of its outputs left out while training.
    #[must_use]
    pub fn with_dropout(mut self, dropout: f32) -> Self {
        self.dropout = dropout;
        self
    }

    /// Whether a window slides in this layer.
    pub fn is_convolutional(&self) -> bool {
        match self.kind {
            LayerKind::Convolution(_) | LayerKind::TransposedConvolution(_) => true,
            LayerKind::Dense { .. } | LayerKind::Variational { .. } => false,
        }
    }

    /// The price of information, where outputs are drawn.
    pub fn beta(&self) -> Option<f32> {
        match self.kind {
            LayerKind::Variational { beta, .. } => Some(beta),
            _ => None,
        }
    }

    /// Units of a dense or variational layer, or maps of a convolution.
    pub fn width(&self) -> usize {
        match self.kind {
            LayerKind::Dense { n_outputs } | LayerKind::Variational { n_outputs, .. } => n_outputs,
            LayerKind::Convolution(window) | LayerKind::TransposedConvolution(window) => {
                window.channels
            }
        }
    }

    /// Gives a dense or variational layer another number of outputs; a convolution stays as it is.
    pub fn set_n_outputs(&mut self, n: usize) {
        if let LayerKind::Dense { n_outputs } | LayerKind::Variational { n_outputs, .. } =
            &mut self.kind
        {
            *n_outputs = n;
        }
    }

    /// The shape that an item of shape `input` has after this layer; empty where the window does not fit.
    ///
    /// Formulas: PyTorch, `Conv1d`, `Conv2d` and their transposes, without dilation.
    pub fn output_shape(&self, input: Shape) -> Shape {
        match self.kind {
            LayerKind::Dense { n_outputs } | LayerKind::Variational { n_outputs, .. } => {
                Shape::row(n_outputs)
            }
            LayerKind::Convolution(window) => window.narrowed(input),
            LayerKind::TransposedConvolution(window) => window.widened(input),
        }
    }

    /// Whether the window covers all maps on its narrow side at once: then the layer is one matrix product.
    pub fn is_matrix_product(&self, input: Shape) -> bool {
        let output = self.output_shape(input);
        let is_point = |shape: Shape| shape.height == 1 && shape.width == 1;
        match self.kind {
            LayerKind::Dense { .. } | LayerKind::Variational { .. } => true,
            LayerKind::Convolution(window) => is_point(output) && window.covers(input),
            LayerKind::TransposedConvolution(window) => is_point(input) && window.covers(output),
        }
    }

    /// The sizes of this layer's parameters for items of shape `input`.
    pub fn parameter_shape(&self, input: Shape) -> ParameterShape {
        let (rows, columns, n_biases) = match self.kind {
            LayerKind::Dense { n_outputs } => (n_outputs, input.n_values(), n_outputs),
            LayerKind::Variational { n_outputs, .. } => {
                let n_sums = n_outputs.saturating_mul(2);
                (n_sums, input.n_values(), n_sums)
            }
            LayerKind::Convolution(window) => (
                window.channels,
                input.channels.saturating_mul(window.area()),
                window.channels,
            ),
            LayerKind::TransposedConvolution(window) => (
                input.channels,
                window.channels.saturating_mul(window.area()),
                window.channels,
            ),
        };
        ParameterShape {
            rows,
            columns,
            n_biases,
            fan_in: columns,
        }
    }

    /// Multiplications that this layer takes for one item of shape `input`: each weight once, or, of a window, once for
    /// every place where it stands.
    pub fn n_products(&self, input: Shape) -> usize {
        let n_weights = self.parameter_shape(input).n_weights();
        let narrow = match self.kind {
            LayerKind::Dense { .. } | LayerKind::Variational { .. } => return n_weights,
            LayerKind::Convolution(_) => self.output_shape(input),
            LayerKind::TransposedConvolution(_) => input,
        };
        n_weights
            .saturating_mul(narrow.height)
            .saturating_mul(narrow.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_narrow_and_widen_as_in_the_second_article() {
        let picture = Shape {
            channels: 1,
            height: 28,
            width: 28,
        };
        let narrow = Layer::convolution(16, 3, 2, 1, Activation::Relu);
        let halved = narrow.output_shape(picture);
        assert_eq!((halved.channels, halved.height, halved.width), (16, 14, 14));
        let wide = Layer::transposed_convolution(1, 3, 2, 1, Activation::Sigmoid);
        assert_eq!(wide.output_shape(halved), picture);
    }

    #[test]
    fn a_window_as_large_as_the_maps_is_a_matrix_product() {
        let maps = Shape {
            channels: 32,
            height: 7,
            width: 7,
        };
        let identity = Activation::Identity;
        let closing = Layer::convolution(64, 7, 1, 0, identity);
        assert!(closing.is_matrix_product(maps));
        assert!(!Layer::convolution(64, 7, 1, 1, identity).is_matrix_product(maps));
        assert!(!Layer::convolution(64, 3, 1, 0, identity).is_matrix_product(maps));
        let opening = Layer::transposed_convolution(32, 7, 1, 0, identity);
        assert!(opening.is_matrix_product(Shape::row(64)));
        assert!(!opening.is_matrix_product(maps));
        assert!(Layer::dense(3, identity).is_matrix_product(maps));
        let series = Shape::series(8, 7);
        assert!(closing.along_series().is_matrix_product(series));
        assert!(!closing.is_matrix_product(series));
        assert!(opening.along_series().is_matrix_product(Shape::row(64)));
    }

    #[test]
    fn a_window_that_does_not_fit_leaves_nothing() {
        let narrow = Layer::convolution(4, 7, 1, 0, Activation::Relu);
        let shape = Shape {
            channels: 1,
            height: 3,
            width: 3,
        };
        assert_eq!(narrow.output_shape(shape).n_values(), 0);
        let still = Layer::convolution(4, 3, 0, 0, Activation::Relu);
        assert_eq!(still.output_shape(shape).n_values(), 0);
        let spread = Layer::transposed_convolution(4, 3, 0, 0, Activation::Relu);
        assert_eq!(spread.output_shape(shape).n_values(), 0);
    }
}
