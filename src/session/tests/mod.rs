//! The session's behaviour, driven as the page drives it.

mod assistants;
mod challenge;
mod classes;
mod comparing;
mod evaluation;
mod faults;
mod insights;
mod keeping;
mod lessons;
mod listing;
mod lost_gpu;
mod network;
mod new_version;
mod next_file;
mod own_class;
mod own_data;
mod own_pictures;
mod preparation;
mod remembering;
mod rewinding;
mod rules;
mod series;
mod sweeps;
mod taking;
mod variation;
mod variational;

use super::view::Finding;
use super::*;
use crate::autoencoder::{Position, Weights};
use crate::data::encode;
use crate::picture::Brush;
use crate::protocol::{
    BUILD_ID, Checkpoint, EngineKind, EngineReport, EpochReport, Event, ExamineCommand,
    ExamineEvent, Judgement, TrainCommand, TrainEvent,
};
use crate::recipe::{DataName, RecipeName};

const N_ITEMS: usize = 100;

fn packed_digits() -> Vec<u8> {
    let pixels: Vec<u8> = (0..N_ITEMS * 64).map(|idx| (idx % 17) as u8).collect();
    let labels: Vec<u8> = (0..N_ITEMS).map(|idx| (idx % 10) as u8).collect();
    encode(8, 8, 16, &pixels, &labels).expect("the digits are well formed")
}

fn digits_loaded() -> Message {
    Message::Data(DataMessage::DatasetLoaded {
        name: DataName::Digits,
        bytes: packed_digits(),
    })
}

fn hello() -> Event {
    Event::Hello {
        build_id: BUILD_ID.to_owned(),
    }
}

/// Where a trainer on the CPU that has just come is to go on from.
fn resumed(session: &mut Session) -> Option<Checkpoint> {
    let effects = session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    effects.into_iter().find_map(|effect| match effect {
        Effect::ToTrainer(_, TrainCommand::Prepare { resume, .. }) => resume,
        _ => None,
    })
}

fn prepared(session: &Session, kind: EngineKind, step_ms: f64) -> Message {
    let engine = EngineReport {
        kind,
        adapter: None,
        step_ms,
        self_test_difference: None,
        spare_cores: None,
    };
    Message::Engine(EngineMessage::TrainerSaid(
        kind,
        Event::Train(TrainEvent::Prepared {
            run: session.studies.front.run.id,
            engine,
        }),
    ))
}

fn progress(session: &Session, epoch: usize, value: f32) -> Message {
    let values = vec![value; session.architecture().n_parameters()];
    let weights = Weights::from_values(session.architecture(), values).expect("fits");
    let checkpoint = Checkpoint::of_weights(Position { epoch, batch: 0 }, weights);
    let event = TrainEvent::Progress {
        run: session.studies.front.run.id,
        checkpoint,
        step_ms: 0.2,
        workers: 1,
    };
    Message::Engine(EngineMessage::TrainerSaid(
        session.engines.active,
        Event::Train(event),
    ))
}

fn from_active(session: &Session, event: TrainEvent) -> Message {
    Message::Engine(EngineMessage::TrainerSaid(
        session.engines.active,
        Event::Train(event),
    ))
}

/// A page for digits of 8 × 8 pixels, small enough to be made by hand.
fn open_small() -> (Session, Vec<Effect>) {
    Session::open_for("recipe=well-trained")
}

/// A page that has loaded everything and judges by the shipped model.
fn loaded() -> Session {
    let (mut session, _) = open_small();
    let recipe = session.recipe_name();
    let values = vec![0.1; session.architecture().n_parameters()];
    session.update(Message::Examiner(ExaminerMessage::Said(hello())));
    session.update(digits_loaded());
    session.update(Message::Data(DataMessage::ModelLoaded { recipe, values }));
    calibrate(&mut session);
    session
}

/// The examiner measures the calibration items by the weights that are shown.
fn calibrate(session: &mut Session) -> Vec<Effect> {
    let errors = (1..=40_u8).map(|n| f32::from(n) / 100.0).collect();
    calibrate_as(session, errors)
}

/// The drawing on the bench.
fn drawn(session: &Session) -> &PictureBench {
    session.drawing().expect("a picture lies on the bench")
}

fn calibrate_as(session: &mut Session, errors: Vec<f32>) -> Vec<Effect> {
    if !session.examiner.work.adopting.is_in_flight() {
        session.adopt();
    }
    let adopting = &session.examiner.work.adopting;
    let event = ExamineEvent::Calibrated {
        request: adopting.number().expect("weights were handed over"),
        of: *adopting.asked().expect("weights were handed over"),
        errors,
    };
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        event,
    ))))
}

/// Train is pressed, and the CPU begins.
fn begin_training(session: &mut Session) {
    session.update(Message::Training(TrainingMessage::Train));
    session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    session.update(prepared(session, EngineKind::Cpu, 0.2));
}

fn training(epoch: usize) -> Session {
    let mut session = loaded();
    begin_training(&mut session);
    session.update(progress(&session, epoch, 0.5));
    session
}

fn answer(session: &mut Session, error: f32) -> Vec<Effect> {
    answer_with_label(session, error, None)
}

/// The answer of a network that reads labels, which found this one to fit best.
fn answer_with_label(session: &mut Session, error: f32, label: Option<u8>) -> Vec<Effect> {
    let request = session
        .examiner
        .work
        .judging
        .number()
        .expect("a request is in flight");
    let values = session
        .item_on_bench()
        .expect("something lies there")
        .to_vec();
    let judgement = Judgement {
        request,
        of: session.studies.front.moment(),
        reconstruction: vec![0.0; values.len()],
        values,
        code: vec![0.0; 8],
        error,
        label,
    };
    let event = ExamineEvent::Judged(judgement);
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        event,
    ))))
}

fn asks_to_judge(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::ToExaminer(ExamineCommand::Judge { .. })))
}

fn told_trainer(effects: &[Effect], wanted: &TrainCommand) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::ToTrainer(_, command) if command == wanted))
}

#[test]
fn the_first_stroke_gets_a_verdict_from_the_shipped_model() {
    let mut session = loaded();
    assert_eq!(session.phase(), Phase::Pretrained);
    answer(&mut session, 0.01);
    assert!(matches!(session.finding(), Finding::Verdict { verdict, .. } if !verdict.is_anomaly));
}

#[test]
fn an_empty_drawing_gets_advice_instead_of_a_verdict() {
    let mut session = loaded();
    answer(&mut session, 0.01);
    assert!(!asks_to_judge(
        &session.update(Message::Bench(Change::Clear))
    ));
    assert!(
        matches!(session.finding(), Finding::None { sentence } if sentence.starts_with("Draw"))
    );
}

#[test]
fn the_first_touch_replaces_the_example_that_the_page_opened_with() {
    let mut session = loaded();
    assert!(drawn(&session).is_provisional());
    session.update(Message::Bench(Change::ToggleCell { column: 0, row: 0 }));
    assert_eq!(drawn(&session).source(), Source::Hand);
    assert!(
        (drawn(&session).ink().ink_total() - 16.0).abs() < 1e-3,
        "one cell of 4 × 4"
    );
}

#[test]
fn only_one_judgement_is_in_flight_and_the_newest_state_follows() {
    let mut session = loaded();
    assert!(session.examiner.work.judging.is_in_flight());
    assert!(!asks_to_judge(
        &session.update(Message::Bench(Change::Rotate(10.0)))
    ));
    assert!(!asks_to_judge(
        &session.update(Message::Bench(Change::Rotate(20.0)))
    ));
    answer(&mut session, 0.01);
    assert!(
        session.examiner.work.judging.is_in_flight(),
        "the rotation of 20° is judged next"
    );
    assert!(!session.examiner.work.judging.is_outdated());
}

#[test]
fn training_starts_from_fresh_weights_and_ends_finished() {
    let mut session = loaded();
    assert_eq!(
        session
            .update(Message::Training(TrainingMessage::Train))
            .len(),
        2,
        "examiner prepared, trainer started"
    );
    assert_eq!(session.phase(), Phase::Preparing);
    let effects = session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    assert!(matches!(
        effects.as_slice(),
        [Effect::ToTrainer(
            EngineKind::Cpu,
            TrainCommand::Prepare { resume: None, .. }
        )]
    ));
    let effects = session.update(prepared(&session, EngineKind::Cpu, 0.2));
    assert!(told_trainer(&effects, &TrainCommand::Go));
    let done = TrainEvent::Stopped {
        run: session.studies.front.run.id,
        finished: true,
    };
    session.update(from_active(&session, done));
    assert_eq!(session.phase(), Phase::Finished);
}

#[test]
fn answers_of_an_older_run_are_dropped() {
    let mut session = training(3);
    let stale = progress(&session, 9, 0.9);
    session.update(Message::Training(TrainingMessage::Reset));
    session.update(stale);
    assert_eq!(session.progress().epoch, 0);
    assert_eq!(session.phase(), Phase::Untrained);
}

#[test]
fn a_reset_can_be_taken_back() {
    let mut session = training(3);
    session.update(Message::Training(TrainingMessage::Reset));
    session.update(Message::Training(TrainingMessage::UndoReset));
    assert_eq!(session.progress().epoch, 3);
    assert_eq!(session.phase(), Phase::Paused);
}

#[test]
fn leaving_a_recipe_and_coming_back_loses_nothing() {
    let mut session = training(3);
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::UCI_DIGITS,
    )));
    assert_eq!(session.architecture().input_size(), 65);
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::WELL_TRAINED,
    )));
    assert_eq!(session.progress().epoch, 3);
}

#[test]
fn a_lost_trainer_is_replaced_and_goes_on_from_the_last_weights() {
    let mut session = training(5);
    let effects = session.update(Message::Engine(EngineMessage::TrainerLost(
        EngineKind::Cpu,
        "it panicked".to_owned(),
    )));
    assert!(effects.contains(&Effect::StartTrainer(EngineKind::Cpu)));
    let effects = session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    let resumes_at = effects.iter().find_map(|effect| match effect {
        Effect::ToTrainer(
            _,
            TrainCommand::Prepare {
                resume: Some(checkpoint),
                ..
            },
        ) => Some(checkpoint.position.epoch),
        _ => None,
    });
    assert_eq!(resumes_at, Some(5));
    assert!(
        session
            .notice()
            .is_some_and(|notice| notice.text.contains("epoch 5"))
    );
}

#[test]
fn a_gpu_that_cannot_start_leaves_training_to_the_cpu_with_the_reason() {
    let mut session = loaded();
    session.update(Message::Engine(EngineMessage::AdapterProbed(
        AdapterProbe::Present { is_software: false },
    )));
    session.update(Message::Engine(EngineMessage::Choose(EngineChoice::WebGpu)));
    let effects = session.update(Message::Training(TrainingMessage::Train));
    assert!(effects.contains(&Effect::StartTrainer(EngineKind::WebGpu)));
    let reason = "the self-test disagreed".to_owned();
    let run = session.studies.front.run.id;
    let event = Event::Train(TrainEvent::Unavailable { run, reason });
    let effects = session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::WebGpu,
        event,
    )));
    assert!(effects.contains(&Effect::StartTrainer(EngineKind::Cpu)));
    assert!(
        session
            .engine_badge()
            .reason
            .contains("the self-test disagreed")
    );
}

#[test]
fn auto_hands_the_run_to_a_gpu_that_measured_faster() {
    let mut session = loaded();
    session.update(Message::Engine(EngineMessage::AdapterProbed(
        AdapterProbe::Present { is_software: false },
    )));
    let effects = session.update(Message::Training(TrainingMessage::Train));
    assert!(effects.contains(&Effect::StartTrainer(EngineKind::WebGpu)));
    session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    session.update(prepared(&session, EngineKind::Cpu, 1.0));
    let effects = session.update(prepared(&session, EngineKind::WebGpu, 0.1));
    assert!(told_trainer(&effects, &TrainCommand::Pause));
    session.update(progress(&session, 2, 0.5));
    let stopped = TrainEvent::Stopped {
        run: session.studies.front.run.id,
        finished: false,
    };
    let effects = session.update(from_active(&session, stopped));
    assert!(matches!(
        effects.as_slice(),
        [Effect::ToTrainer(
            EngineKind::WebGpu,
            TrainCommand::Prepare {
                resume: Some(_),
                ..
            }
        )]
    ));
}

#[test]
fn the_threshold_follows_calibration_until_it_is_moved() {
    let mut session = loaded();
    assert_eq!(
        session.threshold(),
        Some(0.39),
        "2 of 40 errors may be flagged at 5 %"
    );
    session.update(Message::Threshold(ThresholdMessage::Set(0.2)));
    calibrate(&mut session);
    assert_eq!(session.threshold(), Some(0.2));
    session.update(Message::Threshold(ThresholdMessage::FollowCalibration));
    assert_eq!(session.threshold(), Some(0.39));
    session.update(Message::Threshold(ThresholdMessage::Set(f32::NAN)));
    assert_eq!(session.threshold(), Some(0.39));
}

#[test]
fn a_broken_data_file_ends_in_a_sentence() {
    let (mut session, _) = open_small();
    session.update(Message::Data(DataMessage::DatasetLoaded {
        name: DataName::Digits,
        bytes: vec![1, 2, 3],
    }));
    assert!(
        session
            .notice()
            .is_some_and(|notice| notice.text.starts_with("Could not load"))
    );
}

#[test]
fn without_the_shipped_model_the_page_still_trains() {
    let (mut session, _) = open_small();
    let recipe = session.recipe_name();
    let reason = "the host answered with status 404".to_owned();
    session.update(Message::Data(DataMessage::ModelFailed { recipe, reason }));
    session.update(digits_loaded());
    assert_eq!(session.phase(), Phase::Untrained);
    assert!(
        session
            .notice()
            .is_some_and(|notice| notice.text.contains("404"))
    );
}

#[test]
fn a_setting_out_of_range_is_refused_and_the_old_one_stays() {
    let mut session = loaded();
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::LearningRate(
        -1.0,
    ))));
    assert!((session.training().learning_rate - 0.01).abs() < 1e-12);
    assert!(session.notice().is_some());
}

#[test]
fn a_pause_while_preparing_does_not_start_training_later() {
    let mut session = loaded();
    session.update(Message::Training(TrainingMessage::Train));
    session.update(Message::Training(TrainingMessage::Pause));
    session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    let effects = session.update(prepared(&session, EngineKind::Cpu, 0.2));
    assert!(!told_trainer(&effects, &TrainCommand::Go));
    assert!(told_trainer(
        &session.update(Message::Training(TrainingMessage::Train)),
        &TrainCommand::Go
    ));
}

#[test]
fn a_stroke_on_a_turned_drawing_lands_under_the_pointer() {
    let mut session = loaded();
    session.update(Message::Bench(Change::Clear));
    session.update(Message::Bench(Change::Stroke {
        from: (0.5, 0.5),
        to: (0.5, 0.5),
        brush: Brush::Ink,
        is_first: true,
    }));
    session.update(Message::Bench(Change::Rotate(90.0)));
    session.update(Message::Bench(Change::Stroke {
        from: (0.8, 0.3),
        to: (0.8, 0.3),
        brush: Brush::Ink,
        is_first: true,
    }));
    let turned = drawn(&session).turned();
    let side = turned.width() as f32;
    assert!(turned.get((0.8 * side) as usize, (0.3 * side) as usize) > 0.9);
}
