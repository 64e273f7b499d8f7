//! Which item of the data is laid on the bench.

use crate::random::Mt19937;
use crate::session::Session;

/// An item of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemChoice {
    /// One that the network was not trained on, another one each time.
    Example,
    /// One of a class that is not normal, and that the network was not trained on, another one each time.
    HeldOutExample,
    /// The one at this place.
    Item(usize),
}

impl Session {
    /// Lays an item of the data on the bench, where there is such a one.
    pub(in crate::session) fn lay(&mut self, pick: ItemChoice) {
        let split = self.split();
        match pick {
            ItemChoice::Example => {
                let candidates = split.map(|split| {
                    if split.test.is_empty() {
                        split.calibration
                    } else {
                        split.test
                    }
                });
                self.lay_one_of(&candidates.unwrap_or_default());
            }
            ItemChoice::HeldOutExample => {
                self.lay_one_of(&split.map_or_else(Vec::new, |split| split.held_out));
            }
            ItemChoice::Item(item_idx) => self.lay_item(item_idx),
        }
    }

    fn lay_one_of(&mut self, candidates: &[usize]) {
        if candidates.is_empty() {
            return;
        }
        let mut generator = Mt19937::new(self.benches.at_hand.n_examples());
        let pick = generator.next_u32() as usize % candidates.len();
        self.lay_item(candidates[pick]);
    }

    fn lay_item(&mut self, item_idx: usize) {
        let Some(data) = &self.studies.front.data else {
            return;
        };
        self.benches.at_hand.load_item(&data.dataset, item_idx);
    }
}
