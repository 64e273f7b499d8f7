//! A trained network as a file that one keeps, and the whole study around it.
//!
//! Both are safetensors: the weights by the names and shapes that PyTorch gives them, what must be known of them as one
//! text of JSON among the metadata, and all else as further tensors. A file of a [`SavedStudy`] with a [`SavedRun`] in it
//! can be trained on.
//!
//! [`to_bytes`] writes, [`read`] reads what anyone has written. Neither reads a clock or a file, and the same study gives
//! the same bytes.

mod error;
#[cfg(feature = "engine")]
mod examining;
mod header;
mod layers;
mod loose;
mod opening;
mod packed_losses;
mod parts;
mod pytorch;
mod read;
mod saved;
mod tensors;
mod validity;
mod write;

#[cfg(test)]
mod tests;

pub use error::ModelFileError;
#[cfg(feature = "engine")]
pub use examining::examined;
pub use loose::LooseWeights;
pub use opening::{OpenedFiles, OpeningError, ToBeJudged, open, open_for, with_own_data};
pub use parts::{Part, PartsError, Renewal, Restored, ShelvedRun, from_parts};
pub use pytorch::pytorch_script;
pub use read::{Found, is_model_file, read};
pub use saved::{Examples, OwnFiles, RawExamples, SavedRun, SavedStudy, Settings, TrainedOn};
pub use write::to_bytes;

/// What a file's name ends with.
pub const ENDING: &str = ".safetensors";

/// The newest version of the format, which is written.
pub const VERSION: u32 = 1;
