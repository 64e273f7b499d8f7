//! The readers of foreign bytes, with what must hold of what they read; each says what came of its input in a few
//! words, and panics where a promise is broken.

use std::io::Write as _;
use std::sync::LazyLock;

use bottleneck::data::{
    Collection, ColumnChoice, Dataset, FirstItems, ItemKind, NamedFile, Opened, PhotoFormat,
    RawTable, ReadFiles, WindowCut, decoded_size, open, open_packed, read,
};
use bottleneck::encoding::Precision;
use bottleneck::lesson;
use bottleneck::model_file::{self, Found};
use bottleneck::protocol::{BUILD_ID, Event, ExamineCommand, ExamineEvent};
use bottleneck::recipe::RecipeName;
use bottleneck::session::{
    DataMessage, Effect, ExaminerMessage, LessonMessage, Message, Phase, Session,
};
use flate2::{Compression, write::GzEncoder};

use super::links;
use super::tables::{arff, curves, pixels, recordings, tables};

/// An error is shown on the page, so it must not hold the whole file.
const LONGEST_SENTENCE: usize = 600;

/// The format that MNIST is published in.
pub fn idx(sizes: &[u32], elements: impl Iterator<Item = u8>) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    bytes.extend(elements);
    bytes
}

/// Packs bytes.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Memory takes all.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Packs what is not packed yet: damage before packing tests what comes after the unpacking.
pub fn packed(bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return bytes;
    }
    gzip(&bytes)
}

fn file(bytes: &[u8]) -> NamedFile {
    NamedFile {
        name: "input".to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// A file by itself, whatever its kind.
pub fn read_one(bytes: &[u8]) -> String {
    outcome_of(&[file(bytes)])
}

/// Pictures alone, then with good labels.
pub fn read_pictures(bytes: &[u8]) -> String {
    let alone = read_one(bytes);
    let labels = idx(&[3], [3, 7, 0].into_iter());
    alone + &outcome_of(&[file(&labels), file(bytes)])
}

/// Labels alone, then with good pictures.
pub fn read_labels(bytes: &[u8]) -> String {
    let alone = read_one(bytes);
    let pictures = idx(&[3, 1, 2], [0, 255, 7, 9, 11, 1].into_iter());
    alone + &outcome_of(&[file(bytes), file(&pictures)])
}

fn outcome_of(files: &[NamedFile]) -> String {
    match open(files) {
        Ok(Opened::Pictures(dataset)) => check(&dataset),
        Ok(Opened::Photos(photos, reading)) => match photos.read(reading) {
            Ok(dataset) => check(&dataset),
            Err(error) => check_sentence(&error.to_string()),
        },
        Ok(Opened::Series(dataset)) => check_curves(&dataset),
        Ok(Opened::Table(table)) => {
            let n_columns = table.names().len();
            let proposed = table.choices();
            let ways = [
                proposed,
                vec![ColumnChoice::Number; n_columns],
                vec![ColumnChoice::Category; n_columns],
            ];
            let outcomes = ways.map(|choices| match table.encode(&choices) {
                Ok(dataset) => {
                    check_alike(&table, &dataset);
                    check(&dataset)
                }
                Err(error) => check_sentence(&error.to_string()),
            });
            outcomes.into_iter().next().unwrap_or_default()
        }
        Err(error) => check_sentence(&error.to_string()),
    }
}

/// Rows of a class and a curve; curves also come on scales of their own.
pub fn read_curves(bytes: &[u8]) -> String {
    if let Ok(Opened::Series(dataset)) = open(&[file(bytes)])
        && let Some(scaled) = dataset.each_by_itself()
    {
        check_curves(&scaled);
    }
    read_one(bytes)
}

/// A table, and each of its columns that goes on along time cut into windows.
pub fn read_recording(bytes: &[u8]) -> String {
    let mut outcome = read_one(bytes);
    let Ok(Opened::Table(table)) = open(&[file(bytes)]) else {
        return outcome;
    };
    for column_idx in table.streams() {
        let proposed = table.proposed_cut(column_idx);
        let cuts = [
            proposed,
            WindowCut {
                length: 0,
                stride: usize::MAX,
                ..proposed
            },
        ];
        for cut in cuts {
            match table.windows(cut, &table.choices()) {
                Ok(windows) => {
                    outcome += "windows";
                    check_windows(&windows, table.n_rows());
                }
                Err(error) => outcome += &check_sentence(&error.to_string()),
            }
        }
    }
    outcome
}

/// Windows lie within the rows that they were cut from.
fn check_windows(windows: &Dataset, n_rows: usize) {
    let cut = windows.series_form().and_then(|form| form.cut);
    let cut = cut.expect("windows know how they were cut");
    assert!(cut.rows_of(windows.n_items() - 1).end <= n_rows);
    for item_idx in 0..windows.n_items() {
        let samples = windows.item(item_idx).unwrap_or_default();
        assert_eq!(samples.len(), windows.n_features());
        assert!(samples.iter().all(|sample| sample.is_finite()));
    }
}

/// What networks were trained on that another file is read for: rows with gaps, curves, windows, pictures.
static FIRST_FILES: LazyLock<Vec<ReadFiles>> = LazyLock::new(|| {
    let text = |idx: usize, of: fn() -> Vec<Vec<u8>>| of().swap_remove(idx);
    let mut firsts: Vec<ReadFiles> = [
        text(0, tables),
        text(8, tables),
        text(0, arff),
        text(0, curves),
        text(0, pixels),
        text(0, recordings),
    ]
    .iter()
    .map(|bytes| read(&[file(bytes)]).expect("a good file"))
    .collect();
    let recording = firsts.last_mut().expect("it is the last");
    if let Some((table, _)) = &recording.table {
        let windows = table.windows(table.proposed_cut(1), &table.choices());
        recording.dataset = windows.expect("it has windows");
    }
    firsts
});

/// Another file for networks that were trained on all kinds of data.
pub fn read_alike(bytes: &[u8]) -> String {
    let Ok(next) = read(&[file(bytes)]) else {
        return "unreadable".to_owned();
    };
    let outcomes = FIRST_FILES.iter().map(|first| {
        let table = first.table.as_ref();
        let table = table.map(|(table, choices)| (table, &choices[..]));
        let items = next.clone();
        let items = items.read_alike(&FirstItems::of(&first.dataset, table, None));
        let items = match items {
            Ok(items) => items,
            Err(error) => return check_sentence(&error.to_string()),
        };
        assert_eq!(items.dataset.n_features(), first.dataset.n_features());
        assert!(items.labels.is_empty() || items.labels.len() == items.dataset.n_items());
        for item in 0..items.dataset.n_items() {
            let values = items.dataset.item(item).unwrap_or_default();
            assert!(values.iter().all(|value| value.is_finite()));
            assert!(!items.place_in_words(item).is_empty());
            let _ = (items.cell(item, 0), items.beside(item).count());
        }
        for remark in &items.remarks {
            assert!(remark.len() <= LONGEST_SENTENCE, "{} bytes", remark.len());
        }
        format!("taken, {}", items.remarks.len().min(3))
    });
    outcomes.collect::<Vec<_>>().join("; ")
}

/// A table read by its own columns is what it was.
fn check_alike(table: &RawTable, dataset: &Dataset) {
    let Some(schema) = dataset.schema() else {
        return;
    };
    let again = table.read_alike(schema).expect("its columns are its own");
    assert_eq!(again.dataset.n_items(), dataset.n_items());
    for item in 0..dataset.n_items() {
        assert_eq!(again.dataset.item(item), dataset.item(item), "row {item}");
    }
}

/// What holds of every data set, whatever it was read from.
fn check(dataset: &Dataset) -> String {
    let n_features = dataset.n_features();
    assert!(dataset.n_items() > 0 && n_features > 0);
    for item_idx in 0..dataset.n_items() {
        let values = dataset.item(item_idx).unwrap_or_default();
        assert_eq!(values.len(), n_features);
        let range = match dataset.kind() {
            ItemKind::Picture { .. } => 0.0..=1.0,
            // Other rows than those that a scale was fitted to lie outside of it, but never endlessly far.
            ItemKind::Row | ItemKind::Series { .. } => -1000.0..=1000.0,
        };
        assert!(values.iter().all(|value| range.contains(value)));
        assert_eq!(dataset.label_of(item_idx).is_some(), dataset.has_labels());
    }
    let words = dataset.in_words();
    format!("{} {}", n_features.min(3), words.contains("with labels"))
}

/// Curves have samples of any size.
fn check_curves(dataset: &Dataset) -> String {
    for item_idx in 0..dataset.n_items() {
        let samples = dataset.item(item_idx).unwrap_or_default();
        assert_eq!(samples.len(), dataset.n_features());
        assert!(samples.iter().all(|sample| sample.is_finite()));
        assert!(dataset.label_of(item_idx).is_some());
    }
    "curves".to_owned()
}

/// An error is a sentence of ordinary length; its kind is its words after any quotation, without figures.
fn check_sentence(sentence: &str) -> String {
    assert!(
        sentence.len() <= LONGEST_SENTENCE,
        "{} bytes of error",
        sentence.len()
    );
    assert!(
        sentence.contains([';', ':']),
        "what to do is missing: {sentence}"
    );
    let after_quotations = sentence.rsplit('"').next().unwrap_or(sentence);
    after_quotations
        .chars()
        .filter(|it| it.is_alphabetic())
        .collect()
}

/// The header of a picture that a browser is to decode.
pub fn read_photo(bytes: &[u8]) -> String {
    let format = PhotoFormat::of(bytes);
    let size = format.and_then(|format| format.size(bytes));
    let decoded = size.and_then(decoded_size);
    if let Some((width, height)) = decoded {
        assert!((1..=128).contains(&width) && (1..=128).contains(&height));
    }
    format!("{format:?} {} {}", size.is_some(), decoded.is_some())
}

/// Drawings: what is read can be written and read again, joins what is there, and opens as data.
pub fn read_drawings(bytes: &[u8]) -> String {
    if let Ok(drawn) = Collection::from_bytes(bytes) {
        assert!(drawn.n_drawings() > 0);
        assert_eq!(
            Collection::from_bytes(&drawn.to_bytes()).as_ref(),
            Ok(&drawn)
        );
        let mut merged = drawn.clone();
        merged.merge(drawn);
    }
    let (mut session, _) = Session::open();
    session.update(Message::Data(DataMessage::FilesOpened(vec![file(bytes)])));
    assert!(session.recipe().validate().is_ok());
    read_one(bytes)
}

/// A packed data set, as the page has them.
pub fn read_data_set(bytes: &[u8]) -> String {
    match open_packed(&file(bytes)) {
        Ok(dataset) => check(&dataset),
        Err(error) => check_sentence(&error.to_string()),
    }
}

/// A lesson, as the page opens one: a mistake is a sentence with its line, and what is read can be walked through.
pub fn read_lesson(bytes: &[u8]) -> String {
    let lesson = match lesson::read(bytes) {
        Ok(lesson) => lesson,
        Err(error) => {
            let n_lines = bytes.split(|&byte| byte == b'\n').count();
            assert!((1..=n_lines).contains(&error.line), "line {}", error.line);
            return check_sentence(&error.to_string());
        }
    };
    assert!(!lesson.pages.is_empty() && !lesson.title.is_empty());
    let questions = lesson
        .pages
        .iter()
        .filter_map(|page| page.question.as_ref());
    assert!(
        questions
            .into_iter()
            .all(|question| question.choices.len() >= 2)
    );
    let (mut session, _) = Session::open();
    let mut file = file(bytes);
    file.name.push_str(".lesson.txt");
    session.update(Message::Data(DataMessage::FilesOpened(vec![file])));
    let Some(view) = session.lesson_view() else {
        let notice = session.notice().map(|notice| notice.text.clone());
        return check_sentence(&notice.unwrap_or_default());
    };
    for _ in 1..view.n_pages {
        session.update(Message::Lesson(LessonMessage::Predict(0)));
        session.update(Message::Lesson(LessonMessage::Next));
    }
    let at_end = session.lesson_view().map(|view| view.page);
    assert_eq!(at_end, Some(view.n_pages));
    assert!(session.training().validate().is_ok());
    session.update(Message::Lesson(LessonMessage::Leave));
    assert_eq!(session.lesson_view(), None);
    format!("{} pages, {} figures", view.n_pages, lesson.figures().len())
}

/// The file of a model: what the page takes is finite and of a size to judge by.
pub fn read_model(bytes: &[u8]) -> String {
    let halves = Precision::Half.from_bytes(bytes);
    assert_eq!(halves.is_some(), bytes.len().is_multiple_of(2));
    let Some(values) = Precision::Single.from_bytes(bytes) else {
        return "cut short".to_owned();
    };
    let (mut session, _) = Session::open_for("recipe=well-trained");
    let recipe = session.recipe_name();
    links::deliver_data(&mut session);
    let are_sound = values.iter().all(|value| value.abs() < 1e4);
    session.update(Message::Data(DataMessage::ModelLoaded { recipe, values }));
    let is_taken = session.phase() == Phase::Pretrained;
    assert!(are_sound || !is_taken);
    assert_eq!(is_taken, session.notice().is_none());
    format!("taken: {is_taken}, sound: {are_sound}")
}

/// A model or a study: what is read can be written and read again to the same bytes, and opening it ends in a sentence.
pub fn read_model_file(bytes: &[u8]) -> String {
    let mut file = file(bytes);
    file.name.push_str(model_file::ENDING);
    let outcome = match model_file::read(bytes) {
        Err(error) => return check_sentence(&error.to_string()),
        Ok(Found::Weights(loose)) => {
            let network = RecipeName::EMPLOYEES.recipe().architecture;
            match loose.fit(&network) {
                Err(error) => check_sentence(&error.to_string()),
                Ok(weights) => {
                    assert!(weights.are_finite());
                    "weights".to_owned()
                }
            }
        }
        Ok(Found::Study(study)) => {
            let architecture = &study.settings.recipe.architecture;
            assert!(study.settings.recipe.validate().is_ok());
            assert!(study.checkpoint.weights.fits(architecture));
            assert!(study.checkpoint.weights.are_finite());
            let again = model_file::to_bytes(&study);
            let Ok(Found::Study(same)) = model_file::read(&again) else {
                panic!("what was read cannot be read again");
            };
            assert!(model_file::to_bytes(&same) == again);
            format!("study, whole: {}", study.run.is_some())
        }
    };
    outcome + &open_model(file)
}

/// Opens a file as the page does; whether the page took it shows in the words.
fn open_model(file: NamedFile) -> String {
    let (mut session, _) = Session::open_for("recipe=employees");
    let build_id = BUILD_ID.to_owned();
    let said = |event| Message::Examiner(ExaminerMessage::Said(event));
    session.update(said(Event::Hello { build_id }));
    let effects = session.update(Message::Data(DataMessage::FilesOpened(vec![file])));
    let read = effects.into_iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Read {
            request,
            files,
            judge,
        }) => Some((request, files.unwrap_or_default(), judge)),
        _ => None,
    });
    let Some((request, files, judge)) = read else {
        panic!("nobody was asked to read the file");
    };
    let outcome = model_file::open_for(&files, judge.as_deref(), &mut |_| {}).map(Box::new);
    let outcome = outcome.map_err(|error| format!("{error}."));
    session.update(said(Event::Examine(ExamineEvent::FilesRead {
        request,
        outcome,
    })));
    let notice = session.notice().map(|notice| notice.text.clone());
    let notice = notice.unwrap_or_default();
    let is_taken = notice.contains(": opened");
    let is_underway = notice.starts_with("Loading the ");
    if !is_taken && !is_underway {
        check_sentence(&notice);
    }
    assert!(session.recipe().validate().is_ok());
    format!(", taken: {is_taken}")
}
