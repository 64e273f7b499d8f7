//! A step that several workers share: one of them holds the run, the others work out parts of its batches.
//!
//! Whoever works, the same parts are added in the same order, so that a run's losses and weights are the same to the
//! last bit with any number of workers, also where that changes in the middle, or an answer never comes.

use std::ops::Range;

use super::plain::{PlainAssistant, PlainLearner};
use super::{Architecture, StepEnd, Trainer, TrainerError, TrainingConfig};

/// What some parts of a batch cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartsCost {
    /// Sum of squared differences, the price of a variational code included.
    pub squares: f64,
    /// Sum over the items of the divergence of a variational code; `None` in a plain autoencoder.
    pub nats: Option<f64>,
}

impl PartsCost {
    /// What these parts and those after them cost.
    pub(super) fn plus(self, next: Self) -> Self {
        let sum = |(first, second)| first + second;
        Self {
            squares: self.squares + next.squares,
            nats: self.nats.zip(next.nats).map(sum),
        }
    }
}

/// What an [`Assistant`] is to do; weights and rows travel beside it, as floats.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareOrder {
    /// Items of the whole batch.
    pub n_items: usize,
    /// The parts of the batch to work out, and to add up where they are two.
    pub parts: Range<usize>,
    /// What a squared difference counts in what is differentiated.
    pub scale: f64,
}

/// A step that has begun: its batch is laid out, and shares of it can be worked out elsewhere meanwhile.
///
/// One that is dropped has not happened.
pub struct SharedStep<'a> {
    trainer: &'a mut Trainer,
    /// The trainer's own share first.
    shares: Vec<Range<usize>>,
}

impl<'a> SharedStep<'a> {
    pub(super) fn new(trainer: &'a mut Trainer, shares: Vec<Range<usize>>) -> Self {
        Self { trainer, shares }
    }

    /// How many shares there are for others; they are counted from 0.
    pub fn n_orders(&self) -> usize {
        self.shares.len() - 1
    }

    /// The weights that all work with.
    pub fn weights(&self) -> &[f32] {
        self.learner().parameters()
    }

    /// What another is to do, and in `rows` what it needs for it beside the weights.
    pub fn write_order(&self, order_idx: usize, rows: &mut Vec<f32>) -> ShareOrder {
        self.learner()
            .write_order(&self.shares[order_idx + 1], rows)
    }

    /// Works out the trainer's own share.
    pub fn work(&mut self) {
        let parts = self.shares[0].clone();
        self.learner_mut().work(&parts);
    }

    /// Takes another's answer; `fill` writes its gradients, one for each weight.
    pub fn accept(&mut self, order_idx: usize, cost: PartsCost, fill: impl FnOnce(&mut [f32])) {
        let parts = self.shares[order_idx + 1].clone();
        self.learner_mut().accept(parts, cost, fill);
    }

    /// Works out what nobody has answered for, and learns from the batch.
    pub fn end(self) -> StepEnd {
        self.trainer.end_step()
    }

    fn learner(&self) -> &PlainLearner {
        self.trainer
            .plain()
            .expect("only the CPU's steps are shared")
    }

    fn learner_mut(&mut self) -> &mut PlainLearner {
        self.trainer
            .plain_mut()
            .expect("only the CPU's steps are shared")
    }
}

/// One who helps another's run.
pub struct Assistant(PlainAssistant);

impl Assistant {
    /// Gets ready to help a run.
    ///
    /// # Errors
    /// When the architecture or the configuration is refused.
    pub fn new(architecture: &Architecture, config: &TrainingConfig) -> Result<Self, TrainerError> {
        architecture.validate()?;
        config.validate()?;
        Ok(Self(PlainAssistant::new(architecture, config)))
    }

    /// Works a share out, from the weights and the rows behind them: its gradients, one for each weight, and its cost;
    /// `None` where the floats are not those of the order.
    pub fn work(&mut self, order: &ShareOrder, floats: &[f32]) -> Option<(&[f32], PartsCost)> {
        let fits = floats.len() == self.0.n_floats(order);
        fits.then(|| self.0.work(order, floats))
    }
}
