//! Classes that the reader makes up.

use super::*;
use crate::data::{Collection, Dataset, NamedFile, Parts};
use crate::session::view::OwnClassView;

fn tell(session: &mut Session, message: OwnClassMessage) -> Vec<Effect> {
    session.update(Message::OwnClass(message))
}

/// Draws a line to a place that depends on the number; different numbers give different drawings.
fn draw(session: &mut Session, number: u8) {
    let stroke = Change::Stroke {
        from: (0.2, 0.2),
        to: (0.8, 0.3 + f32::from(number) / 100.0),
        brush: Brush::Ink,
        is_first: true,
    };
    tell(session, OwnClassMessage::Draw(stroke));
}

fn add(session: &mut Session, numbers: std::ops::Range<u8>) {
    for number in numbers {
        draw(session, number);
        tell(session, OwnClassMessage::Add);
    }
}

fn named(session: &mut Session, name: &str) {
    tell(session, OwnClassMessage::Name(name.to_owned()));
}

fn with_stars(n: u8) -> Session {
    let mut session = loaded();
    named(&mut session, "star");
    add(&mut session, 0..n);
    session
}

fn shown(session: &Session) -> OwnClassView {
    session.own_class_view()
}

fn saved(session: &mut Session) -> NamedFile {
    let effects = tell(session, OwnClassMessage::Save);
    match &effects[..] {
        [Effect::Save(file)] => file.clone(),
        other => panic!("{other:?} instead of a file"),
    }
}

fn opened(session: &mut Session, file: NamedFile) -> String {
    session.update(Message::Data(DataMessage::FilesOpened(vec![file])));
    session.notice().expect("it is said").text.clone()
}

#[test]
fn drawings_are_added_removed_and_brought_back() {
    let mut session = loaded();
    assert_eq!(
        shown(&session).counter,
        "0 of at least 10 drawings, 20 are good"
    );
    tell(&mut session, OwnClassMessage::Add);
    assert!(shown(&session).word.starts_with("Draw something first"));
    assert!(!shown(&session).can_undo);
    add(&mut session, 0..3);
    assert!(
        session.own_sheet().ink().is_blank(),
        "ready for the next one"
    );
    let three = shown(&session).drawings;
    assert_eq!(three.len(), 3);
    tell(&mut session, OwnClassMessage::Remove(1));
    assert_eq!(
        shown(&session).drawings,
        [three[0].clone(), three[2].clone()]
    );
    tell(&mut session, OwnClassMessage::Undo);
    assert_eq!(shown(&session).drawings, three);
    tell(&mut session, OwnClassMessage::Undo);
    assert_eq!(shown(&session).drawings, three[..2]);
    tell(&mut session, OwnClassMessage::Remove(7));
    assert_eq!(shown(&session).drawings.len(), 2);
}

#[test]
fn a_name_is_checked_and_typing_it_is_one_change() {
    let mut session = loaded();
    add(&mut session, 0..1);
    for typed in ["s", "st", "sta", "star"] {
        named(&mut session, typed);
    }
    assert_eq!(session.own_thing(), "a star");
    named(&mut session, "a name that nobody could read in one go");
    assert_eq!(shown(&session).name, "star");
    assert!(shown(&session).word.contains("at most"));
    tell(&mut session, OwnClassMessage::Undo);
    assert_eq!(shown(&session).name, "");
    assert_eq!(
        shown(&session).obstacle.as_deref(),
        Some("Give what you draw a name.")
    );
}

#[test]
fn the_same_drawing_counts_once() {
    let mut session = with_stars(2);
    add(&mut session, 1..2);
    assert_eq!(shown(&session).drawings.len(), 2);
    assert!(shown(&session).word.contains("not quite the same"));
}

#[test]
fn there_is_room_for_fifty() {
    let mut session = with_stars(50);
    draw(&mut session, 60);
    tell(&mut session, OwnClassMessage::Add);
    assert_eq!(shown(&session).drawings.len(), 50);
    assert!(shown(&session).word.contains("remove one"));
    assert!(
        !session.own_sheet().ink().is_blank(),
        "the drawing is not lost"
    );
}

#[test]
fn too_few_drawings_teach_nothing_and_say_how_many_are_missing() {
    let mut session = with_stars(8);
    assert_eq!(
        tell(&mut session, OwnClassMessage::Train { normal: None }),
        []
    );
    assert!(session.own_file().is_none());
    assert_eq!(
        shown(&session).word,
        "Draw 2 more of “star”: 10 are needed at least."
    );
}

#[test]
fn a_network_learns_what_was_drawn() {
    let mut session = with_stars(20);
    let effects = tell(&mut session, OwnClassMessage::Train { normal: None });
    assert!(effects.contains(&Effect::StartTrainer(EngineKind::Cpu)));
    assert_eq!(session.recipe_name(), RecipeName::HANDWRITTEN);
    assert_eq!(session.phase(), Phase::Preparing);
    assert_eq!(session.dataset().map(Dataset::n_items), Some(600));
    assert_eq!(session.recipe().parts, Parts::ThreeOneOne);
    let split = session.split().expect("data are at hand");
    let sizes = [&split.train, &split.calibration, &split.test].map(Vec::len);
    assert_eq!(sizes, [360, 120, 120]);
    let data = session.data_view().expect("data are at hand");
    assert_eq!(data.title, "star");
    assert!(!data.can_turn, "they were drawn upright");
    assert!(data.remarks[0].starts_with("20 drawings became 600 pictures"));
    assert_eq!(session.thing_to_draw(), "a star");
    assert!(
        drawn(&session).is_provisional(),
        "a star lies there, to be replaced"
    );
    let notice = session.notice().expect("it is said");
    assert!(
        notice.text.contains("learns from 360 of them"),
        "{}",
        notice.text
    );

    session.update(Message::Data(DataMessage::CloseFile));
    assert!(session.own_file().is_none());
    assert_eq!(
        shown(&session).drawings.len(),
        20,
        "the drawings are still there"
    );
}

#[test]
fn digits_that_are_at_hand_stand_beside_a_class_to_be_found() {
    let mut session = with_stars(10);
    let bytes = encode(28, 28, 16, &vec![7; 784 * 150], &[3; 150]).expect("well formed");
    let name = DataName::Handwritten;
    session.update(Message::Data(DataMessage::DatasetLoaded { name, bytes }));
    tell(&mut session, OwnClassMessage::Train { normal: None });
    let normality = session.normality_view().expect("two classes");
    assert_eq!(normality.classes, [(0, true), (1, false)]);
    assert_eq!(normality.counts.n_held_out, 100);
    assert_eq!(normality.counts.n_normal, 360);
    assert_eq!(session.class_in_words(1), "digit");
    assert!(session.has_held_out_items());
    let file = saved(&mut session);
    let read = Collection::from_bytes(&file.bytes).expect("drawings");
    assert!(read.others.is_none(), "only the drawings are given away");
}

#[test]
fn what_was_saved_opens_again_and_is_at_work() {
    let mut session = with_stars(12);
    let file = saved(&mut session);
    assert_eq!(file.name, "star.drawings");
    let mut elsewhere = loaded();
    let said = opened(&mut elsewhere, file);
    assert!(said.starts_with("12 drawings of “star”: opened."), "{said}");
    assert_eq!(shown(&elsewhere).drawings, shown(&session).drawings);
    assert_eq!(elsewhere.dataset().map(Dataset::n_items), Some(600));
    assert_eq!(elsewhere.phase(), Phase::Untrained);
}

#[test]
fn two_peoples_drawings_go_together_and_apart_again() {
    let mut theirs = with_stars(12);
    tell(&mut theirs, OwnClassMessage::NextClass);
    named(&mut theirs, "heart");
    add(&mut theirs, 30..41);
    let file = saved(&mut theirs);
    assert_eq!(file.name, "star-and-heart.drawings");

    let mut session = with_stars(15);
    let before = shown(&session);
    let said = opened(&mut session, file.clone());
    assert!(said.starts_with("11 drawings joined, with a new class; 12 were here already."));
    assert_eq!(
        shown(&session).classes,
        [("star".to_owned(), 15), ("heart".to_owned(), 11)]
    );
    assert!(session.own_file().is_none(), "nothing is trained on yet");
    let back = session.notice().and_then(|it| it.offer.clone());
    for message in back.expect("it can be taken back").messages {
        session.update(message);
    }
    assert_eq!(shown(&session).drawings, before.drawings);
    assert_eq!(shown(&session).classes, before.classes);

    tell(&mut session, OwnClassMessage::Open(vec![file]));
    assert!(shown(&session).word.contains("joined"));
    tell(&mut session, OwnClassMessage::Train { normal: None });
    let normality = session.normality_view().expect("two classes").classes;
    assert_eq!(normality, [(0, true), (1, true)]);
    assert_eq!(session.thing_to_draw(), "a picture");

    tell(&mut session, OwnClassMessage::Train { normal: Some(1) });
    let normality = session.normality_view().expect("two classes").classes;
    assert_eq!(normality, [(0, false), (1, true)]);
    let split = session.split().expect("data are at hand");
    let is_heart = |&item: &usize| {
        let label = session.dataset().and_then(|it| it.label_of(item));
        label.map(|label| session.class_in_words(label)).as_deref() == Some("heart")
    };
    assert!(split.train.iter().chain(&split.calibration).all(is_heart));
    assert_eq!(session.thing_to_draw(), "a heart");
    assert!(!split.held_out.iter().any(is_heart) && !split.held_out.is_empty());
    assert_eq!(session.phase(), Phase::Preparing);
}

#[test]
fn classes_are_chosen_and_those_that_nobody_drew_go() {
    let mut session = with_stars(2);
    tell(&mut session, OwnClassMessage::NextClass);
    assert_eq!(shown(&session).at_hand, 1);
    assert!(shown(&session).drawings.is_empty());
    tell(&mut session, OwnClassMessage::NextClass);
    assert_eq!(
        shown(&session).classes.len(),
        2,
        "one without anything is enough"
    );
    tell(&mut session, OwnClassMessage::Choose(0));
    assert_eq!(shown(&session).classes, []);
    assert_eq!(shown(&session).name, "star");
}

#[test]
fn damaged_drawings_change_nothing() {
    let mut session = with_stars(10);
    let mut file = saved(&mut session);
    file.bytes.truncate(500);
    let said = opened(&mut session, file.clone());
    assert!(
        said.contains("star.drawings: the file of drawings is damaged"),
        "{said}"
    );
    tell(&mut session, OwnClassMessage::Open(vec![file]));
    assert!(shown(&session).word.contains("damaged"));
    assert_eq!(shown(&session).drawings.len(), 10);
}

#[test]
fn drawings_survive_a_lesson() {
    let mut session = with_stars(10);
    let lesson =
        b"# L\nminutes: 1\n## P\nT\nset: recipe=well-trained\ndo: drawings > 9\ndo: own class\n";
    let file = NamedFile {
        name: "l.lesson.txt".to_owned(),
        bytes: lesson.to_vec(),
    };
    session.update(Message::Data(DataMessage::FilesOpened(vec![file])));
    let tasks = |session: &Session| session.lesson_view().expect("it is open").tasks;
    assert!(tasks(&session)[0].1, "ten are drawn");
    tell(&mut session, OwnClassMessage::Train { normal: None });
    session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    session.update(prepared(&session, EngineKind::Cpu, 0.2));
    session.update(progress(&session, 70, 0.1));
    let done = TrainEvent::Stopped {
        run: session.studies.front.run.id,
        finished: true,
    };
    session.update(from_active(&session, done));
    assert!(tasks(&session)[1].1, "a network has learned them");
    session.update(Message::Lesson(LessonMessage::Leave));
    assert_eq!(shown(&session).drawings.len(), 10);
}
