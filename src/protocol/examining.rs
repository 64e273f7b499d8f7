//! What page and examiner say to each other.

use serde::{Deserialize, Serialize};

use super::{
    BesideOrder, Moment, NextOrder, NextScores, PastMeasured, PastOrder, ReconstructedItems,
    RememberCommand, RememberedEvent, RunId, Snapshot, Tried, WriteOrder,
};
use crate::data::{Dataset, NamedFile};
use crate::encoding::{floats, integers};
use crate::evaluation::Report;
use crate::model_file::{OpenedFiles, ToBeJudged};
use crate::recipe::Recipe;
use crate::sweep::{SweepErrors, Swept};

/// What the page asks of an examiner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ExamineCommand {
    /// Load the items that errors are measured on.
    Prepare {
        /// Stamped on every answer from here on.
        run: RunId,
        /// The items.
        dataset: Dataset,
        /// Decides the split and the network.
        recipe: Box<Recipe>,
    },
    /// Judge by these weights from now on, measure the calibration items with them, and then all items.
    Adopt {
        /// Returned with the errors of the calibration items.
        request: u32,
        /// The run that the weights belong to.
        run: RunId,
        /// The weights.
        snapshot: Snapshot,
    },
    /// Reconstruct an item and measure its error.
    Judge {
        /// Returned with the answer; only the newest one counts.
        request: u32,
        /// Its values: pixels 0…1, row by row, or an encoded row of a table.
        #[serde(with = "floats")]
        values: Vec<f32>,
        /// Its label where it is known: an item of the data set. A drawing has none.
        label: Option<u8>,
    },
    /// Reconstruct some items of the data set, to be shown.
    Reconstruct {
        /// Returned with the answer; a newer request takes the place of one that is not answered yet.
        request: u32,
        /// Which items.
        #[serde(with = "integers")]
        items: Vec<u32>,
    },
    /// Lay the codes of the items out on a map, by the weights at hand.
    DrawMap {
        /// Returned with every picture of the map.
        request: u32,
    },
    /// Decode codes that belong to no item.
    Imagine {
        /// Returned with the answer.
        request: u32,
        /// Which codes.
        wish: Wish,
    },
    /// Reconstruct pictures that no data set holds, all at once, and say how far they are from the items.
    Try {
        /// Returned with the answer; only the newest one counts.
        request: u32,
        /// `n × values`, a label not included.
        #[serde(with = "floats")]
        rows: Vec<f32>,
    },
    /// Measure an item at every step of its sweeps; takes the place of an older order.
    Sweep {
        /// Returned with every part of the answer.
        request: u32,
        /// What is swept.
        swept: Box<Swept>,
    },
    /// Judge an item by a second network.
    JudgeBeside(Box<BesideOrder>),
    /// Measure an item by the earlier epochs of the run; takes the place of an older order.
    MeasurePast(Box<PastOrder>),
    /// Measure the items of another file once there is nothing else to do; takes the place of an older order.
    ScoreNext(Box<NextOrder>),
    /// Give up the items of another file, and whatever was to be measured of them.
    ForgetNext,
    /// Measure how well the network and other detectors tell normal test items from changed ones.
    Evaluate {
        /// Returned with all news of it.
        request: u32,
        /// What the recipe is called, for the report.
        recipe: String,
        /// Decides what is drawn by chance: which items, and how they are changed.
        seed: u64,
    },
    /// Keep something in the browser, or bring it back.
    Remember(RememberCommand),
    /// Give up some long work.
    Stop(LongWork),
    /// Read the reader's files, so that the page's own thread does not wait for it.
    Read {
        /// Returned with the answer; only the newest one counts.
        request: u32,
        /// The files; `None` for those that were handed to the worker beside this, which it reads a slice at a time.
        files: Option<Vec<NamedFile>>,
        /// The network that is to judge them, if any.
        judge: Option<Box<ToBeJudged>>,
    },
    /// Make a file for the reader to keep.
    Write {
        /// Returned with the answer; only the newest one counts.
        request: u32,
        /// What is put into it.
        order: Box<WriteOrder>,
    },
}

/// A code that is set value by value has no more of them.
pub const MOST_SET_VALUES: usize = 16;

/// Codes that belong to no item.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Wish {
    /// On the straight line between the codes of two items, both ends included.
    Between {
        /// Where the line starts.
        from: usize,
        /// Where it ends.
        to: usize,
        /// How many codes, at least 2.
        n_steps: usize,
    },
    /// At a place of the map.
    AtPlace {
        /// To the right, in the map's own units.
        x: f32,
        /// Upwards, in the map's own units.
        y: f32,
    },
    /// As the reader has set it, value by value.
    Set {
        /// The values; those after `n_values` mean nothing.
        values: [f32; MOST_SET_VALUES],
        /// How many values the code has.
        n_values: usize,
    },
    /// Drawn from the standard normal distribution, which a variational autoencoder's codes are held to.
    Prior {
        /// Decides the draws.
        seed: u32,
        /// How many codes, at most 100.
        n_codes: usize,
    },
}

impl Wish {
    /// The code of these values; `None` for one that is too long to be set so.
    pub fn code(code: &[f32]) -> Option<Self> {
        let mut values = [0.0; MOST_SET_VALUES];
        values.get_mut(..code.len())?.copy_from_slice(code);
        Some(Self::Set {
            values,
            n_values: code.len(),
        })
    }
}

/// Work of the examiner that takes long enough to be watched and stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LongWork {
    /// Measuring every item.
    Scoring,
    /// Drawing the map of the codes.
    Mapping,
    /// Measuring how well anomalies are told from normal items.
    Evaluating,
}

/// What an examiner tells the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ExamineEvent {
    /// The items are loaded.
    Prepared {
        /// The run that was prepared.
        run: RunId,
    },
    /// Errors of the calibration items under the newest weights.
    Calibrated {
        /// The request that this answers.
        request: u32,
        /// The weights that were used.
        of: Moment,
        /// One error per calibration item.
        #[serde(with = "floats")]
        errors: Vec<f32>,
    },
    /// The answer to [`ExamineCommand::Judge`].
    Judged(Judgement),
    /// The answer to [`ExamineCommand::JudgeBeside`].
    JudgedBeside(Judgement),
    /// How far measuring all items has come.
    Scoring {
        /// The weights that were used.
        of: Moment,
        /// Items measured so far.
        n_done: usize,
        /// Items in all.
        n_items: usize,
    },
    /// All items are measured.
    Scored(Scores),
    /// How far measuring the items of another file has come.
    ScoringNext {
        /// The request that this answers.
        request: u32,
        /// The part that is done, 0…1.
        progress: f32,
    },
    /// The answer to [`ExamineCommand::ScoreNext`].
    ScoredNext(NextScores),
    /// The answer to [`ExamineCommand::Reconstruct`].
    Reconstructed(ReconstructedItems),
    /// The map of the codes, as far as it is drawn.
    Map(LatentMap),
    /// How far the evaluation has come.
    Evaluating {
        /// The request that this answers.
        request: u32,
        /// Part of the work that is done, 0…1.
        progress: f32,
    },
    /// The answer to [`ExamineCommand::Evaluate`].
    Evaluated {
        /// The request that this answers.
        request: u32,
        /// The weights that were used.
        of: Moment,
        /// What was found, or why nothing can be, as a sentence.
        outcome: Result<Box<Report>, String>,
    },
    /// The answer to [`ExamineCommand::Imagine`].
    Imagined {
        /// The request that this answers.
        request: u32,
        /// The weights that were used.
        of: Moment,
        /// `n × code`: the codes that were decoded.
        #[serde(with = "floats")]
        codes: Vec<f32>,
        /// `n × input`: what the decoder made of them.
        #[serde(with = "floats")]
        reconstructed: Vec<f32>,
    },
    /// The answer to [`ExamineCommand::Try`].
    Tried(Tried),
    /// A part of the answer to [`ExamineCommand::Sweep`]: steps far apart first, then those between.
    Swept {
        /// The order that this answers.
        request: u32,
        /// The weights that were used.
        of: Moment,
        /// All that is measured so far.
        errors: SweepErrors,
        /// Whether that is everything.
        is_finished: bool,
    },
    /// A part of the answer to [`ExamineCommand::MeasurePast`].
    PastMeasured(PastMeasured),
    /// How far the reading of files is.
    Reading {
        /// The request that this is about.
        request: u32,
        /// The part that is done, 0…1.
        progress: f32,
    },
    /// The answer to [`ExamineCommand::Read`].
    FilesRead {
        /// The request that this answers.
        request: u32,
        /// What was in the files, or why they cannot be read, as a sentence.
        outcome: Result<Box<OpenedFiles>, String>,
    },
    /// The answer to [`ExamineCommand::Write`].
    Written {
        /// The request that this answers.
        request: u32,
        /// The file, or why it cannot be made, as a sentence.
        outcome: Result<NamedFile, String>,
    },
    /// The answer to [`ExamineCommand::Remember`].
    Remembered(RememberedEvent),
    /// The data, the recipe or the weights do not fit together.
    Refused {
        /// Why, as a sentence.
        reason: String,
    },
}

/// How a network reconstructs every item of a data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// The weights that were used.
    pub of: Moment,
    /// One error per item, in the order of the data set.
    #[serde(with = "floats")]
    pub errors: Vec<f32>,
    /// `n × code`, in the same order.
    #[serde(with = "floats")]
    pub codes: Vec<f32>,
    /// The error that each item has against the mean of the items that were trained on.
    #[serde(with = "floats")]
    pub mean_item_errors: Vec<f32>,
}

/// The codes of some items, laid out in two dimensions by t-SNE.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LatentMap {
    /// The request that this answers.
    pub request: u32,
    /// The weights that were used: those of the moment when the map was asked for.
    pub of: Moment,
    /// Which items.
    #[serde(with = "integers")]
    pub items: Vec<u32>,
    /// `n × 2`: where each of them lies, right and up; empty while the neighbours are still being found.
    #[serde(with = "floats")]
    pub places: Vec<f32>,
    /// Part of the work that is done, 0…1.
    pub progress: f32,
    /// Whether it will not move any more.
    pub is_finished: bool,
    /// How long the work has taken, in milliseconds.
    pub elapsed_ms: f64,
}

/// How a network reconstructed one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The request that this answers.
    pub request: u32,
    /// The weights that were used.
    pub of: Moment,
    /// The item as it was judged, a label not included.
    #[serde(with = "floats")]
    pub values: Vec<f32>,
    /// The same values as the network reconstructed them.
    #[serde(with = "floats")]
    pub reconstruction: Vec<f32>,
    /// The values of the bottleneck.
    #[serde(with = "floats")]
    pub code: Vec<f32>,
    /// By the recipe's measure, over all inputs, a label included.
    pub error: f32,
    /// The label that was used as an input: the known one, or the one that fits best.
    pub label: Option<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_can_be_set_where_it_is_short() {
        let Some(Wish::Set { values, n_values }) = Wish::code(&[0.5, -1.0]) else {
            panic!("two values are few");
        };
        assert_eq!((&values[..3], n_values), (&[0.5, -1.0, 0.0][..], 2));
        assert!(Wish::code(&[0.0; MOST_SET_VALUES]).is_some());
        assert_eq!(Wish::code(&[0.0; MOST_SET_VALUES + 1]), None);
    }
}
