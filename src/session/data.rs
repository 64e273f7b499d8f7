//! Which data the page works on: those that a recipe brings along, or the reader's own.

use std::sync::Arc;

use super::{Bench, Effect, Notice, Phase, RowBench, RowSource, Session};
use crate::data::{ColumnChoice, Dataset, Dependence, Form, RawTable};
use crate::recipe::{DataName, ItemShape, RecipeName};

/// A data set at hand, and where it came from.
#[derive(Clone, Debug)]
pub(super) struct LoadedData {
    pub dataset: Arc<Dataset>,
    pub origin: Origin,
    /// Whether the columns of a table have anything to do with each other; `None` where that is not known.
    pub dependence: Option<Dependence>,
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
            dataset: Arc::new(dataset),
            origin,
        }
    }
}

/// Where a data set came from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// It belongs to the page.
    Named(DataName),
    /// The reader opened it.
    Own(OwnFile),
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
}

/// What a run belongs to: a recipe on certain data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RunKey {
    pub recipe: RecipeName,
    pub own_file: Option<u32>,
}

impl Session {
    /// The reader's file, where the present recipe works on one.
    pub fn own_file(&self) -> Option<&OwnFile> {
        match &self.data.as_ref()?.origin {
            Origin::Own(file) => Some(file),
            Origin::Named(_) => None,
        }
    }

    pub(super) fn run_key(&self) -> RunKey {
        RunKey {
            recipe: self.recipe_name,
            own_file: self.own_file().map(|file| file.number),
        }
    }

    /// The data that `name` would work on, if they are here: the reader's where the network can take them.
    pub(super) fn data_for(&self, name: RecipeName) -> Option<&LoadedData> {
        let takes = |data: &&LoadedData| name.recipe_for(ItemShape::of(&data.dataset)).is_some();
        let brought = || {
            let origin = Origin::Named(name.data());
            self.library.iter().find(|data| data.origin == origin)
        };
        self.own_data.as_ref().filter(takes).or_else(brought)
    }

    /// Takes the data of the recipe at hand, or asks for them; the bench follows.
    pub(super) fn settle_data(&mut self) -> Vec<Effect> {
        let name = self.recipe_name.data();
        if self.data_for(self.recipe_name).is_none()
            && let Some(dataset) = name.generated()
        {
            let origin = Origin::Named(name);
            self.library.push(LoadedData::new(dataset, origin));
        }
        self.data = self.data_for(self.recipe_name).cloned();
        if self.data.is_none() {
            self.data_progress = Some(0.0);
            return vec![Effect::FetchDataset(name)];
        }
        self.settle_bench();
        Vec::new()
    }

    /// A bench that fits the data: the one that was used for such data before, or a new one.
    fn settle_bench(&mut self) {
        let Some(data) = &self.data else { return };
        match data.dataset.form() {
            Form::Pictures { width, height } => {
                let size = (*width, *height);
                if self.bench.size() != size {
                    let known = self.benches.iter().position(|bench| bench.size() == size);
                    let next = known.map_or_else(
                        || Bench::new(size.0, size.1),
                        |idx| self.benches.swap_remove(idx),
                    );
                    let left = std::mem::replace(&mut self.bench, next);
                    self.benches.push(left);
                }
                if self.bench.ink().is_blank() && !self.set_linked_bench() {
                    self.bench.make_provisional();
                }
            }
            Form::Table(_) => {
                let source = self
                    .run_key()
                    .own_file
                    .map_or(RowSource::Page, RowSource::File);
                if self.row_bench_of != Some(source) {
                    self.row_bench_of = Some(source);
                    self.row_bench = RowBench::default();
                    self.load_example();
                    self.set_linked_row();
                }
            }
        }
    }

    pub(super) fn on_dataset(&mut self, name: DataName, bytes: &[u8]) -> Vec<Effect> {
        match Dataset::decode(bytes) {
            Ok(dataset) => {
                let origin = Origin::Named(name);
                self.library.retain(|known| known.origin != origin);
                self.library.push(LoadedData::new(dataset, origin));
                if self.data.is_some() || self.recipe_name.data() != name {
                    return Vec::new();
                }
                self.data_progress = None;
                let mut effects = self.settle_data();
                self.settle_loading();
                effects.extend(self.prepare_examiner());
                effects
            }
            Err(error) => self.on_dataset_failed(name, &error.to_string()),
        }
    }

    pub(super) fn on_dataset_failed(&mut self, name: DataName, reason: &str) -> Vec<Effect> {
        self.data_progress = None;
        let what = format!("the {}", name.title());
        self.notice = Some(Notice::not_loaded(&what, reason));
        Vec::new()
    }

    /// Puts the run at hand on the shelf, where it waits for its recipe and data to be chosen again.
    pub(super) fn leave_run(&mut self) -> Vec<Effect> {
        let effects = self.interrupt();
        if self.run.phase != Phase::Loading {
            self.shelve();
        }
        effects
    }
}
