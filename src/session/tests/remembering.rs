//! What is kept across visits, driven as page and examiner drive it.

use super::*;
use crate::protocol::{RememberCommand, RememberedEvent, RememberedLesson};

const SHORT: &str = "\
# Leaning
minutes: 2
## One
First.
## Two
Second.
## Three
Third.
";

pub(super) fn due(session: &mut Session) -> Vec<RememberCommand> {
    let effects = session.update(Message::Remembering(RememberingMessage::Due));
    commands(effects)
}

pub(super) fn commands(effects: Vec<Effect>) -> Vec<RememberCommand> {
    let command = |effect| match effect {
        Effect::ToExaminer(ExamineCommand::Remember(command)) => Some(command),
        _ => None,
    };
    effects.into_iter().filter_map(command).collect()
}

pub(super) fn said(session: &mut Session, event: RememberedEvent) {
    let event = Event::Examine(ExamineEvent::Remembered(event));
    session.update(Message::Examiner(ExaminerMessage::Said(event)));
}

fn lesson(message: LessonMessage) -> Message {
    Message::Lesson(message)
}

pub(super) fn opened(session: &mut Session) {
    let slug = "training".to_owned();
    let bytes = SHORT.as_bytes().to_vec();
    session.update(lesson(LessonMessage::Open(slug.clone())));
    session.update(lesson(LessonMessage::Arrived { slug, bytes }));
}

fn at(page_idx: usize, is_finished: bool) -> RememberedLesson {
    RememberedLesson {
        slug: "training".to_owned(),
        page_idx,
        is_finished,
    }
}

fn page(session: &Session) -> usize {
    session.lesson_view().expect("a lesson is open").page
}

#[test]
fn what_is_kept_is_asked_for_once_when_the_examiner_listens() {
    let (mut session, _) = Session::open();
    assert_eq!(due(&mut session), []);
    for expected in [vec![RememberCommand::Look], Vec::new()] {
        let effects = session.update(Message::Examiner(ExaminerMessage::Said(hello())));
        assert_eq!(commands(effects), expected);
    }
}

#[test]
fn a_lesson_is_kept_when_it_turns_to_another_page_and_once() {
    let mut session = loaded();
    due(&mut session);
    opened(&mut session);
    assert_eq!(due(&mut session), [RememberCommand::Lesson(at(0, false))]);
    session.update(lesson(LessonMessage::Next));
    assert_eq!(due(&mut session), [RememberCommand::Lesson(at(1, false))]);
    assert_eq!(due(&mut session), []);
    session.update(lesson(LessonMessage::Next));
    session.update(lesson(LessonMessage::Leave));
    assert_eq!(
        due(&mut session),
        [RememberCommand::Lesson(at(0, true))],
        "its end, though it was left at once"
    );
    opened(&mut session);
    session.update(lesson(LessonMessage::Next));
    assert_eq!(
        due(&mut session),
        [RememberCommand::Lesson(at(1, true))],
        "it was finished before"
    );
}

#[test]
fn a_lesson_of_an_earlier_visit_goes_on_where_it_was_left() {
    let mut session = loaded();
    let found = RememberedEvent::Found {
        works: Vec::new(),
        lessons: vec![at(1, false)],
        drawings: None,
        trouble: None,
    };
    said(&mut session, found);
    let entries = session.lesson_entries();
    let entry = entries.iter().find(|entry| entry.lesson.slug == "training");
    let entry = entry.expect("it comes with the page");
    assert_eq!((entry.goes_on_at, entry.is_finished), (Some(2), false));
    opened(&mut session);
    assert_eq!(page(&session), 2);
    due(&mut session);
    assert_eq!(due(&mut session), [], "nothing is new");
}

#[test]
fn nothing_is_kept_once_everything_was_forgotten() {
    let mut session = loaded();
    due(&mut session);
    opened(&mut session);
    session.update(lesson(LessonMessage::Next));
    let effects = session.update(Message::Remembering(RememberingMessage::ForgetEverything));
    assert_eq!(commands(effects), [RememberCommand::ForgetEverything]);
    assert_eq!(due(&mut session), []);
    assert!(!session.remembering_view().can_forget);
    said(&mut session, RememberedEvent::Forgotten);
    assert!(session.notice().is_some());
}

#[test]
fn a_browser_that_keeps_nothing_is_said_where_it_disturbs_nobody() {
    let mut session = loaded();
    let reason = "This browser keeps nothing.".to_owned();
    said(
        &mut session,
        RememberedEvent::Failed {
            reason: reason.clone(),
        },
    );
    assert_eq!(session.remembering_view().sentence, reason);
    assert_eq!(session.notice(), None);
}
