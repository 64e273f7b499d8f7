//! Items with their values: pictures of one size, the rows of a table, or curves of one length.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::about::About;
use super::copies::Copies;
use super::{DatasetError, Schema, SeriesForm};

/// Items of one form, what each of them shows where that is known, and their values for a network.
///
/// Pictures stay the bytes that they were, so ten thousand of 28 × 28 take 8 MB.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    form: Form,
    values: Values,
    /// One per item, or none at all.
    #[serde(with = "serde_bytes")]
    labels: Vec<u8>,
    /// Nothing where whoever wrote the items down knew nothing of it yet.
    #[serde(default)]
    pub(super) about: Box<About>,
    /// Which items are copies of the same original.
    #[serde(default)]
    pub(super) copies: Copies,
}

/// What the values of an item mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Form {
    /// Grey pictures, row by row.
    Pictures {
        /// Pixels in a row.
        width: usize,
        /// Rows.
        height: usize,
    },
    /// Rows of a table, encoded as the schema says.
    Table(Schema),
    /// Curves, sample by sample.
    Series(SeriesForm),
}

/// The values of all items, `n_items × n_features`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Values {
    /// 0 to `largest`, which stand for 0 to 1.
    Levels {
        largest: u8,
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// As a network takes them.
    Floats(#[serde(with = "crate::encoding::floats")] Vec<f32>),
}

impl Dataset {
    /// Pictures of `n_items × width × height` pixels, 0 (paper) to `largest` (ink), item by item and row by row.
    ///
    /// `labels` has one per picture, or is empty.
    ///
    /// # Errors
    /// When there is no picture, a picture is cut short, a pixel is above `largest`, or the labels are too many or too few.
    pub fn pictures(
        width: usize,
        height: usize,
        largest: u8,
        bytes: Vec<u8>,
        labels: Vec<u8>,
    ) -> Result<Self, DatasetError> {
        let n_features = width.saturating_mul(height);
        let n_items = bytes.len().checked_div(n_features).unwrap_or(0);
        if bytes.is_empty() || n_features == 0 || largest == 0 {
            return Err(DatasetError::Empty {
                n_items,
                width,
                height,
                levels: largest,
            });
        }
        if !bytes.len().is_multiple_of(n_features) {
            return Err(DatasetError::CutPicture {
                n_pixels: bytes.len(),
                width,
                height,
            });
        }
        if !labels.is_empty() && labels.len() != n_items {
            return Err(DatasetError::LabelCount {
                n_labels: labels.len(),
                n_items,
            });
        }
        require_levels(&bytes, n_features, largest)?;
        Ok(Self {
            form: Form::Pictures { width, height },
            values: Values::Levels { largest, bytes },
            labels,
            about: Box::default(),
            copies: Copies::default(),
        })
    }

    /// Rows of a table that are encoded already: `n_items × n_features` values, row by row.
    ///
    /// # Errors
    /// When there is no row or no column, the last row is cut short, or a value is not finite.
    pub fn table(schema: Schema, rows: Vec<f32>) -> Result<Self, DatasetError> {
        let n_features = schema.n_features();
        if rows.is_empty() || n_features == 0 {
            return Err(DatasetError::EmptyTable {
                n_values: rows.len(),
                n_features,
            });
        }
        if !rows.len().is_multiple_of(n_features) {
            return Err(DatasetError::CutRow {
                n_values: rows.len(),
                n_features,
            });
        }
        if let Some(value_idx) = rows.iter().position(|value| !value.is_finite()) {
            return Err(DatasetError::NotFinite {
                item_idx: value_idx / n_features,
                value: rows[value_idx],
            });
        }
        Ok(Self {
            form: Form::Table(schema),
            values: Values::Floats(rows),
            labels: Vec::new(),
            about: Box::default(),
            copies: Copies::default(),
        })
    }

    /// The same items with what each of them shows: a label an item, and the names of the labels by their numbers.
    ///
    /// # Errors
    /// When the labels are too many or too few.
    pub fn with_classes(
        mut self,
        labels: Vec<u8>,
        names: Vec<String>,
    ) -> Result<Self, DatasetError> {
        let n_items = self.n_items();
        if labels.len() != n_items {
            return Err(DatasetError::LabelCount {
                n_labels: labels.len(),
                n_items,
            });
        }
        self.labels = labels;
        self.about.class_names = names;
        Ok(self)
    }

    /// The same items, some of which nothing is learned from or measured with.
    #[must_use]
    pub fn setting_aside(mut self, set_aside: BTreeSet<usize>) -> Self {
        self.about.set_aside = set_aside;
        self
    }

    /// Curves whose samples are as a network takes them: `n_items × n_samples` values, curve by curve.
    ///
    /// `labels` has one per curve, or is empty.
    ///
    /// # Errors
    /// When there is no curve, one is cut short, a sample is not finite, or the labels are too many or too few.
    pub fn series(
        form: SeriesForm,
        curves: Vec<f32>,
        labels: Vec<u8>,
    ) -> Result<Self, DatasetError> {
        let n_samples = form.n_samples;
        if n_samples == 0 || curves.is_empty() || !curves.len().is_multiple_of(n_samples) {
            return Err(DatasetError::CutCurve {
                n_values: curves.len(),
                n_samples,
            });
        }
        let n_items = curves.len() / n_samples;
        if !labels.is_empty() && labels.len() != n_items {
            return Err(DatasetError::LabelCount {
                n_labels: labels.len(),
                n_items,
            });
        }
        if let Some(value_idx) = curves.iter().position(|value| !value.is_finite()) {
            return Err(DatasetError::NotFinite {
                item_idx: value_idx / n_samples,
                value: curves[value_idx],
            });
        }
        Ok(Self {
            form: Form::Series(form),
            values: Values::Floats(curves),
            labels,
            about: Box::default(),
            copies: Copies::default(),
        })
    }

    /// What the values of an item mean.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Number of items.
    pub fn n_items(&self) -> usize {
        let n_values = match &self.values {
            Values::Levels { bytes, .. } => bytes.len(),
            Values::Floats(values) => values.len(),
        };
        n_values.checked_div(self.n_features()).unwrap_or(0)
    }

    /// Number of values of one item: its pixels, its encoded columns, or its samples.
    pub fn n_features(&self) -> usize {
        match &self.form {
            Form::Pictures { width, height } => width.saturating_mul(*height),
            Form::Table(schema) => schema.n_features(),
            Form::Series(form) => form.n_samples,
        }
    }

    /// Width and height of a picture in pixels; `None` for what is none.
    pub fn picture_size(&self) -> Option<(usize, usize)> {
        match self.form {
            Form::Pictures { width, height } => Some((width, height)),
            Form::Table(_) | Form::Series(_) => None,
        }
    }

    /// The columns of a table; `None` for what is none.
    pub fn schema(&self) -> Option<&Schema> {
        match &self.form {
            Form::Pictures { .. } | Form::Series(_) => None,
            Form::Table(schema) => Some(schema),
        }
    }

    /// What the samples of curves mean; `None` for what are none.
    pub fn series_form(&self) -> Option<&SeriesForm> {
        match &self.form {
            Form::Pictures { .. } | Form::Table(_) => None,
            Form::Series(form) => Some(form),
        }
    }

    /// The values of an item: pixels from 0 to 1, encoded columns, or samples. `None` beyond the last one.
    pub fn item(&self, item_idx: usize) -> Option<Vec<f32>> {
        let start = item_idx.checked_mul(self.n_features())?;
        let end = start.checked_add(self.n_features())?;
        match &self.values {
            Values::Levels { largest, bytes } => {
                let largest = f32::from(*largest);
                let levels = bytes.get(start..end)?;
                Some(levels.iter().map(|&it| f32::from(it) / largest).collect())
            }
            Values::Floats(values) => values.get(start..end).map(<[f32]>::to_vec),
        }
    }

    /// The values of an item without a copy; `None` beyond the last one, and of pictures, whose values are levels.
    pub fn floats_of(&self, item_idx: usize) -> Option<&[f32]> {
        let start = item_idx.checked_mul(self.n_features())?;
        let end = start.checked_add(self.n_features())?;
        match &self.values {
            Values::Levels { .. } => None,
            Values::Floats(values) => values.get(start..end),
        }
    }

    /// What an item shows; `None` beyond the last one and where there are no labels.
    pub fn label_of(&self, item_idx: usize) -> Option<u8> {
        self.labels.get(item_idx).copied()
    }

    /// The items that nothing is learned from or measured with.
    pub fn set_aside(&self) -> &BTreeSet<usize> {
        &self.about.set_aside
    }

    /// The labels that occur, each once, the smallest first; empty where there are none.
    pub fn classes(&self) -> Vec<u8> {
        let mut is_there = [false; 256];
        for &label in &self.labels {
            is_there[usize::from(label)] = true;
        }
        let classes = 0..=u8::MAX;
        classes.filter(|&it| is_there[usize::from(it)]).collect()
    }

    /// Whether it is known what each item shows.
    pub fn has_labels(&self) -> bool {
        !self.labels.is_empty()
    }

    /// The level of full ink, such as 16 or 255; `None` for what are no pictures.
    pub fn largest_level(&self) -> Option<u8> {
        match self.values {
            Values::Levels { largest, .. } => Some(largest),
            Values::Floats(_) => None,
        }
    }

    /// The label of each item; empty where there are none.
    pub(super) fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// These items followed by those of `validation`, which are given to validate with.
    ///
    /// # Errors
    /// When both are not pictures of the same size in the same levels, with or without labels.
    pub fn validated_with(self, validation: &Self) -> Result<Self, DatasetError> {
        let n_validation = validation.n_items();
        match (&self.values, &validation.values) {
            (
                Values::Levels { largest, bytes },
                Values::Levels {
                    largest: other_largest,
                    bytes: others,
                },
            ) if largest == other_largest
                && self.form == validation.form
                && self.has_labels() == validation.has_labels() =>
            {
                let values = Values::Levels {
                    largest: *largest,
                    bytes: [&bytes[..], others].concat(),
                };
                let labels = [&self.labels[..], &validation.labels].concat();
                let joined = Self {
                    values,
                    labels,
                    ..self
                };
                Ok(joined.with_validation(n_validation))
            }
            _ => Err(DatasetError::NotAlike {
                training: self.in_words(),
                validation: validation.in_words(),
            }),
        }
    }

    /// Puts the pixels of every picture in another order, to a picture of another size: each comes from the place that
    /// `sources` has for it.
    pub(super) fn rearrange(&mut self, (width, height): (usize, usize), sources: &[usize]) {
        let Values::Levels { bytes, .. } = &mut self.values else {
            return;
        };
        let mut before = vec![0; sources.len()];
        for picture in bytes.chunks_exact_mut(sources.len().max(1)) {
            before.copy_from_slice(picture);
            for (pixel, &source) in picture.iter_mut().zip(sources) {
                *pixel = before[source];
            }
        }
        self.form = Form::Pictures { width, height };
    }

    /// All values and all labels, as they are kept.
    pub(super) fn bytes(&self) -> (&[u8], &[u8]) {
        let values = match &self.values {
            Values::Levels { bytes, .. } => bytes,
            Values::Floats(values) => bytemuck::cast_slice(values),
        };
        (values, &self.labels)
    }

    /// How much of what there is, such as `3,823 pictures of 8 × 8 pixels, with labels` or
    /// `240 rows of 5 columns (9 values)` or `260 curves of 140 samples, with classes`. Left-out columns are not counted.
    pub fn in_words(&self) -> String {
        let counted = |n: usize, one: &str| {
            let plural = if n == 1 { "" } else { "s" };
            format!("{} {one}{plural}", with_commas(n))
        };
        match &self.form {
            Form::Pictures { width, height } => {
                let pictures = counted(self.n_items(), "picture");
                let labels = if self.has_labels() { "with" } else { "without" };
                format!("{pictures} of {width} × {height} pixels, {labels} labels")
            }
            Form::Table(schema) => {
                let rows = counted(self.n_items(), "row");
                let columns = counted(schema.spans().count(), "column");
                let values = counted(self.n_features(), "value");
                format!("{rows} of {columns} ({values})")
            }
            Form::Series(form) => {
                let curves = counted(self.n_items(), "curve");
                let samples = counted(form.n_samples, "sample");
                let classes = if self.has_labels() { "with" } else { "without" };
                format!("{curves} of {samples}, {classes} classes")
            }
        }
    }
}

/// Refuses pixels above the level of full ink.
pub(super) fn require_levels(
    pixels: &[u8],
    n_features: usize,
    levels: u8,
) -> Result<(), DatasetError> {
    match pixels.iter().position(|&value| value > levels) {
        Some(pixel_idx) => Err(DatasetError::PixelTooLarge {
            item_idx: pixel_idx / n_features,
            value: pixels[pixel_idx],
            levels,
        }),
        None => Ok(()),
    }
}

/// A count with a comma between thousands.
pub fn with_commas(n: usize) -> String {
    let digits = n.to_string();
    let mut shown = String::new();
    for (digit_idx, digit) in digits.chars().enumerate() {
        if digit_idx > 0 && (digits.len() - digit_idx).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    use crate::data::{Column, CurveScaling, Encoding};

    fn two_pictures() -> Dataset {
        Dataset::pictures(2, 1, 16, vec![0, 4, 8, 16], vec![3, 7]).expect("two pictures")
    }

    fn ages() -> Schema {
        let encoding = Encoding::Number {
            offset: 0.0,
            scale: 100.0,
            decimals: 0,
        };
        Schema {
            columns: vec![Column::new("age", encoding)],
        }
    }

    fn three_curves(values: &[f32], labels: &[u8]) -> Result<Dataset, DatasetError> {
        let form = SeriesForm {
            n_samples: 2,
            scaling: CurveScaling::AS_THEY_ARE,
            class_names: BTreeMap::from([(1, "late".to_owned())]),
            cut: None,
        };
        Dataset::series(form, values.to_vec(), labels.to_vec())
    }

    #[test]
    fn a_curve_is_its_own_samples_and_class() {
        let values = [0.0, 1.0, -1.0, 2.0, 0.5, 0.5];
        let curves = three_curves(&values, &[0, 1, 0]).expect("three curves");
        assert_eq!((curves.n_items(), curves.n_features()), (3, 2));
        assert_eq!(curves.item(1), Some(vec![-1.0, 2.0]));
        assert_eq!(curves.label_of(1), Some(1));
        assert_eq!(curves.class_name(1), Some("late"));
        assert_eq!(curves.class_name(0), None);
        assert_eq!((curves.picture_size(), curves.schema()), (None, None));
        assert_eq!(curves.in_words(), "3 curves of 2 samples, with classes");
    }

    #[test]
    fn curves_that_do_not_fit_together_are_refused() {
        let of = |values: &[f32], labels: &[u8]| text_of(three_curves(values, labels));
        assert!(of(&[], &[]).contains("0 values"));
        assert!(of(&[0.5; 3], &[]).contains("3 values"));
        assert!(of(&[0.5; 4], &[1]).contains("1 labels"));
        assert!(of(&[0.5, 0.5, f32::NAN, 0.5], &[]).contains("row 2"));
    }

    fn text_of(result: Result<Dataset, DatasetError>) -> String {
        result.expect_err("this is refused").to_string()
    }

    #[test]
    fn an_item_is_its_own_pixels_and_label() {
        let dataset = two_pictures();
        assert_eq!(dataset.n_items(), 2);
        assert_eq!(dataset.n_features(), 2);
        assert_eq!(dataset.picture_size(), Some((2, 1)));
        assert_eq!(dataset.largest_level(), Some(16));
        assert_eq!(dataset.item(1), Some(vec![0.5, 1.0]));
        assert_eq!(dataset.label_of(1), Some(7));
        assert_eq!(dataset.classes(), [3, 7]);
    }

    #[test]
    fn a_row_is_its_own_values() {
        let dataset = Dataset::table(ages(), vec![0.27, 0.19]).expect("two rows");
        assert_eq!(dataset.n_items(), 2);
        assert_eq!(dataset.item(1), Some(vec![0.19]));
        assert_eq!(dataset.schema(), Some(&ages()));
        assert_eq!(dataset.picture_size(), None);
        assert_eq!(dataset.largest_level(), None);
        assert!(!dataset.has_labels());
    }

    #[test]
    fn nothing_lies_beyond_the_last_item() {
        for beyond in [2, usize::MAX] {
            assert_eq!(two_pictures().item(beyond), None);
            assert_eq!(two_pictures().label_of(beyond), None);
        }
    }

    #[test]
    fn every_form_survives_the_journey_to_a_worker() {
        let table = Dataset::table(ages(), vec![0.27, 0.19]).expect("two rows");
        let curves = three_curves(&[0.5; 6], &[1, 0, 1]).expect("three curves");
        for sent in [two_pictures(), table, curves] {
            let text = serde_json::to_string(&sent).expect("writes");
            let received: Dataset = serde_json::from_str(&text).expect("reads");
            assert_eq!(received, sent);
        }
    }

    #[test]
    fn pictures_that_do_not_fit_together_are_refused() {
        let of = |width, largest, n_bytes, n_labels| {
            text_of(Dataset::pictures(
                width,
                2,
                largest,
                vec![9; n_bytes],
                vec![0; n_labels],
            ))
        };
        assert!(of(0, 16, 4, 0).contains("none of these may be 0"));
        assert!(of(2, 0, 4, 0).contains("none of these may be 0"));
        assert!(of(2, 16, 0, 0).contains("none of these may be 0"));
        assert!(of(2, 16, 7, 0).contains("7 pixels"));
        assert!(of(2, 16, 8, 3).contains("3 labels"));
        assert!(of(2, 8, 8, 0).contains("a pixel of 9"));
        assert!(of(usize::MAX, 16, 8, 0).contains("8 pixels"));
    }

    #[test]
    fn rows_that_are_cut_or_not_finite_are_refused() {
        let two_columns = Schema {
            columns: [ages().columns, ages().columns].concat(),
        };
        let of = |rows: &[f32]| text_of(Dataset::table(two_columns.clone(), rows.to_vec()));
        assert!(of(&[]).contains("no rows"));
        assert!(of(&[0.5; 3]).contains("3 values"));
        assert!(of(&[0.5, 0.5, f32::NAN, 0.5]).contains("row 2"));
        let no_columns = Schema {
            columns: Vec::new(),
        };
        assert!(text_of(Dataset::table(no_columns, vec![1.0])).contains("no columns"));
    }

    #[test]
    fn a_data_set_is_described_in_a_line() {
        let words = two_pictures().in_words();
        assert_eq!(words, "2 pictures of 2 × 1 pixels, with labels");
        let many = Dataset::pictures(1, 1, 1, vec![0; 1_234_567], Vec::new()).expect("pictures");
        let words = many.in_words();
        assert_eq!(words, "1,234,567 pictures of 1 × 1 pixels, without labels");
        let table = Dataset::table(ages(), vec![0.5]).expect("a row");
        assert_eq!(table.in_words(), "1 row of 1 column (1 value)");
    }
}
