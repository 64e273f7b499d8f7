//! What a network made of the steps of all sweeps, as far as they were measured.

use serde::{Deserialize, Serialize};

use super::{Step, SweepKind};
use crate::encoding::floats;

/// One error per step of each sweep; NaN where it was not measured yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SweepErrors {
    sweeps: Vec<OfOneKind>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct OfOneKind {
    kind: SweepKind,
    #[serde(with = "floats")]
    errors: Vec<f32>,
}

impl SweepErrors {
    /// Nothing measured, of so many steps of each kind.
    pub fn unmeasured(steps: impl IntoIterator<Item = (SweepKind, usize)>) -> Self {
        let of_one = |(kind, n_steps)| OfOneKind {
            kind,
            errors: vec![f32::NAN; n_steps],
        };
        Self {
            sweeps: steps.into_iter().map(of_one).collect(),
        }
    }

    /// The errors of one sweep, step by step; empty where there is no such sweep.
    pub fn of(&self, kind: SweepKind) -> &[f32] {
        let of_kind = self.sweeps.iter().find(|sweep| sweep.kind == kind);
        of_kind.map_or(&[], |sweep| &sweep.errors)
    }

    fn of_mut(&mut self, kind: SweepKind) -> Option<&mut Vec<f32>> {
        let of_kind = self.sweeps.iter_mut().find(|sweep| sweep.kind == kind);
        of_kind.map(|sweep| &mut sweep.errors)
    }

    /// Takes the errors of one sweep from another item's.
    pub(super) fn take(&mut self, kind: SweepKind, from: &Self) {
        if let Some(errors) = self.of_mut(kind) {
            *errors = from.of(kind).to_vec();
        }
    }

    pub(super) fn is_measured(&self, step: Step) -> bool {
        let error = self.of(step.kind).get(step.idx);
        error.is_some_and(|error| !error.is_nan())
    }

    pub(super) fn set(&mut self, step: Step, error: f32) {
        let errors = self.of_mut(step.kind);
        if let Some(place) = errors.and_then(|errors| errors.get_mut(step.idx)) {
            *place = error;
        }
    }
}
