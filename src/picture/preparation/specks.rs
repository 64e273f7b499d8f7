//! Touches of the pen that belong to no stroke.

use crate::picture::{INK_EPSILON, Picture};

/// What is smaller in both directions than the drawing's longest part by this factor is a speck.
const PARTS_PER_SPECK: usize = 3;

/// Cells that hang together, also at their corners.
struct Part {
    cells: Vec<usize>,
    longest_side: usize,
}

impl Picture {
    /// The picture without the parts that are specks beside its longest one.
    #[must_use]
    pub fn without_specks(&self) -> Self {
        let parts = self.parts();
        let longest = parts.iter().map(|part| part.longest_side).max();
        let longest = longest.unwrap_or(0);
        let specks = parts
            .iter()
            .filter(|part| part.longest_side * PARTS_PER_SPECK < longest);
        let mut ink = self.ink().to_vec();
        for &cell in specks.flat_map(|speck| &speck.cells) {
            ink[cell] = 0.0;
        }
        Self::from_cells(self.width(), self.height(), |x, y| {
            ink[y * self.width() + x]
        })
    }

    /// Everything that hangs together.
    fn parts(&self) -> Vec<Part> {
        let mut is_open: Vec<bool> = self.ink().iter().map(|&ink| ink > INK_EPSILON).collect();
        let mut parts = Vec::new();
        for start in 0..is_open.len() {
            if is_open[start] {
                parts.push(self.part_from(start, &mut is_open));
            }
        }
        parts
    }

    /// The part that a cell belongs to; its cells are open no more.
    fn part_from(&self, start: usize, is_open: &mut [bool]) -> Part {
        let width = self.width();
        let mut cells = vec![start];
        is_open[start] = false;
        let (mut columns, mut rows) = (Range::of(start % width), Range::of(start / width));
        let mut n_done = 0;
        while let Some(&cell) = cells.get(n_done) {
            n_done += 1;
            let (x, y) = (cell % width, cell / width);
            columns.include(x);
            rows.include(y);
            for y in y.saturating_sub(1)..(y + 2).min(self.height()) {
                for x in x.saturating_sub(1)..(x + 2).min(width) {
                    let beside = y * width + x;
                    if std::mem::take(&mut is_open[beside]) {
                        cells.push(beside);
                    }
                }
            }
        }
        Part {
            cells,
            longest_side: columns.length().max(rows.length()),
        }
    }
}

/// Places from the first to the last, both included.
struct Range {
    first: usize,
    last: usize,
}

impl Range {
    fn of(place: usize) -> Self {
        Self {
            first: place,
            last: place,
        }
    }

    fn include(&mut self, place: usize) {
        self.first = self.first.min(place);
        self.last = self.last.max(place);
    }

    fn length(&self) -> usize {
        self.last - self.first + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;

    fn line() -> Picture {
        let mut picture = Picture::blank(60, 60);
        picture.stroke((20.0, 10.0), (22.0, 50.0), 3.0, Brush::Ink);
        picture
    }

    #[test]
    fn a_touch_beside_the_drawing_is_left_out() {
        let mut touched = line();
        touched.stroke((50.0, 5.0), (50.0, 5.0), 3.0, Brush::Ink);
        assert_ne!(touched, line());
        assert_eq!(touched.without_specks(), line());
    }

    #[test]
    fn a_second_stroke_stays_and_so_does_a_touch_alone() {
        let mut crossed = line();
        crossed.stroke((35.0, 30.0), (55.0, 30.0), 3.0, Brush::Ink);
        assert_eq!(crossed.without_specks(), crossed);
        let mut dot = Picture::blank(60, 60);
        dot.stroke((9.0, 9.0), (9.0, 9.0), 2.0, Brush::Ink);
        assert_eq!(dot.without_specks(), dot);
        assert_eq!(Picture::blank(4, 4).without_specks(), Picture::blank(4, 4));
        assert_eq!(Picture::default().without_specks(), Picture::default());
    }

    #[test]
    fn cells_that_touch_at_their_corners_are_one_part() {
        let mut stairs = Picture::blank(40, 40);
        for idx in 0..10 {
            stairs.fill_cell(idx, idx, 4, 1.0);
        }
        assert_eq!(stairs.without_specks(), stairs);
    }
}
