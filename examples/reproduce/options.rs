//! The command line.

use bottleneck::recipe::RecipeName;

use crate::Outcome;

const USAGE: &str = "reproduce RECIPE [--data FILE]... [--seed N] [--epochs N] [--json]";

/// What was asked for.
pub struct Options {
    /// Which experiment.
    pub name: RecipeName,
    /// Files to work on instead of the recipe's own data.
    pub data_paths: Vec<String>,
    /// Instead of the recipe's own seed.
    pub seed: Option<u64>,
    /// Instead of the recipe's own number of epochs.
    pub epochs: Option<usize>,
    /// Whether figures are printed as JSON.
    pub as_json: bool,
}

impl Options {
    /// Reads the arguments.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let slug = arguments.next().ok_or(USAGE)?;
        let slugs = RecipeName::ALL.map(RecipeName::slug).join(", ");
        let name = RecipeName::from_slug(&slug)
            .ok_or_else(|| format!("no recipe is called {slug:?}; choose one of: {slugs}"))?;
        let mut options = Self {
            name,
            data_paths: Vec::new(),
            seed: None,
            epochs: None,
            as_json: false,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(USAGE);
            match argument.as_str() {
                "--data" => options.data_paths.push(value()?),
                "--seed" => options.seed = Some(value()?.parse()?),
                "--epochs" => options.epochs = Some(value()?.parse()?),
                "--json" => options.as_json = true,
                other => return Err(format!("{other} is unknown; usage: {USAGE}").into()),
            }
        }
        Ok(options)
    }
}
