//! Trains every recipe on its own data and writes the models that the page starts with.
//!
//! ```sh
//! cargo run --release --example pretrain -- [RECIPE]...
//! ```
//!
//! `www/models/<slug>.bin` holds the weights as little-endian single precision, or half where the recipe says so, in
//! the order of `Weights::values`; `www/models/models.json` says how they were made.

#[path = "common/data.rs"]
mod data;
#[path = "common/mean_error.rs"]
mod mean_error;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use bottleneck::autoencoder::{Device, StepEnd, Trainer, Weights};
use bottleneck::data::{Dataset, inputs_of};
use bottleneck::recipe::RecipeName;
use pollster::block_on;
use serde_json::{Value, json};

use data::own_data;
use mean_error::mean_error;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let models_dir = root.join("www/models");
    fs::create_dir_all(&models_dir)?;
    let listing_path = models_dir.join("models.json");
    let mut models = known_models(&listing_path);
    for name in wanted()? {
        let (weights, description) = pretrain(name, &own_data(name.data())?)?;
        let bytes = name.model_precision().to_bytes(weights.values());
        fs::write(models_dir.join(name.model_file()), bytes)?;
        println!("{description}");
        models.insert(name.slug().to_owned(), description);
    }
    let in_order = RecipeName::ALL
        .iter()
        .filter_map(|name| models.get(name.slug()));
    let listing = json!({ "models": in_order.collect::<Vec<_>>() });
    fs::write(listing_path, format!("{listing:#}\n"))?;
    Ok(())
}

/// The recipes that are named on the command line; all that ship with the page where none is.
fn wanted() -> Outcome<Vec<RecipeName>> {
    let slugs: Vec<String> = std::env::args().skip(1).collect();
    if slugs.is_empty() {
        let shipped = RecipeName::ALL.into_iter().filter(|name| name.is_shipped());
        return Ok(shipped.collect());
    }
    let named = slugs.iter().map(|slug| {
        let name = RecipeName::from_slug(slug);
        name.ok_or_else(|| format!("no recipe is called {slug:?}").into())
    });
    named.collect()
}

/// The descriptions of the models that are there already, by recipe.
fn known_models(listing_path: &Path) -> BTreeMap<String, Value> {
    let text = fs::read_to_string(listing_path).unwrap_or_default();
    let listing: Value = serde_json::from_str(&text).unwrap_or_default();
    let models = listing["models"].as_array().cloned().unwrap_or_default();
    let by_recipe = models
        .into_iter()
        .filter_map(|model| Some((model["recipe"].as_str()?.to_owned(), model.clone())));
    by_recipe.collect()
}

/// The weights of a recipe trained to its end, and a description of the run.
fn pretrain(name: RecipeName, dataset: &Dataset) -> Outcome<(Weights, Value)> {
    let recipe = name.recipe();
    let training = &recipe.training;
    let split = recipe.split(dataset);
    let learnt = inputs_of(dataset, &split.train, recipe.label_input);
    let unseen = inputs_of(dataset, &split.calibration, recipe.label_input);
    let device = Device::Cpu;
    let mut trainer = Trainer::new(&recipe.architecture, training, &learnt, &device, None)?;
    let mut training_loss = f64::NAN;
    while !trainer.is_finished() {
        while trainer.step() == StepEnd::MidEpoch {}
        training_loss = block_on(trainer.take_loss())?;
    }
    let weights = block_on(trainer.weights())?;
    if !weights.are_finite() {
        return Err(format!("{} diverged", name.slug()).into());
    }
    let description = json!({
        "recipe": name.slug(),
        "file": name.model_file(),
        "epochs": training.epochs,
        "seed": training.seed,
        "n_items": split.train.len(),
        "training_loss": training_loss,
        "calibration_loss": mean_error(&trainer, &unseen, recipe.architecture.input_size())?,
    });
    Ok((weights, description))
}
