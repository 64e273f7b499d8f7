//! The command line.

use crate::Outcome;
use crate::experiment::Experiment;

const USAGE: &str = "evaluate RECIPE [--data FILE]... [--known COLUMN] [--seed N] [--epochs N] [--leave-one-out] \
                     [--json | --csv], or evaluate --data FILE [--known COLUMN]";

/// What was asked for.
pub struct Options {
    /// What is trained.
    pub experiment: Experiment,
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
    pub fn parse(arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let (mut leaves_one_out, mut format) = (false, Format::Markdown);
        let experiment = Experiment::parse(arguments, USAGE, |option| {
            match option {
                "--leave-one-out" => leaves_one_out = true,
                "--json" => format = Format::Json,
                "--csv" => format = Format::Csv,
                _ => return false,
            }
            true
        })?;
        Ok(Self {
            experiment,
            leaves_one_out,
            format,
        })
    }
}
