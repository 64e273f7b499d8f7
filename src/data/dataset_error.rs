//! What can be wrong with a data set.

use thiserror::Error;

/// Why bytes or values are not a data set.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DatasetError {
    /// The file starts differently.
    #[error(
        "this is not a packed data set: it does not start with BNDG; choose a file made by the packing tool"
    )]
    NotOurs,
    /// The file was packed for a later version of this program.
    #[error(
        "this data set has format version {version}, but only versions up to {supported} are understood; reload the page to get its newest version"
    )]
    NewerVersion {
        /// What the file says.
        version: u8,
        /// The newest one that can be read.
        supported: u8,
    },
    /// The size of the file does not fit what its first bytes announce.
    #[error(
        "this data set should have {expected} bytes but has {actual}; it was cut off or damaged on the way, so load it again"
    )]
    WrongSize {
        /// The size that the header announces.
        expected: u64,
        /// The size found.
        actual: u64,
    },
    /// A part of it does not say what it should.
    #[error("this data set is damaged; load it again")]
    Damaged,
    /// There is nothing in it to learn from.
    #[error(
        "this data set has {n_items} items of {width} × {height} pixels in {levels} levels; none of these may be 0"
    )]
    Empty {
        /// Number of items.
        n_items: usize,
        /// Pixels in a row.
        width: usize,
        /// Rows.
        height: usize,
        /// The largest value that a pixel can have.
        levels: u8,
    },
    /// A pixel is darker than the darkest level.
    #[error(
        "item {item_idx} has a pixel of {value}, but the largest is {levels}; the data set is damaged, so load or pack it again"
    )]
    PixelTooLarge {
        /// The item, counted from 0.
        item_idx: usize,
        /// What the pixel says.
        value: u8,
        /// The largest allowed value.
        levels: u8,
    },
    /// There is no curve, or the last one is cut short.
    #[error(
        "{n_values} values make no whole number of curves of {n_samples} samples; give every curve the same number"
    )]
    CutCurve {
        /// All values together.
        n_values: usize,
        /// Samples of each curve.
        n_samples: usize,
    },
    /// To be packed, every item needs all its pixels and one label.
    #[error(
        "{n_labels} items need {expected} pixels, but {n_pixels} were given; pass one label per item and all pixels of each"
    )]
    Ragged {
        /// Number of labels, which is the number of items.
        n_labels: usize,
        /// Pixels that so many items have.
        expected: u64,
        /// Pixels that were given.
        n_pixels: usize,
    },
    /// The pixels do not make whole pictures.
    #[error(
        "{n_pixels} pixels do not make whole pictures of {width} × {height} pixels; give every picture all its pixels"
    )]
    CutPicture {
        /// Pixels that were given.
        n_pixels: usize,
        /// Pixels in a row.
        width: usize,
        /// Rows.
        height: usize,
    },
    /// Labels are missing or left over.
    #[error(
        "there are {n_labels} labels for {n_items} pictures; give one label for each picture, or none at all"
    )]
    LabelCount {
        /// Labels that were given.
        n_labels: usize,
        /// Pictures that were given.
        n_items: usize,
    },
    /// Items to validate with are of another kind than those to learn from.
    #[error(
        "{training}, cannot be validated with {validation}: choose pictures of one size and kind"
    )]
    NotAlike {
        /// What there is to learn from.
        training: String,
        /// What there is to validate with.
        validation: String,
    },
    /// A table without anything to learn from.
    #[error("this table has {} to learn from; choose one that has both rows and columns", if *.n_features == 0 { "no columns" } else { "no rows" })]
    EmptyTable {
        /// Values that were given.
        n_values: usize,
        /// Values that a row should have.
        n_features: usize,
    },
    /// The values do not make whole rows.
    #[error(
        "{n_values} values do not make whole rows of {n_features}; give every row all its values"
    )]
    CutRow {
        /// Values that were given.
        n_values: usize,
        /// Values that a row should have.
        n_features: usize,
    },
    /// A network cannot learn from it.
    #[error("row {} has a value of {value}; every value must be a finite number", item_idx + 1)]
    NotFinite {
        /// The row, counted from 0.
        item_idx: usize,
        /// What it has.
        value: f32,
    },
}
