//! The reader's own files: opening them, reading their columns in another way, and closing them again.

use super::data::LoadedData;
use super::pending::{Answered, Pending};
use super::{DataMessage, Effect, Message, Notice, Origin, OwnFile, Session};
use crate::data::{ColumnChoice, NamedFile, ReadFiles};
use crate::lesson::is_lesson;
use crate::protocol::ExamineCommand;
use crate::recipe::{ItemShape, RecipeName};

/// Files that the examiner is to read, so that the page need not know any format and never waits for one.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// What they are called.
    names: Pending<String>,
    /// The number of the request and the files themselves, until the examiner listens.
    waiting: Option<(u32, Vec<NamedFile>)>,
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
        let name = names.join(" and ");
        self.notice = Some(Notice::new(format!("Reading {name}…")));
        let reading = &mut self.library.reading;
        let request = reading.names.replace(&mut self.examiner.numbers, name);
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
        outcome: Result<Box<ReadFiles>, String>,
    ) -> Vec<Effect> {
        match self.library.reading.names.answer(request) {
            Some(Answered { asked: name, .. }) => {
                self.take_files(name, outcome.map(|files| *files))
            }
            None => Vec::new(),
        }
    }

    /// The examiner has died: whether there were files that it had not read.
    pub(super) fn lose_files(&mut self) -> bool {
        let reading = std::mem::take(&mut self.library.reading);
        reading.names.is_in_flight()
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
        self.library.n_opened_files += 1;
        let file = OwnFile {
            name,
            number: self.library.n_opened_files,
            table,
        };
        let shape = ItemShape::of(&dataset);
        let takes = |name: RecipeName| name.recipe_for(shape).is_some();
        let name = if takes(self.studies.front.name) {
            self.studies.front.name
        } else {
            RecipeName::DEEP_FIT_PREDICT_TUNED
        };
        let text = format!(
            "{} from {}: opened. Nothing was sent anywhere. Press Train to teach a network about them.",
            dataset.in_words(),
            file.name
        );
        let effects = self.leave_study();
        self.library.own = Some(LoadedData::new(dataset, Origin::Own(file)));
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
