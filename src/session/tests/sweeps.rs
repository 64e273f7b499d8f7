//! When sweeps are asked for, and what is made of the answers.

use super::*;
use crate::curve::Tool;
use crate::session::SeriesChange;
use crate::sweep::{Step, SweepErrors, SweepJob, SweepKind, Swept};

fn asked(effects: &[Effect]) -> Option<(u32, Swept)> {
    effects.iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Sweep { request, swept }) => {
            Some((*request, Swept::clone(swept)))
        }
        _ => None,
    })
}

/// The errors of a drawing by a network whose error is half of the angle's place and otherwise 0.02.
fn measured(drawing: Swept) -> SweepErrors {
    let mut job = SweepJob::new(drawing).expect("a picture");
    while !job.is_done() {
        let steps = job.next_steps(100);
        let error = |step: &Step| match step.kind {
            SweepKind::Rotation => 0.5 * step.idx as f32 / 180.0,
            SweepKind::Noise | SweepKind::Shift | SweepKind::Curve(_) => 0.02,
        };
        let errors: Vec<f32> = steps.iter().map(error).collect();
        job.note(&steps, &errors);
    }
    job.errors().clone()
}

fn swept(session: &mut Session, request: u32, drawing: Swept) -> Vec<Effect> {
    let event = ExamineEvent::Swept {
        request,
        of: session.studies.front.moment(),
        errors: measured(drawing),
        is_finished: true,
    };
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        event,
    ))))
}

/// Judged, watched, and its first order.
fn watched() -> (Session, (u32, Swept)) {
    let mut session = loaded();
    answer(&mut session, 0.02);
    let effects = session.update(Message::Sweeps(SweepsMessage::Watch(true)));
    let order = asked(&effects).expect("sweeps are asked for");
    (session, order)
}

#[test]
fn nothing_is_swept_while_nobody_looks() {
    let mut session = loaded();
    assert_eq!(asked(&answer(&mut session, 0.02)), None);
    assert!(session.sweep(SweepKind::Rotation).line.is_empty());
}

#[test]
fn one_order_is_under_way_and_the_newest_drawing_follows() {
    let (mut session, (request, drawing)) = watched();
    session.update(Message::Bench(Change::Rotate(30.0)));
    assert_eq!(asked(&answer(&mut session, 0.03)), None, "one is under way");
    let effects = swept(&mut session, request, drawing);
    let (_, next) = asked(&effects).expect("the turned drawing follows");
    let Swept::Drawing(next) = next else {
        panic!("a drawing lies on the bench");
    };
    assert!((next.treatment.rotation_degrees - 30.0).abs() < f32::EPSILON);
}

#[test]
fn the_same_drawing_is_not_swept_twice_but_for_other_weights() {
    let (mut session, (request, drawing)) = watched();
    assert_eq!(asked(&swept(&mut session, request, drawing)), None);
    assert_eq!(
        asked(&session.update(Message::Sweeps(SweepsMessage::Watch(true)))),
        None
    );
    calibrate(&mut session);
    assert!(asked(&answer(&mut session, 0.02)).is_some());
}

#[test]
fn the_point_has_the_error_of_the_verdict_and_is_on_the_curve() {
    let (mut session, (request, drawing)) = watched();
    session.update(Message::Bench(Change::Rotate(31.0)));
    let moving = session.sweep(SweepKind::Rotation);
    assert!(moving.line.is_empty() && moving.here.is_none());
    answer(&mut session, 0.123);
    let (request, drawing) = asked(&swept(&mut session, request, drawing)).expect("turned");
    swept(&mut session, request, drawing);
    let sweep = session.sweep(SweepKind::Rotation);
    let here = sweep.here.expect("a point");
    assert_eq!((here.at, here.error), (31.0, 0.123));
    assert!(sweep.line.contains(&here));
    assert_eq!(
        session
            .sweep(SweepKind::Noise)
            .here
            .map(|point| point.error),
        Some(0.123)
    );
    let (n_columns, cells) = session.shift_sweep();
    assert_eq!((n_columns, cells.len(), cells[40].error), (9, 81, 0.123));
}

#[test]
fn a_point_that_is_not_judged_yet_follows_the_curve() {
    let (mut session, (request, drawing)) = watched();
    swept(&mut session, request, drawing);
    session.update(Message::Bench(Change::Rotate(91.0)));
    let here = session.sweep(SweepKind::Rotation).here.expect("a point");
    assert!((here.error - 0.5 * 135.5 / 180.0).abs() < 1e-6);
}

#[test]
fn answers_to_older_orders_and_runs_are_dropped() {
    let (mut session, (request, drawing)) = watched();
    swept(&mut session, request.wrapping_sub(1), drawing.clone());
    assert!(session.sweep(SweepKind::Rotation).line.is_empty());
    session.update(Message::Training(TrainingMessage::Reset));
    swept(&mut session, request, drawing);
    assert!(session.sweep(SweepKind::Rotation).line.is_empty());
}

#[test]
fn an_empty_drawing_has_no_sweeps() {
    let (mut session, (request, drawing)) = watched();
    swept(&mut session, request, drawing);
    assert_eq!(session.sweep(SweepKind::Rotation).line.len(), 181);
    session.update(Message::Bench(Change::Clear));
    assert!(session.sweep(SweepKind::Rotation).line.is_empty());
    assert!(!session.can_keep_ghost());
}

#[test]
fn up_to_five_ghosts_are_kept_and_grow_old() {
    let (mut session, (request, drawing)) = watched();
    session.update(Message::Sweeps(SweepsMessage::KeepGhost));
    assert!(session.ghosts().is_empty(), "there is no curve yet");
    swept(&mut session, request, drawing);
    for _ in 0..7 {
        session.update(Message::Sweeps(SweepsMessage::KeepGhost));
    }
    let numbers = |session: &Session| -> Vec<usize> {
        session.ghosts().iter().map(|ghost| ghost.number).collect()
    };
    assert_eq!(numbers(&session), [1, 2, 3, 4, 5]);
    session.update(Message::Sweeps(SweepsMessage::RemoveGhost(2)));
    session.update(Message::Sweeps(SweepsMessage::KeepGhost));
    assert_eq!(numbers(&session), [1, 2, 3, 4, 5]);
    assert!(!session.ghosts()[0].is_old);
    session.update(Message::Training(TrainingMessage::Train));
    assert!(session.ghosts()[0].is_old);
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::UCI_DIGITS,
    )));
    assert!(session.ghosts().is_empty());
}

#[test]
fn the_curves_of_another_drawing_are_not_kept_under_this_one_s_name() {
    let (mut session, (request, drawing)) = watched();
    swept(&mut session, request, drawing);
    assert!(session.can_keep_ghost());
    session.update(Message::Sweeps(SweepsMessage::Watch(false)));
    session.update(Message::Lay(ItemChoice::Example));
    answer(&mut session, 0.02);
    assert!(
        !session.can_keep_ghost(),
        "nobody has swept the new example"
    );
    let effects = session.update(Message::Sweeps(SweepsMessage::Watch(true)));
    let (request, drawing) = asked(&effects).expect("now somebody looks");
    swept(&mut session, request, drawing);
    assert!(session.can_keep_ghost());
}

#[test]
fn sentences_say_where_the_line_is_passed() {
    let (mut session, (request, drawing)) = watched();
    assert_eq!(session.sweep_in_words(SweepKind::Rotation), None);
    swept(&mut session, request, drawing);
    session.update(Message::Threshold(ThresholdMessage::Set(0.25)));
    let says = |session: &Session, kind| session.sweep_in_words(kind).expect("a sentence");
    let rotation = says(&session, SweepKind::Rotation);
    assert_eq!(rotation, "Above the threshold at 50 % of the angles.");
    let noise = says(&session, SweepKind::Noise);
    assert_eq!(noise, "The mean stays below the threshold.");
    session.update(Message::Threshold(ThresholdMessage::Set(0.01)));
    let shift = says(&session, SweepKind::Shift);
    assert_eq!(shift, "Above the threshold at 81 of 81 places.");
}

#[test]
fn a_curve_is_swept_and_its_point_is_where_the_slider_is() {
    let mut session = series::with_heartbeats();
    session.update(Message::Training(TrainingMessage::Train));
    session.update(progress(&session, 1, 0.01));
    calibrate(&mut session);
    answer(&mut session, 0.05);
    let shift = SweepKind::Curve(Tool::Shift);
    assert!(session.kind().sweeps().contains(&shift));
    let effects = session.update(Message::Sweeps(SweepsMessage::Watch(true)));
    let (request, curve) = asked(&effects).expect("sweeps are asked for");
    assert!(matches!(curve, Swept::Curve(_)));
    swept(&mut session, request, curve);
    assert_eq!(session.sweep(shift).line.len(), 101, "0 is one of them");
    assert!(
        session
            .sweep(SweepKind::Curve(Tool::DropOutFrom))
            .line
            .is_empty()
    );
    session.update(Message::Threshold(ThresholdMessage::Set(0.01)));
    let says = session.sweep_in_words(shift).expect("a sentence");
    assert_eq!(says, "Above the threshold at 100 % of the shifts.");

    session.update(Message::Curve(SeriesChange::Treat(Tool::Shift, 12.0)));
    let (request, curve) = asked(&answer(&mut session, 0.4)).expect("the moved curve");
    swept(&mut session, request, curve);
    let sweep = session.sweep(shift);
    let here = sweep.here.expect("a point");
    assert_eq!((here.at, here.error), (12.0, 0.4));
    assert!(sweep.line.contains(&here));
    assert!(session.can_keep_ghost());
    session.update(Message::Sweeps(SweepsMessage::KeepGhost));
    assert_eq!(
        session.ghosts()[0].seen,
        session.curve().expect("a beat").seen()
    );
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::EMPLOYEES,
    )));
    assert!(session.kind().sweeps().is_empty() && session.ghosts().is_empty());
}
