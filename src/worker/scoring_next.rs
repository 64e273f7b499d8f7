//! Measuring the items of another file, when there is nothing more urgent.

use super::clock::now_ms;
use super::long_work::{NEWS_EVERY_MS, rows_per_slice};
use super::subject::Subject;
use crate::autoencoder::Network;
use crate::data::{Dataset, LabelScale, inputs_scaled};
use crate::order::descending;
use crate::protocol::{ExamineEvent, MOST_WORST, Moment, NextOrder, NextScores};

/// The items of another file, and what is being measured of them.
#[derive(Default)]
pub(super) struct ScoringNext {
    dataset: Option<Dataset>,
    work: Option<Work>,
}

struct Work {
    request: u32,
    /// The weights of the moment when it begins; an order may wait until training rests.
    by: Option<(Network, Moment)>,
    errors: Vec<f32>,
    last_news_ms: f64,
}

impl ScoringNext {
    /// Takes an order in the place of another.
    pub fn take(&mut self, order: NextOrder) {
        if let Some(dataset) = order.dataset {
            self.dataset = Some(dataset);
        }
        self.work = self.dataset.is_some().then(|| Work {
            request: order.request,
            by: None,
            errors: Vec::new(),
            last_news_ms: now_ms(),
        });
    }

    pub fn has_work(&self) -> bool {
        self.work.is_some()
    }

    /// Nothing is to be measured, since nothing can be.
    pub fn give_up(&mut self) {
        self.work = None;
    }

    /// One slice by the weights at hand, or by those with which it was begun; now and then an event says how far it is,
    /// and the last one has the result.
    pub async fn work(
        &mut self,
        subject: &Subject,
        at_hand: (&Network, Moment),
    ) -> Result<Option<ExamineEvent>, String> {
        let (Some(dataset), Some(mut work)) = (&self.dataset, self.work.take()) else {
            return Ok(None);
        };
        let (network, of) = work
            .by
            .take()
            .unwrap_or_else(|| (at_hand.0.clone(), at_hand.1));
        let n_items = dataset.n_items();
        let n_done = work.errors.len();
        let end = (n_done + rows_per_slice(&subject.recipe.architecture)).min(n_items);
        let items: Vec<usize> = (n_done..end).collect();
        let inputs = inputs(subject, dataset, &items);
        let made = network.reconstruct(&inputs).await;
        let made = made.map_err(|error| error.to_string())?;
        work.errors.extend(subject.errors_of(&inputs, &made));
        if work.errors.len() < end {
            return Err("the items of the other file do not fit the network.".to_owned());
        }
        if end == n_items {
            let scores = finished(work, dataset, subject, (&network, of)).await?;
            return Ok(Some(ExamineEvent::ScoredNext(scores)));
        }
        let is_news = now_ms() - work.last_news_ms >= NEWS_EVERY_MS;
        let event = is_news.then(|| {
            work.last_news_ms = now_ms();
            ExamineEvent::ScoringNext {
                request: work.request,
                progress: end as f32 / n_items.max(1) as f32,
            }
        });
        work.by = Some((network, of));
        self.work = Some(work);
        Ok(event)
    }
}

/// All errors, and what becomes of the worst items.
async fn finished(
    work: Work,
    dataset: &Dataset,
    subject: &Subject,
    (network, of): (&Network, Moment),
) -> Result<NextScores, String> {
    let ranking = descending(work.errors.iter().copied());
    let worst: Vec<usize> = ranking.into_iter().take(MOST_WORST).collect();
    let made = network.reconstruct(&inputs(subject, dataset, &worst)).await;
    let made = made.map_err(|error| error.to_string())?;
    let rows = made.reconstructions.chunks_exact(subject.input_size());
    let n_features = dataset.n_features();
    let values = rows.flat_map(|row| row.iter().take(n_features));
    Ok(NextScores {
        request: work.request,
        of,
        errors: work.errors,
        worst: worst.iter().map(|&item| item as u32).collect(),
        reconstructions: values.copied().collect(),
    })
}

/// The rows of items as the network takes them, labels on the scale of those that it was trained with.
fn inputs(subject: &Subject, dataset: &Dataset, items: &[usize]) -> Vec<f32> {
    let with_label = subject.recipe.label_input;
    let scale = with_label.then(|| LabelScale::of(&subject.dataset));
    inputs_scaled(dataset, items, scale)
}
