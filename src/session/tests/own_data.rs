//! The reader's own files, and what becomes of what was there before.

use super::*;
use crate::autoencoder::Activation;
use crate::data::{ColumnChoice, Dataset, ItemKind, NamedFile};
use crate::protocol::Scores;
use crate::session::ItemOrder;
use crate::session::RowChange;

pub(super) fn file(name: &str, text: &str) -> Message {
    Message::Data(DataMessage::FilesOpened(vec![NamedFile {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }]))
}

/// Opens a file and has it read, as the examiner does it.
pub(super) fn open(session: &mut Session, file: Message) {
    let effects = session.update(file);
    let answer = read(effects).expect("the examiner is asked to read");
    session.update(answer);
}

/// What the examiner answers where it is asked to read.
fn read(effects: Vec<Effect>) -> Option<Message> {
    let (request, files, judge) = effects.into_iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Read {
            request,
            files,
            judge,
        }) => Some((request, files.unwrap_or_default(), judge)),
        _ => None,
    })?;
    let outcome = crate::model_file::open_for(&files, judge.as_deref(), &mut |_| {}).map(Box::new);
    let outcome = outcome.map_err(|error| format!("{error}."));
    Some(from_examiner(ExamineEvent::FilesRead { request, outcome }))
}

fn from_examiner(event: ExamineEvent) -> Message {
    Message::Examiner(ExaminerMessage::Said(Event::Examine(event)))
}

/// Forty rows with a number and a category.
fn table() -> Message {
    let row = |idx: usize| format!("{},{}\n", 20 + idx % 30, ["red", "green", "blue"][idx % 3]);
    let rows: String = (0..40).map(row).collect();
    file("people.csv", &format!("age,colour\n{rows}"))
}

fn optdigits() -> Message {
    let row = |idx: usize| {
        let pixels = (0..64).map(|pixel| ((idx * 7 + pixel) % 17).to_string());
        format!("{},{}\n", pixels.collect::<Vec<_>>().join(","), idx % 10)
    };
    file("optdigits.tra", &(0..60).map(row).collect::<String>())
}

/// Sixty pictures of 6 × 6 pixels, which cannot be halved twice.
fn six_a_side() -> Message {
    let pixels: Vec<u8> = (0..60 * 36).map(|idx| (idx % 17) as u8).collect();
    let bytes = encode(6, 6, 16, &pixels, &[1; 60]).expect("well formed");
    let name = "six.bin".to_owned();
    Message::Data(DataMessage::FilesOpened(vec![NamedFile { name, bytes }]))
}

/// Pictures of 26 letters, 1 to 26, ten of each.
fn letters() -> Message {
    let labels: Vec<u8> = (0..260).map(|idx| (idx % 26) as u8 + 1).collect();
    let pixels: Vec<u8> = (0..260 * 64).map(|idx| (idx % 17) as u8).collect();
    let bytes = encode(8, 8, 16, &pixels, &labels).expect("well formed");
    let name = "letters.bin".to_owned();
    Message::Data(DataMessage::FilesOpened(vec![NamedFile { name, bytes }]))
}

fn draw(session: &mut Session) {
    session.update(Message::Bench(Change::Clear));
    session.update(Message::Bench(Change::Stroke {
        from: (0.5, 0.5),
        to: (0.5, 0.8),
        brush: Brush::Ink,
        is_first: true,
    }));
}

fn scored(session: &mut Session, errors: Vec<f32>) {
    let n_items = errors.len();
    let scores = Scores {
        of: session.studies.front.moment(),
        codes: vec![0.5; n_items * session.architecture().code_size()],
        mean_item_errors: vec![0.5; n_items],
        errors,
    };
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        ExamineEvent::Scored(scores),
    ))));
}

#[test]
fn the_first_articles_file_is_learned_from_as_a_whole() {
    let mut session = loaded();
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::UCI_DIGITS,
    )));
    open(&mut session, optdigits());
    assert_eq!(session.dataset().map(Dataset::n_items), Some(60));
    assert_eq!(session.phase(), Phase::Untrained);
    assert_eq!(session.architecture().input_size(), 65);
    assert_eq!(session.split().map(|split| split.train.len()), Some(60));
    assert!(session.is_calibrated_on_training_items());
}

#[test]
fn each_of_26_letters_is_a_class() {
    let mut session = loaded();
    open(&mut session, letters());
    let classes = session.normality_view().expect("labels").classes;
    assert!(classes.into_iter().eq((1..=26).map(|it| (it, true))));
    assert_eq!(session.class_pictures().len(), 26);

    let anomalous = [3, 24, 25, 26].into();
    session.update(Message::Recipe(RecipeMessage::Tune(
        Knob::AnomalousClasses(anomalous),
    )));
    assert_eq!(session.split().map(|it| it.held_out.len()), Some(40));
    let fragment = session.link_fragment();
    assert!(fragment.contains("anomalous=3,24-26"), "{fragment}");
}

#[test]
fn a_drawing_beside_letters_is_tried_with_all_of_them() {
    let mut session = loaded();
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::UCI_DIGITS,
    )));
    open(&mut session, letters());
    draw(&mut session);
    calibrate(&mut session);
    answer_with_label(&mut session, 0.1, Some(26));
    assert!(
        matches!(session.finding(), Finding::None { sentence } if sentence.contains("learned nothing")),
        "nothing was learned yet"
    );
    session.update(Message::Training(TrainingMessage::Train));
    session.update(progress(&session, 1, 0.5));
    calibrate(&mut session);
    answer_with_label(&mut session, 0.1, Some(26));
    let Finding::Verdict { label_note, .. } = session.finding() else {
        panic!("no verdict");
    };
    let note = label_note.expect("the network reads labels");
    assert!(
        note.ends_with("all 26 were tried, and 26 gave the smallest error."),
        "{note}"
    );
}

#[test]
fn a_table_gets_a_network_of_its_own_size() {
    let mut session = loaded();
    open(&mut session, table());
    assert_eq!(session.kind(), ItemKind::Row);
    assert_eq!(session.architecture().input_size(), 4);
    assert_eq!(session.nouns(), ("row", "rows"));
    let row = session.row_view().expect("a row lies on the bench");
    assert_eq!(row.fields.len(), 2);
    let columns = session.data_view().expect("data").columns;
    assert_eq!(columns[1].choice, ColumnChoice::Category);
}

#[test]
fn another_reading_of_a_column_changes_the_network() {
    let mut session = loaded();
    open(&mut session, table());
    session.update(Message::Data(DataMessage::ChooseColumns {
        columns: vec![1],
        choice: ColumnChoice::LeaveOut,
    }));
    assert_eq!(session.architecture().input_size(), 1);
    session.update(Message::Data(DataMessage::ChooseColumns {
        columns: vec![1],
        choice: ColumnChoice::Number,
    }));
    assert_eq!(
        session.architecture().input_size(),
        1,
        "colours are no numbers"
    );
    assert!(
        session
            .notice()
            .is_some_and(|notice| notice.text.contains("colour"))
    );
}

#[test]
fn a_file_that_cannot_be_read_leaves_everything_as_it_was() {
    let mut session = training(4);
    for text in ["", "a,b\n1,2,3\n", "a,b\n1,2\n3\n"] {
        open(&mut session, file("broken.csv", text));
        let notice = session.notice().expect("a sentence").text.clone();
        assert!(notice.contains("broken.csv"), "{notice}");
        assert_eq!(session.progress().epoch, 4, "{notice}");
        assert_ne!(session.kind(), ItemKind::Row);
    }
}

#[test]
fn closing_a_file_brings_the_run_of_before_back() {
    let mut session = training(4);
    open(&mut session, table());
    assert_eq!(session.progress().epoch, 0);
    session.update(Message::Data(DataMessage::CloseFile));
    assert_eq!(session.progress().epoch, 4);
    assert_eq!(session.dataset().map(Dataset::n_items), Some(N_ITEMS));
}

#[test]
fn pictures_of_another_size_wait_for_a_recipe_that_takes_them() {
    let mut session = loaded();
    open(&mut session, six_a_side());
    let effects = session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::MNIST_CONV,
    )));
    assert!(effects.contains(&Effect::FetchDataset(DataName::Mnist)));
    assert_eq!(session.phase(), Phase::Loading);
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::WELL_TRAINED,
    )));
    assert_eq!(session.dataset().map(Dataset::n_items), Some(60));
}

#[test]
fn employees_are_generated_and_a_changed_row_is_judged() {
    let mut session = loaded();
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::EMPLOYEES,
    )));
    assert_eq!(session.kind(), ItemKind::Row);
    let recipe = session.recipe_name();
    let values = vec![0.1; session.architecture().n_parameters()];
    session.update(Message::Data(DataMessage::ModelLoaded { recipe, values }));
    assert_eq!(session.phase(), Phase::Pretrained);
    calibrate(&mut session);
    answer(&mut session, 0.1);
    let age = RowChange::Set {
        value_idx: 1,
        value: 1.4,
    };
    assert!(asks_to_judge(&session.update(Message::Row(age))));
    let row = session.row_view().expect("a row");
    assert_eq!(row.fields[1].actual, "140");
    assert!(session.link_fragment().contains("row="));
}

#[test]
fn the_list_of_items_goes_both_ways_and_ends_with_the_other_end() {
    let mut session = loaded();
    scored(
        &mut session,
        (0..N_ITEMS).map(|idx| idx as f32 / 100.0).collect(),
    );
    let worst = session.items(0, 2).rows;
    assert_eq!((worst[0].index, worst[1].rank), (99, 2));
    let typical = ListChange::ChooseOrder(ItemOrder::MostTypical);
    session.update(Message::List(typical));
    let best = session.items(0, 1).rows;
    assert_eq!((best[0].index, best[0].rank), (0, 1));
    assert_eq!(session.items(99, 20).rows.len(), 1);
    let figures = session.figures_against_mean().expect("all are measured");
    assert!((figures.mean_item - 0.5).abs() < 1e-6);
    assert!(figures.are_held_out);
}

#[test]
fn scores_of_an_older_run_are_dropped() {
    let mut session = loaded();
    let mut older = session.clone();
    session.update(Message::Training(TrainingMessage::Reset));
    scored(&mut older, vec![0.1; N_ITEMS]);
    let stale = ExamineEvent::Scored(older.measured().scores.clone().expect("just scored").scores);
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        stale,
    ))));
    assert!(session.items(0, 1).rows.is_empty());
}

#[test]
fn a_link_says_how_a_row_was_changed_and_which_rule_holds() {
    let (mut session, _) = open_small();
    let fragment =
        "recipe=employees&row=1,0.5,1,1,0,0.5,0,0,1&theta=0.75&measure=maximum&noise=0.1";
    session.update(Message::OpenLink(fragment.to_owned()));
    assert!(session.notice().is_none());
    let again = session.link_fragment();
    for part in [
        "recipe=employees",
        "row=1,0.5,1,1,0,0.5,0,0,1",
        "theta=0.75",
        "measure=maximum",
    ] {
        assert!(again.contains(part), "{part} in {again}");
    }
}

#[test]
fn another_activation_of_the_hidden_layers_needs_fresh_weights_of_its_own() {
    let mut session = loaded();
    let gelu = Knob::Activation(Activation::Gelu);
    session.update(Message::Recipe(RecipeMessage::Tune(gelu)));
    assert_eq!(session.phase(), Phase::Untrained);
    assert_eq!(session.architecture().hidden_activation(), Activation::Gelu);
    assert!(
        session
            .pretrained_snapshot(&session.studies.front)
            .is_none()
    );
    session.update(Message::Training(TrainingMessage::UsePretrained));
    assert_eq!(session.phase(), Phase::Pretrained);
    assert_eq!(session.architecture().hidden_activation(), Activation::Tanh);
}

#[test]
fn layers_beside_linear_ones_are_not_made_linear_too() {
    let mut session = loaded();
    let layers = &mut session.studies.front.recipe.architecture.layers;
    layers[1].activation = Activation::Identity;
    let before = session.architecture().clone();
    let linear = Knob::Activation(Activation::Identity);
    session.update(Message::Recipe(RecipeMessage::Tune(linear)));
    assert!(session.notice().is_some());
    assert_eq!(session.phase(), Phase::Pretrained);
    assert_eq!(*session.architecture(), before);
}

#[test]
fn the_shipped_model_is_not_used_for_another_network_than_its_own() {
    let mut session = loaded();
    session.update(Message::Training(TrainingMessage::Reset));
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::CodeSize(4))));
    assert_eq!(session.phase(), Phase::Untrained);
    assert_eq!(session.architecture().code_size(), 4);
    session.update(Message::Training(TrainingMessage::UndoReset));
    assert_eq!(
        session.phase(),
        Phase::Untrained,
        "those weights would not fit"
    );
    session.update(Message::Training(TrainingMessage::UsePretrained));
    assert_eq!(session.phase(), Phase::Pretrained);
    assert_eq!(session.architecture().code_size(), 8);
}

#[test]
fn a_link_to_another_seed_or_network_starts_untrained() {
    for setting in ["seed=7", "code=3", "parts=all", "activation=silu"] {
        let (mut session, _) = open_small();
        session.update(Message::OpenLink(setting.to_owned()));
        session.update(digits_loaded());
        let recipe = session.recipe_name();
        let values = vec![0.1; recipe.recipe().architecture.n_parameters()];
        session.update(Message::Data(DataMessage::ModelLoaded { recipe, values }));
        assert_eq!(session.phase(), Phase::Untrained, "{setting}");
        let weights = session
            .studies
            .front
            .run
            .shown
            .as_ref()
            .map(|known| &known.weights);
        assert!(weights.is_some_and(|weights| weights.fits(session.architecture())));
    }
}

#[test]
fn a_file_is_read_elsewhere_and_the_page_goes_on_meanwhile() {
    let mut session = loaded();
    let asked = session.update(table());
    assert_ne!(session.kind(), ItemKind::Row);
    let answer = read(asked).expect("the examiner is asked to read");
    let stranger = match answer.clone() {
        Message::Examiner(ExaminerMessage::Said(Event::Examine(ExamineEvent::FilesRead {
            request,
            outcome,
        }))) => from_examiner(ExamineEvent::FilesRead {
            request: request + 1,
            outcome,
        }),
        other => panic!("{other:?} is no answer"),
    };
    session.update(stranger);
    assert_ne!(session.kind(), ItemKind::Row, "nobody asked for that");
    session.update(answer);
    assert_eq!(session.kind(), ItemKind::Row);
}

#[test]
fn a_file_that_is_opened_before_the_examiner_listens_waits_for_it() {
    let (mut session, _) = open_small();
    assert_eq!(read(session.update(table())), None);
    let effects = session.update(Message::Examiner(ExaminerMessage::Said(hello())));
    session.update(read(effects).expect("it is handed over"));
    assert_eq!(session.kind(), ItemKind::Row);
}

#[test]
fn a_file_is_refused_once_the_examiner_keeps_dying() {
    let mut session = loaded();
    for _ in 0..4 {
        session.update(Message::Examiner(ExaminerMessage::Lost(
            "out of memory".to_owned(),
        )));
    }
    assert_eq!(session.update(table()), []);
    let notice = session.notice().expect("a sentence");
    assert!(notice.text.contains("Reload"), "{}", notice.text);
}

/// 60 rows, of which every fifth has no size.
fn with_gaps() -> Message {
    let row = |idx: usize| {
        let size = (idx * 7 % 13).to_string();
        let size = if idx.is_multiple_of(5) { "?" } else { &size };
        format!("{size},{}\n", idx % 4)
    };
    let rows: String = (0..60).map(row).collect();
    file("gaps.csv", &format!("size,rooms\n{rows}"))
}

#[test]
fn a_column_can_say_where_another_is_missing_and_that_can_be_taken_back() {
    let mut session = loaded();
    open(&mut session, with_gaps());
    let told = |session: &Session| {
        let columns = session.data_view().expect("a table").columns;
        [columns[0].tells_missing, columns[1].tells_missing]
    };
    assert_eq!(told(&session), [Some(false), None]);
    let before = session.data_view();
    session.update(Message::Data(DataMessage::TellMissing {
        column: 0,
        is_told: true,
    }));
    assert_eq!(told(&session), [Some(true), None]);
    let row = session.row_view().expect("a row");
    let names: Vec<&str> = row.fields.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["size", "size is missing", "rooms"]);
    assert_eq!(session.architecture().input_size(), 3);

    let saved = session.saved_study().and_then(|study| study.run?.own);
    assert_eq!(saved.expect("the file").reading.tells_missing, [0].into());
    let offer = session.notice().and_then(|notice| notice.offer.clone());
    for message in offer.expect("the notice has a button").messages {
        session.update(message);
    }
    assert_eq!(session.data_view(), before);
}

#[test]
fn whether_the_first_row_holds_names_can_be_chosen_and_taken_back() {
    let mut session = loaded();
    open(&mut session, table());
    session.update(Message::Data(DataMessage::ChooseColumns {
        columns: vec![0],
        choice: ColumnChoice::LeaveOut,
    }));
    let before = session.data_view().expect("a table");
    assert_eq!(before.has_header, Some(true));

    session.update(Message::Data(DataMessage::NameColumnsByFirstRow(false)));
    let bare = session.data_view().expect("a table");
    assert_eq!(bare.has_header, Some(false));
    assert_eq!(bare.columns[1].name, "column 2");
    assert!(
        bare.description.starts_with("41 rows"),
        "{}",
        bare.description
    );

    let offer = session.notice().and_then(|notice| notice.offer.clone());
    let offer = offer.expect("the notice has a button");
    assert_eq!(offer.label, "Take it back");
    for message in offer.messages {
        session.update(message);
    }
    assert_eq!(session.data_view(), Some(before));
}

/// Hands over a file that is too large for a message; the number of the order to read it.
fn hand_over(session: &mut Session) -> u32 {
    let effects = session.update(Message::Data(DataMessage::LargeFilesHanded {
        names: vec!["large.csv".to_owned()],
        are_to_be_judged: false,
    }));
    match &effects[..] {
        [
            Effect::ToExaminer(ExamineCommand::Read {
                request,
                files: None,
                ..
            }),
        ] => *request,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_large_file_is_read_with_its_progress_and_can_be_stopped() {
    let mut session = loaded();
    session.update(Message::Examiner(ExaminerMessage::Said(hello())));
    let request = hand_over(&mut session);
    assert_eq!(session.reading_progress(), None);
    let progress = 0.5;
    session.update(from_examiner(ExamineEvent::Reading { request, progress }));
    assert_eq!(session.reading_progress(), Some(0.5));
    let effects = session.update(Message::Data(DataMessage::StopReading));
    assert_eq!(effects, [Effect::StartExaminer]);
    assert_eq!(session.reading_progress(), None);
    let notice = session.notice().expect("a sentence");
    assert_eq!(
        notice.text,
        "large.csv is not read any further. What was on the page is still there."
    );
    assert_eq!(session.update(Message::Data(DataMessage::StopReading)), []);
    let outcome = Err("too late".to_owned());
    session.update(from_examiner(ExamineEvent::FilesRead { request, outcome }));
    assert!(!session.notice().expect("a sentence").text.contains("late"));
}

#[test]
fn recipes_are_called_after_the_data_that_they_would_learn() {
    let mut session = loaded();
    assert_eq!(
        session.title_of(RecipeName::HANDWRITTEN),
        "Handwritten digits, 28 × 28"
    );
    open(&mut session, table());
    assert_eq!(
        session.title_of(RecipeName::HANDWRITTEN),
        "Dense layers, trained in seconds"
    );
    let of_digits = session.title_of(RecipeName::MNIST_VAE);
    assert_eq!(
        of_digits,
        RecipeName::MNIST_VAE.title(),
        "it takes no table"
    );
    session.update(Message::Data(DataMessage::CloseFile));
    assert_eq!(
        session.summary_of(RecipeName::HANDWRITTEN),
        RecipeName::HANDWRITTEN.summary()
    );
}
