//! How a drawing was prepared, step by step, in figures and words.

use crate::picture::{HandStyle, Picture, PreparationStep};
use crate::session::{PictureBench, Session};

/// A step of the preparation, and what it did to what lies on the bench.
#[derive(Clone, Debug, PartialEq)]
pub struct StageView {
    /// Whether the step is taken.
    pub is_taken: bool,
    /// The drawing after it, in the network's pixels, row by row; `None` while nothing is drawn.
    pub ink: Option<Vec<f32>>,
    /// What it did, as a sentence.
    pub outcome: String,
}

impl PreparationStep {
    /// The name by which the page offers the step.
    pub fn title(self) -> &'static str {
        match self {
            Self::Specks => "Leave out stray specks",
            Self::Slant => "Take back a rare slant",
            Self::Fit => "Centre and scale to fit",
            Self::Strokes => "Strokes as wide as in the data",
            Self::Balance => "Balance the ink in the middle",
        }
    }
}

impl Session {
    /// A step of the preparation; `None` where it can do nothing with what is at hand.
    pub fn stage(&self, step: PreparationStep) -> Option<StageView> {
        let bench = self.drawing().filter(|bench| bench.offers(step))?;
        let is_taken = bench.steps().has(step);
        let stage = bench.stage(step);
        Some(StageView {
            is_taken,
            ink: stage.map(|(_, after)| after.ink().to_vec()),
            outcome: match stage {
                Some((before, after)) if is_taken => outcome(bench, step, before, after),
                Some(_) => "left as it is".to_owned(),
                None => String::new(),
            },
        })
    }

    /// How what lies on the bench was prepared, in one line.
    pub fn preparation_in_words(&self) -> String {
        let Some(bench) = self.drawing() else {
            return String::new();
        };
        let offered = || {
            PreparationStep::ALL
                .into_iter()
                .filter(|&it| bench.offers(it))
        };
        let n_taken = offered().filter(|&step| bench.steps().has(step)).count();
        match n_taken {
            0 if bench.is_prepared_already() => "An item of the data: prepared already".to_owned(),
            0 => "Nothing is prepared".to_owned(),
            n => format!("Prepared: {n} of {} steps", offered().count()),
        }
    }
}

/// What a step that is taken did.
fn outcome(
    bench: &PictureBench,
    step: PreparationStep,
    before: &Picture,
    after: &Picture,
) -> String {
    let in_figures = match step {
        PreparationStep::Slant => bench.hand().and_then(|hand| slants(hand, before, after)),
        PreparationStep::Strokes => widths(before, after),
        PreparationStep::Specks | PreparationStep::Fit | PreparationStep::Balance => None,
    };
    let in_a_word = if before == after {
        "nothing to do"
    } else {
        match step {
            PreparationStep::Specks => "left out",
            PreparationStep::Slant => "taken back",
            PreparationStep::Fit => "moved and scaled",
            PreparationStep::Strokes => "changed",
            PreparationStep::Balance => "moved",
        }
    };
    in_figures.unwrap_or_else(|| in_a_word.to_owned())
}

/// "leans 24°, usual are 2° to 21°: now 21°".
fn slants(hand: HandStyle, before: &Picture, after: &Picture) -> Option<String> {
    let degrees = |slant: f32| format!("{:.0}°", slant.atan().to_degrees()).replace('-', "−");
    let usual = hand.slant_range();
    let (least, most) = (degrees(*usual.start()), degrees(*usual.end()));
    let was = degrees(before.slant()?);
    let is = degrees(after.slant()?);
    Some(if before == after {
        format!("leans {was}; usual are {least} to {most}")
    } else {
        format!("leans {was}, usual are {least} to {most}: now {is}")
    })
}

/// "2.1 pixels wide, now 3.0".
fn widths(before: &Picture, after: &Picture) -> Option<String> {
    let (was, is) = (before.stroke_width()?, after.stroke_width()?);
    Some(if before == after {
        format!("{was:.1} pixels wide")
    } else {
        format!("{was:.1} pixels wide, now {is:.1}")
    })
}
