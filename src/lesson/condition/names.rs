//! The words of conditions.

use super::{Condition, Fact, Measure};
use crate::anomaly::{
    DEFAULT_ALPHA, DEFAULT_DEVIATIONS, DEFAULT_PERCENT, DEFAULT_RANGES, DEFAULT_THETA,
    ThresholdRule,
};

/// A fact, what a lesson calls it, and what the learner is to do.
pub(super) const FACTS: [(&str, Fact, &str); 14] = [
    ("trained", Fact::Trained, "Train to the end"),
    ("reset", Fact::Reset, "Reset the network"),
    ("drawn", Fact::Drawn, "Draw something"),
    ("other item", Fact::OtherItem, "Take another example"),
    (
        "threshold moved",
        Fact::ThresholdMoved,
        "Move the threshold",
    ),
    (
        "measured",
        Fact::Measured,
        "Wait until all items are measured",
    ),
    ("evaluated", Fact::Evaluated, "Evaluate"),
    (
        "swept",
        Fact::Swept,
        "Scroll to the sweeps and wait until they are drawn",
    ),
    ("walked", Fact::Walked, "Walk between two items"),
    ("code moved", Fact::CodeMoved, "Move a value of the code"),
    (
        "challenged",
        Fact::Challenged,
        "Show the pictures to the detector",
    ),
    (
        "handed in",
        Fact::HandedIn,
        "Show your drawing to the detector",
    ),
    (
        "fooled",
        Fact::Fooled,
        "Draw something that is no digit and passes",
    ),
    (
        "own class",
        Fact::OwnClass,
        "Train to the end on drawings of your own",
    ),
];

pub(super) const MEASURES: [(&str, Measure, &str); 7] = [
    ("rotation", Measure::Rotation, "rotation, in degrees"),
    ("noise", Measure::Noise, "noise"),
    ("error", Measure::Error, "error"),
    ("epoch", Measure::Epoch, "epochs trained"),
    ("code size", Measure::CodeSize, "code size"),
    (
        "contamination",
        Measure::Contamination,
        "contamination, in percent",
    ),
    ("drawings", Measure::Drawings, "drawings of your own"),
];

/// The words before `is`.
const SUBJECTS: [&str; 4] = ["verdict", "recipe", "rule", "left out"];

/// The ways to find a threshold by their names in lessons, which are those in links.
pub const RULES: [(&str, ThresholdRule); 10] = [
    (
        "false-alarms",
        ThresholdRule::Conformal {
            alpha: DEFAULT_ALPHA,
        },
    ),
    (
        "percentile",
        ThresholdRule::Percentile {
            percent: DEFAULT_PERCENT,
        },
    ),
    (
        "deviations",
        ThresholdRule::MeanDeviation {
            k: DEFAULT_DEVIATIONS,
        },
    ),
    ("batch-losses", ThresholdRule::BatchLosses { batch_size: 1 }),
    (
        "theta",
        ThresholdRule::MinMax {
            theta: DEFAULT_THETA,
        },
    ),
    (
        "mad",
        ThresholdRule::MedianDeviation {
            k: DEFAULT_DEVIATIONS,
        },
    ),
    (
        "iqr",
        ThresholdRule::InterquartileRange { k: DEFAULT_RANGES },
    ),
    ("training-maximum", ThresholdRule::TrainingMaximum),
    ("best-f1", ThresholdRule::BestF1),
    ("by-hand", ThresholdRule::Manual(0.0)),
];

impl Condition {
    /// Everything that a condition can begin with.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let facts = FACTS.iter().map(|(name, _, _)| *name);
        let measures = MEASURES.iter().map(|(name, _, _)| *name);
        facts.chain(measures).chain(SUBJECTS)
    }
}
