//! A part of a square map, made as large as the map.

/// How much nearer one can come.
const MOST: f32 = 40.0;

/// What is seen of a square: all places are parts of its side, from the left and from the top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zoom {
    /// How many times larger than life, 1…40.
    factor: f32,
    /// The corner of what is seen, from which the rest of it lies to the right and below.
    left: f32,
    top: f32,
}

impl Zoom {
    /// All of the square.
    pub const WHOLE: Self = Self {
        factor: 1.0,
        left: 0.0,
        top: 0.0,
    };

    /// How many times larger than life it is.
    pub fn factor(self) -> f32 {
        self.factor
    }

    /// Whether all of the square is seen.
    pub fn is_whole(self) -> bool {
        self.factor <= 1.0
    }

    /// Whether one cannot come nearer.
    pub fn is_nearest(self) -> bool {
        self.factor >= MOST
    }

    /// Where a place of the square is seen.
    pub fn seen(self, (left, top): (f32, f32)) -> (f32, f32) {
        (
            (left - self.left) * self.factor,
            (top - self.top) * self.factor,
        )
    }

    /// Which place of the square is seen there.
    pub fn place(self, (left, top): (f32, f32)) -> (f32, f32) {
        (self.left + left / self.factor, self.top + top / self.factor)
    }

    /// So many times nearer, or further for less than 1; what is seen at a place stays there, as far as the edges let it.
    #[must_use]
    pub fn by(self, times: f32, seen_at: (f32, f32)) -> Self {
        let kept = self.place(seen_at);
        let factor = (self.factor * times).clamp(1.0, MOST);
        Self {
            factor,
            left: kept.0 - seen_at.0 / factor,
            top: kept.1 - seen_at.1 / factor,
        }
        .within_edges()
    }

    /// Drawn so far to the right and down, in parts of what is seen, as far as the edges let it.
    #[must_use]
    pub fn drawn(self, (right, down): (f32, f32)) -> Self {
        Self {
            left: self.left - right / self.factor,
            top: self.top - down / self.factor,
            ..self
        }
        .within_edges()
    }

    /// Drawn no further than needed for a place of the square to be seen.
    #[must_use]
    pub fn showing(self, (left, top): (f32, f32)) -> Self {
        let span = 1.0 / self.factor;
        Self {
            left: self.left.clamp(left - span, left),
            top: self.top.clamp(top - span, top),
            ..self
        }
        .within_edges()
    }

    fn within_edges(self) -> Self {
        let most = 1.0 - 1.0 / self.factor;
        Self {
            left: self.left.clamp(0.0, most),
            top: self.top.clamp(0.0, most),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_near(one: (f32, f32), other: (f32, f32)) -> bool {
        (one.0 - other.0).abs() < 1e-5 && (one.1 - other.1).abs() < 1e-5
    }

    #[test]
    fn what_the_pointer_is_on_stays_under_it() {
        let at = (0.3, 0.6);
        let near = Zoom::WHOLE.by(2.0, at);
        let nearer = near.by(1.5, (0.8, 0.1));
        assert!(is_near(near.seen(at), at), "{near:?}");
        let kept = near.place((0.8, 0.1));
        assert!(is_near(nearer.seen(kept), (0.8, 0.1)), "{nearer:?}");
        assert!((nearer.factor() - 3.0).abs() < 1e-6);
    }

    #[test]
    fn places_go_there_and_back() {
        let zoom = Zoom::WHOLE.by(5.0, (0.9, 0.2)).drawn((0.2, -0.1));
        for place in [(0.0, 0.0), (0.5, 0.25), (1.0, 1.0)] {
            assert!(is_near(zoom.seen(zoom.place(place)), place));
        }
    }

    #[test]
    fn nothing_beyond_the_edges_is_seen() {
        let corners = |zoom: Zoom| [zoom.place((0.0, 0.0)), zoom.place((1.0, 1.0))];
        let mut zoom = Zoom::WHOLE.by(4.0, (0.0, 1.0));
        for way in [(9.0, 9.0), (-9.0, 0.3), (0.4, -9.0)] {
            zoom = zoom.drawn(way);
            let [(left, top), (right, bottom)] = corners(zoom);
            assert!(left >= 0.0 && top >= 0.0, "{zoom:?}");
            assert!(right <= 1.0 + 1e-6 && bottom <= 1.0 + 1e-6, "{zoom:?}");
        }
        assert_eq!(Zoom::WHOLE.drawn((0.5, 0.5)), Zoom::WHOLE);
        assert_eq!(zoom.by(1e-3, (0.2, 0.9)), Zoom::WHOLE);
        assert!(zoom.by(1e3, (0.5, 0.5)).is_nearest());
    }

    #[test]
    fn a_place_comes_into_sight() {
        let zoom = Zoom::WHOLE.by(10.0, (0.0, 0.0));
        for place in [(0.9, 0.5), (0.02, 0.97), (0.5, 0.0), (1.0, 1.0)] {
            let (left, top) = zoom.showing(place).seen(place);
            let on = |part: f32| (-1e-5..=1.0 + 1e-5).contains(&part);
            assert!(on(left) && on(top), "{place:?} is seen at {left}, {top}");
        }
        let shown = (0.05, 0.06);
        assert_eq!(zoom.showing(shown), zoom);
    }
}
