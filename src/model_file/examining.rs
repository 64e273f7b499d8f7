//! What a model's file says of how the network does.

use super::{Examples, RawExamples, SavedStudy};
use crate::anomaly::{Calibration, Evidence};
use crate::autoencoder::{Device, Network, TrainerError};
use crate::data::{Dataset, inputs_of};

/// As many are enough to notice a mistake.
const N_EXAMPLES: usize = 3;

/// Items are reconstructed so many at a time.
const ITEMS_AT_ONCE: usize = 100;

/// Texts of a row say all of it where they give its values back as exactly as that.
const MOST_LOST: f32 = 1e-6;

/// The study with what its network makes of some items of its data, and of the calibration items where that is not known.
///
/// # Errors
/// When the weights do not fit the network, or the items are of another size.
pub async fn examined(
    mut study: SavedStudy<'static>,
    dataset: &Dataset,
) -> Result<SavedStudy<'static>, TrainerError> {
    let recipe = &study.settings.recipe;
    let weights = &study.checkpoint.weights;
    let network = Network::new(&recipe.architecture, weights, &Device::Cpu)?;
    let split = recipe.split(dataset);
    if study.calibration.is_empty() {
        study.calibration = errors_of(&study, &network, dataset, &split.calibration).await?;
        let calibration = Calibration::new(study.calibration.clone());
        let evidence = Evidence::of(&calibration);
        study.settings.threshold = study.settings.rule.threshold(&evidence).ok();
    }
    let shown = if split.test.is_empty() {
        &split.train
    } else {
        &split.test
    };
    let items = &shown[..shown.len().min(N_EXAMPLES)];
    study.examples = Some(examples(&study, &network, dataset, items).await?);
    Ok(study)
}

async fn errors_of(
    study: &SavedStudy<'_>,
    network: &Network,
    dataset: &Dataset,
    items: &[usize],
) -> Result<Vec<f32>, TrainerError> {
    let recipe = &study.settings.recipe;
    let width = recipe.architecture.input_size();
    let mut errors = Vec::new();
    for some in items.chunks(ITEMS_AT_ONCE) {
        let inputs = inputs_of(dataset, some, recipe.label_input);
        let reconstructed = network.reconstruct(&inputs).await?;
        errors.extend(
            recipe
                .measure
                .of_rows(&inputs, &reconstructed.reconstructions, width),
        );
    }
    Ok(errors)
}

async fn examples(
    study: &SavedStudy<'_>,
    network: &Network,
    dataset: &Dataset,
    items: &[usize],
) -> Result<Examples, TrainerError> {
    let recipe = &study.settings.recipe;
    let inputs = inputs_of(dataset, items, recipe.label_input);
    let reconstructed = network.reconstruct(&inputs).await?;
    let width = recipe.architecture.input_size();
    let outputs = reconstructed.reconstructions;
    Ok(Examples {
        items: items.iter().map(|&item| item as u32).collect(),
        errors: recipe.measure.of_rows(&inputs, &outputs, width),
        codes: reconstructed.codes,
        raw: raw(dataset, items),
        inputs,
        outputs,
    })
}

fn raw(dataset: &Dataset, items: &[usize]) -> RawExamples {
    let values = |item: &usize| dataset.item(*item).unwrap_or_default();
    let levels = dataset.largest_level().map_or_else(Vec::new, |largest| {
        let values = items.iter().flat_map(values);
        values
            .map(|value| (value * f32::from(largest)).round() as u8)
            .collect()
    });
    let cells = dataset.schema().and_then(|schema| {
        let rows = items.iter().map(|item| {
            let row = values(item);
            let cells = schema.decode_row(&row);
            let again = schema.encode_row(&cells)?;
            let is_close = |(a, b): (&f32, &f32)| (a - b).abs() <= MOST_LOST;
            row.iter().zip(&again).all(is_close).then_some(cells)
        });
        rows.collect::<Option<Vec<_>>>()
    });
    RawExamples {
        levels,
        labels: items
            .iter()
            .filter_map(|&item| dataset.label_of(item))
            .collect(),
        cells: cells.unwrap_or_default(),
    }
}
