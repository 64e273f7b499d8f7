//! The UCI digits in their own form: 64 grey values and a label on each line, without a header.

use super::{Dataset, RawTable};

const SIDE: usize = 8;
const N_PIXELS: usize = SIDE * SIDE;
/// Each pixel counts the set bits in a block of 4 × 4.
const LARGEST_LEVEL: u8 = 16;
const LARGEST_DIGIT: u8 = 9;

/// The pictures of a table that has exactly this form; `None` for any other table.
pub(super) fn pictures(table: &RawTable) -> Option<Dataset> {
    if table.has_header() || table.names().len() != N_PIXELS + 1 {
        return None;
    }
    let number = |row_idx, column_idx, largest| {
        let number: u8 = table.cell(row_idx, column_idx)?.parse().ok()?;
        (number <= largest).then_some(number)
    };
    let (mut pixels, mut labels) = (Vec::new(), Vec::new());
    for row_idx in 0..table.n_rows() {
        for column_idx in 0..N_PIXELS {
            pixels.push(number(row_idx, column_idx, LARGEST_LEVEL)?);
        }
        labels.push(number(row_idx, N_PIXELS, LARGEST_DIGIT)?);
    }
    Dataset::pictures(SIDE, SIDE, LARGEST_LEVEL, pixels, labels).ok()
}

/// A file of `n` digits, for tests.
#[cfg(test)]
pub(super) fn optdigits(n: usize) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for row_idx in 0..n {
        for pixel_idx in 0..N_PIXELS {
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

    #[test]
    fn the_file_is_recognised() {
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
    fn anything_else_is_a_table() {
        let digits = optdigits(20);
        assert_eq!(pictures_in(&digits.replacen("16,", "99,", 1)), None);
        assert_eq!(pictures_in(&digits.replacen("16,", "1.5,", 1)), None);
        assert_eq!(pictures_in(&digits.replacen("16,", "-1,", 1)), None);
        assert_eq!(pictures_in(&digits.replacen(",9\n", ",10\n", 1)), None);
        let header: Vec<String> = (0..=N_PIXELS).map(|idx| format!("p{idx}")).collect();
        let named = format!("{}\n{digits}", header.join(","));
        assert_eq!(pictures_in(&named), None);
        assert_eq!(pictures_in("1,2,3\n4,5,6\n"), None);
    }
}
