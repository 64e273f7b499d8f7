//! Training and evaluation, with the code that the page runs.

use std::time::Instant;

use bottleneck::autoencoder::{Device, Network, Trainer};
use bottleneck::data::{Dataset, Split, inputs_of};
use bottleneck::evaluation::{
    Evaluation, EvaluationSettings, EvaluationSubject, EvaluationTurn, Report,
};
use bottleneck::recipe::Recipe;
use pollster::block_on;

use crate::Outcome;

/// Decides the anomalies; the page's own choice.
const EVALUATION_SEED: u64 = 1;

/// Rows that the network reconstructs at once.
const ROWS_PER_PASS: usize = 256;

fn train(dataset: &Dataset, recipe: &Recipe, split: &Split) -> Outcome<Network> {
    let learned = inputs_of(dataset, &split.train, recipe.label_input);
    let device = Device::Cpu;
    let (architecture, training) = (&recipe.architecture, &recipe.training);
    let mut trainer = Trainer::new(architecture, training, &learned, &device, None)?;
    while !trainer.is_finished() {
        trainer.step();
    }
    let weights = block_on(trainer.weights())?;
    if !weights.are_finite() {
        return Err("training diverged; choose a smaller learning rate".into());
    }
    Ok(Network::new(architecture, &weights, &device)?)
}

/// Trains a recipe and reports on its network; the seconds are those of the evaluation.
pub fn train_and_evaluate(
    dataset: &Dataset,
    recipe: &Recipe,
    title: &str,
) -> Outcome<(Report, f64)> {
    let split = recipe.split(dataset);
    let network = train(dataset, recipe, &split)?;
    let subject = EvaluationSubject {
        dataset,
        recipe,
        split: &split,
    };
    let started = Instant::now();
    let report = evaluate(&subject, &network, title)?;
    Ok((report, started.elapsed().as_secs_f64()))
}

fn evaluate(subject: &EvaluationSubject, network: &Network, title: &str) -> Outcome<Report> {
    let settings = EvaluationSettings::new(title.to_owned(), EVALUATION_SEED);
    let mut evaluation = Evaluation::new(subject, settings)?;
    loop {
        match evaluation.advance(ROWS_PER_PASS) {
            EvaluationTurn::Reconstruct(rows) => {
                let reconstructed = block_on(network.reconstruct(&rows))?;
                evaluation.answer(&reconstructed.reconstructions, &reconstructed.codes)?;
            }
            EvaluationTurn::Computed => {}
            EvaluationTurn::Finished => break,
        }
    }
    let report = evaluation.report().ok_or("there is no report")?;
    Ok(report.clone())
}
