//! Any items, scored by a model.

use bottleneck::anomaly::{Calibration, Evidence};
use bottleneck::autoencoder::{Device, Network};
use bottleneck::data::{Dataset, Form, LabelScale, Opened, Part, inputs_scaled, open};
use bottleneck::model_file::{Found, SavedStudy, TrainedOn, read};
use bottleneck::tables::{ScoredItem, scores_csv};
use pollster::block_on;

use crate::Outcome;
use crate::data::{named_files, own_data};

/// Items are reconstructed so many at a time.
const ITEMS_AT_ONCE: usize = 100;

/// A table of all items of some files, or of the recipe's own data where there are none.
pub fn scores(model_path: &str, data_paths: &[String]) -> Outcome<String> {
    let file = named_files(&[model_path.to_owned()])?.remove(0);
    let found = read(&file.bytes).map_err(|error| format!("{model_path}: {error}"))?;
    let Found::Study(study) = found else {
        return Err(format!(
            "{model_path}: the file does not say what network its weights are of; open it on the page beside its \
             recipe, and save it there"
        )
        .into());
    };
    let dataset = data(&study, data_paths)?;
    let rows = rows(&study, &dataset)?;
    let recipe = &study.settings.recipe;
    let weights = &study.checkpoint.weights;
    let network = Network::new(&recipe.architecture, weights, &Device::Cpu)?;
    let width = network.input_size();
    let (mut errors, mut codes) = (Vec::new(), Vec::new());
    for some in rows.chunks(ITEMS_AT_ONCE * width) {
        let made = block_on(network.reconstruct(some))?;
        errors.extend(recipe.measure.of_rows(some, &made.reconstructions, width));
        codes.extend(made.codes);
    }
    let code_size = recipe.architecture.code_size();
    let parts = parts(&study, &dataset);
    let items = errors.iter().zip(codes.chunks_exact(code_size));
    let items = items.enumerate().map(|(index, (&error, code))| ScoredItem {
        index,
        part: parts.as_ref().map(|parts| parts[index]),
        label: dataset
            .label_of(index)
            .map(|label| dataset.class_in_words(label)),
        error,
        code,
    });
    let calibration = Calibration::new(study.calibration.clone());
    // A model that was trained natively says by which rule, and not where the line is.
    let by_rule = study.settings.rule.threshold(&Evidence::of(&calibration));
    Ok(scores_csv(
        items,
        &calibration,
        study.settings.threshold.or(by_rule.ok()),
        code_size,
        &[],
    ))
}

fn data(study: &SavedStudy, paths: &[String]) -> Outcome<Dataset> {
    if paths.is_empty() {
        return own_data(study.settings.name.data());
    }
    let form = study.settings.trained_on.as_ref().map(|it| &it.form);
    match (open(&named_files(paths)?)?, form) {
        (Opened::Pictures(dataset) | Opened::Series(dataset), _) => Ok(dataset),
        (Opened::Table(table), Some(Form::Table(schema))) => {
            let read = table.read_alike(schema)?;
            for remark in &read.remarks {
                eprintln!("{remark}");
            }
            Ok(read.dataset)
        }
        (Opened::Photos(photos, reading), _) => Ok(photos.read(reading)?),
        (Opened::Table(table), _) => Ok(table.encode(&table.choices())?),
    }
}

/// Every item as the network takes it.
fn rows(study: &SavedStudy, dataset: &Dataset) -> Outcome<Vec<f32>> {
    let recipe = &study.settings.recipe;
    if recipe.label_input && !dataset.has_labels() {
        return Err(
            "the network takes labels, and these items have none; choose labelled ones".into(),
        );
    }
    let n_values = dataset.n_features() + usize::from(recipe.label_input);
    let n_inputs = recipe.architecture.input_size();
    if n_values != n_inputs {
        let data = dataset.in_words();
        return Err(format!("the network takes {n_inputs} values, but these are {data}").into());
    }
    let known = study.settings.trained_on.as_ref();
    let scale = known.map_or_else(
        || LabelScale::of(dataset),
        |known| LabelScale::up_to(known.largest_label),
    );
    let everything: Vec<usize> = (0..dataset.n_items()).collect();
    let scale = recipe.label_input.then_some(scale);
    Ok(inputs_scaled(dataset, &everything, scale))
}

/// What each item was used for; `None` where these are not the items that the model was trained on.
fn parts(study: &SavedStudy, dataset: &Dataset) -> Option<Vec<Part>> {
    let trained_on: &TrainedOn = study.settings.trained_on.as_ref()?;
    let split = study.settings.recipe.split(dataset);
    let is_same = trained_on.fingerprint == dataset.fingerprint();
    is_same.then(|| split.parts(dataset.n_items()))
}
