//! What somebody may have meant who mistyped a name.

/// A name is taken for a mistyped one if at most one letter in so many differs.
const MOST_DIFFERENT: usize = 3;

/// "; did you mean …?" with the nearest of some names, or where they are listed if none is near.
pub(super) fn suggestion<'a>(
    typed: &str,
    names: impl Iterator<Item = &'a str>,
    mark: fn(&str) -> String,
) -> String {
    let typed: Vec<char> = typed.chars().take(MOST_LETTERS).collect();
    let distances = names.map(|name| (distance(&typed, name), name));
    match distances.min_by_key(|&(distance, _)| distance) {
        Some((distance, name)) if distance * MOST_DIFFERENT <= name.chars().count() => {
            format!("; did you mean {}?", mark(name))
        }
        _ => "; www/lessons/README.md lists them all.".to_owned(),
    }
}

/// No name is longer.
const MOST_LETTERS: usize = 60;

/// How many letters must be put in, left out or changed to make one of the other.
fn distance(typed: &[char], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=typed.len()).collect();
    for (row_idx, letter) in name.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = row_idx + 1;
        for (idx, other) in typed.iter().enumerate() {
            let changed = diagonal + usize::from(*other != letter);
            diagonal = row[idx + 1];
            row[idx + 1] = changed.min(row[idx] + 1).min(diagonal + 1);
        }
    }
    row[typed.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(typed: &str) -> String {
        let names = ["error", "threshold", "flagged percent"];
        suggestion(typed, names.into_iter(), |name| format!("{{{name}}}"))
    }

    #[test]
    fn a_mistyped_name_is_told_the_right_one() {
        assert_eq!(suggested("eror"), "; did you mean {error}?");
        assert_eq!(suggested("treshhold"), "; did you mean {threshold}?");
        assert_eq!(
            suggested("weather"),
            "; www/lessons/README.md lists them all."
        );
    }
}
