//! The steps of all sweeps of one item, the ones far apart first.

use super::swept::{Material, Swept};
use super::{SweepErrors, SweepKind};

/// One step of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// What is changed.
    pub kind: SweepKind,
    /// Its place among the steps of this kind.
    pub idx: usize,
}

/// How many passes there are over the steps, each with those between the steps of the one before.
pub(super) const N_PASSES: usize = 3;

/// The sweeps of an item, and how far they are.
#[derive(Clone, Debug)]
pub struct SweepJob {
    material: Material,
    errors: SweepErrors,
    /// Steps that are still to do, the next one last.
    to_do: Vec<Step>,
    /// How many of them come after the coarse pass.
    n_fine: usize,
}

impl SweepJob {
    /// All sweeps of an item; `None` where its ink is no picture of its width, or its curve has no samples.
    pub fn new(swept: Swept) -> Option<Self> {
        let material = Material::of(swept)?;
        let kinds = material.kinds().iter();
        let steps = kinds.map(|&kind| (kind, material.n_steps(kind)));
        let mut job = Self {
            errors: SweepErrors::unmeasured(steps),
            to_do: Vec::new(),
            n_fine: 0,
            material,
        };
        job.line_up();
        Some(job)
    }

    /// The sweeps of the next item; the errors of sweeps with the same steps are kept.
    pub fn followed_by(self, swept: Swept) -> Option<Self> {
        let mut next = Self::new(swept)?;
        for &kind in next.material.kinds() {
            if self.material.has_same(kind, &next.material) {
                next.errors.take(kind, &self.errors);
            }
        }
        next.line_up();
        Some(next)
    }

    /// What is known so far.
    pub fn errors(&self) -> &SweepErrors {
        &self.errors
    }

    /// What the item shows, where that is known.
    pub fn label(&self) -> Option<u8> {
        self.material.label()
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
    pub fn values_at(&self, step: Step) -> Vec<f32> {
        self.material.values_at(step)
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
        let kinds = self.material.kinds();
        let coarse = kinds.iter().flat_map(|&kind| self.pass(kind, 0));
        let mut order: Vec<Step> = coarse.filter(is_open).collect();
        let n_coarse = order.len();
        for &kind in kinds {
            for pass_idx in 1..N_PASSES {
                order.extend(self.pass(kind, pass_idx).into_iter().filter(is_open));
            }
        }
        self.n_fine = order.len() - n_coarse;
        order.reverse();
        self.to_do = order;
    }

    /// The steps of one pass that were not in an earlier one.
    fn pass(&self, kind: SweepKind, pass_idx: usize) -> Vec<Step> {
        let is_in = |idx: usize, pass_idx: usize| self.material.is_in_pass(kind, idx, pass_idx);
        let is_new = |&idx: &usize| {
            is_in(idx, pass_idx) && !(0..pass_idx).any(|earlier_idx| is_in(idx, earlier_idx))
        };
        let steps = (0..self.material.n_steps(kind)).filter(is_new);
        steps.map(|idx| Step { kind, idx }).collect()
    }
}

#[cfg(test)]
pub(super) mod test_support {
    use super::super::{SweptCurve, SweptDrawing};
    use crate::curve::CurveTreatment;
    use crate::picture::{Brush, Picture, Preparation, PreparationStep, Steps, Treatment};

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

    /// A hill of 41 samples that lies in a frame of height 2.
    pub fn curve(change: impl Fn(&mut CurveTreatment)) -> SweptCurve {
        let mut treatment = CurveTreatment::default();
        change(&mut treatment);
        let sample = |idx: u8| (f32::from(idx) / 40.0 * std::f32::consts::PI).sin();
        SweptCurve {
            curve: (0..41).map(sample).collect(),
            treatment,
            height: 2.0,
            label: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::kind::N_NOISE_STEPS;
    use super::super::{N_ANGLES, N_LEVELS};
    use super::test_support::{curve, drawing};
    use super::*;
    use crate::curve::Tool;
    use crate::picture::Picture;

    fn job_of(is_centring: bool, degrees: f32, noise: f32) -> SweepJob {
        SweepJob::new(Swept::Drawing(drawing(is_centring, degrees, noise))).expect("a picture")
    }

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
        let mut job = job_of(true, 0.0, 0.0);
        let mut coarse = Vec::new();
        while !job.is_coarse_done() {
            coarse.extend(job.next_steps(10));
        }
        let of_kinds = SweepKind::OF_PICTURES.map(|kind| n_steps_of(&coarse, kind));
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
            let ink = Picture::from_ink(32, 32, now.ink).expect("a picture");
            let seen = now.treatment.apply(&ink).into_ink();
            let job = job_of(is_centring, 34.0, 0.2);
            let at = |kind, idx| job.values_at(Step { kind, idx });
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
        let mut job = job_of(true, 0.0, 0.0);
        finish(&mut job, 0.1);
        let mut turned = job
            .followed_by(Swept::Drawing(drawing(true, 10.0, 0.0)))
            .expect("a picture");
        assert_eq!(turned.errors().rotation_curve().len(), N_ANGLES);
        assert!(
            turned
                .errors()
                .noise_levels(SweepKind::Noise, 1.0)
                .is_empty()
        );
        let redone = finish(&mut turned, 0.2);
        assert_eq!(n_steps_of(&redone, SweepKind::Rotation), 0);
        let noisy = turned
            .followed_by(Swept::Drawing(drawing(true, 10.0, 0.5)))
            .expect("a picture");
        assert_eq!(
            noisy.errors().noise_levels(SweepKind::Noise, 1.0).len(),
            N_LEVELS
        );
        assert!(noisy.errors().rotation_curve().is_empty());
    }

    #[test]
    fn ink_that_is_no_picture_is_not_swept() {
        let mut broken = drawing(true, 0.0, 0.0);
        broken.ink.pop();
        assert!(SweepJob::new(Swept::Drawing(broken.clone())).is_none());
        broken.width = 0;
        assert!(SweepJob::new(Swept::Drawing(broken)).is_none());
        let mut empty = curve(|_| {});
        empty.curve.clear();
        assert!(SweepJob::new(Swept::Curve(empty)).is_none());
    }

    #[test]
    fn a_curve_has_a_step_for_each_setting_and_sees_what_the_bench_would_show() {
        let now = curve(|it| {
            it.shift = 3.0;
            it.gap_start = 10;
            it.gap_length = 5;
            it.noise = 0.1;
        });
        let seen = now.treatment.apply(&now.curve);
        let mut job = SweepJob::new(Swept::Curve(now)).expect("a curve");
        let steps = finish(&mut job, 0.1);
        let n_steps = |tool| n_steps_of(&steps, SweepKind::Curve(tool));
        assert_eq!(Tool::ALL.map(n_steps), [31, 41, N_NOISE_STEPS, 21, 41]);
        let at = |tool, idx| {
            job.values_at(Step {
                kind: SweepKind::Curve(tool),
                idx,
            })
        };
        assert_eq!(at(Tool::Stretch, 10), seen, "as long as it is");
        assert_eq!(at(Tool::Shift, 23), seen, "3 samples later");
        assert_eq!(at(Tool::DropOut, 5), seen, "5 samples");
        assert_eq!(at(Tool::DropOutFrom, 10), seen, "from sample 10");
        assert_eq!(
            at(Tool::Noise, 1 + 3 * 16),
            seen,
            "a fifth of 0.5, the first draw"
        );
        assert_ne!(at(Tool::Noise, 2 + 3 * 16), seen, "another draw");
    }

    #[test]
    fn a_shift_of_a_curve_leaves_its_own_sweep_and_where_nothing_drops_out_no_place_is_tried() {
        let kind = |tool| SweepKind::Curve(tool);
        let mut job = SweepJob::new(Swept::Curve(curve(|_| {}))).expect("a curve");
        let steps = finish(&mut job, 0.1);
        assert_eq!(n_steps_of(&steps, kind(Tool::DropOutFrom)), 0);
        let mut moved = job
            .followed_by(Swept::Curve(curve(|it| it.shift = 5.0)))
            .expect("a curve");
        let redone = finish(&mut moved, 0.2);
        assert_eq!(n_steps_of(&redone, kind(Tool::Shift)), 0);
        assert_eq!(n_steps_of(&redone, kind(Tool::Stretch)), 31);
        assert!(
            moved
                .followed_by(Swept::Drawing(drawing(true, 0.0, 0.0)))
                .is_some()
        );
    }
}
