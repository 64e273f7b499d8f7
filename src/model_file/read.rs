//! Reading what anyone has written.

use std::borrow::Cow;

use safetensors::{SafeTensorError, SafeTensors};
use serde::{Deserialize, Serialize};

use super::header::{Header, KEY, OwnHeader, RunHeader};
use super::saved::{Examples, OwnFiles, RawExamples, SavedRun, SavedStudy, Settings};
use super::tensors::Tensors;
use super::validity::{
    check_checkpoint, check_recipe, check_rule, check_trained_on, is_positive, require,
};
use super::write::LOSS_COLUMNS;
use super::{LooseWeights, ModelFileError};
use crate::autoencoder::{
    Architecture, Checkpoint, EpochLoss, FilmFrame, Information, Moments, Position, Weights,
};
use crate::data::NamedFile;
use crate::recipe::{Recipe, RecipeName};

/// A study with the columns of a wide table and sixty earlier moments needs less.
const MOST_HEADER_BYTES: u64 = 8_000_000;

/// A header is preceded by its length.
const LENGTH_BYTES: usize = size_of::<u64>();

/// What was found in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Found {
    /// A model or a study that says what it is.
    Study(Box<SavedStudy<'static>>),
    /// Weights that say nothing of their network; [`LooseWeights::fit`] holds them against one.
    Weights(LooseWeights),
}

/// Whether a file is one of safetensors, by its first bytes: a length that a header may have, and the beginning of JSON.
pub fn is_model_file(bytes: &[u8]) -> bool {
    let Some((length, rest)) = bytes.split_first_chunk::<LENGTH_BYTES>() else {
        return false;
    };
    u64::from_le_bytes(*length) < 1 << 40 && rest.first() == Some(&b'{')
}

/// Reads a file.
///
/// # Errors
/// When it is damaged, of a newer version, holds a tensor of the wrong shape or kind or a number that is none, or
/// describes something that cannot be run.
pub fn read(bytes: &[u8]) -> Result<Found, ModelFileError> {
    check_length(bytes)?;
    let tensors = SafeTensors::deserialize(bytes).map_err(|error| in_words(&error))?;
    let loose = LooseWeights::of(&tensors)?;
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|error| in_words(&error))?;
    let text = metadata.metadata().as_ref().and_then(|it| it.get(KEY));
    match text {
        Some(text) => {
            let header = Header::read(text)?;
            study(header, &loose, &Tensors(tensors)).map(|study| Found::Study(Box::new(study)))
        }
        None => Ok(Found::Weights(loose)),
    }
}

/// The library would take a header of 100 MB.
fn check_length(bytes: &[u8]) -> Result<(), ModelFileError> {
    let length = bytes.first_chunk().ok_or(ModelFileError::CutShort)?;
    let n_bytes = u64::from_le_bytes(*length);
    if n_bytes > (bytes.len() - LENGTH_BYTES) as u64 {
        return Err(ModelFileError::CutShort);
    }
    if n_bytes > MOST_HEADER_BYTES {
        return Err(ModelFileError::LargeHeader {
            n_bytes,
            limit: MOST_HEADER_BYTES,
        });
    }
    Ok(())
}

fn in_words(error: &SafeTensorError) -> ModelFileError {
    match error {
        SafeTensorError::MetadataIncompleteBuffer => ModelFileError::CutShort,
        other => ModelFileError::header(other),
    }
}

fn study(
    header: Header,
    loose: &LooseWeights,
    tensors: &Tensors,
) -> Result<SavedStudy<'static>, ModelFileError> {
    let name = RecipeName::from_slug(&header.recipe_name).ok_or_else(|| {
        let slug = super::error::quoted(&header.recipe_name);
        ModelFileError::UnknownRecipe { slug }
    })?;
    let recipe = header.recipe.unwrap_or_else(|| name.recipe());
    check_recipe(&recipe)?;
    let rule = header.rule.unwrap_or_else(|| name.threshold_rule());
    check_rule(rule)?;
    require(header.threshold.is_none_or(is_positive), "threshold")?;
    if let Some(trained_on) = &header.trained_on {
        check_trained_on(trained_on, &recipe)?;
    }
    let at_end = Position {
        epoch: recipe.training.epochs,
        batch: 0,
    };
    let position = header.position.unwrap_or(at_end);
    let weights = loose.fit(&recipe.architecture)?;
    let moments = header
        .optimiser_steps
        .map(|n_steps| moments(tensors, "optimiser", n_steps, &recipe.architecture))
        .transpose()?;
    let checkpoint = Checkpoint {
        position,
        weights,
        moments,
    };
    check_checkpoint(&checkpoint, &recipe)?;
    let calibration = tensors.rows("calibration.errors", None)?;
    require(calibration.iter().all(|&it| is_positive(it)), "error")?;
    Ok(SavedStudy {
        examples: examples(header.example_cells, tensors, &recipe.architecture)?,
        run: header
            .run
            .map(|header| run(header, tensors, &recipe))
            .transpose()?,
        settings: Settings {
            name,
            recipe,
            rule,
            threshold: header.threshold,
            trained_on: header.trained_on,
            program: header.program,
        },
        checkpoint: Cow::Owned(checkpoint),
        calibration,
    })
}

fn moments(
    tensors: &Tensors,
    prefix: &str,
    n_steps: i32,
    architecture: &Architecture,
) -> Result<Moments, ModelFileError> {
    let of = |part: &str| {
        let name = format!("{prefix}.{part}");
        parameters(tensors, &name, architecture)
    };
    Ok(Moments {
        n_steps,
        first: of("first")?,
        second: of("second")?,
    })
}

/// One number for each parameter of the network, in the order of [`Weights`].
fn parameters(
    tensors: &Tensors,
    name: &str,
    architecture: &Architecture,
) -> Result<Vec<f32>, ModelFileError> {
    let values = tensors.floats(name, &[architecture.n_parameters()])?;
    values.ok_or_else(|| ModelFileError::missing(name))
}

fn examples(
    cells: Vec<Vec<String>>,
    tensors: &Tensors,
    architecture: &Architecture,
) -> Result<Option<Examples>, ModelFileError> {
    let Some(n) = tensors.length("check.input") else {
        return Ok(None);
    };
    let items = tensors.integers("check.item")?;
    let of = |name: &str, shape: &[usize]| {
        let values = tensors.floats(name, shape)?;
        values.ok_or_else(|| ModelFileError::missing(name))
    };
    let (n_inputs, code_size) = (architecture.input_size(), architecture.code_size());
    let is_possible = |&item: &u64| u32::try_from(item).is_ok();
    require(
        items.len() == n && items.iter().all(is_possible),
        "example item",
    )?;
    Ok(Some(Examples {
        items: items.into_iter().map(|item| item as u32).collect(),
        inputs: of("check.input", &[n, n_inputs])?,
        outputs: of("check.output", &[n, n_inputs])?,
        codes: of("check.code", &[n, code_size])?,
        errors: of("check.error", &[n])?,
        raw: RawExamples {
            levels: tensors.bytes_or_none("check.levels")?,
            labels: tensors.bytes_or_none("check.label")?,
            cells,
        },
    }))
}

fn run(
    header: RunHeader,
    tensors: &Tensors,
    recipe: &Recipe,
) -> Result<SavedRun<'static>, ModelFileError> {
    let mut history = Vec::new();
    for (idx, moment) in header.history.iter().enumerate() {
        let prefix = format!("history.{idx}");
        let name = format!("{prefix}.weights");
        let values = parameters(tensors, &name, &recipe.architecture)?;
        let weights = Weights::from_values(&recipe.architecture, values);
        let n_steps = moment.optimiser_steps;
        let checkpoint = Checkpoint {
            position: moment.position,
            weights: weights.ok_or_else(|| ModelFileError::missing(&name))?,
            moments: n_steps
                .map(|n_steps| moments(tensors, &prefix, n_steps, &recipe.architecture))
                .transpose()?,
        };
        check_checkpoint(&checkpoint, recipe)?;
        history.push(Cow::Owned(checkpoint));
    }
    let losses = tensors.doubles("log.losses", LOSS_COLUMNS)?;
    let (losses, _) = losses.as_chunks();
    let losses: Option<Vec<EpochLoss>> = losses.iter().map(loss_of).collect();
    let losses = losses.filter(|losses| is_rising(losses.iter().map(|loss| loss.epoch)));
    let (film, film_items) = film(tensors, &recipe.architecture)?;
    Ok(SavedRun {
        losses: losses
            .ok_or(ModelFileError::Number { what: "epoch" })?
            .into(),
        batch_losses: tensors.rows("log.batches", None)?,
        film: film.into(),
        film_items,
        history,
        own: header.own.map(|own| own_files(own, tensors)).transpose()?,
    })
}

/// The inverse of a row of `log.losses`; `None` where the first two are no counts.
pub(super) fn loss_of(row: &[f64; LOSS_COLUMNS]) -> Option<EpochLoss> {
    let [epoch, n_batches, training, calibration, nats, beta] = *row;
    Some(EpochLoss {
        epoch: count_of(epoch)?,
        n_batches: count_of(n_batches)?,
        training,
        calibration,
        information: (!nats.is_nan()).then_some(Information {
            nats,
            beta: beta as f32,
        }),
    })
}

fn count_of(number: f64) -> Option<usize> {
    let is_count = number.fract() == 0.0 && (0.0..=1e9).contains(&number);
    is_count.then_some(number as usize)
}

/// Epochs are counted from 1, and each has one entry.
fn is_rising(epochs: impl Iterator<Item = usize>) -> bool {
    let mut last = 0;
    epochs
        .into_iter()
        .all(|epoch| std::mem::replace(&mut last, epoch) < epoch)
}

fn film(
    tensors: &Tensors,
    architecture: &Architecture,
) -> Result<(Vec<FilmFrame>, Vec<usize>), ModelFileError> {
    let items = tensors.integers("film.items")?;
    let epochs = tensors.integers("film.epochs")?;
    let width = items.len().saturating_mul(architecture.input_size());
    let values = if epochs.is_empty() {
        Vec::new()
    } else {
        tensors.rows("film.frames", Some(width))?
    };
    require(values.len() == epochs.len().saturating_mul(width), "film")?;
    let counts = |numbers: &[u64]| -> Vec<usize> {
        let counts = numbers.iter().map(|&number| number.min(u32::MAX.into()));
        counts.map(|number| number as usize).collect()
    };
    let (items, epochs) = (counts(&items), counts(&epochs));
    require(is_rising(epochs.iter().copied()), "epoch of the film")?;
    let frames = epochs.into_iter().zip(values.chunks_exact(width.max(1)));
    let frames = frames.map(|(epoch, values)| FilmFrame {
        epoch,
        reconstructed: values.to_vec(),
    });
    Ok((frames.collect(), items))
}

fn own_files(own: OwnHeader, tensors: &Tensors) -> Result<OwnFiles<'static>, ModelFileError> {
    let files = own.names.into_iter().enumerate().map(|(idx, name)| {
        let bytes = tensors.bytes(&format!("data.{idx}"))?.to_vec();
        Ok(NamedFile { name, bytes })
    });
    Ok(OwnFiles {
        files: Cow::Owned(files.collect::<Result<Vec<_>, _>>()?),
        reading: own.reading,
    })
}
