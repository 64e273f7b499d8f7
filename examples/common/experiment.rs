//! Which recipe works on which data, as a command line says.

use std::fs;

use bottleneck::data::Dataset;
use bottleneck::recipe::{Recipe, RecipeName};
use bottleneck::session::RunFile;

use crate::Outcome;
use crate::data::{opened, own_data};

/// What every command line can ask for.
pub struct Experiment {
    /// Which recipe, with which settings.
    pub settings: RunFile,
    /// Files to work on instead of the recipe's own data.
    pub data_paths: Vec<String>,
    /// Files to validate with, beside those to learn from.
    pub validation_paths: Vec<String>,
    /// Instead of the recipe's own seed.
    pub seed: Option<u64>,
    /// Instead of the recipe's own number of epochs.
    pub epochs: Option<usize>,
}

impl Experiment {
    /// Reads the arguments; `take` says whether one that is not known here is an option of the example's own.
    pub fn parse(
        mut arguments: impl Iterator<Item = String>,
        usage: &'static str,
        mut take: impl FnMut(&str) -> bool,
    ) -> Outcome<Self> {
        let first = arguments.next().ok_or(usage)?;
        let settings = if first == "--network" {
            RunFile::read(&fs::read_to_string(arguments.next().ok_or(usage)?)?)?
        } else {
            RunFile::of_recipe(recipe_of(&first)?)
        };
        let mut experiment = Self {
            settings,
            data_paths: Vec::new(),
            validation_paths: Vec::new(),
            seed: None,
            epochs: None,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(usage);
            match argument.as_str() {
                "--data" => experiment.data_paths.push(value()?),
                "--validation" => experiment.validation_paths.push(value()?),
                "--seed" => experiment.seed = Some(value()?.parse()?),
                "--epochs" => experiment.epochs = Some(value()?.parse()?),
                own if take(own) => {}
                other => return Err(format!("{other} is unknown; usage: {usage}").into()),
            }
        }
        Ok(experiment)
    }

    /// The data, and the recipe that fits them.
    pub fn set_up(&self) -> Outcome<(Dataset, Recipe)> {
        let mut dataset = if self.data_paths.is_empty() {
            own_data(self.settings.name.data())?
        } else {
            opened(&self.data_paths)?
        };
        if !self.validation_paths.is_empty() {
            dataset = dataset.validated_with(&opened(&self.validation_paths)?)?;
        }
        let mut recipe = self.settings.recipe_for(&dataset)?;
        recipe.training.seed = self.seed.unwrap_or(recipe.training.seed);
        recipe.training.epochs = self.epochs.unwrap_or(recipe.training.epochs);
        Ok((dataset, recipe))
    }
}

fn recipe_of(slug: &str) -> Outcome<RecipeName> {
    let slugs = RecipeName::ALL.map(RecipeName::slug).join(", ");
    let name = RecipeName::from_slug(slug)
        .ok_or_else(|| format!("no recipe is called {slug:?}; choose one of: {slugs}"))?;
    Ok(name)
}
