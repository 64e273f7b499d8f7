//! The models and digits that ship with the page keep what the page promises of them.

use std::collections::HashSet;

use bottleneck::anomaly::Calibration;
use bottleneck::autoencoder::{Network, Weights};
use bottleneck::data::{Dataset, NamedFile, inputs_of, open_packed};
use bottleneck::latent::prior_codes;
use bottleneck::picture::{Picture, psnr};
use bottleneck::random::Mt19937;
use bottleneck::recipe::{DataName, Recipe, RecipeName};
use burn::prelude::Device;

/// Two-sided 95 % point of the normal distribution.
const Z_95: f32 = 1.96;

/// The promised share of false alarms.
const ALPHA: f32 = 0.05;

/// How often the held-out digits are divided anew into calibration and fresh ones.
const N_DRAWS: usize = 1_000;

fn data(name: DataName) -> Dataset {
    name.generated().unwrap_or_else(|| {
        let name = name.file_name().expect("generated, or from a file");
        let bytes = std::fs::read(format!("www/data/{name}")).expect("it is in the repository");
        let file = NamedFile {
            name: name.to_owned(),
            bytes,
        };
        open_packed(&file).expect("it is well formed")
    })
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
    let width = recipe.architecture.input_size();
    let errors = inputs.chunks(width * 100).flat_map(|some| {
        let rebuilt = pollster::block_on(network.rebuild(some)).expect("the items fit");
        recipe
            .measure
            .of_rows(some, &rebuilt.reconstructions, width)
    });
    errors.collect()
}

/// Share of `fresh` errors above the threshold that `calibration` errors set.
fn false_alarm_rate(calibration: &[f32], fresh: &[f32]) -> f32 {
    let threshold = Calibration::new(calibration.to_vec())
        .conformal_threshold(ALPHA)
        .expect("there are enough items");
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
    for name in RecipeName::ALL {
        let (dataset, recipe) = (data(name.data()), name.recipe());
        let weights = shipped_weights(name, &recipe);
        let network = Network::new(&recipe.architecture, &weights, &Device::flex()).expect("fits");
        let split = recipe.split(&dataset);
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
    let dataset = data(DataName::Digits);
    let recipe = RecipeName::WellTrained.recipe();
    let weights = shipped_weights(RecipeName::WellTrained, &recipe);
    let network = Network::new(&recipe.architecture, &weights, &Device::flex()).expect("fits");
    let split = recipe.split(&dataset);
    let errors = errors_of(&network, &dataset, &split.test, &recipe);
    let mean_error = errors.iter().sum::<f32>() / errors.len() as f32;
    // Predicting the mean picture leaves 0.073.
    assert!(mean_error < 0.02, "mean error {mean_error}");
}

/// Mean gain in decibels of a shipped model on its test items, each with noise of its own.
fn mean_gain(name: RecipeName, deviation: f32) -> f32 {
    let (dataset, recipe) = (data(name.data()), name.recipe());
    let weights = shipped_weights(name, &recipe);
    let network = Network::new(&recipe.architecture, &weights, &Device::flex()).expect("fits");
    let split = recipe.split(&dataset);
    let (width, height) = dataset.picture_size().expect("pictures");
    let gains = split.test.iter().take(400).map(|&item| {
        let clean = dataset.item(item).expect("it is in the split");
        let picture = Picture::from_ink(width, height, clean.clone()).expect("a whole picture");
        let noisy = picture.noisy(deviation, item as u64).into_ink();
        let rebuilt = pollster::block_on(network.rebuild(&noisy)).expect("it fits");
        psnr(&clean, &rebuilt.reconstructions) - psnr(&clean, &noisy)
    });
    let gains: Vec<f32> = gains.collect();
    gains.iter().sum::<f32>() / gains.len() as f32
}

#[test]
fn the_denoisers_take_noise_off_and_a_cleanly_trained_network_does_not() {
    for (name, least) in [
        (RecipeName::Denoiser, [-0.5, 3.5, 4.5]),
        (RecipeName::MnistDenoiser, [-2.0, 2.5, 4.5]),
    ] {
        for (deviation, least) in [0.1, 0.2, 0.3].into_iter().zip(least) {
            let gain = mean_gain(name, deviation);
            println!("{}: {gain:+.2} dB at {deviation}", name.slug());
            assert!(
                gain > least,
                "{}: {gain:+.2} dB at {deviation}",
                name.slug()
            );
        }
    }
    assert!(mean_gain(RecipeName::WellTrained, 0.2) < 0.0);
}

/// The squared distance from a picture to the nearest of some items, and which item that is.
fn nearest(picture: &[f32], items: &[usize], dataset: &Dataset) -> (f32, usize) {
    let distances = items.iter().map(|&item| {
        let known = dataset.item(item).expect("it is in the split");
        let squares = known.iter().zip(picture).map(|(a, b)| (a - b).powi(2));
        (squares.sum::<f32>(), item)
    });
    let nearest = distances.min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.expect("there are items")
}

#[test]
fn random_codes_of_the_variational_models_give_digits_of_all_kinds() {
    const N_SAMPLES: usize = 60;
    for name in [RecipeName::Vae, RecipeName::MnistVae] {
        let (dataset, recipe) = (data(name.data()), name.recipe());
        let weights = shipped_weights(name, &recipe);
        let network = Network::new(&recipe.architecture, &weights, &Device::flex()).expect("fits");
        let split = recipe.split(&dataset);
        let codes = prior_codes(1, N_SAMPLES, recipe.architecture.code_size());
        let samples = pollster::block_on(network.decode(&codes)).expect("whole codes");
        let learned = &split.train[..1_000];
        let of_samples: Vec<(f32, usize)> = samples
            .chunks(recipe.architecture.input_size())
            .map(|sample| nearest(sample, learned, &dataset))
            .collect();
        let fresh = split.test.iter().take(N_SAMPLES).map(|&item| {
            nearest(
                &dataset.item(item).expect("it is in the split"),
                learned,
                &dataset,
            )
        });
        let sum = |distances: &mut dyn Iterator<Item = f32>| distances.sum::<f32>();
        let ratio =
            sum(&mut of_samples.iter().map(|near| near.0)) / sum(&mut fresh.map(|near| near.0));
        let labels: HashSet<_> = of_samples
            .iter()
            .map(|near| dataset.label_of(near.1))
            .collect();
        println!(
            "{}: {ratio:.2} times as far from learned digits as fresh ones, {} kinds",
            name.slug(),
            labels.len()
        );
        assert!(ratio < 1.25, "{}: {ratio}", name.slug());
        assert!(labels.len() >= 8, "{}: {} kinds", name.slug(), labels.len());
    }
}
