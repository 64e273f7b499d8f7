//! The plain engine beside Burn's tensors, from the same seed.

use pollster::block_on;

use crate::autoencoder::{
    Activation, Architecture, Device, Loss, Network, Optimiser, Schedule, Trainer, TrainingConfig,
    Weights,
};
use crate::random::Mt19937;

const N_ITEMS: usize = 23;

/// Batches of seven, the last of each epoch shorter.
pub(super) fn config(optimiser: Optimiser) -> TrainingConfig {
    TrainingConfig {
        optimiser,
        learning_rate: if optimiser == Optimiser::Sgd {
            0.3
        } else {
            0.002
        },
        schedule: Schedule::Cosine,
        batch_size: 7,
        drops_last_batch: false,
        epochs: 5,
        seed: 9,
        loss: Loss::MeanSquared,
        weight_decay: 0.0,
        noise: 0.0,
    }
}

/// Trains both for `n_steps`; losses, divergences, weights, errors and reconstructions must agree.
pub(super) fn assert_trains_like_tensors(
    architecture: &Architecture,
    config: &TrainingConfig,
    n_steps: usize,
) {
    let mut generator = Mt19937::new(31);
    let n_values = N_ITEMS * architecture.input_size();
    let items: Vec<f32> = (0..n_values).map(|_| generator.uniform(0.0, 1.0)).collect();
    let device = Device::Cpu;
    let mut ours = Trainer::new(architecture, config, &items, &device, None).expect("possible");
    let mut tensors =
        Trainer::new(architecture, config, &items, &on_tensors(), None).expect("possible");
    let before = weights(&ours);
    for _ in 0..n_steps {
        assert_eq!(ours.step(), tensors.step());
    }
    let losses = block_on(ours.take_losses()).expect("the CPU answers");
    let expected = block_on(tensors.take_losses()).expect("the CPU answers");
    assert_eq!(losses.len(), n_steps);
    for (ours, expected) in losses.iter().zip(&expected) {
        assert!(
            (ours / expected - 1.0).abs() < 2e-6,
            "{ours}, not {expected}"
        );
    }
    let divergence = block_on(ours.take_divergence()).expect("the CPU answers");
    let expected = block_on(tensors.take_divergence()).expect("the CPU answers");
    assert_eq!(divergence.is_some(), architecture.beta().is_some());
    assert!((divergence.unwrap_or(1.0) / expected.unwrap_or(1.0) - 1.0).abs() < 1e-5);
    let learned = weights(&ours);
    let moved = largest_difference(learned.values(), before.values());
    let apart = largest_difference(learned.values(), weights(&tensors).values());
    assert!(apart < 1e-4 * moved, "{apart} apart after moving {moved}");
    let error = block_on(ours.mean_error(&items)).expect("the CPU answers");
    let expected = block_on(tensors.mean_error(&items)).expect("the CPU answers");
    assert!((error / expected - 1.0).abs() < 1e-5);
    assert_reconstructs_like_tensors(architecture, &learned, &items);
    let reconstructed = block_on(ours.reconstruct(&items)).expect("the CPU answers");
    let judged =
        block_on(network(architecture, &learned).reconstruct(&items)).expect("reconstructs");
    assert_eq!(reconstructed, judged.reconstructions);
}

/// The reference that the CPU's own engine is held to.
fn on_tensors() -> Device {
    Device::Tensors(burn::prelude::Device::flex())
}

fn assert_reconstructs_like_tensors(architecture: &Architecture, weights: &Weights, items: &[f32]) {
    let (ours, tensors) = (
        network(architecture, weights),
        Network::new(architecture, weights, &on_tensors()).expect("the weights fit"),
    );
    let reconstructed = block_on(ours.reconstruct(items)).expect("the CPU answers");
    let expected = block_on(tensors.reconstruct(items)).expect("the CPU answers");
    assert!(largest_difference(&reconstructed.reconstructions, &expected.reconstructions) < 1e-5);
    assert!(largest_difference(&reconstructed.codes, &expected.codes) < 1e-5);
    let decoded = block_on(ours.decode(&reconstructed.codes)).expect("the CPU answers");
    assert_eq!(decoded, reconstructed.reconstructions);
}

fn network(architecture: &Architecture, weights: &Weights) -> Network {
    Network::new(architecture, weights, &Device::Cpu).expect("the weights fit")
}

fn weights(trainer: &Trainer) -> Weights {
    block_on(trainer.weights()).expect("the CPU answers")
}

fn largest_difference(ours: &[f32], expected: &[f32]) -> f32 {
    assert_eq!(ours.len(), expected.len());
    // The largest of some numbers passes over those that are none.
    assert!(ours.iter().all(|value| value.is_finite()), "{ours:?}");
    let pairs = ours.iter().zip(expected);
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn tanh_sigmoid() -> Architecture {
    Architecture::dense(&[13, 9, 4, 9, 13], Activation::Tanh, Activation::Sigmoid)
}

#[test]
fn every_activation_trains_like_tensors() {
    let all = Activation::ALL;
    for (hidden, output) in all.into_iter().flat_map(|h| all.map(|o| (h, o))) {
        let architecture = Architecture::dense(&[13, 9, 4, 9, 13], hidden, output);
        assert_trains_like_tensors(&architecture, &config(Optimiser::Sgd), 10);
    }
}

#[test]
fn both_optimisers_train_like_tensors_with_decay_and_without() {
    for optimiser in [Optimiser::Sgd, Optimiser::Adam] {
        for weight_decay in [0.0, 0.01] {
            let config = TrainingConfig {
                weight_decay,
                ..config(optimiser)
            };
            assert_trains_like_tensors(&tanh_sigmoid(), &config, 18);
        }
    }
}

#[test]
fn summed_losses_noise_and_dropped_batches_train_like_tensors() {
    let config = TrainingConfig {
        learning_rate: 0.003,
        loss: Loss::SummedSquared,
        noise: 0.2,
        drops_last_batch: true,
        ..config(Optimiser::Sgd)
    };
    assert_trains_like_tensors(&tanh_sigmoid(), &config, 8);
}

#[test]
fn dropout_trains_like_tensors() {
    let mut architecture = tanh_sigmoid();
    architecture.layers[0].dropout = 0.3;
    architecture.layers[2].dropout = 0.1;
    assert_trains_like_tensors(&architecture, &config(Optimiser::Sgd), 9);
}

#[test]
fn a_variational_code_trains_like_tensors() {
    let mut architecture = tanh_sigmoid().with_variational_code(0.3);
    assert_trains_like_tensors(&architecture, &config(Optimiser::Sgd), 9);
    architecture.layers[0].dropout = 0.2;
    architecture.layers[1].dropout = 0.2;
    assert_trains_like_tensors(&architecture, &config(Optimiser::Sgd), 9);
}

#[test]
fn a_batch_larger_than_the_data_is_all_of_the_data() {
    let config = TrainingConfig {
        batch_size: 1_000,
        ..config(Optimiser::Sgd)
    };
    assert_trains_like_tensors(&tanh_sigmoid(), &config, 3);
}

#[test]
fn a_run_changes_engine_without_losing_its_memory() {
    let architecture = tanh_sigmoid();
    for optimiser in [Optimiser::Sgd, Optimiser::Adam] {
        let config = config(optimiser);
        let n_values = N_ITEMS * architecture.input_size();
        let mut generator = Mt19937::new(31);
        let items: Vec<f32> = (0..n_values).map(|_| generator.uniform(0.0, 1.0)).collect();
        let plain = |resume| {
            Trainer::new(&architecture, &config, &items, &Device::Cpu, resume).expect("possible")
        };
        let tensors = |resume| {
            Trainer::new(&architecture, &config, &items, &on_tensors(), resume).expect("possible")
        };
        let checkpoint = |it: &Trainer| block_on(it.checkpoint()).expect("the CPU answers");
        let advance = |trainer: &mut Trainer, n_steps: usize| {
            for _ in 0..n_steps {
                trainer.step();
            }
        };
        let mut whole = plain(None);
        advance(&mut whole, 12);
        let mut first = plain(None);
        advance(&mut first, 5);
        let mut second = tensors(Some(checkpoint(&first)));
        assert_eq!(checkpoint(&second), checkpoint(&first));
        advance(&mut second, 4);
        let mut third = plain(Some(checkpoint(&second)));
        advance(&mut third, 3);
        let (ours, expected) = (checkpoint(&third), checkpoint(&whole));
        assert_eq!(ours.position, expected.position);
        let apart = largest_difference(ours.weights.values(), expected.weights.values());
        assert!(apart < 1e-6, "{optimiser:?}: {apart} apart");
    }
}
