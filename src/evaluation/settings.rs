//! What is evaluated, and how much of it.

use thiserror::Error;

use crate::data::{Dataset, Split};
use crate::recipe::Recipe;

/// What is evaluated: a network trained by a recipe on a part of some data.
#[derive(Clone, Copy, Debug)]
pub struct EvaluationSubject<'a> {
    /// The items.
    pub dataset: &'a Dataset,
    /// How the network was trained.
    pub recipe: &'a Recipe,
    /// Which items it was trained on; calibration and test items are normal, those held out are not.
    pub split: &'a Split,
}

/// The choices of an evaluation; the same ones give the same report.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluationSettings {
    /// What the recipe is called in the report.
    pub recipe_title: String,
    /// Decides which items are taken where there are too many, and all that is random about the anomalies.
    pub seed: u64,
    /// How many items take part.
    pub limits: EvaluationLimits,
}

impl EvaluationSettings {
    /// With the limits that suit a browser.
    pub fn new(recipe_title: String, seed: u64) -> Self {
        Self {
            recipe_title,
            seed,
            limits: EvaluationLimits::default(),
        }
    }
}

/// The most items that take part; where there are more, the seed draws so many of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvaluationLimits {
    /// Training items that the other methods learn from, and whose codes are neighbours.
    pub most_reference: usize,
    /// Calibration items.
    pub most_calibration: usize,
    /// Test items, and held-out ones.
    pub most_test: usize,
}

impl Default for EvaluationLimits {
    fn default() -> Self {
        Self {
            most_reference: 2_000,
            most_calibration: 1_000,
            most_test: 1_000,
        }
    }
}

/// Why there is nothing to evaluate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EvaluationError {
    /// Test items must be strangers to the network.
    #[error(
        "every item is trained on, so that none is left to test with; choose a recipe that holds items out"
    )]
    NoTestItems,
    /// A threshold needs errors of items that were not trained on.
    #[error("no item is left to calibrate with; take a data set with more items")]
    NoCalibrationItems,
    /// The other methods learn from the training items.
    #[error("there are no training items; take a data set with more items")]
    NoTrainingItems,
    /// The network's answer does not fit the rows that it was asked about.
    #[error(
        "the network gave {n_values} values for {n_rows} items; train it again with the present recipe"
    )]
    WrongAnswer {
        /// Values of all reconstructions together.
        n_values: usize,
        /// Rows that were to be reconstructed; 0 where none were asked about.
        n_rows: usize,
    },
}
