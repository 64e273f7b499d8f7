//! Which classes are normal, what that leaves to learn from, and how the others are judged.

use super::Session;
use crate::autoencoder::Position;
use crate::data::{Dataset, ItemKind, TrainingCounts, with_commas};
use crate::session::Part;
use crate::session::Phase;

/// What counts as normal, and what follows for the training set.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalityView {
    /// Every class of the data, by its label, and whether it is normal.
    pub classes: Vec<(u8, bool)>,
    /// The share of the training set that is asked to be of other classes, 0…0.5.
    pub contamination: f32,
    /// How many items that makes.
    pub counts: TrainingCounts,
}

/// The errors of some items.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GroupFigures {
    /// How many.
    pub n_items: usize,
    /// By the recipe's measure.
    pub mean_error: f32,
    /// The part of them above the threshold, 0…1.
    pub flagged: f32,
}

/// How normal and other items are judged; `None` where there are none of a kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundView {
    /// Normal items that were not trained on.
    pub normal: Option<GroupFigures>,
    /// Items of other classes that were not trained on.
    pub held_out: Option<GroupFigures>,
    /// Items of other classes that were trained on.
    pub contaminating: Option<GroupFigures>,
    /// Whether the network has learned on since.
    pub is_old: bool,
}

impl NormalityView {
    /// Whether every class is normal.
    pub fn is_everything_normal(&self) -> bool {
        self.classes.iter().all(|&(_, is_normal)| is_normal)
    }

    /// What the network learns from, in a sentence or two; `nouns` call one item and several.
    pub fn sentence(&self, (one, several): (&str, &str)) -> String {
        let TrainingCounts {
            n_normal,
            n_contaminating,
            n_held_out,
        } = self.counts;
        if self.is_everything_normal() {
            return format!(
                "Every {one} is normal. Switch one off: the network never sees it, and it becomes the anomaly to find."
            );
        }
        let held_out = with_commas(n_held_out);
        if n_contaminating == 0 && self.contamination <= 0.0 {
            let n_normal = with_commas(n_normal);
            return format!(
                "The network learns from {n_normal} normal {several} and never sees the {held_out} others."
            );
        }
        let n_train = self.counts.total();
        let share = n_contaminating as f32 / n_train.max(1) as f32;
        let taken = format!(
            "{} of the {} training {several} are not normal ({:.1} %); {held_out} others are never seen.",
            with_commas(n_contaminating),
            with_commas(n_train),
            share * 100.0
        );
        // One item more would be nearer to what was asked for.
        let is_short = self.contamination * n_train as f32 - n_contaminating as f32 > 1.0;
        if is_short {
            let asked = self.contamination * 100.0;
            format!("There are too few for {asked:.0} %. {taken}")
        } else {
            taken
        }
    }
}

impl FoundView {
    /// The groups that there are, with their names, the normal ones first.
    pub fn groups(&self) -> impl Iterator<Item = (&'static str, GroupFigures)> {
        let groups = [
            ("normal (new)", self.normal),
            ("others (new)", self.held_out),
            ("others (trained on)", self.contaminating),
        ];
        groups
            .into_iter()
            .filter_map(|(name, figures)| Some((name, figures?)))
    }
}

impl Session {
    /// What counts as normal; `None` for data without labels, and where all items have the same.
    pub fn normality_view(&self) -> Option<NormalityView> {
        let dataset = self.dataset()?;
        let normality = &self.study().recipe.normality;
        let classes = dataset.classes().into_iter();
        let classes: Vec<(u8, bool)> = classes
            .map(|class| (class, normality.is_normal(Some(class))))
            .collect();
        (classes.len() > 1).then(|| NormalityView {
            contamination: normality.contamination,
            counts: self.study().recipe.training_counts(dataset),
            classes,
        })
    }

    /// The first item of each class, by its label; empty for data without labels.
    pub fn class_pictures(&self) -> Vec<(u8, Vec<f32>)> {
        let Some(dataset) = self.dataset() else {
            return Vec::new();
        };
        let first_of = |class: u8| {
            let mut items = 0..dataset.n_items();
            let first = items.find(|&item| dataset.label_of(item) == Some(class));
            first.and_then(|item| dataset.item(item))
        };
        let classes = dataset.classes().into_iter();
        classes
            .filter_map(|class| Some((class, first_of(class)?)))
            .collect()
    }

    /// Whether there are items of other classes that were not trained on.
    pub fn has_held_out_items(&self) -> bool {
        let counts = self
            .dataset()
            .map(|it| self.study().recipe.training_counts(it));
        counts.is_some_and(|counts| counts.n_held_out > 0)
    }

    /// How normal and other items are judged; `None` where every class is normal, before all items were measured,
    /// and while the network has learned nothing.
    pub fn found(&self) -> Option<FoundView> {
        let (dataset, scored) = (self.dataset()?, self.measured().scores.as_ref()?);
        let threshold = self.threshold_for_scores(self.study().rule)?;
        let normality = &self.study().recipe.normality;
        if normality.anomalous_classes.is_empty() {
            return None;
        }
        let has_learned = scored.scores.of.position > Position::default();
        if !has_learned && self.study().run.phase != Phase::Pretrained {
            return None;
        }
        let figures = |is_wanted: &dyn Fn(Part, bool) -> bool| {
            let parts = scored.parts.iter().enumerate();
            let items = parts.filter(|&(item, &part)| {
                is_wanted(part, normality.is_normal(dataset.label_of(item)))
            });
            let errors = items.filter_map(|(item, _)| scored.scores.errors.get(item).copied());
            group_figures(errors, threshold)
        };
        let held_out = figures(&|part, _| part == Part::HeldOut);
        let contaminating = figures(&|part, is_normal| part == Part::Training && !is_normal);
        held_out.or(contaminating)?;
        Some(FoundView {
            normal: figures(&|part, _| part == Part::Test),
            held_out,
            contaminating,
            is_old: self.are_scores_old(),
        })
    }

    /// What tells one data set from another: as long as this is the same, so are the classes and their pictures.
    pub fn data_stamp(&self) -> (ItemKind, Option<u32>, usize, usize) {
        let sizes = |it: &Dataset| (it.n_items(), it.n_features());
        let (n_items, n_features) = self.dataset().map_or((0, 0), sizes);
        let own_file = self.own_file().map(|file| file.number);
        (self.kind(), own_file, n_items, n_features)
    }
}

fn group_figures(errors: impl Iterator<Item = f32>, threshold: f32) -> Option<GroupFigures> {
    let (mut n_items, mut n_flagged, mut sum) = (0_usize, 0_usize, 0.0_f64);
    for error in errors {
        n_items += 1;
        n_flagged += usize::from(error > threshold);
        sum += f64::from(error);
    }
    (n_items > 0).then(|| GroupFigures {
        n_items,
        mean_error: (sum / n_items as f64) as f32,
        flagged: n_flagged as f32 / n_items as f32,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(zero_is_normal: bool, contamination: f32, counts: [usize; 3]) -> NormalityView {
        let [n_normal, n_contaminating, n_held_out] = counts;
        NormalityView {
            classes: vec![(0, zero_is_normal), (1, true)],
            contamination,
            counts: TrainingCounts {
                n_normal,
                n_contaminating,
                n_held_out,
            },
        }
    }

    fn words(view: &NormalityView) -> String {
        view.sentence(("digit", "digits"))
    }

    #[test]
    fn the_sentence_says_what_is_learned_from() {
        assert!(words(&view(true, 0.0, [1_078, 0, 0])).starts_with("Every digit is normal."));
        assert_eq!(
            words(&view(false, 0.0, [971, 0, 178])),
            "The network learns from 971 normal digits and never sees the 178 others."
        );
        assert_eq!(
            words(&view(false, 0.1, [971, 108, 70])),
            "108 of the 1,079 training digits are not normal (10.0 %); 70 others are never seen."
        );
    }

    #[test]
    fn the_sentence_says_where_there_are_too_few_to_contaminate_with() {
        assert_eq!(
            words(&view(false, 0.3, [971, 142, 36])),
            "There are too few for 30 %. 142 of the 1,113 training digits are not normal (12.8 %); 36 others are never seen."
        );
    }

    #[test]
    fn a_group_has_a_mean_and_a_flagged_share() {
        let figures = group_figures([0.1, 0.2, 0.6].into_iter(), 0.2).expect("three errors");
        assert!((figures.mean_error - 0.3).abs() < 1e-6);
        assert!((figures.flagged - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(group_figures(std::iter::empty(), 0.2), None);
    }
}
