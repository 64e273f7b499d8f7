//! What is trained, and how long a step takes.

use std::time::{Duration, Instant};

use bottleneck::autoencoder::{Device, Trainer, Weights};
use bottleneck::data::inputs_of;
use bottleneck::random::Mt19937;
use bottleneck::recipe::{Recipe, RecipeName};
use pollster::block_on;

use super::Outcome;
use super::data::own_data;

/// Steps whose losses are compared; what they need is compiled meanwhile.
pub const N_COMPARED: usize = 10;

pub const N_ROUNDS: usize = 5;

/// A round ends after so many steps, or after so long.
const MOST_STEPS: usize = 500;
const LONGEST_ROUND: Duration = Duration::from_secs(3);

/// How often losses are read back, as in the worker.
const READ_EVERY: Duration = Duration::from_millis(30);

/// A network and the items that it learns.
pub struct Workload {
    pub name: &'static str,
    pub recipe: Recipe,
    /// `n × input`, item by item.
    pub items: Vec<f32>,
}

/// How a workload went.
pub struct Timing {
    /// Of all rounds.
    pub n_steps: usize,
    /// Milliseconds a step in the middle one of the rounds.
    pub median_ms: f64,
    /// Milliseconds a step in the fastest round.
    pub minimum_ms: f64,
    /// The largest relative difference of the first losses from those of the CPU.
    pub difference: f64,
}

impl Workload {
    /// The dense workload of 1,797 items, and the convolutional one of 640.
    pub fn both() -> Outcome<[Self; 2]> {
        let dense = Self::new("dense", RecipeName::UCI_DIGITS, usize::MAX)?;
        let conv = Self::new("convolutional", RecipeName::MNIST_CONV, 640)?;
        Ok([dense, conv])
    }

    fn new(name: &'static str, recipe: RecipeName, most_items: usize) -> Outcome<Self> {
        let dataset = own_data(recipe.data())?;
        let mut recipe = recipe.recipe();
        // No round comes to the end of the run.
        recipe.training.epochs = 100_000;
        let chosen: Vec<usize> = (0..dataset.n_items().min(most_items)).collect();
        let items = inputs_of(&dataset, &chosen, recipe.label_input);
        Ok(Self {
            name,
            recipe,
            items,
        })
    }

    /// The weights that every engine starts from.
    pub fn initial_weights(&self) -> Weights {
        Weights::initial(&self.recipe.architecture, &mut self.generator())
    }

    /// The order of the items in the first epoch.
    pub fn first_order(&self) -> Vec<usize> {
        let mut generator = self.generator();
        Weights::initial(&self.recipe.architecture, &mut generator);
        generator.epoch_order(self.items.len() / self.recipe.architecture.input_size())
    }

    fn generator(&self) -> Mt19937 {
        Mt19937::new(self.recipe.training.seed)
    }

    /// The first losses on the CPU, to which others are held.
    pub fn reference_losses(&self) -> Outcome<Vec<f64>> {
        first_losses(&mut self.trainer(&Device::Cpu)?)
    }

    /// Trains on a GPU for some rounds.
    pub fn train(&self, device: &Device) -> Outcome<Timing> {
        let mut trainer = self.trainer(device)?;
        let difference =
            largest_difference(&first_losses(&mut trainer)?, &self.reference_losses()?);
        let mut rounds = Vec::with_capacity(N_ROUNDS);
        for _ in 0..N_ROUNDS {
            rounds.push(round(&mut trainer)?);
        }
        Ok(Timing::of(&rounds, difference))
    }

    fn trainer(&self, device: &Device) -> Outcome<Trainer> {
        let Recipe {
            architecture,
            training,
            ..
        } = &self.recipe;
        Ok(Trainer::new(
            architecture,
            training,
            &self.items,
            device,
            None,
        )?)
    }
}

impl Timing {
    /// From the steps and the milliseconds of each round.
    pub fn of(rounds: &[(usize, f64)], difference: f64) -> Self {
        let mut each: Vec<f64> = rounds
            .iter()
            .map(|&(n_steps, ms)| ms / n_steps.max(1) as f64)
            .collect();
        each.sort_by(f64::total_cmp);
        Self {
            n_steps: rounds.iter().map(|(n_steps, _)| n_steps).sum(),
            median_ms: each[each.len() / 2],
            minimum_ms: each[0],
            difference,
        }
    }
}

pub fn largest_difference(losses: &[f64], expected: &[f64]) -> f64 {
    let differences = losses
        .iter()
        .zip(expected)
        .map(|(loss, expected)| ((loss - expected) / expected).abs());
    differences.fold(0.0, f64::max)
}

fn first_losses(trainer: &mut Trainer) -> Outcome<Vec<f64>> {
    for _ in 0..N_COMPARED {
        trainer.step();
    }
    Ok(block_on(trainer.take_losses())?)
}

/// Trains for a while; the number of steps, and the milliseconds that they took.
fn round(trainer: &mut Trainer) -> Outcome<(usize, f64)> {
    let started = Instant::now();
    let mut last_read = started;
    let mut n_steps = 0;
    while n_steps < MOST_STEPS && started.elapsed() < LONGEST_ROUND {
        trainer.step();
        n_steps += 1;
        if last_read.elapsed() >= READ_EVERY {
            block_on(trainer.take_losses())?;
            last_read = Instant::now();
        }
    }
    block_on(trainer.take_losses())?;
    Ok((n_steps, started.elapsed().as_secs_f64() * 1_000.0))
}
