//! Draws the largest map that the page draws, and compares time and figures with what they must be.
//!
//! ```sh
//! cargo run --release --no-default-features --features engine --example map_of_codes
//! ```
//!
//! It fails where the map is not as good as scikit-learn's of the same points. The longest step is what a drawing may
//! have to wait for while the map is drawn.

#[path = "../tests/common/digit_map.rs"]
mod digit_map;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use bottleneck::latent::MOST_MAPPED;
use digit_map::{figures, map_of, points, scikit_learn};

fn main() -> ExitCode {
    let points = points(MOST_MAPPED);
    let begun = Instant::now();
    let mut map = map_of(&points);
    let mut longest = Duration::ZERO;
    let mut prepared = Duration::ZERO;
    while !map.is_finished() {
        let step_begun = Instant::now();
        map.step();
        longest = longest.max(step_begun.elapsed());
        if map.iteration() == 0 {
            prepared = begun.elapsed();
        }
    }
    let whole = begun.elapsed();
    println!(
        "{MOST_MAPPED} points in {:.1} s, of which {:.1} s for their neighbours; the longest step took {:.1} ms",
        whole.as_secs_f64(),
        prepared.as_secs_f64(),
        longest.as_secs_f64() * 1000.0,
    );
    let (found, expected) = (figures(&points, &map), scikit_learn(MOST_MAPPED));
    for (name, figures) in [("here", &found), ("scikit-learn", &expected)] {
        println!(
            "{name}: divergence {:.4}, {:.1} % of the 10 nearest kept",
            figures.divergence,
            100.0 * figures.preservation
        );
    }
    if found.are_as_good_as(&expected) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
