//! How the network reconstructs the items in sight: asked for a few at a time, kept for a while.

use std::collections::BTreeMap;

use crate::protocol::{Moment, ReconstructedItems};

/// Items that are asked for at once; as many pictures of 28 × 28 as the examiner reconstructs in one go.
const MOST_ASKED: usize = 32;

/// Values that are kept, of items in sight and items that were: 500 pictures of 28 × 28, 1.6 MB.
const MOST_KEPT: usize = 500 * 784;

/// An item as it was reconstructed.
#[derive(Clone, Debug)]
struct Known {
    values: Vec<f32>,
    of: Moment,
    /// The answer that it came with; the smallest is the oldest.
    request: u32,
}

/// Reconstructions of some items, by newer and older weights.
#[derive(Clone, Debug, Default)]
pub(super) struct Reconstructions {
    known: BTreeMap<usize, Known>,
}

impl Reconstructions {
    /// The values of an item as reconstructed last, and the number of the answer that they came with.
    pub fn of(&self, item: usize) -> Option<(u32, &[f32])> {
        let known = self.known.get(&item)?;
        Some((known.request, &known.values))
    }

    /// Other data are at hand: nothing that is known is worth anything.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    /// The items to ask for next: those of `in_sight` that the weights of `given` have not reconstructed yet.
    pub fn wanted(&self, in_sight: &[usize], given: Moment) -> Vec<u32> {
        let is_old = |item: &&usize| self.known.get(item).is_none_or(|known| known.of != given);
        let old = in_sight.iter().filter(is_old).take(MOST_ASKED);
        old.map(|&item| item as u32).collect()
    }

    /// Takes an answer in; what is not in sight makes room for it. `false` where it does not fit the data.
    pub fn take(
        &mut self,
        reconstructed: &ReconstructedItems,
        n_features: usize,
        in_sight: &[usize],
    ) -> bool {
        if n_features == 0 || reconstructed.values.len() != reconstructed.items.len() * n_features {
            return false;
        }
        let rows = reconstructed.values.chunks_exact(n_features);
        for (&item, values) in reconstructed.items.iter().zip(rows) {
            let known = Known {
                values: values.to_vec(),
                of: reconstructed.of,
                request: reconstructed.request,
            };
            self.known.insert(item as usize, known);
        }
        self.make_room(n_features, in_sight);
        true
    }

    fn make_room(&mut self, n_features: usize, in_sight: &[usize]) {
        let n_kept = MOST_KEPT / n_features;
        let n_over = self.known.len().saturating_sub(n_kept);
        if n_over == 0 {
            return;
        }
        let out_of_sight = self
            .known
            .iter()
            .filter(|(item, _)| !in_sight.contains(item));
        let mut by_age: Vec<(u32, usize)> = out_of_sight
            .map(|(&item, known)| (known.request, item))
            .collect();
        by_age.sort_unstable();
        for (_, item) in by_age.into_iter().take(n_over) {
            self.known.remove(&item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autoencoder::Position;
    use crate::protocol::RunId;

    fn moment(epoch: usize) -> Moment {
        Moment {
            run: RunId(1),
            position: Position { epoch, batch: 0 },
        }
    }

    fn answer(request: u32, of: Moment, items: &[u32], n_features: usize) -> ReconstructedItems {
        ReconstructedItems {
            request,
            of,
            items: items.to_vec(),
            values: vec![0.5; items.len() * n_features],
        }
    }

    #[test]
    fn what_is_in_sight_and_not_known_is_wanted() {
        let mut reconstructions = Reconstructions::default();
        assert_eq!(reconstructions.wanted(&[7, 3], moment(1)), [7, 3]);
        assert!(reconstructions.take(&answer(1, moment(1), &[7, 3], 2), 2, &[3, 9]));
        assert_eq!(reconstructions.of(7), Some((1, &[0.5, 0.5][..])));
        assert_eq!(reconstructions.wanted(&[3, 9], moment(1)), [9]);
    }

    #[test]
    fn newer_weights_are_asked_again_and_the_old_picture_stays_until_then() {
        let mut reconstructions = Reconstructions::default();
        reconstructions.take(&answer(1, moment(1), &[1], 2), 2, &[1]);
        assert!(reconstructions.wanted(&[1], moment(1)).is_empty());
        assert_eq!(reconstructions.wanted(&[1], moment(2)), [1]);
        assert_eq!(reconstructions.of(1).map(|(request, _)| request), Some(1));
        reconstructions.take(&answer(2, moment(2), &[1], 2), 2, &[1]);
        assert_eq!(reconstructions.of(1).map(|(request, _)| request), Some(2));
        assert_eq!(
            reconstructions.wanted(&[1], moment(1)),
            [1],
            "weights that were taken back are others too"
        );
    }

    #[test]
    fn an_answer_of_the_wrong_size_is_not_shown() {
        let mut reconstructions = Reconstructions::default();
        assert!(!reconstructions.take(&answer(1, moment(1), &[1], 3), 2, &[1]));
        assert_eq!(reconstructions.of(1), None);
    }

    #[test]
    fn memory_is_bounded_and_what_is_in_sight_is_kept() {
        let mut reconstructions = Reconstructions::default();
        for (request, start) in (0..2_000_usize).step_by(25).enumerate() {
            let in_sight: Vec<usize> = (start..start + 25).collect();
            let items: Vec<u32> = in_sight.iter().map(|&item| item as u32).collect();
            let answer = answer(request as u32, moment(1), &items, 784);
            assert!(reconstructions.take(&answer, 784, &in_sight));
        }
        assert_eq!(reconstructions.known.len(), 500);
        assert!(reconstructions.of(1_999).is_some());
        assert!(reconstructions.of(0).is_none());
        let huge: Vec<usize> = (0..10).collect();
        let items: Vec<u32> = (0..10).collect();
        reconstructions.take(&answer(90, moment(1), &items, 100_000), 100_000, &huge);
        assert!(huge.iter().all(|&item| reconstructions.of(item).is_some()));
    }
}
