//! Which data the page works on: those that a recipe brings along, or the reader's own.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::files::{Purpose, Reading};
use super::opening::WaitingStudy;
use super::{Effect, Notice, Phase, Session};
use crate::autoencoder::Weights;
use crate::data::{
    ColumnChoice, Dataset, Dependence, Fingerprint, NamedFile, PhotoReading, Photos, RawTable,
    TableReading, Turn, WindowCut,
};
use crate::picture::{HandStyle, Picture, margin_of};
use crate::recipe::{DataName, ItemShape, RecipeName};

/// What concerns the data and the models that belong to the page, and the reader's own files.
#[derive(Clone, Debug, PartialEq)]
pub enum DataMessage {
    /// A part of a packed data set has arrived.
    DatasetUnderway {
        /// Which data.
        name: DataName,
        /// How much of it, 0…1.
        fraction: f32,
    },
    /// A packed data set has arrived.
    DatasetLoaded {
        /// Which data.
        name: DataName,
        /// The file, unpacked.
        bytes: Vec<u8>,
    },
    /// A packed data set did not arrive.
    DatasetFailed {
        /// Which data.
        name: DataName,
        /// Why, as a sentence part.
        reason: String,
    },
    /// The weights of a pre-trained model have arrived.
    ModelLoaded {
        /// The recipe that they were trained by.
        recipe: RecipeName,
        /// The weights in storage order.
        values: Vec<f32>,
    },
    /// The weights of a pre-trained model did not arrive.
    ModelFailed {
        /// The recipe that they were trained by.
        recipe: RecipeName,
        /// Why, as a sentence part.
        reason: String,
    },
    /// The reader's own files have been read.
    FilesOpened(Vec<NamedFile>),
    /// The examiner was handed files of the reader's that are too large for a message.
    LargeFilesHanded {
        /// What they are called.
        names: Vec<String>,
        /// Whether the network at hand is to judge them.
        are_to_be_judged: bool,
    },
    /// Read no more of what is being read.
    StopReading,
    /// The reader's own files could not be read.
    FilesRefused {
        /// Why and what to do, as a sentence.
        reason: String,
    },
    /// Back from the reader's file to the data that the recipe brings along.
    CloseFile,
    /// Back from a study that was opened from a file to the one that was there before.
    LeaveOpened,
    /// Another way to read columns of the reader's table.
    ChooseColumns {
        /// Counted from 0.
        columns: Vec<usize>,
        /// What becomes of them.
        choice: ColumnChoice,
    },
    /// Another way to read the whole of the reader's table.
    ReadTable(TableReading),
    /// Whether a column of its own says where the values of one are missing.
    TellMissing {
        /// The column whose values are missing, counted from 0.
        column: usize,
        /// Whether that is said.
        is_told: bool,
    },
    /// Whether the first row of the reader's table holds the names of its columns.
    NameColumnsByFirstRow(bool),
    /// Another way to read the reader's pictures, where each was a file of its own.
    ReadPhotos(PhotoReading),
    /// All of the reader's pictures turned.
    TurnPictures(Turn),
    /// Cut a column of the reader's table into windows, or go back to its rows.
    CutWindows(Option<WindowCut>),
    /// Another way to make the reader's curves one scale.
    NormaliseCurves {
        /// Whether each has a scale of its own.
        by_themselves: bool,
    },
}

/// A data set at hand, and where it came from.
#[derive(Clone, Debug)]
pub(super) struct LoadedData {
    pub dataset: Arc<Dataset>,
    pub origin: Origin,
    /// Whether the columns of a table have anything to do with each other; `None` where that is not known.
    pub dependence: Option<Dependence>,
    /// How the pictures that belong to the page were written; nobody knows what a reader's own pictures show.
    pub hand: Option<HandStyle>,
    /// Worked out when it is first asked for.
    fingerprint: OnceLock<Fingerprint>,
}

/// Larger tables would keep the page waiting.
const MOST_ROWS_COMPARED: usize = 5_000;
const MOST_VALUES_COMPARED: usize = 64;

impl LoadedData {
    pub fn new(dataset: Dataset, origin: Origin) -> Self {
        let is_small =
            dataset.n_items() <= MOST_ROWS_COMPARED && dataset.n_features() <= MOST_VALUES_COMPARED;
        Self {
            dependence: is_small.then(|| Dependence::strongest(&dataset)).flatten(),
            hand: match origin {
                Origin::Named(_) => hand_of(&dataset),
                Origin::Own(_) => None,
            },
            dataset: Arc::new(dataset),
            origin,
            fingerprint: OnceLock::new(),
        }
    }

    /// What tells them from all other data.
    pub fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| self.dataset.fingerprint())
    }

    /// The number of the reader's file that they are from.
    pub fn own_file_number(&self) -> Option<u32> {
        match &self.origin {
            Origin::Own(file) => Some(file.number),
            Origin::Named(_) => None,
        }
    }
}

/// How a data set's pictures were written, by the first of them; `None` for those too small to say.
pub(super) fn hand_of(dataset: &Dataset) -> Option<HandStyle> {
    const MOST_PICTURES: usize = 500;
    let (width, height) = dataset.picture_size()?;
    if margin_of(width, height) == 0 {
        return None;
    }
    let items = 0..dataset.n_items().min(MOST_PICTURES);
    HandStyle::of(items.filter_map(|item| Picture::from_ink(width, height, dataset.item(item)?)))
}

/// Where a data set came from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// It belongs to the page.
    Named(DataName),
    /// The reader opened it.
    Own(Box<OwnFile>),
}

/// A file that the reader opened.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnFile {
    /// What the file is called; several names stand with "and" between them.
    pub name: String,
    /// Tells one opened file from the next, so that a run is not mistaken for one on other data.
    pub number: u32,
    /// The text and the choice for each column, where the file is a table.
    pub table: Option<(RawTable, Vec<ColumnChoice>)>,
    /// The classes that the table itself says are anomalies.
    pub anomalous_classes: Arc<BTreeSet<u8>>,
    /// The pictures as they were decoded and how they are read, where each was a file of its own.
    pub photos: Option<(Arc<Photos>, PhotoReading)>,
    /// The columns of the table that windows can be cut from.
    pub streams: Vec<usize>,
    /// The files themselves, to be taken along; `None` where they are too large.
    pub files: Option<Arc<[NamedFile]>>,
}

/// All data and models that have arrived, and what is on its way.
#[derive(Clone, Debug, Default)]
pub(super) struct Library {
    /// The data that belong to the page.
    pub brought: Vec<LoadedData>,
    /// The reader's file, whether the recipe at hand can take it or not.
    pub own: Option<LoadedData>,
    pub n_opened_files: u32,
    /// Files that are being read elsewhere.
    pub reading: Reading,
    /// A study from a file whose data are on their way.
    pub waiting_study: Option<WaitingStudy>,
    /// How much of the missing data has arrived, 0…1.
    pub progress: Option<f32>,
    /// The models that came with the page.
    pub models: Vec<(RecipeName, Weights)>,
    /// The shipped model of the recipe at hand cannot be had.
    pub is_model_missing: bool,
}

impl Library {
    /// The data that `name` would work on, if they are here: the reader's where the network can take them.
    pub fn data_for(&self, name: RecipeName) -> Option<&LoadedData> {
        let takes = |data: &&LoadedData| name.recipe_for(ItemShape::of(&data.dataset)).is_some();
        let own = self.own.as_ref().filter(takes);
        own.or_else(|| self.brought_here(name.data()))
    }

    /// Keeps data that belong to the page, in the place of older ones.
    pub fn keep(&mut self, name: DataName, dataset: Dataset) {
        let origin = Origin::Named(name);
        self.brought.retain(|known| known.origin != origin);
        self.brought.push(LoadedData::new(dataset, origin));
    }

    /// Data that belong to the page, if they are here; those that are generated are made at once.
    pub fn brought_or_made(&mut self, name: DataName) -> Option<LoadedData> {
        let origin = Origin::Named(name);
        if !self.brought.iter().any(|data| data.origin == origin)
            && let Some(dataset) = name.generated()
        {
            self.keep(name, dataset);
        }
        self.brought_here(name).cloned()
    }

    /// Data that belong to the page, if they are here.
    pub fn brought_here(&self, name: DataName) -> Option<&LoadedData> {
        let origin = Origin::Named(name);
        self.brought.iter().find(|data| data.origin == origin)
    }

    /// The weights that came with the page for a recipe.
    pub fn model_of(&self, name: RecipeName) -> Option<&Weights> {
        let found = self.models.iter().find(|(known, _)| *known == name);
        found.map(|(_, weights)| weights)
    }
}

impl Session {
    pub(super) fn update_data(&mut self, message: DataMessage) -> Vec<Effect> {
        match message {
            DataMessage::DatasetUnderway { name, fraction } => {
                let front = &self.studies.front;
                if front.data.is_none() && front.name.data() == name {
                    self.library.progress = Some(fraction.clamp(0.0, 1.0));
                }
                Vec::new()
            }
            DataMessage::DatasetLoaded { name, bytes } => self.on_dataset(name, &bytes),
            DataMessage::DatasetFailed { name, reason } => self.on_dataset_failed(name, &reason),
            DataMessage::ModelLoaded { recipe, values } => self.on_model(recipe, values),
            DataMessage::ModelFailed { recipe, reason } => self.on_model_failed(recipe, &reason),
            DataMessage::FilesOpened(files) => self.open_files(files),
            DataMessage::LargeFilesHanded {
                names,
                are_to_be_judged: true,
            } => self.read_handed(&names, Purpose::Judge),
            DataMessage::LargeFilesHanded {
                names,
                are_to_be_judged: false,
            } => self.read_handed(&names, Purpose::Open),
            DataMessage::StopReading => self.stop_reading(),
            DataMessage::FilesRefused { reason } => {
                self.refuse_file(&reason);
                Vec::new()
            }
            DataMessage::CloseFile => self.close_file(),
            DataMessage::LeaveOpened => self.leave_opened(),
            DataMessage::ChooseColumns { columns, choice } => self.choose_columns(&columns, choice),
            DataMessage::ReadTable(reading) => {
                self.read_table(&reading, "The columns are read as before.")
            }
            DataMessage::TellMissing { column, is_told } => self.tell_missing(column, is_told),
            DataMessage::NameColumnsByFirstRow(has_header) => self.name_columns(has_header),
            DataMessage::ReadPhotos(reading) => self.read_photos(reading),
            DataMessage::TurnPictures(turn) => self.turn_pictures(turn),
            DataMessage::CutWindows(cut) => self.cut_windows(cut),
            DataMessage::NormaliseCurves { by_themselves } => self.normalise_curves(by_themselves),
        }
    }

    /// The reader's file, where the present recipe works on one.
    pub fn own_file(&self) -> Option<&OwnFile> {
        match &self.studies.front.data.as_ref()?.origin {
            Origin::Own(file) => Some(file),
            Origin::Named(_) => None,
        }
    }

    /// Whether a recipe learns the reader's data, when it is chosen.
    fn learns_own_data(&self, name: RecipeName) -> bool {
        let data = self.library.data_for(name);
        data.is_some_and(|data| data.own_file_number().is_some())
    }

    /// The name of a recipe, which speaks of no data that it does not learn.
    pub fn title_of(&self, name: RecipeName) -> &'static str {
        if self.learns_own_data(name) {
            name.title_on_other_data()
        } else {
            name.title()
        }
    }

    /// One sentence on what a recipe shows with the data that it learns.
    pub fn summary_of(&self, name: RecipeName) -> &'static str {
        if self.learns_own_data(name) {
            name.summary_on_other_data()
        } else {
            name.summary()
        }
    }

    /// The data that a recipe will work on; data that are generated are made at once.
    pub(super) fn data_at_hand(&mut self, name: RecipeName) -> Option<LoadedData> {
        let known = self.library.data_for(name).cloned();
        known.or_else(|| self.library.brought_or_made(name.data()))
    }

    /// Asks for the data of the study in front where they are missing; else the bench follows them.
    pub(super) fn settle_data(&mut self) -> Vec<Effect> {
        let front = &self.studies.front;
        if front.data.is_none() {
            let name = front.name.data();
            self.library.progress = Some(0.0);
            return vec![Effect::FetchDataset(name)];
        }
        self.settle_bench();
        Vec::new()
    }

    /// A bench that fits the data: the one that was used for such data before, or a new one with an example on it.
    fn settle_bench(&mut self) {
        let Some(data) = &self.studies.front.data else {
            return;
        };
        self.benches.follow(data);
        if self.benches.at_hand.is_empty() {
            self.lay_linked();
        }
    }

    pub(super) fn on_dataset(&mut self, name: DataName, bytes: &[u8]) -> Vec<Effect> {
        match Dataset::decode(bytes) {
            Ok(dataset) => {
                self.library.keep(name, dataset);
                let mut effects = self.give_data_to_front(name);
                effects.extend(self.open_waiting(name));
                effects
            }
            Err(error) => self.on_dataset_failed(name, &error.to_string()),
        }
    }

    /// Lets the study in front work on data that have arrived, if it waited for them.
    fn give_data_to_front(&mut self, name: DataName) -> Vec<Effect> {
        let front = &mut self.studies.front;
        if front.data.is_some() || front.name.data() != name {
            return Vec::new();
        }
        self.library.progress = None;
        front.data = self.library.data_for(front.name).cloned();
        self.settle_linked_classes();
        let mut effects = self.settle_data();
        self.settle_loading();
        effects.extend(self.prepare_examiner());
        effects
    }

    pub(super) fn on_dataset_failed(&mut self, name: DataName, reason: &str) -> Vec<Effect> {
        self.library.progress = None;
        self.library.waiting_study = None;
        let what = format!("the {}", name.title());
        self.notice = Some(Notice::not_loaded(&what, reason));
        Vec::new()
    }

    /// Leaves the study in front, which waits for its recipe and data to be chosen again.
    pub(super) fn leave_study(&mut self) -> Vec<Effect> {
        let effects = self.interrupt();
        if self.studies.front.run.phase != Phase::Loading {
            self.studies.leave_front();
        }
        effects
    }
}
