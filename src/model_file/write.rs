//! Writing a file.

use safetensors::serialize;

use super::VERSION;
use super::header::{Header, KEY, MomentHeader, OwnHeader, RunHeader};
use super::layers::LayerTensors;
use super::saved::{Examples, OwnFiles, SavedRun, SavedStudy, Settings};
use super::tensors::Tensor;
use crate::autoencoder::{Checkpoint, EpochLoss, Moments};

/// What an epoch's losses are in a row of `log.losses`.
pub(super) const LOSS_COLUMNS: usize = 6;

type Named<'a> = Vec<(String, Tensor<'a>)>;

/// The bytes of a file: the same study gives the same ones, and [`super::read`] gives it back to the last bit.
///
/// Frames of the film that do not show all of its items are left out.
pub fn to_bytes(study: &SavedStudy) -> Vec<u8> {
    let mut tensors = weights(study);
    if !study.calibration.is_empty() {
        let errors = Tensor::floats(&[study.calibration.len()], &study.calibration);
        tensors.push(("calibration.errors".to_owned(), errors));
    }
    if let Some(moments) = &study.checkpoint.moments {
        add_moments(&mut tensors, "optimiser", moments);
    }
    if let Some(examples) = &study.examples {
        add_examples(&mut tensors, examples);
    }
    if let Some(run) = &study.run {
        let input_size = study.settings.recipe.architecture.input_size();
        add_run(&mut tensors, run, input_size);
    }
    let text = header(study).to_text();
    let metadata = [(KEY.to_owned(), text)].into_iter().collect();
    // It fails only where a shape does not fit its bytes, or a header would have 100 MB.
    serialize(tensors, Some(metadata)).unwrap_or_default()
}

fn header(study: &SavedStudy) -> Header {
    let Settings {
        name,
        recipe,
        rule,
        threshold,
        trained_on,
        program,
    } = study.settings.clone();
    Header {
        version: VERSION,
        program,
        recipe_name: name.slug().to_owned(),
        recipe: Some(recipe),
        rule: Some(rule),
        threshold,
        position: Some(study.checkpoint.position),
        optimiser_steps: n_steps(&study.checkpoint),
        trained_on,
        example_cells: study
            .examples
            .as_ref()
            .map_or_else(Vec::new, |examples| examples.raw.cells.clone()),
        run: study.run.as_ref().map(run_header),
    }
}

fn n_steps(checkpoint: &Checkpoint) -> Option<i32> {
    Some(checkpoint.moments.as_ref()?.n_steps)
}

fn run_header(run: &SavedRun) -> RunHeader {
    let moment = |checkpoint: &Checkpoint| MomentHeader {
        position: checkpoint.position,
        optimiser_steps: n_steps(checkpoint),
    };
    RunHeader {
        history: run.history.iter().map(|it| moment(it)).collect(),
        own: run.own.as_ref().map(|own| OwnHeader {
            names: own.files.iter().map(|file| file.name.clone()).collect(),
            reading: own.reading.clone(),
        }),
    }
}

/// The weights layer by layer, as PyTorch has them.
fn weights<'a>(study: &'a SavedStudy) -> Named<'a> {
    let architecture = &study.settings.recipe.architecture;
    let layers = study.checkpoint.weights.layers(architecture);
    let named = LayerTensors::of(architecture).into_iter().zip(layers);
    let tensors = named.flat_map(|(names, layer)| {
        let weight = Tensor::floats(&names.weight_shape, layer.matrix);
        let bias = Tensor::floats(&[names.n_biases], layer.biases);
        [(names.weight_name, weight), (names.bias_name, bias)]
    });
    tensors.collect()
}

fn add_moments<'a>(tensors: &mut Named<'a>, prefix: &str, moments: &'a Moments) {
    for (name, values) in [("first", &moments.first), ("second", &moments.second)] {
        let tensor = Tensor::floats(&[values.len()], values);
        tensors.push((format!("{prefix}.{name}"), tensor));
    }
}

fn add_examples<'a>(tensors: &mut Named<'a>, examples: &'a Examples) {
    let n = examples.items.len();
    let rows = [
        ("check.input", &examples.inputs),
        ("check.output", &examples.outputs),
        ("check.code", &examples.codes),
    ];
    for (name, values) in rows {
        let shape = [n, values.len() / n.max(1)];
        tensors.push((name.to_owned(), Tensor::floats(&shape, values)));
    }
    let items = examples.items.iter().copied().map(u64::from);
    tensors.push(("check.item".to_owned(), Tensor::integers(items)));
    let errors = Tensor::floats(&[n], &examples.errors);
    tensors.push(("check.error".to_owned(), errors));
    let raw = [
        ("check.levels", &examples.raw.levels),
        ("check.label", &examples.raw.labels),
    ];
    let raw = raw.into_iter().filter(|(_, bytes)| !bytes.is_empty());
    tensors.extend(raw.map(|(name, bytes)| (name.to_owned(), Tensor::bytes(bytes))));
}

fn add_run<'a>(tensors: &mut Named<'a>, run: &'a SavedRun, input_size: usize) {
    let shape = [run.losses.len(), LOSS_COLUMNS];
    let losses = Tensor::doubles(&shape, run.losses.iter().flat_map(loss_row));
    tensors.push(("log.losses".to_owned(), losses));
    let batches = Tensor::floats(&[run.batch_losses.len()], &run.batch_losses);
    tensors.push(("log.batches".to_owned(), batches));
    add_film(tensors, run, input_size);
    for (idx, moment) in run.history.iter().enumerate() {
        let values = moment.weights.values();
        let weights = Tensor::floats(&[values.len()], values);
        tensors.push((format!("history.{idx}.weights"), weights));
        if let Some(moments) = &moment.moments {
            add_moments(tensors, &format!("history.{idx}"), moments);
        }
    }
    if let Some(OwnFiles { files, .. }) = &run.own {
        for (idx, file) in files.iter().enumerate() {
            tensors.push((format!("data.{idx}"), Tensor::bytes(&file.bytes)));
        }
    }
}

fn add_film<'a>(tensors: &mut Named<'a>, run: &'a SavedRun, input_size: usize) {
    let n_values = run.film_items.len() * input_size;
    let frames = || {
        let frames = run.film.iter();
        frames.filter(|frame| frame.reconstructed.len() == n_values)
    };
    let values = frames().flat_map(|frame| frame.reconstructed.iter().copied());
    let shape = [frames().count(), n_values];
    let epochs = frames().map(|frame| frame.epoch as u64);
    let items = run.film_items.iter().map(|&item| item as u64);
    tensors.extend([
        ("film.frames".to_owned(), Tensor::collected(&shape, values)),
        ("film.epochs".to_owned(), Tensor::integers(epochs)),
        ("film.items".to_owned(), Tensor::integers(items)),
    ]);
}

/// Epoch, batches, training loss, calibration loss, divergence in nats, its price; NaN for what there is not.
pub(super) fn loss_row(loss: &EpochLoss) -> [f64; LOSS_COLUMNS] {
    let information = loss.information;
    [
        loss.epoch as f64,
        loss.n_batches as f64,
        loss.training,
        loss.calibration,
        information.map_or(f64::NAN, |it| it.nats),
        information.map_or(f64::NAN, |it| it.beta.into()),
    ]
}
