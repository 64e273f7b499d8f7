//! What stands in a cell where a value is missing.

/// Beside nothing at all, in any case.
const MARKERS: [&str; 9] = ["?", "na", "n/a", "#n/a", "<na>", "nan", "null", "none", "-"];
const LONGEST_MARKER: usize = 4;
/// Those that are also words for "nothing of the kind".
const NOTHING: [&str; 2] = ["-", "none"];
/// One cell of so many makes such a word a value.
const FEW: usize = 10;

/// Whether a cell says that its value is missing.
pub(super) fn is_missing(cell: &str) -> bool {
    cell.is_empty() || cell.len() <= LONGEST_MARKER && is_among(cell, &MARKERS)
}

/// Whether the words for nothing are values of a category rather than gaps.
///
/// They are where no cell of the column is a number, something else is there, and at least one cell in ten holds such a
/// word: an alert that is "-" on nine days of ten is no gap in what is known.
pub(super) fn is_nothing_a_value<'a>(
    cells: impl Iterator<Item = &'a str>,
    has_numbers: bool,
) -> bool {
    if has_numbers {
        return false;
    }
    let (mut n_cells, mut n_nothing, mut n_others) = (0, 0, 0);
    for cell in cells {
        n_cells += 1;
        n_nothing += usize::from(is_nothing(cell));
        n_others += usize::from(!is_missing(cell));
    }
    n_others > 0 && n_nothing * FEW >= n_cells
}

/// Whether a category has no level for a cell.
pub(super) fn is_level_missing(cell: &str, is_nothing_a_value: bool) -> bool {
    is_missing(cell) && !(is_nothing_a_value && is_nothing(cell))
}

/// Whether a cell is a word for "nothing of the kind".
fn is_nothing(cell: &str) -> bool {
    is_among(cell, &NOTHING)
}

fn is_among(cell: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_for_a_missing_value_are_known_in_any_case() {
        for cell in ["", "?", "NA", "n/a", "NaN", "NULL", "None", "-"] {
            assert!(is_missing(cell), "{cell}");
        }
        for cell in ["0", "--", "nothing", "x", "-1"] {
            assert!(!is_missing(cell), "{cell}");
        }
    }

    #[test]
    fn a_frequent_dash_among_words_is_a_value() {
        let is_value = |cells: &[&str]| {
            let has_numbers = cells.iter().any(|cell| cell.parse::<f64>().is_ok());
            is_nothing_a_value(cells.iter().copied(), has_numbers)
        };
        assert!(is_value(&["-", "-", "-", "alert"]));
        assert!(!is_value(&["-", "-", "-", "5"]));
        assert!(!is_value(&["-", "-"]));
        assert!(!is_value(&[&["-"][..], &["word"; 20]].concat()));
    }
}
