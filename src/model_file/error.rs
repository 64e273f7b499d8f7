//! Why a file is not taken.

use thiserror::Error;

use crate::recipe::RecipeError;

/// Names and shapes in an error are cut off after so many characters.
const MOST_QUOTED: usize = 60;

/// Why a file of safetensors is no model or study; every text says what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ModelFileError {
    /// It ends before its header or its tensors do.
    #[error("the model file is cut short; it was cut off on the way, so save or download it again")]
    CutShort,
    /// The header is larger than any that a model here needs.
    #[error(
        "the header of the model file has {} MB, but at most {} MB can be read; save it with fewer tensors",
        n_bytes.div_ceil(1_000_000),
        limit / 1_000_000
    )]
    LargeHeader {
        /// What the file says.
        n_bytes: u64,
        /// The most bytes that are read.
        limit: u64,
    },
    /// What the header says of the tensors cannot be.
    #[error(
        "the header of the model file is damaged ({reason}); save it again with the safetensors library"
    )]
    Header {
        /// In a few words.
        reason: String,
    },
    /// The file was written for a later version of this program.
    #[error(
        "this model has format version {version}, but only versions up to {supported} are understood; reload the page to get its newest version"
    )]
    NewerVersion {
        /// What the file says.
        version: u32,
        /// The newest one that can be read.
        supported: u32,
    },
    /// What the file says of its network cannot be understood.
    #[error(
        "what the model file says of itself cannot be understood ({reason}); save it again, or without that text"
    )]
    Settings {
        /// In a few words.
        reason: String,
    },
    /// A recipe that this program does not have.
    #[error(
        "the model was trained by a recipe called {slug:?}, which this page does not know; reload the page to get its newest version"
    )]
    UnknownRecipe {
        /// What the file calls it.
        slug: String,
    },
    /// A network or a way to train it that is impossible.
    #[error("the model file describes no network that can be run: {0}; correct its recipe")]
    Recipe(RecipeError),
    /// A number that is out of its range.
    #[error(
        "the model file has no possible {what}; save it again from the page that it comes from"
    )]
    Number {
        /// What the number says.
        what: &'static str,
    },
    /// A tensor is not there.
    #[error("the model file has no tensor {name:?}; it must hold all weights of the network")]
    Missing {
        /// What it should be called.
        name: String,
    },
    /// A tensor has another shape than the network needs.
    #[error(
        "the tensor {name:?} has the shape {actual}, but {expected} is needed; save the weights of the same network"
    )]
    Shape {
        /// What it is called.
        name: String,
        /// As the file has it.
        actual: String,
        /// As the network needs it.
        expected: String,
    },
    /// A tensor has numbers of another kind.
    #[error("the tensor {name:?} holds numbers of the kind {dtype}; save them as float32")]
    Kind {
        /// What it is called.
        name: String,
        /// What the file calls their kind.
        dtype: String,
    },
    /// A tensor holds a number that is none.
    #[error(
        "the tensor {name:?} holds NaN or an infinite number at place {place}; training has diverged, so save earlier weights"
    )]
    NotFinite {
        /// What it is called.
        name: String,
        /// Counted from 0.
        place: usize,
    },
    /// Another number of layers than the network has.
    #[error(
        "the model file has weights of {n_found} layers, but the network has {n_needed}; choose the recipe that they belong to"
    )]
    Layers {
        /// In the file.
        n_found: usize,
        /// In the network.
        n_needed: usize,
    },
}

impl ModelFileError {
    pub(super) fn header(reason: &impl ToString) -> Self {
        Self::Header {
            reason: quoted(&reason.to_string()),
        }
    }

    pub(super) fn settings(reason: &impl ToString) -> Self {
        Self::Settings {
            reason: quoted(&reason.to_string()),
        }
    }

    pub(super) fn missing(name: &str) -> Self {
        Self::Missing { name: quoted(name) }
    }

    pub(super) fn shape(name: &str, actual: &[usize], expected: &[usize]) -> Self {
        Self::Shape {
            name: quoted(name),
            actual: quoted(&in_words(actual)),
            expected: in_words(expected),
        }
    }
}

/// "32 × 64", or "no dimensions".
fn in_words(shape: &[usize]) -> String {
    if shape.is_empty() {
        return "of a single number".to_owned();
    }
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    sizes.join(" × ")
}

/// The beginning of a text that comes from a file.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(MOST_QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
