//! How a batch is cut into parts, so that several workers can learn from it, and how the parts are put together.
//!
//! Sums of floats depend on their order. So whether and how a batch is cut depends on network and batch alone, never on
//! the machine or on who works, and what the parts give is added in one order, two and two: the same bits with one worker
//! and with four.

use std::ops::Range;

/// Parts of a batch that is cut: as many as workers can share it.
const N_PARTS: usize = 4;

/// Products of the way forward that make a batch worth cutting: a part alone then takes longer than the messages that it
/// costs to have it worked out elsewhere.
const PRODUCTS_WORTH_CUTTING: u64 = 1 << 24;

/// Products with each parameter, on average, that make a batch worth cutting. With fewer, parts use what they read of the
/// parameters so seldom that one pass over the whole batch is faster, and the parameters take long to travel.
const PRODUCTS_WITH_EACH: u64 = 64;

/// Whether batches of `n_items` are cut, each of which takes so many products with the parameters on its way forward.
pub(super) fn is_worth_cutting(n_items: usize, products_of_item: u64, n_parameters: usize) -> bool {
    let n_products = n_items as u64 * products_of_item;
    n_products >= PRODUCTS_WORTH_CUTTING.max(PRODUCTS_WITH_EACH * n_parameters as u64)
}

/// A batch in parts of items that follow each other; their sizes differ by one at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    n_items: usize,
    n_parts: usize,
}

impl Cut {
    /// Of `n_items`, not none, in as many parts as workers can share, or left whole.
    pub fn new(n_items: usize, is_cut: bool) -> Self {
        let n_parts = if is_cut { N_PARTS } else { 1 };
        Self {
            n_items,
            n_parts: n_parts.min(n_items).max(1),
        }
    }

    /// Items of all parts together.
    pub fn n_items(self) -> usize {
        self.n_items
    }

    /// All parts.
    pub fn parts(self) -> Range<usize> {
        0..self.n_parts
    }

    /// Items of the largest part.
    pub fn largest_part(self) -> usize {
        self.n_items.div_ceil(self.n_parts)
    }

    /// Where the items of some parts lie in the batch.
    pub fn items_of(self, parts: &Range<usize>) -> Range<usize> {
        let start_of = |part: usize| part * self.n_items / self.n_parts;
        start_of(parts.start)..start_of(parts.end)
    }

    /// What each of some workers has to do, the first one's share first; they are fewer where there are not enough parts.
    ///
    /// A share is a part or a pair of parts that are added to each other first.
    pub fn shares(self, n_workers: usize) -> Vec<Range<usize>> {
        let all = self.parts();
        let Some((first, second)) = halves(&all).filter(|_| n_workers > 1) else {
            return vec![all];
        };
        let single = |parts: Range<usize>| parts.map(|part| part..part + 1);
        match n_workers {
            2 => vec![first, second],
            3 => std::iter::once(first).chain(single(second)).collect(),
            _ => single(all).collect(),
        }
    }
}

/// The two halves that some parts are the sum of; `None` of a part alone.
pub(super) fn halves(parts: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let first = match parts.len() {
        0 | 1 => return None,
        2 => 1,
        _ => 2,
    };
    let middle = parts.start + first;
    Some((parts.start..middle, middle..parts.end))
}

/// Sums that are needed at once to add some parts up.
pub(super) fn n_sums(parts: &Range<usize>) -> usize {
    halves(parts).map_or(1, |(first, second)| n_sums(&first).max(1 + n_sums(&second)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(n_items: usize) -> Cut {
        Cut::new(n_items, true)
    }

    #[test]
    fn parts_follow_each_other_and_are_of_one_size_but_for_one_item() {
        for n_items in 1..40 {
            let cut = cut(n_items);
            let parts = cut.parts().map(|part| cut.items_of(&(part..part + 1)));
            let sizes: Vec<_> = parts.map(|items| items.len()).collect();
            assert_eq!(sizes.len(), n_items.min(N_PARTS));
            assert_eq!(sizes.iter().sum::<usize>(), n_items);
            assert_eq!(sizes.iter().max(), Some(&cut.largest_part()));
            assert!(sizes.iter().all(|size| size + 1 >= cut.largest_part()));
        }
    }

    #[test]
    fn the_shares_of_any_number_of_workers_are_the_whole_batch() {
        for n_items in 1..9 {
            for n_workers in 1..7 {
                let shares = cut(n_items).shares(n_workers);
                assert!(shares.len() <= n_workers);
                let parts: Vec<_> = shares.into_iter().flatten().collect();
                assert!(parts.into_iter().eq(cut(n_items).parts()));
            }
        }
    }

    #[test]
    fn a_batch_that_uses_its_parameters_seldom_is_left_whole() {
        let n_parameters = 1_000_000;
        assert!(is_worth_cutting(64, n_parameters as u64, n_parameters));
        assert!(!is_worth_cutting(63, n_parameters as u64, n_parameters));
    }

    #[test]
    fn a_batch_that_is_soon_done_is_left_whole() {
        let products = PRODUCTS_WORTH_CUTTING / 128;
        assert!(is_worth_cutting(128, products, 1_000));
        assert!(!is_worth_cutting(127, products, 1_000));
        assert_eq!(Cut::new(15, false).parts(), 0..1);
    }
}
