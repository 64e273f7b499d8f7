//! What a file holds.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::packed_losses;
use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Checkpoint, EpochLoss, FilmFrame};
use crate::data::{Dataset, Fingerprint, Form, NamedFile, TableReading};
use crate::encoding::floats;
use crate::recipe::{DataName, Recipe, RecipeName};

/// A trained network with all that judging by it takes; borrowed while it is written, owned once it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedStudy<'a> {
    /// What it is and how it judges.
    pub settings: Settings,
    /// The weights, where in the run they were taken, and what the optimiser remembered there.
    pub checkpoint: Cow<'a, Checkpoint>,
    /// The errors of the calibration items by these weights, in the order of the split; empty where they are not known.
    #[serde(with = "floats")]
    pub calibration: Vec<f32>,
    /// Some items with what the network makes of them.
    pub examples: Option<Examples>,
    /// What else is known of the run; `None` in the file of a model alone.
    pub run: Option<SavedRun<'a>>,
}

/// What a network is, what it was trained on, and how it judges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The recipe that it began with.
    pub name: RecipeName,
    /// The recipe as its settings have made it.
    pub recipe: Recipe,
    /// How its threshold is found.
    pub rule: ThresholdRule,
    /// Where that put the threshold; `None` where nothing was measured yet.
    pub threshold: Option<f32>,
    /// What it was trained on; `None` where the file does not say.
    pub trained_on: Option<TrainedOn>,
    /// The version of the program that wrote the file; empty where another program did.
    pub program: String,
}

/// What a network was trained on, and how a thing becomes the values that it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainedOn {
    /// What the reader calls them: the name of a file, or "handwritten digits".
    pub title: String,
    /// Which of the page's own data they are; `None` for a reader's file.
    pub named: Option<DataName>,
    /// How many items there are, those held out included.
    pub n_items: usize,
    /// The size of a picture, or the columns of a table with the scale of each.
    pub form: Form,
    /// The level of full ink, which is 1 as an input; `None` for a table.
    pub largest_level: Option<u8>,
    /// The label that is 1 where labels are inputs.
    pub largest_label: u8,
    /// Tells these items from all others.
    pub fingerprint: Fingerprint,
}

/// Some items with what the network makes of them, for others to compare with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Examples {
    /// Their places in the data.
    pub items: Vec<u32>,
    /// `n × input`, a label included where the network takes one.
    #[serde(with = "floats")]
    pub inputs: Vec<f32>,
    /// `n × input`.
    #[serde(with = "floats")]
    pub outputs: Vec<f32>,
    /// `n × code`.
    #[serde(with = "floats")]
    pub codes: Vec<f32>,
    /// One each, by the recipe's measure.
    #[serde(with = "floats")]
    pub errors: Vec<f32>,
    /// As they were before they became inputs.
    pub raw: RawExamples,
}

/// What inputs are made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawExamples {
    /// Of pictures: `n × pixels` grey levels, 0 to the level of full ink; else empty.
    #[serde(with = "serde_bytes")]
    pub levels: Vec<u8>,
    /// Where items have labels, one each; else empty.
    #[serde(with = "serde_bytes")]
    pub labels: Vec<u8>,
    /// Of rows: a text for each column that is not left out, where these texts say all; else empty.
    pub cells: Vec<Vec<String>>,
}

/// What else is known of a run, so that it can be trained on and looked back at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedRun<'a> {
    /// The losses, an entry an epoch.
    #[serde(with = "packed_losses")]
    pub losses: Cow<'a, [EpochLoss]>,
    /// The batch losses of the newest epoch.
    #[serde(with = "floats")]
    pub batch_losses: Vec<f32>,
    /// Items reconstructed again and again on the way.
    pub film: Cow<'a, [FilmFrame]>,
    /// Which items those are.
    pub film_items: Vec<usize>,
    /// Earlier moments of the run, in order.
    pub history: Vec<Cow<'a, Checkpoint>>,
    /// The reader's own files, where they are not too large to be taken along.
    pub own: Option<OwnFiles<'a>>,
}

/// A reader's own files, as they were opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnFiles<'a> {
    /// One, or the two of an IDX data set.
    pub files: Cow<'a, [NamedFile]>,
    /// How the file is read, where it is a table.
    pub reading: TableReading,
}

impl TrainedOn {
    /// What there is to say of a data set; `title` is what the reader calls it.
    pub fn of(dataset: &Dataset, title: String, named: Option<DataName>) -> Self {
        Self {
            title,
            named,
            n_items: dataset.n_items(),
            form: dataset.form().clone(),
            largest_level: dataset.largest_level(),
            largest_label: crate::data::LabelScale::of(dataset).largest(),
            fingerprint: dataset.fingerprint(),
        }
    }
}

impl SavedStudy<'_> {
    /// The same, independent of what it was borrowed from.
    pub fn into_owned(self) -> SavedStudy<'static> {
        SavedStudy {
            settings: self.settings,
            checkpoint: Cow::Owned(self.checkpoint.into_owned()),
            calibration: self.calibration,
            examples: self.examples,
            run: self.run.map(SavedRun::into_owned),
        }
    }
}

impl SavedRun<'_> {
    fn into_owned(self) -> SavedRun<'static> {
        let own = self.own.map(|own| OwnFiles {
            files: Cow::Owned(own.files.into_owned()),
            reading: own.reading,
        });
        let history = self.history.into_iter();
        let history = history.map(|moment| Cow::Owned(moment.into_owned()));
        SavedRun {
            losses: Cow::Owned(self.losses.into_owned()),
            batch_losses: self.batch_losses,
            film: Cow::Owned(self.film.into_owned()),
            film_items: self.film_items,
            history: history.collect(),
            own,
        }
    }
}
