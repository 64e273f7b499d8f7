//! Trains a recipe natively and prints what the page shows: losses by epoch and the most anomalous items.
//!
//! ```sh
//! cargo run --release --example reproduce -- RECIPE [--data FILE] [--seed N] [--json]
//! ```
//!
//! Without `--data` it learns from the training part of the packed digits and ranks all of them.
//! With `--data` it reads the UCI's own format (64 counts of 0…16 and the label, comma-separated, an item a
//! line), and learns from every item of the file, as the first article does.

use std::error::Error;
use std::fs;

use bottleneck::autoencoder::{Network, StepEnd, Trainer};
use bottleneck::data::{Dataset, Split, inputs_of};
use bottleneck::recipe::{Recipe, RecipeName};
use burn::prelude::Device;
use pollster::block_on;
use serde_json::json;

const USAGE: &str = "reproduce RECIPE [--data FILE] [--seed N] [--json]";
const PACKED_DIGITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/data/digits.bin");
const EPOCHS_BETWEEN_LINES: usize = 10;
const N_RANKED: usize = 10;
/// The UCI's digits are 8 × 8 counts of 0…16.
const SIDE: usize = 8;
const LARGEST_COUNT: u8 = 16;

type Outcome<T> = Result<T, Box<dyn Error>>;

struct Options {
    name: RecipeName,
    data_path: Option<String>,
    seed: Option<u64>,
    as_json: bool,
}

/// The loss of one epoch, as an article would print it.
struct EpochLoss {
    epoch: usize,
    /// Sum of the batch means.
    sum: f64,
    mean: f64,
}

struct RankedItem {
    item_idx: usize,
    label: u8,
    /// Mean squared error over all inputs.
    error: f32,
}

struct Report {
    n_learnt: usize,
    epochs: Vec<EpochLoss>,
    mean_error: f64,
    /// Over the test part, where there is one.
    test_error: Option<f64>,
    ranking: Vec<RankedItem>,
}

fn main() -> Outcome<()> {
    let options = Options::parse(std::env::args().skip(1))?;
    let mut recipe = options.name.recipe();
    recipe.training.seed = options.seed.unwrap_or(recipe.training.seed);
    let (dataset, split) = load(options.data_path.as_deref(), recipe.training.seed)?;
    let report = run(&recipe, &dataset, &split)?;
    if options.as_json {
        println!("{:#}", report.to_json(options.name, &recipe));
    } else {
        report.print(options.name, &recipe);
    }
    Ok(())
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let slug = arguments.next().ok_or(USAGE)?;
        let slugs = RecipeName::ALL.map(RecipeName::slug).join(", ");
        let name = RecipeName::from_slug(&slug)
            .ok_or_else(|| format!("no recipe is called {slug:?}; choose one of: {slugs}"))?;
        let mut options = Self {
            name,
            data_path: None,
            seed: None,
            as_json: false,
        };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--data" => options.data_path = Some(arguments.next().ok_or(USAGE)?),
                "--seed" => options.seed = Some(arguments.next().ok_or(USAGE)?.parse()?),
                "--json" => options.as_json = true,
                other => return Err(format!("{other} is unknown; usage: {USAGE}").into()),
            }
        }
        Ok(options)
    }
}

/// The items and which of them to learn from.
fn load(data_path: Option<&str>, seed: u64) -> Outcome<(Dataset, Split)> {
    let Some(path) = data_path else {
        let dataset = Dataset::decode(&fs::read(PACKED_DIGITS)?)?;
        let split = Split::new(dataset.n_items(), seed);
        return Ok((dataset, split));
    };
    let dataset = parse_uci(&fs::read_to_string(path)?)?;
    let train = (0..dataset.n_items()).collect();
    Ok((
        dataset,
        Split {
            train,
            calibration: Vec::new(),
            test: Vec::new(),
        },
    ))
}

fn parse_uci(text: &str) -> Outcome<Dataset> {
    let (mut pixels, mut labels) = (Vec::new(), Vec::new());
    for (line_idx, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let numbers: Vec<u8> = line
            .split(',')
            .map(|number| number.trim().parse())
            .collect::<Result<_, _>>()?;
        match numbers.split_last() {
            Some((&label, counts)) if counts.len() == SIDE * SIDE => {
                let scaled = counts
                    .iter()
                    .map(|&count| f32::from(count) / f32::from(LARGEST_COUNT));
                pixels.extend(scaled);
                labels.push(label);
            }
            _ => return Err(format!("line {} does not have 65 numbers", line_idx + 1).into()),
        }
    }
    Ok(Dataset {
        width: SIDE,
        height: SIDE,
        pixels,
        labels,
    })
}

fn run(recipe: &Recipe, dataset: &Dataset, split: &Split) -> Outcome<Report> {
    let device = Device::flex();
    let learnt = inputs_of(dataset, &split.train, recipe.label_input);
    let mut trainer = Trainer::new(
        &recipe.architecture,
        &recipe.training,
        &learnt,
        &device,
        None,
    )?;
    let mut epochs = Vec::new();
    while !trainer.is_finished() {
        let epoch = trainer.position().epoch;
        let mut sum = 0.0;
        loop {
            let end = trainer.step();
            sum += block_on(trainer.take_loss())?;
            if end == StepEnd::EpochEnd {
                break;
            }
        }
        let mean = sum / trainer.n_batches() as f64;
        epochs.push(EpochLoss { epoch, sum, mean });
    }
    let test = inputs_of(dataset, &split.test, recipe.label_input);
    let test_error = if test.is_empty() {
        None
    } else {
        Some(block_on(trainer.mean_error(&test))?)
    };
    let network = Network::new(&recipe.architecture, &block_on(trainer.weights())?, &device)?;
    Ok(Report {
        n_learnt: split.train.len(),
        epochs,
        mean_error: block_on(trainer.mean_error(&learnt))?,
        test_error,
        ranking: rank(&network, recipe, dataset)?,
    })
}

/// All items, the worst rebuilt first.
fn rank(network: &Network, recipe: &Recipe, dataset: &Dataset) -> Outcome<Vec<RankedItem>> {
    let everything: Vec<usize> = (0..dataset.n_items()).collect();
    let inputs = inputs_of(dataset, &everything, recipe.label_input);
    let rebuilt = block_on(network.rebuild(&inputs))?;
    let input_size = recipe.architecture.input_size();
    let rows = inputs
        .chunks_exact(input_size)
        .zip(rebuilt.reconstructions.chunks_exact(input_size));
    let mut ranking: Vec<RankedItem> = rows
        .zip(&dataset.labels)
        .enumerate()
        .map(|(item_idx, ((item, rebuilt), &label))| {
            let squares = item.iter().zip(rebuilt).map(|(x, y)| (x - y).powi(2));
            RankedItem {
                item_idx,
                label,
                error: squares.sum::<f32>() / input_size as f32,
            }
        })
        .collect();
    ranking.sort_by(|a, b| b.error.total_cmp(&a.error));
    Ok(ranking)
}

impl Report {
    fn printed_epochs(&self) -> impl Iterator<Item = &EpochLoss> {
        let last = self.epochs.len().saturating_sub(1);
        self.epochs
            .iter()
            .filter(move |loss| loss.epoch % EPOCHS_BETWEEN_LINES == 0 || loss.epoch == last)
    }

    fn print(&self, name: RecipeName, recipe: &Recipe) {
        println!(
            "{}, seed {}, {} items learnt",
            name.slug(),
            recipe.training.seed,
            self.n_learnt
        );
        for EpochLoss { epoch, sum, mean } in self.printed_epochs() {
            println!("epoch {epoch:4}   sum of batch losses {sum:9.4}   mean {mean:.6}");
        }
        println!("mean error of the items learnt: {:.4}", self.mean_error);
        if let Some(error) = self.test_error {
            println!("mean error of the test items:   {error:.4}");
        }
        println!("\nrank   index   label   error");
        for (rank_idx, item) in self.ranking.iter().take(N_RANKED).enumerate() {
            let RankedItem {
                item_idx,
                label,
                error,
            } = item;
            println!(
                "{:4}   [{item_idx:4}]   {label:4}   {error:.4}",
                rank_idx + 1
            );
        }
    }

    fn to_json(&self, name: RecipeName, recipe: &Recipe) -> serde_json::Value {
        let epochs: Vec<_> = self
            .printed_epochs()
            .map(|loss| json!({ "epoch": loss.epoch, "sum": loss.sum, "mean": loss.mean }))
            .collect();
        let items: Vec<_> = self
            .ranking
            .iter()
            .take(N_RANKED)
            .map(|item| json!({ "index": item.item_idx, "label": item.label, "error": item.error }))
            .collect();
        json!({
            "recipe": name.slug(),
            "seed": recipe.training.seed,
            "n_learnt": self.n_learnt,
            "epochs": epochs,
            "mean_error": self.mean_error,
            "test_error": self.test_error,
            "most_anomalous": items,
        })
    }
}
