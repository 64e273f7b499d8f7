//! Why a network cannot be changed as asked, in sentences that say what would fit.

use std::fmt;

use thiserror::Error;

use crate::autoencoder::{Architecture, ArchitectureError, Shape, Window};
use crate::data::with_commas;

/// A change that cannot be made; it reads as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem}{fits}.")]
pub struct Refusal {
    /// Why not.
    pub problem: Problem,
    /// What would fit.
    pub fits: Fits,
}

/// Which values would fit instead of the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fits {
    /// The reason says all there is to say.
    AsTheProblemSays,
    /// So many or fewer.
    AtMost(usize),
    /// So many or more.
    AtLeast(usize),
    /// One of these, in order.
    OneOf(Vec<usize>),
}

impl fmt::Display for Fits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AsTheProblemSays => Ok(()),
            Self::AtMost(most) => write!(formatter, "; at most {} would fit", with_commas(*most)),
            Self::AtLeast(least) => {
                write!(formatter, "; {} or more would fit", with_commas(*least))
            }
            Self::OneOf(values) => match values.split_last() {
                None => write!(formatter, "; nothing else would fit there either"),
                Some((only, [])) => write!(formatter, "; {only} would fit"),
                Some((last, others)) => {
                    let others: Vec<String> = others.iter().map(ToString::to_string).collect();
                    write!(formatter, "; {} or {last} would fit", others.join(", "))
                }
            },
        }
    }
}

/// Why a network cannot be changed as asked: the start of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// A place that the network does not have.
    #[error("This network has no layer {layer}")]
    NoSuchLayer {
        /// The place.
        layer: usize,
    },
    /// The output cannot be taken out.
    #[error("The last layer stays, for it gives the input back: remove one before it")]
    OutputStays,
    /// The width of the output is given.
    #[error(
        "The last layer gives the input back, so it has as many values as that: {}",
        with_commas(*n_values)
    )]
    OutputWidth {
        /// Values of the input.
        n_values: usize,
    },
    /// The code cannot be taken out.
    #[error(
        "The code stays, for everything passes through it: remove another layer, or change the code's width"
    )]
    CodeStays,
    /// Nothing at all.
    #[error("A layer has at least 1 unit")]
    NoWidth,
    /// A code that is drawn has no activation.
    #[error("A code that is drawn by chance takes its sums as they are, so it stays linear")]
    DrawnCode,
    /// A dense layer has neither window nor stride.
    #[error("Layer {layer} has no window: each of its units sees every value before it")]
    NoWindow {
        /// Which one.
        layer: usize,
    },
    /// The window of the layer between maps and plain values is given.
    #[error(
        "Layer {layer} turns maps into plain values, so its window is as large as they are: change the windows before it"
    )]
    ClosingWindow {
        /// Which one.
        layer: usize,
    },
    /// A convolution behind a dense layer.
    #[error(
        "A window needs a picture to slide over, and layer {layer} would only get a plain row of values: put it before the dense layers"
    )]
    NoMaps {
        /// Which one.
        layer: usize,
    },
    /// An input over which no window can slide.
    #[error(
        "A window needs a square picture to slide over, and an item has {n_values} values: take other inputs, such as the label, out first"
    )]
    NoPicture {
        /// Values of an item.
        n_values: usize,
    },
    /// Maps that no window can cover.
    #[error(
        "A window is square, and so it cannot cover maps of {height} × {width} as a whole, as the layer behind them must"
    )]
    NotSquare {
        /// Rows of the maps.
        height: usize,
        /// Columns of the maps.
        width: usize,
    },
    /// A drawn code right behind maps.
    #[error("A code that is drawn needs a dense layer between the maps and itself: add that first")]
    DrawnFromMaps,
    /// A layer that would be narrower than the code.
    #[error(
        "The code is the narrowest layer of a mirrored network, but layer {layer} would have {} values and the code {}",
        with_commas(*n_values), with_commas(*code_size)
    )]
    Waist {
        /// The layer that is narrower.
        layer: usize,
        /// Its number of values.
        n_values: usize,
        /// Values of the code.
        code_size: usize,
    },
    /// A window that is larger than what it slides over, or than any.
    #[error("A window of {} does not fit over {}", window.size_in_words(), maps_in_words(*maps))]
    WindowTooLarge {
        /// The window.
        window: Window,
        /// What it should slide over.
        maps: Shape,
    },
    /// Steps of nothing, or over what no window has seen.
    #[error(
        "A window of {} cannot move by {}: it would leave gaps or stand still",
        window.size_in_words(), window.stride
    )]
    Strides {
        /// The window.
        window: Window,
    },
    /// Values at the far end that no window reaches.
    #[error(
        "A window of {} that moves by {} never reaches the far end of {}",
        window.size_in_words(), window.stride, maps_in_words(*maps)
    )]
    Unseen {
        /// The window.
        window: Window,
        /// What it slides over.
        maps: Shape,
    },
    /// An encoder that spreads.
    #[error(
        "This decoder cannot mirror its encoder, which has a layer that spreads maps out: remove that first"
    )]
    NotNarrowing,
    /// The network as a whole cannot be.
    #[error("{}", in_words(.0))]
    Architecture(#[from] ArchitectureError),
}

impl Problem {
    /// Whether another number would do.
    pub(super) fn is_of_a_number(&self) -> bool {
        match self {
            Self::NoWidth
            | Self::Waist { .. }
            | Self::WindowTooLarge { .. }
            | Self::Strides { .. }
            | Self::Unseen { .. }
            | Self::Architecture(_) => true,
            Self::NoSuchLayer { .. }
            | Self::OutputStays
            | Self::OutputWidth { .. }
            | Self::CodeStays
            | Self::DrawnCode
            | Self::NoWindow { .. }
            | Self::ClosingWindow { .. }
            | Self::NoMaps { .. }
            | Self::NoPicture { .. }
            | Self::NotSquare { .. }
            | Self::DrawnFromMaps
            | Self::NotNarrowing => false,
        }
    }

    /// That another layer than the middle one of a mirrored network is its narrowest.
    pub(super) fn waist_of(architecture: &Architecture) -> Self {
        let sizes = architecture.layer_sizes();
        let layer = architecture.code_layer();
        let middle = architecture.layers.len() / 2;
        Self::Waist {
            layer,
            n_values: sizes.get(layer).copied().unwrap_or(0),
            code_size: sizes.get(middle).copied().unwrap_or(0),
        }
    }
}

/// "maps of 14 × 14", or "a series of 140".
fn maps_in_words(maps: Shape) -> String {
    let noun = if maps.is_series() { "a series" } else { "maps" };
    format!("{noun} of {}", maps.sides_in_words())
}

/// What is wrong with a network, as what would come of a change.
fn in_words(error: &ArchitectureError) -> String {
    match error {
        ArchitectureError::EndsDiffer { input, output } => format!(
            "What comes out would have {} values where the input has {}: let the decoder mirror the encoder, and it follows",
            with_commas(*output),
            with_commas(*input)
        ),
        ArchitectureError::TooLarge {
            n_parameters,
            limit,
        } => format!(
            "That makes {} parameters, and a browser can train {}",
            with_commas(*n_parameters),
            with_commas(*limit)
        ),
        ArchitectureError::TooMuchWork { n_products, limit } => format!(
            "That makes {} multiplications an item, and {} are as many as a browser gets through in useful time",
            with_commas(*n_products),
            with_commas(*limit)
        ),
        ArchitectureError::TooDeep { limit, .. } => {
            format!("A network has at most {limit} layers here: remove one first")
        }
        ArchitectureError::EmptyLayer { layer_idx } => {
            format!("Nothing would be left of the picture in layer {layer_idx}")
        }
        ArchitectureError::TooWide {
            layer_idx,
            n_values,
            limit,
        } => format!(
            "Layer {layer_idx} would have {} values, and {} are the most",
            with_commas(*n_values),
            with_commas(*limit)
        ),
        ArchitectureError::TooShallow { .. }
        | ArchitectureError::Dropout { .. }
        | ArchitectureError::Beta { .. } => format!("That cannot be: {error}"),
    }
}
