//! The sweeps of what lies on the bench, a slice at a time, the steps far apart first.

use super::clock::now_ms;
use super::subject::Subject;
use crate::autoencoder::Network;
use crate::protocol::{ExamineEvent, Moment};
use crate::sweep::{Step, SweepJob, Swept, smallest_errors};

/// How long it is worked before the examiner listens again: an item that is judged must not wait longer.
const SLICE_MS: f64 = 8.0;

/// Items that are measured at once; a dense network is quicker.
const STEPS_AT_ONCE: usize = 4;
const DENSE_STEPS_AT_ONCE: usize = 64;

/// How often the page hears of finer steps.
const NEWS_EVERY_MS: f64 = 60.0;

/// The sweeps of one item by the weights of the moment when they were asked for.
pub(super) struct Sweeping {
    request: u32,
    job: SweepJob,
    network: Network,
    of: Moment,
    /// Counts the weights that the examiner was given.
    n_adoptions: u32,
    last_news_ms: f64,
    is_shape_told: bool,
}

/// An order for sweeps, and the weights to measure by.
pub(super) struct Order {
    pub request: u32,
    pub swept: Swept,
    pub network: Network,
    pub of: Moment,
    /// Counts the weights that the examiner was given.
    pub n_adoptions: u32,
}

impl Sweeping {
    /// Begins with an order; what the one `before` has measured of the same steps by the same weights is kept.
    ///
    /// # Errors
    /// When the item has an impossible size.
    pub fn new(order: Order, before: Option<Self>) -> Result<Self, String> {
        let before = before.filter(|before| before.n_adoptions == order.n_adoptions);
        let job = match before {
            Some(before) => before.job.followed_by(order.swept),
            None => SweepJob::new(order.swept),
        };
        Ok(Self {
            request: order.request,
            job: job.ok_or("what lies on the bench has an impossible size: take an example.")?,
            network: order.network,
            of: order.of,
            n_adoptions: order.n_adoptions,
            last_news_ms: now_ms(),
            is_shape_told: false,
        })
    }

    /// Whether the page has heard everything.
    pub fn is_finished(&self) -> bool {
        self.job.is_done() && self.is_shape_told
    }

    /// Whether the page has heard nothing yet.
    pub fn is_urgent(&self) -> bool {
        !self.is_shape_told
    }

    /// One slice; an event comes with the shape of all sweeps, now and then after it, and at the end.
    pub async fn work(&mut self, subject: &Subject) -> Result<Option<ExamineEvent>, String> {
        let started_ms = now_ms();
        let was_coarse_done = self.job.is_coarse_done();
        while !self.job.is_done()
            && self.job.is_coarse_done() == was_coarse_done
            && now_ms() - started_ms < SLICE_MS
        {
            self.measure_some(subject).await?;
        }
        let has_shape = self.job.is_coarse_done() && !self.is_shape_told;
        let is_time = self.is_shape_told && now_ms() - self.last_news_ms >= NEWS_EVERY_MS;
        if !(has_shape || is_time || self.job.is_done()) {
            return Ok(None);
        }
        self.is_shape_told = true;
        self.last_news_ms = now_ms();
        Ok(Some(ExamineEvent::Swept {
            request: self.request,
            of: self.of,
            errors: self.job.errors().clone(),
            is_finished: self.job.is_done(),
        }))
    }

    async fn measure_some(&mut self, subject: &Subject) -> Result<(), String> {
        let recipe = &subject.recipe;
        let n_steps = if recipe.architecture.is_convolutional() {
            STEPS_AT_ONCE
        } else {
            DENSE_STEPS_AT_ONCE
        };
        let steps = self.job.next_steps(n_steps);
        let values = |&step: &Step| self.job.values_at(step);
        let rows: Vec<f32> = steps.iter().flat_map(values).collect();
        let n_values = rows.len() / steps.len().max(1);
        let labels = subject.label_inputs(&subject.candidate_labels(self.job.label()));
        let errors = smallest_errors(&self.network, &recipe.measure, &rows, n_values, &labels);
        let errors = errors.await.map_err(|error| error.to_string())?;
        self.job.note(&steps, &errors);
        Ok(())
    }
}
