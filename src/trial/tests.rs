use pollster::block_on;

use super::*;
use crate::autoencoder::{Device, Network, Position};
use crate::data::{Dataset, inputs_of};
use crate::evaluation::{AnomalyKind, Corruption};
use crate::random::Mt19937;
use crate::recipe::{Recipe, RecipeName};

const N_ITEMS: usize = 60;
const TURNED: AnomalyKind = AnomalyKind::Corrupted(Corruption::QuarterTurn);

/// Strokes down the middle, each of another strength.
fn strokes() -> Dataset {
    let mut generator = Mt19937::new(7);
    let mut pixels = Vec::new();
    for _ in 0..N_ITEMS {
        let strength = 8 + generator.next_u32() % 9;
        let columns = (0..64).map(|place| if place % 8 == 3 { strength as u8 } else { 0 });
        pixels.extend(columns);
    }
    Dataset::pictures(8, 8, 16, pixels, vec![1; N_ITEMS]).expect("well formed")
}

fn recipe(epochs: usize) -> Recipe {
    let mut recipe = RecipeName::WELL_TRAINED.recipe();
    recipe.training.epochs = epochs;
    recipe
}

fn outcome(dataset: &Dataset, recipe: &Recipe) -> Result<TrialOutcome, TrialError> {
    let mut trial = Trial::new(dataset, recipe, TURNED, &Device::Cpu)?;
    let mut progress = 0.0;
    loop {
        assert!(trial.progress() >= progress);
        progress = trial.progress();
        if let Some(outcome) = block_on(trial.advance())? {
            assert!((trial.progress() - 1.0).abs() < f32::EPSILON);
            return Ok(outcome);
        }
    }
}

#[test]
fn a_trial_ends_with_a_network_and_its_figures() {
    let (dataset, recipe) = (strokes(), recipe(12));
    let outcome = outcome(&dataset, &recipe).expect("it can be trained");
    assert_eq!(outcome.epochs.len(), 12);
    let first = outcome.epochs[0].calibration;
    assert!(outcome.calibration_error < first, "it has learned");
    assert!(
        outcome.detection.is_some_and(|area| area > 0.99),
        "{:?}",
        outcome.detection
    );
    let end = Position {
        epoch: 12,
        batch: 0,
    };
    assert_eq!(outcome.checkpoint.position, end);
    let network = Network::new(
        &recipe.architecture,
        &outcome.checkpoint.weights,
        &Device::Cpu,
    );
    let network = network.expect("the weights fit");
    let items = inputs_of(&dataset, &recipe.split(&dataset).calibration, false);
    let reconstructed = block_on(network.reconstruct(&items)).expect("the CPU answers");
    let differences = items.iter().zip(&reconstructed.reconstructions);
    let sum: f64 = differences
        .map(|(one, other)| f64::from(one - other).powi(2))
        .sum();
    let mean = sum / items.len() as f64;
    assert!((mean / outcome.calibration_error - 1.0).abs() < 1e-4);
}

#[test]
fn the_same_trial_has_the_same_outcome() {
    let (dataset, recipe) = (strokes(), recipe(3));
    assert_eq!(outcome(&dataset, &recipe), outcome(&dataset, &recipe));
}

#[test]
fn a_trial_that_diverges_says_when() {
    let dataset = strokes();
    let mut recipe = RecipeName::DEEP_FIT_PREDICT.recipe();
    recipe.training.learning_rate = 10.0;
    recipe.training.optimiser = crate::autoencoder::Optimiser::Sgd;
    let error = outcome(&dataset, &recipe).expect_err("the steps are too large");
    assert!(matches!(error, TrialError::Diverged { .. }), "{error}");
}

#[test]
fn where_all_items_are_trained_on_nothing_is_left_to_detect() {
    let dataset = strokes();
    let mut recipe = recipe(1);
    recipe.parts = crate::data::Parts::Everything;
    let outcome = outcome(&dataset, &recipe).expect("it can be trained");
    assert_eq!(outcome.detection, None);
}
