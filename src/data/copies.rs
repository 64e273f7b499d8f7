//! Items that are copies of fewer originals, with small changes; copies of one original never stand on two sides.

use serde::{Deserialize, Serialize};

use super::Dataset;

/// Which items are copies of the same original; by default none is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Copies {
    /// How many items each original was made to, itself among them; they follow each other.
    pub n_each: usize,
    /// How many originals were copied; items behind theirs stand for themselves.
    pub n_originals: usize,
}

impl Copies {
    fn n_copied(self) -> usize {
        self.n_each.saturating_mul(self.n_originals)
    }

    /// The number of the original that an item is a copy of.
    fn original_of(self, item: usize) -> usize {
        match item.checked_sub(self.n_copied()) {
            Some(beyond) => self.n_originals + beyond,
            None => item / self.n_each.max(1),
        }
    }

    /// Items in the order of the data, cut so that copies of one original are together.
    pub fn families(self, items: &[usize]) -> impl Iterator<Item = &[usize]> {
        items.chunk_by(move |&one, &next| self.original_of(one) == self.original_of(next))
    }
}

impl Dataset {
    /// The same items, the first of which are copies: `n_each` of each of so many originals, side by side.
    #[must_use]
    pub fn with_copies(mut self, n_each: usize, n_originals: usize) -> Self {
        self.copies = Copies {
            n_each,
            n_originals: n_originals.min(self.n_items() / n_each.max(1)),
        };
        self
    }

    /// Whether there are more items than originals.
    pub fn is_stretched(&self) -> bool {
        self.copies.n_originals > 0
    }

    /// The original that an item is a copy of, by its number; without copies each item is its own.
    pub fn original_of(&self, item: usize) -> usize {
        self.copies.original_of(item)
    }

    /// The items behind all copies, which stand for themselves; all where nothing was copied.
    pub fn uncopied(&self) -> std::ops::Range<usize> {
        self.copies.n_copied().min(self.n_items())..self.n_items()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_an_original_follow_each_other_and_the_rest_stands_alone() {
        let copies = Copies {
            n_each: 3,
            n_originals: 2,
        };
        let originals: Vec<_> = (0..8).map(|item| copies.original_of(item)).collect();
        assert_eq!(originals, [0, 0, 0, 1, 1, 1, 2, 3]);
        let items = [0, 2, 3, 6, 7];
        let families: Vec<_> = copies.families(&items).collect();
        assert_eq!(families, [&[0, 2][..], &[3], &[6], &[7]]);
        let plain: Vec<_> = Copies::default().families(&items).map(<[_]>::len).collect();
        assert_eq!(plain, [1; 5]);
    }
}
