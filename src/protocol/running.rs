//! What page and runner say to each other: a runner trains and measures the runs of a list, one after the other.

use serde::{Deserialize, Serialize};

use crate::data::Dataset;
use crate::evaluation::AnomalyKind;
use crate::recipe::Recipe;
use crate::trial::TrialOutcome;

/// What the page asks of a runner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RunCommand {
    /// Take the items that all runs learn from, and what they are to detect.
    Prepare {
        /// The items.
        dataset: Dataset,
        /// Which anomalies are made of test items.
        anomaly: AnomalyKind,
    },
    /// Train a recipe from fresh weights to its end, and measure what came of it.
    Begin {
        /// Returned with all news of it.
        request: u32,
        /// What to train, and how.
        recipe: Box<Recipe>,
    },
}

/// What a runner tells the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RunEvent {
    /// How far a run has come; only the latest counts.
    Underway {
        /// The request that this answers.
        request: u32,
        /// The part that is done, 0…1.
        progress: f32,
    },
    /// A run is over.
    Ended {
        /// The request that this answers.
        request: u32,
        /// What came of it, or why nothing did, as a sentence.
        outcome: Result<Box<TrialOutcome>, String>,
    },
}
