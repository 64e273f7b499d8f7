//! Going back through the epochs of a run.

use super::*;
use crate::protocol::{CalibratedEpoch, PastMeasured, PastOrder};
use crate::session::view::HistoryView;

/// An epoch has ended, after which all weights are `value`.
fn epoch_kept(session: &Session, epoch: usize, value: f32) -> Message {
    let values = vec![value; session.architecture().n_parameters()];
    let weights = Weights::from_values(session.architecture(), values).expect("fits");
    let report = EpochReport {
        epoch,
        batch_losses: vec![value; 6],
        calibration_loss: f64::from(value),
        divergence: None,
        reconstructed: Vec::new(),
        kept: Some(Checkpoint::of_weights(
            Position { epoch, batch: 0 },
            weights,
        )),
    };
    let event = TrainEvent::EpochsDone {
        run: session.studies.front.run.id,
        epochs: vec![report],
    };
    from_active(session, event)
}

/// A run that trains and has done five epochs.
fn after_five_epochs() -> Session {
    let mut session = training(0);
    for epoch in 1..=5_u8 {
        let value = 1.0 / f32::from(epoch);
        session.update(epoch_kept(&session, usize::from(epoch), value));
        session.update(progress(&session, usize::from(epoch), value));
        while session.examiner.work.adopting.is_in_flight() {
            calibrate_as(&mut session, vec![value; 40]);
        }
    }
    settle(&mut session);
    session
}

/// The examiner judges what lies on the bench until nothing newer is wanted.
fn settle(session: &mut Session) -> Vec<Effect> {
    let mut effects = Vec::new();
    while session.examiner.work.judging.is_in_flight() {
        effects.extend(answer(session, 0.3));
    }
    effects
}

fn show(session: &mut Session, epoch: usize) -> Vec<Effect> {
    session.update(Message::History(HistoryMessage::Show { epoch }))
}

fn adopted(effects: &[Effect]) -> Option<Position> {
    effects.iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Adopt { snapshot, .. }) => Some(snapshot.position),
        _ => None,
    })
}

fn view(session: &Session) -> HistoryView {
    session.history_view().expect("epochs were kept")
}

#[test]
fn earlier_weights_judge_at_once_while_training_goes_on() {
    let mut session = after_five_epochs();
    assert_eq!(view(&session).epochs, [0, 1, 2, 3, 4], "the fifth is now");
    let effects = show(&mut session, 2);
    assert_eq!(adopted(&effects), Some(Position { epoch: 2, batch: 0 }));
    assert!(asks_to_judge(&effects));
    let threshold = session.threshold().expect("measured when it was new");
    assert!(
        (threshold - 0.5).abs() < 1e-6,
        "not waited for: {threshold}"
    );
    let effects = session.update(progress(&session, 6, 0.1));
    assert_eq!(adopted(&effects), None);
    assert_eq!(session.progress().epoch, 6);
    assert_eq!(view(&session).shown, Some(2));
    let effects = session.update(Message::History(HistoryMessage::ShowNewest));
    assert_eq!(adopted(&effects), Some(Position { epoch: 6, batch: 0 }));
    assert_eq!(view(&session).shown, None);
}

#[test]
fn an_epoch_that_was_not_kept_changes_nothing() {
    let mut session = after_five_epochs();
    assert_eq!(show(&mut session, 77), []);
    assert_eq!(view(&session).shown, None);
}

#[test]
fn fresh_weights_are_the_first_that_one_comes_back_to_and_have_no_verdict() {
    let mut session = after_five_epochs();
    let effects = show(&mut session, 0);
    assert_eq!(adopted(&effects), Some(Position::default()));
    assert!(session.has_learned_nothing());
    assert!(matches!(session.finding(), Finding::None { .. }));
}

#[test]
fn training_on_from_an_epoch_is_a_run_of_its_own_that_can_be_taken_back() {
    let mut session = after_five_epochs();
    let before = session.studies.front.run.id;
    show(&mut session, 3);
    let effects = session.update(Message::History(HistoryMessage::TrainOnFromHere));
    assert!(told_trainer(&effects, &TrainCommand::Pause));
    let prepared = effects.iter().find_map(|effect| match effect {
        Effect::ToTrainer(_, TrainCommand::Prepare { run, resume, .. }) => Some((*run, resume)),
        _ => None,
    });
    let (run, resume) = prepared.expect("the trainer is given the branch");
    assert_ne!(run, before);
    let resume = resume.as_ref().expect("it goes on from what was kept");
    assert_eq!(resume.position, Position { epoch: 3, batch: 0 });
    assert_eq!(
        resume.weights.values()[0].to_bits(),
        (1.0_f32 / 3.0).to_bits()
    );
    assert_eq!(session.losses().len(), 3);
    assert_eq!(view(&session).epochs, [0, 1, 2]);
    session.update(Message::Training(TrainingMessage::UndoReset));
    assert_eq!(session.losses().len(), 5);
    assert_eq!(view(&session).shown, None, "back at its newest weights");
    assert_eq!(session.progress().epoch, 5);
}

#[test]
fn pressing_train_shows_what_is_trained() {
    let mut session = after_five_epochs();
    session.update(from_active(
        &session,
        TrainEvent::Stopped {
            run: session.studies.front.run.id,
            finished: false,
        },
    ));
    show(&mut session, 1);
    let effects = session.update(Message::Training(TrainingMessage::Train));
    assert_eq!(adopted(&effects), Some(Position { epoch: 5, batch: 0 }));
    assert!(told_trainer(&effects, &TrainCommand::Go));
}

#[test]
fn another_measure_forgets_the_errors_and_keeps_the_epochs() {
    let mut session = after_five_epochs();
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::Measure(
        crate::anomaly::ErrorMeasure::MeanAbsolute,
    ))));
    show(&mut session, 2);
    assert!(session.calibration().is_none(), "to be measured anew");
    assert_eq!(view(&session).epochs.len(), 5);
}

/// What the examiner is asked of earlier epochs.
fn order_of(effects: &[Effect]) -> Option<PastOrder> {
    effects.iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::MeasurePast(order)) => Some(order.as_ref().clone()),
        _ => None,
    })
}

fn measured(
    session: &mut Session,
    order: &PastOrder,
    calibrated: Option<CalibratedEpoch>,
) -> Vec<Effect> {
    let answer = PastMeasured {
        request: order.request,
        epochs: order.epochs.clone(),
        errors: order
            .epochs
            .iter()
            .map(|&epoch| 0.9 / (epoch + 1) as f32)
            .collect(),
        calibrated,
        is_finished: true,
    };
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        ExamineEvent::PastMeasured(answer),
    ))))
}

#[test]
fn the_bench_is_measured_by_every_epoch_while_somebody_looks() {
    let mut session = after_five_epochs();
    session.update(Message::Bench(Change::Rotate(5.0)));
    assert_eq!(order_of(&settle(&mut session)), None, "nobody looks");
    let watch = Message::History(HistoryMessage::Watch(true));
    let order = order_of(&session.update(watch)).expect("asked for");
    assert_eq!(order.epochs, [0, 1, 2, 3, 4, 5]);
    assert_eq!(
        order.new.len(),
        6,
        "the examiner has none of the weights yet"
    );
    assert!(order.to_calibrate.is_empty(), "not while training");
    assert_eq!(
        order_of(&measured(&mut session, &order, None)),
        None,
        "all is known"
    );
    let errors = session.past_curves().errors;
    assert_eq!(errors.len(), 6);
    assert!((errors[2].1 - 0.3).abs() < 1e-6);
    session.update(epoch_kept(&session, 6, 0.1));
    session.update(Message::Bench(Change::Rotate(0.0)));
    session.update(Message::Bench(Change::Rotate(5.0)));
    let order = order_of(&settle(&mut session)).expect("one epoch more");
    assert_eq!(order.new.len(), 1, "the others have been handed over");
}

#[test]
fn what_was_asked_for_another_drawing_is_not_taken_for_this_one() {
    let mut session = after_five_epochs();
    let watch = Message::History(HistoryMessage::Watch(true));
    let order = order_of(&session.update(watch)).expect("asked for");
    session.update(Message::Bench(Change::Rotate(90.0)));
    settle(&mut session);
    let again = order_of(&measured(&mut session, &order, None));
    assert!(session.past_curves().errors.is_empty());
    let again = again.expect("asked for the turned drawing");
    assert_ne!(again.values, order.values);
    assert!(again.new.is_empty());
}

#[test]
fn thresholds_of_earlier_epochs_come_once_training_rests() {
    let mut session = after_five_epochs();
    let stopped = TrainEvent::Stopped {
        run: session.studies.front.run.id,
        finished: false,
    };
    session.update(epoch_kept(&session, 6, 0.1));
    session.update(from_active(&session, stopped));
    let watch = Message::History(HistoryMessage::Watch(true));
    let order = order_of(&session.update(watch)).expect("asked for");
    assert_eq!(
        order.to_calibrate,
        [6],
        "the others were measured on the way"
    );
    let calibrated = CalibratedEpoch {
        epoch: 6,
        errors: vec![0.125; 40],
    };
    assert_eq!(
        order_of(&measured(&mut session, &order, Some(calibrated))),
        None
    );
    let curves = session.past_curves();
    assert_eq!(curves.thresholds.len(), 7);
    assert!((curves.thresholds[6].1 - 0.125).abs() < 1e-6);
    assert!(
        curves.sentence.contains("above the threshold"),
        "{}",
        curves.sentence
    );
}
