//! Trains a recipe natively and prints how well it tells anomalies from normal items, beside simpler methods.
//!
//! ```sh
//! cargo run --release --example evaluate -- RECIPE [--data FILE]... [--seed N] [--epochs N] [--leave-one-out] [--json | --csv]
//! cargo run --release --example evaluate -- --data TABLE.csv [--known COLUMN]
//! ```
//!
//! Of a table with a column that tells known anomalies, only normal rows are trained on, and the known anomalies come first
//! in the report; `--known` names that column where it does not propose itself. Without a recipe the data get the one that
//! takes any.
//!
//! The report is the page's own, as Markdown unless asked otherwise. With `--leave-one-out` the recipe is trained once
//! for each class, without the items of that class, and the classes are the anomalies. `--data` takes what the page
//! takes.

#[path = "../common/data.rs"]
mod data;
#[path = "../common/experiment.rs"]
mod experiment;
mod leave_one_out;
mod options;
mod run;

use std::error::Error;
use std::process::ExitCode;

use options::{Format, Options};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let outcome = Options::parse(std::env::args().skip(1)).and_then(|options| {
        if options.leaves_one_out {
            leave_one_out::print(&options)
        } else {
            print_report(&options)
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn print_report(options: &Options) -> Outcome<()> {
    let (dataset, recipe) = options.experiment.set_up()?;
    let title = options.experiment.settings.name.title();
    let (report, seconds) = run::train_and_evaluate(&dataset, &recipe, title)?;
    eprintln!("evaluated in {seconds:.2} s");
    let text = match options.format {
        Format::Markdown => report.to_markdown(None),
        Format::Csv => report.to_csv(),
        Format::Json => report.to_json(None),
    };
    println!("{text}");
    Ok(())
}
