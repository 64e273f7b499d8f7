//! The reader's own files: opening them, reading their columns in another way, and closing them again.

use super::data::LoadedData;
use super::{Effect, Message, Notice, Origin, OwnFile, Session};
use crate::data::{ColumnChoice, NamedFile, ReadFiles};
use crate::protocol::ExamineCommand;
use crate::recipe::{ItemShape, RecipeName};

/// Files that the examiner is to read, so that the page need not know any format and never waits for one.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    request: u32,
    /// What they are called.
    name: String,
    /// The files themselves, until the examiner listens.
    waiting: Option<Vec<NamedFile>>,
}

impl Session {
    /// Has the reader's files opened; what cannot be read leaves everything as it was.
    pub(super) fn open_files(&mut self, files: Vec<NamedFile>) -> Vec<Effect> {
        if self.has_examiner_given_up() {
            self.refuse_file(
                "Reload the page to open a file: the part of it that reads files has stopped.",
            );
            return Vec::new();
        }
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let name = names.join(" and ");
        self.notice = Some(Notice::new(format!("Reading {name}…")));
        self.n_wishes = self.n_wishes.wrapping_add(1);
        self.reading = Some(Reading {
            request: self.n_wishes,
            name,
            waiting: Some(files),
        });
        self.hand_over_files()
    }

    /// Gives the examiner the files that are waiting for it, as soon as it listens.
    pub(super) fn hand_over_files(&mut self) -> Vec<Effect> {
        let waiting = self.reading.as_mut().filter(|_| self.examiner.is_listening);
        let Some((request, files)) =
            waiting.and_then(|reading| Some((reading.request, reading.waiting.take()?)))
        else {
            return Vec::new();
        };
        vec![Effect::ToExaminer(ExamineCommand::Read { request, files })]
    }

    /// The examiner has read the files that it was given.
    pub(super) fn on_files_read(
        &mut self,
        request: u32,
        outcome: Result<Box<ReadFiles>, String>,
    ) -> Vec<Effect> {
        let is_awaited = |reading: &mut Reading| reading.request == request;
        match self.reading.take_if(is_awaited) {
            Some(Reading { name, .. }) => self.take_files(name, outcome.map(|files| *files)),
            None => Vec::new(),
        }
    }

    fn take_files(&mut self, name: String, outcome: Result<ReadFiles, String>) -> Vec<Effect> {
        match outcome {
            Ok(files) => self.work_on(files, name),
            Err(reason) => {
                self.refuse_file(&reason);
                Vec::new()
            }
        }
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
                let table = Some((table, choices));
                self.work_on(ReadFiles { dataset, table }, name)
            }
            Err(error) => {
                self.refuse_file(&format!("The column was not changed: {error}."));
                Vec::new()
            }
        }
    }

    fn work_on(&mut self, files: ReadFiles, name: String) -> Vec<Effect> {
        let ReadFiles { dataset, table } = files;
        self.n_opened_files += 1;
        let file = OwnFile {
            name,
            number: self.n_opened_files,
            table,
        };
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
        self.own_data = Some(LoadedData::new(dataset, Origin::Own(file)));
        let effects = [effects, self.enter_recipe(name)].concat();
        let back = vec![Message::CloseFile, Message::DismissNotice];
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
}
