//! A map of codes beside scikit-learn's of the same; `examples/map_of_codes.rs` has the same for the largest map.

#[path = "common/digit_map.rs"]
mod digit_map;

use digit_map::{figures, map_of, points, scikit_learn};

#[test]
fn a_map_is_as_good_as_that_of_scikit_learn() {
    let points = points(2_000);
    let mut map = map_of(&points);
    while !map.is_finished() {
        map.step();
    }
    let (found, expected) = (figures(&points, &map), scikit_learn(2_000));
    assert!(
        found.are_as_good_as(&expected),
        "{found:?}, where scikit-learn has {expected:?}"
    );
}
