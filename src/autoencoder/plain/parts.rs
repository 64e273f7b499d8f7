//! The gradients of the parts of a batch, worked out and added up in the one order.

use std::ops::Range;

use super::batch::Batch;
use super::cut::{Cut, halves, n_sums};
use super::layers::PlacedLayer;
use super::pass::Pass;
use crate::autoencoder::PartsCost;

/// A batch to learn from.
pub(super) struct Task<'a> {
    pub layers: &'a [PlacedLayer],
    pub parameters: &'a [f32],
    /// Its items from `first_item` on.
    pub batch: &'a Batch,
    pub first_item: usize,
    pub cut: Cut,
    /// What a squared difference counts in what is differentiated.
    pub scale: f64,
}

/// What some parts of the batch at hand give, known already.
pub(super) struct Known {
    pub parts: Range<usize>,
    /// One for each parameter; empty where they lie among the sums, in the first place.
    pub gradients: Vec<f32>,
    pub cost: PartsCost,
}

/// Room for gradients and for the items of a part on their way.
pub(super) struct PartSums {
    pass: Pass,
    /// The first one is what was asked for; the others are on their way into it.
    sums: Vec<Vec<f32>>,
}

impl PartSums {
    /// Room for some parts of batches that are cut like this one, or smaller.
    pub fn new(layers: &[PlacedLayer], n_parameters: usize, cut: Cut) -> Self {
        Self {
            pass: Pass::new(layers, cut.largest_part()),
            sums: vec![vec![0.0; n_parameters]; n_sums(&cut.parts())],
        }
    }

    /// The gradients that were added up last.
    pub fn gradients(&self) -> &[f32] {
        &self.sums[0]
    }

    /// Adds the gradients of some parts up: works those out that are not known.
    pub fn add_up(&mut self, task: &Task, parts: &Range<usize>, known: &[Known]) -> PartsCost {
        add_up(&mut self.pass, &mut self.sums, task, parts, known)
    }
}

/// The gradients of some parts into the first of `sums`.
fn add_up(
    pass: &mut Pass,
    sums: &mut [Vec<f32>],
    task: &Task,
    parts: &Range<usize>,
    known: &[Known],
) -> PartsCost {
    let find = |parts: &Range<usize>| known.iter().find(|known| known.parts == *parts);
    if let Some(Known {
        gradients, cost, ..
    }) = find(parts)
    {
        if !gradients.is_empty() {
            sums[0].copy_from_slice(gradients);
        }
        return *cost;
    }
    let Some((first, second)) = halves(parts) else {
        return work_out(pass, &mut sums[0], task, parts);
    };
    let first = add_up(pass, sums, task, &first, known);
    let (sum, others) = sums.split_at_mut(1);
    if let Some(Known {
        gradients, cost, ..
    }) = find(&second)
    {
        add(&mut sum[0], gradients);
        return first.plus(*cost);
    }
    let second = add_up(pass, others, task, &second, known);
    add(&mut sum[0], &others[0]);
    first.plus(second)
}

fn work_out(pass: &mut Pass, gradients: &mut [f32], task: &Task, part: &Range<usize>) -> PartsCost {
    let items = task.cut.items_of(part);
    let items = items.start - task.first_item..items.end - task.first_item;
    pass.learn(task, &items, gradients)
}

fn add(sums: &mut [f32], gradients: &[f32]) {
    for (sum, gradient) in sums.iter_mut().zip(gradients) {
        *sum += gradient;
    }
}
