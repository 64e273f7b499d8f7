//! What can be wrong with a table.

use thiserror::Error;

use super::DatasetError;

/// Why a file is not a table, or a table cannot be encoded.
///
/// Lines are counted as an editor shows them, from 1, the header included.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TableError {
    /// Not text, or text in another encoding.
    #[error("line {line} is not text in UTF-8; export the table as CSV with the encoding UTF-8")]
    NotText {
        /// Where the first foreign byte is.
        line: usize,
    },
    /// Nothing, or nothing but a header.
    #[error("there are no rows in it; choose a file with at least one row of values")]
    NoRows,
    /// Windows of a recording of which none is normal.
    #[error(
        "every window touches a known anomaly, so that none is left to learn from; choose shorter windows"
    )]
    NothingNormal,
    /// ARFF whose rows name their places.
    #[error(
        "line {line}: the row lists only what is not zero; save the table with all its values, as dense ARFF or as CSV"
    )]
    SparseArff {
        /// The first such row.
        line: usize,
    },
    /// The first line has more or fewer fields than all others.
    #[error(
        "the number of fields is {n_names} on line {header_line}, but {n_cells} on line {line} and below; give every column one name, or delete line {header_line}"
    )]
    LyingHeader {
        /// The first line.
        header_line: usize,
        /// Fields of the first line.
        n_names: usize,
        /// Fields of the rows.
        n_cells: usize,
        /// The first row.
        line: usize,
    },
    /// A row has more or fewer fields than the first line.
    #[error(
        "line {line}: the number of fields is {n_cells} instead of {n_columns}; add what is missing, or put quotes around a field with a delimiter in it"
    )]
    Ragged {
        /// Where the row starts.
        line: usize,
        /// Fields of the row.
        n_cells: usize,
        /// Fields of the first line.
        n_columns: usize,
    },
    /// The last row has a quote too few.
    #[error(
        "the row that starts on line {line} has a quote that is never closed; close or delete it"
    )]
    OpenQuote {
        /// Where the row starts.
        line: usize,
    },
    /// A number is missing.
    #[error(
        "line {line}, column \"{column}\": there is no number; fill it in, or leave the column out"
    )]
    Empty {
        /// Where the row starts.
        line: usize,
        /// The name of the column.
        column: String,
    },
    /// A number was expected.
    #[error(
        "line {line}, column \"{column}\": \"{cell}\" is not a number; correct it, or treat the column as a category"
    )]
    NotANumber {
        /// Where the row starts.
        line: usize,
        /// The name of the column.
        column: String,
        /// What is there, cut if it is long.
        cell: String,
    },
    /// The floating-point value that stands for no number.
    #[error(
        "line {line}, column \"{column}\": \"{cell}\" stands for a missing number; fill it in, or leave the column out"
    )]
    NaN {
        /// Where the row starts.
        line: usize,
        /// The name of the column.
        column: String,
        /// What is there.
        cell: String,
    },
    /// Infinite, or so large that differences are lost.
    #[error(
        "line {line}, column \"{column}\": \"{cell}\" is infinite or too large to learn from; correct it, or leave the column out"
    )]
    Infinite {
        /// Where the row starts.
        line: usize,
        /// The name of the column.
        column: String,
        /// What is there, cut if it is long.
        cell: String,
    },
    /// The network knows columns that are not there.
    #[error(
        "the network learned from {missing}, which this file does not have; it has {there}. Choose a file with the columns that it was trained on"
    )]
    MissingColumns {
        /// The names of the columns that are missing.
        missing: String,
        /// The names of those that are there.
        there: String,
    },
    /// The page could not show so many.
    #[error(
        "there are {n_columns} columns, but a table here has up to {most}; delete some of them"
    )]
    TooManyColumns {
        /// Fields of the first line.
        n_columns: usize,
        /// How many there may be.
        most: usize,
    },
    /// More than a browser can hold.
    #[error(
        "the table has more than {most} rows of {n_columns} columns, more than fits in memory; open a part of it"
    )]
    TooManyCells {
        /// Fields of the first line.
        n_columns: usize,
        /// How many rows there may be.
        most: usize,
    },
    /// Every column is left out.
    #[error("no column is left to learn from; treat at least one as a number or a category")]
    NoColumns,
    /// A category with nearly as many levels as rows.
    #[error(
        "column \"{column}\" cannot say which rows are normal: it has one value, or more than 256 different ones; choose another column for that"
    )]
    NoAnswer {
        /// The name of the column.
        column: String,
    },
    /// A row is too wide for a network in a browser.
    #[error(
        "the columns become {n_features} values, but a network here takes up to {most}; leave columns out"
    )]
    TooManyValues {
        /// Values of an encoded row.
        n_features: usize,
        /// How many there may be.
        most: usize,
    },
    /// All rows together are too much for a browser's memory.
    #[error(
        "{n_rows} rows of {n_features} values are more than fits in memory; leave columns out, or delete rows until there are {most} or fewer"
    )]
    TooLarge {
        /// Rows of the table.
        n_rows: usize,
        /// Values of an encoded row.
        n_features: usize,
        /// How many rows there may be.
        most: usize,
    },
    /// The choices belong to another table.
    #[error(
        "the number of choices is {n_choices}, but that of columns {n_columns}; open the file again and choose once per column"
    )]
    ChoiceCount {
        /// Choices that were given.
        n_choices: usize,
        /// Columns of the table.
        n_columns: usize,
    },
    /// The encoded rows are no data set.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}
