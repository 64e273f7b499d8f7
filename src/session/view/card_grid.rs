//! Where cards stand in a grid that is scrolled, and which of them are in sight.

use std::ops::Range;

/// Rows that are kept ready above and below those in sight.
const N_SPARE_ROWS: usize = 2;

/// The measures of a card, in pixels of the style sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CardStyle {
    /// Room between cards.
    pub gap: f64,
    /// The width below which no card goes, as long as one of it fits.
    pub narrowest: f64,
    /// Height of a card beside its pictures.
    pub height_of_words: f64,
    /// Width of a card beside its pictures.
    pub width_of_edges: f64,
}

/// Cards of one size in rows, in a frame that shows some of the rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CardGrid {
    /// Cards in all.
    pub n_cards: usize,
    /// Cards in a row, at least 1.
    pub n_columns: usize,
    /// Width of a card, in pixels of the style sheet.
    pub card_width: f64,
    /// Height of a card, in pixels of the style sheet.
    pub card_height: f64,
    /// Room between cards, in pixels of the style sheet.
    pub gap: f64,
}

/// Where a key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many cards on, or back.
    Cards(isize),
    /// So many rows down, or up.
    Rows(isize),
    /// To the first card.
    First,
    /// To the last card.
    Last,
}

impl CardGrid {
    /// As many cards as fit beside each other into `width` pixels; `strip_ratio` is the height of a card's strip of
    /// pictures as a part of its width.
    pub fn new(n_cards: usize, width: f64, strip_ratio: f64, style: CardStyle) -> Self {
        let CardStyle { gap, narrowest, .. } = style;
        let n_columns = ((width + gap) / (narrowest + gap)).floor().max(1.0);
        let card_width = ((width + gap) / n_columns - gap).max(1.0);
        let strip_width = (card_width - style.width_of_edges).max(0.0);
        Self {
            n_cards,
            n_columns: n_columns as usize,
            card_width,
            card_height: strip_width * strip_ratio + style.height_of_words,
            gap,
        }
    }

    /// From the top of one row to the top of the next.
    pub fn row_height(&self) -> f64 {
        self.card_height + self.gap
    }

    /// Height of all rows.
    pub fn height(&self) -> f64 {
        let n_rows = self.n_cards.div_ceil(self.n_columns);
        (n_rows as f64 * self.row_height() - self.gap).max(0.0)
    }

    /// Where a card stands: from the left, and from the top.
    pub fn corner(&self, card: usize) -> (f64, f64) {
        let (row, column) = (card / self.n_columns, card % self.n_columns);
        let left = column as f64 * (self.card_width + self.gap);
        (left, row as f64 * self.row_height())
    }

    /// The cards that a frame of `height` pixels shows when it is scrolled down by `top`, and some rows around them.
    pub fn in_sight(&self, top: f64, height: f64) -> Range<usize> {
        let row_at = |y: f64| (y / self.row_height()).floor().max(0.0) as usize;
        let first = row_at(top).saturating_sub(N_SPARE_ROWS);
        let last = row_at(top + height) + N_SPARE_ROWS;
        let end = ((last + 1) * self.n_columns).min(self.n_cards);
        (first * self.n_columns).min(end)..end
    }

    /// The first card that is wholly in sight.
    pub fn first_in_sight(&self, top: f64) -> usize {
        let row = (top / self.row_height()).ceil().max(0.0) as usize;
        (row * self.n_columns).min(self.n_cards.saturating_sub(1))
    }

    /// How far a frame of `height` pixels that is scrolled down by `top` must be scrolled to show a card.
    pub fn top_to_show(&self, card: usize, top: f64, height: f64) -> f64 {
        let (_, upper) = self.corner(card);
        let lower = upper + self.card_height;
        if upper < top {
            upper
        } else if lower > top + height {
            (lower - height).max(0.0)
        } else {
            top
        }
    }

    /// The card that a step leads to; at an edge it is the same card, or the last one below an incomplete row.
    pub fn after(&self, card: usize, step: Step) -> usize {
        let last = self.n_cards.saturating_sub(1);
        let moved = |by: isize| card.checked_add_signed(by);
        match step {
            Step::Cards(by) => moved(by).unwrap_or(0).min(last),
            Step::Rows(by) => {
                let n_rows = last / self.n_columns;
                let (row, column) = (card / self.n_columns, card % self.n_columns);
                let row = row.saturating_add_signed(by).min(n_rows);
                (row * self.n_columns + column).min(last)
            }
            Step::First => 0,
            Step::Last => last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: CardStyle = CardStyle {
        gap: 10.0,
        narrowest: 150.0,
        height_of_words: 70.0,
        width_of_edges: 20.0,
    };

    fn grid_of(n_cards: usize, width: f64) -> CardGrid {
        CardGrid::new(n_cards, width, 0.3, STYLE)
    }

    /// Ten thousand cards, four in a row.
    fn grid() -> CardGrid {
        grid_of(10_000, 720.0)
    }

    #[test]
    fn as_many_cards_stand_in_a_row_as_fit() {
        assert_eq!(grid_of(5, 320.0).n_columns, 2);
        assert_eq!(grid_of(5, 100.0).n_columns, 1);
        let grid = grid();
        assert_eq!(grid.n_columns, 4);
        let (left, _) = grid.corner(3);
        assert!((left + grid.card_width - 720.0).abs() < 1e-9);
        assert!((grid.height() - (2_500.0 * grid.row_height() - grid.gap)).abs() < 1e-6);
    }

    #[test]
    fn a_card_is_as_high_as_its_strip_of_pictures_and_its_words() {
        let card = grid_of(5, 320.0);
        assert!((card.card_width - 155.0).abs() < 1e-9);
        assert!((card.card_height - (135.0 * 0.3 + 70.0)).abs() < 1e-9);
    }

    #[test]
    fn only_the_rows_around_the_frame_are_in_sight() {
        let grid = grid();
        assert_eq!(grid.in_sight(0.0, 1.0), 0..12);
        let middle = grid.in_sight(100.5 * grid.row_height(), 3.0 * grid.row_height());
        assert_eq!(middle, 98 * 4..106 * 4);
        assert_eq!(grid.in_sight(grid.height(), 600.0).end, 10_000);
        assert_eq!(grid_of(0, 720.0).in_sight(0.0, 600.0), 0..0);
        assert_eq!(grid_of(3, 720.0).in_sight(5_000.0, 600.0), 3..3);
    }

    #[test]
    fn keys_lead_through_the_grid_and_stop_at_its_edges() {
        let grid = grid_of(10, 720.0);
        assert_eq!(grid.after(0, Step::Cards(-1)), 0);
        assert_eq!(grid.after(3, Step::Cards(1)), 4);
        assert_eq!(grid.after(1, Step::Rows(1)), 5);
        assert_eq!(grid.after(1, Step::Rows(-1)), 1);
        assert_eq!(
            grid.after(7, Step::Rows(1)),
            9,
            "the last row has two cards"
        );
        assert_eq!(grid.after(1, Step::Rows(50)), 9);
        assert_eq!(grid.after(5, Step::First), 0);
        assert_eq!(grid.after(5, Step::Last), 9);
        assert_eq!(grid_of(0, 720.0).after(0, Step::Cards(1)), 0);
    }

    #[test]
    fn a_card_out_of_sight_is_scrolled_to_its_nearer_edge() {
        let grid = grid();
        let row = grid.row_height();
        assert!((grid.top_to_show(0, 5.0 * row, 300.0) - 0.0).abs() < 1e-9);
        let down = grid.top_to_show(40, 0.0, 300.0);
        assert!((down - (10.0 * row + grid.card_height - 300.0)).abs() < 1e-9);
        assert!((grid.top_to_show(4, 0.5 * row, 600.0) - 0.5 * row).abs() < 1e-9);
        assert_eq!(grid.first_in_sight(0.5 * row), 4);
    }
}
