//! A seed means here what it means in PyTorch: the same weights, the same batches, the same losses.
//!
//! The expected values were made by `tests/fixtures/make_torch_fixtures.py`.

mod common;

use bottleneck::autoencoder::{
    Activation, Architecture, Device, Loss, Optimiser, Schedule, Trainer, TrainingConfig, Weights,
};
use bottleneck::random::Mt19937;
use pollster::block_on;
use serde_json::Value;

use common::{fixture, integer, items};

/// Single precision keeps seven digits, and fifty steps add up their differences.
const TOLERANCE: f64 = 1e-5;

fn numbers(value: &Value) -> Vec<f64> {
    let values = value.as_array().expect("a list");
    values
        .iter()
        .map(|number| number.as_f64().expect("a number"))
        .collect()
}

fn integers(value: &Value) -> Vec<usize> {
    let values = value.as_array().expect("a list");
    values
        .iter()
        .map(|number| number.as_u64().expect("an integer") as usize)
        .collect()
}

fn architecture(fixture: &Value, hidden: Activation) -> Architecture {
    let sizes = integers(&fixture["layer_sizes"]);
    Architecture::dense(&sizes, hidden, Activation::Sigmoid)
}

fn largest_difference(ours: &[f64], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    // The largest of some numbers passes over those that are none.
    assert!(ours.iter().all(|value| value.is_finite()), "{ours:?}");
    ours.iter()
        .zip(theirs)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f64::max)
}

fn assert_begins_as_torch(name: &str) {
    let fixture = fixture(name);
    let architecture = architecture(&fixture, Activation::Tanh);
    let mut generator = Mt19937::new(integer(&fixture["seed"]) as u64);
    let initial = Weights::initial(&architecture, &mut generator);
    let expected: Vec<f32> = numbers(&fixture["initial_weights"])
        .iter()
        .map(|&value| value as f32)
        .collect();
    let bits = |value: &f32| value.to_bits();
    let is_different = |(ours, theirs): &(&f32, &f32)| bits(ours) != bits(theirs);
    let n_different = initial
        .values()
        .iter()
        .zip(&expected)
        .filter(is_different)
        .count();
    assert_eq!(initial.values().len(), expected.len());
    assert_eq!(n_different, 0, "initial weights of {name} differ");
    let orders = fixture["epoch_orders"]
        .as_array()
        .expect("a list of orders");
    for (epoch, order) in orders.iter().enumerate() {
        let ours = generator.epoch_order(integer(&fixture["n_items"]));
        assert!(
            ours == integers(order),
            "order of epoch {epoch} of {name} differs"
        );
    }
}

fn assert_trains_as_torch(name: &str, optimiser: Optimiser, weight_decay: f64) {
    assert_trains_as_torch_with(Activation::Tanh, name, optimiser, weight_decay);
}

fn assert_trains_as_torch_with(
    hidden: Activation,
    name: &str,
    optimiser: Optimiser,
    weight_decay: f64,
) {
    let fixture = fixture(name);
    let architecture = architecture(&fixture, hidden);
    let config = TrainingConfig {
        optimiser,
        learning_rate: 0.005,
        schedule: Schedule::Constant,
        batch_size: integer(&fixture["batch_size"]),
        drops_last_batch: false,
        epochs: 100,
        seed: integer(&fixture["seed"]) as u64,
        loss: Loss::MeanSquared,
        weight_decay,
        noise: 0.0,
    };
    let items = items(integer(&fixture["n_items"]), architecture.input_size());
    let mut trainer = Trainer::new(&architecture, &config, &items, &Device::Cpu, None)
        .expect("the fixture is trainable");
    let expected_losses = numbers(&fixture["losses"]);
    let mut losses = Vec::new();
    for _ in &expected_losses {
        trainer.step();
        losses.push(block_on(trainer.take_loss()).expect("the CPU answers"));
    }
    let loss_difference = largest_difference(&losses, &expected_losses);
    let weights = block_on(trainer.weights()).expect("the CPU answers");
    let weights: Vec<f64> = weights.values().iter().copied().map(f64::from).collect();
    let weight_difference = largest_difference(&weights, &numbers(&fixture["final_weights"]));
    let relative = loss_difference / expected_losses.iter().copied().fold(f64::MAX, f64::min);
    println!(
        "{name}: losses differ by at most {loss_difference:.1e} ({relative:.1e} of the smallest), weights by {weight_difference:.1e}"
    );
    assert!(
        relative < TOLERANCE,
        "losses of {name} differ by {relative:e} of the smallest"
    );
    assert!(
        loss_difference < TOLERANCE,
        "losses of {name} differ by {loss_difference:e}"
    );
    assert!(
        weight_difference < TOLERANCE,
        "weights of {name} differ by {weight_difference:e}"
    );
}

#[test]
fn the_first_articles_network_begins_with_torchs_weights_and_orders() {
    assert_begins_as_torch("beginning_seed_1");
}

#[test]
fn another_seed_begins_with_torchs_weights_and_orders() {
    assert_begins_as_torch("beginning_seed_2025");
}

#[test]
fn fifty_steps_of_gradient_descent_give_torchs_losses_and_weights() {
    assert_trains_as_torch("sgd", Optimiser::Sgd, 0.0);
}

#[test]
fn fifty_steps_of_adam_give_torchs_losses_and_weights() {
    assert_trains_as_torch("adam", Optimiser::Adam, 0.0);
}

#[test]
fn weight_decay_pulls_as_torchs_does() {
    assert_trains_as_torch("adam_weight_decay", Optimiser::Adam, 0.01);
}

#[test]
fn every_bent_activation_trains_as_torchs_does() {
    for (hidden, name) in [
        (Activation::Relu, "adam_relu"),
        (Activation::LeakyRelu, "adam_leaky_relu"),
        (Activation::Silu, "adam_silu"),
        (Activation::Gelu, "adam_gelu"),
    ] {
        assert_trains_as_torch_with(hidden, name, Optimiser::Adam, 0.0);
    }
}
