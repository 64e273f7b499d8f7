//! What the kinds of anomaly of a report look like.

use crate::data::{Dataset, ItemKind, Split};
use crate::evaluation::{AnomalyKind, Corruptor, Report};

/// A picture of this label looks different turned by 90°, turned by 180°, and mirrored.
const TELLING_LABEL: u8 = 4;

/// One normal picture, and one per kind of anomaly that is made of it, in the order of the report.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluationExamples {
    /// Pixels in a row.
    pub width: usize,
    /// Ink, 0…1, row by row.
    pub normal: Vec<f32>,
    /// One per kind; empty where there is no such item.
    pub anomalies: Vec<Vec<f32>>,
}

impl EvaluationExamples {
    /// Examples from the test items; `None` for what are no pictures.
    pub(super) fn of(report: &Report, dataset: &Dataset, split: &Split) -> Option<Self> {
        let width = match dataset.kind() {
            ItemKind::Picture { width, .. } => width,
            ItemKind::Row | ItemKind::Series { .. } => return None,
        };
        let mut test = split.test.iter().copied();
        let is_telling = |&item: &usize| dataset.label_of(item) == Some(TELLING_LABEL);
        let item = test.clone().find(is_telling).or_else(|| test.next())?;
        let normal = dataset.item(item)?;
        let corruptor = Corruptor::new(dataset, report.evaluation_seed);
        let example = |kind: AnomalyKind| match kind {
            AnomalyKind::Corrupted(corruption) => {
                corruptor.corrupted(corruption, item, &normal, &[])
            }
            AnomalyKind::HeldOut | AnomalyKind::Known => {
                let stranger = split.held_out.first();
                let stranger = stranger.and_then(|&item| dataset.item(item));
                stranger.unwrap_or_default()
            }
        };
        let anomalies = report.anomalies.iter();
        Some(Self {
            width,
            anomalies: anomalies.map(|anomaly| example(anomaly.kind)).collect(),
            normal,
        })
    }
}
