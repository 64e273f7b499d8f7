//! A batch before it goes through the network: its items, and all that chance decides about them.

use std::ops::Range;

use super::layers::PlacedLayer;
use crate::autoencoder::draws::Draws;

/// Room for the items of a batch, set aside once.
///
/// What chance decides is drawn for the whole batch, in one order, so that it does not depend on how the batch is cut.
pub(super) struct Batch {
    /// What the network should reconstruct, `n × input`.
    pub target: Rows,
    /// What it gets to see, where that is not the target itself; else empty.
    pub seen: Rows,
    /// For each layer, what dropout multiplies its outputs by: 0, or 1 over the part that is kept; empty without dropout.
    masks: Vec<Rows>,
    /// For each layer, standard normal draws for its outputs; empty unless it is variational.
    noises: Vec<Rows>,
}

/// Values of some items, item by item; maybe none at all.
#[derive(Default)]
pub(super) struct Rows {
    values: Vec<f32>,
    /// Values of an item.
    width: usize,
}

impl Rows {
    fn new(n_items: usize, width: usize) -> Self {
        Self {
            values: vec![0.0; n_items * width],
            width,
        }
    }

    /// Whether there are none, whatever items are asked for.
    pub fn are_none(&self) -> bool {
        self.width == 0
    }

    /// Those of some items.
    pub fn of(&self, items: &Range<usize>) -> &[f32] {
        &self.values[items.start * self.width..items.end * self.width]
    }

    /// Those of the first items, to be written.
    pub fn first_mut(&mut self, n_items: usize) -> &mut [f32] {
        &mut self.values[..n_items * self.width]
    }
}

impl Batch {
    /// Room for `n_items` at most.
    pub fn new(layers: &[PlacedLayer], n_items: usize, is_noisy: bool) -> Self {
        let input_size = layers.first().map_or(0, |layer| layer.input.n_values());
        let room =
            |is_needed: bool, width: usize| Rows::new(n_items, if is_needed { width } else { 0 });
        let mask =
            |placed: &PlacedLayer| room(placed.layer.dropout > 0.0, placed.output.n_values());
        let noise =
            |placed: &PlacedLayer| room(placed.layer.beta().is_some(), placed.output.n_values());
        Self {
            target: room(true, input_size),
            seen: room(is_noisy, input_size),
            masks: layers.iter().map(mask).collect(),
            noises: layers.iter().map(noise).collect(),
        }
    }

    /// What some items look like to the network.
    pub fn input(&self, items: &Range<usize>) -> &[f32] {
        if self.seen.are_none() {
            self.target.of(items)
        } else {
            self.seen.of(items)
        }
    }

    /// What dropout multiplies a layer's outputs by; empty without dropout.
    pub fn mask(&self, layer_idx: usize, items: &Range<usize>) -> &[f32] {
        self.masks[layer_idx].of(items)
    }

    /// The draws for a layer's outputs; empty unless it is variational.
    pub fn noise(&self, layer_idx: usize, items: &Range<usize>) -> &[f32] {
        self.noises[layer_idx].of(items)
    }

    /// Draws what is left out of the first `n_items`, and what a variational code is.
    pub fn draw(&mut self, n_items: usize, layers: &[PlacedLayer], draws: &mut Draws) {
        for (mask, placed) in self.masks.iter_mut().zip(layers) {
            if !mask.are_none() {
                draws.mask(placed.layer.dropout, mask.first_mut(n_items));
            }
        }
        for noise in &mut self.noises {
            draws.normal(noise.first_mut(n_items));
        }
    }

    /// Values of one item, all that chance decides included.
    pub fn width(&self) -> usize {
        self.all().map(|rows| rows.width).sum()
    }

    /// Copies all that there is of some items into `values`, [`Self::width`] each.
    pub fn write(&self, items: &Range<usize>, mut values: &mut [f32]) {
        for rows in self.all() {
            let (place, rest) = values.split_at_mut(items.len() * rows.width);
            place.copy_from_slice(rows.of(items));
            values = rest;
        }
    }

    /// Takes as its first items what [`Self::write`] of another batch of the same network has written.
    pub fn read(&mut self, n_items: usize, mut values: &[f32]) {
        let Self {
            target,
            seen,
            masks,
            noises,
        } = self;
        for rows in [target, seen].into_iter().chain(masks).chain(noises) {
            let (place, rest) = values.split_at(n_items * rows.width);
            rows.first_mut(n_items).copy_from_slice(place);
            values = rest;
        }
    }

    fn all(&self) -> impl Iterator<Item = &Rows> {
        let given = [&self.target, &self.seen].into_iter();
        given.chain(&self.masks).chain(&self.noises)
    }
}
