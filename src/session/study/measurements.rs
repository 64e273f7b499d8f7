//! Everything measured of a study, each with the weights that it was measured by.

use std::sync::Arc;

use super::{NextMeasured, Scored};
use crate::anomaly::Calibration;
use crate::protocol::{Judgement, LatentMap, Moment, Tried, Wish};
use crate::session::challenge::Trick;
use crate::session::past::PastErrors;
use crate::session::sweeps::{Ghost, SweepAnswer};

/// What was measured of a study. Each part is as new as its own [`Moment`] says: the judgement of what lies on the bench
/// follows every step of training, a map is as old as the click that asked for it.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct Measurements {
    /// Of what lies on the bench.
    pub judgement: Option<Judgement>,
    pub calibration: Option<Calibrated>,
    /// Of all items.
    pub scores: Option<Scored>,
    /// Of all items of another file.
    pub next: Option<NextMeasured>,
    /// The codes of the items, laid out.
    pub map: Option<LatentMap>,
    pub imagined: Option<Imagined>,
    /// The newest answer about the sweeps.
    pub sweeps: Option<SweepAnswer>,
    /// Of what lies on the bench, by the earlier epochs of the run.
    pub past: Option<PastErrors>,
    /// Curves of sweeps that were kept to compare.
    pub ghosts: Vec<Ghost>,
    /// What came of the challenge.
    pub attempts: Option<Attempts>,
    /// The most points that a drawing of the reader's got.
    pub best_points: u32,
    /// The ink of every item, added up once, in the order of the data.
    pub inks: Option<Arc<[f32]>>,
    /// Why the last evaluation came to nothing, as a sentence.
    pub no_evaluation: Option<String>,
}

impl Measurements {
    /// What is left once errors are measured in another way: what the network makes of items and codes.
    #[must_use]
    pub fn without_errors(&self) -> Self {
        Self {
            map: self.map.clone(),
            imagined: self.imagined.clone(),
            attempts: self.attempts.clone(),
            best_points: self.best_points,
            inks: self.inks.clone(),
            ..Self::default()
        }
    }
}

/// The errors of the calibration items.
#[derive(Clone, Debug)]
pub(in crate::session) struct Calibrated {
    pub of: Moment,
    pub errors: Calibration,
}

/// What the decoder made of codes that belong to no item.
#[derive(Clone, Debug, PartialEq)]
pub struct Imagined {
    /// What was asked for.
    pub wish: Wish,
    /// The weights that were used; `None` while it is being made.
    pub of: Option<Moment>,
    /// `n × code`.
    pub codes: Vec<f32>,
    /// `n × input`; empty while it is being made.
    pub reconstructed: Vec<f32>,
}

/// A picture that was put to the detector.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::session) struct Put {
    pub trick: Trick,
    /// As the network sees it.
    pub values: Vec<f32>,
}

/// The pictures that were put to the detector, and what came of them.
#[derive(Clone, Debug)]
pub(in crate::session) struct Attempts {
    pub put: Vec<Put>,
    pub tried: Tried,
}
