//! Trains a recipe natively and prints what its article prints, and how far the result can be believed; or scores any
//! data by a model that was saved here or on the page.
//!
//! ```sh
//! cargo run --release --example reproduce -- RECIPE [--data FILE]... [--validation FILE]... [--seed N] [--epochs N] [--json] [--save FILE]
//! cargo run --release --example reproduce -- --network FILE [--data FILE]... [--json] [--save FILE]
//! cargo run --release --example reproduce -- --model FILE [--data FILE]...
//! ```
//!
//! `--network` takes a file that the page writes below its diagram of the network: a recipe and all settings that differ
//! from it, the layers among them.
//!
//! Without `--data` it works on the data that the recipe brings along. `--data` takes what the page takes: the
//! UCI's digits, IDX pictures and labels (two files, or four with those to validate with), any CSV. The first article's recipe learns from every item
//! of such a file, as the article does. `--validation` names files of pictures that are not learned from but set the
//! threshold, as the second article does it with MNIST's 10,000.
//!
//! `--save` writes the trained model as safetensors, which the page opens too. `--model` prints the score of every item as
//! CSV: rows of a table are taken as the model's own columns say.

mod article;
#[path = "../common/data.rs"]
mod data;
mod denoising;
mod evaluation;
#[path = "../common/experiment.rs"]
mod experiment;
#[path = "../common/mean_error.rs"]
mod mean_error;
mod options;
mod run;
mod saving;
mod scoring;

use std::error::Error;
use std::process::ExitCode;

use options::{Options, Task};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match reproduce() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn reproduce() -> Outcome<()> {
    match Task::parse(std::env::args().skip(1))? {
        Task::Train(options) => train(&options),
        Task::Score {
            model_path,
            data_paths,
        } => {
            print!("{}", scoring::scores(&model_path, &data_paths)?);
            Ok(())
        }
    }
}

fn train(options: &Options) -> Outcome<()> {
    let run = run::Run::train(&options.experiment)?;
    if let Some(path) = &options.save_path {
        saving::save(&run, &options.experiment, path)?;
    }
    let mut report = run.report();
    report.extend(article::report(&run)?);
    report.extend(evaluation::report(&run)?);
    report.extend(denoising::report(&run)?);
    if options.as_json {
        let figures = report
            .iter()
            .map(|line| (line.key.clone(), line.value.clone()));
        println!("{:#}", serde_json::Value::Object(figures.collect()));
    } else {
        for line in report.iter().filter(|line| !line.text.is_empty()) {
            println!("{}", line.text);
        }
    }
    Ok(())
}

/// A line of the report, for people and as a figure.
pub struct Line {
    /// What the figure is called in JSON.
    pub key: String,
    /// The figure.
    pub value: serde_json::Value,
    /// What people read.
    pub text: String,
}

impl Line {
    /// A line and its figure.
    pub fn new(key: &str, value: impl Into<serde_json::Value>, text: String) -> Self {
        Self {
            key: key.to_owned(),
            value: value.into(),
            text,
        }
    }
}
