//! The shape of a dense autoencoder.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The function that a layer applies to each of its sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activation {
    /// `x`: the layer stays linear.
    Identity,
    /// `max(0, x)`.
    Relu,
    /// `tanh(x)`, in −1…1.
    Tanh,
    /// `1 / (1 + e^−x)`, in 0…1.
    Sigmoid,
}

/// A dense autoencoder: how wide each layer is, and what follows each sum.
///
/// `[64, 32, 8, 32, 64]` reads: 64 inputs, an encoder layer of 32, a code of 8, a decoder layer of 32, 64 outputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Architecture {
    /// Widths from the input to the output, both included; first and last are equal.
    pub layer_sizes: Vec<usize>,
    /// Applied after every layer but the last, the code included.
    pub hidden: Activation,
    /// Applied after the last layer.
    pub output: Activation,
}

/// Why an [`Architecture`] cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ArchitectureError {
    /// Fewer than an input, a code and an output.
    #[error(
        "an autoencoder needs an input, a code and an output, but only {n_layers} layer sizes were given"
    )]
    TooShallow {
        /// How many sizes were given.
        n_layers: usize,
    },
    /// A layer without units.
    #[error("layer {layer_idx} has no units; every layer needs at least one")]
    EmptyLayer {
        /// Counted from the input, which is 0.
        layer_idx: usize,
    },
    /// An autoencoder rebuilds its input, so both ends have the same width.
    #[error(
        "the input has {input} values but the output {output}; an autoencoder needs them equal"
    )]
    EndsDiffer {
        /// Width of the first layer.
        input: usize,
        /// Width of the last layer.
        output: usize,
    },
    /// Too many parameters for a browser to train.
    #[error("{n_parameters} parameters are more than the {limit} that a browser can train")]
    TooLarge {
        /// What the sizes add up to.
        n_parameters: usize,
        /// The largest accepted count.
        limit: usize,
    },
}

impl Architecture {
    /// The largest accepted number of parameters: 80 MB with both moments of Adam.
    pub const MAX_PARAMETERS: usize = 5_000_000;

    /// Checks what every other method and the engine rely on.
    ///
    /// # Errors
    /// When there are fewer than three layers, one of them is empty, the ends differ, or the whole is too large.
    pub fn validate(&self) -> Result<(), ArchitectureError> {
        let n_layers = self.layer_sizes.len();
        if n_layers < 3 {
            return Err(ArchitectureError::TooShallow { n_layers });
        }
        if let Some(layer_idx) = self.layer_sizes.iter().position(|&size| size == 0) {
            return Err(ArchitectureError::EmptyLayer { layer_idx });
        }
        let (input, output) = (self.layer_sizes[0], self.layer_sizes[n_layers - 1]);
        if input != output {
            return Err(ArchitectureError::EndsDiffer { input, output });
        }
        let n_parameters = self.n_parameters();
        if n_parameters > Self::MAX_PARAMETERS {
            return Err(ArchitectureError::TooLarge {
                n_parameters,
                limit: Self::MAX_PARAMETERS,
            });
        }
        Ok(())
    }

    /// Number of values in one item.
    pub fn input_size(&self) -> usize {
        self.layer_sizes.first().copied().unwrap_or(0)
    }

    /// Index into `layer_sizes` of the code: the narrowest layer, the first of equals.
    pub fn code_layer(&self) -> usize {
        let narrowest = self
            .layer_sizes
            .iter()
            .enumerate()
            .min_by_key(|&(_, &size)| size);
        narrowest.map_or(0, |(layer_idx, _)| layer_idx)
    }

    /// Number of values in a code: the width of the bottleneck.
    pub fn code_size(&self) -> usize {
        self.layer_sizes
            .get(self.code_layer())
            .copied()
            .unwrap_or(0)
    }

    /// `(inputs, outputs)` of every dense layer, from the input on.
    pub fn dense_layers(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.layer_sizes.windows(2).map(|pair| (pair[0], pair[1]))
    }

    /// Number of weights and biases together.
    pub fn n_parameters(&self) -> usize {
        self.dense_layers()
            .map(|(inputs, outputs)| inputs.saturating_add(1).saturating_mul(outputs))
            .fold(0, usize::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tanh_sigmoid(layer_sizes: &[usize]) -> Architecture {
        Architecture {
            layer_sizes: layer_sizes.to_vec(),
            hidden: Activation::Tanh,
            output: Activation::Sigmoid,
        }
    }

    #[test]
    fn the_first_article_has_4809_parameters() {
        let architecture = tanh_sigmoid(&[65, 32, 8, 32, 65]);
        assert_eq!(architecture.validate(), Ok(()));
        assert_eq!(architecture.n_parameters(), 4_809);
        assert_eq!(architecture.code_size(), 8);
        assert_eq!(architecture.code_layer(), 2);
    }

    #[test]
    fn impossible_shapes_are_refused_with_their_reason() {
        assert_eq!(
            tanh_sigmoid(&[4, 4]).validate(),
            Err(ArchitectureError::TooShallow { n_layers: 2 })
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
    }
}
