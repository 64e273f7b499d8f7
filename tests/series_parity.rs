//! Convolutions along series begin, learn and end as PyTorch's do.
//!
//! The expected values were made by `tests/fixtures/make_series_fixtures.py`.

mod common;
#[path = "common/sampled.rs"]
mod sampled;
#[path = "common/values.rs"]
mod values;

use bottleneck::autoencoder::{
    Activation, Architecture, Device, Dimensions, Initialisation, Layer, LayerKind, Loss, Network,
    Optimiser, Schedule, Shape, Trainer, TrainingConfig, Weights, Window,
};
use bottleneck::random::Mt19937;
use pollster::block_on;
use serde_json::Value;

use common::{fixture, integer, items};
use sampled::{bit_sum, sampled_difference};
use values::{largest_difference, list, number, numbers, rows};

/// Layers in the order in which the script builds its modules.
const CONVOLUTIONS_FIRST: [usize; 8] = [0, 1, 2, 5, 6, 7, 3, 4];

#[test]
fn single_windows_begin_with_torchs_very_bits_and_make_the_same_of_items() {
    for expected in list(&fixture("series")["windows"]) {
        let number_of = |name: &str| integer(&expected[name]);
        let window = Window {
            channels: number_of("outputs"),
            kernel: number_of("kernel"),
            stride: number_of("stride"),
            padding: number_of("padding"),
            output_padding: number_of("output_padding"),
            dimensions: Dimensions::One,
        };
        let kind = if expected["transposed"] == true {
            LayerKind::TransposedConvolution(window)
        } else {
            LayerKind::Convolution(window)
        };
        let layer = Layer {
            kind,
            ..Layer::dense(1, Activation::Identity)
        };
        let input = Shape::series(number_of("inputs"), number_of("samples"));
        let one = Architecture {
            input,
            layers: vec![layer],
            initialisation: Initialisation::Uniform,
        };
        let mut generator = Mt19937::new(number_of("seed") as u64);
        let weights = Weights::initial(&one, &mut generator);
        let theirs = [numbers(&expected["weight"]), numbers(&expected["bias"])].concat();
        assert_eq!(weights.values(), theirs, "{window:?}");
        let made = made_by_a_single_layer(&one, &weights, &items(3, input.n_values()));
        let difference = largest_difference(&made, &numbers(&expected["values"]));
        assert!(difference < 1e-6, "{window:?}: {difference}");
    }
}

/// What a layer makes of items, as the code of a network of which it is the encoder.
fn made_by_a_single_layer(one: &Architecture, weights: &Weights, items: &[f32]) -> Vec<f32> {
    let mut network = one.clone();
    let back = Layer::dense(one.input_size(), Activation::Identity);
    network.layers.push(back);
    let mut values = weights.values().to_vec();
    values.resize(network.n_parameters(), 0.0);
    let weights = Weights::from_values(&network, values).expect("as many as there are");
    let network = Network::new(&network, &weights, &Device::Cpu).expect("it is possible");
    block_on(network.reconstruct(items))
        .expect("whole items")
        .codes
}

#[test]
fn networks_of_series_begin_and_learn_as_torchs() {
    for expected in list(&fixture("series")["networks"]) {
        assert_learns_as_torchs(expected);
    }
}

fn assert_learns_as_torchs(expected: &Value) {
    let number_of = |name: &str| integer(&expected[name]);
    let series = Shape::series(number_of("n_channels"), number_of("n_samples"));
    let code_size = number_of("code_size");
    let architecture = Architecture::along_series(series, code_size, Activation::Identity);
    let config = TrainingConfig {
        optimiser: Optimiser::Adam,
        schedule: Schedule::Constant,
        learning_rate: number(&expected["learning_rate"]),
        batch_size: number_of("batch_size"),
        drops_last_batch: false,
        epochs: 100,
        seed: number_of("seed") as u64,
        loss: Loss::MeanSquared,
        weight_decay: 0.0,
        noise: 0.0,
    };
    let initial = Weights::initial(&architecture, &mut Mt19937::new(config.seed));
    for (ours, theirs) in with_theirs(&initial, &architecture, &expected["initial"]) {
        assert_eq!(Some(bit_sum(ours)), theirs["bit_sum"].as_u64(), "{theirs}");
        assert!(sampled_difference(ours, theirs) <= 0.0);
    }
    let items = items(number_of("n_items"), series.n_values());
    let mut trainer = Trainer::new(&architecture, &config, &items, &Device::Cpu, None)
        .expect("the fixture is trainable");
    let theirs = numbers(&expected["losses"]);
    for _ in &theirs {
        trainer.step();
    }
    let ours = block_on(trainer.take_losses()).expect("the CPU answers");
    let ours: Vec<f32> = ours.into_iter().map(|loss| loss as f32).collect();
    let losses = largest_difference(&ours, &theirs);
    let weights = block_on(trainer.weights()).expect("the CPU answers");
    let network = Network::new(&architecture, &weights, &Device::Cpu).expect("they fit");
    let made = block_on(network.reconstruct(&items[..2 * series.n_values()])).expect("two items");
    let outputs = largest_difference(&made.reconstructions, &rows(&expected["outputs"]));
    let codes = largest_difference(&made.codes, &rows(&expected["codes"]));
    println!("{series:?}: losses {losses:.1e}, outputs {outputs:.1e}, codes {codes:.1e}");
    assert!(losses < 1e-6 && outputs < 1e-5 && codes < 1e-5);
    for (ours, theirs) in with_theirs(&weights, &architecture, &expected["final"]) {
        assert!(
            sampled_difference(ours, theirs) < 1e-5,
            "{}",
            theirs["name"]
        );
    }
}

/// Each list of weights or biases with the fixture's of the same layer.
fn with_theirs<'a>(
    weights: &'a Weights,
    architecture: &Architecture,
    theirs: &'a Value,
) -> Vec<(&'a [f32], &'a Value)> {
    let layers: Vec<_> = weights.layers(architecture).collect();
    let in_order = CONVOLUTIONS_FIRST.iter().map(|&idx| layers[idx]);
    let ours = in_order.flat_map(|layer| [layer.matrix, layer.biases]);
    assert_eq!(list(theirs).len(), 2 * layers.len());
    ours.zip(list(theirs)).collect()
}
