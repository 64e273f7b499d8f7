//! The challenge, driven as the page drives it.

use super::*;
use crate::protocol::{Attempt, Tried};
use crate::session::view::TrickOutcome;

/// Answers the request in flight: each picture gets the error of its place.
fn tried(session: &mut Session, effects: &[Effect], errors: &[f32], distance: f32) -> Vec<Effect> {
    let request = effects.iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Try { request, rows }) => {
            assert_eq!(rows.len(), errors.len() * 64, "one row for each picture");
            Some(*request)
        }
        _ => None,
    });
    let attempt = |&error: &f32| Attempt {
        error,
        reconstruction: vec![0.0; 64],
        code: vec![0.0; 8],
        distance,
    };
    let event = ExamineEvent::Tried(Tried {
        request: request.expect("the examiner is asked"),
        of: session.studies.front.moment(),
        attempts: errors.iter().map(attempt).collect(),
        typical_distance: Some(2.0),
    });
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        event,
    ))))
}

fn outcomes(session: &Session) -> Vec<TrickOutcome> {
    let view = session.challenge_view();
    view.cards.iter().map(|card| card.outcome).collect()
}

fn draw(session: &mut Session) {
    session.update(Message::Bench(Change::Clear));
    session.update(Message::Bench(Change::ToggleCell { column: 3, row: 3 }));
}

#[test]
fn what_is_no_digit_fools_when_it_passes_and_the_thick_digit_when_it_does_not() {
    let mut session = loaded();
    assert!(session.challenge_view().cards.is_empty());
    let effects = session.update(Message::Challenge(ChallengeMessage::Take));
    tried(&mut session, &effects, &[0.9, 0.01, 0.9, 0.9], 5.0);
    let (right, fooled) = (TrickOutcome::Right, TrickOutcome::Fooled);
    assert_eq!(outcomes(&session), [right, fooled, right, fooled]);
    assert_eq!(session.challenge_view().n_fooled, 2);
}

#[test]
fn a_drawing_gets_points_for_passing_far_from_all_digits_only() {
    for (error, distance, outcome, points) in [
        (0.01, 5.0, TrickOutcome::Fooled, Some(150)),
        (0.01, 1.9, TrickOutcome::TooAlike, None),
        (0.90, 5.0, TrickOutcome::Right, None),
    ] {
        let mut session = loaded();
        draw(&mut session);
        let effects = session.update(Message::Challenge(ChallengeMessage::HandIn));
        tried(
            &mut session,
            &effects,
            &[0.9, 0.9, 0.9, 0.01, error],
            distance,
        );
        let view = session.challenge_view();
        let own = view.cards.last().expect("the drawing");
        assert_eq!(
            (own.trick, own.outcome, own.points),
            (Trick::Own, outcome, points)
        );
        assert_eq!(view.best, points.unwrap_or(0));
    }
}

#[test]
fn an_item_or_an_empty_bench_cannot_be_handed_in() {
    let mut session = loaded();
    session.update(Message::Lay(ItemChoice::Example));
    assert!(
        session
            .update(Message::Challenge(ChallengeMessage::HandIn))
            .is_empty()
    );
    assert!(session.notice().is_some());
    session.update(Message::Bench(Change::Clear));
    assert!(
        session
            .update(Message::Challenge(ChallengeMessage::HandIn))
            .is_empty()
    );
    assert!(session.challenge_view().cards.is_empty());
}

#[test]
fn new_weights_are_tried_after_the_answer_that_is_awaited() {
    let mut session = loaded();
    let effects = session.update(Message::Challenge(ChallengeMessage::Take));
    let meanwhile = calibrate(&mut session);
    let asks = |effects: &[Effect]| {
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::ToExaminer(ExamineCommand::Try { .. })))
    };
    assert!(!asks(&meanwhile));
    assert!(asks(&tried(&mut session, &effects, &[0.9; 4], 5.0)));
}

#[test]
fn a_picture_of_the_challenge_can_be_laid_on_the_bench() {
    let mut session = loaded();
    session.update(Message::Challenge(ChallengeMessage::Take));
    assert!(
        session
            .update(Message::Challenge(ChallengeMessage::Lay(Trick::Blank)))
            .is_empty()
    );
    session.update(Message::Challenge(ChallengeMessage::Lay(Trick::Stroke)));
    assert_eq!(drawn(&session).source(), Source::Hand);
    let drawing = Trick::Stroke.drawing((8, 8), None);
    assert_eq!(Some(drawn(&session).ink()), drawing.as_ref());
}
