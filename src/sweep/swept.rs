//! What is swept: an item as it lies on the bench, and what a network sees of it at each step.

use serde::{Deserialize, Serialize};

use super::job::N_PASSES;
use super::kind::{N_NOISE_STEPS, level_and_draw};
use super::{
    N_ANGLES, N_DRAWS, N_LEVELS, ShiftGrid, Step, SweepKind, angle_at, n_places_along, noise_at,
    setting_at,
};
use crate::curve::{CurveTreatment, Span, Tool};
use crate::encoding::floats;
use crate::picture::{INK_PER_PIXEL, Picture, Treatment};

/// Angles from one to the next in each pass: 30°, 10° and 2° apart.
const ANGLE_STRIDES: [usize; N_PASSES] = [15, 5, 1];

/// Levels from one to the next, and draws at each of them, in each pass.
const NOISE_PASSES: [(usize, usize); N_PASSES] = [(5, 4), (1, 4), (1, N_DRAWS)];

/// Places from one to the next in each pass.
const SHIFT_STRIDES: [usize; N_PASSES] = [4, 2, 1];

/// Settings of a curve from one to the next in each pass.
const SETTING_STRIDES: [usize; N_PASSES] = [8, 3, 1];

/// An item on the bench, and all that is done to it before it is judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Swept {
    /// A drawing, or a picture of the data.
    Drawing(SweptDrawing),
    /// A curve.
    Curve(SweptCurve),
}

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

/// A curve, and all that is done to it before it is judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweptCurve {
    /// The curve as it was drawn.
    #[serde(with = "floats")]
    pub curve: Vec<f32>,
    /// What is done to it now; a sweep changes one setting of it and leaves the others.
    pub treatment: CurveTreatment,
    /// The height of the frame that it lies in, in its units: it says how far noise goes.
    pub height: f32,
    /// Its class, where that is known.
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
            SweepKind::Curve(_) => {}
        }
        treatment == self.treatment
            && (self.width, self.label) == (other.width, other.label)
            && self.ink == other.ink
    }
}

impl SweptCurve {
    fn span(&self, tool: Tool) -> Span {
        tool.span(self.curve.len(), self.height)
    }

    fn with(&self, tool: Tool, setting: f32) -> CurveTreatment {
        tool.applied(self.treatment, setting, self.curve.len())
    }

    fn n_steps(&self, tool: Tool) -> usize {
        match tool {
            Tool::Noise => N_NOISE_STEPS,
            Tool::DropOutFrom if self.treatment.gap_length == 0 => 0,
            Tool::Stretch | Tool::Shift | Tool::DropOut | Tool::DropOutFrom => {
                n_places_along(self.span(tool))
            }
        }
    }

    fn values_at(&self, tool: Tool, idx: usize) -> Vec<f32> {
        let span = self.span(tool);
        match tool {
            Tool::Noise => {
                let (level, draw) = level_and_draw(idx);
                let treatment = self.with(tool, noise_at(level) * span.high);
                treatment.apply_draw(&self.curve, draw as u64)
            }
            Tool::Stretch | Tool::Shift | Tool::DropOut | Tool::DropOutFrom => {
                let treatment = self.with(tool, setting_at(span, idx));
                treatment.apply(&self.curve)
            }
        }
    }

    fn is_in_pass(&self, tool: Tool, idx: usize, pass_idx: usize) -> bool {
        match tool {
            Tool::Noise => is_noise_in_pass(idx, pass_idx),
            Tool::Stretch | Tool::Shift | Tool::DropOut | Tool::DropOutFrom => {
                let is_last = idx + 1 == self.n_steps(tool);
                is_last || idx.is_multiple_of(SETTING_STRIDES[pass_idx])
            }
        }
    }

    /// Whether a sweep of `other` has the same steps.
    fn has_same(&self, tool: Tool, other: &Self) -> bool {
        let treatment = other.with(tool, tool.of(&self.treatment));
        treatment == self.treatment
            && self.label == other.label
            && self.height.to_bits() == other.height.to_bits()
            && self.n_steps(tool) == other.n_steps(tool)
            && self.curve == other.curve
    }
}

/// What is swept, with all that its steps are made from.
#[derive(Clone, Debug)]
pub(super) enum Material {
    Drawing {
        drawing: SweptDrawing,
        ink: Picture,
        /// Turned and centred as it lies on the bench.
        placed: Picture,
        grid: ShiftGrid,
    },
    Curve(SweptCurve),
}

impl Material {
    pub fn of(swept: Swept) -> Option<Self> {
        match swept {
            Swept::Drawing(drawing) => {
                let ink = drawing.picture()?;
                let (width, height) = (ink.width() / INK_PER_PIXEL, ink.height() / INK_PER_PIXEL);
                Some(Self::Drawing {
                    placed: drawing.treatment.place(&ink),
                    grid: ShiftGrid::of(width, height),
                    drawing,
                    ink,
                })
            }
            Swept::Curve(curve) => (!curve.curve.is_empty()).then_some(Self::Curve(curve)),
        }
    }

    pub fn kinds(&self) -> &'static [SweepKind] {
        match self {
            Self::Drawing { .. } => &SweepKind::OF_PICTURES,
            Self::Curve(_) => &SweepKind::OF_CURVES,
        }
    }

    pub fn label(&self) -> Option<u8> {
        match self {
            Self::Drawing { drawing, .. } => drawing.label,
            Self::Curve(curve) => curve.label,
        }
    }

    pub fn n_steps(&self, kind: SweepKind) -> usize {
        match (self, kind) {
            (Self::Drawing { .. }, SweepKind::Rotation) => N_ANGLES,
            (Self::Drawing { .. }, SweepKind::Noise) => N_NOISE_STEPS,
            (Self::Drawing { grid, .. }, SweepKind::Shift) => grid.n_places(),
            (Self::Curve(curve), SweepKind::Curve(tool)) => curve.n_steps(tool),
            (Self::Drawing { .. } | Self::Curve(_), _) => 0,
        }
    }

    /// What the network sees at a step.
    pub fn values_at(&self, step: Step) -> Vec<f32> {
        match self {
            Self::Drawing {
                drawing,
                ink,
                placed,
                grid,
            } => {
                let mut treatment = drawing.treatment;
                match step.kind {
                    SweepKind::Rotation => {
                        treatment.rotation_degrees = angle_at(step.idx);
                        return treatment.apply(ink).into_ink();
                    }
                    SweepKind::Noise => {
                        let (level, draw) = level_and_draw(step.idx);
                        treatment.noise = noise_at(level);
                        treatment.noise_seed += draw as u64;
                    }
                    SweepKind::Shift => treatment.shift = grid.cells_at(step.idx),
                    SweepKind::Curve(_) => {}
                }
                treatment.finish(placed).into_ink()
            }
            Self::Curve(curve) => match step.kind {
                SweepKind::Curve(tool) => curve.values_at(tool, step.idx),
                SweepKind::Rotation | SweepKind::Noise | SweepKind::Shift => {
                    curve.treatment.apply(&curve.curve)
                }
            },
        }
    }

    /// Whether a step is one of those that a pass goes through.
    pub fn is_in_pass(&self, kind: SweepKind, idx: usize, pass_idx: usize) -> bool {
        match (self, kind) {
            (Self::Drawing { .. }, SweepKind::Rotation) => {
                idx.is_multiple_of(ANGLE_STRIDES[pass_idx])
            }
            (Self::Drawing { .. }, SweepKind::Noise) => is_noise_in_pass(idx, pass_idx),
            (Self::Drawing { grid, .. }, SweepKind::Shift) => {
                grid.is_on(idx, SHIFT_STRIDES[pass_idx])
            }
            (Self::Curve(curve), SweepKind::Curve(tool)) => curve.is_in_pass(tool, idx, pass_idx),
            (Self::Drawing { .. } | Self::Curve(_), _) => false,
        }
    }

    /// Whether a sweep of `other` has the same steps.
    pub fn has_same(&self, kind: SweepKind, other: &Self) -> bool {
        match (self, other, kind) {
            (Self::Drawing { drawing, .. }, Self::Drawing { drawing: next, .. }, _) => {
                drawing.has_same(kind, next)
            }
            (Self::Curve(curve), Self::Curve(next), SweepKind::Curve(tool)) => {
                curve.has_same(tool, next)
            }
            (Self::Drawing { .. } | Self::Curve(_), _, _) => false,
        }
    }
}

fn is_noise_in_pass(idx: usize, pass_idx: usize) -> bool {
    let (level, draw) = level_and_draw(idx);
    let (stride, n_draws) = NOISE_PASSES[pass_idx];
    level.is_multiple_of(stride) && draw < n_draws
}

const _: () = assert!(N_LEVELS % 5 == 1, "the coarse pass has the last level");
