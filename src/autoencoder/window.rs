//! The window of a convolution: how large it is, how it moves, and what that leaves.

use serde::{Deserialize, Serialize};

use super::Shape;

/// A window that slides over maps of features, as PyTorch's `Conv1d`, `Conv2d` and their transposes have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Maps that come out.
    pub channels: usize,
    /// Values of the window along each of its dimensions.
    pub kernel: usize,
    /// How far the window moves.
    pub stride: usize,
    /// Zeros around the maps, on every side.
    pub padding: usize,
    /// Of a transposed convolution: values added at the far end of each dimension.
    pub output_padding: usize,
    /// Whether it slides over pictures or along series.
    #[serde(default)]
    pub dimensions: Dimensions,
}

/// In how many dimensions a window extends and moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Dimensions {
    /// Along series, which are maps of a single row.
    One,
    /// Over pictures; it is a square.
    #[default]
    Two,
}

/// A window in one dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub kernel: usize,
    pub stride: usize,
    pub padding: usize,
    pub output_padding: usize,
}

impl Span {
    /// Where a series of a single row has no dimension.
    const POINT: Self = Self {
        kernel: 1,
        stride: 1,
        padding: 0,
        output_padding: 0,
    };

    /// Places of the window along a side; none where it does not fit.
    pub fn narrowed(self, side: usize) -> usize {
        let padded = side.saturating_add(self.padding.saturating_mul(2));
        padded
            .checked_sub(self.kernel)
            .and_then(|room| room.checked_div(self.stride))
            .map_or(0, |steps| steps + 1)
    }

    /// The side that a transposed convolution makes of so many places.
    pub fn widened(self, n_places: usize) -> usize {
        let Some(steps) = n_places.checked_sub(1).filter(|_| self.stride > 0) else {
            return 0;
        };
        steps
            .saturating_mul(self.stride)
            .saturating_add(self.kernel)
            .saturating_add(self.output_padding)
            .saturating_sub(self.padding.saturating_mul(2))
    }

    /// Values at the far end of a padded side that no window reaches; `None` where the window does not fit. A transposed
    /// convolution with this output padding takes the side back.
    pub fn rest(self, side: usize) -> Option<usize> {
        let room = (side + 2 * self.padding).checked_sub(self.kernel)?;
        room.checked_rem(self.stride)
    }

    /// Whether it covers a side as it is, in its only place.
    pub fn covers(self, side: usize) -> bool {
        self.padding == 0 && self.kernel == side
    }
}

impl Window {
    /// The window down the rows of maps, and across their columns.
    pub(super) fn spans(self) -> [Span; 2] {
        let across = Span {
            kernel: self.kernel,
            stride: self.stride,
            padding: self.padding,
            output_padding: self.output_padding,
        };
        match self.dimensions {
            Dimensions::One => [Span::POINT, across],
            Dimensions::Two => [across, across],
        }
    }

    /// Values under the window in one map.
    pub(super) fn area(self) -> usize {
        let [down, across] = self.spans();
        down.kernel.saturating_mul(across.kernel)
    }

    /// The shape of what a convolution leaves of maps; empty where the window does not fit.
    pub(super) fn narrowed(self, maps: Shape) -> Shape {
        self.slid(maps, Span::narrowed)
    }

    /// The shape of what a transposed convolution makes of maps.
    pub(super) fn widened(self, maps: Shape) -> Shape {
        self.slid(maps, Span::widened)
    }

    fn slid(self, maps: Shape, side: impl Fn(Span, usize) -> usize) -> Shape {
        let [down, across] = self.spans();
        let height = match self.dimensions {
            Dimensions::One if maps.height != 1 => 0,
            Dimensions::One | Dimensions::Two => side(down, maps.height),
        };
        Shape {
            channels: self.channels,
            height,
            width: side(across, maps.width),
        }
    }

    /// Whether it covers maps of a shape as they are, in its only place.
    pub(super) fn covers(self, maps: Shape) -> bool {
        let [down, across] = self.spans();
        down.covers(maps.height) && across.covers(maps.width)
    }

    /// "3 × 3", or "7" along a series.
    pub fn size_in_words(self) -> String {
        let kernel = self.kernel;
        match self.dimensions {
            Dimensions::One => kernel.to_string(),
            Dimensions::Two => format!("{kernel} × {kernel}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_along_a_series_leaves_its_single_row_alone() {
        let window = Window {
            channels: 16,
            kernel: 7,
            stride: 2,
            padding: 3,
            output_padding: 1,
            dimensions: Dimensions::One,
        };
        let series = Shape::series(1, 140);
        assert_eq!(window.narrowed(series), Shape::series(16, 70));
        assert_eq!(window.widened(Shape::series(8, 70)), Shape::series(16, 140));
        assert_eq!((window.area(), window.size_in_words().as_str()), (7, "7"));
        let picture = Shape {
            height: 140,
            ..series
        };
        assert_eq!(window.narrowed(picture).n_values(), 0);
    }

    #[test]
    fn a_rest_is_what_takes_a_side_back() {
        for (kernel, stride, padding) in [(7, 2, 3), (5, 3, 2), (3, 1, 1), (4, 4, 0)] {
            for side in 8..40 {
                let span = Span {
                    kernel,
                    stride,
                    padding,
                    output_padding: 0,
                };
                let output_padding = span.rest(side).expect("it fits");
                let back = Span {
                    output_padding,
                    ..span
                };
                assert_eq!(back.widened(span.narrowed(side)), side, "{back:?}");
            }
        }
    }

    #[test]
    fn a_window_from_before_there_were_series_is_a_square() {
        let text = r#"{"channels":4,"kernel":3,"stride":2,"padding":1,"output_padding":0}"#;
        let window: Window = serde_json::from_str(text).expect("it reads");
        assert_eq!(window.dimensions, Dimensions::Two);
        assert_eq!(window.area(), 9);
    }
}
