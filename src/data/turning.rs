//! Turning all pictures of a data set, such as those that lie on their side.

use serde::{Deserialize, Serialize};

use super::{Dataset, Form};

/// A quarter turn clockwise so many times, after a mirror where there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// 0 to 3.
    quarters: u8,
    /// Left and right are swapped first.
    is_mirrored: bool,
}

impl Turn {
    /// A quarter clockwise.
    pub const RIGHT: Self = Self {
        quarters: 1,
        is_mirrored: false,
    };

    /// Left and right swapped.
    pub const MIRROR: Self = Self {
        quarters: 0,
        is_mirrored: true,
    };

    /// This turn, and then another.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        // Mirroring after a turn is turning the other way after mirroring.
        let before = if next.is_mirrored {
            4 - self.quarters % 4
        } else {
            self.quarters
        };
        Self {
            quarters: (before + next.quarters) % 4,
            is_mirrored: self.is_mirrored != next.is_mirrored,
        }
    }

    /// Where the pixel at a place of the turned picture comes from; `(width, height)` is the size before.
    fn source(self, (width, height): (usize, usize), (x, y): (usize, usize)) -> (usize, usize) {
        let (x, y) = match self.quarters % 4 {
            0 => (x, y),
            1 => (y, height - 1 - x),
            2 => (width - 1 - x, height - 1 - y),
            _ => (width - 1 - y, x),
        };
        if self.is_mirrored {
            (width - 1 - x, y)
        } else {
            (x, y)
        }
    }

    /// A size after the turn.
    fn size(self, (width, height): (usize, usize)) -> (usize, usize) {
        if self.quarters.is_multiple_of(2) {
            (width, height)
        } else {
            (height, width)
        }
    }
}

impl Dataset {
    /// The same pictures, all turned; the rows of a table stay as they are.
    #[must_use]
    pub fn turned(mut self, turn: Turn) -> Self {
        let Form::Pictures { width, height } = *self.form() else {
            return self;
        };
        if turn == Turn::default() {
            return self;
        }
        let (before, after) = ((width, height), turn.size((width, height)));
        let sources = (0..width * height).map(|place| {
            let (x, y) = turn.source(before, (place % after.0, place / after.0));
            y * width + x
        });
        let sources: Vec<usize> = sources.collect();
        self.rearrange(after, &sources);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows of three.
    fn picture() -> Dataset {
        Dataset::pictures(3, 2, 6, vec![1, 2, 3, 4, 5, 6], vec![7]).expect("a picture")
    }

    fn levels(turn: Turn) -> ((usize, usize), Vec<u8>) {
        let turned = picture().turned(turn);
        assert_eq!(turned.label_of(0), Some(7));
        let values = turned.item(0).expect("a picture");
        let levels = values.iter().map(|it| (it * 6.0).round() as u8).collect();
        (turned.picture_size().expect("pictures"), levels)
    }

    #[test]
    fn a_quarter_turns_clockwise_and_a_mirror_swaps_left_and_right() {
        assert_eq!(levels(Turn::RIGHT), ((2, 3), vec![4, 1, 5, 2, 6, 3]));
        assert_eq!(levels(Turn::MIRROR), ((3, 2), vec![3, 2, 1, 6, 5, 4]));
    }

    #[test]
    fn turns_add_up_as_they_do_one_by_one() {
        let steps = [
            Turn::RIGHT,
            Turn::MIRROR,
            Turn::RIGHT,
            Turn::RIGHT,
            Turn::MIRROR,
        ];
        let (mut sum, mut one_by_one) = (Turn::default(), picture());
        for step in steps {
            sum = sum.then(step);
            one_by_one = one_by_one.turned(step);
            assert_eq!(picture().turned(sum), one_by_one, "{sum:?}");
        }
        let full = (0..4).fold(Turn::default(), |turn, _| turn.then(Turn::RIGHT));
        assert_eq!(full, Turn::default());
    }
}
