//! Files that the examiner makes for the reader to keep, so that the page's own thread does not wait for it.

use serde::{Deserialize, Serialize};

use super::Scores;
use crate::autoencoder::EpochLoss;
use crate::model_file::{SavedStudy, Settings};
use crate::tables::CarriedColumn;

/// What the page has put into a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WriteOrder {
    /// What the file will be called.
    pub file_name: String,
    /// What will be in it.
    pub content: Content,
}

/// What will be in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// A model or a whole study; the examiner adds what its network makes of some items.
    Study(Box<SavedStudy<'static>>),
    /// The script that opens a model in PyTorch.
    Script {
        /// Of the model.
        settings: Box<Settings>,
        /// What the model's file is called.
        model_file_name: String,
    },
    /// A table of all items.
    Scores {
        /// As the examiner measured them.
        scores: Scores,
        /// The error above which an item is flagged.
        threshold: Option<f32>,
        /// What is written beside them.
        carried: Vec<CarriedColumn>,
    },
    /// A table of all epochs.
    Log(Vec<EpochLoss>),
}
