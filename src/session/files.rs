//! The reader's own files: opening them, reading their columns in another way, and closing them again.

use std::sync::Arc;

use super::bench::Bench;
use super::data::LoadedData;
use super::kind::{BenchKind, counted};
use super::opening::OpenedFrom;
use super::pending::{Answered, Pending};
use super::{DataMessage, Effect, Message, Notice, Origin, OwnFile, Session};
use crate::data::{
    ColumnChoice, ColumnRole, Dataset, ItemKind, NamedFile, NextItems, PhotoReading, Photos,
    RawTable, ReadFiles, TableReading, Turn, WindowCut, are_two_tables,
};
use crate::lesson::is_lesson;
use crate::model_file::{ENDING, Found, OpenedFiles, is_model_file};
use crate::protocol::ExamineCommand;
use crate::recipe::{ItemShape, RecipeName};

/// Files that the examiner is to read, so that the page need not know any format and never waits for one.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// Those that are being read.
    asked: Pending<Asked>,
    /// The order itself, until the examiner listens.
    waiting: Option<ExamineCommand>,
}

/// Larger files are not taken along with a study.
pub const MOST_BYTES_TAKEN_ALONG: usize = 20_000_000;

const NOBODY_READS: &str =
    "Reload the page to open a file: the part of it that reads files has stopped.";

/// More files than these are not all named.
const MOST_NAMED: usize = 4;

/// What several files are called together.
fn title_of(names: &[&str]) -> String {
    match names {
        [first, .., last] if names.len() > MOST_NAMED => {
            let folder = first.split('/').next().filter(|it| it.len() < first.len());
            let is_shared = |folder: &&str| last.split('/').next() == Some(folder);
            match folder.filter(is_shared) {
                Some(folder) => format!("{folder} ({} files)", names.len()),
                None => format!("{first} and {} other files", names.len() - 1),
            }
        }
        names => names.join(" and "),
    }
}

/// A file to be taken along; `None` where it is too large.
fn kept(name: &str, bytes: Vec<u8>) -> Option<Arc<[NamedFile]>> {
    let name = name.to_owned();
    (bytes.len() <= MOST_BYTES_TAKEN_ALONG).then(|| Arc::from([NamedFile { name, bytes }]))
}

/// What files are read for.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// To be worked on.
    Open,
    /// To be judged by the network at hand.
    Judge,
    /// The same, as it was at another visit.
    JudgeAgain,
    /// To be learned from, and this other one to be judged.
    LearnAndJudge(Box<NamedFile>),
    /// To join what the reader has drawn.
    JoinDrawings,
}

/// What was read from files, and what those are called.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    /// The items.
    pub read: ReadFiles,
    /// The name of the file, or of several.
    pub name: String,
    /// The files themselves, where they are not too large to be kept.
    pub files: Option<Arc<[NamedFile]>>,
}

/// Files that are being read.
#[derive(Clone, Debug)]
struct Asked {
    purpose: Purpose,
    /// What those of data are called.
    data_name: String,
    /// What a model is called.
    model_name: String,
    /// Those of data, where they are not too large to be kept.
    data_files: Option<Arc<[NamedFile]>>,
    /// What the network that is to judge them was trained on.
    judged_for: Option<Arc<Dataset>>,
    /// How much is done, 0…1; `None` until the examiner has said it.
    progress: Option<f32>,
}

impl Asked {
    /// Files that are too large to be kept.
    fn handed(names: &[String], purpose: Purpose) -> Self {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let name = title_of(&names);
        Self {
            purpose,
            data_name: name.clone(),
            model_name: name,
            data_files: None,
            judged_for: None,
            progress: None,
        }
    }

    fn of(files: &[NamedFile], purpose: Purpose) -> Self {
        let is_model =
            |file: &&NamedFile| file.name.ends_with(ENDING) || is_model_file(&file.bytes);
        let (models, data): (Vec<_>, Vec<_>) = files.iter().partition(is_model);
        let names = |files: &[&NamedFile]| {
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            title_of(&names)
        };
        let n_bytes: usize = data.iter().map(|file| file.bytes.len()).sum();
        let are_kept = n_bytes <= MOST_BYTES_TAKEN_ALONG;
        Self {
            purpose,
            data_name: names(&data),
            model_name: names(&models),
            data_files: are_kept.then(|| data.into_iter().cloned().collect()),
            judged_for: None,
            progress: None,
        }
    }
}

/// What was read from a table, or from curves, in another way.
fn of_table(dataset: Dataset, table: Option<(RawTable, Vec<ColumnChoice>)>) -> ReadFiles {
    ReadFiles {
        dataset,
        table,
        photos: None,
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
        if let Some(effects) = self.open_drawings(&files) {
            return effects;
        }
        self.next_files.two = None;
        if are_two_tables(&files) {
            return self.ask_which_is_normal(files);
        }
        self.read_files(files, Purpose::Open)
    }

    /// Has files read, and then does with them what they are for.
    pub(super) fn read_files(&mut self, files: Vec<NamedFile>, purpose: Purpose) -> Vec<Effect> {
        if self.examiner.has_given_up() {
            self.refuse_file(NOBODY_READS);
            return Vec::new();
        }
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let names = title_of(&names);
        self.notice = Some(Notice::new(format!("Reading {names}…")));
        self.have_read(files, purpose)
    }

    /// Has files read that the examiner holds already, since they are too large for a message.
    pub(super) fn read_handed(&mut self, names: &[String], purpose: Purpose) -> Vec<Effect> {
        if self.examiner.has_given_up() {
            self.refuse_file(NOBODY_READS);
            return Vec::new();
        }
        if !self.examiner.is_listening {
            self.refuse_file("The part of the page that reads files is still starting: open the file again in a moment.");
            return Vec::new();
        }
        self.next_files.two = None;
        let asked = Asked::handed(names, purpose);
        self.notice = Some(Notice::new(format!("Reading {}…", asked.data_name)));
        self.ask_to_read(asked, None)
    }

    /// Reads no more; whatever was on the page stays.
    pub(super) fn stop_reading(&mut self) -> Vec<Effect> {
        let was_handed_over = self.library.reading.waiting.is_none();
        let Some(asked) = self.library.reading.asked.give_up() else {
            return Vec::new();
        };
        self.library.reading.waiting = None;
        self.refuse_file(&format!("{} is not read any further.", asked.data_name));
        if was_handed_over {
            // In the middle of a file it hears nothing.
            self.start_examiner_anew()
        } else {
            Vec::new()
        }
    }

    /// How much of the files that are being read is done, 0…1; `None` while that is not known.
    pub fn reading_progress(&self) -> Option<f64> {
        let asked = self.library.reading.asked.asked()?;
        asked.progress.map(f64::from)
    }

    /// The examiner has come so far with the reader's files.
    pub(super) fn on_reading(&mut self, request: u32, progress: f32) {
        if let Some(asked) = self.library.reading.asked.part(request) {
            asked.progress = Some(progress.clamp(0.0, 1.0));
        }
    }

    /// Has pictures read that are to join what the reader has drawn.
    pub(super) fn have_read_for_drawings(&mut self, files: Vec<NamedFile>) -> Vec<Effect> {
        if self.examiner.has_given_up() {
            self.refuse_for_drawings(NOBODY_READS.to_owned());
            return Vec::new();
        }
        self.have_read(files, Purpose::JoinDrawings)
    }

    /// Has files read that the network at hand judged at another visit.
    pub(super) fn have_judged_again(&mut self, files: Vec<NamedFile>) -> Vec<Effect> {
        self.have_read(files, Purpose::JudgeAgain)
    }

    fn have_read(&mut self, files: Vec<NamedFile>, purpose: Purpose) -> Vec<Effect> {
        let asked = Asked::of(&files, purpose);
        self.ask_to_read(asked, Some(files))
    }

    fn ask_to_read(&mut self, mut asked: Asked, files: Option<Vec<NamedFile>>) -> Vec<Effect> {
        let judge = self.to_be_judged(&asked.purpose, &asked.data_name);
        let data = self.study().data.as_ref().filter(|_| judge.is_some());
        asked.judged_for = data.map(|data| data.dataset.clone());
        let reading = &mut self.library.reading;
        let request = reading.asked.replace(&mut self.examiner.numbers, asked);
        reading.waiting = Some(ExamineCommand::Read {
            request,
            files,
            judge: judge.map(Box::new),
        });
        self.hand_over_files()
    }

    /// Gives the examiner the files that are waiting for it, as soon as it listens.
    pub(super) fn hand_over_files(&mut self) -> Vec<Effect> {
        if !self.examiner.is_listening {
            return Vec::new();
        }
        let waiting = self.library.reading.waiting.take();
        waiting.map(Effect::ToExaminer).into_iter().collect()
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
        if matches!(asked.purpose, Purpose::JoinDrawings) {
            self.take_files_for_drawings(outcome, &asked.data_name);
            return Vec::new();
        }
        match outcome {
            Ok(OpenedFiles {
                next: Some(items), ..
            }) => self.take_next(asked, items),
            Ok(OpenedFiles {
                data,
                model: Some(found),
                next: None,
            }) => {
                let Asked {
                    data_name,
                    model_name,
                    data_files,
                    ..
                } = asked;
                let brought = self.brought_by(&found, data, (data_name, data_files));
                self.open_model(OpenedFrom::File(model_name), found, brought)
            }
            Ok(OpenedFiles {
                data: Some(data),
                model: None,
                next: None,
            }) => {
                let taken = Taken {
                    read: data,
                    name: asked.data_name,
                    files: asked.data_files,
                };
                self.use_taken(taken, asked.purpose)
            }
            Ok(OpenedFiles {
                data: None,
                model: None,
                next: None,
            }) => Vec::new(),
            Err(reason) => {
                self.refuse_file(&reason);
                Vec::new()
            }
        }
    }

    fn take_files_for_drawings(&mut self, outcome: Result<OpenedFiles, String>, name: &str) {
        let photos = outcome.map(|opened| opened.data.and_then(|data| data.photos));
        match photos {
            Ok(Some((photos, _))) => self.join_photos(&photos),
            Ok(None) => self.refuse_for_drawings(format!(
                "{name} holds neither pictures nor drawings that were saved here."
            )),
            Err(reason) => self.refuse_for_drawings(reason),
        }
    }

    /// Items of another file, read for the network that was at hand when they were asked for.
    fn take_next(&mut self, asked: Asked, items: Result<NextItems, String>) -> Vec<Effect> {
        let data = self.study().data.as_ref().map(|data| &data.dataset);
        let is_same = |(one, other): (&Arc<Dataset>, &Arc<Dataset>)| Arc::ptr_eq(one, other);
        let items = if data.zip(asked.judged_for.as_ref()).is_some_and(is_same) {
            items
        } else {
            Err("other data are at hand now; choose it again".to_owned())
        };
        self.judge_next((asked.data_name, asked.data_files), items, &asked.purpose)
    }

    fn use_taken(&mut self, taken: Taken, purpose: Purpose) -> Vec<Effect> {
        match purpose {
            Purpose::Judge | Purpose::JudgeAgain => {
                self.refuse_file(&format!(
                    "{} cannot be judged: the data that this network learned from are not here yet; try again in a moment.",
                    taken.name
                ));
                Vec::new()
            }
            Purpose::Open => match &taken.read.photos {
                Some((photos, _)) if photos.n_pictures() == 1 => {
                    self.lay_photo(photos, &taken.name)
                }
                _ => self.work_on(taken.read, &taken.name, taken.files),
            },
            Purpose::LearnAndJudge(other) => {
                let mut effects = self.work_on(taken.read, &taken.name, taken.files);
                effects.extend(self.learn_and_judge(*other));
                effects
            }
            // They were taken before: what is refused there is said where the reader draws.
            Purpose::JoinDrawings => Vec::new(),
        }
    }

    /// One picture is no data set: it lies on the bench like a drawing.
    fn lay_photo(&mut self, photos: &Photos, name: &str) -> Vec<Effect> {
        let grid = match &self.benches.at_hand {
            Bench::Picture(bench) => (bench.ink().width(), bench.ink().height()),
            Bench::Row(_) | Bench::Series(_) => {
                self.refuse_file(&format!(
                    "{name} is one picture: choose a recipe for pictures to lay it on the bench, or open several to learn from."
                ));
                return Vec::new();
            }
        };
        let Some(drawing) = photos.drawing(grid) else {
            self.refuse_file(&format!(
                "In {name} nothing stands out from its background: take a picture of dark ink on light paper, or the reverse."
            ));
            return Vec::new();
        };
        self.benches.at_hand.load_drawing(drawing);
        self.notice = Some(Notice::new(format!(
            "{name} lies on the bench like a drawing: grey, what stands out from the background as ink, cropped to it. \
             Nothing was sent anywhere."
        )));
        self.request_judgement()
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
            self.take_up_drawings(&own.files);
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
        let ReadFiles {
            dataset,
            table,
            photos,
        } = read;
        self.library.n_opened_files += 1;
        let anomalous_classes = table
            .as_ref()
            .map(|(it, choices)| it.anomalous_classes(choices));
        let photos = photos.map(|(photos, reading)| (Arc::new(photos), reading));
        // What a browser had to decode is kept decoded, so that it is opened anywhere.
        let files = match &photos {
            Some((photos, reading)) => kept(&name, photos.to_bytes(*reading)),
            None => files,
        };
        let file = OwnFile {
            name,
            number: self.library.n_opened_files,
            streams: table
                .as_ref()
                .map_or_else(Vec::new, |(table, _)| table.streams()),
            table,
            anomalous_classes: Arc::new(anomalous_classes.unwrap_or_default()),
            photos,
            files,
        };
        LoadedData::new(dataset, Origin::Own(Box::new(file)))
    }

    pub(super) fn refuse_file(&mut self, reason: &str) {
        let text = format!("{reason} What was on the page is still there.");
        self.notice = Some(Notice::new(text));
    }

    /// Another way to read some columns of the reader's table; of two that would hold the answer the new one does.
    pub(super) fn choose_columns(
        &mut self,
        columns: &[usize],
        choice: ColumnChoice,
    ) -> Vec<Effect> {
        let Some((table, before)) = self.own_file().and_then(|file| file.table.as_ref()) else {
            return Vec::new();
        };
        let mut choices = before.clone();
        let holds_answer = |choice: &ColumnChoice| choice.role() == ColumnRole::Answer;
        let mut n_taken = columns.len();
        // Only one column can hold the answer.
        if holds_answer(&choice) {
            n_taken = 1;
            for known in choices.iter_mut().filter(|known| holds_answer(known)) {
                *known = ColumnChoice::LeaveOut;
            }
        }
        for &column_idx in columns.iter().take(n_taken) {
            if let Some(chosen) = choices.get_mut(column_idx) {
                *chosen = choice;
            }
        }
        let what = match columns {
            [column_idx] => table.names().get(*column_idx).cloned().unwrap_or_default(),
            _ => counted(columns.len(), "column"),
        };
        let said = format!("{what}: {}.", choice.title());
        let reading = TableReading {
            choices: Some(choices),
            ..table.reading(before)
        };
        self.read_table(&reading, &said)
    }

    /// Has a column of its own say where the values of one are missing, or no more.
    pub(super) fn tell_missing(&mut self, column_idx: usize, is_told: bool) -> Vec<Effect> {
        let Some((table, choices)) = self.own_file().and_then(|file| file.table.as_ref()) else {
            return Vec::new();
        };
        let name = table.names().get(column_idx).cloned().unwrap_or_default();
        let mut reading = table.reading(choices);
        let said = if is_told {
            reading.tells_missing.insert(column_idx);
            format!("A column of its own says where {name} is missing.")
        } else {
            reading.tells_missing.remove(&column_idx);
            format!("Where {name} is missing is not said.")
        };
        self.read_table(&reading, &said)
    }

    /// Takes the first row of the reader's table as names or as values; each column is read as it is proposed then.
    pub(super) fn name_columns(&mut self, has_header: bool) -> Vec<Effect> {
        let reading = TableReading {
            has_header: Some(has_header),
            ..TableReading::default()
        };
        let table = self.own_file().and_then(|own| own.table.as_ref());
        if table.is_some_and(|(table, _)| table.has_header() == has_header) {
            return Vec::new();
        }
        let said = if has_header {
            "The first row holds the names of the columns."
        } else {
            "The first row holds values."
        };
        self.read_table(&reading, said)
    }

    /// Reads the reader's table in another way, which can be taken back; what cannot be leaves everything as it was.
    pub(super) fn read_table(&mut self, reading: &TableReading, said: &str) -> Vec<Effect> {
        let own = self.own_file();
        let Some((own, (table, choices))) = own.and_then(|own| Some((own, own.table.as_ref()?)))
        else {
            return Vec::new();
        };
        let before = table.reading(choices);
        if *reading == before {
            return Vec::new();
        }
        let (name, files) = (own.name.clone(), own.files.clone());
        match table.read_as(reading) {
            Ok(read) => {
                let effects = self.work_on(read, &name, files);
                let take_back = Message::Data(DataMessage::ReadTable(before));
                let text = format!("{said} The network begins anew with these columns.");
                self.notice = Some(Notice::new(text).offering("Take it back", vec![take_back]));
                effects
            }
            Err(error) => {
                self.refuse_file(&format!("The columns are read as before: {error}."));
                Vec::new()
            }
        }
    }

    /// Other pictures of the same files.
    pub(super) fn read_photos(&mut self, reading: PhotoReading) -> Vec<Effect> {
        let Some(OwnFile {
            name,
            photos: Some((photos, _)),
            ..
        }) = self.own_file()
        else {
            return Vec::new();
        };
        let (name, photos) = (name.clone(), Photos::clone(photos));
        match photos.read(reading) {
            Ok(dataset) => {
                let read = ReadFiles {
                    dataset,
                    table: None,
                    photos: Some((photos, reading)),
                };
                self.work_on(read, &name, None)
            }
            Err(error) => {
                self.refuse_file(&format!("The pictures were not changed: {error}."));
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
                Some(dataset) => self.work_on(of_table(dataset, table), &name, files),
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
            Some(cut) => table.windows(cut, &choices),
            None => table.encode(&choices),
        };
        match dataset {
            Ok(dataset) => {
                let table = Some((table, choices));
                self.work_on(of_table(dataset, table), &name, files)
            }
            Err(error) => {
                self.refuse_file(&format!("{name}: {error}."));
                Vec::new()
            }
        }
    }

    /// Turns all of the reader's pictures; a file of the turned ones is kept in the place of theirs.
    pub(super) fn turn_pictures(&mut self, turn: Turn) -> Vec<Effect> {
        let Some(own) = self.own_file() else {
            return Vec::new();
        };
        if let Some((_, reading)) = own.photos {
            let turn = reading.turn.then(turn);
            return self.read_photos(PhotoReading { turn, ..reading });
        }
        let name = own.name.clone();
        let can_turn = |it: &&Dataset| it.picture_size().is_some() && !it.is_stretched();
        let Some(dataset) = self.dataset().filter(can_turn) else {
            return Vec::new();
        };
        let dataset = dataset.clone().turned(turn);
        let files = dataset.packed().and_then(|bytes| kept(&name, bytes));
        let read = ReadFiles {
            dataset,
            table: None,
            photos: None,
        };
        self.work_on(read, &name, files)
    }

    pub(super) fn work_on(
        &mut self,
        read: ReadFiles,
        file_name: &str,
        files: Option<Arc<[NamedFile]>>,
    ) -> Vec<Effect> {
        let shape = ItemShape::of(&read.dataset);
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
            read.dataset.in_words(),
            file_name
        );
        let effects = self.bring_own(read, file_name.to_owned(), files, name);
        self.notice = Some(Self::with_way_back(text, name));
        effects
    }

    /// Puts data of the reader's to work under a recipe.
    pub(super) fn bring_own(
        &mut self,
        read: ReadFiles,
        title: String,
        files: Option<Arc<[NamedFile]>>,
        name: RecipeName,
    ) -> Vec<Effect> {
        let own = self.own_data(read, title, files);
        let effects = self.leave_study();
        self.library.own = Some(own);
        [effects, self.enter_recipe(name)].concat()
    }

    /// A notice with the way back to the data that a recipe brings along.
    pub(super) fn with_way_back(text: String, name: RecipeName) -> Notice {
        let back = vec![
            Message::Data(DataMessage::CloseFile),
            Message::DismissNotice,
        ];
        let brought = format!("Back to the {}", name.data().title());
        Notice::new(text).offering(&brought, back)
    }

    /// Back to the data that the recipe brings along.
    pub(super) fn close_file(&mut self) -> Vec<Effect> {
        if self.library.own.is_none() {
            return Vec::new();
        }
        let were_drawings = self.is_of_drawings();
        let effects = self.leave_study();
        self.library.own = None;
        let effects = [effects, self.enter_recipe(self.studies.front.name)].concat();
        if were_drawings {
            // Its items have the same size, and one of them may lie on the bench.
            self.lay_linked();
        }
        effects
    }
}
