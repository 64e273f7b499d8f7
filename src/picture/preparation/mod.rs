//! How a drawing is made like the pictures of the data, step by step.
//!
//! The pictures of a data set were cut out of scans, enlarged to one size and put in the middle; a hand on a screen
//! draws anywhere, at any size, with one pen. Each [`PreparationStep`] takes one of these differences away.

mod balance;
mod hand_style;
mod slant;
mod specks;
mod steps;
mod stroke_width;

use serde::{Deserialize, Serialize};

pub use hand_style::HandStyle;
pub use steps::{PreparationStep, Steps};

use super::{INK_PER_PIXEL, Picture, margin_of};

/// The steps that are taken, and the style that they work towards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Preparation {
    /// Which steps are taken.
    pub steps: Steps,
    /// How the data were written; without it slant and strokes stay as they are.
    pub hand: Option<HandStyle>,
}

impl Preparation {
    /// No step at all.
    pub const NONE: Self = Self {
        steps: Steps::NONE,
        hand: None,
    };

    /// Whether a step can do anything: some work towards the style of the data, which must be known.
    pub fn offers(&self, step: PreparationStep) -> bool {
        match step {
            PreparationStep::Slant | PreparationStep::Strokes => self.hand.is_some(),
            PreparationStep::Specks | PreparationStep::Fit | PreparationStep::Balance => true,
        }
    }

    /// What becomes of `ink` by one step; the same where the step is not taken.
    ///
    /// `ink` lies on the fine grid, [`INK_PER_PIXEL`] cells to a pixel of the network.
    pub fn take(&self, step: PreparationStep, ink: &Picture) -> Picture {
        if !self.steps.has(step) {
            return ink.clone();
        }
        match (step, self.hand) {
            (PreparationStep::Specks, _) => ink.without_specks(),
            (PreparationStep::Slant, Some(hand)) => ink.slanted_within(hand.slant_range()),
            (PreparationStep::Fit, _) => ink.fitted(),
            (PreparationStep::Strokes, Some(hand)) => self.with_strokes_of(ink, hand),
            (PreparationStep::Balance, _) => ink.balanced(),
            (PreparationStep::Slant | PreparationStep::Strokes, None) => ink.clone(),
        }
    }

    /// The steps of one half of the way, one after the other.
    pub(super) fn take_all(&self, steps: &[PreparationStep], ink: Picture) -> Picture {
        steps.iter().fold(ink, |ink, &step| self.take(step, &ink))
    }

    /// Wider strokes make a drawing larger and narrower ones smaller, so what was fitted is fitted again.
    fn with_strokes_of(&self, ink: &Picture, hand: HandStyle) -> Picture {
        let written = ink.with_stroke_width(hand.stroke_width);
        if self.steps.has(PreparationStep::Fit) {
            written.fitted()
        } else {
            written
        }
    }
}

impl Picture {
    /// Centred and enlarged to the size that pictures of the data have on their grid.
    fn fitted(&self) -> Self {
        let (width, height) = (self.width() / INK_PER_PIXEL, self.height() / INK_PER_PIXEL);
        self.centred_within(margin_of(width, height) * INK_PER_PIXEL)
    }
}
