//! Who helps the trainer, and when.

use super::*;

fn said(number: u32, event: Event) -> Message {
    Message::Engine(EngineMessage::AssistantSaid(number, event))
}

/// The trainer is ready for a run whose steps can be shared, on a machine with so many other cores.
fn prepared_to_share(session: &Session, spare_cores: u32) -> Message {
    let engine = EngineReport {
        kind: EngineKind::Cpu,
        adapter: None,
        step_ms: 20.0,
        self_test_difference: None,
        spare_cores: Some(spare_cores),
    };
    let run = session.studies.front.run.id;
    let event = Event::Train(TrainEvent::Prepared { run, engine });
    Message::Engine(EngineMessage::TrainerSaid(EngineKind::Cpu, event))
}

/// A page that trains, and what it asked for when that began.
fn sharing(spare_cores: u32) -> (Session, Vec<Effect>) {
    let mut session = loaded();
    session.update(Message::Training(TrainingMessage::Train));
    session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    let effects = session.update(prepared_to_share(&session, spare_cores));
    (session, effects)
}

/// The numbers of the assistants that are started and ended.
fn started_and_ended(effects: &[Effect]) -> (Vec<u32>, Vec<u32>) {
    let started = effects.iter().filter_map(|effect| match effect {
        Effect::StartAssistant(number) => Some(*number),
        _ => None,
    });
    let ended = effects.iter().filter_map(|effect| match effect {
        Effect::EndAssistant(number) => Some(*number),
        _ => None,
    });
    (started.collect(), ended.collect())
}

fn stopped(session: &Session, finished: bool) -> Message {
    let run = session.studies.front.run.id;
    from_active(session, TrainEvent::Stopped { run, finished })
}

#[test]
fn training_that_can_be_shared_has_an_assistant_for_each_core_to_spare_but_three_at_most() {
    for (spare_cores, expected) in [(0, 0), (1, 1), (3, 3), (15, 3)] {
        let (_, effects) = sharing(spare_cores);
        let (started, ended) = started_and_ended(&effects);
        assert_eq!((started.len(), ended.len()), (expected, 0));
    }
}

#[test]
fn training_that_cannot_be_shared_has_none() {
    let mut session = loaded();
    session.update(Message::Training(TrainingMessage::Train));
    let hello = EngineMessage::TrainerSaid(EngineKind::Cpu, hello());
    session.update(Message::Engine(hello));
    let effects = session.update(prepared(&session, EngineKind::Cpu, 0.2));
    assert_eq!(started_and_ended(&effects).0, [] as [u32; 0]);
}

#[test]
fn an_assistant_of_our_build_is_introduced_to_the_trainer_and_no_other() {
    let (mut session, _) = sharing(2);
    let effects = session.update(said(1, hello()));
    assert_eq!(effects, [Effect::IntroduceAssistant(1)]);
    let build_id = "another".to_owned();
    let effects = session.update(said(2, Event::Hello { build_id }));
    assert_eq!(effects, [Effect::EndAssistant(2)]);
    assert_eq!(session.update(said(7, hello())), [], "nobody knows it");
}

#[test]
fn when_training_stops_no_assistant_is_left() {
    for finished in [false, true] {
        let (mut session, _) = sharing(3);
        let effects = session.update(stopped(&session, finished));
        assert_eq!(started_and_ended(&effects), (vec![], vec![1, 2, 3]));
    }
    let (mut session, _) = sharing(3);
    let effects = session.update(Message::Training(TrainingMessage::Reset));
    assert_eq!(started_and_ended(&effects).1, [1, 2, 3], "Reset");
    let (mut session, _) = sharing(3);
    let lost = EngineMessage::TrainerLost(EngineKind::Cpu, "out of memory".to_owned());
    let effects = session.update(Message::Engine(lost));
    assert_eq!(started_and_ended(&effects).1, [1, 2, 3], "a lost trainer");
}

#[test]
fn training_that_goes_on_has_new_assistants() {
    let (mut session, _) = sharing(1);
    session.update(Message::Training(TrainingMessage::Pause));
    session.update(stopped(&session, false));
    let effects = session.update(Message::Training(TrainingMessage::Train));
    assert_eq!(started_and_ended(&effects), (vec![2], vec![]));
}

#[test]
fn an_assistant_that_dies_is_not_replaced_before_training_begins_again() {
    let (mut session, _) = sharing(2);
    let effects = session.update(Message::Engine(EngineMessage::AssistantLost(1)));
    assert_eq!(effects, [Effect::EndAssistant(1)]);
    assert_eq!(session.phase(), Phase::Training);
    assert_eq!(session.notice, None, "nothing was lost");
    session.update(stopped(&session, false));
    let effects = session.update(Message::Training(TrainingMessage::Train));
    assert_eq!(started_and_ended(&effects).0, [3, 4]);
}

#[test]
fn the_reader_may_ask_for_a_number_of_workers_also_while_training_runs() {
    let (mut session, _) = sharing(1);
    let mut choose = |choice| {
        let effects = session.update(Message::Engine(EngineMessage::ChooseWorkers(choice)));
        let workers = choice.workers();
        assert!(told_trainer(
            &effects,
            &TrainCommand::SetWorkers { workers }
        ));
        started_and_ended(&effects)
    };
    assert_eq!(choose(WorkerChoice::Exactly(4)), (vec![2, 3], vec![]));
    assert_eq!(choose(WorkerChoice::Exactly(2)), (vec![], vec![2, 3]));
    assert_eq!(choose(WorkerChoice::Exactly(1)), (vec![], vec![1]));
    assert_eq!(choose(WorkerChoice::Automatic), (vec![4], vec![]));
}

#[test]
fn a_change_of_the_bench_asks_a_trainer_at_work_for_room() {
    let (mut session, _) = sharing(1);
    let clear = || Message::Bench(Change::Clear);
    let effects = session.update(clear());
    assert!(told_trainer(&effects, &TrainCommand::MakeRoom));
    session.update(stopped(&session, false));
    let effects = session.update(clear());
    assert!(!told_trainer(&effects, &TrainCommand::MakeRoom));
}
