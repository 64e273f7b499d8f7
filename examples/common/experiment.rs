//! Which recipe works on which data, as a command line says.

use std::collections::BTreeSet;
use std::fs;

use bottleneck::data::{ColumnChoice, ColumnRole, Dataset, ReadFiles, read};
use bottleneck::recipe::{Recipe, RecipeName};
use bottleneck::session::RunFile;

use crate::Outcome;
use crate::data::{named_files, opened, own_data};

/// What is trained where a command line names data and no recipe: it takes whatever the page takes.
const FOR_ANY_DATA: RecipeName = RecipeName::DEEP_FIT_PREDICT_TUNED;

/// What every command line can ask for.
pub struct Experiment {
    /// Which recipe, with which settings.
    pub settings: RunFile,
    /// Files to work on instead of the recipe's own data.
    pub data_paths: Vec<String>,
    /// The column of a table that tells known anomalies, instead of the one that proposes itself.
    pub known: Option<String>,
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
        arguments: impl Iterator<Item = String>,
        usage: &'static str,
        mut take: impl FnMut(&str) -> bool,
    ) -> Outcome<Self> {
        let mut arguments = arguments.peekable();
        let settings = match arguments.next_if(|it| it == "--network" || !it.starts_with("--")) {
            Some(network) if network == "--network" => {
                RunFile::read(&fs::read_to_string(arguments.next().ok_or(usage)?)?)?
            }
            Some(slug) => RunFile::of_recipe(recipe_of(&slug)?),
            None if arguments.peek().is_some() => RunFile::of_recipe(FOR_ANY_DATA),
            None => return Err(usage.into()),
        };
        let mut experiment = Self {
            settings,
            data_paths: Vec::new(),
            known: None,
            validation_paths: Vec::new(),
            seed: None,
            epochs: None,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(usage);
            match argument.as_str() {
                "--data" => experiment.data_paths.push(value()?),
                "--known" => experiment.known = Some(value()?),
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
        let (mut dataset, anomalous_classes) = if self.data_paths.is_empty() {
            (own_data(self.settings.name.data())?, BTreeSet::new())
        } else {
            self.read_own()?
        };
        if !self.validation_paths.is_empty() {
            dataset = dataset.validated_with(&opened(&self.validation_paths)?)?;
        }
        let mut recipe = self.settings.recipe_for(&dataset)?;
        let is_undecided = recipe.normality.anomalous_classes.is_empty();
        if self.known.is_some() || is_undecided && !anomalous_classes.is_empty() {
            recipe.normality.anomalous_classes = anomalous_classes;
        }
        recipe.training.seed = self.seed.unwrap_or(recipe.training.seed);
        recipe.training.epochs = self.epochs.unwrap_or(recipe.training.epochs);
        Ok((dataset, recipe))
    }

    /// The items in the files, and which classes of them are anomalies.
    fn read_own(&self) -> Outcome<(Dataset, BTreeSet<u8>)> {
        let ReadFiles { dataset, table, .. } = read(&named_files(&self.data_paths)?)?;
        let Some((table, mut choices)) = table else {
            return match &self.known {
                Some(column) => {
                    Err(format!("there is no column {column:?}: this is no table").into())
                }
                None => Ok((dataset, BTreeSet::new())),
            };
        };
        let Some(column) = &self.known else {
            let anomalous = table.anomalous_classes(&choices);
            return Ok((dataset, anomalous));
        };
        let names = table.names();
        let place = names.iter().position(|name| name == column);
        let place = place.ok_or_else(|| {
            format!(
                "there is no column {column:?}; choose one of: {}",
                names.join(", ")
            )
        })?;
        for choice in &mut choices {
            if choice.role() == ColumnRole::Answer {
                *choice = ColumnChoice::LeaveOut;
            }
        }
        choices[place] = ColumnChoice::KnownAnomaly;
        Ok((table.encode(&choices)?, table.anomalous_classes(&choices)))
    }
}

fn recipe_of(slug: &str) -> Outcome<RecipeName> {
    let slugs = RecipeName::ALL.map(RecipeName::slug).join(", ");
    let name = RecipeName::from_slug(slug)
        .ok_or_else(|| format!("no recipe is called {slug:?}; choose one of: {slugs}"))?;
    Ok(name)
}
