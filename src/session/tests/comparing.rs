//! Runs that are kept, and one of them beside the present one.

use super::*;
use crate::protocol::BesideOrder;
use crate::session::view::ComparisonView;

const N_BINS: usize = 20;

fn send(session: &mut Session, message: CompareMessage) -> Vec<Effect> {
    session.update(Message::Compare(message))
}

fn order_of(effects: &[Effect]) -> Option<BesideOrder> {
    effects.iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::JudgeBeside(order)) => Some(order.as_ref().clone()),
        _ => None,
    })
}

/// The examiner judges by the run beside.
fn judge_beside(session: &mut Session, order: &BesideOrder, error: f32) -> Vec<Effect> {
    let kept = session.shelf.beside().expect("one is compared with");
    let of = crate::protocol::Moment {
        run: kept.study.run.id,
        position: kept.study.run.position(),
    };
    let judgement = Judgement {
        request: order.request,
        of,
        reconstruction: vec![0.0; order.values.len()],
        values: order.values.clone(),
        code: Vec::new(),
        error,
        label: None,
    };
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        ExamineEvent::JudgedBeside(judgement),
    ))))
}

fn comparison(session: &Session) -> ComparisonView {
    session.comparison(N_BINS).expect("a run is compared with")
}

/// A run that is trained for three epochs, and kept.
fn with_a_kept_run() -> (Session, BesideOrder) {
    let mut session = training(3);
    while session.examiner.work.adopting.is_in_flight() {
        calibrate(&mut session);
    }
    let effects = send(&mut session, CompareMessage::Keep);
    let order = order_of(&effects).expect("the kept run is to judge too");
    (session, order)
}

#[test]
fn a_kept_run_judges_what_lies_on_the_bench_beside_the_present_one() {
    let (mut session, order) = with_a_kept_run();
    assert!(
        order.network.is_some(),
        "the examiner gets its weights once"
    );
    judge_beside(&mut session, &order, 0.9);
    let [_, kept] = comparison(&session).sides;
    assert_eq!((kept.verdict, kept.is_anomaly), ("Anomaly", Some(true)));
    assert_eq!(kept.bins.iter().sum::<usize>(), 40);
    let effects = session.update(Message::Bench(Change::Rotate(20.0)));
    let order = order_of(&effects).expect("asked anew for another drawing");
    assert_eq!(order.network, None);
    judge_beside(&mut session, &order, 0.01);
    assert_eq!(comparison(&session).sides[1].verdict, "Normal");
}

#[test]
fn what_is_measured_of_a_run_after_it_was_kept_stays_with_it() {
    let mut session = training(3);
    send(&mut session, CompareMessage::Keep);
    assert_eq!(comparison(&session).sides[1].threshold, None);
    while session.examiner.work.adopting.is_in_flight() {
        calibrate(&mut session);
    }
    session.update(Message::Training(TrainingMessage::Reset));
    assert!(comparison(&session).sides[1].threshold.is_some());
}

#[test]
fn what_differs_names_the_run_and_fills_the_table() {
    let (mut session, _) = with_a_kept_run();
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::CodeSize(4))));
    let rows = comparison(&session).rows;
    let code = rows.iter().find(|row| row.title == "code size");
    let code = code.expect("they differ in the code");
    assert_eq!(code.sides, ["4", "8"]);
    session.update(Message::Training(TrainingMessage::Train));
    session.update(prepared(&session, EngineKind::Cpu, 0.2));
    session.update(progress(&session, 2, 0.25));
    send(&mut session, CompareMessage::Keep);
    let names: Vec<String> = session
        .kept_runs()
        .into_iter()
        .map(|kept| kept.name)
        .collect();
    assert!(names[1].starts_with("code size 4"), "{names:?}");
    assert!(names[1].ends_with("2 epochs"), "{names:?}");
}

#[test]
fn a_run_that_was_removed_can_be_put_back() {
    let (mut session, _) = with_a_kept_run();
    send(
        &mut session,
        CompareMessage::Rename {
            number: 1,
            name: "the first".to_owned(),
        },
    );
    send(&mut session, CompareMessage::Remove(1));
    assert!(session.kept_runs().is_empty() && session.comparison(N_BINS).is_none());
    let offer = session.notice().and_then(|notice| notice.offer.clone());
    for message in offer.expect("it can be taken back").messages {
        session.update(message);
    }
    assert_eq!(session.kept_runs()[0].name, "the first");
}

#[test]
fn a_kept_run_comes_back_to_the_front_and_trains_on_exactly() {
    let (mut session, _) = with_a_kept_run();
    let kept = session.studies.front.run.resume.clone();
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::CodeSize(4))));
    send(&mut session, CompareMessage::BringToFront(1));
    assert_eq!(session.architecture().code_size(), 8);
    assert_eq!(session.studies.front.run.resume, kept);
    assert_eq!(session.phase(), Phase::Paused);
    let effects = session.update(Message::Training(TrainingMessage::Train));
    let resume = effects.iter().find_map(|effect| match effect {
        Effect::ToTrainer(_, TrainCommand::Prepare { resume, .. }) => Some(resume.clone()),
        _ => None,
    });
    assert_eq!(resume, Some(kept));
}

#[test]
fn a_run_of_other_data_says_that_it_cannot_judge_here() {
    let (mut session, _) = with_a_kept_run();
    let effects = session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::EMPLOYEES,
    )));
    assert_eq!(order_of(&effects), None);
    let obstacle = comparison(&session).obstacle.expect("other items");
    assert!(obstacle.contains("other data"));
    let effects = send(&mut session, CompareMessage::BringToFront(1));
    assert!(!effects.is_empty());
    assert_eq!(session.recipe_name(), RecipeName::OF_OLD_LINKS);
    assert!(session.drawing().is_some(), "the bench is one for pictures");
    let notice = session.notice().expect("it is said");
    assert_eq!(notice.offer, None, "the way back is the choice of recipes");
    assert_eq!(comparison(&session).obstacle, None);
}

#[test]
fn nothing_that_has_learned_nothing_is_kept() {
    let mut session = loaded();
    session.update(Message::Training(TrainingMessage::Reset));
    send(&mut session, CompareMessage::Keep);
    assert!(session.kept_runs().is_empty());
    assert!(
        session
            .why_not_keep()
            .is_some_and(|why| why.contains("learned nothing"))
    );
}

#[test]
fn the_losses_of_kept_runs_stay_beside_those_of_the_present_one() {
    let (mut session, _) = with_a_kept_run();
    assert!(
        session.loss_curves().kept.is_empty(),
        "it is the present one"
    );
    session.update(Message::Training(TrainingMessage::Reset));
    assert_eq!(session.loss_curves().kept.len(), 1);
}
