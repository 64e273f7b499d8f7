//! Why files cannot be opened.

use thiserror::Error;

use super::{DatasetError, GzipError, IdxError, MAX_FILE_BYTES, NamedFile, TableError};

/// Why a reader's files are no data set; every text names the file and ends in what to do.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum OpenError {
    /// Nothing was chosen.
    #[error("no file was chosen; choose a table, or an IDX file of pictures with its labels")]
    NoFiles,
    /// More was chosen than belongs together.
    #[error(
        "{n_files} files were chosen; choose one table, or an IDX file of pictures with its labels"
    )]
    TooManyFiles {
        /// Files that were chosen.
        n_files: usize,
    },
    /// The file is more than a browser can hold several times.
    #[error(
        "{name}: the file has {} MB, but at most {} MB can be read; choose a smaller one",
        n_bytes.div_ceil(1_000_000),
        MAX_FILE_BYTES / 1_000_000
    )]
    TooLarge {
        /// The name of the file.
        name: String,
        /// Its size.
        n_bytes: u64,
    },
    /// A compressed file cannot be unpacked.
    #[error("{name}: {reason}")]
    Gzip {
        /// The name of the file.
        name: String,
        /// Why not.
        reason: GzipError,
    },
    /// An IDX file cannot be taken.
    #[error("{name}: {reason}")]
    Idx {
        /// The name of the file.
        name: String,
        /// Why not.
        reason: IdxError,
    },
    /// The file is taken for a table but is none.
    #[error("{name}: {reason}")]
    Table {
        /// The name of the file.
        name: String,
        /// Why not.
        reason: TableError,
    },
    /// The pictures in a file are no data set.
    #[error("{name}: {reason}")]
    Dataset {
        /// The name of the file.
        name: String,
        /// Why not.
        reason: DatasetError,
    },
    /// Labels without what they are the labels of.
    #[error(
        "{name}: the file holds labels only; choose it together with the IDX file of its pictures"
    )]
    LabelsAlone {
        /// The name of the file.
        name: String,
    },
    /// Two files were chosen, and this one is not half of an IDX data set.
    #[error(
        "{name}: the file is not in IDX format, so it does not go with another; choose it alone, or two IDX files"
    )]
    NotAPair {
        /// The name of the file.
        name: String,
    },
    /// Two IDX files of the same kind.
    #[error(
        "{first_name} and {second_name}: both files hold {what}; choose one of pictures and one of labels"
    )]
    TwoAlike {
        /// The name of a file.
        first_name: String,
        /// The name of the other.
        second_name: String,
        /// What both hold.
        what: &'static str,
    },
    /// Pictures and labels of different data sets.
    #[error(
        "{pictures_name} has {n_pictures} pictures, but {labels_name} has {n_labels} labels; choose two files that belong together"
    )]
    CountsDiffer {
        /// The name of the file of pictures.
        pictures_name: String,
        /// How many it has.
        n_pictures: usize,
        /// The name of the file of labels.
        labels_name: String,
        /// How many it has.
        n_labels: usize,
    },
}

/// Ways to give an error the name of its file.
impl OpenError {
    pub(super) fn gzip(name: &str) -> impl Fn(GzipError) -> Self {
        move |reason| Self::Gzip {
            name: name.to_owned(),
            reason,
        }
    }

    pub(super) fn idx(name: &str) -> impl Fn(IdxError) -> Self {
        move |reason| Self::Idx {
            name: name.to_owned(),
            reason,
        }
    }

    pub(super) fn table(name: &str) -> impl Fn(TableError) -> Self {
        move |reason| Self::Table {
            name: name.to_owned(),
            reason,
        }
    }

    pub(super) fn dataset(name: &str) -> impl Fn(DatasetError) -> Self {
        move |reason| Self::Dataset {
            name: name.to_owned(),
            reason,
        }
    }

    pub(super) fn two_alike(first: &NamedFile, second: &NamedFile, what: &'static str) -> Self {
        Self::TwoAlike {
            first_name: first.name.clone(),
            second_name: second.name.clone(),
            what,
        }
    }
}
