//! t-SNE (van der Maaten and Hinton, 2008): points of any dimension on a plane, neighbours beside neighbours.
//!
//! The work comes in steps of a few milliseconds, so that a worker can answer between them. It has three stages: the
//! two principal axes give a first layout, each point's neighbours are found, and the layout descends.
//! Numbers and schedule are those of scikit-learn's `TSNE`. Few points repel each other pair by pair; of many, those far
//! away repel as one (Barnes and Hut, 1986; van der Maaten, 2014).

mod affinities;
mod axes;
mod descent;
mod gradient;
mod layout;
mod points;
mod quadtree;
mod repulsion;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::random::Mt19937;
use affinities::AffinitySearch;
use axes::Axes;
use descent::Descent;
use layout::Layout;
use points::Points;

/// The standard deviation of the first layout along its first axis.
const START_DEVIATION: f64 = 1e-4;
/// Noise on the first layout, as a part of its standard deviation, so that identical points can part; openTSNE's.
const START_JITTER: f64 = 0.01;
/// Multiplications in one step of preparation: one or two milliseconds, and a few before a browser has optimised.
const STEP_COST: f64 = 2.5e6;

/// What a reader may choose.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TsneSettings {
    /// How many neighbours a point has, in effect; at least 1, and lowered to a third of the other points.
    pub perplexity: f32,
    /// Iterations of the descent; the first 250 of them, or a third where that is less, with exaggerated attraction.
    pub n_iterations: usize,
    /// For the noise on the first layout.
    pub seed: u64,
}

impl Default for TsneSettings {
    fn default() -> Self {
        Self {
            perplexity: 30.0,
            n_iterations: 1_000,
            seed: 0,
        }
    }
}

/// Why there is nothing to lay out.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum TsneError {
    /// A neighbourhood needs neighbours.
    #[error("{n} points are too few for a map; it needs at least {needed}")]
    TooFewPoints {
        /// Number of points.
        n: usize,
        /// The smallest number that can be laid out.
        needed: usize,
    },
    /// The values are not whole points.
    #[error("{n_values} values are no whole number of points of {dimension} values")]
    UnevenPoints {
        /// Number of values.
        n_values: usize,
        /// Values in a point.
        dimension: usize,
    },
    /// A point is at no place.
    #[error("point {point} has a value that is not a finite number")]
    NotFinite {
        /// Index of the first such point.
        point: usize,
    },
    /// A perplexity counts neighbours.
    #[error("a perplexity of {perplexity} is not possible; choose a number from 1")]
    ImpossiblePerplexity {
        /// What was asked for.
        perplexity: f32,
    },
}

/// A layout in the making: call [`Self::step`] until [`Self::is_finished`].
#[derive(Clone, Debug)]
pub struct Tsne {
    points: Points,
    settings: TsneSettings,
    /// Multiplications that finding the axes takes.
    axes_cost: f64,
    stage: Stage,
    /// `n × 2`, x and y interleaved.
    embedding: Vec<f32>,
}

/// What a step works on.
#[derive(Clone, Debug)]
enum Stage {
    Axes(Box<Axes>),
    Affinities(AffinitySearch),
    Descent(Descent),
}

impl Tsne {
    /// Takes `n × dimension` values, one point after the other; the work itself is left to [`Self::step`].
    ///
    /// # Errors
    /// When the values are not at least 4 whole points, or not finite; when the perplexity is not a number from 1.
    pub fn new(
        points: &[f32],
        dimension: usize,
        settings: TsneSettings,
    ) -> Result<Self, TsneError> {
        let perplexity = settings.perplexity;
        if !(perplexity >= 1.0 && perplexity.is_finite()) {
            return Err(TsneError::ImpossiblePerplexity { perplexity });
        }
        let checked = Points::new(points, dimension)?;
        let axes = Axes::new(points, dimension);
        Ok(Self {
            axes_cost: axes.cost(),
            stage: Stage::Axes(Box::new(axes)),
            embedding: vec![0.0; 2 * checked.n()],
            points: checked,
            settings,
        })
    }

    /// A few milliseconds of work: a slice of the preparation, or one iteration. Does nothing when finished.
    pub fn step(&mut self) {
        let points = &self.points;
        match &mut self.stage {
            Stage::Axes(axes) => {
                if let Some([x, y]) = axes.step() {
                    self.embedding = first_layout(&x, &y, self.settings.seed);
                    let perplexity = effective_perplexity(points.n(), self.settings.perplexity);
                    self.stage = Stage::Affinities(AffinitySearch::new(points.n(), perplexity));
                }
            }
            Stage::Affinities(search) => {
                search.search_rows(units_in_step(AffinitySearch::row_cost(points)), points);
                if let Some(affinities) = search.take_joint() {
                    let first = Layout::from_interleaved(&self.embedding);
                    let n_iterations = self.settings.n_iterations;
                    self.stage = Stage::Descent(Descent::new(affinities, first, n_iterations));
                }
            }
            Stage::Descent(descent) if descent.iteration() < self.settings.n_iterations => {
                descent.step();
                self.embedding = descent.layout().interleaved();
            }
            Stage::Descent(_) => {}
        }
    }

    /// How many iterations of the descent were made.
    pub fn iteration(&self) -> usize {
        match &self.stage {
            Stage::Axes(_) | Stage::Affinities(_) => 0,
            Stage::Descent(descent) => descent.iteration(),
        }
    }

    /// How many iterations of the descent there will be.
    pub fn n_iterations(&self) -> usize {
        self.settings.n_iterations
    }

    /// Whether no step is left.
    pub fn is_finished(&self) -> bool {
        matches!(&self.stage, Stage::Descent(descent) if descent.iteration() >= self.n_iterations())
    }

    /// The part of the work that is done, 0…1, preparation and descent together.
    pub fn progress(&self) -> f32 {
        let n = self.points.n();
        let row_cost = AffinitySearch::row_cost(&self.points);
        let iteration_cost = Descent::iteration_cost(n);
        let (axes_progress, n_rows, n_iterations) = match &self.stage {
            Stage::Axes(axes) => (f64::from(axes.progress()), 0, 0),
            Stage::Affinities(search) => (1.0, search.n_found(), 0),
            Stage::Descent(descent) => (1.0, n, descent.iteration()),
        };
        let cost = |axes_progress: f64, n_rows, n_iterations| {
            self.axes_cost * axes_progress
                + row_cost * n_rows as f64
                + iteration_cost * n_iterations as f64
        };
        let total = cost(1.0, n, self.settings.n_iterations);
        (cost(axes_progress, n_rows, n_iterations) / total) as f32
    }

    /// The layout, `n × 2` with x and y interleaved: all 0 until the axes are found, tiny until the descent begins.
    pub fn embedding(&self) -> &[f32] {
        &self.embedding
    }

    /// The Kullback-Leibler divergence that the descent lowers, in nats; `None` while the preparation goes on.
    ///
    /// It is computed when asked for, exactly and so over all pairs: a tenth of a second for 10,000 points.
    pub fn divergence(&self) -> Option<f64> {
        match &self.stage {
            Stage::Axes(_) | Stage::Affinities(_) => None,
            Stage::Descent(descent) => Some(descent.divergence()),
        }
    }
}

/// At most a third of the other points, so that all of a neighbourhood's points exist.
fn effective_perplexity(n: usize, wished: f32) -> f64 {
    f64::from(wished).min((n - 1) as f64 / 3.0)
}

fn units_in_step(unit_cost: f64) -> usize {
    ((STEP_COST / unit_cost) as usize).max(1)
}

/// Coordinates along the principal axes, scaled to a tiny first layout.
fn first_layout(x: &[f64], y: &[f64], seed: u64) -> Vec<f32> {
    let variance = x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64;
    let scale = if variance > 0.0 {
        START_DEVIATION / variance.sqrt()
    } else {
        0.0
    };
    let mut generator = Mt19937::new(seed);
    let mut jittered = |coordinate: &f64| {
        let jitter = START_DEVIATION * START_JITTER * f64::from(generator.normal());
        (scale * coordinate + jitter) as f32
    };
    let pairs = x.iter().zip(y);
    pairs
        .flat_map(|(x, y)| [jittered(x), jittered(y)])
        .collect()
}
