//! Going back through the epochs of a run.

use super::*;
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
        calibrate_as(&mut session, vec![value; 40]);
    }
    session
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
    answer(&mut session, 0.3);
    answer(&mut session, 0.3);
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
