//! What is scored, in which order, and beside what.

use super::super::baselines::Neighbours;
use super::super::items::Items;
use super::super::{
    AnomalyKind, Corruptor, EvaluationError, EvaluationSettings, EvaluationSubject, ReportCounts,
};
use crate::anomaly::{ErrorMeasure, mean_item};
use crate::data::{Dataset, ItemKind};

/// Neighbours whose distances are averaged, of items and of codes.
pub(super) const N_NEIGHBOURS: usize = 5;

/// All that stays as it is during an evaluation.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub recipe_title: String,
    /// Of the run that trained the network.
    pub run_seed: u64,
    pub evaluation_seed: u64,
    pub counts: ReportCounts,
    pub items: Items,
    pub measure: ErrorMeasure,
    pub code_size: usize,
    pub mean_item: Vec<f32>,
    pub neighbours: Neighbours,
    pub groups: Vec<Group>,
    /// What the classes of held-out items are called, by label; empty where there are not several.
    pub class_names: Vec<(u8, String)>,
    corruptor: Corruptor,
}

/// Items that are scored together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Group {
    /// Training items, of which only the codes are wanted.
    Reference,
    Calibration,
    Normal,
    Anomalous(AnomalyKind),
}

impl Plan {
    pub fn new(
        subject: &EvaluationSubject,
        settings: EvaluationSettings,
    ) -> Result<Self, EvaluationError> {
        let EvaluationSubject {
            dataset,
            recipe,
            split,
        } = *subject;
        let items = Items::choose(subject, settings.limits, settings.seed)?;
        let width = items.width;
        let code_size = recipe.architecture.code_size();
        let corrupted = dataset.kind().corruptions().iter();
        let corrupted = corrupted.map(|&corruption| AnomalyKind::Corrupted(corruption));
        let of_held_out = AnomalyKind::of_held_out(dataset.kind());
        let has_some = |kind| (!items.held_out.is_empty() && of_held_out == kind).then_some(kind);
        // What is known comes before what was made; classes of pictures that were held out come after it.
        let (first, last) = match dataset.kind() {
            ItemKind::Row | ItemKind::Series { .. } => (has_some(of_held_out), None),
            ItemKind::Picture { .. } => (None, has_some(of_held_out)),
        };
        let anomalous = first.into_iter().chain(corrupted).chain(last);
        let anomalous = anomalous.map(Group::Anomalous);
        let known = [Group::Reference, Group::Calibration, Group::Normal];
        Ok(Self {
            recipe_title: settings.recipe_title,
            run_seed: recipe.training.seed,
            evaluation_seed: settings.seed,
            counts: ReportCounts {
                n_training: split.train.len(),
                n_reference: items.reference.len() / width,
                n_calibration: items.calibration.len() / width,
                n_test: items.normal.len() / width,
                n_test_available: split.test.len(),
                n_components: code_size.min(width),
                n_neighbours: N_NEIGHBOURS,
            },
            measure: recipe.measure.clone(),
            code_size,
            mean_item: mean_item(&items.reference, width),
            neighbours: Neighbours::new(&items.reference, width, N_NEIGHBOURS),
            class_names: names_of(dataset, &items.held_out_labels),
            groups: known.into_iter().chain(anomalous).collect(),
            corruptor: Corruptor::new(dataset, settings.seed),
            items,
        })
    }

    pub fn n_rows(&self, group: Group) -> usize {
        self.base_rows(group).len() / self.items.width
    }

    /// Some rows of a group as the network is to see them.
    pub fn rows(&self, group: Group, from: usize, most: usize) -> Vec<f32> {
        let width = self.items.width;
        let base = self.base_rows(group);
        let end = (from + most).min(base.len() / width);
        let rows = &base[from * width..end * width];
        let Group::Anomalous(AnomalyKind::Corrupted(corruption)) = group else {
            return rows.to_vec();
        };
        let rows = rows.chunks_exact(width).zip(from..);
        rows.flat_map(|(row, idx)| self.corruptor.corrupted(corruption, idx, row, base))
            .collect()
    }

    /// The rows of a group, before anything is done to them.
    fn base_rows(&self, group: Group) -> &[f32] {
        match group {
            Group::Reference => &self.items.reference,
            Group::Calibration => &self.items.calibration,
            Group::Normal | Group::Anomalous(AnomalyKind::Corrupted(_)) => &self.items.normal,
            Group::Anomalous(AnomalyKind::HeldOut | AnomalyKind::Known) => &self.items.held_out,
        }
    }
}

/// The classes that occur and what they are called; none where telling them apart says no more than all together.
fn names_of(dataset: &Dataset, labels: &[u8]) -> Vec<(u8, String)> {
    let classes = (0..=u8::MAX).filter(|class| labels.contains(class));
    let named: Vec<_> = classes
        .map(|class| (class, dataset.class_in_words(class)))
        .collect();
    if named.len() > 1 { named } else { Vec::new() }
}
