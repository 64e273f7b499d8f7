//! How a file writes its numbers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::missing::is_missing;
use super::separator::Separator;

/// Up to here single precision holds every offset and scale.
const LARGEST_NUMBER: f64 = 1e30;
/// What may stand before or behind a number without being a part of it.
const SIGNS: [char; 7] = ['$', '€', '£', '¥', '₹', '₩', '%'];
/// What may stand between thousands, beside point or comma.
const THIN_MARKS: [char; 5] = ['\'', '’', ' ', '\u{a0}', '\u{202f}'];

/// What stands before the decimals of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum DecimalMark {
    Point,
    Comma,
}

impl DecimalMark {
    /// The mark that most cells show which leave no doubt.
    ///
    /// `1.5` and `1.234,5` do, `1.234` does not. Where all are in doubt, a comma is taken for the mark only between
    /// semicolons, which are written where commas are in numbers.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>, separator: Separator) -> Self {
        Self::counted_in(cells, separator).0
    }

    /// The mark that most cells show which leave no doubt; `None` where none does, or as many show either.
    pub(super) fn shown_in<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        // What is in doubt is not asked for, so that it makes no difference what stands between cells.
        let (mark, is_in_doubt) = Self::counted_in(cells, Separator::Comma);
        (!is_in_doubt).then_some(mark)
    }

    /// The mark, and whether cells leave it in doubt.
    fn counted_in<'a>(cells: impl Iterator<Item = &'a str>, separator: Separator) -> (Self, bool) {
        let (mut n_points, mut n_commas, mut any_comma) = (0_usize, 0_usize, false);
        for cell in cells.filter(|cell| cell.contains(['.', ','])) {
            match shown_by(bare(cell).1) {
                Some(Self::Point) => n_points += 1,
                Some(Self::Comma) => n_commas += 1,
                None => any_comma |= grouped(bare(cell).1, |it| it == ',').is_some(),
            }
        }
        let in_doubt = n_points == n_commas;
        let is_likely = separator == Separator::Semicolon && (any_comma || n_commas > 0);
        let is_comma = n_commas > n_points || in_doubt && is_likely;
        let mark = if is_comma { Self::Comma } else { Self::Point };
        (mark, in_doubt)
    }

    fn character(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// The decimal mark of digits that leave no doubt about it.
fn shown_by(digits: &str) -> Option<DecimalMark> {
    let last = digits.rfind(['.', ','])?;
    let mark = if digits[last..].starts_with(',') {
        DecimalMark::Comma
    } else {
        DecimalMark::Point
    };
    let (before, after) = (&digits[..last], &digits[last + 1..]);
    if !after.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if before.contains(mark.character()) {
        let is_grouped = grouped(digits, |it| it == mark.character()).is_some();
        return is_grouped.then_some(mark.other());
    }
    let is_whole = before.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole {
        let in_doubt = grouped(digits, |it| it == mark.character()).is_some();
        return (!in_doubt && digits.len() > 1).then_some(mark);
    }
    grouped(before, |it| it == mark.other().character()).map(|_| mark)
}

/// Digits without the marks between thousands; `None` where there are none, or in other places.
fn grouped(digits: &str, is_mark: impl Fn(char) -> bool) -> Option<String> {
    let mark = digits.chars().find(|&it| is_mark(it))?;
    let mut groups = digits.split(mark);
    let are_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next()?;
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0') && are_digits(first);
    let is_grouped = is_first && groups.all(|group| group.len() == 3 && are_digits(group));
    is_grouped.then(|| digits.replace(mark, ""))
}

/// Whether the number is negative, and its digits without signs of currency and percent.
fn bare(cell: &str) -> (bool, &str) {
    let around = |it: char| it.is_whitespace() || SIGNS.contains(&it);
    let minus = ['-', '−'];
    let trimmed = cell.trim_matches(around);
    match trimmed.strip_prefix(minus) {
        Some(rest) => (true, rest.trim_matches(around)),
        None => (false, trimmed),
    }
}

/// A cell as programs write numbers, if it is one; `None` where it surely is none.
pub(super) fn plain(cell: &str, mark: DecimalMark) -> Option<Cow<'_, str>> {
    let is_plain = mark == DecimalMark::Point || !cell.contains(['.', ',']);
    if is_plain && cell.parse::<f64>().is_ok() {
        return Some(Cow::Borrowed(cell));
    }
    let (is_negative, digits) = bare(cell);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == mark.character()) {
        return None;
    }
    let (whole, decimals) = match digits.split_once(mark.character()) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (digits, None),
    };
    let is_mark = |it: char| it == mark.other().character() || THIN_MARKS.contains(&it);
    let whole = match grouped(whole, is_mark) {
        Some(whole) => Cow::Owned(whole),
        None => Cow::Borrowed(whole),
    };
    let sign = if is_negative { "-" } else { "" };
    Some(Cow::Owned(match decimals {
        Some(decimals) => format!("{sign}{whole}.{decimals}"),
        None => format!("{sign}{whole}"),
    }))
}

/// A cell as a number; not finite where the cell says so.
pub(super) fn number(cell: &str, mark: DecimalMark) -> Option<f64> {
    plain(cell, mark)?.parse().ok()
}

/// A cell as a number that can be learned from.
pub(super) fn usable(cell: &str, mark: DecimalMark) -> Option<f64> {
    if is_missing(cell) {
        return None;
    }
    number(cell, mark).filter(|number| is_usable(*number))
}

/// Whether a number is finite, and small enough for single precision.
pub(super) fn is_usable(number: f64) -> bool {
    number.abs() <= LARGEST_NUMBER
}

/// Whether a cell is a number that cannot be learned from: infinite, too large, or hexadecimal.
pub(super) fn is_unusable(cell: &str, mark: DecimalMark) -> bool {
    let hexadecimal = cell.strip_prefix("0x").or_else(|| cell.strip_prefix("0X"));
    match hexadecimal {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => number(cell, mark).is_some_and(|number| !is_usable(number)),
    }
}

/// Digits, E, digits: a number with an exponent, but also what a code looks like.
pub(super) fn is_like_a_code(cell: &str) -> bool {
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let halves = cell.split_once('E');
    halves.is_some_and(|(before, after)| are_digits(before) && are_digits(after))
}

/// Whether something stands between the thousands of a number.
pub(super) fn has_thousands(cell: &str, mark: DecimalMark) -> bool {
    let is_mark = |it: char| it == mark.other().character() || THIN_MARKS.contains(&it);
    let digits = bare(cell).1;
    let whole = digits.split(mark.character()).next().unwrap_or(digits);
    whole.contains(is_mark) && number(cell, mark).is_some()
}

/// Whether a sign of currency or percent stands beside a number.
pub(super) fn has_sign(cell: &str) -> bool {
    cell.contains(SIGNS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read =
            |cell, mark, expected: f64| assert_eq!(number(cell, mark), Some(expected), "{cell}");
        read("1,5", Comma, 1.5);
        read("1.5", Comma, 1.5);
        read("1.247", Comma, 1247.0);
        read("0.247", Comma, 0.247);
        read("-1.774,31", Comma, -1774.31);
        read("1.247", Point, 1.247);
        read("$1,200.94", Point, 1200.94);
        read("-$5", Point, -5.0);
        read("$-5", Point, -5.0);
        read("−5 €", Point, -5.0);
        read("15.9%", Point, 15.9);
        read("15,9 %", Comma, 15.9);
        read("1'234'567.5", Point, 1_234_567.5);
        read("1 234", Point, 1234.0);
        read(",5", Comma, 0.5);
        read("1,5e-1", Comma, 0.15);
        for no in [
            "1,5",
            "1,2,3",
            "12,34.5",
            "01.03.2031",
            "12:00",
            "$",
            "",
            "5 kg",
            "-",
            "2031-01-02",
        ] {
            assert_eq!(number(no, Point), None, "{no}");
        }
        for no in ["1,234.5", "1,2,3", "01.03.2031", "00.00.00"] {
            assert_eq!(number(no, Comma), None, "{no}");
        }
    }

    #[test]
    fn the_decimal_mark_is_what_most_cells_show() {
        let of = |cells: &[&str], separator| DecimalMark::of(cells.iter().copied(), separator);
        assert_eq!(of(&["1.247", "40,33"], Separator::Semicolon), Comma);
        assert_eq!(of(&["1.774,31"], Separator::Tab), Comma);
        assert_eq!(of(&["1.234.567"], Separator::Tab), Comma);
        assert_eq!(of(&["1,234", "2.5"], Separator::Comma), Point);
        assert_eq!(of(&["1,234"], Separator::Comma), Point);
        assert_eq!(of(&["1,234"], Separator::Semicolon), Comma);
        assert_eq!(of(&["0,234"], Separator::Tab), Comma);
        assert_eq!(of(&["1.234"], Separator::Semicolon), Point);
        assert_eq!(
            of(&["01.03.2031", "00.00.00", "a,b"], Separator::Comma),
            Point
        );
    }

    #[test]
    fn what_cannot_be_learned_from_is_told_from_what_is_no_number() {
        for cell in ["inf", "-Infinity", "1e999", "1e31", "0x1F"] {
            assert!(is_unusable(cell, Point), "{cell}");
        }
        for cell in ["1e30", "fifty", "12a", ""] {
            assert!(!is_unusable(cell, Point), "{cell}");
        }
        assert!(is_like_a_code("4E19") && !is_like_a_code("1.5E3") && !is_like_a_code("1E-3"));
        assert!(has_thousands("1.247", Comma) && !has_thousands("1.247", Point));
    }
}
