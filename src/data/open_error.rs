//! Why files cannot be opened.

use thiserror::Error;

use super::{
    ArchiveError, DatasetError, DrawingsFileError, GzipError, IdxError, MAX_FILE_BYTES,
    PhotosFileError, TableError,
};

/// Why a reader's files are no data set; every text names the file and ends in what to do.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum OpenError {
    /// Nothing was chosen.
    #[error("no file was chosen; choose a table, or an IDX file of pictures with its labels")]
    NoFiles,
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
    /// An archive cannot be unpacked.
    #[error("{name}: {reason}")]
    Archive {
        /// The name of the file.
        name: String,
        /// Why not.
        reason: ArchiveError,
    },
    /// No file of an archive is data.
    #[error("{name}: nothing in the archive is a table or pictures ({held}); choose another")]
    NothingInArchive {
        /// The name of the file.
        name: String,
        /// What it holds.
        held: String,
    },
    /// It is not plain which file of an archive is meant.
    #[error("{name}: the archive holds several tables ({held}); unpack it and choose one of them")]
    SeveralInArchive {
        /// The name of the file.
        name: String,
        /// The tables in it.
        held: String,
    },
    /// A spreadsheet, or a text with pictures.
    #[error(
        "{name}: this is the file of an office program; save its table there as CSV, and open that"
    )]
    Workbook {
        /// The name of the file.
        name: String,
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
    /// Pictures that were kept decoded cannot be taken.
    #[error("{name}: {reason}")]
    Photos {
        /// The name of the file.
        name: String,
        /// Why not.
        reason: PhotosFileError,
    },
    /// Drawings cannot be taken.
    #[error("{name}: {reason}")]
    Drawings {
        /// The name of the file.
        name: String,
        /// Why not.
        reason: DrawingsFileError,
    },
    /// A picture that has not been decoded.
    #[error(
        "{name}: a picture like this is decoded by a browser; open it on the page, or make an IDX file of it"
    )]
    NotDecoded {
        /// The name of the file.
        name: String,
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
        "{name}: the file is not in IDX format, so it does not go with another; choose it alone, or the IDX files of one data set"
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
    /// These files of pictures and labels make no data set.
    #[error(
        "{n_pictures} files of pictures and {n_labels} of labels were chosen; choose one of each, or two of each: to learn from and to validate with"
    )]
    NoSet {
        /// Files of pictures.
        n_pictures: usize,
        /// Files of labels.
        n_labels: usize,
    },
    /// Pictures to learn from and to validate with are of two sizes.
    #[error(
        "{first_name} has pictures of {} × {} pixels, but {second_name} of {} × {}; choose two files that belong together",
        first.0, first.1, second.0, second.1
    )]
    SizesDiffer {
        /// The name of a file.
        first_name: String,
        /// Width and height of its pictures.
        first: (usize, usize),
        /// The name of the other.
        second_name: String,
        /// Width and height of its pictures.
        second: (usize, usize),
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

    pub(super) fn archive(name: &str) -> impl Fn(ArchiveError) -> Self {
        move |reason| Self::Archive {
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

    pub(super) fn photos(name: &str) -> impl Fn(PhotosFileError) -> Self {
        move |reason| Self::Photos {
            name: name.to_owned(),
            reason,
        }
    }

    pub(super) fn drawings(name: &str) -> impl Fn(DrawingsFileError) -> Self {
        move |reason| Self::Drawings {
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

    pub(super) fn two_alike(first: &str, second: &str, what: &'static str) -> Self {
        Self::TwoAlike {
            first_name: first.to_owned(),
            second_name: second.to_owned(),
            what,
        }
    }
}
