//! Training a recipe to its end, with the code that the page runs.

use std::time::Instant;

use bottleneck::autoencoder::{Checkpoint, Device, Network, StepEnd, Trainer};
use bottleneck::data::{Dataset, Parts, Split, inputs_of};
use bottleneck::detector::errors_of;
use bottleneck::recipe::{DataName, Recipe, RecipeName};
use pollster::block_on;
use serde_json::json;

use crate::experiment::Experiment;
use crate::mean_error::mean_error;
use crate::{Line, Outcome};

/// Epochs between two lines of the log; a long run has a tenth of its epochs between them.
const EPOCHS_BETWEEN_LINES: usize = 10;
const LONG_RUN: usize = 200;

/// The losses of one epoch.
pub struct EpochLoss {
    /// From 0, as the articles count.
    pub epoch: usize,
    /// Sum of the batch losses.
    pub sum: f64,
    /// Mean of the batch losses.
    pub mean: f64,
    /// Mean squared error of the calibration items afterwards.
    pub validation: f64,
}

/// A finished run.
pub struct Run {
    pub name: RecipeName,
    pub recipe: Recipe,
    pub dataset: Dataset,
    pub split: Split,
    pub network: Network,
    /// The end of the run, with the optimiser's state.
    pub checkpoint: Checkpoint,
    pub epochs: Vec<EpochLoss>,
    /// One error per item of the data set.
    pub errors: Vec<f32>,
    seconds_per_epoch: f64,
}

impl Run {
    /// Trains what was asked for.
    pub fn train(experiment: &Experiment) -> Outcome<Self> {
        let (dataset, recipe) = set_up(experiment)?;
        let split = recipe.split(&dataset);
        let learned = inputs_of(&dataset, &split.train, recipe.label_input);
        let validation = inputs_of(&dataset, &split.calibration, recipe.label_input);
        let device = Device::Cpu;
        let (architecture, training) = (&recipe.architecture, &recipe.training);
        let mut trainer = Trainer::new(architecture, training, &learned, &device, None)?;
        let mut epochs = Vec::new();
        let mut training_seconds = 0.0;
        while !trainer.is_finished() {
            let (epoch, started) = (trainer.position().epoch, Instant::now());
            while trainer.step() == StepEnd::MidEpoch {}
            let sum: f64 = block_on(trainer.take_losses())?.iter().sum();
            training_seconds += started.elapsed().as_secs_f64();
            epochs.push(EpochLoss {
                epoch,
                sum,
                mean: sum / trainer.n_batches() as f64,
                validation: mean_error(&trainer, &validation, architecture.input_size())?,
            });
        }
        let checkpoint = block_on(trainer.checkpoint())?;
        let network = Network::new(architecture, &checkpoint.weights, &device)?;
        let everything: Vec<usize> = (0..dataset.n_items()).collect();
        let items = inputs_of(&dataset, &everything, recipe.label_input);
        let errors = block_on(errors_of(&network, &recipe.measure, &items))?;
        Ok(Self {
            name: experiment.settings.name,
            seconds_per_epoch: training_seconds / epochs.len() as f64,
            recipe,
            dataset,
            split,
            network,
            checkpoint,
            epochs,
            errors,
        })
    }

    /// The rows of some items, as the network takes them.
    pub fn inputs(&self, items: &[usize]) -> Vec<f32> {
        inputs_of(&self.dataset, items, self.recipe.label_input)
    }

    /// The errors of items given by their rows.
    pub fn errors_of(&self, rows: &[f32]) -> Outcome<Vec<f32>> {
        Ok(block_on(errors_of(
            &self.network,
            &self.recipe.measure,
            rows,
        ))?)
    }

    /// The indices of all items, the largest error first.
    pub fn ranking(&self) -> Vec<usize> {
        let mut ranking: Vec<usize> = (0..self.errors.len()).collect();
        ranking.sort_by(|&a, &b| self.errors[b].total_cmp(&self.errors[a]));
        ranking
    }

    /// What was trained, and how the losses fell.
    pub fn report(&self) -> Vec<Line> {
        let (seed, n_train) = (self.recipe.training.seed, self.split.train.len());
        let n_parameters = self.recipe.architecture.n_parameters();
        let title = format!(
            "{}, seed {seed}: {}; {n_train} learned from; {n_parameters} parameters",
            self.name.slug(),
            self.dataset.in_words()
        );
        let seconds = self.seconds_per_epoch;
        let pace = format!("{:.1} ms per epoch, natively", seconds * 1000.0);
        let lines: Vec<&EpochLoss> = self.log().collect();
        let figures = lines.iter().map(|loss| {
            json!({ "epoch": loss.epoch, "sum": loss.sum, "mean": loss.mean, "validation": loss.validation })
        });
        let text = lines.iter().map(|loss| {
            format!(
                "epoch = {:4}   loss = {:10.4}   mean {:.6}   validation {:.6}",
                loss.epoch, loss.sum, loss.mean, loss.validation
            )
        });
        let log: Vec<serde_json::Value> = figures.collect();
        vec![
            Line::new("recipe", self.name.slug(), title),
            Line::new("seed", seed, String::new()),
            Line::new("n_trained", n_train, String::new()),
            Line::new("epochs", log, text.collect::<Vec<_>>().join("\n")),
            Line::new("seconds_per_epoch", seconds, pace),
        ]
    }

    fn log(&self) -> impl Iterator<Item = &EpochLoss> {
        let n_epochs = self.epochs.len();
        let stride = match (self.name.data(), n_epochs) {
            (DataName::Mnist, _) => 1,
            (_, n) if n > LONG_RUN => n / 10,
            _ => EPOCHS_BETWEEN_LINES,
        };
        let is_shown = move |loss: &&EpochLoss| {
            loss.epoch.is_multiple_of(stride) || loss.epoch + 1 == n_epochs
        };
        self.epochs.iter().filter(is_shown)
    }
}

/// The data and the recipe, unless a file of settings says otherwise: files that are given to validate with do so, as in
/// the second article; other labelled pictures of a file are all learned from, as in the first.
fn set_up(experiment: &Experiment) -> Outcome<(Dataset, Recipe)> {
    let (dataset, mut recipe) = experiment.set_up()?;
    let has_own_data = !experiment.data_paths.is_empty();
    if experiment.settings.is_whole {
        return Ok((dataset, recipe));
    }
    if dataset.n_validation() > 0 {
        recipe.parts = Parts::AsGiven;
    } else if has_own_data && recipe.label_input {
        recipe.parts = Parts::Everything;
    }
    Ok((dataset, recipe))
}
