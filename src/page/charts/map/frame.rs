//! Which part of the plane a map shows, and what lies where on it.

use super::Dot;

/// Room around the dots, as a part of the side.
const MARGIN: f32 = 0.06;
/// How quickly the frame follows dots that draw together, 0…1 per change.
const FOLLOW: f32 = 0.25;
/// A frame that must grow grows by a little more, so that it need not grow again at once.
const HEADROOM: f32 = 1.12;

/// A square part of the plane; the vertical axis points upwards, as on paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    x: f32,
    y: f32,
    /// Half of its side.
    reach: f32,
}

impl Frame {
    /// The smallest frame with all dots and some room; `None` without dots.
    pub(crate) fn around(dots: &[Dot]) -> Option<Self> {
        let first = dots.first()?;
        let start = (first.x, first.x, first.y, first.y);
        let (left, right, bottom, top) = dots.iter().fold(start, |bounds, dot| {
            (
                bounds.0.min(dot.x),
                bounds.1.max(dot.x),
                bounds.2.min(dot.y),
                bounds.3.max(dot.y),
            )
        });
        let reach = (right - left).max(top - bottom) / 2.0 * (1.0 + 2.0 * MARGIN);
        Some(Self {
            x: f32::midpoint(left, right),
            y: f32::midpoint(bottom, top),
            reach: reach.max(f32::MIN_POSITIVE),
        })
    }

    /// Its side, in the plane's own units.
    pub(crate) fn side(self) -> f32 {
        2.0 * self.reach
    }

    /// The next frame on the way to `goal`: it grows at once, and shrinks and moves smoothly.
    pub(crate) fn towards(self, goal: Self) -> Self {
        let follow = |from: f32, to: f32| from + (to - from) * FOLLOW;
        let (x, y) = (follow(self.x, goal.x), follow(self.y, goal.y));
        let off_centre = (x - goal.x).abs().max((y - goal.y).abs());
        let needed = goal.reach + off_centre;
        let reach = if needed > self.reach {
            needed * HEADROOM
        } else {
            follow(self.reach, needed)
        };
        Self { x, y, reach }
    }

    /// Where a place of the plane is on the map, as parts of its side from the left and from the top.
    pub(crate) fn on_map(self, (x, y): (f32, f32)) -> (f32, f32) {
        let along = |distance: f32| 0.5 + distance / (2.0 * self.reach);
        (along(x - self.x), along(self.y - y))
    }

    /// The place of the plane at parts of the map's side from the left and from the top.
    pub(crate) fn on_plane(self, (left, top): (f32, f32)) -> (f32, f32) {
        let along = |part: f32| (part - 0.5) * 2.0 * self.reach;
        (self.x + along(left), self.y - along(top))
    }
}

/// The dot that an arrow key leads to from another: near, and rather ahead than aside.
pub(crate) fn next_dot(dots: &[Dot], from: usize, (right, up): (f32, f32)) -> Option<usize> {
    /// A dot twice as far aside as another must be half as far ahead to be as near.
    const ASIDE: f32 = 2.0;
    let here = dots.get(from)?;
    let cost = |dot: &Dot| {
        let (x, y) = (dot.x - here.x, dot.y - here.y);
        let ahead = x * right + y * up;
        let aside = (x * up - y * right).abs();
        (ahead > 0.0).then_some(ahead + ASIDE * aside)
    };
    let costs = dots
        .iter()
        .enumerate()
        .filter_map(|(idx, dot)| Some((idx, cost(dot)?)));
    costs.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(idx, _)| idx)
}
