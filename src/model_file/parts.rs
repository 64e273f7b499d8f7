//! A study in parts, so that of one that is kept again and again only what has changed need be written.

use std::borrow::Cow;

use thiserror::Error;

use super::{
    Found, ModelFileError, OpenedFiles, OpeningError, SavedRun, SavedStudy, Settings, read,
    to_bytes, with_own_data,
};
use crate::autoencoder::Checkpoint;

/// The study as it is now, the reader's own files, and a part for each earlier moment.
const STUDY: &str = "study";
const OWN_FILES: &str = "files";
const MOMENT: &str = "epoch ";

/// A part of a study, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Among the parts of the study.
    pub name: String,
    /// A model file of its own.
    pub bytes: Vec<u8>,
}

/// Why there is no study in some parts.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum PartsError {
    /// The part that says what it is.
    #[error("the study itself is missing")]
    NoStudy,
    /// A part is something else.
    #[error("a part of it is no study")]
    Other,
    /// A part cannot be read.
    #[error(transparent)]
    Part(#[from] ModelFileError),
    /// The files in it cannot be read.
    #[error(transparent)]
    OwnFiles(#[from] OpeningError),
}

/// The parts of a study that are new: itself, earlier moments of its run, and the reader's files where it has them.
pub fn parts_of(mut study: SavedStudy, new_moments: &[Checkpoint]) -> Vec<Part> {
    let own = study.run.as_mut().and_then(|run| run.own.take());
    let settings = study.settings.clone();
    let moment = |moment| part(moment_name(moment), &alone(&settings, moment, None));
    let mut parts: Vec<Part> = new_moments.iter().map(moment).collect();
    if own.is_some() {
        let run = SavedRun {
            own,
            ..SavedRun::default()
        };
        let files = alone(&settings, &study.checkpoint, Some(run));
        parts.push(part(OWN_FILES.to_owned(), &files));
    }
    parts.push(part(STUDY.to_owned(), &study));
    parts
}

/// Whether a part of this name belongs to a study whose earlier moments are of these epochs.
pub fn part_stays(name: &str, epochs: &[usize]) -> bool {
    let epoch = name.strip_prefix(MOMENT).map(str::parse);
    epoch.is_none_or(|epoch| epoch.is_ok_and(|epoch| epochs.contains(&epoch)))
}

/// A study from all of its parts. An earlier moment that is damaged, or of another network, is left out.
///
/// # Errors
/// When the study itself is missing or damaged, or the reader's files are.
pub fn from_parts(parts: &[Part]) -> Result<OpenedFiles, PartsError> {
    let named = |name: &str| parts.iter().find(|part| part.name == name);
    let mut study = study_in(named(STUDY).ok_or(PartsError::NoStudy)?)?;
    let own = named(OWN_FILES).map(study_in).transpose()?;
    let architecture = &study.settings.recipe.architecture;
    let moments = parts.iter().filter(|part| part.name.starts_with(MOMENT));
    let moments = moments.filter_map(|part| study_in(part).ok());
    let fitting = moments.filter(|it| it.settings.recipe.architecture == *architecture);
    let mut history: Vec<_> = fitting.map(|moment| moment.checkpoint).collect();
    history.sort_by_key(|moment| moment.position.epoch);
    if let Some(run) = &mut study.run {
        run.own = own.and_then(|own| own.run?.own);
        run.history = history;
    }
    let found = Found::Study(Box::new(study));
    Ok(with_own_data(found, "the kept file")?)
}

fn moment_name(moment: &Checkpoint) -> String {
    format!("{MOMENT}{}", moment.position.epoch)
}

/// A checkpoint as a study, with nothing that is said elsewhere.
fn alone<'a>(
    settings: &Settings,
    checkpoint: &'a Checkpoint,
    run: Option<SavedRun<'a>>,
) -> SavedStudy<'a> {
    SavedStudy {
        settings: settings.clone(),
        checkpoint: Cow::Borrowed(checkpoint),
        calibration: Vec::new(),
        examples: None,
        run,
    }
}

fn part(name: String, study: &SavedStudy) -> Part {
    let bytes = to_bytes(study);
    Part { name, bytes }
}

fn study_in(part: &Part) -> Result<SavedStudy<'static>, PartsError> {
    match read(&part.bytes)? {
        Found::Study(study) => Ok(*study),
        Found::Weights(_) => Err(PartsError::Other),
    }
}
