//! Items to learn from and to judge.
//!
//! A [`Dataset`] comes from a packed file ([`Dataset::decode`]), from a reader's files ([`open()`]) or is drawn
//! ([`employees`], [`heartbeats`]), or stretched from what a reader drew ([`Collection`]). It is cut by a [`Split`] into items to train on, to calibrate with and to test on, and those of
//! classes that a [`Normality`] does not count as normal, and handed to a network as rows of numbers ([`inputs_of`]).
//! It holds pictures, the rows of a table that a [`Schema`] turns into words again, or curves: an [`ItemKind`] says which. A table from a file is a
//! [`RawTable`] until a [`ColumnChoice`] is made for each column.

mod about;
mod answer;
mod archive;
mod arff;
mod cells;
mod column_choice;
mod column_facts;
mod column_summary;
mod columns;
mod copies;
#[cfg(test)]
mod damage;
mod dataset;
mod dataset_error;
mod delimited;
mod dependence;
mod detect;
mod employees;
mod fingerprint;
mod grey;
mod gzip;
mod heartbeats;
mod idx;
mod idx_elements;
mod idx_set;
mod inputs;
mod kind;
mod known_cells;
mod known_classes;
mod known_columns;
mod known_stretches;
mod layout;
mod missing;
mod next_items;
mod normality;
mod number_format;
mod number_scale;
mod open;
mod open_error;
mod own_class;
mod packed;
mod part;
mod photos;
mod pixel_table;
mod scale;
mod schema;
mod separator;
mod sequence;
mod series;
mod series_file;
mod several;
mod split;
mod table;
mod table_error;
mod table_reading;
mod text;
mod turning;
mod windows;

pub use archive::{ArchiveError, is_clutter};
pub use column_choice::{ColumnChoice, ColumnRole};
pub use column_summary::{ColumnSummary, ValuesSummary};
pub use dataset::{Dataset, Form, with_commas};
pub use dataset_error::DatasetError;
pub use dependence::Dependence;
pub use employees::employees;
pub use fingerprint::Fingerprint;
pub use gzip::{GzipError, gunzip, is_gzip};
pub use heartbeats::{HeartbeatClass, N_BEAT_SAMPLES, heartbeats};
pub use idx::IdxError;
pub use inputs::{LabelScale, inputs_of, inputs_scaled};
pub use kind::ItemKind;
pub use known_columns::ReadAlike;
pub use next_items::{FirstItems, NextItems, NextItemsError};
pub use normality::{MOST_CONTAMINATION, Normality, NormalityError};
pub use open::{
    MAX_FILE_BYTES, NamedFile, Opened, ReadFiles, Tell, open, open_packed, read, read_telling,
};
pub use open_error::OpenError;
pub use own_class::{
    ClassName, Collection, Drawing, DrawingsFileError, DrawnClass, FEWEST_DRAWINGS, GOOD_DRAWINGS,
    MOST_CLASSES, MOST_DRAWINGS, Merged, NotReady, Others, is_drawings,
};
pub use packed::encode;
pub use part::Part;
pub use photos::{
    Framing, LARGEST_SIDE, PhotoFormat, PhotoReading, Photos, PhotosError, PhotosFileError,
    SMALLEST_SIDE, decoded_size,
};
pub use scale::Scale;
pub use schema::{Column, Encoding, Schema, UsualCells};
pub use series::{CurveScaling, SeriesForm};
pub use several::{are_two_tables, photos_among};
pub use split::{Parts, Split, TrainingCounts};
pub use table::RawTable;
pub use table_error::TableError;
pub use table_reading::TableReading;
pub use turning::Turn;
pub use windows::{WINDOW_LENGTHS, WindowCut};
