//! A variational autoencoder learns as PyTorch's does, goes on where it stopped, and makes items from nothing.
//!
//! The expected values were made by `tests/fixtures/make_variational_fixtures.py`.

mod common;
#[path = "common/peaks.rs"]
mod peaks;
#[path = "common/values.rs"]
mod values;

use bottleneck::autoencoder::{
    Activation, Architecture, Device, Loss, Network, Optimiser, Position, StepEnd, Trainer,
    TrainingConfig, Weights,
};
use bottleneck::random::Mt19937;
use bottleneck::recipe::RecipeName;
use pollster::block_on;
use serde_json::Value;

use common::{fixture, integer, items};
use peaks::pictures;
use values::{largest_difference, list, number, numbers, rows};

fn config(fixture: &Value) -> TrainingConfig {
    TrainingConfig {
        optimiser: Optimiser::Adam,
        seed: integer(&fixture["seed"]) as u64,
        batch_size: integer(&fixture["batch_size"]),
        learning_rate: number(&fixture["learning_rate"]),
        weight_decay: fixture["weight_decay"].as_f64().unwrap_or(0.0),
        loss: Loss::MeanSquared,
        ..RecipeName::MNIST_CONV.recipe().training
    }
}

fn weights(trainer: &Trainer) -> Weights {
    block_on(trainer.weights()).expect("the CPU answers")
}

/// Trains as many steps as the fixture has losses; the largest relative difference of a loss or a divergence.
fn train(trainer: &mut Trainer, fixture: &Value) -> f64 {
    let losses = list(&fixture["losses"]).iter().map(number);
    let divergences = list(&fixture["divergences"]).iter().map(number);
    assert_eq!(losses.len(), divergences.len());
    let mut largest = 0.0_f64;
    for (loss, divergence) in losses.zip(divergences) {
        trainer.step();
        let ours = block_on(trainer.take_loss()).expect("the CPU answers");
        assert!(ours.is_finite(), "{ours}");
        largest = largest.max(((ours - loss) / loss).abs());
        let ours = block_on(trainer.take_divergence()).expect("the CPU answers");
        let ours = ours.expect("the code is drawn");
        assert!(ours.is_finite(), "{ours}");
        largest = largest.max(((ours - divergence) / divergence).abs());
    }
    largest
}

/// How far codes and outputs of the first items are from the fixture's.
fn judged_difference(
    trainer: &Trainer,
    architecture: &Architecture,
    items: &[f32],
    fixture: &Value,
) -> f32 {
    let network = Network::new(architecture, &weights(trainer), &Device::Cpu);
    let reconstructed =
        block_on(network.expect("they fit").reconstruct(items)).expect("whole items");
    let outputs = largest_difference(&reconstructed.reconstructions, &rows(&fixture["outputs"]));
    outputs.max(largest_difference(
        &reconstructed.codes,
        &rows(&fixture["codes"]),
    ))
}

#[test]
fn a_dense_variational_network_learns_as_torchs() {
    let fixture = fixture("variational");
    let sizes: Vec<usize> = list(&fixture["layer_sizes"]).iter().map(integer).collect();
    let beta = number(&fixture["beta"]) as f32;
    let architecture = Architecture::dense(&sizes, Activation::Tanh, Activation::Sigmoid)
        .with_variational_code(beta);
    let items = items(integer(&fixture["n_items"]), architecture.input_size());
    let config = config(&fixture);
    let mut trainer = Trainer::new(&architecture, &config, &items, &Device::Cpu, None)
        .expect("the fixture is trainable");
    let losses = train(&mut trainer, &fixture);
    let theirs = numbers(&fixture["final_weights"]);
    let weights = largest_difference(weights(&trainer).values(), &theirs);
    let judged = judged_difference(&trainer, &architecture, &items[..3 * 64], &fixture);
    println!("dense: losses {losses:.1e} relative, weights {weights:.1e}, judged {judged:.1e}");
    assert!(losses < 1e-5 && weights < 1e-5 && judged < 1e-5);
}

#[test]
fn a_convolutional_variational_network_learns_as_torchs() {
    let fixture = fixture("variational_conv");
    let mut recipe = RecipeName::MNIST_CONV.recipe();
    recipe.set_code_size(integer(&fixture["code_size"]));
    let beta = number(&fixture["beta"]) as f32;
    let architecture = recipe.architecture.with_variational_code(beta);
    let items = pictures(integer(&fixture["n_items"]));
    let config = config(&fixture);
    let mut trainer = Trainer::new(&architecture, &config, &items, &Device::Cpu, None)
        .expect("the fixture is trainable");
    let losses = train(&mut trainer, &fixture);
    let judged = judged_difference(&trainer, &architecture, &items[..2 * 784], &fixture);
    println!("convolutional: losses {losses:.1e} relative, judged {judged:.1e}");
    assert!(losses < 1e-4 && judged < 1e-4);
}

#[test]
fn a_variational_run_that_goes_on_in_mid_epoch_draws_what_it_would_have_drawn() {
    let architecture =
        Architecture::dense(&[16, 8, 2, 8, 16], Activation::Tanh, Activation::Sigmoid)
            .with_variational_code(0.2);
    let config = TrainingConfig {
        optimiser: Optimiser::Adam,
        learning_rate: 0.01,
        batch_size: 5,
        epochs: 4,
        seed: 3,
        noise: 0.1,
        ..RecipeName::WELL_TRAINED.recipe().training
    };
    let items = items(20, 16);
    let start = |resume| {
        Trainer::new(&architecture, &config, &items, &Device::Cpu, resume).expect("trainable")
    };
    let losses = |trainer: &mut Trainer, n_steps: usize| {
        for _ in 0..n_steps {
            trainer.step();
        }
        block_on(trainer.take_losses()).expect("the CPU answers")
    };
    let mut whole = start(None);
    let expected = losses(&mut whole, 16);
    let mut first = start(None);
    losses(&mut first, 6);
    let place = first.position();
    assert_eq!(place, Position { epoch: 1, batch: 2 });
    let mut second = start(Some(block_on(first.checkpoint()).expect("the CPU answers")));
    assert_eq!(losses(&mut second, 10), expected[6..]);
    assert_eq!(weights(&second), weights(&whole));
}

#[test]
fn a_larger_beta_buys_less_information_with_a_larger_error() {
    let items = items(40, 16);
    let trained = |beta: f32| {
        let architecture =
            Architecture::dense(&[16, 12, 4, 12, 16], Activation::Tanh, Activation::Sigmoid)
                .with_variational_code(beta);
        let config = TrainingConfig {
            epochs: 150,
            ..RecipeName::WELL_TRAINED.recipe().training
        };
        let mut trainer =
            Trainer::new(&architecture, &config, &items, &Device::Cpu, None).expect("trainable");
        let mut nats = 0.0;
        while !trainer.is_finished() {
            while trainer.step() == StepEnd::MidEpoch {}
            let taken = block_on(trainer.take_divergence()).expect("the CPU answers");
            nats = taken.expect("the code is drawn");
        }
        let error = block_on(trainer.mean_error(&items)).expect("the CPU answers");
        (nats, error)
    };
    let (cheap, dear) = (trained(0.01), trained(1.0));
    println!("β 0.01: {cheap:?}, β 1: {dear:?}");
    assert!(cheap.0 > 2.0 * dear.0 && cheap.1 < dear.1);
}

#[test]
fn a_plain_network_has_no_divergence() {
    let architecture = Architecture::dense(&[16, 4, 16], Activation::Tanh, Activation::Sigmoid);
    let config = RecipeName::WELL_TRAINED.recipe().training;
    let mut trainer = Trainer::new(&architecture, &config, &items(20, 16), &Device::Cpu, None)
        .expect("trainable");
    trainer.step();
    assert_eq!(block_on(trainer.take_divergence()), Ok(None));
}

#[test]
fn twice_as_many_sums_begin_as_torchs_layer_of_that_size() {
    let fixture = fixture("variational");
    let sizes: Vec<usize> = list(&fixture["layer_sizes"]).iter().map(integer).collect();
    let architecture = Architecture::dense(&sizes, Activation::Tanh, Activation::Sigmoid)
        .with_variational_code(0.1);
    let seed = integer(&fixture["seed"]) as u64;
    let initial = Weights::initial(&architecture, &mut Mt19937::new(seed));
    assert_eq!(
        initial.values().len(),
        numbers(&fixture["final_weights"]).len()
    );
    assert_eq!(numbers(&fixture["initial_weights"]), initial.values());
}
