//! The command line.

use crate::Outcome;
use crate::experiment::Experiment;

const USAGE: &str =
    "reproduce RECIPE | --network FILE [--data FILE]... [--seed N] [--epochs N] [--json]";

/// What was asked for.
pub struct Options {
    /// What is trained.
    pub experiment: Experiment,
    /// Whether figures are printed as JSON.
    pub as_json: bool,
}

impl Options {
    /// Reads the arguments.
    pub fn parse(arguments: impl Iterator<Item = String>) -> Outcome<Self> {
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
        })
    }
}
