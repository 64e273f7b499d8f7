//! Both engines beside the reference, over several steps from the same weights.

use pollster::block_on;

use super::reference::{Adam, Network};
use super::{
    Activation, Architecture, Loss, Optimiser, Schedule, Trainer, TrainingConfig, Weights,
};
use crate::autoencoder::Device;
use crate::random::Mt19937;

const N_ITEMS: usize = 11;
const N_STEPS: usize = 6;
const TOLERANCE: f64 = 1e-6;

/// One batch of all items, so that their order does not matter.
fn config(optimiser: Optimiser, loss: Loss) -> TrainingConfig {
    TrainingConfig {
        optimiser,
        learning_rate: match (optimiser, loss) {
            (Optimiser::Adam, _) => 0.01,
            (Optimiser::Sgd, Loss::MeanSquared) => 0.3,
            (Optimiser::Sgd, Loss::SummedSquared) => 0.003,
        },
        schedule: Schedule::Constant,
        batch_size: N_ITEMS,
        drops_last_batch: false,
        epochs: N_STEPS,
        seed: 4,
        loss,
        weight_decay: 0.0,
        noise: 0.0,
    }
}

/// The losses of the steps, and the weights after them.
type Lesson = (Vec<f64>, Vec<f64>);

fn by_engine(mut trainer: Trainer) -> Lesson {
    let step = |_| {
        trainer.step();
        block_on(trainer.take_loss()).expect("the CPU answers")
    };
    let losses = (0..N_STEPS).map(step).collect();
    let weights = block_on(trainer.weights()).expect("the CPU answers");
    (
        losses,
        weights.values().iter().copied().map(f64::from).collect(),
    )
}

fn by_reference(architecture: &Architecture, config: &TrainingConfig, items: &[f32]) -> Lesson {
    let initial = Weights::initial(architecture, &mut Mt19937::new(config.seed));
    let mut network = Network::new(architecture, &initial).expect("all layers are dense");
    let mut adam = Adam::new(&network);
    let rows = items.chunks(architecture.input_size());
    let batch: Vec<Vec<f64>> = rows
        .map(|row| row.iter().copied().map(f64::from).collect())
        .collect();
    let mut losses = Vec::new();
    for _ in 0..N_STEPS {
        losses.push(network.loss(&batch, config.loss));
        let gradients = network.gradients(&batch, config.loss);
        match config.optimiser {
            Optimiser::Sgd => network.descend(&gradients, config.learning_rate),
            Optimiser::Adam => adam.descend(&mut network, &gradients, config.learning_rate),
        }
    }
    (losses, network.values())
}

fn assert_engines_follow(hidden: Activation, output: Activation, config: &TrainingConfig) {
    let architecture = Architecture::dense(&[7, 5, 3, 5, 7], hidden, output);
    let mut generator = Mt19937::new(31);
    let n_values = N_ITEMS * architecture.input_size();
    let items: Vec<f32> = (0..n_values).map(|_| generator.uniform(0.0, 1.0)).collect();
    let (losses, weights) = by_reference(&architecture, config, &items);
    assert!(losses[N_STEPS - 1] < 0.999 * losses[0], "{losses:?}");
    let largest = weights.iter().fold(0.0, |most: f64, it| most.max(it.abs()));
    let plain = Trainer::new(&architecture, config, &items, &Device::Cpu, None);
    let on_tensors = Device::Tensors(burn::prelude::Device::flex());
    let tensors = Trainer::new(&architecture, config, &items, &on_tensors, None);
    for trainer in [plain, tensors] {
        let (its_losses, its_weights) = by_engine(trainer.expect("the run is possible"));
        for (its, expected) in its_losses.iter().zip(&losses) {
            let relative = (its / expected - 1.0).abs();
            assert!(
                relative < TOLERANCE,
                "{hidden:?} {output:?}: loss {relative:e} off"
            );
        }
        assert_eq!(its_weights.len(), weights.len());
        for (its, expected) in its_weights.iter().zip(&weights) {
            let relative = (its - expected).abs() / largest;
            assert!(
                relative < TOLERANCE,
                "{hidden:?} {output:?}: weight {relative:e} off"
            );
        }
    }
}

#[test]
fn both_engines_learn_as_the_reference_does_for_every_activation_and_optimiser() {
    for optimiser in [Optimiser::Sgd, Optimiser::Adam] {
        for hidden in Activation::ALL {
            for output in Activation::ALL {
                assert_engines_follow(hidden, output, &config(optimiser, Loss::MeanSquared));
            }
        }
    }
}

#[test]
fn summed_losses_follow_the_reference_too() {
    for optimiser in [Optimiser::Sgd, Optimiser::Adam] {
        let config = config(optimiser, Loss::SummedSquared);
        assert_engines_follow(Activation::Tanh, Activation::Sigmoid, &config);
    }
}

#[test]
fn the_reference_s_derivatives_are_the_slopes_of_its_values() {
    use super::reference::value_and_derivative;
    const H: f64 = 1e-5;
    for activation in Activation::ALL {
        for step in -60..60 {
            let z = f64::from(step) / 10.0 + 0.05;
            let value = |z| value_and_derivative(activation, z).0;
            let slope = (value(z + H) - value(z - H)) / (2.0 * H);
            let derivative = value_and_derivative(activation, z).1;
            assert!((slope - derivative).abs() < 1e-9, "{activation:?} at {z}");
        }
    }
}
