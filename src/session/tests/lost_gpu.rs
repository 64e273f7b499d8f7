//! A GPU that is lost while it trains.

use super::*;

fn training_on_the_gpu(epoch: usize) -> Session {
    let mut session = loaded();
    session.update(Message::Engine(EngineMessage::AdapterProbed(
        AdapterProbe::Present { is_software: false },
    )));
    session.update(Message::Engine(EngineMessage::Choose(EngineChoice::WebGpu)));
    session.update(Message::Training(TrainingMessage::Train));
    session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::WebGpu,
        hello(),
    )));
    session.update(prepared(&session, EngineKind::WebGpu, 0.1));
    session.update(progress(&session, epoch, 0.5));
    session
}

fn lose_the_gpu(session: &mut Session) -> Vec<Effect> {
    let (run, reason) = (
        session.studies.front.run.id,
        "the GPU no longer answers".to_owned(),
    );
    session.update(from_active(
        session,
        TrainEvent::Unavailable { run, reason },
    ))
}

#[test]
fn the_cpu_goes_on_from_the_weights_that_the_gpu_had() {
    let mut session = training_on_the_gpu(4);
    let effects = lose_the_gpu(&mut session);
    assert!(effects.contains(&Effect::EndTrainer(EngineKind::WebGpu)));
    assert!(effects.contains(&Effect::StartTrainer(EngineKind::Cpu)));
    let effects = session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    let resumed = effects.into_iter().find_map(|effect| match effect {
        Effect::ToTrainer(EngineKind::Cpu, TrainCommand::Prepare { resume, .. }) => resume,
        _ => None,
    });
    let resumed = resumed.expect("the run goes on in the middle");
    assert_eq!(resumed.position.epoch, 4);
    assert!(
        resumed
            .weights
            .values()
            .iter()
            .all(|value| (value - 0.5).abs() < 1e-6)
    );
}

#[test]
fn a_sentence_says_what_happened_and_offers_the_gpu_again() {
    let mut session = training_on_the_gpu(4);
    lose_the_gpu(&mut session);
    let notice = session.notice().expect("something happened").clone();
    assert!(
        notice
            .text
            .contains("the GPU no longer answers. The CPU goes on from epoch 4.")
    );
    session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    session.update(prepared(&session, EngineKind::Cpu, 0.2));
    let again = Message::Engine(EngineMessage::Choose(EngineChoice::WebGpu));
    assert!(told_trainer(&session.update(again), &TrainCommand::Pause));
    session.update(progress(&session, 6, 0.4));
    let stopped = TrainEvent::Stopped {
        run: session.studies.front.run.id,
        finished: false,
    };
    let effects = session.update(from_active(&session, stopped));
    assert!(effects.contains(&Effect::StartTrainer(EngineKind::WebGpu)));
}
