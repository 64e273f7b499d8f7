//! The steps of all sweeps of one drawing, the ones far apart first.

use serde::{Deserialize, Serialize};

use super::kind::{N_NOISE_STEPS, level_and_draw};
use super::{N_ANGLES, N_LEVELS, ShiftGrid, SweepErrors, SweepKind, angle_at, noise_at};
use crate::encoding::floats;
use crate::picture::{INK_PER_PIXEL, Picture, Treatment};

/// Angles from one to the next in each pass: 30°, 10° and 2° apart.
const ANGLE_STRIDES: [usize; 3] = [15, 5, 1];

/// Levels from one to the next, and draws at each of them, in each pass.
const NOISE_PASSES: [(usize, usize); 3] = [(5, 4), (1, 4), (1, super::N_DRAWS)];

/// Places from one to the next in each pass.
const SHIFT_STRIDES: [usize; 3] = [4, 2, 1];

/// A drawing, and all that is done to it before it is judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweptDrawing {
    /// Cells in a row of the fine grid.
    pub width: usize,
    /// The drawing as it was made, 0…1, row by row.
    #[serde(with = "floats")]
    pub ink: Vec<f32>,
    /// What is done to it now; a sweep changes one part of it and leaves the others.
    pub treatment: Treatment,
    /// What it shows, where that is known.
    pub label: Option<u8>,
}

impl SweptDrawing {
    /// The same as a picture; `None` where `ink` is no picture of that width.
    fn picture(&self) -> Option<Picture> {
        let height = self.ink.len().checked_div(self.width)?;
        Picture::from_ink(self.width, height, self.ink.clone())
    }

    /// Whether a sweep of `other` has the same steps.
    fn has_same(&self, kind: SweepKind, other: &Self) -> bool {
        let mut treatment = other.treatment;
        match kind {
            SweepKind::Rotation => treatment.rotation_degrees = self.treatment.rotation_degrees,
            SweepKind::Noise => treatment.noise = self.treatment.noise,
            SweepKind::Shift => treatment.shift = self.treatment.shift,
        }
        treatment == self.treatment
            && (self.width, self.label) == (other.width, other.label)
            && self.ink == other.ink
    }
}

/// One step of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// What is changed.
    pub kind: SweepKind,
    /// Its place among the steps of this kind.
    pub idx: usize,
}

/// The sweeps of a drawing, and how far they are.
#[derive(Clone, Debug)]
pub struct SweepJob {
    drawing: SweptDrawing,
    ink: Picture,
    /// Turned and centred as it lies on the bench.
    placed: Picture,
    grid: ShiftGrid,
    errors: SweepErrors,
    /// Steps that are still to do, the next one last.
    to_do: Vec<Step>,
    /// How many of them come after the coarse pass.
    n_fine: usize,
}

impl SweepJob {
    /// All sweeps of a drawing; `None` where its ink is no picture of its width.
    pub fn new(drawing: SweptDrawing) -> Option<Self> {
        let ink = drawing.picture()?;
        let (width, height) = (ink.width() / INK_PER_PIXEL, ink.height() / INK_PER_PIXEL);
        let mut job = Self {
            placed: drawing.treatment.place(&ink),
            grid: ShiftGrid::of(width, height),
            errors: SweepErrors::unmeasured(width, height),
            to_do: Vec::new(),
            n_fine: 0,
            drawing,
            ink,
        };
        job.line_up();
        Some(job)
    }

    /// The sweeps of the next drawing; the errors of sweeps with the same steps are kept.
    pub fn followed_by(self, drawing: SweptDrawing) -> Option<Self> {
        let mut next = Self::new(drawing)?;
        for kind in SweepKind::ALL {
            if self.drawing.has_same(kind, &next.drawing) {
                *next.errors.of_mut(kind) = self.errors.of(kind).to_vec();
            }
        }
        next.line_up();
        Some(next)
    }

    /// What is known so far.
    pub fn errors(&self) -> &SweepErrors {
        &self.errors
    }

    /// What the drawing shows, where that is known.
    pub fn label(&self) -> Option<u8> {
        self.drawing.label
    }

    /// Whether the steps far apart are measured, so that every sweep has a shape.
    pub fn is_coarse_done(&self) -> bool {
        self.to_do.len() <= self.n_fine
    }

    /// Whether all is measured.
    pub fn is_done(&self) -> bool {
        self.to_do.is_empty()
    }

    /// The next steps, at most `n`; a coarse pass ends a batch.
    pub fn next_steps(&mut self, n: usize) -> Vec<Step> {
        let end = if self.is_coarse_done() {
            0
        } else {
            self.n_fine
        };
        let start = self.to_do.len().saturating_sub(n).max(end);
        self.to_do.drain(start..).rev().collect()
    }

    /// What the network sees at a step.
    pub fn picture_at(&self, step: Step) -> Picture {
        let mut treatment = self.drawing.treatment;
        match step.kind {
            SweepKind::Rotation => {
                treatment.rotation_degrees = angle_at(step.idx);
                return treatment.apply(&self.ink);
            }
            SweepKind::Noise => {
                let (level, draw) = level_and_draw(step.idx);
                treatment.noise = noise_at(level);
                treatment.noise_seed += draw as u64;
            }
            SweepKind::Shift => treatment.shift = self.grid.cells_at(step.idx),
        }
        treatment.finish(&self.placed)
    }

    /// Takes note of the errors of some steps.
    pub fn note(&mut self, steps: &[Step], errors: &[f32]) {
        for (&step, &error) in steps.iter().zip(errors) {
            self.errors.set(step, error);
        }
    }

    /// Puts all that is not measured in order.
    fn line_up(&mut self) {
        let is_open = |step: &Step| !self.errors.is_measured(*step);
        let coarse = SweepKind::ALL.map(|kind| self.pass(kind, 0));
        let mut order: Vec<Step> = coarse.concat().into_iter().filter(is_open).collect();
        let n_coarse = order.len();
        for kind in SweepKind::ALL {
            for pass_idx in 1..3 {
                order.extend(self.pass(kind, pass_idx).into_iter().filter(is_open));
            }
        }
        self.n_fine = order.len() - n_coarse;
        order.reverse();
        self.to_do = order;
    }

    /// The steps of one pass that were not in an earlier one.
    fn pass(&self, kind: SweepKind, pass_idx: usize) -> Vec<Step> {
        let is_in = |idx: usize, pass_idx: usize| match kind {
            SweepKind::Rotation => idx.is_multiple_of(ANGLE_STRIDES[pass_idx]),
            SweepKind::Noise => {
                let (level, draw) = level_and_draw(idx);
                let (stride, n_draws) = NOISE_PASSES[pass_idx];
                level.is_multiple_of(stride) && draw < n_draws
            }
            SweepKind::Shift => self.grid.is_on(idx, SHIFT_STRIDES[pass_idx]),
        };
        let n_steps = match kind {
            SweepKind::Rotation => N_ANGLES,
            SweepKind::Noise => N_NOISE_STEPS,
            SweepKind::Shift => self.grid.n_places(),
        };
        let is_new = |&idx: &usize| {
            is_in(idx, pass_idx) && !(0..pass_idx).any(|earlier_idx| is_in(idx, earlier_idx))
        };
        let steps = (0..n_steps).filter(is_new);
        steps.map(|idx| Step { kind, idx }).collect()
    }
}

const _: () = assert!(N_LEVELS % 5 == 1, "the coarse pass has the last level");

#[cfg(test)]
pub(super) mod test_support {
    use super::*;
    use crate::picture::{Brush, Preparation, PreparationStep, Steps};

    /// A stroke on the grid of a network of 8 × 8 pixels.
    pub fn drawing(is_centring: bool, rotation_degrees: f32, noise: f32) -> SweptDrawing {
        let mut ink = Picture::blank(32, 32);
        ink.stroke((9.0, 6.0), (20.0, 25.0), 2.5, Brush::Ink);
        SweptDrawing {
            width: 32,
            ink: ink.into_ink(),
            treatment: Treatment {
                rotation_degrees,
                preparation: Preparation {
                    steps: Steps::NONE.with(PreparationStep::Fit, is_centring),
                    hand: None,
                },
                noise,
                noise_seed: 20,
                ..Treatment::default()
            },
            label: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::test_support::drawing;
    use super::*;

    /// Gives every step that is left the error `error`.
    fn finish(job: &mut SweepJob, error: f32) -> Vec<Step> {
        let mut done = Vec::new();
        while !job.is_done() {
            let steps = job.next_steps(50);
            job.note(&steps, &vec![error; steps.len()]);
            done.extend(steps);
        }
        done
    }

    fn n_steps_of(steps: &[Step], kind: SweepKind) -> usize {
        steps.iter().filter(|step| step.kind == kind).count()
    }

    #[test]
    fn every_step_comes_once_and_the_shape_comes_first() {
        let mut job = SweepJob::new(drawing(true, 0.0, 0.0)).expect("a picture");
        let mut coarse = Vec::new();
        while !job.is_coarse_done() {
            coarse.extend(job.next_steps(10));
        }
        let of_kinds = SweepKind::ALL.map(|kind| n_steps_of(&coarse, kind));
        assert_eq!(of_kinds, [13, 17, 9]);
        let rest = finish(&mut job, 0.1);
        let all = [coarse, rest].concat();
        let distinct: HashSet<Step> = all.iter().copied().collect();
        assert_eq!(all.len(), N_ANGLES + N_NOISE_STEPS + 81);
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn steps_show_exactly_what_the_bench_would_show() {
        for is_centring in [true, false] {
            let now = drawing(is_centring, 34.0, 0.2);
            let ink = now.picture().expect("a picture");
            let seen = now.treatment.apply(&ink);
            let job = SweepJob::new(now).expect("a picture");
            let at = |kind, idx| job.picture_at(Step { kind, idx });
            assert_eq!(at(SweepKind::Rotation, 107), seen, "at 34°");
            assert_eq!(
                at(SweepKind::Noise, 1 + 3 * 16),
                seen,
                "at 0.2, the first draw"
            );
            assert_ne!(at(SweepKind::Noise, 2 + 3 * 16), seen, "another draw");
            assert_eq!(at(SweepKind::Shift, 40), seen, "not moved");
            assert_ne!(at(SweepKind::Shift, 41), seen, "half a pixel to the right");
        }
    }

    #[test]
    fn a_turn_leaves_the_rotation_as_it_is() {
        let mut job = SweepJob::new(drawing(true, 0.0, 0.0)).expect("a picture");
        finish(&mut job, 0.1);
        let mut turned = job
            .followed_by(drawing(true, 10.0, 0.0))
            .expect("a picture");
        assert_eq!(turned.errors().rotation_curve().len(), N_ANGLES);
        assert!(turned.errors().noise_levels().is_empty());
        let redone = finish(&mut turned, 0.2);
        assert_eq!(n_steps_of(&redone, SweepKind::Rotation), 0);
        let noisy = turned
            .followed_by(drawing(true, 10.0, 0.5))
            .expect("a picture");
        assert_eq!(noisy.errors().noise_levels().len(), N_LEVELS);
        assert!(noisy.errors().rotation_curve().is_empty());
    }

    #[test]
    fn ink_that_is_no_picture_is_not_swept() {
        let mut broken = drawing(true, 0.0, 0.0);
        broken.ink.pop();
        assert!(SweepJob::new(broken.clone()).is_none());
        broken.width = 0;
        assert!(SweepJob::new(broken).is_none());
    }
}
