//! What the cells of a column look like: numbers, categories, or neither.

use std::collections::{BTreeMap, BTreeSet};

use super::ColumnChoice;
use super::cells::Cells;
use super::missing::is_missing;
use super::number_format::{DecimalMark, is_like_a_code, is_usable, number};

/// A column of text with more different values is left out.
const MOST_LEVELS: usize = 32;

/// More different words than these are counted no further.
const MOST_COUNTED: usize = 10_000;
/// How often each level of a category with numbers in it occurs on average.
const FEWEST_REPEATS: usize = 5;

/// As many names as show that they are running numbers.
const FEWEST_COUNTED: usize = 3;
/// As many as are never values.
const SURELY_COUNTED: usize = 8;

/// What repeats at all does so within as many rows.
const MOST_COMPARED: usize = 10_000;

/// Numbers where more than half of the cells with a value are; else categories where there are few different
/// cells; else left out.
///
/// Few cells that repeat, with words among the numbers in a tenth of them, are a category too: hexadecimal digits are.
/// And so are codes, of which some look like numbers with an exponent (4E19).
pub(super) fn choice<'a>(
    column: impl Iterator<Item = &'a str> + Clone,
    mark: DecimalMark,
) -> ColumnChoice {
    let filled = column.filter(|cell| !is_missing(cell));
    let (mut n_filled, mut n_numbers, mut n_codes, mut n_words) = (0, 0, 0, 0);
    for cell in filled.clone() {
        n_filled += 1;
        n_codes += usize::from(is_like_a_code(cell));
        match number(cell, mark) {
            Some(number) => n_numbers += usize::from(is_usable(number)),
            None => n_words += 1,
        }
    }
    let are_codes = n_codes * 2 > n_numbers;
    let are_numbers = n_numbers * 2 > n_filled && !are_codes;
    let most_levels = n_filled / FEWEST_REPEATS;
    if n_filled == 0 {
        ColumnChoice::LeaveOut
    } else if are_numbers
        && !(n_words * 10 >= n_filled
            && has_few_levels(filled.clone(), most_levels.min(MOST_LEVELS)))
    {
        ColumnChoice::Number
    } else if has_few_levels(filled.clone(), MOST_LEVELS) || are_mostly_frequent(filled) {
        ColumnChoice::Category
    } else {
        ColumnChoice::LeaveOut
    }
}

fn has_few_levels<'a>(column: impl Iterator<Item = &'a str>, most: usize) -> bool {
    let mut levels = BTreeSet::new();
    for cell in column {
        levels.insert(cell);
        if levels.len() > most {
            return false;
        }
    }
    true
}

/// Whether at least a quarter of the cells hold one of the most frequent words, as many as a category keeps.
fn are_mostly_frequent<'a>(column: impl Iterator<Item = &'a str>) -> bool {
    let mut counts = BTreeMap::new();
    for cell in column {
        *counts.entry(cell).or_insert(0_usize) += 1;
        if counts.len() > MOST_COUNTED {
            return false;
        }
    }
    let n_cells: usize = counts.values().sum();
    let mut counts: Vec<usize> = counts.into_values().filter(|&count| count > 1).collect();
    counts.sort_unstable_by(|left, right| right.cmp(left));
    counts.iter().take(MOST_LEVELS - 1).sum::<usize>() * 4 >= n_cells
}

/// Whether the first row holds names.
///
/// It does where it has text above columns of numbers, in at least as many of them as it has numbers. A single
/// bad cell in a first row of values is therefore no name. Where no column has numbers, all cells of the first row
/// must differ from each other and from what is below them, and something below must repeat. Names may also be
/// running numbers.
pub(super) fn has_header(rows: &Cells, mark: DecimalMark) -> bool {
    if rows.n_rows() < 2 {
        return false;
    }
    if is_header_of_running_numbers(rows) {
        return true;
    }
    let (mut n_names, mut n_numbers, mut any_number_column) = (0, 0, false);
    for column_idx in 0..rows.n_columns() {
        let below = rows.column(column_idx).skip(1);
        if choice(below, mark) != ColumnChoice::Number {
            continue;
        }
        any_number_column = true;
        let first = rows.get(0, column_idx);
        if number(first, mark).is_some() {
            n_numbers += 1;
        } else if !first.is_empty() {
            n_names += 1;
        }
    }
    if any_number_column {
        n_names > 0 && n_names >= n_numbers
    } else {
        is_header_of_words(rows)
    }
}

/// Whether the first row counts from 0 or 1, as a data frame without names writes its columns, perhaps with nothing
/// above the numbers of its rows.
///
/// No other row may, and among few columns something below must have decimals: 1, 2, 3 could be values too.
fn is_header_of_running_numbers(rows: &Cells) -> bool {
    let counts = |row_idx: usize| {
        let cells = (0..rows.n_columns()).map(|column_idx| rows.get(row_idx, column_idx));
        let is_first_empty = rows.get(row_idx, 0).is_empty();
        let numbers = cells
            .skip(usize::from(is_first_empty))
            .map(str::parse::<usize>);
        let from = |start: usize| {
            let mut expected = numbers.clone().zip(start..);
            expected.all(|(number, expected)| number == Ok(expected))
        };
        from(0) || from(1)
    };
    let has_decimals = || {
        let cells = (0..rows.n_columns()).map(|column_idx| rows.get(1, column_idx));
        cells
            .into_iter()
            .any(|cell| cell.contains(['.', ',']) && number(cell, DecimalMark::Comma).is_some())
    };
    rows.n_columns() >= FEWEST_COUNTED
        && counts(0)
        && !counts(1)
        && (rows.n_columns() >= SURELY_COUNTED || has_decimals())
}

fn is_header_of_words(rows: &Cells) -> bool {
    let mut names = BTreeSet::new();
    let mut any_repeats = false;
    for column_idx in 0..rows.n_columns() {
        let name = rows.get(0, column_idx);
        let below = || rows.column(column_idx).skip(1);
        if name.is_empty() || !names.insert(name) || below().any(|cell| cell == name) {
            return false;
        }
        any_repeats |= repeats(below().take(MOST_COMPARED));
    }
    any_repeats
}

fn repeats<'a>(mut cells: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = BTreeSet::new();
    !cells.all(|cell| seen.insert(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Cells {
        let mut cells = Cells::new(
            text.lines()
                .next()
                .map_or(1, |line| line.split(',').count()),
        );
        for (line_idx, line) in text.lines().enumerate() {
            cells.push(line_idx + 1, line.split(','));
        }
        cells
    }

    fn choice_of(cells: &[&str]) -> ColumnChoice {
        choice(cells.iter().copied(), DecimalMark::Point)
    }

    #[test]
    fn more_than_half_must_be_numbers() {
        assert_eq!(choice_of(&["1", "2.5", "x"]), ColumnChoice::Number);
        assert_eq!(choice_of(&["1", "-3e2", "", "", "x"]), ColumnChoice::Number);
        assert_eq!(choice_of(&["1", "x"]), ColumnChoice::Category);
        assert_eq!(choice_of(&["NaN", "inf", "1"]), ColumnChoice::Category);
        assert_eq!(choice_of(&["NaN", "?", "1"]), ColumnChoice::Number);
        assert_eq!(choice_of(&["", ""]), ColumnChoice::LeaveOut);
    }

    #[test]
    fn up_to_32_different_words_are_a_category() {
        let words: Vec<String> = (0..33).map(|idx| format!("w{idx}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(choice_of(&words[..32]), ColumnChoice::Category);
        assert_eq!(choice_of(&words), ColumnChoice::LeaveOut);
    }

    #[test]
    fn codes_and_hexadecimal_digits_are_a_category() {
        assert_eq!(choice_of(&["4E19", "9E17", "4E19"]), ColumnChoice::Category);
        assert_eq!(choice_of(&["1.5", "2", "1E5"]), ColumnChoice::Number);
        assert_eq!(choice_of(&["0x1F", "0x2A", "0x1F"]), ColumnChoice::Category);
        let digits = ["0", "1", "A"].repeat(5);
        assert_eq!(choice_of(&digits), ColumnChoice::Category);
    }

    #[test]
    fn names_are_told_from_values() {
        let with = |text| has_header(&rows(text), DecimalMark::Point);
        assert!(with("age,city\n27,boulder\n19,concord"));
        assert!(with("150,4,setosa,versicolor\n5.1,3.5,1.4,0.2"));
        assert!(with(",a,b\n0,1,2"));
        assert!(with("kind,colour\na,red\nb,red\na,blue"));
        assert!(with("0,1,2\n0.5,7,8\n1.5,2,3"));
        assert!(with(",0,1\n0,2.5,8\n1,7,0.5"));
        assert!(with("1,2,3,4,5,6,7,8\n8,7,6,5,4,3,2,1"));
        assert!(!with("0,1,2\n5,7,8\n1,2,3"));
        assert!(!with("0,1\n0.5,1.5\n1.5,1.5"));
        assert!(!with("27,boulder\n19,concord"));
        assert!(!with("12a,3,4\n1,2,3\n4,5,6"));
        assert!(!with("a,red\nb,red\na,blue"));
        assert!(!with("a,a\nb,c\nb,c"));
        assert!(!with("one,two"));
    }
}
