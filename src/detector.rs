//! Fit and predict, as the third article has it: an autoencoder with its errors brought to a common range.

use thiserror::Error;

use crate::anomaly::{Calibration, ErrorMeasure, Evidence, ThresholdRule, normalised_error};
use crate::autoencoder::{Device, Network, Trainer, TrainerError};
use crate::data::ItemKind;
use crate::recipe::{ItemShape, Recipe, RecipeName};

/// Items that are reconstructed in one go.
const ITEMS_PER_PASS: usize = 256;

/// Learns what is normal from items ([`Self::fit`]) and says how unlike them others are ([`Self::predict`]).
pub struct Detector {
    recipe: Recipe,
    device: Device,
    fitted: Option<Fitted>,
}

/// What remains of the items that were learned from.
struct Fitted {
    network: Network,
    range: ErrorRange,
}

/// The errors of the items that were learned from, from the best to the worst reconstructed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErrorRange {
    /// 0 or more; a score of 0.
    pub min: f32,
    /// At least `min`; a score of 1.
    pub max: f32,
}

/// Why nothing could be learned or predicted.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DetectorError {
    /// The network cannot be built, trained or run on these items.
    #[error(transparent)]
    Trainer(#[from] TrainerError),
    /// `predict` before `fit`.
    #[error("Nothing has been learned yet: call fit before predict.")]
    NotFitted,
    /// Training ended in weights that are not numbers.
    #[error("Training diverged: choose a smaller learning rate than {learning_rate}.")]
    Diverged {
        /// The rate that was too large.
        learning_rate: f64,
    },
    /// All items are reconstructed equally well, so that errors cannot be brought to a range.
    #[error("All items have the same error {error}: they cannot tell normal from anomalous.")]
    NoRange {
        /// That error.
        error: f32,
    },
}

impl Detector {
    /// A detector by any recipe; its measure makes the scores, 0 or more.
    pub fn new(recipe: Recipe, device: &Device) -> Self {
        Self {
            recipe,
            device: device.clone(),
            fitted: None,
        }
    }

    /// The third article's detector for rows of `n_features` values: layers by powers of two down to a code of at
    /// least 8, no activations, summed squared loss, Adam, L1 scores.
    ///
    /// `None` for rows without values.
    pub fn deep(n_features: usize, device: &Device) -> Option<Self> {
        let shape = ItemShape {
            n_features,
            kind: ItemKind::Row,
            has_labels: false,
        };
        let recipe = RecipeName::DEEP_FIT_PREDICT.recipe_for(shape)?;
        Some(Self::new(recipe, device))
    }

    /// Learns from items (`n × input`, row by row; finite, of order 1) and returns the range of their errors.
    ///
    /// A second call starts from fresh weights.
    ///
    /// # Errors
    /// When the recipe or the items are refused, training diverges, or all items are reconstructed equally well.
    pub async fn fit(&mut self, items: &[f32]) -> Result<ErrorRange, DetectorError> {
        self.fitted = None;
        let Recipe {
            architecture,
            training,
            ..
        } = &self.recipe;
        let mut trainer = Trainer::new(architecture, training, items, &self.device, None)?;
        while !trainer.is_finished() {
            trainer.step();
        }
        let weights = trainer.weights().await?;
        if !weights.are_finite() {
            let learning_rate = training.learning_rate;
            return Err(DetectorError::Diverged { learning_rate });
        }
        let network = Network::new(architecture, &weights, &self.device)?;
        let errors = errors_of(&network, &self.recipe.measure, items).await?;
        let least = |a: f32, b: f32| a.min(b);
        let range = ErrorRange {
            min: errors.iter().copied().fold(f32::INFINITY, least),
            max: errors.iter().copied().fold(0.0, f32::max),
        };
        if range.max <= range.min {
            return Err(DetectorError::NoRange { error: range.min });
        }
        self.fitted = Some(Fitted { network, range });
        Ok(range)
    }

    /// The normalised error β of each item (`n × input`, row by row): 0 at the smallest error of the items learned
    /// from, 1 at the largest, and beyond for items unlike all of them. An item is an anomaly when β > θ.
    ///
    /// # Errors
    /// Before [`Self::fit`], or when the last item is incomplete.
    pub async fn predict(&self, items: &[f32]) -> Result<Vec<f32>, DetectorError> {
        let Fitted { network, range } = self.fitted.as_ref().ok_or(DetectorError::NotFitted)?;
        let errors = errors_of(network, &self.recipe.measure, items).await?;
        let score = |error| normalised_error(error, (range.min, range.max));
        Ok(errors.into_iter().filter_map(score).collect())
    }

    /// The error above which β > θ; `None` before [`Self::fit`].
    pub fn threshold(&self, theta: f32) -> Option<f32> {
        let ErrorRange { min, max } = self.fitted.as_ref()?.range;
        let nothing_held_out = Calibration::default();
        let evidence = Evidence {
            training_range: Some((min, max)),
            ..Evidence::of(&nothing_held_out)
        };
        ThresholdRule::MinMax { theta }.threshold(&evidence).ok()
    }

    /// The network that was learned; `None` before [`Self::fit`].
    pub fn network(&self) -> Option<&Network> {
        Some(&self.fitted.as_ref()?.network)
    }
}

/// The error of each item by a measure, a few items at a time.
///
/// # Errors
/// When the last item is incomplete, or the engine fails to hand its results over.
pub async fn errors_of(
    network: &Network,
    measure: &ErrorMeasure,
    items: &[f32],
) -> Result<Vec<f32>, TrainerError> {
    let width = network.input_size();
    let mut errors = Vec::with_capacity(items.len() / width);
    for some in items.chunks(width * ITEMS_PER_PASS) {
        let reconstructed = network.reconstruct(some).await?;
        errors.extend(measure.of_rows(some, &reconstructed.reconstructions, width));
    }
    Ok(errors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;
    use pollster::block_on;

    /// Rows on a plane in twelve dimensions: four numbers decide all of them.
    fn rows_on_a_plane(n_rows: usize, seed: u64) -> Vec<f32> {
        let mut generator = Mt19937::new(seed);
        let mut row = || -> Vec<f32> {
            let four: Vec<f32> = (0..4).map(|_| generator.uniform(0.0, 1.0)).collect();
            let mixed = |i: usize| f32::midpoint(four[i % 4], four[(i * 7 + 1) % 4]);
            (0..12).map(mixed).collect()
        };
        (0..n_rows).flat_map(|_| row()).collect()
    }

    fn detector() -> Detector {
        Detector::deep(12, &Device::Cpu).expect("there are columns")
    }

    #[test]
    fn what_was_learned_from_lies_between_0_and_1_and_strangers_beyond() {
        let mut detector = detector();
        let items = rows_on_a_plane(120, 3);
        let range = block_on(detector.fit(&items)).expect("the rows can be learned");
        assert!(range.min < range.max);
        let scores = block_on(detector.predict(&items)).expect("whole rows");
        assert_eq!(scores.len(), 120);
        assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)));
        let stranger: Vec<f32> = (0..12)
            .map(|idx| if idx < 6 { 3.0 } else { -3.0 })
            .collect();
        let score = block_on(detector.predict(&stranger)).expect("a row")[0];
        assert!(score > 1.5, "{score}");
        let middle = detector.threshold(0.5).expect("it is fitted");
        assert!((middle - f32::midpoint(range.min, range.max)).abs() < 1e-6);
    }

    #[test]
    fn nothing_can_be_predicted_before_fitting() {
        let refused = block_on(detector().predict(&[0.0; 12]));
        assert_eq!(refused, Err(DetectorError::NotFitted));
        assert_eq!(detector().threshold(0.5), None);
    }

    #[test]
    fn what_cannot_be_learned_from_is_refused_with_a_sentence() {
        let mut detector = detector();
        assert_eq!(
            block_on(detector.fit(&[])),
            Err(DetectorError::Trainer(TrainerError::NoItems))
        );
        assert!(matches!(
            block_on(detector.fit(&[0.5; 13])),
            Err(DetectorError::Trainer(TrainerError::RaggedItems { .. }))
        ));
        assert!(matches!(
            block_on(detector.fit(&[0.5; 24])),
            Err(DetectorError::NoRange { .. })
        ));
        assert!(Detector::deep(0, &Device::Cpu).is_none());
    }
}
