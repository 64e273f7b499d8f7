//! The trained model as a file.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use bottleneck::model_file::{SavedStudy, Settings, TrainedOn, examined, to_bytes};
use pollster::block_on;

use crate::Outcome;
use crate::experiment::Experiment;
use crate::run::Run;

/// Writes the model of a finished run; it is told what it was trained on, and how it judges.
pub fn save(run: &Run, experiment: &Experiment, path: &str) -> Outcome<()> {
    let (title, named) = if experiment.data_paths.is_empty() {
        let name = run.name.data();
        (name.title().to_owned(), Some(name))
    } else {
        let names = experiment.data_paths.iter();
        let names: Vec<String> = names.map(|path| name_of(path)).collect();
        (names.join(" and "), None)
    };
    let study = SavedStudy {
        settings: Settings {
            name: run.name,
            recipe: run.recipe.clone(),
            rule: run.name.threshold_rule(),
            threshold: None,
            trained_on: Some(TrainedOn::of(&run.dataset, title, named)),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        },
        checkpoint: Cow::Owned(run.checkpoint.clone()),
        calibration: Vec::new(),
        examples: None,
        run: None,
    };
    let study = block_on(examined(study, &run.dataset))?;
    fs::write(path, to_bytes(&study)).map_err(|error| format!("{path}: {error}").into())
}

/// What a file is called, wherever it lies.
fn name_of(path: &str) -> String {
    let name = Path::new(path).file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
