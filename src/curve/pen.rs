//! Drawing over a curve.

/// Replaces the samples between two places of a pen, ends included, by the straight line that it drew.
///
/// A place is a sample, counted from 0 and with parts of one, and a value. What lies beyond the curve is left out, and a
/// place that is no number changes nothing.
pub fn redraw(curve: &mut [f32], from: (f32, f32), to: (f32, f32)) {
    let is_finite = |(x, y): (f32, f32)| x.is_finite() && y.is_finite();
    let Some(last) = curve.len().checked_sub(1) else {
        return;
    };
    if !is_finite(from) || !is_finite(to) {
        return;
    }
    let within = |x: f32| x.round().clamp(0.0, last as f32) as usize;
    let (start, end) = (within(from.0.min(to.0)), within(from.0.max(to.0)));
    let width = to.0 - from.0;
    for (idx, sample) in curve.iter_mut().enumerate().take(end + 1).skip(start) {
        let share = if width.abs() < 1e-3 {
            1.0
        } else {
            ((idx as f32 - from.0) / width).clamp(0.0, 1.0)
        };
        *sample = from.1 + (to.1 - from.1) * share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(from: (f32, f32), to: (f32, f32)) -> Vec<f32> {
        let mut curve = vec![0.0; 6];
        redraw(&mut curve, from, to);
        curve
    }

    #[test]
    fn a_stroke_replaces_what_it_passes_in_either_direction() {
        let there = drawn((1.0, 0.0), (4.0, 3.0));
        assert_eq!(there, [0.0, 0.0, 1.0, 2.0, 3.0, 0.0]);
        assert_eq!(drawn((4.0, 3.0), (1.0, 0.0)), there);
    }

    #[test]
    fn a_touch_sets_the_nearest_sample() {
        assert_eq!(
            drawn((2.4, 5.0), (2.4, 5.0)),
            [0.0, 0.0, 5.0, 0.0, 0.0, 0.0]
        );
    }

    #[test]
    fn what_is_no_number_or_no_curve_changes_nothing() {
        assert_eq!(drawn((f32::NAN, 1.0), (3.0, 1.0)), [0.0; 6]);
        assert_eq!(drawn((1.0, 1.0), (3.0, f32::INFINITY)), [0.0; 6]);
        redraw(&mut [], (0.0, 1.0), (3.0, 1.0));
        assert_eq!(drawn((4.0, 1.0), (99.0, 1.0))[3..], [0.0, 1.0, 1.0]);
    }
}
