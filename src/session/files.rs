//! The reader's own files: opening them, reading their columns in another way, and closing them again.

use super::data::LoadedData;
use super::{Effect, Message, Notice, Origin, OwnFile, Session};
use crate::data::{ColumnChoice, NamedFile, ReadFiles, read};
use crate::protocol::ExamineCommand;
use crate::recipe::{ItemShape, RecipeName};

/// Files up to this size are read at once; larger ones would hold the page up, so that the examiner reads them.
const READ_AT_ONCE_BYTES: usize = 500_000;

/// Files that the examiner is reading.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    request: u32,
    /// What they are called.
    name: String,
}

impl Session {
    /// Opens the reader's files; what cannot be read leaves everything as it was.
    pub(super) fn open_files(&mut self, files: &[NamedFile]) -> Vec<Effect> {
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let name = names.join(" and ");
        let n_bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
        if n_bytes <= READ_AT_ONCE_BYTES || !self.examiner.is_listening {
            return self.take_files(name, read(files).map_err(|error| format!("{error}.")));
        }
        self.notice = Some(Notice::new(format!("Reading {name}…")));
        self.n_wishes = self.n_wishes.wrapping_add(1);
        self.reading = Some(Reading {
            request: self.n_wishes,
            name,
        });
        vec![Effect::ToExaminer(ExamineCommand::Read {
            request: self.n_wishes,
            files: files.to_vec(),
        })]
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
