//! What a network made of the steps of all sweeps, as far as they were measured.

use serde::{Deserialize, Serialize};

use super::kind::N_NOISE_STEPS;
use super::{N_ANGLES, ShiftGrid, Step, SweepKind};
use crate::encoding::floats;

/// One error per step of each sweep; NaN where it was not measured yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SweepErrors {
    #[serde(with = "floats")]
    rotation: Vec<f32>,
    #[serde(with = "floats")]
    noise: Vec<f32>,
    #[serde(with = "floats")]
    shift: Vec<f32>,
}

impl SweepErrors {
    /// Nothing measured, for a network that sees `width × height` pixels.
    pub fn unmeasured(width: usize, height: usize) -> Self {
        Self {
            rotation: vec![f32::NAN; N_ANGLES],
            noise: vec![f32::NAN; N_NOISE_STEPS],
            shift: vec![f32::NAN; ShiftGrid::of(width, height).n_places()],
        }
    }

    /// The errors of one sweep, step by step.
    pub fn of(&self, kind: SweepKind) -> &[f32] {
        match kind {
            SweepKind::Rotation => &self.rotation,
            SweepKind::Noise => &self.noise,
            SweepKind::Shift => &self.shift,
        }
    }

    pub(super) fn of_mut(&mut self, kind: SweepKind) -> &mut Vec<f32> {
        match kind {
            SweepKind::Rotation => &mut self.rotation,
            SweepKind::Noise => &mut self.noise,
            SweepKind::Shift => &mut self.shift,
        }
    }

    pub(super) fn is_measured(&self, step: Step) -> bool {
        let error = self.of(step.kind).get(step.idx);
        error.is_some_and(|error| !error.is_nan())
    }

    pub(super) fn set(&mut self, step: Step, error: f32) {
        if let Some(place) = self.of_mut(step.kind).get_mut(step.idx) {
            *place = error;
        }
    }
}
