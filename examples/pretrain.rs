//! Trains every recipe on the packed digits and writes the models that the page starts with.
//!
//! ```sh
//! cargo run --release --example pretrain
//! ```
//!
//! `www/models/<slug>.bin` holds the weights as little-endian single precision, in the order of
//! `Weights::values`; `www/models/models.json` says how they were made.

use std::error::Error;
use std::fs;
use std::path::Path;

use bottleneck::autoencoder::{StepEnd, Trainer, Weights};
use bottleneck::data::{Dataset, Split, inputs_of};
use bottleneck::recipe::RecipeName;
use burn::prelude::Device;
use pollster::block_on;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dataset = Dataset::decode(&fs::read(root.join("www/data/digits.bin"))?)?;
    let models_dir = root.join("www/models");
    fs::create_dir_all(&models_dir)?;
    let mut models = Vec::new();
    for name in RecipeName::ALL {
        let (weights, description) = pretrain(name, &dataset)?;
        let bytes: Vec<u8> = weights
            .values()
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        fs::write(models_dir.join(format!("{}.bin", name.slug())), bytes)?;
        println!("{description}");
        models.push(description);
    }
    let listing = format!("{:#}\n", json!({ "models": models }));
    fs::write(models_dir.join("models.json"), listing)?;
    Ok(())
}

/// The weights of a recipe trained to its end, and a description of the run.
fn pretrain(name: RecipeName, dataset: &Dataset) -> Outcome<(Weights, Value)> {
    let recipe = name.recipe();
    let training = &recipe.training;
    let split = Split::new(dataset.n_items(), training.seed);
    let learnt = inputs_of(dataset, &split.train, recipe.label_input);
    let unseen = inputs_of(dataset, &split.calibration, recipe.label_input);
    let device = Device::flex();
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
        "file": format!("{}.bin", name.slug()),
        "epochs": training.epochs,
        "seed": training.seed,
        "n_items": split.train.len(),
        "training_loss": training_loss,
        "calibration_loss": block_on(trainer.mean_error(&unseen))?,
    });
    Ok((weights, description))
}
