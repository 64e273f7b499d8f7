//! The models and digits that ship with the page keep what the page promises of them.

use bottleneck::anomaly::{Calibration, item_errors};
use bottleneck::autoencoder::{Network, Weights};
use bottleneck::data::{Dataset, Split, inputs_of};
use bottleneck::recipe::{Recipe, RecipeName};
use burn::prelude::Device;

/// Two-sided 95 % point of the normal distribution.
const Z_95: f32 = 1.96;

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

#[test]
fn five_percent_false_alarms_are_what_fresh_digits_get() {
    let dataset = digits();
    for name in RecipeName::ALL {
        let recipe = name.recipe();
        let weights = shipped_weights(name, &recipe);
        let network = Network::new(&recipe.architecture, &weights, &Device::flex()).expect("fits");
        let split = Split::new(dataset.n_items(), recipe.training.seed);
        let calibration =
            Calibration::new(errors_of(&network, &dataset, &split.calibration, &recipe));
        let fresh = errors_of(&network, &dataset, &split.test, &recipe);

        let alpha = 0.05;
        let threshold = calibration
            .conformal_threshold(alpha)
            .expect("enough digits");
        let n_flagged = fresh.iter().filter(|&&error| error > threshold).count();
        let rate = n_flagged as f32 / fresh.len() as f32;
        // The calibration digits are a sample too, so both samples' spreads add up.
        let variance = alpha * (1.0 - alpha);
        let n_calibration = calibration.n_items() as f32;
        let band = Z_95 * (variance / fresh.len() as f32 + variance / n_calibration).sqrt();
        assert!(
            (rate - alpha).abs() <= band,
            "{}: {rate} of fresh digits are flagged",
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
