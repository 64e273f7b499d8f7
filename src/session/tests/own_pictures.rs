//! The reader's own pictures: decoded ones, turned ones, and files that say what is to validate with.

use super::*;
use crate::data::{
    Dataset, Framing, NamedFile, Parts, PhotoReading, Photos, ReadFiles, Turn, encode,
};
use crate::model_file::OpenedFiles;

/// Opens files as the examiner reads them.
fn open(session: &mut Session, files: Vec<NamedFile>) {
    let effects = session.update(Message::Data(DataMessage::FilesOpened(files)));
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Read {
            request,
            files,
            judge,
        }) => Some((request, files.unwrap_or_default(), judge)),
        _ => None,
    });
    let (request, files, judge) = asked.expect("the examiner is asked to read");
    let outcome = crate::model_file::open_for(&files, judge.as_deref(), &mut |_| {}).map(Box::new);
    let outcome = outcome.map_err(|error| format!("{error}."));
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        ExamineEvent::FilesRead { request, outcome },
    ))));
}

/// Pictures that were decoded: some light, some dark inside, in two folders.
fn decoded(folders: [&str; 2]) -> NamedFile {
    let mut photos = Photos::new();
    for idx in 0..40_u8 {
        let pixels = (0..100).flat_map(|place: u8| {
            let is_inner = (4..6).contains(&(place % 10)) && place / 10 > idx % 5;
            let level = if is_inner { 10 } else { 250 };
            [level, level, level, 255]
        });
        let path = format!("{}/{idx}.png", folders[usize::from(idx) % 2]);
        photos.add(&path, (10, 10), &pixels.collect::<Vec<u8>>());
    }
    let photos = photos.finished().expect("forty pictures");
    NamedFile {
        name: "round/0.png".to_owned(),
        bytes: photos.to_bytes(photos.proposal()),
    }
}

fn reading(session: &Session) -> PhotoReading {
    let data = session.data_view().expect("data are at hand");
    data.photos.expect("each picture was a file")
}

fn first(session: &Session) -> Vec<f32> {
    session
        .dataset()
        .and_then(|it| it.item(0))
        .expect("an item")
}

#[test]
fn folders_are_classes_and_how_pictures_are_read_can_be_changed() {
    let mut session = loaded();
    open(&mut session, vec![decoded(["round", "square"])]);
    assert_eq!(session.picture_size(), (28, 28));
    assert_eq!(session.class_in_words(1), "square");
    assert_eq!(session.label_in_words(0), "round");
    assert!(reading(&session).is_inverted, "they are dark on light");
    assert!(first(&session)[0] < 0.1);
    assert_eq!(session.previewed().len(), 12);

    let changed = PhotoReading {
        side: 16,
        framing: Framing::Crop,
        is_inverted: false,
        ..reading(&session)
    };
    session.update(Message::Data(DataMessage::ReadPhotos(changed)));
    assert_eq!(reading(&session), changed);
    assert_eq!(session.picture_size(), (16, 16));
    assert!(first(&session)[0] > 0.9);
    assert_eq!(session.phase(), Phase::Untrained);
}

#[test]
fn what_is_not_called_normal_is_not() {
    let mut session = loaded();
    open(&mut session, vec![decoded(["good", "torn"])]);
    let classes = session.normality_view().expect("two classes").classes;
    assert_eq!(classes, [(0, true), (1, false)]);
}

#[test]
fn decoded_pictures_are_taken_along_as_they_are_read() {
    let mut session = loaded();
    open(&mut session, vec![decoded(["round", "square"])]);
    session.update(Message::Data(DataMessage::TurnPictures(Turn::RIGHT)));
    let files = session.own_file().and_then(|own| own.files.clone());
    let mut elsewhere = loaded();
    open(&mut elsewhere, files.expect("they are small").to_vec());
    assert_eq!(elsewhere.dataset(), session.dataset());
    assert_eq!(reading(&elsewhere).turn, Turn::RIGHT);
}

#[test]
fn pictures_that_lie_on_their_side_are_turned_and_kept_so() {
    let mut session = loaded();
    let pixels: Vec<u8> = (0..60 * 64).map(|idx| (idx % 17) as u8).collect();
    let bytes = encode(8, 8, 16, &pixels, &[1; 60]).expect("well formed");
    let name = "sideways.bin".to_owned();
    open(&mut session, vec![NamedFile { name, bytes }]);
    let before = first(&session);
    session.update(Message::Data(DataMessage::TurnPictures(Turn::RIGHT)));
    assert_eq!(first(&session)[7].to_bits(), before[0].to_bits());
    let files = session.own_file().and_then(|own| own.files.clone());
    let mut elsewhere = loaded();
    open(&mut elsewhere, files.expect("they are small").to_vec());
    assert_eq!(elsewhere.dataset(), session.dataset());
    for _ in 0..3 {
        session.update(Message::Data(DataMessage::TurnPictures(Turn::RIGHT)));
    }
    assert_eq!(first(&session), before);
}

#[test]
fn files_that_say_it_validate_and_leave_nothing_to_test() {
    let mut session = loaded();
    let pixels: Vec<u8> = (0..60 * 64).map(|idx| (idx % 17) as u8).collect();
    let dataset = Dataset::pictures(8, 8, 16, pixels, vec![1; 60]).expect("sixty pictures");
    let bytes = dataset.with_validation(20).packed().expect("pictures");
    let name = "both.bin".to_owned();
    open(&mut session, vec![NamedFile { name, bytes }]);
    assert_eq!(session.recipe().parts, Parts::AsGiven);
    let split = session.split().expect("data are at hand");
    assert_eq!((split.train.len(), split.calibration.len()), (40, 20));
    let standing = session.evaluation_standing();
    assert!(!standing.can_evaluate);
    assert!(
        standing.sentence.contains("to validate with"),
        "{}",
        standing.sentence
    );
    assert_eq!(standing.remedy, Some(Parts::ThreeOneOne));
}

#[test]
fn hundreds_of_files_are_not_all_named() {
    let mut session = loaded();
    let file = |idx: usize| NamedFile {
        name: format!("round/{idx}.png"),
        bytes: vec![1],
    };
    session.update(Message::Data(DataMessage::FilesOpened(
        (0..300).map(file).collect(),
    )));
    let notice = session.notice().expect("it is being read").text.clone();
    assert_eq!(notice, "Reading round (300 files)…");
}

#[test]
fn an_answer_without_data_changes_nothing() {
    let nothing = OpenedFiles {
        data: None::<ReadFiles>,
        model: None,
        next: None,
    };
    let mut session = loaded();
    let file = decoded(["a", "b"]);
    let effects = session.update(Message::Data(DataMessage::FilesOpened(vec![file])));
    let request = effects.iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Read { request, .. }) => Some(*request),
        _ => None,
    });
    let event = ExamineEvent::FilesRead {
        request: request.expect("the examiner is asked"),
        outcome: Ok(Box::new(nothing)),
    };
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        event,
    ))));
    assert!(session.own_file().is_none());
}

/// A photograph of a stroke on paper.
fn photo_of_a_stroke() -> NamedFile {
    let mut photos = Photos::new();
    let pixels = (0..60 * 80).flat_map(|place: usize| {
        let is_ink = (28..34).contains(&(place % 60)) && (20..60).contains(&(place / 60));
        let level = if is_ink { 30 } else { 200 };
        [level, level, level, 255]
    });
    photos.add("one.png", (60, 80), &pixels.collect::<Vec<u8>>());
    let photos = photos.finished().expect("a picture");
    NamedFile {
        name: "one.png".to_owned(),
        bytes: photos.to_bytes(photos.proposal()),
    }
}

#[test]
fn one_photograph_lies_on_the_bench_and_the_data_stay() {
    let mut session = training(4);
    open(&mut session, vec![photo_of_a_stroke()]);
    assert_eq!(session.progress().epoch, 4);
    assert!(session.own_file().is_none());
    let bench = session.drawing().expect("pictures are drawn");
    assert_eq!(bench.source(), Source::Hand);
    let ink = bench.ink();
    assert!(ink.get(ink.width() / 2, ink.height() / 2) > 0.9);
    assert!(ink.get(1, 1) < 0.01);
    let notice = session.notice().expect("it is said").text.clone();
    assert!(notice.starts_with("one.png lies on the bench"), "{notice}");
}
