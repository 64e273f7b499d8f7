//! Every article's network begins, learns and ends as PyTorch's does.
//!
//! The expected values were made by `tests/fixtures/make_article_fixtures.py`.

mod common;
#[path = "common/peaks.rs"]
mod peaks;
#[path = "common/sampled.rs"]
mod sampled;
#[path = "common/values.rs"]
mod values;

use bottleneck::anomaly::normalised_error;
use bottleneck::autoencoder::{
    Activation, Architecture, Device, Initialisation, Layer, Network, Shape, Trainer,
    TrainingConfig, Weights, powers_of_two,
};
use bottleneck::random::Mt19937;
use bottleneck::recipe::RecipeName;
use pollster::block_on;
use serde_json::Value;

use common::{fixture, integer, items};
use peaks::pictures;
use sampled::{bit_sum, sampled_difference};
use values::{largest_difference, list, numbers, rows};

const N_STEPS: usize = 20;

/// A recipe's training with the fixture's own numbers.
fn training(name: RecipeName, fixture: &Value) -> TrainingConfig {
    TrainingConfig {
        seed: integer(&fixture["seed"]) as u64,
        batch_size: integer(&fixture["batch_size"]),
        learning_rate: fixture["learning_rate"].as_f64().expect("a number"),
        ..name.recipe().training
    }
}

/// Trains so many steps as the fixture has losses; the largest relative difference of a loss, and the network.
fn train(
    architecture: &Architecture,
    config: &TrainingConfig,
    items: &[f32],
    fixture: &Value,
) -> (f32, Trainer) {
    let mut trainer = Trainer::new(architecture, config, items, &Device::Cpu, None)
        .expect("the fixture is trainable");
    for _ in 0..N_STEPS {
        trainer.step();
    }
    let ours = block_on(trainer.take_losses()).expect("the CPU answers");
    let theirs = numbers(&fixture["losses"]);
    assert_eq!(ours.len(), theirs.len());
    assert!(ours.iter().all(|loss| loss.is_finite()), "{ours:?}");
    let relative = ours
        .iter()
        .zip(theirs)
        .map(|(ours, theirs)| ((*ours as f32 - theirs) / theirs).abs());
    (relative.fold(0.0, f32::max), trainer)
}

fn weights(trainer: &Trainer) -> Weights {
    block_on(trainer.weights()).expect("the CPU answers")
}

/// Layers in the order in which the second article's code builds its modules.
const CONVOLUTIONS_FIRST: [usize; 8] = [0, 1, 2, 5, 6, 7, 3, 4];

#[test]
fn single_layers_of_every_kind_begin_with_torchs_very_bits() {
    let fixture = fixture("initial_layers");
    let mut generator = Mt19937::new(integer(&fixture["seed"]) as u64);
    let maps = |channels| Shape {
        channels,
        height: 8,
        width: 8,
    };
    let linear = |n_outputs| Layer::dense(n_outputs, Activation::Identity);
    let layers = [
        (Shape::row(5), linear(3)),
        (
            maps(2),
            Layer::convolution(4, 3, 1, 0, Activation::Identity),
        ),
        (
            maps(4),
            Layer::transposed_convolution(2, 3, 2, 1, Activation::Identity),
        ),
        (Shape::row(3), linear(5)),
    ];
    for ((input, layer), expected) in layers.into_iter().zip(list(&fixture["layers"])) {
        let one = Architecture {
            input,
            layers: vec![layer],
            initialisation: Initialisation::Uniform,
        };
        assert_eq!(
            layer.parameter_shape(input).fan_in,
            integer(&expected["fan_in"])
        );
        let ours = Weights::initial(&one, &mut generator);
        let theirs = [numbers(&expected["weight"]), numbers(&expected["bias"])].concat();
        assert_eq!(ours.values(), theirs, "{}", expected["name"]);
    }
}

#[test]
fn the_second_articles_network_begins_and_learns_as_torchs() {
    let fixture = fixture("conv");
    let name = RecipeName::MNIST_CONV;
    let architecture = name.recipe().architecture;
    let config = training(name, &fixture);
    let initial = Weights::initial(&architecture, &mut Mt19937::new(config.seed));
    let layers: Vec<_> = initial.layers(&architecture).collect();
    for (idx, parameters) in CONVOLUTIONS_FIRST
        .iter()
        .zip(list(&fixture["initial"]).chunks_exact(2))
    {
        for (ours, theirs) in [layers[*idx].matrix, layers[*idx].biases]
            .into_iter()
            .zip(parameters)
        {
            assert_eq!(
                Some(bit_sum(ours)),
                theirs["bit_sum"].as_u64(),
                "{}",
                theirs["name"]
            );
            assert!(sampled_difference(ours, theirs) <= 0.0);
        }
    }
    let items = pictures(integer(&fixture["n_items"]));
    let (loss_difference, trainer) = train(&architecture, &config, &items, &fixture);
    let weights = weights(&trainer);
    let network = Network::new(&architecture, &weights, &Device::Cpu).expect("they fit");
    let reconstructed = block_on(network.reconstruct(&items[..2 * 784])).expect("two items");
    let output_difference =
        largest_difference(&reconstructed.reconstructions, &rows(&fixture["outputs"]));
    let code_difference = largest_difference(&reconstructed.codes, &rows(&fixture["codes"]));
    println!(
        "conv: losses {loss_difference:.1e} relative, outputs {output_difference:.1e}, codes {code_difference:.1e}"
    );
    assert!(loss_difference < 1e-4 && output_difference < 1e-4 && code_difference < 1e-3);
    let layers: Vec<_> = weights.layers(&architecture).collect();
    for (idx, parameters) in CONVOLUTIONS_FIRST
        .iter()
        .zip(list(&fixture["final"]).chunks_exact(2))
    {
        assert!(sampled_difference(layers[*idx].matrix, &parameters[0]) < 1e-4);
        assert!(sampled_difference(layers[*idx].biases, &parameters[1]) < 1e-4);
    }
}

#[test]
fn the_third_articles_sizes_are_those_of_its_code() {
    for sizes in list(&fixture("deep")["sizes"]) {
        let (input, hidden) = (
            integer(&sizes["input_size"]),
            integer(&sizes["hidden_size"]),
        );
        let encoder: Vec<usize> = list(&sizes["encoder"]).iter().map(integer).collect();
        let decoder: Vec<usize> = list(&sizes["decoder"]).iter().map(integer).collect();
        let both = [encoder.as_slice(), &decoder[1..]].concat();
        assert_eq!(powers_of_two(input, hidden), both);
    }
}

#[test]
fn the_third_articles_network_begins_learns_and_scores_as_torchs() {
    let fixture = fixture("deep");
    let name = RecipeName::DEEP_FIT_PREDICT;
    let recipe = name.recipe();
    let config = training(name, &fixture);
    let initial = Weights::initial(&recipe.architecture, &mut Mt19937::new(config.seed));
    assert_eq!(initial.values(), numbers(&fixture["initial_weights"]));
    let items = items(integer(&fixture["n_items"]), 64);
    let (loss_difference, trainer) = train(&recipe.architecture, &config, &items, &fixture);
    let network = Network::new(&recipe.architecture, &weights(&trainer), &Device::Cpu);
    let network = network.expect("they fit");
    let errors_of = |items: &[f32]| {
        let reconstructed = block_on(network.reconstruct(items)).expect("whole items");
        recipe
            .measure
            .of_rows(items, &reconstructed.reconstructions, 64)
    };
    let reconstructed = block_on(network.reconstruct(&items[..3 * 64])).expect("three items");
    let output_difference =
        largest_difference(&reconstructed.reconstructions, &rows(&fixture["outputs"]));
    let errors = errors_of(&items);
    let range = errors
        .iter()
        .fold((f32::MAX, f32::MIN), |(min, max), &error| {
            (min.min(error), max.max(error))
        });
    let score = |&error: &f32| normalised_error(error, range).expect("errors differ");
    let scores: Vec<f32> = errors[..10].iter().map(score).collect();
    let checkerboard = (0..64).map(|j| ((j / 8 + j % 8) % 2) as f32);
    let foreign: Vec<f32> = std::iter::repeat_n(1.0, 64).chain(checkerboard).collect();
    let foreign_scores: Vec<f32> = errors_of(&foreign).iter().map(score).collect();
    let score_difference = largest_difference(&scores, &numbers(&fixture["scores"]));
    println!(
        "deep: losses {loss_difference:.1e} relative, outputs {output_difference:.1e}, scores {score_difference:.1e}"
    );
    assert!(loss_difference < 1e-5 && output_difference < 1e-5 && score_difference < 1e-5);
    assert!(largest_difference(&foreign_scores, &numbers(&fixture["foreign_scores"])) < 1e-5);
}

#[test]
fn the_fourth_articles_network_begins_and_learns_as_torchs() {
    let fixture = fixture("employees");
    let name = RecipeName::EMPLOYEES;
    let architecture = name.recipe().architecture;
    let config = training(name, &fixture);
    let initial = Weights::initial(&architecture, &mut Mt19937::new(config.seed));
    assert_eq!(initial.values(), numbers(&fixture["initial_weights"]));
    let items = items(integer(&fixture["n_items"]), 9);
    let (loss_difference, trainer) = train(&architecture, &config, &items, &fixture);
    let weights = weights(&trainer);
    let network = Network::new(&architecture, &weights, &Device::Cpu).expect("they fit");
    let reconstructed = block_on(network.reconstruct(&items[..3 * 9])).expect("three items");
    let output_difference =
        largest_difference(&reconstructed.reconstructions, &rows(&fixture["outputs"]));
    let weight_difference =
        largest_difference(weights.values(), &numbers(&fixture["final_weights"]));
    println!(
        "employees: losses {loss_difference:.1e} relative, outputs {output_difference:.1e}, weights {weight_difference:.1e}"
    );
    assert!(loss_difference < 1e-5 && output_difference < 1e-5 && weight_difference < 1e-5);
}
