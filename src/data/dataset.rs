//! Small grey pictures with their labels.

/// Pictures of one size, and what each of them shows.
///
/// `pixels` holds `n_items × width × height` values, item by item and row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// Pixels in a row of a picture.
    pub width: usize,
    /// Rows of a picture.
    pub height: usize,
    /// All pixels, 0 (paper) to 1 (ink).
    pub pixels: Vec<f32>,
    /// What each item shows: 0 to 9 for digits.
    pub labels: Vec<u8>,
}

impl Dataset {
    /// Number of items.
    pub fn n_items(&self) -> usize {
        self.labels.len()
    }

    /// Number of pixels of one item.
    pub fn n_features(&self) -> usize {
        self.width.saturating_mul(self.height)
    }

    /// The pixels of an item, row by row; `None` beyond the last one.
    pub fn pixels_of(&self, item_idx: usize) -> Option<&[f32]> {
        let start = item_idx.checked_mul(self.n_features())?;
        let end = start.checked_add(self.n_features())?;
        self.pixels.get(start..end)
    }

    /// What an item shows; `None` beyond the last one.
    pub fn label_of(&self, item_idx: usize) -> Option<u8> {
        self.labels.get(item_idx).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_its_own_pixels_and_label() {
        let dataset = Dataset {
            width: 2,
            height: 1,
            pixels: vec![0.0, 0.25, 0.5, 1.0],
            labels: vec![3, 7],
        };
        assert_eq!(dataset.n_items(), 2);
        assert_eq!(dataset.n_features(), 2);
        assert_eq!(dataset.pixels_of(1), Some(&[0.5, 1.0][..]));
        assert_eq!(dataset.label_of(1), Some(7));
    }

    #[test]
    fn nothing_lies_beyond_the_last_item() {
        let dataset = Dataset {
            width: 1,
            height: 1,
            pixels: vec![0.5],
            labels: vec![0],
        };
        for beyond in [1, usize::MAX] {
            assert_eq!(dataset.pixels_of(beyond), None);
            assert_eq!(dataset.label_of(beyond), None);
        }
    }
}
