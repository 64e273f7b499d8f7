//! One who works out parts of the batches of another's run.

use super::batch::Batch;
use super::cut::Cut;
use super::layers::{PlacedLayer, place_layers};
use super::parts::{PartSums, Task};
use crate::autoencoder::{Architecture, PartsCost, ShareOrder, TrainingConfig};

/// A network's layers, and room for the parts of a batch; weights and items come with each order.
pub(in crate::autoencoder) struct PlainAssistant {
    layers: Vec<PlacedLayer>,
    n_parameters: usize,
    batch: Batch,
    sums: PartSums,
}

impl PlainAssistant {
    /// Gets ready for a run of an architecture that can be trained.
    pub fn new(architecture: &Architecture, config: &TrainingConfig) -> Self {
        let layers = place_layers(architecture);
        let n_parameters = architecture.n_parameters();
        let cut = Cut::new(config.batch_size, true);
        Self {
            batch: Batch::new(&layers, config.batch_size, config.noise > 0.0),
            sums: PartSums::new(&layers, n_parameters, cut),
            layers,
            n_parameters,
        }
    }

    /// How many floats an order comes with.
    pub fn n_floats(&self, order: &ShareOrder) -> usize {
        let items = Cut::new(order.n_items, true).items_of(&order.parts);
        self.n_parameters + items.len() * self.batch.width()
    }

    /// Works a share out, from the floats of its order: its gradients, one for each weight, and its cost.
    pub fn work(&mut self, order: &ShareOrder, floats: &[f32]) -> (&[f32], PartsCost) {
        let cut = Cut::new(order.n_items, true);
        let items = cut.items_of(&order.parts);
        let (parameters, rows) = floats.split_at(self.n_parameters);
        self.batch.read(items.len(), rows);
        let task = Task {
            layers: &self.layers,
            parameters,
            batch: &self.batch,
            first_item: items.start,
            cut,
            scale: order.scale,
        };
        let cost = self.sums.add_up(&task, &order.parts, &[]);
        (self.sums.gradients(), cost)
    }
}
