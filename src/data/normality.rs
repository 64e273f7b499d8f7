//! Which classes count as normal, and how much of the others the training set holds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Dataset, ItemKind};

/// What people call what is as it should be.
const NORMAL_NAMES: [&str; 6] = ["normal", "good", "ok", "healthy", "regular", "inlier"];

/// The largest share of the training set that may be of other classes.
pub const MOST_CONTAMINATION: f32 = 0.5;

/// What counts as normal in labelled data; by default every class, and nothing else is trained on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Normality {
    /// The labels whose items are anomalies; those of every other label, and items without one, are normal.
    pub anomalous_classes: BTreeSet<u8>,
    /// The share of the training set that is of anomalous classes, 0…[`MOST_CONTAMINATION`].
    pub contamination: f32,
}

/// Why classes cannot be told apart as asked for.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum NormalityError {
    /// More than half of the training set, less than nothing, or not a number.
    #[error("the contamination must be between 0 and 50 %, and {percent} % is not")]
    Contamination {
        /// What was asked for, in percent.
        percent: f32,
    },
    /// Nothing would be left to learn from.
    #[error("at least one class must stay normal, or there is nothing to learn from")]
    NothingNormal,
}

impl Normality {
    /// Whether an item of this label is normal; without a label it is.
    pub fn is_normal(&self, label: Option<u8>) -> bool {
        label.is_none_or(|label| !self.anomalous_classes.contains(&label))
    }

    /// Whether both cut any data alike: where every class is normal, nothing can contaminate.
    pub fn cuts_like(&self, other: &Self) -> bool {
        let is_same_share = self.contamination.to_bits() == other.contamination.to_bits();
        self.anomalous_classes == other.anomalous_classes
            && (is_same_share || self.anomalous_classes.is_empty())
    }

    /// What folders and classes say by their names: where one is called normal, the others are not.
    pub fn by_names(dataset: &Dataset) -> Self {
        let is_normal = |&label: &u8| {
            let name = dataset.class_name(label).map(str::to_lowercase);
            name.is_some_and(|name| NORMAL_NAMES.contains(&name.as_str()))
        };
        let classes = dataset.classes();
        let (normal, others): (Vec<u8>, Vec<u8>) = classes.into_iter().partition(is_normal);
        if normal.is_empty() {
            return Self::default();
        }
        Self {
            anomalous_classes: others.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Checks the share; whether a class is left depends on the data.
    ///
    /// # Errors
    /// When the contamination is outside its range.
    pub fn validate(&self) -> Result<(), NormalityError> {
        if (0.0..=MOST_CONTAMINATION).contains(&self.contamination) {
            return Ok(());
        }
        let percent = self.contamination * 100.0;
        Err(NormalityError::Contamination { percent })
    }

    /// Checks the share, and that a data set has normal items.
    ///
    /// # Errors
    /// When the contamination is outside its range, or no item would be normal.
    pub fn validate_for(&self, dataset: &Dataset) -> Result<(), NormalityError> {
        let has_normal = dataset.classes().iter().any(|&it| self.is_normal(Some(it)));
        if dataset.has_labels() && !has_normal {
            return Err(NormalityError::NothingNormal);
        }
        self.validate()
    }
}

impl Dataset {
    /// The labels that are not normal unless the reader says so: of curves, all but the most frequent one, since curves
    /// are told apart by what is usual, and of windows of a recording those that touch a known anomaly; of what was stretched from a few drawings, what stands beside them to be found;
    /// of other items none.
    pub fn usual_anomalies(&self) -> BTreeSet<u8> {
        match self.kind() {
            ItemKind::Series { .. } if !self.known_stretches().is_empty() => {
                return self.classes().into_iter().filter(|&it| it > 0).collect();
            }
            ItemKind::Series { .. } => {}
            ItemKind::Picture { .. } if self.is_stretched() => {
                return self
                    .uncopied()
                    .filter_map(|item| self.label_of(item))
                    .collect();
            }
            ItemKind::Picture { .. } | ItemKind::Row => return BTreeSet::new(),
        }
        let mut counts = [0_usize; 256];
        for label in (0..self.n_items()).filter_map(|item| self.label_of(item)) {
            counts[usize::from(label)] += 1;
        }
        let mut classes = self.classes();
        let usual = classes
            .iter()
            .copied()
            .max_by_key(|&class| (counts[usize::from(class)], u8::MAX - class));
        classes.retain(|&class| Some(class) != usual);
        classes.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::data::{CurveScaling, SeriesForm};

    #[test]
    fn a_share_out_of_range_is_refused() {
        for share in [-0.1, 0.51, f32::NAN, f32::INFINITY] {
            let normality = Normality {
                contamination: share,
                ..Normality::default()
            };
            assert!(normality.validate().is_err(), "{share}");
        }
        assert_eq!(Normality::default().validate(), Ok(()));
    }

    #[test]
    fn contamination_counts_only_where_a_class_is_not_normal() {
        let of = |classes: &[u8], contamination| Normality {
            anomalous_classes: classes.iter().copied().collect(),
            contamination,
        };
        assert!(of(&[], 0.2).cuts_like(&Normality::default()));
        assert!(!of(&[3], 0.2).cuts_like(&of(&[3], 0.1)));
        assert!(!of(&[3], 0.2).cuts_like(&of(&[4], 0.2)));
    }

    #[test]
    fn a_class_must_stay_normal() {
        let data = Dataset::pictures(1, 1, 1, vec![0; 3], vec![4, 7, 4]).expect("three pictures");
        let without = |classes: &[u8]| Normality {
            anomalous_classes: classes.iter().copied().collect(),
            ..Normality::default()
        };
        assert_eq!(without(&[4]).validate_for(&data), Ok(()));
        let refused = without(&[4, 7]).validate_for(&data);
        assert_eq!(refused, Err(NormalityError::NothingNormal));
        let bare = Dataset::pictures(1, 1, 1, vec![0; 3], Vec::new()).expect("three pictures");
        assert_eq!(without(&[4, 7]).validate_for(&bare), Ok(()));
    }

    #[test]
    fn a_class_called_normal_makes_anomalies_of_the_others() {
        let data = Dataset::pictures(1, 1, 1, vec![0; 3], vec![0, 1, 2]).expect("three pictures");
        let named = |names: [&str; 3]| {
            let names = names.map(str::to_owned).to_vec();
            Normality::by_names(&data.clone().with_class_names(names)).anomalous_classes
        };
        assert!(named(["crack", "Good", "scratch"]).into_iter().eq([0, 2]));
        assert!(named(["round", "square", "star"]).is_empty());
        assert_eq!(Normality::by_names(&data), Normality::default());
    }

    #[test]
    fn the_most_frequent_kind_of_curve_is_the_usual_one() {
        let curves = |labels: &[u8]| {
            let form = SeriesForm {
                n_samples: 1,
                scaling: CurveScaling::AS_THEY_ARE,
                class_names: BTreeMap::new(),
                cut: None,
            };
            let samples = vec![0.5; labels.len().max(1)];
            Dataset::series(form, samples, labels.to_vec()).expect("curves")
        };
        assert_eq!(curves(&[3, 1, 2, 1]).usual_anomalies(), [2, 3].into());
        assert_eq!(curves(&[4, 3]).usual_anomalies(), [4].into());
        assert!(curves(&[]).usual_anomalies().is_empty());
        let pictures = Dataset::pictures(1, 1, 1, vec![0; 3], vec![4, 7, 4]);
        let pictures = pictures.expect("three pictures");
        assert!(pictures.usual_anomalies().is_empty());
    }

    #[test]
    fn items_without_a_label_are_normal() {
        let normality = Normality {
            anomalous_classes: (0..=u8::MAX).collect(),
            ..Normality::default()
        };
        assert!(normality.is_normal(None));
        assert!(!normality.is_normal(Some(3)));
    }
}
