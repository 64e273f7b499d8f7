//! Which data the page works on: those that a recipe brings along, or the reader's own.

use super::{Bench, Effect, Notice, Phase, RowBench, RowSource, Session};
use crate::data::{ColumnChoice, Dataset, Form, NamedFile, Opened, RawTable, open};
use crate::recipe::{DataName, ItemShape, RecipeName};

/// A data set at hand, and where it came from.
#[derive(Clone, Debug)]
pub(super) struct LoadedData {
    pub dataset: Dataset,
    pub origin: Origin,
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
            self.library.push(LoadedData { dataset, origin });
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

    pub(super) fn on_dataset(&mut self, name: DataName, bytes: Vec<u8>) -> Vec<Effect> {
        let file = NamedFile {
            name: name.file_name().unwrap_or_default().to_owned(),
            bytes,
        };
        match open(&[file]) {
            Ok(Opened::Pictures(dataset)) => {
                let origin = Origin::Named(name);
                self.library.retain(|known| known.origin != origin);
                self.library.push(LoadedData { dataset, origin });
                if self.data.is_some() || self.recipe_name.data() != name {
                    return Vec::new();
                }
                self.data_progress = None;
                let mut effects = self.settle_data();
                self.settle_loading();
                effects.extend(self.prepare_examiner());
                effects
            }
            Ok(Opened::Table(_)) => self.on_dataset_failed(name, "it is not a packed data set"),
            Err(error) => self.on_dataset_failed(name, &error.to_string()),
        }
    }

    pub(super) fn on_dataset_failed(&mut self, name: DataName, reason: &str) -> Vec<Effect> {
        self.data_progress = None;
        let what = format!("the {}", name.title());
        self.notice = Some(Notice::not_loaded(&what, reason));
        Vec::new()
    }

    /// Opens the reader's files; what cannot be read leaves everything as it was.
    pub(super) fn open_files(&mut self, files: &[NamedFile]) -> Vec<Effect> {
        let opened = match open(files) {
            Ok(opened) => opened,
            Err(error) => {
                self.refuse_file(&format!("{error}."));
                return Vec::new();
            }
        };
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let (dataset, table) = match opened {
            Opened::Pictures(dataset) => (dataset, None),
            Opened::Table(table) => {
                let choices = table.choices();
                match table.encode(&choices) {
                    Ok(dataset) => (dataset, Some((table, choices))),
                    Err(error) => {
                        self.refuse_file(&format!("{}: {error}.", names.join(" and ")));
                        return Vec::new();
                    }
                }
            }
        };
        self.n_opened_files += 1;
        let file = OwnFile {
            name: names.join(" and "),
            number: self.n_opened_files,
            table,
        };
        self.work_on(dataset, file)
    }

    pub(super) fn refuse_file(&mut self, reason: &str) {
        let text = format!("{reason} What was on the page is still there.");
        self.notice = Some(Notice::new(text));
    }

    /// Another way to read one column of the reader's table.
    pub(super) fn choose_column(&mut self, column_idx: usize, choice: ColumnChoice) -> Vec<Effect> {
        let Some(OwnFile {
            name,
            table: Some((table, choices)),
            ..
        }) = self.own_file()
        else {
            return Vec::new();
        };
        let (name, table, mut choices) = (name.clone(), table.clone(), choices.clone());
        if let Some(chosen) = choices.get_mut(column_idx) {
            *chosen = choice;
        }
        match table.encode(&choices) {
            Ok(dataset) => {
                self.n_opened_files += 1;
                let file = OwnFile {
                    name,
                    number: self.n_opened_files,
                    table: Some((table, choices)),
                };
                self.work_on(dataset, file)
            }
            Err(error) => {
                self.refuse_file(&format!("The column was not changed: {error}."));
                Vec::new()
            }
        }
    }

    fn work_on(&mut self, dataset: Dataset, file: OwnFile) -> Vec<Effect> {
        let shape = ItemShape::of(&dataset);
        let takes = |name: RecipeName| name.recipe_for(shape).is_some();
        let name = if takes(self.recipe_name) {
            self.recipe_name
        } else {
            RecipeName::DeepFitPredictTuned
        };
        let text = format!(
            "{} from {}: opened. Nothing was sent anywhere. Press Train to teach a network about them.",
            dataset.in_words(),
            file.name
        );
        let effects = self.leave_run();
        self.own_data = Some(LoadedData {
            dataset,
            origin: Origin::Own(file),
        });
        let effects = [effects, self.enter_recipe(name)].concat();
        let back = vec![super::Message::CloseFile, super::Message::DismissNotice];
        let brought = format!("Back to the {}", name.data().title());
        self.notice = Some(Notice::new(text).offering(&brought, back));
        effects
    }

    /// Back to the data that the recipe brings along.
    pub(super) fn close_file(&mut self) -> Vec<Effect> {
        if self.own_data.is_none() {
            return Vec::new();
        }
        let effects = self.leave_run();
        self.own_data = None;
        [effects, self.enter_recipe(self.recipe_name)].concat()
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
