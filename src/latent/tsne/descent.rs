//! The way down: gradient descent with momentum and a gain for each coordinate.

use super::affinities::Affinities;
use super::gradient::{divergence, gradient};
use super::layout::Layout;
use super::repulsion::Repulsions;

/// Attraction is this much stronger at first, so that clusters form before they spread.
const EARLY_EXAGGERATION: f32 = 12.0;
const N_EXAGGERATED: usize = 250;
/// The momentum while attraction is exaggerated, and after.
const MOMENTA: (f32, f32) = (0.5, 0.8);
const LEAST_LEARNING_RATE: f32 = 50.0;
const LEAST_GAIN: f32 = 0.01;

/// The attraction of one point, in multiplications.
const ATTRACTION_COST: f64 = 400.0;

/// A layout on its way to the least divergence.
///
/// The schedule and the learning rate `max(n / 12 / 4, 50)` are scikit-learn's.
#[derive(Clone, Debug)]
pub(super) struct Descent {
    affinities: Affinities,
    layout: Layout,
    x_motion: Motion,
    y_motion: Motion,
    learning_rate: f32,
    n_exaggerated: usize,
    iteration: usize,
}

impl Descent {
    /// From a first layout, with the number of iterations that are planned.
    pub(super) fn new(affinities: Affinities, layout: Layout, n_iterations: usize) -> Self {
        let learning_rate = affinities.n() as f32 / EARLY_EXAGGERATION / 4.0;
        Self {
            x_motion: Motion::new(affinities.n()),
            y_motion: Motion::new(affinities.n()),
            affinities,
            layout,
            learning_rate: learning_rate.max(LEAST_LEARNING_RATE),
            // A short run spends a third on it.
            n_exaggerated: N_EXAGGERATED.min(n_iterations / 3),
            iteration: 0,
        }
    }

    /// About as many multiplications as one iteration takes.
    pub(super) fn iteration_cost(n: usize) -> f64 {
        Repulsions::cost(n) + ATTRACTION_COST * n as f64
    }

    /// How many iterations were made.
    pub(super) fn iteration(&self) -> usize {
        self.iteration
    }

    /// The layout.
    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// How far the layout is from the affinities, without exaggeration.
    pub(super) fn divergence(&self) -> f64 {
        divergence(&self.affinities, &self.layout)
    }

    /// One iteration.
    pub(super) fn step(&mut self) {
        if self.iteration == self.n_exaggerated {
            // Gains from the steep beginning would throw points out, most of all where they are few.
            self.x_motion = Motion::new(self.affinities.n());
            self.y_motion = Motion::new(self.affinities.n());
        }
        let (exaggeration, momentum) = if self.iteration < self.n_exaggerated {
            (EARLY_EXAGGERATION, MOMENTA.0)
        } else {
            (1.0, MOMENTA.1)
        };
        let [x, y] = gradient(&self.affinities, &self.layout, exaggeration);
        let (layout, rate) = (&mut self.layout, self.learning_rate);
        self.x_motion.descend(&mut layout.x, &x, rate, momentum);
        self.y_motion.descend(&mut layout.y, &y, rate, momentum);
        self.iteration += 1;
    }
}

/// How one coordinate of all points moves.
#[derive(Clone, Debug)]
struct Motion {
    velocities: Vec<f32>,
    /// Grow where the gradient keeps its sign and shrink where it swings (Jacobs, 1988).
    gains: Vec<f32>,
}

impl Motion {
    fn new(n: usize) -> Self {
        Self {
            velocities: vec![0.0; n],
            gains: vec![1.0; n],
        }
    }

    fn descend(&mut self, positions: &mut [f32], gradient: &[f32], rate: f32, momentum: f32) {
        let motions = self.velocities.iter_mut().zip(&mut self.gains);
        let moving = positions.iter_mut().zip(motions).zip(gradient);
        for ((position, (velocity, gain)), &slope) in moving {
            // The velocity points downhill, so that equal signs mean that the way went past a valley.
            let has_turned = (slope > 0.0) == (*velocity > 0.0);
            *gain = if has_turned {
                (0.8 * *gain).max(LEAST_GAIN)
            } else {
                *gain + 0.2
            };
            *velocity = momentum * *velocity - rate * *gain * slope;
            *position += *velocity;
        }
        centre(positions);
    }
}

/// Moves the mean to 0; only differences matter to the divergence.
fn centre(positions: &mut [f32]) {
    let sum: f64 = positions.iter().copied().map(f64::from).sum();
    let mean = (sum / positions.len() as f64) as f32;
    for position in positions {
        *position -= mean;
    }
}
