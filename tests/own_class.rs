//! Twenty scripted stars make a class: other stars are normal, and hearts and digits are not.
//!
//! `cargo test --test own_class -- --nocapture` prints how many of each are flagged.

#[path = "common/trained.rs"]
mod trained;

#[path = "common/shipped.rs"]
#[expect(dead_code, reason = "only the data are needed here")]
mod shipped;

use std::f32::consts::PI;

use bottleneck::anomaly::Calibration;
use bottleneck::autoencoder::Network;
use bottleneck::data::{ClassName, Collection, Dataset, Drawing, DrawnClass, inputs_of};
use bottleneck::picture::{Brush, Picture};
use bottleneck::random::Mt19937;
use bottleneck::recipe::{DataName, Recipe, RecipeName};
use pollster::block_on;

use trained::trained_on;

/// The surface, in cells along a side.
const SIDE: f32 = 112.0;
const PEN: f32 = 4.8;
/// The share of normal drawings that the threshold may flag.
const ALPHA: f32 = 0.05;

type Place = (f32, f32);

/// How one drawing differs from the next of the same hand.
struct Hand {
    random: Mt19937,
    size: f32,
    turn: f32,
    middle: Place,
}

impl Hand {
    fn new(seed: u64) -> Self {
        let mut random = Mt19937::new(seed);
        Self {
            size: random.uniform(0.22, 0.38),
            turn: random.uniform(-0.15, 0.15),
            middle: (random.uniform(0.42, 0.58), random.uniform(0.42, 0.58)),
            random,
        }
    }

    /// A corner at an angle from the top, clockwise, and a distance from the middle; a hand never meets it exactly.
    fn corner(&mut self, angle: f32, distance: f32) -> Place {
        let angle = angle + self.turn + self.random.uniform(-0.08, 0.08);
        let distance = self.size * distance * self.random.uniform(0.9, 1.1);
        (
            (self.middle.0 + distance * angle.sin()) * SIDE,
            (self.middle.1 - distance * angle.cos()) * SIDE,
        )
    }
}

fn drawn(corners: &[Place]) -> Drawing {
    let mut ink = Picture::blank(SIDE as usize, SIDE as usize);
    for ends in corners.windows(2) {
        ink.stroke(ends[0], ends[1], PEN, Brush::Ink);
    }
    Drawing::of(&ink).expect("something was drawn")
}

/// Five points, drawn in one go across the middle.
fn star(seed: u64) -> Drawing {
    let mut hand = Hand::new(seed);
    let mut corners: Vec<_> = (0..5_u8)
        .map(|idx| hand.corner(f32::from(idx) * 0.8 * PI, 1.0))
        .collect();
    corners.push(corners[0]);
    drawn(&corners)
}

fn heart(seed: u64) -> Drawing {
    let mut hand = Hand::new(seed);
    let outline = [
        (0.0, 0.35),
        (0.35, 0.85),
        (0.75, 1.0),
        (1.2, 0.95),
        (1.8, 0.8),
        (PI, 1.0),
        (-1.8, 0.8),
        (-1.2, 0.95),
        (-0.75, 1.0),
        (-0.35, 0.85),
        (0.0, 0.35),
    ];
    let corners = outline.map(|(angle, distance)| hand.corner(angle, distance));
    drawn(&corners)
}

struct Judge {
    network: Network,
    recipe: Recipe,
    threshold: f32,
}

impl Judge {
    fn of(dataset: &Dataset, recipe: Recipe) -> Self {
        let split = recipe.split(dataset);
        let network = trained_on(&split.train, dataset, &recipe);
        let mut judge = Self {
            network,
            recipe,
            threshold: 0.0,
        };
        let errors = judge.errors(&inputs_of(dataset, &split.calibration, false));
        let threshold = Calibration::new(errors).conformal_threshold(ALPHA);
        judge.threshold = threshold.expect("there are enough pictures");
        judge
    }

    fn errors(&self, rows: &[f32]) -> Vec<f32> {
        let reconstructed = block_on(self.network.reconstruct(rows)).expect("the rows fit");
        let width = self.recipe.architecture.input_size();
        let measure = &self.recipe.measure;
        measure.of_rows(rows, &reconstructed.reconstructions, width)
    }

    /// The share of these above the threshold.
    fn flagged(&self, what: &str, rows: &[f32]) -> f64 {
        let errors = self.errors(rows);
        let n = errors.iter().filter(|&&it| it > self.threshold).count();
        println!("{what}: {n} of {} flagged", errors.len());
        n as f64 / errors.len() as f64
    }
}

fn seen(drawings: impl Iterator<Item = Drawing>) -> Vec<f32> {
    drawings.flat_map(|drawing| drawing.seen()).collect()
}

fn stars(n_drawings: u64) -> Judge {
    let class = DrawnClass {
        name: ClassName::new("star").expect("a short name"),
        drawings: (0..n_drawings).map(star).collect(),
    };
    let collection = Collection {
        classes: vec![class],
        others: None,
    };
    let dataset = collection.dataset().expect("twenty stars");
    let recipe = RecipeName::HANDWRITTEN.recipe_on(&dataset);
    Judge::of(&dataset, recipe.expect("it takes pictures"))
}

/// The shares of new stars, hearts and digits that are flagged.
fn flagged_after(n_drawings: u64) -> [f64; 3] {
    let judge = stars(n_drawings);
    let new = seen((1_000..1_100).map(star));
    let hearts = seen((2_000..2_060).map(heart));
    let digits = shipped::data(DataName::Handwritten);
    let some: Vec<usize> = (0..digits.n_items()).step_by(20).collect();
    let digits = inputs_of(&digits, &some, false);
    let after = |what: &str| format!("{n_drawings} stars drawn, {what}");
    [
        judge.flagged(&after("new stars"), &new),
        judge.flagged(&after("hearts"), &hearts),
        judge.flagged(&after("digits"), &digits),
    ]
}

#[test]
fn after_twenty_stars_other_stars_are_normal_and_hearts_and_digits_are_not() {
    let [new, hearts, digits] = flagged_after(20);
    assert!(new <= 0.05);
    assert!(hearts >= 0.98 && digits >= 0.98);
}

#[test]
fn ten_stars_are_enough_to_begin_with() {
    let [new, hearts, digits] = flagged_after(10);
    assert!(new <= 0.15);
    assert!(hearts >= 0.95 && digits >= 0.95);
}
