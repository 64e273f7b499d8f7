//! Changing a network layer by layer: what can be built, and what would fit where something cannot.
//!
//! Layers are counted as [`Architecture::layer_sizes`] counts them: the input is 0, the output the last. A network is
//! either mirrored, so that every change of the encoder is one of the decoder too, or free, so that each layer stands by
//! itself.

mod free;
mod mirror;
mod refusal;
mod what_fits;
mod widths;
mod windows;

#[cfg(test)]
mod tests;

use super::{Activation, Architecture, Layer, LayerKind};

pub use refusal::{Fits, Problem, Refusal};
pub use widths::{narrower, wider};

/// A change of one layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Puts a layer in behind another one; behind the input where `after` is 0.
    Add {
        /// The layer before it.
        after: usize,
        /// What it computes.
        kind: NewLayer,
    },
    /// Takes a layer out.
    Remove {
        /// Which one.
        layer: usize,
    },
    /// Gives a dense layer so many units, or a convolution so many maps.
    SetWidth {
        /// Which one.
        layer: usize,
        /// Units or maps, at least 1.
        width: usize,
    },
    /// Gives a layer another activation.
    SetActivation {
        /// Which one.
        layer: usize,
        /// Applied to each of its outputs.
        activation: Activation,
    },
    /// Gives a convolution a window of so many rows and columns.
    SetKernel {
        /// Which one.
        layer: usize,
        /// Rows and columns, 1 to [`Edit::MAX_KERNEL`].
        kernel: usize,
    },
    /// Lets a convolution's window move so far.
    SetStride {
        /// Which one.
        layer: usize,
        /// Rows and columns, at least 1 and no more than the window has.
        stride: usize,
    },
    /// Makes the decoder the encoder backwards.
    Mirror,
}

/// What a layer that is put in computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewLayer {
    /// Weighted sums of all values before it.
    Dense,
    /// Weighted sums of a window.
    Convolution,
}

/// What a change of one side does to the other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// The decoder follows the encoder, and the other way round; a network that is not mirrored is changed as a free one.
    Mirrored,
    /// Only the layer that is changed.
    Free,
}

impl Edit {
    /// The largest window.
    pub const MAX_KERNEL: usize = 15;

    /// The network after this change.
    ///
    /// # Errors
    /// Why there is no such network, and what would fit; the network stays as it was.
    pub fn applied_to(
        self,
        architecture: &Architecture,
        sides: Sides,
    ) -> Result<Architecture, Refusal> {
        self.outcome(architecture, sides).map_err(|problem| {
            let fits = what_fits::instead_of(self, architecture, sides, &problem);
            Refusal { problem, fits }
        })
    }

    /// The same without a word of what would fit.
    fn outcome(self, architecture: &Architecture, sides: Sides) -> Result<Architecture, Problem> {
        self.check_layer(architecture)?;
        let halves = match sides {
            Sides::Mirrored => mirror::Halves::of(architecture),
            Sides::Free => None,
        };
        let edited = match (self, halves) {
            (Self::Mirror, _) => mirror::decoder_from_encoder(architecture)?,
            (edit, Some(halves)) => halves.edited(edit)?,
            (edit, None) => free::edited(architecture, edit)?,
        };
        edited.validate()?;
        Ok(edited)
    }

    /// What no change of any network may ask for.
    fn check_layer(self, architecture: &Architecture) -> Result<(), Problem> {
        let n_layers = architecture.layers.len();
        let layer_at = |layer: usize| {
            let found = layer
                .checked_sub(1)
                .and_then(|idx| architecture.layers.get(idx));
            found.ok_or(Problem::NoSuchLayer { layer })
        };
        match self {
            Self::Mirror => Ok(()),
            Self::Add { after, .. } if after < n_layers => Ok(()),
            Self::Add { after, .. } => Err(Problem::NoSuchLayer { layer: after }),
            Self::Remove { layer } => {
                layer_at(layer)?;
                if layer == n_layers {
                    Err(Problem::OutputStays)
                } else if layer == architecture.code_layer() {
                    Err(Problem::CodeStays)
                } else {
                    Ok(())
                }
            }
            Self::SetWidth { layer, width } => {
                layer_at(layer)?;
                if layer == n_layers {
                    let n_values = architecture.input_size();
                    Err(Problem::OutputWidth { n_values })
                } else if width == 0 {
                    Err(Problem::NoWidth)
                } else {
                    Ok(())
                }
            }
            Self::SetActivation { layer, activation } => {
                let is_drawn = layer_at(layer)?.beta().is_some();
                if is_drawn && activation != Activation::Identity {
                    return Err(Problem::DrawnCode);
                }
                Ok(())
            }
            Self::SetKernel { layer, .. } | Self::SetStride { layer, .. } => {
                if layer_at(layer)?.is_convolutional() {
                    Ok(())
                } else {
                    Err(Problem::NoWindow { layer })
                }
            }
        }
    }
}

impl Architecture {
    /// A network of other layers with the same input, initialisation and price of a drawn code. A dense output gets as many
    /// units as the input has values, and an input over which a window slides first becomes a picture.
    #[must_use]
    pub fn with_layers(&self, layers: &[Layer]) -> Self {
        let mut other = Self {
            layers: layers.to_vec(),
            ..self.clone()
        };
        if let Some(last) = other.layers.last_mut() {
            last.set_n_outputs(self.input_size());
        }
        if let Ok(input) = free::input_of(&other) {
            other.input = input;
        }
        if let Some(beta) = self.beta() {
            other.set_beta(beta);
        }
        other
    }

    /// Whether the decoder is the encoder backwards: sizes, windows and activations; what is left out while training
    /// does not count.
    pub fn is_mirrored(&self) -> bool {
        mirror::Halves::of(self).is_some()
    }

    /// Whether both do the same with the same weights: what is left out while training, and the price of a drawn code,
    /// make no difference to that.
    pub fn computes_like(&self, other: &Self) -> bool {
        let kind = |kind: LayerKind| match kind {
            LayerKind::Variational { n_outputs, .. } => LayerKind::Variational {
                n_outputs,
                beta: 0.0,
            },
            LayerKind::Dense { .. }
            | LayerKind::Convolution(_)
            | LayerKind::TransposedConvolution(_) => kind,
        };
        let mut pairs = self.layers.iter().zip(&other.layers);
        self.input.n_values() == other.input.n_values()
            && self.layers.len() == other.layers.len()
            && pairs.all(|(one, other)| {
                kind(one.kind) == kind(other.kind) && one.activation == other.activation
            })
    }
}
