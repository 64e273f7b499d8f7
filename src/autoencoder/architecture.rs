//! The shape of an autoencoder.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Activation;
use super::layer::{Layer, LayerKind, ParameterShape, Shape};

/// An autoencoder: what goes in, and the layers that bring it to a code and back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Architecture {
    /// One item.
    pub input: Shape,
    /// From the input on; the last one's output has as many values as the input.
    pub layers: Vec<Layer>,
    /// How the initial weights are drawn.
    pub initialisation: Initialisation,
}

/// How initial weights are drawn; always in PyTorch's order, so that a seed means the same here and there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Initialisation {
    /// PyTorch's default: weights and biases uniform in ±1/√`fan_in`, convolutions before dense layers.
    Uniform,
    /// The default first, whose values are thrown away, then Glorot and Bengio's (2010) weights and zero biases.
    XavierUniform,
    /// The default, with two layers around the code that are drawn and thrown away, as the third article's code does.
    UniformAroundDiscarded {
        /// The code size that was asked for, before it was rounded up to a power of two.
        hidden_size: usize,
    },
}

/// Why an [`Architecture`] cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ArchitectureError {
    /// Fewer than an encoder and a decoder.
    #[error("an autoencoder needs an encoder and a decoder, but only {n_layers} layers were given")]
    TooShallow {
        /// How many layers were given.
        n_layers: usize,
    },
    /// A layer without outputs, or a window that does not fit into its input.
    #[error("layer {layer_idx} has no values; every layer needs at least one")]
    EmptyLayer {
        /// Counted from the input, which is 0.
        layer_idx: usize,
    },
    /// An autoencoder reconstructs its input, so both ends have the same size.
    #[error(
        "the input has {input} values but the output {output}; an autoencoder needs them equal"
    )]
    EndsDiffer {
        /// Values of the input.
        input: usize,
        /// Values of the output.
        output: usize,
    },
    /// Too many parameters for a browser to train.
    #[error("{n_parameters} parameters are more than the {limit} that a browser can train")]
    TooLarge {
        /// What the layers add up to.
        n_parameters: usize,
        /// The largest accepted count.
        limit: usize,
    },
    /// More layers than anyone can look at.
    #[error("{n_layers} layers are more than the {limit} that fit here")]
    TooDeep {
        /// How many layers were given.
        n_layers: usize,
        /// The largest accepted count.
        limit: usize,
    },
    /// More values between two layers than a browser can hold for a batch.
    #[error("layer {layer_idx} has {n_values} values, more than {limit}")]
    TooWide {
        /// Counted from the input, which is 0.
        layer_idx: usize,
        /// Its number of values.
        n_values: usize,
        /// The largest accepted count.
        limit: usize,
    },
    /// Too many multiplications for a browser to train.
    #[error(
        "{n_products} multiplications an item are more than the {limit} that a browser gets through"
    )]
    TooMuchWork {
        /// What the layers add up to.
        n_products: usize,
        /// The largest accepted count.
        limit: usize,
    },
    /// Leaving out everything, or less than nothing.
    #[error(
        "layer {layer_idx} leaves out {dropout} of its outputs; choose 0 or more and less than 1"
    )]
    Dropout {
        /// Counted from the input, which is 0.
        layer_idx: usize,
        /// The refused part, in words.
        dropout: String,
    },
    /// A price of information that leaves nothing to learn, or less than none.
    #[error(
        "β is {beta} in layer {layer_idx}; choose 0 to {}",
        Architecture::MAX_BETA
    )]
    Beta {
        /// Counted from the input, which is 0.
        layer_idx: usize,
        /// The refused price, in words.
        beta: String,
    },
}

impl Architecture {
    /// The largest accepted number of parameters: 80 MB with both moments of Adam.
    pub const MAX_PARAMETERS: usize = 5_000_000;

    /// The largest accepted number of layers.
    pub const MAX_LAYERS: usize = 32;

    /// The largest accepted number of values between two layers.
    pub const MAX_VALUES: usize = 65_536;

    /// The largest accepted number of multiplications an item: training on some thousand pictures takes minutes an epoch.
    pub const MAX_PRODUCTS: usize = 20_000_000;

    /// The largest accepted price of information in a variational layer.
    pub const MAX_BETA: f32 = 100.0;

    /// A dense autoencoder: `[64, 32, 8, 32, 64]` has 64 inputs, a code of 8, and 64 outputs.
    pub fn dense(sizes: &[usize], hidden: Activation, output: Activation) -> Self {
        let (input, outputs) = sizes
            .split_first()
            .map_or((0, sizes), |(&n, rest)| (n, rest));
        let last = outputs.len().saturating_sub(1);
        let layer = |(idx, &n_outputs): (usize, &usize)| {
            Layer::dense(n_outputs, if idx == last { output } else { hidden })
        };
        Self {
            input: Shape::row(input),
            layers: outputs.iter().enumerate().map(layer).collect(),
            initialisation: Initialisation::Uniform,
        }
    }

    /// Gives a dense autoencoder other sizes; activations of the hidden layers and of the output stay.
    pub fn resize(&mut self, sizes: &[usize]) {
        let hidden = self
            .layers
            .first()
            .map_or(Activation::Identity, |layer| layer.activation);
        let output = self
            .layers
            .last()
            .map_or(Activation::Identity, |layer| layer.activation);
        let Self { input, layers, .. } = Self::dense(sizes, hidden, output);
        self.layers = layers;
        if self.input_size() != input.n_values() {
            self.input = input;
        }
    }

    /// Checks what every other method and the engine rely on.
    ///
    /// # Errors
    /// When there are fewer than two layers or too many, one of them is empty, the ends differ, a dropout or a β is
    /// impossible, or the whole is too large.
    pub fn validate(&self) -> Result<(), ArchitectureError> {
        let n_layers = self.layers.len();
        if n_layers < 2 {
            return Err(ArchitectureError::TooShallow { n_layers });
        }
        if n_layers > Self::MAX_LAYERS {
            return Err(ArchitectureError::TooDeep {
                n_layers,
                limit: Self::MAX_LAYERS,
            });
        }
        if let Some(layer_idx) = self.layer_sizes().iter().position(|&size| size == 0) {
            return Err(ArchitectureError::EmptyLayer { layer_idx });
        }
        for (idx, layer) in self.layers.iter().enumerate() {
            if !(0.0..1.0).contains(&layer.dropout) {
                return Err(ArchitectureError::Dropout {
                    layer_idx: idx + 1,
                    dropout: layer.dropout.to_string(),
                });
            }
            if let Some(beta) = layer
                .beta()
                .filter(|beta| !(0.0..=Self::MAX_BETA).contains(beta))
            {
                return Err(ArchitectureError::Beta {
                    layer_idx: idx + 1,
                    beta: beta.to_string(),
                });
            }
        }
        let (input, output) = (self.input_size(), self.output_size());
        if input != output {
            return Err(ArchitectureError::EndsDiffer { input, output });
        }
        self.validate_size()
    }

    /// Checks what a browser can hold and get through.
    fn validate_size(&self) -> Result<(), ArchitectureError> {
        let n_parameters = self.n_parameters();
        if n_parameters > Self::MAX_PARAMETERS {
            return Err(ArchitectureError::TooLarge {
                n_parameters,
                limit: Self::MAX_PARAMETERS,
            });
        }
        let sizes = self.layer_sizes();
        if let Some(layer_idx) = sizes.iter().position(|&size| size > Self::MAX_VALUES) {
            return Err(ArchitectureError::TooWide {
                layer_idx,
                n_values: sizes[layer_idx],
                limit: Self::MAX_VALUES,
            });
        }
        let n_products = self.n_products();
        if n_products > Self::MAX_PRODUCTS {
            return Err(ArchitectureError::TooMuchWork {
                n_products,
                limit: Self::MAX_PRODUCTS,
            });
        }
        Ok(())
    }

    /// Number of values in one item.
    pub fn input_size(&self) -> usize {
        self.input.n_values()
    }

    fn output_size(&self) -> usize {
        self.shapes().last().map_or(0, |shape| shape.n_values())
    }

    /// The shape of an item before the first layer, between layers, and after the last one. A layer without a window
    /// takes an item as a plain row, whatever it is.
    pub fn shapes(&self) -> Vec<Shape> {
        let slides = self.layers.first().is_some_and(Layer::is_convolutional);
        let mut shapes = vec![if slides {
            self.input
        } else {
            Shape::row(self.input_size())
        }];
        for layer in &self.layers {
            shapes.push(layer.output_shape(shapes[shapes.len() - 1]));
        }
        shapes
    }

    /// Number of values of an item before the first layer, between layers, and after the last one.
    pub fn layer_sizes(&self) -> Vec<usize> {
        let shapes = self.shapes().into_iter();
        shapes.map(Shape::n_values).collect()
    }

    /// Index into [`Self::layer_sizes`] of the code: what is drawn in a variational autoencoder, else the narrowest
    /// layer between the two ends; of equals the one in their middle.
    ///
    /// The ends are not asked, for an item of a few values may be narrower than any layer.
    pub fn code_layer(&self) -> usize {
        let before_last = self.layers.split_last().map_or(&[][..], |(_, rest)| rest);
        if let Some(idx) = before_last.iter().position(|layer| layer.beta().is_some()) {
            return idx + 1;
        }
        let sizes = self.layer_sizes();
        let inner = 1..self.layers.len().max(1);
        let Some(narrowest) = sizes
            .get(inner.clone())
            .and_then(|sizes| sizes.iter().min())
        else {
            return 0;
        };
        let equals: Vec<usize> = inner.filter(|&idx| sizes[idx] == *narrowest).collect();
        equals
            .get((equals.len().max(1) - 1) / 2)
            .copied()
            .unwrap_or(0)
    }

    /// Number of values in a code: the width of the bottleneck.
    pub fn code_size(&self) -> usize {
        self.layer_sizes()
            .get(self.code_layer())
            .copied()
            .unwrap_or(0)
    }

    /// Makes the code one that is drawn, with the price `beta` of its information; a code that a convolution computes
    /// stays as it is.
    #[must_use]
    pub fn with_variational_code(mut self, beta: f32) -> Self {
        let (code_layer, code_size) = (self.code_layer(), self.code_size());
        let before = code_layer.checked_sub(1);
        if let Some(layer) = before.and_then(|idx| self.layers.get_mut(idx))
            && !layer.is_convolutional()
        {
            *layer = Layer::variational(code_size, beta);
        }
        self
    }

    /// The price of information in a variational autoencoder's code; `None` in a plain autoencoder.
    pub fn beta(&self) -> Option<f32> {
        let before = self.code_layer().checked_sub(1)?;
        self.layers.get(before)?.beta()
    }

    /// Sets the price of information; a plain autoencoder stays as it is.
    pub fn set_beta(&mut self, beta: f32) {
        for layer in &mut self.layers {
            if let LayerKind::Variational { beta: known, .. } = &mut layer.kind {
                *known = beta;
            }
        }
    }

    /// The activation of the hidden layers: the first one's that is neither drawn nor linear; linear where all are.
    pub fn hidden_activation(&self) -> Activation {
        let mut hidden = self.hidden_layers().map(|layer| layer.activation);
        let bent = hidden.find(|&activation| activation != Activation::Identity);
        bent.unwrap_or(Activation::Identity)
    }

    /// Gives every hidden layer that has the hidden layers' activation another one; layers that differ from them, as
    /// linear ones around a code do, stay as they are. A network that has such layers is not made linear as a whole, for
    /// nothing would tell them from the others any more.
    pub fn set_hidden_activation(&mut self, activation: Activation) {
        let known = self.hidden_activation();
        let is_mixed = self.hidden_layers().any(|layer| layer.activation != known);
        if is_mixed && activation == Activation::Identity {
            return;
        }
        let n_hidden = self.layers.len().saturating_sub(1);
        for layer in self.layers.iter_mut().take(n_hidden) {
            if layer.beta().is_none() && layer.activation == known {
                layer.activation = activation;
            }
        }
    }

    /// All but the last layer, without those that are drawn.
    fn hidden_layers(&self) -> impl Iterator<Item = &Layer> {
        let n_hidden = self.layers.len().saturating_sub(1);
        let layers = self.layers.iter().take(n_hidden);
        layers.filter(|layer| layer.beta().is_none())
    }

    /// The sizes of every layer's parameters, from the input on.
    pub fn parameter_shapes(&self) -> Vec<ParameterShape> {
        let with_inputs = self.layers.iter().zip(self.shapes());
        with_inputs
            .map(|(layer, input)| layer.parameter_shape(input))
            .collect()
    }

    /// Number of weights and biases together.
    pub fn n_parameters(&self) -> usize {
        let shapes = self.parameter_shapes().into_iter();
        shapes
            .map(ParameterShape::n_parameters)
            .fold(0, usize::saturating_add)
    }

    /// Multiplications that reconstructing one item takes, each followed by an addition.
    pub fn n_products(&self) -> usize {
        let with_inputs = self.layers.iter().zip(self.shapes());
        with_inputs
            .map(|(layer, input)| layer.n_products(input))
            .fold(0, usize::saturating_add)
    }

    /// Whether a window slides anywhere in it.
    pub fn is_convolutional(&self) -> bool {
        self.layers.iter().any(Layer::is_convolutional)
    }
}

/// The layer sizes of the third article: halved down to the smallest power of two that holds `hidden_size` (at
/// least 4), and doubled back.
///
/// 784 and 20 give 784-512-256-128-64-32-64-128-256-512-784: the code is 32, not 20, as the article's code has it.
/// A `hidden_size` as large as the input leaves a single layer each way.
pub fn powers_of_two(input_size: usize, hidden_size: usize) -> Vec<usize> {
    let mut code_size = hidden_size.max(4).next_power_of_two();
    let mut encoder = Vec::new();
    while code_size < input_size {
        encoder.push(code_size);
        code_size *= 2;
    }
    if encoder.is_empty() {
        encoder.push(hidden_size.clamp(1, input_size.max(1)));
    }
    let down = encoder.iter().rev().copied();
    let up = encoder.iter().skip(1).copied();
    std::iter::once(input_size)
        .chain(down)
        .chain(up)
        .chain([input_size])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tanh_sigmoid(layer_sizes: &[usize]) -> Architecture {
        Architecture::dense(layer_sizes, Activation::Tanh, Activation::Sigmoid)
    }

    #[test]
    fn the_first_article_has_4809_parameters() {
        let architecture = tanh_sigmoid(&[65, 32, 8, 32, 65]);
        assert_eq!(architecture.validate(), Ok(()));
        assert_eq!(architecture.n_parameters(), 4_809);
        assert_eq!(architecture.code_size(), 8);
        assert_eq!(architecture.code_layer(), 2);
        assert_eq!(architecture.layer_sizes(), [65, 32, 8, 32, 65]);
    }

    #[test]
    fn the_code_is_never_an_end() {
        let architecture = tanh_sigmoid(&[5, 32, 8, 32, 5]);
        assert_eq!(
            (architecture.code_layer(), architecture.code_size()),
            (2, 8)
        );
    }

    #[test]
    fn impossible_shapes_are_refused_with_their_reason() {
        assert_eq!(
            tanh_sigmoid(&[4, 4]).validate(),
            Err(ArchitectureError::TooShallow { n_layers: 1 })
        );
        assert_eq!(
            tanh_sigmoid(&[4, 0, 4]).validate(),
            Err(ArchitectureError::EmptyLayer { layer_idx: 1 })
        );
        assert_eq!(
            tanh_sigmoid(&[4, 2, 5]).validate(),
            Err(ArchitectureError::EndsDiffer {
                input: 4,
                output: 5
            })
        );
        let huge = tanh_sigmoid(&[usize::MAX, usize::MAX, usize::MAX]);
        assert!(matches!(
            huge.validate(),
            Err(ArchitectureError::TooLarge { .. })
        ));
        let mut leaky = tanh_sigmoid(&[4, 2, 4]);
        leaky.layers[0].dropout = 1.0;
        assert!(matches!(
            leaky.validate(),
            Err(ArchitectureError::Dropout { layer_idx: 1, .. })
        ));
    }

    #[test]
    fn a_variational_code_takes_twice_the_sums_and_keeps_its_size() {
        let plain = tanh_sigmoid(&[64, 32, 8, 32, 64]);
        assert_eq!(plain.beta(), None);
        let mut drawn = plain.clone().with_variational_code(0.25);
        assert_eq!(drawn.validate(), Ok(()));
        assert_eq!(drawn.layer_sizes(), plain.layer_sizes());
        assert_eq!(drawn.n_parameters(), plain.n_parameters() + 8 * 33);
        assert_eq!((drawn.code_size(), drawn.beta()), (8, Some(0.25)));
        for beta in [-0.5, 101.0, f32::NAN] {
            drawn.set_beta(beta);
            let refused = drawn.validate();
            assert!(matches!(
                refused,
                Err(ArchitectureError::Beta { layer_idx: 2, .. })
            ));
        }
    }

    #[test]
    fn the_hidden_layers_take_another_activation_and_what_differs_from_them_stays() {
        let mut network = tanh_sigmoid(&[6, 4, 2, 4, 6]).with_variational_code(1.0);
        assert_eq!(network.hidden_activation(), Activation::Tanh);
        network.set_hidden_activation(Activation::Gelu);
        let activations: Vec<_> = network.layers.iter().map(|it| it.activation).collect();
        let (drawn, gelu) = (Activation::Identity, Activation::Gelu);
        assert_eq!(activations, [gelu, drawn, gelu, Activation::Sigmoid]);
        network.set_hidden_activation(Activation::Tanh);
        assert_eq!(
            network,
            tanh_sigmoid(&[6, 4, 2, 4, 6]).with_variational_code(1.0)
        );
    }

    #[test]
    fn powers_of_two_round_the_code_up_as_the_third_article_does() {
        assert_eq!(
            powers_of_two(784, 20),
            [784, 512, 256, 128, 64, 32, 64, 128, 256, 512, 784]
        );
        assert_eq!(powers_of_two(64, 8), [64, 32, 16, 8, 16, 32, 64]);
        assert_eq!(powers_of_two(9, 2), [9, 8, 4, 8, 9]);
        assert_eq!(powers_of_two(3, 2), [3, 2, 3]);
    }
}
