//! The command line.

use crate::Outcome;
use crate::experiment::Experiment;

const USAGE: &str = "reproduce RECIPE | --network FILE [--data FILE]... [--known COLUMN] [--validation FILE]... [--seed N] \
                     [--epochs N] [--json] [--save FILE], or reproduce --model FILE [--data FILE]...";

/// What was asked for.
pub enum Task {
    /// Train a recipe.
    Train(Options),
    /// Score items by a model.
    Score {
        /// The model's file.
        model_path: String,
        /// Files to score; without any, the data that the recipe brings along.
        data_paths: Vec<String>,
    },
}

/// How to train.
pub struct Options {
    /// What is trained.
    pub experiment: Experiment,
    /// Whether figures are printed as JSON.
    pub as_json: bool,
    /// Where the trained model is written.
    pub save_path: Option<String>,
}

impl Task {
    /// Reads the arguments.
    pub fn parse(arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut arguments: Vec<String> = arguments.collect();
        let mut option = |name: &str| taken_out(&mut arguments, name);
        let (model_path, save_path) = (option("--model")?, option("--save")?);
        let Some(model_path) = model_path else {
            return Options::parse(arguments.into_iter(), save_path).map(Self::Train);
        };
        let mut data_paths = Vec::new();
        while let Some(path) = taken_out(&mut arguments, "--data")? {
            data_paths.push(path);
        }
        match arguments.first() {
            None if save_path.is_none() => Ok(Self::Score {
                model_path,
                data_paths,
            }),
            _ => Err(format!("a model is scored by, not trained; usage: {USAGE}").into()),
        }
    }
}

impl Options {
    fn parse(arguments: impl Iterator<Item = String>, save_path: Option<String>) -> Outcome<Self> {
        let mut as_json = false;
        let experiment = Experiment::parse(arguments, USAGE, |option| {
            match option {
                "--json" => as_json = true,
                _ => return false,
            }
            true
        })?;
        Ok(Self {
            experiment,
            as_json,
            save_path,
        })
    }
}

/// Takes an option with its value out of the arguments.
fn taken_out(arguments: &mut Vec<String>, name: &str) -> Outcome<Option<String>> {
    let Some(at) = arguments.iter().position(|argument| argument == name) else {
        return Ok(None);
    };
    if at + 1 >= arguments.len() {
        return Err(format!("{name} needs a file; usage: {USAGE}").into());
    }
    arguments.remove(at);
    Ok(Some(arguments.remove(at)))
}
