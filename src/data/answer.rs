//! Columns that seem to hold the answer: which rows are normal, or what class each is of.

/// A name with one of them in it speaks of anomalies.
const SURE: [&str; 4] = ["anomal", "outlier", "attack", "fraud"];
/// A name of nothing but these and fillers, too.
const NAMES: [&str; 8] = [
    "class", "classes", "label", "labels", "target", "normal", "alert", "alarm",
];
const FILLERS: [&str; 5] = ["is", "the", "type", "name", "id"];
/// A category with one of these levels tells normal rows from others.
const LEVELS: [&str; 11] = [
    "normal",
    "benign",
    "anomaly",
    "anomalous",
    "abnormal",
    "outlier",
    "inlier",
    "attack",
    "fraud",
    "fraudulent",
    "malicious",
];
/// With one of these, "normal" is a size.
const SIZES: [&str; 6] = ["low", "medium", "high", "elevated", "mild", "severe"];

/// Whether a column's name says that it holds the answer.
pub(super) fn is_named_in(name: &str) -> bool {
    let name = name.to_lowercase();
    let words = || {
        name.split(|it: char| !it.is_alphanumeric())
            .filter(|it| !it.is_empty())
    };
    SURE.iter().any(|it| name.contains(it))
        || words().any(|word| NAMES.contains(&word))
            && words().all(|word| NAMES.contains(&word) || FILLERS.contains(&word))
}

/// Whether the levels of a category say so.
pub(super) fn is_among<'a>(mut levels: impl Iterator<Item = &'a str> + Clone) -> bool {
    let is_one_of = |level: &str, words: &[&str]| {
        let level = level.trim_end_matches('.');
        words.iter().any(|word| word.eq_ignore_ascii_case(level))
    };
    !levels.clone().any(|level| is_one_of(level, &SIZES))
        && levels.any(|level| is_one_of(level, &LEVELS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_known_by_its_name() {
        for name in [
            "Class",
            "label",
            "target",
            "is_fraud",
            "Attack Type",
            "outlier",
            " Label",
            "isFraud",
        ] {
            assert!(is_named_in(name), "{name}");
        }
        for name in ["passenger class", "normal force", "age", "", "column 1"] {
            assert!(!is_named_in(name), "{name}");
        }
    }

    #[test]
    fn the_answer_is_known_by_its_levels() {
        assert!(is_among(["BENIGN", "Flood"].into_iter()));
        assert!(is_among(["normal.", "smurf."].into_iter()));
        assert!(!is_among(["low", "normal", "high"].into_iter()));
        assert!(!is_among(["red", "blue"].into_iter()));
    }
}
