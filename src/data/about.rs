//! What is known of a data set beside its values and labels.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Dataset;

/// What is known of items beside their values and labels; nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct About {
    /// What the classes are called, by label; shorter where the last ones have no name.
    pub class_names: Vec<String>,
    /// What the reader should know about the way in which the items were read, a sentence each.
    pub remarks: Vec<String>,
    /// How many of the last items were given to validate with, and not to learn from.
    pub n_validation: usize,
    /// Items that nothing is learned from or measured with, because their values cannot be.
    pub set_aside: BTreeSet<usize>,
    /// Of windows of a recording, the rows that its table calls anomalous, run by run.
    pub known_stretches: Vec<Range<usize>>,
}

impl Dataset {
    /// The same items, with names for their classes: one per label from 0 on, an empty one for what has none.
    #[must_use]
    pub fn with_class_names(mut self, class_names: Vec<String>) -> Self {
        self.about.class_names = class_names;
        self
    }

    /// The same items, and one sentence more on how they were read.
    #[must_use]
    pub fn with_remark(mut self, remark: impl Into<String>) -> Self {
        self.about.remarks.push(remark.into());
        self
    }

    /// The same items, of which the last `n` were given to validate with; all but one at most.
    #[must_use]
    pub fn with_validation(mut self, n: usize) -> Self {
        self.about.n_validation = n.min(self.n_items().saturating_sub(1));
        self
    }

    /// What a class is called; `None` where it has no name but its label.
    pub fn class_name(&self, label: u8) -> Option<&str> {
        if let Some(form) = self.series_form() {
            return form.class_names.get(&label).map(String::as_str);
        }
        let name = self.about.class_names.get(usize::from(label))?;
        (!name.is_empty()).then_some(name)
    }

    /// What a class is called, or else its label.
    pub fn class_in_words(&self, label: u8) -> String {
        self.class_name(label)
            .map_or_else(|| label.to_string(), str::to_owned)
    }

    /// What the reader should know about the way in which the items were read, a sentence each.
    pub fn remarks(&self) -> &[String] {
        &self.about.remarks
    }

    /// How many of the last items were given to validate with; 0 where files do not say.
    pub fn n_validation(&self) -> usize {
        self.about.n_validation
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pictures(levels: &[u8], labels: &[u8]) -> Dataset {
        Dataset::pictures(1, 1, 16, levels.to_vec(), labels.to_vec()).expect("pictures")
    }

    #[test]
    fn a_class_is_called_by_its_name_or_else_its_label() {
        let names = ["", "A", "B"].map(str::to_owned).to_vec();
        let dataset = pictures(&[1, 2], &[1, 9]).with_class_names(names);
        assert_eq!(
            [1, 0, 9].map(|it| dataset.class_in_words(it)),
            ["A", "0", "9"]
        );
        assert_eq!(dataset.class_name(0), None);
    }

    #[test]
    fn items_to_validate_with_follow_the_others() {
        let joined = pictures(&[1, 2], &[3, 4]).validated_with(&pictures(&[5], &[6]));
        let joined = joined.expect("they are alike");
        assert_eq!((joined.n_items(), joined.n_validation()), (3, 1));
        assert_eq!(
            (joined.label_of(2), joined.item(2)),
            (Some(6), Some(vec![0.3125]))
        );
        assert_ne!(
            joined.fingerprint(),
            pictures(&[1, 2, 5], &[3, 4, 6]).fingerprint()
        );
    }

    #[test]
    fn pictures_of_another_kind_cannot_validate() {
        let error = pictures(&[1, 2], &[3, 4]).validated_with(&pictures(&[5], &[]));
        assert_eq!(
            error.expect_err("no labels").to_string(),
            "2 pictures of 1 × 1 pixels, with labels, cannot be validated with 1 picture of 1 × 1 pixels, without labels: \
             choose pictures of one size and kind"
        );
    }
}
