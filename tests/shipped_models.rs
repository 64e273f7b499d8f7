//! The models and digits that ship with the page keep what the page promises of them.

use bottleneck::anomaly::{Calibration, item_errors};
use bottleneck::autoencoder::{Network, Weights};
use bottleneck::data::{Dataset, Split, inputs_of};
use bottleneck::random::Mt19937;
use bottleneck::recipe::{Recipe, RecipeName};
use burn::prelude::Device;

/// Two-sided 95 % point of the normal distribution.
const Z_95: f32 = 1.96;

/// The promised share of false alarms.
const ALPHA: f32 = 0.05;

/// How often the held-out digits are divided anew into calibration and fresh ones.
const N_DRAWS: usize = 1_000;

fn digits() -> Dataset {
    let packed = std::fs::read("www/data/digits.bin").expect("the digits are in the repository");
    Dataset::decode(&packed).expect("the digits are well formed")
}

fn shipped_weights(name: RecipeName, recipe: &Recipe) -> Weights {
    let path = format!("www/models/{}.bin", name.slug());
    let bytes = std::fs::read(path).expect("the model is in the repository");
    let (fours, rest) = bytes.as_chunks::<4>();
    assert!(rest.is_empty(), "the model is a row of floats");
    let values = fours.iter().map(|&four| f32::from_le_bytes(four)).collect();
    Weights::from_values(&recipe.architecture, values).expect("the model fits its recipe")
}

fn errors_of(network: &Network, dataset: &Dataset, items: &[usize], recipe: &Recipe) -> Vec<f32> {
    let inputs = inputs_of(dataset, items, recipe.label_input);
    let rebuilt = pollster::block_on(network.rebuild(&inputs)).expect("the items fit");
    item_errors(
        &inputs,
        &rebuilt.reconstructions,
        recipe.architecture.input_size(),
    )
}

/// Share of `fresh` errors above the threshold that `calibration` errors set.
fn false_alarm_rate(calibration: &[f32], fresh: &[f32]) -> f32 {
    let threshold = Calibration::new(calibration.to_vec())
        .conformal_threshold(ALPHA)
        .expect("there are enough digits");
    let n_flagged = fresh.iter().filter(|&&error| error > threshold).count();
    n_flagged as f32 / fresh.len() as f32
}

/// Half the width of the 95 % band of a rate: both samples' spreads add up.
fn band(n_calibration: usize, n_fresh: usize) -> f32 {
    let variance = ALPHA * (1.0 - ALPHA);
    Z_95 * (variance / n_fresh as f32 + variance / n_calibration as f32).sqrt()
}

#[test]
fn fresh_digits_are_flagged_as_often_as_the_threshold_promises() {
    let dataset = digits();
    for name in RecipeName::ALL {
        let recipe = name.recipe();
        let weights = shipped_weights(name, &recipe);
        let network = Network::new(&recipe.architecture, &weights, &Device::flex()).expect("fits");
        let split = Split::new(dataset.n_items(), recipe.training.seed);
        let held_out = [split.calibration.as_slice(), &split.test].concat();
        let errors = errors_of(&network, &dataset, &held_out, &recipe);
        let n_calibration = split.calibration.len();
        let band = band(n_calibration, split.test.len());

        let mut generator = Mt19937::new(1);
        let rates: Vec<f32> = (0..N_DRAWS)
            .map(|_| {
                let order = generator.permutation(errors.len());
                let drawn: Vec<f32> = order.into_iter().map(|idx| errors[idx]).collect();
                false_alarm_rate(&drawn[..n_calibration], &drawn[n_calibration..])
            })
            .collect();
        let mean = rates.iter().sum::<f32>() / N_DRAWS as f32;
        assert!(
            (mean - ALPHA).abs() < 0.004,
            "{}: {mean} on average",
            name.slug()
        );
        let n_inside = rates
            .iter()
            .filter(|&&rate| (rate - ALPHA).abs() <= band)
            .count();
        assert!(
            n_inside * 100 >= N_DRAWS * 92,
            "{}: {n_inside} of {N_DRAWS}",
            name.slug()
        );
    }
}

#[test]
fn the_shipped_default_model_rebuilds_fresh_digits_far_better_than_their_mean() {
    let dataset = digits();
    let recipe = RecipeName::WellTrained.recipe();
    let weights = shipped_weights(RecipeName::WellTrained, &recipe);
    let network = Network::new(&recipe.architecture, &weights, &Device::flex()).expect("fits");
    let split = Split::new(dataset.n_items(), recipe.training.seed);
    let errors = errors_of(&network, &dataset, &split.test, &recipe);
    let mean_error = errors.iter().sum::<f32>() / errors.len() as f32;
    // Predicting the mean picture leaves 0.073.
    assert!(mean_error < 0.02, "mean error {mean_error}");
}
