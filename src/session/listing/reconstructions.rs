//! How the network rebuilds the items in sight: asked for a few at a time, kept for a while.

use std::collections::BTreeMap;

use crate::protocol::RebuiltItems;

/// Items that are asked for at once; as many pictures of 28 × 28 as the examiner rebuilds in one go.
const MOST_ASKED: usize = 32;

/// Values that are kept, of items in sight and items that were: 500 pictures of 28 × 28, 1.6 MB.
const MOST_KEPT: usize = 500 * 784;

/// An item as it was rebuilt.
#[derive(Clone, Debug)]
struct Known {
    values: Vec<f32>,
    /// By which weights, counted from the first that were measured.
    generation: u32,
    /// The answer that it came with; the smallest is the oldest.
    request: u32,
}

/// Reconstructions of some items, by newer and older weights.
///
/// One request is in flight at a time; what is in sight when it is answered is asked for next.
#[derive(Clone, Debug, Default)]
pub(super) struct Reconstructions {
    known: BTreeMap<usize, Known>,
    generation: u32,
    n_requests: u32,
    /// The newest request, and by which weights it is answered.
    in_flight: Option<(u32, u32)>,
    /// The examiner refused something, which may have been the request; newer weights may do better.
    is_on_hold: bool,
}

impl Reconstructions {
    /// The values of an item as rebuilt last, and the number of the answer that they came with.
    pub fn of(&self, item: usize) -> Option<(u32, &[f32])> {
        let known = self.known.get(&item)?;
        Some((known.request, &known.values))
    }

    /// There are newer weights: all items must be rebuilt again.
    pub fn outdate(&mut self) {
        self.generation = self.generation.wrapping_add(1);
        if std::mem::take(&mut self.is_on_hold) {
            self.in_flight = None;
        }
    }

    /// Other data are at hand: nothing that is known is worth anything.
    pub fn forget(&mut self) {
        self.known.clear();
        self.in_flight = None;
    }

    /// The examiner has lost the request, or was given other work.
    pub fn interrupt(&mut self) {
        self.in_flight = None;
    }

    /// The examiner refused something; if it was not the request, its answer is still to come.
    pub fn hold(&mut self) {
        self.is_on_hold |= self.in_flight.is_some();
    }

    /// The number of a new request and its items: those of `in_sight` that the newest weights have not rebuilt yet.
    pub fn request(&mut self, in_sight: &[usize]) -> Option<(u32, Vec<u32>)> {
        if self.in_flight.is_some() || self.is_on_hold {
            return None;
        }
        let is_old = |item: &&usize| {
            let known = self.known.get(item);
            known.is_none_or(|known| known.generation != self.generation)
        };
        let old = in_sight.iter().filter(is_old).take(MOST_ASKED);
        let items: Vec<u32> = old.map(|&item| item as u32).collect();
        if items.is_empty() {
            return None;
        }
        self.n_requests = self.n_requests.wrapping_add(1);
        self.in_flight = Some((self.n_requests, self.generation));
        Some((self.n_requests, items))
    }

    /// Takes an answer in; what is not in sight makes room for it. Answers that were given up are dropped.
    pub fn take(&mut self, rebuilt: &RebuiltItems, n_features: usize, in_sight: &[usize]) {
        let in_flight = self
            .in_flight
            .filter(|&(request, _)| request == rebuilt.request);
        let Some((request, generation)) = in_flight else {
            return;
        };
        self.in_flight = None;
        self.is_on_hold =
            n_features == 0 || rebuilt.values.len() != rebuilt.items.len() * n_features;
        if self.is_on_hold {
            return;
        }
        let rows = rebuilt.values.chunks_exact(n_features);
        for (&item, values) in rebuilt.items.iter().zip(rows) {
            let known = Known {
                values: values.to_vec(),
                generation,
                request,
            };
            self.known.insert(item as usize, known);
        }
        self.make_room(n_features, in_sight);
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
    use crate::protocol::RunId;

    fn answer(request: u32, items: &[u32], n_features: usize) -> RebuiltItems {
        RebuiltItems {
            request,
            run: RunId(1),
            items: items.to_vec(),
            values: vec![0.5; items.len() * n_features],
        }
    }

    fn ask_and_answer(
        reconstructions: &mut Reconstructions,
        in_sight: &[usize],
        n_features: usize,
    ) {
        while let Some((request, items)) = reconstructions.request(in_sight) {
            reconstructions.take(&answer(request, &items, n_features), n_features, in_sight);
        }
    }

    #[test]
    fn one_request_is_in_flight_and_what_is_in_sight_then_is_asked_for_next() {
        let mut reconstructions = Reconstructions::default();
        assert_eq!(reconstructions.request(&[7, 3]), Some((1, vec![7, 3])));
        assert_eq!(reconstructions.request(&[3, 9]), None);
        reconstructions.take(&answer(1, &[7, 3], 2), 2, &[3, 9]);
        assert_eq!(reconstructions.of(7), Some((1, &[0.5, 0.5][..])));
        assert_eq!(reconstructions.request(&[3, 9]), Some((2, vec![9])));
    }

    #[test]
    fn newer_weights_ask_again_and_the_old_picture_stays_until_then() {
        let mut reconstructions = Reconstructions::default();
        ask_and_answer(&mut reconstructions, &[1], 2);
        assert_eq!(reconstructions.request(&[1]), None);
        reconstructions.outdate();
        assert_eq!(reconstructions.request(&[1]), Some((2, vec![1])));
        assert_eq!(reconstructions.of(1).map(|(request, _)| request), Some(1));
        reconstructions.outdate();
        reconstructions.take(&answer(2, &[1], 2), 2, &[1]);
        assert_eq!(reconstructions.of(1).map(|(request, _)| request), Some(2));
        assert_eq!(
            reconstructions.request(&[1]),
            Some((3, vec![1])),
            "that answer may be by the weights of before"
        );
    }

    #[test]
    fn an_answer_to_a_request_that_was_given_up_is_dropped() {
        let mut reconstructions = Reconstructions::default();
        assert!(reconstructions.request(&[1]).is_some());
        reconstructions.interrupt();
        reconstructions.take(&answer(1, &[1], 2), 2, &[1]);
        assert_eq!(reconstructions.of(1), None);
        assert!(reconstructions.request(&[1]).is_some());
    }

    #[test]
    fn after_a_refusal_only_newer_weights_are_asked() {
        let mut reconstructions = Reconstructions::default();
        assert!(reconstructions.request(&[1]).is_some());
        reconstructions.hold();
        assert_eq!(reconstructions.request(&[1]), None);
        reconstructions.outdate();
        assert!(reconstructions.request(&[1]).is_some());
    }

    #[test]
    fn a_refusal_of_something_else_does_not_stop_the_pictures() {
        let mut reconstructions = Reconstructions::default();
        assert!(reconstructions.request(&[1]).is_some());
        reconstructions.hold();
        reconstructions.take(&answer(1, &[1], 2), 2, &[1]);
        assert!(reconstructions.of(1).is_some());
        assert!(reconstructions.request(&[2]).is_some());
    }

    #[test]
    fn an_answer_of_the_wrong_size_is_not_shown_and_not_asked_for_again() {
        let mut reconstructions = Reconstructions::default();
        assert!(reconstructions.request(&[1]).is_some());
        reconstructions.take(&answer(1, &[1], 3), 2, &[1]);
        assert_eq!(reconstructions.of(1), None);
        assert_eq!(reconstructions.request(&[1]), None);
    }

    #[test]
    fn memory_is_bounded_and_what_is_in_sight_is_kept() {
        let mut reconstructions = Reconstructions::default();
        for start in (0..2_000).step_by(50) {
            let in_sight: Vec<usize> = (start..start + 50).collect();
            ask_and_answer(&mut reconstructions, &in_sight, 784);
        }
        assert_eq!(reconstructions.known.len(), 500);
        assert!(reconstructions.of(1_999).is_some());
        assert!(reconstructions.of(0).is_none());
        let huge: Vec<usize> = (0..10).collect();
        ask_and_answer(&mut reconstructions, &huge, 100_000);
        assert!(huge.iter().all(|&item| reconstructions.of(item).is_some()));
    }
}
