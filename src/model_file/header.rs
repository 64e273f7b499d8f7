//! What a file says of itself, as JSON among the metadata.

use serde::{Deserialize, Serialize};

use super::saved::TrainedOn;
use super::{ModelFileError, VERSION};
use crate::anomaly::ThresholdRule;
use crate::autoencoder::Position;
use crate::data::TableReading;
use crate::recipe::Recipe;

/// The one entry of the metadata. More of them would be in a different order each time.
pub(super) const KEY: &str = "bottleneck";

/// All that is no tensor. What is not there stands for what the recipe has by itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    pub version: u32,
    #[serde(default)]
    pub program: String,
    /// The slug of a recipe.
    pub recipe_name: String,
    #[serde(default)]
    pub recipe: Option<Recipe>,
    #[serde(default)]
    pub rule: Option<ThresholdRule>,
    #[serde(default)]
    pub threshold: Option<f32>,
    #[serde(default)]
    pub position: Option<Position>,
    /// Steps behind Adam's moments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub optimiser_steps: Option<i32>,
    #[serde(default)]
    pub trained_on: Option<TrainedOn>,
    /// The words of the examples, where they are rows of a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub example_cells: Vec<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<RunHeader>,
}

/// Of a whole study.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RunHeader {
    /// Of each earlier moment.
    pub history: Vec<MomentHeader>,
    pub own: Option<OwnHeader>,
}

/// Where in the run an earlier moment was taken.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MomentHeader {
    pub position: Position,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub optimiser_steps: Option<i32>,
}

/// The reader's own files, whose bytes are tensors.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OwnHeader {
    pub names: Vec<String>,
    #[serde(flatten)]
    pub reading: TableReading,
}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

impl Header {
    pub fn read(text: &str) -> Result<Self, ModelFileError> {
        // Another version may call everything else otherwise.
        let Versioned { version } =
            serde_json::from_str(text).map_err(|error| ModelFileError::settings(&error))?;
        if version > VERSION {
            return Err(ModelFileError::NewerVersion {
                version,
                supported: VERSION,
            });
        }
        serde_json::from_str(text).map_err(|error| ModelFileError::settings(&error))
    }

    pub fn to_text(&self) -> String {
        // Plain values under keys that are strings cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}
