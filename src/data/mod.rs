//! Items to learn from and to judge.
//!
//! A [`Dataset`] comes from a packed file ([`Dataset::decode`]) or is drawn ([`employees`]), is cut by a [`Split`]
//! into items to train on, to calibrate with and to test on, and is handed to a network as rows of numbers
//! ([`inputs_of`]). It holds pictures, or the rows of a table that a [`Schema`] turns into words again.

mod cells;
mod columns;
mod dataset;
mod dataset_error;
mod delimited;
mod detect;
mod employees;
mod inputs;
mod packed;
mod schema;
mod split;
mod table;
mod table_error;

pub use columns::ColumnChoice;
pub use dataset::{Dataset, Form};
pub use dataset_error::DatasetError;
pub use employees::employees;
pub use inputs::{LARGEST_LABEL, inputs_of, label_input};
pub use packed::encode;
pub use schema::{Column, Encoding, Schema};
pub use split::{Parts, Split};
pub use table::RawTable;
pub use table_error::TableError;
