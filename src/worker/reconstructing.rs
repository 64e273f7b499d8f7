//! A few items as the network reconstructs them, for the page to show.

use super::long_work::Sweep;
use super::subject::Subject;
use crate::autoencoder::Network;
use crate::protocol::{ExamineEvent, Moment, ReconstructedItems};

/// Reconstructs some items, slice by slice.
pub(super) struct Reconstructing {
    /// The weights of the moment when it was asked for: newer ones that come again and again would keep it from ending.
    network: Network,
    sweep: Sweep,
    reconstructed: ReconstructedItems,
}

impl Reconstructing {
    pub fn new(
        subject: &Subject,
        (network, of): (Network, Moment),
        request: u32,
        items: &[u32],
    ) -> Self {
        let n_items = subject.dataset.n_items();
        let is_there = |item: &u32| (*item as usize) < n_items;
        let items: Vec<u32> = items.iter().copied().filter(is_there).collect();
        Self {
            network,
            sweep: Sweep::new(items.iter().map(|&item| item as usize).collect()),
            reconstructed: ReconstructedItems {
                request,
                of,
                items,
                values: Vec::new(),
            },
        }
    }

    /// One slice; the event comes with the last one.
    pub async fn work(&mut self, subject: &Subject) -> Result<Option<ExamineEvent>, String> {
        let (_, reconstructed) = self.sweep.next(subject, &self.network).await?;
        let n_features = subject.dataset.n_features();
        let rows = reconstructed
            .reconstructions
            .chunks_exact(self.network.input_size());
        for row in rows {
            self.reconstructed
                .values
                .extend(row.iter().take(n_features));
        }
        let is_done = self.sweep.is_done();
        Ok(is_done.then(|| ExamineEvent::Reconstructed(self.reconstructed.clone())))
    }
}
