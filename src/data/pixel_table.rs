//! Pictures as the rows of a table: a column per pixel, and one of labels before or after them.
//!
//! The UCI digits are published so (64 grey values and a label on each line, without a header), and data frames write
//! pictures so, with columns such as `label`, `pixel0`, `pixel1`.

use std::collections::BTreeSet;

use super::{Dataset, RawTable};

/// Sides of a picture that columns without names of pixels may make up.
const KNOWN_SIDES: [usize; 2] = [8, 28];
/// Sides that columns with such names may make up.
const SMALLEST_SIDE: usize = 4;
const LARGEST_SIDE: usize = 64;
/// Levels of pixels that are set or not, of those that count the bits in a block of 4 × 4, and of bytes.
const LEVELS: [u8; 3] = [1, 16, 255];
/// Bytes that stay below this are not told from counts of something else.
const BRIGHT: u8 = 128;

/// The pictures of a table that has this form; `None` for any other table.
pub(super) fn pictures(table: &RawTable) -> Option<Dataset> {
    Form::all_of(table).into_iter().find_map(|form| {
        let (pixels, largest, remark) = form.pixels(table)?;
        let (labels, names) = form.labels(table)?;
        let dataset = Dataset::pictures(form.side, form.side, largest, pixels, labels).ok()?;
        let dataset = dataset.with_class_names(names);
        Some(remark.into_iter().fold(dataset, Dataset::with_remark))
    })
}

/// Which columns are pixels, and which one has the labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Form {
    side: usize,
    first_pixel: usize,
    label: Option<usize>,
    /// Whether the columns are called after pixels.
    is_named: bool,
}

impl Form {
    /// What the columns may be, the likeliest first.
    fn all_of(table: &RawTable) -> Vec<Self> {
        let n_columns = table.names().len();
        if table.n_rows() == 0 {
            return Vec::new();
        }
        let bare = |side| Self {
            side,
            first_pixel: 0,
            label: None,
            is_named: false,
        };
        if let Some(side) = side_of(n_columns) {
            return bare(side).named_or_known(table).into_iter().collect();
        }
        let Some(side) = n_columns.checked_sub(1).and_then(side_of) else {
            return Vec::new();
        };
        let last = Self {
            label: Some(n_columns - 1),
            ..bare(side)
        };
        let first = Self {
            first_pixel: 1,
            label: Some(0),
            ..last
        };
        let ends = if is_label_first(table) {
            [first, last]
        } else {
            [last, first]
        };
        let forms = ends.into_iter().filter_map(|it| it.named_or_known(table));
        let (mut named, others): (Vec<_>, Vec<_>) = forms.partition(|it| it.is_named);
        named.extend(others);
        named
    }

    /// The same, where names say that the columns are pixels, or do not speak against it.
    fn named_or_known(self, table: &RawTable) -> Option<Self> {
        let pixels = self.first_pixel..self.first_pixel + self.side * self.side;
        let names = table.names().get(pixels)?;
        if table.has_header() && names.iter().all(|name| is_pixel(name)) {
            return Some(Self {
                is_named: true,
                ..self
            });
        }
        let is_known = KNOWN_SIDES.contains(&self.side);
        (is_known && (!table.has_header() || are_numbered(names))).then_some(self)
    }

    /// Levels of all pixels, the largest that there may be, and what must be said of them.
    fn pixels(self, table: &RawTable) -> Option<(Vec<u8>, u8, Option<String>)> {
        if let Some(pixels) = self.cells(table, whole) {
            let most = pixels.iter().copied().max()?;
            let largest = LEVELS.into_iter().find(|&level| most <= level)?;
            let is_plain = match largest {
                1 => self.is_named,
                16 => self.is_named || !table.has_header() || most == largest,
                _ => self.is_named || most >= BRIGHT,
            };
            return is_plain.then_some((pixels, largest, None));
        }
        let pixels = self.is_named.then(|| self.cells(table, share)).flatten()?;
        let remark = "The pixels are numbers from 0 to 1, kept as 256 levels of grey.".to_owned();
        Some((pixels, u8::MAX, Some(remark)))
    }

    fn cells(self, table: &RawTable, read: fn(&str) -> Option<u8>) -> Option<Vec<u8>> {
        let columns = self.first_pixel..self.first_pixel + self.side * self.side;
        let rows = 0..table.n_rows();
        let cells = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
        cells
            .map(|(row, column)| read(table.cell(row, column)?))
            .collect()
    }

    /// The labels, and their names where they are words.
    fn labels(self, table: &RawTable) -> Option<(Vec<u8>, Vec<String>)> {
        let Some(column) = self.label else {
            return Some((Vec::new(), Vec::new()));
        };
        let cells = || (0..table.n_rows()).map(|row| table.cell(row, column).unwrap_or(""));
        if let Some(labels) = cells().map(whole).collect() {
            return Some((labels, Vec::new()));
        }
        let words: BTreeSet<&str> = cells().collect();
        let are_words = |word: &&str| !word.is_empty() && word.parse::<f64>().is_err();
        if !self.is_named || words.len() > 256 || !words.iter().all(are_words) {
            return None;
        }
        let words: Vec<&str> = words.into_iter().collect();
        let label = |cell| words.binary_search(&cell).ok().map(|idx| idx as u8);
        let labels: Vec<u8> = cells().map(label).collect::<Option<_>>()?;
        Some((labels, words.into_iter().map(str::to_owned).collect()))
    }
}

/// The side of a picture of so many pixels.
fn side_of(n_pixels: usize) -> Option<usize> {
    let side = n_pixels.isqrt();
    (side * side == n_pixels && (SMALLEST_SIDE..=LARGEST_SIDE).contains(&side)).then_some(side)
}

/// Such as `pixel12`, `pixel_3_4`, `px7` or `28x28`.
fn is_pixel(name: &str) -> bool {
    let name = name.to_lowercase();
    let rest = ["pixel", "pix", "px"]
        .iter()
        .find_map(|start| name.strip_prefix(start));
    match rest {
        Some(rest) => {
            let rest = rest.trim_start_matches(|it: char| !it.is_ascii_digit());
            rest.starts_with(|it: char| it.is_ascii_digit())
        }
        None => name.split_once('x').is_some_and(|(row, column)| {
            row.parse::<u16>().is_ok() && column.parse::<u16>().is_ok()
        }),
    }
}

/// Whether names are one word and a running number.
fn are_numbered(names: &[String]) -> bool {
    let parts = |name: &String| {
        let word = name.trim_end_matches(|it: char| it.is_ascii_digit()).len();
        let (word, number) = name.split_at(word);
        Some((word.to_owned(), number.parse::<usize>().ok()?))
    };
    let Some(parts) = names.iter().map(parts).collect::<Option<Vec<_>>>() else {
        return false;
    };
    parts
        .windows(2)
        .all(|pair| pair[0].0 == pair[1].0 && pair[0].1 + 1 == pair[1].1)
}

/// Of two columns at the ends of a row, of which one has the labels: whether it is the first.
///
/// A corner of a picture rarely changes, and a label does; where both change, labels are the smaller numbers.
fn is_label_first(table: &RawTable) -> bool {
    let last = table.names().len() - 1;
    let seen = |column| -> Option<BTreeSet<u8>> {
        let rows = 0..table.n_rows();
        rows.map(|row| whole(table.cell(row, column)?)).collect()
    };
    let (Some(first), Some(last)) = (seen(0), seen(last)) else {
        return false;
    };
    match (first.len() > 1, last.len() > 1) {
        (true, false) => true,
        (false, _) => false,
        (true, true) => first.last() < last.last(),
    }
}

/// A whole number of a byte, be it written as `5` or `5.0`.
fn whole(cell: &str) -> Option<u8> {
    let cell = cell.strip_suffix(".0").unwrap_or(cell);
    cell.parse().ok()
}

/// The level of a number from 0 to 1.
fn share(cell: &str) -> Option<u8> {
    let share: f64 = cell.parse().ok()?;
    let is_share = (0.0..=1.0).contains(&share);
    is_share.then_some((share * 255.0).round() as u8)
}

/// A file of `n` digits, for tests.
#[cfg(test)]
pub(super) fn optdigits(n: usize) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for row_idx in 0..n {
        for pixel_idx in 0..64 {
            let _ = write!(text, "{},", (row_idx + pixel_idx) % 17);
        }
        let _ = writeln!(text, "{}", row_idx % 10);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pictures_in(text: &str) -> Option<Dataset> {
        pictures(&RawTable::read(text.as_bytes()).expect("a table"))
    }

    fn with_header(name: impl Fn(usize) -> String, text: &str) -> String {
        let names: Vec<String> = (0..64).map(name).collect();
        format!("{},label\n{text}", names.join(","))
    }

    /// The label before the pixels.
    fn label_first(text: &str) -> String {
        let lines = text.lines().map(|line| {
            let (pixels, label) = line.rsplit_once(',').expect("a label");
            format!("{label},{pixels}\n")
        });
        lines.collect()
    }

    #[test]
    fn the_file_of_the_uci_is_recognised() {
        let dataset = pictures_in(&optdigits(20)).expect("digits");
        assert_eq!(
            dataset.in_words(),
            "20 pictures of 8 × 8 pixels, with labels"
        );
        assert_eq!(dataset.largest_level(), Some(16));
        assert_eq!(dataset.label_of(13), Some(3));
        let pixels = dataset.item(0).expect("a picture");
        assert_eq!(pixels[..3], [0.0, 0.0625, 0.125]);
        assert!(pictures_in(&optdigits(1)).is_some());
    }

    #[test]
    fn names_of_pixels_and_running_numbers_change_nothing() {
        let digits = optdigits(20);
        let expected = pictures_in(&digits);
        let names: [fn(usize) -> String; 4] = [
            |idx| format!("pixel{idx}"),
            |idx| format!("pixel_{}_{}", idx / 8, idx % 8),
            |idx| format!("{}x{}", idx / 8 + 1, idx % 8 + 1),
            |idx| format!("V{}", idx + 1),
        ];
        for name in names {
            assert_eq!(pictures_in(&with_header(name, &digits)), expected);
        }
        let floats = digits.replace(',', ".0,");
        let headed = with_header(|idx| format!("pixel{idx}"), &floats);
        assert_eq!(pictures_in(&headed), expected);
    }

    #[test]
    fn labels_stand_before_or_after_the_pixels_or_are_not_there() {
        // A corner that never changes, as in pictures with a margin.
        let margin = |line: &str| format!("0,{}\n", line.split_once(',').expect("pixels").1);
        let digits: String = optdigits(20).lines().map(margin).collect();
        let expected = pictures_in(&digits).expect("digits");
        assert_eq!(
            pictures_in(&label_first(&digits)).map(|it| it.label_of(7)),
            Some(Some(7))
        );
        let bare = digits
            .lines()
            .map(|line| line.rsplit_once(',').expect("a label").0);
        let bare = bare.collect::<Vec<_>>().join("\n");
        let bare = pictures_in(&bare).expect("digits");
        assert!(!bare.has_labels());
        assert_eq!(bare.item(3), expected.item(3));
    }

    #[test]
    fn labels_that_are_words_become_named_classes() {
        let line = |idx: usize| {
            let pixels = vec!["255"; 64].join(",");
            format!("{pixels},{}\n", ["cat", "ant", "bee"][idx % 3])
        };
        let text: String = (0..6).map(line).collect();
        let text = with_header(|idx| format!("pixel{idx}"), &text);
        let dataset = pictures_in(&text).expect("pictures");
        assert_eq!(
            dataset.label_of(0).map(|it| dataset.class_in_words(it)),
            Some("cat".into())
        );
        assert_eq!(dataset.classes(), [0, 1, 2]);
        assert_eq!(dataset.class_name(0), Some("ant"));
    }

    #[test]
    fn shares_of_ink_are_kept_in_256_levels() {
        let line = ["0.5"; 64].join(",");
        let text = with_header(
            |idx| format!("pixel{idx}"),
            &format!("{line},1\n{line},2\n"),
        );
        let dataset = pictures_in(&text).expect("pictures");
        assert_eq!(dataset.largest_level(), Some(255));
        assert_eq!(dataset.remarks().len(), 1);
    }

    #[test]
    fn any_label_of_a_byte_is_taken() {
        let letters = optdigits(20).replacen(",9\n", ",26\n", 1);
        let dataset = pictures_in(&letters).expect("pictures");
        assert_eq!(dataset.label_of(9), Some(26));
    }

    #[test]
    fn anything_else_is_a_table() {
        let digits = optdigits(20);
        assert_eq!(pictures_in(&digits.replacen("16,", "99,", 1)), None);
        assert_eq!(pictures_in(&digits.replacen("16,", "1.5,", 1)), None);
        assert_eq!(pictures_in(&digits.replacen("16,", "-1,", 1)), None);
        assert_eq!(pictures_in(&digits.replacen(",9\n", ",-9\n", 1)), None);
        assert_eq!(pictures_in("1,2,3\n4,5,6\n"), None);
        let questions = with_header(|idx| format!("{idx} times?"), &digits);
        assert_eq!(pictures_in(&questions), None);
        let answers = digits.replace("16,", "5,");
        let numbered = with_header(|idx| format!("q{idx}"), &answers);
        assert_eq!(pictures_in(&numbered), None, "no pixel is dark");
    }
}
