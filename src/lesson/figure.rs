//! The figures of the run at hand that a text can speak of.

use super::error::{LessonError, quoted};
use super::nearest::suggestion;

/// A figure of the run at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// The error of what lies on the bench.
    Error,
    /// The error above which an item is an anomaly.
    Threshold,
    /// "normal" or "an anomaly".
    Verdict,
    /// Where most of the error is, in words.
    Reason,
    /// How far the drawing is turned.
    Rotation,
    /// The noise on the drawing.
    Noise,
    /// How much cleaner the network made a noisy drawing.
    Denoised,
    /// Part of all angles at which the drawing is above the threshold.
    AnglesPercent,
    /// Values of an item.
    Values,
    /// Values of a code.
    CodeSize,
    /// Epochs trained.
    Epochs,
    /// Loss of the last epoch, on what was trained on.
    TrainingLoss,
    /// Loss of the last epoch, on items that were not trained on.
    CalibrationLoss,
    /// Test items above the threshold.
    Flagged,
    /// Part of the test items above the threshold.
    FlaggedPercent,
    /// How many test items there are.
    TestItems,
    /// Items trained on.
    TrainingItems,
    /// Of classes that were left out, the part above the threshold.
    LeftOutPercent,
    /// Items of classes that were left out and never trained on.
    LeftOutItems,
    /// Items of classes that are not normal and were trained on all the same.
    Contaminating,
    /// Mean error of the test items.
    MeanError,
    /// Mean error of always answering with the average item.
    AverageItemError,
    /// Area under the ROC curve of the network.
    AreaNetwork,
    /// The same of the network's error and code together.
    AreaCombined,
    /// The same of the average item.
    AreaAverageItem,
    /// The same of principal components.
    AreaPca,
    /// The same of the nearest neighbours.
    AreaNeighbours,
    /// Error of the challenge's single stroke.
    StrokeError,
    /// Error of the challenge's thick digit.
    ThickError,
    /// Error of the drawing that was shown to the detector.
    OwnError,
    /// How many of the challenge's pictures fooled the detector.
    Fooled,
}

/// Every figure by the name that it has in a lesson.
const NAMES: [(&str, Figure); 31] = [
    ("error", Figure::Error),
    ("threshold", Figure::Threshold),
    ("verdict", Figure::Verdict),
    ("reason", Figure::Reason),
    ("rotation", Figure::Rotation),
    ("noise", Figure::Noise),
    ("denoised", Figure::Denoised),
    ("angles percent", Figure::AnglesPercent),
    ("values", Figure::Values),
    ("code size", Figure::CodeSize),
    ("epochs", Figure::Epochs),
    ("training loss", Figure::TrainingLoss),
    ("calibration loss", Figure::CalibrationLoss),
    ("flagged", Figure::Flagged),
    ("flagged percent", Figure::FlaggedPercent),
    ("test items", Figure::TestItems),
    ("training items", Figure::TrainingItems),
    ("left out percent", Figure::LeftOutPercent),
    ("left out items", Figure::LeftOutItems),
    ("contaminating", Figure::Contaminating),
    ("mean error", Figure::MeanError),
    ("average item error", Figure::AverageItemError),
    ("area network", Figure::AreaNetwork),
    ("area combined", Figure::AreaCombined),
    ("area average item", Figure::AreaAverageItem),
    ("area pca", Figure::AreaPca),
    ("area neighbours", Figure::AreaNeighbours),
    ("stroke error", Figure::StrokeError),
    ("thick error", Figure::ThickError),
    ("own error", Figure::OwnError),
    ("fooled", Figure::Fooled),
];

impl Figure {
    /// The names of all figures.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// The figure of a name.
    pub(super) fn named(name: &str, line: usize) -> Result<Self, LessonError> {
        let found = NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, figure)| *figure).ok_or_else(|| {
            let nearest = suggestion(name, Self::names(), |name| format!("{{{name}}}"));
            let what = format!("there is no figure called {}{nearest}", quoted(name));
            LessonError::new(line, what)
        })
    }
}
