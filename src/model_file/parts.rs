//! A study in parts, so that of one that is kept again and again only what has changed need be written.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    Found, ModelFileError, OpenedFiles, OpeningError, OwnFiles, SavedRun, SavedStudy, read,
    to_bytes, with_own_data,
};
use crate::autoencoder::Checkpoint;
use crate::data::{NamedFile, TableReading};

/// The study as it is now, the reader's own files, and a part for each earlier moment and each run beside it.
const STUDY: &str = "study";
const OWN_FILES: &str = "files";
/// Another file that the network judges.
const NEXT_FILE: &str = "other file";
const MOMENT: &str = "epoch ";
const RUN: &str = "run ";

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

/// A run that stands beside a study, to compare with; it has no earlier moments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShelvedRun {
    /// Its place among them, from 1.
    pub number: usize,
    /// What the reader calls it.
    pub name: String,
    /// The run itself.
    pub study: SavedStudy<'static>,
}

/// What has become of a study since it was written last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Renewal {
    /// The study itself, without earlier moments; with the reader's own files only the first time.
    pub study: SavedStudy<'static>,
    /// Earlier moments of the run that were not written yet.
    pub new_moments: Vec<Checkpoint>,
    /// The epochs of all earlier moments that stay.
    pub epochs: Vec<usize>,
    /// Runs beside it that were not written yet.
    pub new_runs: Vec<ShelvedRun>,
    /// The names of the parts of all runs beside it that stay.
    pub runs: Vec<String>,
    /// Another file that the network judges, where it was not written yet.
    pub new_next: Option<Vec<NamedFile>>,
    /// Whether the network judges another file that is kept.
    pub has_next: bool,
}

/// A study that was in parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Restored {
    /// The study, and its data where it took some along.
    pub files: OpenedFiles,
    /// The runs beside it.
    pub runs: Vec<ShelvedRun>,
    /// Another file that its network judged; empty where there was none.
    pub next: Vec<NamedFile>,
}

impl ShelvedRun {
    /// The name of its part.
    pub fn part_name(number: usize, name: &str) -> String {
        format!("{RUN}{number} {name}")
    }

    fn of(part: &Part) -> Option<Self> {
        let (number, name) = part.name.strip_prefix(RUN)?.split_once(' ')?;
        Some(Self {
            number: number.parse().ok()?,
            name: name.to_owned(),
            study: study_in(part).ok()?,
        })
    }
}

impl Renewal {
    /// The parts that take the place of older ones of the same names.
    pub fn parts(&self) -> Vec<Part> {
        let Self { study, .. } = self;
        let moment = |moment| part(moment_name(moment), &alone(study, moment, None));
        let run = |run: &ShelvedRun| {
            let name = ShelvedRun::part_name(run.number, &run.name);
            part(name, &run.study)
        };
        let mut parts: Vec<Part> = self.new_moments.iter().map(moment).collect();
        parts.extend(self.new_runs.iter().map(run));
        let mut itself = study.clone();
        let of_files = |name: &str, own| {
            let run = SavedRun {
                own: Some(own),
                ..SavedRun::default()
            };
            let files = alone(study, &study.checkpoint, Some(run));
            part(name.to_owned(), &files)
        };
        if let Some(own) = itself.run.as_mut().and_then(|run| run.own.take()) {
            parts.push(of_files(OWN_FILES, own));
        }
        if let Some(files) = &self.new_next {
            let next = OwnFiles {
                files: Cow::Borrowed(files),
                reading: TableReading::default(),
            };
            parts.push(of_files(NEXT_FILE, next));
        }
        parts.push(part(STUDY.to_owned(), &itself));
        parts
    }

    /// Whether an older part of this name stays.
    pub fn keeps(&self, name: &str) -> bool {
        if let Some(epoch) = name.strip_prefix(MOMENT) {
            let epoch = epoch.parse();
            return epoch.is_ok_and(|epoch| self.epochs.contains(&epoch));
        }
        if name == NEXT_FILE {
            return self.has_next;
        }
        !name.starts_with(RUN) || self.runs.iter().any(|known| known == name)
    }
}

/// A study from all of its parts. An earlier moment that is damaged, or of another network, is left out, and so is a
/// damaged run beside it.
///
/// # Errors
/// When the study itself is missing or damaged, or the reader's files are.
pub fn from_parts(parts: &[Part]) -> Result<Restored, PartsError> {
    let named = |name: &str| parts.iter().find(|part| part.name == name);
    let mut study = study_in(named(STUDY).ok_or(PartsError::NoStudy)?)?;
    let own = named(OWN_FILES).map(study_in).transpose()?;
    // Without it the study is what it was.
    let next = named(NEXT_FILE).and_then(|part| study_in(part).ok()?.run?.own);
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
    Ok(Restored {
        files: with_own_data(found, "the kept file")?,
        runs: parts.iter().filter_map(ShelvedRun::of).collect(),
        next: next.map_or_else(Vec::new, |next| next.files.into_owned()),
    })
}

fn moment_name(moment: &Checkpoint) -> String {
    format!("{MOMENT}{}", moment.position.epoch)
}

/// A checkpoint as a study, with nothing that is said elsewhere.
fn alone<'a>(
    study: &SavedStudy,
    checkpoint: &'a Checkpoint,
    run: Option<SavedRun<'a>>,
) -> SavedStudy<'a> {
    SavedStudy {
        settings: study.settings.clone(),
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
