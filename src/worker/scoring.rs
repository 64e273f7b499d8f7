//! Measuring every item, in between and without haste.

use super::clock::now_ms;
use super::long_work::{NEWS_EVERY_MS, Sweep};
use super::subject::Subject;
use crate::autoencoder::Network;
use crate::protocol::{ExamineEvent, Moment, Scores};

/// Measures every item by the weights of one moment, and then by the newest if others have come meanwhile.
///
/// What has begun is finished: weights that come again and again would keep it from ever ending.
pub(super) struct ItemScoring {
    network: Network,
    sweep: Sweep,
    scores: Scores,
    newer: Option<(Network, Moment)>,
    last_news_ms: f64,
}

impl ItemScoring {
    pub fn new(subject: &Subject, network: Network, of: Moment) -> Self {
        Self {
            network,
            sweep: Sweep::new((0..subject.dataset.n_items()).collect()),
            scores: Scores {
                of,
                errors: Vec::new(),
                codes: Vec::new(),
                mean_item_errors: Vec::new(),
            },
            newer: None,
            last_news_ms: now_ms(),
        }
    }

    /// Newer weights have come; of another run they are the only ones that count.
    pub fn adopt(&mut self, subject: &Subject, network: Network, of: Moment) {
        if of.run != self.scores.of.run {
            *self = Self::new(subject, network, of);
            return;
        }
        if self.is_over() {
            self.begin_anew(subject, network, of);
        } else {
            self.newer = Some((network, of));
        }
    }

    pub fn is_over(&self) -> bool {
        self.sweep.is_done()
    }

    /// The codes of all items, once they are measured, if it was by the weights of this moment.
    pub fn codes_of(&self, moment: Moment) -> Option<&[f32]> {
        (self.is_over() && self.scores.of == moment).then_some(&self.scores.codes)
    }

    /// One slice; now and then an event says how far it is, and the last one has the result.
    pub async fn work(&mut self, subject: &Subject) -> Result<Option<ExamineEvent>, String> {
        let (inputs, reconstructed) = self.sweep.next(subject, &self.network).await?;
        let errors = subject.errors_of(&inputs, &reconstructed);
        let items = inputs.chunks_exact(subject.input_size());
        let to_mean = |item: &[f32]| subject.recipe.measure.of(item, &subject.mean_item);
        self.scores.errors.extend(errors);
        self.scores.codes.extend(reconstructed.codes);
        self.scores.mean_item_errors.extend(items.map(to_mean));
        if self.sweep.is_done() {
            let scored = ExamineEvent::Scored(self.scores.clone());
            if let Some((network, of)) = self.newer.take() {
                self.begin_anew(subject, network, of);
            }
            return Ok(Some(scored));
        }
        if now_ms() - self.last_news_ms < NEWS_EVERY_MS {
            return Ok(None);
        }
        self.last_news_ms = now_ms();
        Ok(Some(ExamineEvent::Scoring {
            of: self.scores.of,
            n_done: self.sweep.n_done(),
            n_items: subject.dataset.n_items(),
        }))
    }

    fn begin_anew(&mut self, subject: &Subject, network: Network, of: Moment) {
        *self = Self::new(subject, network, of);
    }
}
