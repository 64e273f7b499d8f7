//! A newer build of the page waits for the reader.

use super::*;

fn told(session: &Session) -> Option<&'static str> {
    session.new_version_view().map(|view| view.text)
}

#[test]
fn a_new_version_is_offered_and_taken_once() {
    let mut session = loaded();
    assert_eq!(told(&session), None);
    assert!(
        session
            .update(Message::NewVersion(NewVersionMessage::Take))
            .is_empty()
    );

    session.update(Message::NewVersion(NewVersionMessage::Ready));
    assert_eq!(told(&session), Some("A new version is ready."));
    let effects = session.update(Message::NewVersion(NewVersionMessage::Take));
    assert_eq!(effects, [Effect::TakeNewVersion]);
    assert!(
        session
            .update(Message::NewVersion(NewVersionMessage::Take))
            .is_empty()
    );
    assert!(session.new_version_view().expect("told").is_underway);
}

#[test]
fn who_has_trained_something_is_told_that_it_would_be_lost() {
    let mut session = training(3);
    session.update(Message::NewVersion(NewVersionMessage::Ready));
    assert!(
        told(&session)
            .expect("told")
            .contains("what was trained here is lost")
    );

    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::UCI_DIGITS,
    )));
    let still = told(&session).expect("told");
    assert!(
        still.contains("what was trained here is lost"),
        "the run waits on the shelf"
    );
}

#[test]
fn a_version_that_is_not_wanted_now_is_not_spoken_of_again() {
    let mut session = loaded();
    session.update(Message::NewVersion(NewVersionMessage::Ready));
    session.update(Message::NewVersion(NewVersionMessage::Postpone));
    session.update(Message::NewVersion(NewVersionMessage::Ready));
    assert_eq!(told(&session), None);
}
