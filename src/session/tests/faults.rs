//! What goes wrong, and that nothing that was trained or drawn is lost by it.

use super::*;
use crate::autoencoder::Moments;

fn notice_of(session: &Session) -> String {
    session
        .notice()
        .map_or_else(String::new, |notice| notice.text.clone())
}

/// Does what the button on the notice does.
fn follow_offer(session: &mut Session, label: &str) -> Vec<Effect> {
    let offer = session.notice().and_then(|notice| notice.offer.clone());
    let offer = offer.expect("the notice has a button");
    assert_eq!(offer.label, label);
    session.update(Message::DismissNotice);
    let messages = offer.messages.into_iter();
    messages.flat_map(|it| session.update(it)).collect()
}

fn epochs_done(session: &Session, epochs: &[(usize, f64)]) -> Message {
    let epochs = epochs.iter().map(|&(epoch, loss)| EpochReport {
        epoch,
        batch_losses: vec![loss as f32; 6],
        calibration_loss: loss,
        divergence: None,
        reconstructed: vec![0.5; 64],
        kept: None,
    });
    let event = TrainEvent::EpochsDone {
        run: session.studies.front.run.id,
        epochs: epochs.collect(),
    };
    from_active(session, event)
}

fn checkpoint(session: &Session, epoch: usize, value: f32) -> Checkpoint {
    let values = vec![value; session.architecture().n_parameters()];
    let weights = Weights::from_values(session.architecture(), values).expect("fits");
    let n_parameters = weights.values().len();
    Checkpoint {
        moments: Some(Moments {
            n_steps: 1,
            first: vec![0.5; n_parameters],
            second: vec![0.25; n_parameters],
        }),
        ..Checkpoint::of_weights(Position { epoch, batch: 0 }, weights)
    }
}

fn diverged(session: &Session, epoch: usize, last_good: Checkpoint) -> Message {
    let event = TrainEvent::Diverged {
        run: session.studies.front.run.id,
        epoch,
        last_good,
    };
    from_active(session, event)
}

/// A run whose loss grew in epoch 8, after which the page got weights, and was no number in epoch 9.
fn run_away() -> Session {
    let mut session = training(6);
    session.update(epochs_done(&session, &[(6, 0.3), (7, 0.2), (8, 1e9)]));
    session.update(progress(&session, 8, 1e6));
    let last_good = checkpoint(&session, 7, 0.25);
    session.update(diverged(&session, 9, last_good));
    session
}

#[test]
fn divergence_takes_the_last_good_epoch_back() {
    let session = run_away();
    assert_eq!(session.phase(), Phase::Diverged { epoch: 9 });
    assert_eq!(session.progress().epoch, 7);
    let weights = &session
        .studies
        .front
        .run
        .shown
        .as_ref()
        .expect("weights")
        .weights;
    assert!(*weights == checkpoint(&session, 7, 0.25).weights);
    let run = &session.studies.front.run;
    assert!(run.resume == Some(checkpoint(&session, 7, 0.25)));
    let epochs: Vec<usize> = session.losses().iter().map(|loss| loss.epoch).collect();
    assert_eq!(
        epochs,
        [6, 7],
        "the curve stays, but for what was thrown away"
    );
    assert!(
        session
            .studies
            .front
            .run
            .film
            .iter()
            .all(|frame| frame.epoch <= 7)
    );
    assert_eq!(
        session.finding(),
        Finding::None {
            sentence: "Waiting for the network…".to_owned()
        },
        "the weights that are back have judged nothing yet"
    );
    assert_eq!(
        notice_of(&session),
        "In epoch 9 the loss stopped being a number: the learning rate 0.01 is too large. The network is back where \
         it was after epoch 7."
    );
    assert_eq!(
        session.progress().sentence,
        "Stopped in epoch 9: the loss was no longer a number. The network is back where it was after epoch 7."
    );
}

#[test]
fn the_weights_that_are_back_judge_again() {
    let mut session = training(6);
    calibrate(&mut session);
    let last_good = checkpoint(&session, 6, 0.25);
    let effects = session.update(diverged(&session, 7, last_good.clone()));
    let adopted = effects.iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Adopt { snapshot, .. }) => Some(snapshot.clone()),
        _ => None,
    });
    assert!(adopted == Some(last_good.snapshot()), "the weights of then");
}

#[test]
fn training_goes_on_at_the_rate_that_was_offered() {
    let mut session = run_away();
    let effects = follow_offer(&mut session, "Go on at 0.0033");
    assert!((session.training().learning_rate - 0.0033).abs() < 1e-12);
    assert_eq!(session.phase(), Phase::Preparing);
    assert!(matches!(
        effects.as_slice(),
        [Effect::ToTrainer(
            EngineKind::Cpu,
            TrainCommand::Prepare { resume: Some(from), recipe, .. }
        )] if from.position.epoch == 7 && recipe.training.learning_rate < 0.004
    ));
    session.update(prepared(&session, EngineKind::Cpu, 0.2));
    session.update(epochs_done(&session, &[(8, 0.19)]));
    let epochs: Vec<usize> = session.losses().iter().map(|loss| loss.epoch).collect();
    assert_eq!(epochs, [6, 7, 8]);
}

#[test]
fn a_run_that_diverges_at_once_goes_back_to_its_fresh_weights() {
    let mut session = loaded();
    begin_training(&mut session);
    let fresh = models::fresh_snapshot(session.recipe());
    let fresh = Checkpoint::of_weights(fresh.position, fresh.weights);
    session.update(diverged(&session, 1, fresh));
    assert!(notice_of(&session).ends_with("The network is back at its fresh weights."));
    follow_offer(&mut session, "Go on at 0.0033");
    assert_eq!(session.phase(), Phase::Preparing);
}

#[test]
fn an_offer_that_is_out_of_date_changes_nothing() {
    let mut session = run_away();
    let offer = session.notice().and_then(|notice| notice.offer.clone());
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::UCI_DIGITS,
    )));
    assert_eq!(
        session.notice(),
        None,
        "what it speaks of is no longer there"
    );
    let recipe = session.recipe().clone();
    for message in offer.expect("the notice has a button").messages {
        session.update(message);
    }
    assert_eq!(session.recipe(), &recipe);
}

#[test]
fn weights_that_are_no_numbers_are_never_taken_back() {
    let mut session = training(6);
    let broken = checkpoint(&session, 7, f32::NAN);
    session.update(diverged(&session, 8, broken));
    assert_eq!(session.progress().epoch, 6);
}

#[test]
fn a_second_reset_does_not_lose_what_the_first_one_took() {
    let mut session = training(5);
    session.update(Message::Training(TrainingMessage::Reset));
    session.update(Message::Training(TrainingMessage::Reset));
    follow_offer(&mut session, "Take it back");
    assert_eq!(session.progress().epoch, 5);
}

#[test]
fn train_on_a_finished_run_begins_anew_and_can_be_taken_back() {
    let mut session = training(5);
    let finished = TrainEvent::Stopped {
        run: session.studies.front.run.id,
        finished: true,
    };
    session.update(from_active(&session, finished));
    session.update(Message::Training(TrainingMessage::Train));
    session.update(Message::Training(TrainingMessage::Pause));
    assert_eq!(session.progress().epoch, 0);
    follow_offer(&mut session, "Take it back");
    assert_eq!(session.phase(), Phase::Finished);
    assert_eq!(session.progress().epoch, 5);
}

#[test]
fn the_shipped_model_and_a_setting_that_begins_anew_can_be_taken_back() {
    for message in [
        Message::Training(TrainingMessage::UsePretrained),
        Message::Recipe(RecipeMessage::Tune(Knob::Seed(9))),
    ] {
        let mut session = training(5);
        session.update(message.clone());
        assert_ne!(session.progress().epoch, 5, "{message:?}");
        follow_offer(&mut session, "Take it back");
        assert_eq!(session.progress().epoch, 5, "{message:?}");
        assert_eq!(session.training().seed, training(5).training().seed);
    }
}

#[test]
fn a_drawing_that_was_cleared_twice_comes_back_turned_as_it_was() {
    let mut session = loaded();
    for change in [
        Change::ToggleCell { column: 2, row: 3 },
        Change::Rotate(30.0),
        Change::AddNoise(0.25),
    ] {
        session.update(Message::Bench(change));
    }
    let before = drawn(&session).clone();
    session.update(Message::Bench(Change::Clear));
    session.update(Message::Bench(Change::Clear));
    assert!(drawn(&session).ink().is_blank());
    session.update(Message::Bench(Change::Undo));
    assert_eq!(drawn(&session).ink(), before.ink());
    assert_eq!(drawn(&session).treatment(), before.treatment());
    session.update(Message::Lay(ItemChoice::Example));
    session.update(Message::Bench(Change::Undo));
    assert_eq!(
        drawn(&session).ink(),
        before.ink(),
        "an example can be taken back too"
    );
}

#[test]
fn an_examiner_of_another_build_is_told_nothing() {
    let (mut session, _) = open_small();
    session.update(digits_loaded());
    let older = Event::Hello {
        build_id: "older".to_owned(),
    };
    assert_eq!(
        session.update(Message::Examiner(ExaminerMessage::Said(older))),
        []
    );
    assert!(notice_of(&session).contains("Reload the page"));
}

#[test]
fn a_trainer_of_another_build_is_ended_and_what_was_learned_stays() {
    let mut session = training(5);
    session.update(Message::Engine(EngineMessage::TrainerLost(
        EngineKind::Cpu,
        "it panicked".to_owned(),
    )));
    let newer = Event::Hello {
        build_id: "newer".to_owned(),
    };
    let effects = session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        newer,
    )));
    assert_eq!(effects, [Effect::EndTrainer(EngineKind::Cpu)]);
    assert_eq!(session.phase(), Phase::Paused);
    assert_eq!(session.progress().epoch, 5);
    assert!(notice_of(&session).contains("what you see stays until then"));
    let effects = session.update(Message::Training(TrainingMessage::Train));
    assert_eq!(
        effects,
        [Effect::StartTrainer(EngineKind::Cpu)],
        "it may be ours by now"
    );
}

#[test]
fn a_damaged_model_is_not_judged_by() {
    for value in [f32::NAN, f32::INFINITY, 1e30] {
        let (mut session, _) = open_small();
        let recipe = session.recipe_name();
        let mut values = vec![0.1; session.architecture().n_parameters()];
        values[7] = value;
        session.update(digits_loaded());
        session.update(Message::Data(DataMessage::ModelLoaded { recipe, values }));
        assert_eq!(session.phase(), Phase::Untrained);
        assert!(
            notice_of(&session).contains("the file is damaged"),
            "{value}"
        );
    }
}
