//! The reader's own files: opening them, reading their columns in another way, and closing them again.

use std::sync::Arc;

use super::data::LoadedData;
use super::kind::BenchKind;
use super::opening::OpenedFrom;
use super::pending::{Answered, Pending};
use super::{DataMessage, Effect, Message, Notice, Origin, OwnFile, Session};
use crate::data::{ColumnChoice, Dataset, ItemKind, NamedFile, ReadFiles, WindowCut};
use crate::lesson::is_lesson;
use crate::model_file::{ENDING, Found, OpenedFiles, is_model_file};
use crate::protocol::ExamineCommand;
use crate::recipe::{ItemShape, RecipeName};

/// Files that the examiner is to read, so that the page need not know any format and never waits for one.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// Those that are being read.
    asked: Pending<Asked>,
    /// The number of the request and the files themselves, until the examiner listens.
    waiting: Option<(u32, Vec<NamedFile>)>,
}

/// Larger files are not taken along with a study.
pub const MOST_BYTES_TAKEN_ALONG: usize = 20_000_000;

/// Files that are being read.
#[derive(Clone, Debug)]
struct Asked {
    /// What those of data are called.
    data_name: String,
    /// What a model is called.
    model_name: String,
    /// Those of data, where they are not too large to be kept.
    data_files: Option<Arc<[NamedFile]>>,
}

impl Asked {
    fn of(files: &[NamedFile]) -> Self {
        let is_model =
            |file: &&NamedFile| file.name.ends_with(ENDING) || is_model_file(&file.bytes);
        let (models, data): (Vec<_>, Vec<_>) = files.iter().partition(is_model);
        let names = |files: &[&NamedFile]| {
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            names.join(" and ")
        };
        let n_bytes: usize = data.iter().map(|file| file.bytes.len()).sum();
        let are_kept = n_bytes <= MOST_BYTES_TAKEN_ALONG;
        Self {
            data_name: names(&data),
            model_name: names(&models),
            data_files: are_kept.then(|| data.into_iter().cloned().collect()),
        }
    }
}

impl Session {
    /// Has the reader's files opened; what cannot be read leaves everything as it was.
    pub(super) fn open_files(&mut self, files: Vec<NamedFile>) -> Vec<Effect> {
        if let [file] = &files[..]
            && is_lesson(&file.name, &file.bytes)
        {
            return self.open_lesson_file(&file.name, &file.bytes);
        }
        if self.examiner.has_given_up() {
            self.refuse_file(
                "Reload the page to open a file: the part of it that reads files has stopped.",
            );
            return Vec::new();
        }
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let names = names.join(" and ");
        self.notice = Some(Notice::new(format!("Reading {names}…")));
        let reading = &mut self.library.reading;
        let asked = Asked::of(&files);
        let request = reading.asked.replace(&mut self.examiner.numbers, asked);
        reading.waiting = Some((request, files));
        self.hand_over_files()
    }

    /// Gives the examiner the files that are waiting for it, as soon as it listens.
    pub(super) fn hand_over_files(&mut self) -> Vec<Effect> {
        if !self.examiner.is_listening {
            return Vec::new();
        }
        let waiting = self.library.reading.waiting.take();
        let command = waiting.map(|(request, files)| ExamineCommand::Read { request, files });
        command.map(Effect::ToExaminer).into_iter().collect()
    }

    /// The examiner has read the files that it was given.
    pub(super) fn on_files_read(
        &mut self,
        request: u32,
        outcome: Result<Box<OpenedFiles>, String>,
    ) -> Vec<Effect> {
        match self.library.reading.asked.answer(request) {
            Some(Answered { asked, .. }) => self.take_files(asked, outcome.map(|files| *files)),
            None => Vec::new(),
        }
    }

    /// The examiner has died: whether there were files that it had not read.
    pub(super) fn lose_files(&mut self) -> bool {
        let reading = std::mem::take(&mut self.library.reading);
        reading.asked.is_in_flight()
    }

    fn take_files(&mut self, asked: Asked, outcome: Result<OpenedFiles, String>) -> Vec<Effect> {
        match outcome {
            Ok(OpenedFiles {
                data,
                model: Some(found),
            }) => {
                let Asked {
                    data_name,
                    model_name,
                    data_files,
                } = asked;
                let brought = self.brought_by(&found, data, (data_name, data_files));
                self.open_model(OpenedFrom::File(model_name), found, brought)
            }
            Ok(OpenedFiles {
                data: Some(data),
                model: None,
            }) => self.work_on(data, &asked.data_name, asked.data_files),
            Ok(OpenedFiles {
                data: None,
                model: None,
            }) => Vec::new(),
            Err(reason) => {
                self.refuse_file(&reason);
                Vec::new()
            }
        }
    }

    /// The data that came with a model, in the same file or in files of this name beside it.
    pub(super) fn brought_by(
        &mut self,
        found: &Found,
        data: Option<ReadFiles>,
        (mut name, mut files): (String, Option<Arc<[NamedFile]>>),
    ) -> Option<LoadedData> {
        if let Found::Study(study) = found
            && let Some(own) = study.run.as_ref().and_then(|run| run.own.as_ref())
            && name.is_empty()
        {
            let names: Vec<&str> = own.files.iter().map(|file| file.name.as_str()).collect();
            name = names.join(" and ");
            files = Some(own.files.iter().cloned().collect());
        }
        data.map(|data| self.own_data(data, name, files))
    }

    /// The reader's data, under a number that no others have.
    fn own_data(
        &mut self,
        read: ReadFiles,
        name: String,
        files: Option<Arc<[NamedFile]>>,
    ) -> LoadedData {
        let ReadFiles { dataset, table } = read;
        self.library.n_opened_files += 1;
        let file = OwnFile {
            name,
            number: self.library.n_opened_files,
            streams: table
                .as_ref()
                .map_or_else(Vec::new, |(table, _)| table.streams()),
            table,
            files,
        };
        LoadedData::new(dataset, Origin::Own(file))
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
            files,
            ..
        }) = self.own_file()
        else {
            return Vec::new();
        };
        let (name, table, files) = (name.clone(), table.clone(), files.clone());
        let mut choices = choices.clone();
        if let Some(chosen) = choices.get_mut(column_idx) {
            *chosen = choice;
        }
        match table.encode(&choices) {
            Ok(dataset) => {
                let table = Some((table, choices));
                self.work_on(ReadFiles { dataset, table }, &name, files)
            }
            Err(error) => {
                self.refuse_file(&format!("The column was not changed: {error}."));
                Vec::new()
            }
        }
    }

    /// Another way to make the curves of the reader's file one scale.
    pub(super) fn normalise_curves(&mut self, by_themselves: bool) -> Vec<Effect> {
        let Some(own) = self.own_file() else {
            return Vec::new();
        };
        let (name, files, table) = (own.name.clone(), own.files.clone(), own.table.clone());
        let cut = self
            .dataset()
            .and_then(|dataset| dataset.series_form()?.cut);
        match (by_themselves, cut) {
            (false, Some(_)) => self.cut_windows(cut),
            (false, None) => files.map_or_else(Vec::new, |files| self.open_files(files.to_vec())),
            (true, _) => match self.dataset().and_then(Dataset::each_by_itself) {
                Some(dataset) => self.work_on(ReadFiles { dataset, table }, &name, files),
                None => Vec::new(),
            },
        }
    }

    /// Cuts a column of the reader's table into windows, or goes back to its rows.
    pub(super) fn cut_windows(&mut self, cut: Option<WindowCut>) -> Vec<Effect> {
        let own = self.own_file();
        let Some((own, (table, choices))) = own.and_then(|own| Some((own, own.table.clone()?)))
        else {
            return Vec::new();
        };
        let (name, files) = (own.name.clone(), own.files.clone());
        let dataset = match cut {
            Some(cut) => table.windows(cut),
            None => table.encode(&choices),
        };
        match dataset {
            Ok(dataset) => {
                let table = Some((table, choices));
                self.work_on(ReadFiles { dataset, table }, &name, files)
            }
            Err(error) => {
                self.refuse_file(&format!("{name}: {error}."));
                Vec::new()
            }
        }
    }

    fn work_on(
        &mut self,
        read: ReadFiles,
        file_name: &str,
        files: Option<Arc<[NamedFile]>>,
    ) -> Vec<Effect> {
        let own = self.own_data(read, file_name.to_owned(), files);
        let shape = ItemShape::of(&own.dataset);
        let takes = |name: RecipeName| name.recipe_for(shape).is_some();
        let is_of_curves = |kind: ItemKind| kind.bench() == BenchKind::Curve;
        let front = self.studies.front.name;
        let name = if is_of_curves(shape.kind) && !is_of_curves(front.data().item_shape().kind) {
            RecipeName::HEARTBEATS
        } else if takes(front) {
            front
        } else {
            RecipeName::DEEP_FIT_PREDICT_TUNED
        };
        let text = format!(
            "{} from {}: opened. Nothing was sent anywhere. Press Train to teach a network about them.",
            own.dataset.in_words(),
            file_name
        );
        let effects = self.leave_study();
        self.library.own = Some(own);
        let effects = [effects, self.enter_recipe(name)].concat();
        let back = vec![
            Message::Data(DataMessage::CloseFile),
            Message::DismissNotice,
        ];
        let brought = format!("Back to the {}", name.data().title());
        self.notice = Some(Notice::new(text).offering(&brought, back));
        effects
    }

    /// Back to the data that the recipe brings along.
    pub(super) fn close_file(&mut self) -> Vec<Effect> {
        if self.library.own.is_none() {
            return Vec::new();
        }
        let effects = self.leave_study();
        self.library.own = None;
        [effects, self.enter_recipe(self.studies.front.name)].concat()
    }
}
