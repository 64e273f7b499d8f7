//! Columns that seem to hold the answer: which rows are normal, or what class each is of.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::columns::level_of;

/// The most classes of a data set.
const MOST_CLASSES: usize = 256;

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

/// Levels that say that a row is normal.
const NORMAL_LEVELS: [&str; 11] = [
    "normal",
    "benign",
    "inlier",
    "healthy",
    "legit",
    "legitimate",
    "ok",
    "good",
    "no",
    "n",
    "false",
];
/// Levels that say that it is not.
const ANOMALOUS_LEVELS: [&str; 13] = [
    "anomaly",
    "anomalous",
    "abnormal",
    "outlier",
    "attack",
    "fraud",
    "fraudulent",
    "malicious",
    "faulty",
    "bad",
    "yes",
    "y",
    "true",
];

/// What a column that holds the answer says of the rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Answer {
    /// What its cells say, numbers in their order and words in that of the alphabet.
    pub levels: Vec<String>,
    /// The places of those levels that are anomalies.
    pub anomalous: BTreeSet<u8>,
    /// Whether the levels themselves say so; else the most frequent one is taken for normal.
    pub is_sure: bool,
}

impl Answer {
    /// Reads the cells of a column called `name`; `None` with more than 256 levels, or fewer than two.
    pub fn of<'a>(name: &str, cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut counts = BTreeMap::new();
        for cell in cells {
            *counts.entry(level_of(cell)).or_insert(0_usize) += 1;
            if counts.len() > MOST_CLASSES {
                return None;
            }
        }
        let mut levels: Vec<(&str, usize)> = counts.into_iter().collect();
        let numbers: Option<Vec<f64>> =
            levels.iter().map(|(level, _)| level.parse().ok()).collect();
        if let Some(numbers) = numbers {
            let order = crate::order::descending(numbers.iter().map(|&it| -it as f32));
            levels = order.into_iter().map(|place| levels[place]).collect();
        }
        (levels.len() > 1).then(|| Self::of_levels(name, &levels))
    }

    fn of_levels(name: &str, levels: &[(&str, usize)]) -> Self {
        let places_of = |is_one: &dyn Fn(&str) -> bool| -> BTreeSet<u8> {
            let places = (0..=u8::MAX).zip(levels);
            let found = places.filter(|(_, (level, _))| is_one(level));
            found.map(|(place, _)| place).collect()
        };
        let is_word = |level: &str, words: &[&str]| {
            let level = level.trim_end_matches('.');
            words.iter().any(|word| word.eq_ignore_ascii_case(level))
        };
        let normal = places_of(&|level| is_word(level, &NORMAL_LEVELS));
        let anomalous = places_of(&|level| is_word(level, &ANOMALOUS_LEVELS));
        let are_0_and_1 = matches!(levels, [(zero, _), (one, _)] if *zero == "0" && *one == "1");
        let (normal, is_sure) = if !normal.is_empty() {
            (normal, true)
        } else if !anomalous.is_empty() && anomalous.len() < levels.len() {
            (places_of(&|level| !is_word(level, &ANOMALOUS_LEVELS)), true)
        } else if are_0_and_1 {
            (BTreeSet::from([u8::from(is_about_normal(name))]), true)
        } else {
            (BTreeSet::from([most_frequent(levels)]), false)
        };
        Self {
            levels: levels
                .iter()
                .map(|(level, _)| (*level).to_owned())
                .collect(),
            anomalous: places_of(&|_| true).difference(&normal).copied().collect(),
            is_sure,
        }
    }

    /// The label of a cell.
    pub fn label_of(&self, cell: &str) -> u8 {
        self.known_label_of(cell).unwrap_or(0)
    }

    /// The label of a cell; `None` where no cell said so that this was read from.
    pub fn known_label_of(&self, cell: &str) -> Option<u8> {
        let level = level_of(cell);
        let place = self.levels.iter().position(|known| known == level)?;
        u8::try_from(place).ok()
    }

    /// Whether it tells anomalies from normal rows, rather than classes of equal right.
    pub fn tells_anomalies(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.is_sure
            || self.levels.len() == 2
            || SURE
                .iter()
                .chain(&["alert", "alarm"])
                .any(|it| name.contains(it))
    }
}

/// The place of the level that most cells hold.
fn most_frequent(levels: &[(&str, usize)]) -> u8 {
    let places = (0..=u8::MAX).zip(levels);
    // Of equally frequent ones the first is taken.
    let most = places.min_by_key(|(_, (_, count))| std::cmp::Reverse(*count));
    most.map_or(0, |(place, _)| place)
}

/// Whether 1 in a column of this name stands for normal rows.
fn is_about_normal(name: &str) -> bool {
    let name = name.to_lowercase();
    ["normal", "inlier", "benign", "healthy"]
        .iter()
        .any(|it| name.contains(it))
        && !name.contains("abnormal")
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

    /// The levels of an answer that are normal, and whether that is sure.
    fn normal_of(name: &str, cells: &[&str]) -> (String, bool) {
        let answer = Answer::of(name, cells.iter().copied()).expect("an answer");
        let places = (0..=u8::MAX).zip(&answer.levels);
        let normal = places.filter(|(place, _)| !answer.anomalous.contains(place));
        let normal: Vec<&str> = normal.map(|(_, level)| level.as_str()).collect();
        (normal.join(", "), answer.is_sure)
    }

    #[test]
    fn what_is_normal_is_read_from_the_levels_and_else_asked() {
        let sure = |words: &str| (words.to_owned(), true);
        assert_eq!(normal_of("label", &["attack", "normal"]), sure("normal"));
        assert_eq!(normal_of("x", &["Flood", "BENIGN", "Scan"]), sure("BENIGN"));
        assert_eq!(normal_of("outlier", &["0", "1", "0"]), sure("0"));
        assert_eq!(normal_of("is_normal", &["0", "1", "0"]), sure("1"));
        assert_eq!(normal_of("fraud", &["yes", "no"]), sure("no"));
        let asked = |words: &str| (words.to_owned(), false);
        assert_eq!(normal_of("label", &["1", "-1", "1"]), asked("1"));
        assert_eq!(normal_of("alert", &["-", "-", "disk"]), asked("-"));
    }

    #[test]
    fn numbers_keep_their_order_and_every_cell_its_level() {
        let answer = Answer::of("class", ["10", "2", "-1"].into_iter()).expect("an answer");
        assert_eq!(answer.levels, ["-1", "2", "10"]);
        assert_eq!(answer.label_of("10"), 2);
        assert_eq!(Answer::of("class", ["2", "2"].into_iter()), None);
        let many: Vec<String> = (0..257).map(|it| it.to_string()).collect();
        assert_eq!(Answer::of("class", many.iter().map(String::as_str)), None);
    }

    #[test]
    fn classes_of_equal_right_are_told_from_anomalies() {
        let tells = |name: &str, cells: &[&str]| {
            let answer = Answer::of(name, cells.iter().copied()).expect("an answer");
            answer.tells_anomalies(name)
        };
        assert!(tells("label", &["-1", "1"]));
        assert!(tells("alert", &["-", "disk", "fan"]));
        assert!(!tells("species", &["a", "b", "c"]));
    }
}
