//! What a learner must have done, as a lesson says it: `trained`, `rotation > 40`, `verdict is anomaly`.

mod names;
mod read;

pub use names::RULES;

use crate::anomaly::ThresholdRule;
use crate::recipe::RecipeName;

use names::{FACTS, MEASURES};

/// Something that the learner must have done.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// When it is done.
    pub condition: Condition,
    /// The author's words for it, where there are some.
    pub words: Option<String>,
}

/// When something is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Condition {
    /// Something has happened since the page was opened, or is there.
    Fact(Fact),
    /// A measure is on one side of a number.
    Compared(Measure, Comparison, f32),
    /// What lies on the bench is judged so.
    Verdict(VerdictWord),
    /// This recipe is in front.
    Recipe(RecipeName),
    /// The threshold is found in this way, whatever its number.
    Rule(ThresholdRule),
    /// The class of this label is not normal.
    LeftOut(u8),
}

/// Something that has happened since the page of the lesson was opened, or is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A run has come to its end.
    Trained,
    /// The network has fresh weights.
    Reset,
    /// The learner drew something.
    Drawn,
    /// Another item of the data lies on the bench.
    OtherItem,
    /// The threshold is found in another way, or stands elsewhere.
    ThresholdMoved,
    /// All items are measured by the weights at hand.
    Measured,
    /// How well anomalies are found is measured, for the weights at hand.
    Evaluated,
    /// The drawing was measured at every angle.
    Swept,
    /// The codes between those of two items were decoded.
    Walked,
    /// A code was decoded that the learner has changed.
    CodeMoved,
    /// The challenge's pictures were shown to the detector.
    Challenged,
    /// The learner's drawing was shown to the detector.
    HandedIn,
    /// That drawing is no digit and passed.
    Fooled,
    /// A network has learned a class that the learner made up.
    OwnClass,
}

/// Something that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Degrees that the drawing is turned by, in either direction.
    Rotation,
    /// Standard deviation of the noise on the drawing.
    Noise,
    /// Error of what lies on the bench.
    Error,
    /// Whole epochs trained here.
    Epoch,
    /// Values of the code.
    CodeSize,
    /// Percent of the training set that is of other classes.
    Contamination,
    /// Drawings that the learner has made for classes of their own.
    Drawings,
}

/// Which side of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Above it.
    Above,
    /// Below it.
    Below,
    /// On it.
    Equal,
}

/// How an item is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictWord {
    /// At or below the threshold.
    Normal,
    /// Above the threshold.
    Anomaly,
}

impl Task {
    /// What the learner is to do, in a few words.
    pub fn in_words(&self) -> String {
        self.words
            .clone()
            .unwrap_or_else(|| self.condition.in_words())
    }
}

impl Condition {
    /// What the learner is to do, in a few words.
    fn in_words(self) -> String {
        match self {
            Self::Fact(fact) => {
                let found = FACTS.iter().find(|(_, known, _)| *known == fact);
                found.map_or_else(String::new, |(_, _, words)| (*words).to_owned())
            }
            Self::Compared(measure, comparison, number) => {
                let found = MEASURES.iter().find(|(_, known, _)| *known == measure);
                let name = found.map_or("", |(_, _, words)| *words);
                let side = match comparison {
                    Comparison::Above => "more than",
                    Comparison::Below => "less than",
                    Comparison::Equal => "exactly",
                };
                format!("Bring about {name}: {side} {number}")
            }
            Self::Verdict(VerdictWord::Normal) => "Reach the verdict “Normal”".to_owned(),
            Self::Verdict(VerdictWord::Anomaly) => "Reach the verdict “Anomaly”".to_owned(),
            Self::Recipe(name) => format!("Choose the recipe “{}”", name.title()),
            Self::Rule(_) => "Choose another threshold rule".to_owned(),
            Self::LeftOut(label) => format!("Switch class {label} off"),
        }
    }
}
