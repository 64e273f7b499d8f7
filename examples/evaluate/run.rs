//! Data, training and evaluation, with the code that the page runs.

use std::fs;
use std::path::Path;
use std::time::Instant;

use bottleneck::autoencoder::{Network, Trainer};
use bottleneck::data::{Dataset, NamedFile, Opened, Split, inputs_of, open};
use bottleneck::evaluation::{Evaluation, EvaluationSettings, EvaluationSubject, Report, Turn};
use bottleneck::recipe::{DataName, ItemShape, Recipe};
use burn::prelude::Device;
use pollster::block_on;

use crate::Outcome;
use crate::options::Options;

const DATA_DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/data");

/// Decides the anomalies; the page's own choice.
const EVALUATION_SEED: u64 = 1;

/// Rows that the network rebuilds at once.
const ROWS_PER_PASS: usize = 256;

/// The data, and the recipe that fits them.
pub fn set_up(options: &Options) -> Outcome<(Dataset, Recipe)> {
    let dataset = if options.data_paths.is_empty() {
        own_data(options.name.data())?
    } else {
        opened(&options.data_paths)?
    };
    let fitting = options.name.recipe_for(ItemShape::of(&dataset));
    let mut recipe = fitting.ok_or_else(|| {
        let (slug, data) = (options.name.slug(), dataset.in_words());
        format!("{slug} cannot take {data}; choose another recipe")
    })?;
    recipe.training.seed = options.seed.unwrap_or(recipe.training.seed);
    recipe.training.epochs = options.epochs.unwrap_or(recipe.training.epochs);
    Ok((dataset, recipe))
}

fn train(dataset: &Dataset, recipe: &Recipe, split: &Split) -> Outcome<Network> {
    let learned = inputs_of(dataset, &split.train, recipe.label_input);
    let device = Device::flex();
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
            Turn::Rebuild(rows) => {
                let rebuilt = block_on(network.rebuild(&rows))?;
                evaluation.answer(&rebuilt.reconstructions, &rebuilt.codes)?;
            }
            Turn::Computed => {}
            Turn::Finished => break,
        }
    }
    let report = evaluation.report().ok_or("there is no report")?;
    Ok(report.clone())
}

/// The data that ship with the page.
fn own_data(name: DataName) -> Outcome<Dataset> {
    if let Some(dataset) = name.generated() {
        return Ok(dataset);
    }
    let path = Path::new(DATA_DIR).join(name.file_name().unwrap_or_default());
    opened(&[path.to_string_lossy().into_owned()])
}

fn opened(paths: &[String]) -> Outcome<Dataset> {
    let read = |path: &String| -> Outcome<NamedFile> {
        Ok(NamedFile {
            name: path.clone(),
            bytes: fs::read(path).map_err(|error| format!("{path}: {error}"))?,
        })
    };
    let files: Vec<NamedFile> = paths.iter().map(read).collect::<Outcome<_>>()?;
    Ok(match open(&files)? {
        Opened::Pictures(dataset) => dataset,
        Opened::Table(table) => table.encode(&table.choices())?,
    })
}
