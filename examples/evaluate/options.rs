//! The command line.

use bottleneck::recipe::RecipeName;

use crate::Outcome;

const USAGE: &str =
    "evaluate RECIPE [--data FILE]... [--seed N] [--epochs N] [--leave-one-out] [--json | --csv]";

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
    /// Whether each class in turn is the anomaly.
    pub leaves_one_out: bool,
    /// How the report is printed.
    pub format: Format,
}

/// How a report is printed.
#[derive(Clone, Copy)]
pub enum Format {
    /// Tables for people.
    Markdown,
    /// A table for a spreadsheet.
    Csv,
    /// All figures and curves.
    Json,
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
            leaves_one_out: false,
            format: Format::Markdown,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(USAGE);
            match argument.as_str() {
                "--data" => options.data_paths.push(value()?),
                "--seed" => options.seed = Some(value()?.parse()?),
                "--epochs" => options.epochs = Some(value()?.parse()?),
                "--leave-one-out" => options.leaves_one_out = true,
                "--json" => options.format = Format::Json,
                "--csv" => options.format = Format::Csv,
                other => return Err(format!("{other} is unknown; usage: {USAGE}").into()),
            }
        }
        Ok(options)
    }
}
