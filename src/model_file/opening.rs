//! A reader's files: data, a model, or both.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{ENDING, Found, ModelFileError, OwnFiles, is_model_file, read};
use crate::data::{
    self, CurveScaling, FirstItems, Form, NamedFile, NextItems, OpenError, ReadFiles, TableError,
    TableReading, Tell,
};

/// What was found in the files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenedFiles {
    /// Items: of files of their own, or of those that a study took along.
    pub data: Option<ReadFiles>,
    /// A model or a study.
    pub model: Option<Found>,
    /// The items as a network at hand takes them, or why it cannot, where they are to be judged by it.
    pub next: Option<Result<NextItems, String>>,
}

/// The network at hand, which is to judge what is in the files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToBeJudged {
    /// What it was trained on.
    pub first: FirstItems,
    /// Whether files are opened for themselves unless they are a table with all columns that it learned from.
    pub if_alike: bool,
}

/// Why files cannot be opened; every text names the file and ends in what to do.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum OpeningError {
    /// They are not the data that they should be.
    #[error(transparent)]
    Data(#[from] OpenError),
    /// A model cannot be read.
    #[error("{name}: {reason}")]
    Model {
        /// The name of the file.
        name: String,
        /// Why not.
        reason: ModelFileError,
    },
    /// The columns of a table that a study took along cannot be read as it says.
    #[error("{name}: {reason}")]
    Columns {
        /// The name of the file.
        name: String,
        /// Why not.
        reason: TableError,
    },
    /// More than one model.
    #[error("{n_models} models were chosen; choose one of them, alone or with its data")]
    SeveralModels {
        /// How many.
        n_models: usize,
    },
}

/// Opens files of data, a model, or a model with its data, and encodes a table as its own columns propose or as the study
/// has them.
///
/// # Errors
/// When a file cannot be read, or they do not belong together.
pub fn open(files: &[NamedFile]) -> Result<OpenedFiles, OpeningError> {
    open_for(files, None, &mut |_| {})
}

/// The same, for a network at hand to judge what is in the files, if one is given; says on the way how much of a large
/// table is done.
///
/// # Errors
/// As [`open`].
pub fn open_for(
    files: &[NamedFile],
    judge: Option<&ToBeJudged>,
    tell: Tell<'_>,
) -> Result<OpenedFiles, OpeningError> {
    let mut opened = open_telling(files, tell)?;
    if let Some(judge) = judge.filter(|_| opened.model.is_none())
        && let Some(read) = opened
            .data
            .take_if(|read| !judge.if_alike || read.has_columns_of(&judge.first))
    {
        let items = read.read_alike(&judge.first);
        opened.next = Some(items.map_err(|error| error.to_string()));
    }
    Ok(opened)
}

fn open_telling(files: &[NamedFile], tell: Tell<'_>) -> Result<OpenedFiles, OpeningError> {
    let is_model = |file: &&NamedFile| file.name.ends_with(ENDING) || is_model_file(&file.bytes);
    let (models, others): (Vec<&NamedFile>, Vec<&NamedFile>) = files.iter().partition(is_model);
    let [model] = models[..] else {
        let n_models = models.len();
        if n_models > 1 {
            return Err(OpeningError::SeveralModels { n_models });
        }
        return Ok(OpenedFiles {
            data: Some(data::read_telling(files, tell)?),
            model: None,
            next: None,
        });
    };
    let found = read(&model.bytes).map_err(|reason| OpeningError::Model {
        name: model.name.clone(),
        reason,
    })?;
    if others.is_empty() {
        return with_own_data(found, &model.name);
    }
    let others: Vec<NamedFile> = others.into_iter().cloned().collect();
    let data = like_trained(data::read_telling(&others, tell)?, &found);
    Ok(OpenedFiles {
        data: Some(data),
        model: Some(found),
        next: None,
    })
}

/// A model or a study under the name of its file, with the data that it took along.
///
/// # Errors
/// When those cannot be read.
pub fn with_own_data(found: Found, name: &str) -> Result<OpenedFiles, OpeningError> {
    let own = own_files(&found);
    let data = own.map(|own| taken_along(own, name)).transpose()?;
    Ok(OpenedFiles {
        data: data.map(|data| like_trained(data, &found)),
        model: Some(found),
        next: None,
    })
}

fn own_files(found: &Found) -> Option<&OwnFiles<'static>> {
    match found {
        Found::Study(study) => study.run.as_ref()?.own.as_ref(),
        Found::Weights(_) => None,
    }
}

/// The data cut into windows, and their curves normalised, as those were that a study was trained on.
fn like_trained(mut read: ReadFiles, found: &Found) -> ReadFiles {
    let form = match found {
        Found::Study(study) => study.settings.trained_on.as_ref().map(|it| &it.form),
        Found::Weights(_) => None,
    };
    if let Some(Form::Series(form)) = form
        && let (Some(cut), Some((table, choices))) = (form.cut, &read.table)
        && let Ok(windows) = table.windows(cut, choices)
    {
        read.dataset = windows;
    }
    if let Some(Form::Series(form)) = form
        && form.scaling == CurveScaling::EachByItself
        && let Some(dataset) = read.dataset.each_by_itself()
    {
        read.dataset = dataset;
    }
    read
}

/// The data that a study took along, as it read them.
fn taken_along(own: &OwnFiles, name: &str) -> Result<ReadFiles, OpeningError> {
    let mut read = data::read(&own.files)?;
    if let Some((table, _)) = &read.table
        && own.reading != TableReading::default()
    {
        let as_told = table.read_as(&own.reading);
        read = as_told.map_err(|reason| OpeningError::Columns {
            name: name.to_owned(),
            reason,
        })?;
    }
    Ok(read)
}
