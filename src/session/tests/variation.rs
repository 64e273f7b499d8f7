//! One setting over a list, with runners that the tests play.

use super::*;
use crate::evaluation::{AnomalyKind, Corruption};
use crate::protocol::{RunCommand, RunEvent};
use crate::recipe::Recipe;
use crate::trial::{TrialEpoch, TrialOutcome};

const TURNED: AnomalyKind = AnomalyKind::Corrupted(Corruption::QuarterTurn);

fn start(session: &mut Session, values: &str, n_seeds: usize, n_runners: usize) -> Vec<Effect> {
    let order = VariationOrder {
        setting: VariedSetting::CodeSize,
        values: values.to_owned(),
        n_seeds,
        anomaly: TURNED,
        n_runners,
    };
    session.update(Message::Variation(VariationMessage::Start(order)))
}

fn said(session: &mut Session, number: u32, event: Event) -> Vec<Effect> {
    session.update(Message::Variation(VariationMessage::RunnerSaid(
        number, event,
    )))
}

/// What a runner was asked to train.
fn begun(effects: &[Effect]) -> Option<(u32, u32, Recipe)> {
    effects.iter().find_map(|effect| match effect {
        Effect::ToRunner(number, RunCommand::Begin { request, recipe }) => {
            Some((*number, *request, Recipe::clone(recipe)))
        }
        _ => None,
    })
}

fn outcome(recipe: &Recipe, error: f64, area: f64) -> Box<TrialOutcome> {
    let values = vec![0.5; recipe.architecture.n_parameters()];
    let weights = Weights::from_values(&recipe.architecture, values).expect("fits");
    let epoch = recipe.training.epochs;
    Box::new(TrialOutcome {
        checkpoint: Checkpoint::of_weights(Position { epoch, batch: 0 }, weights),
        epochs: vec![TrialEpoch {
            n_batches: 3,
            training: 2.0 * error,
            calibration: error,
            divergence: None,
        }],
        calibration_error: error,
        detection: Some(area),
    })
}

/// A runner ends what it was asked for; what it is asked for next.
fn end(session: &mut Session, effects: &[Effect], error: f64, area: f64) -> Vec<Effect> {
    let (number, request, recipe) = begun(effects).expect("it was asked for a run");
    let outcome = Ok(outcome(&recipe, error, area));
    said(
        session,
        number,
        Event::Run(RunEvent::Ended { request, outcome }),
    )
}

/// A list of three code sizes on one runner, which has said hello.
fn under_way(session: &mut Session) -> Vec<Effect> {
    let effects = start(session, "2, 4, 8", 1, 1);
    assert_eq!(effects, [Effect::StartRunner(1)]);
    said(session, 1, hello())
}

#[test]
fn a_list_is_trained_run_by_run_and_says_what_came_of_it() {
    let mut session = loaded();
    let mut effects = under_way(&mut session);
    assert!(matches!(
        effects[0],
        Effect::ToRunner(
            1,
            RunCommand::Prepare {
                anomaly: TURNED,
                ..
            }
        )
    ));
    for (size, error, area) in [(2, 0.04, 0.8), (4, 0.03, 0.9), (8, 0.02, 0.85)] {
        let (_, request, recipe) = begun(&effects).expect("the next run");
        assert_eq!(recipe.architecture.code_size(), size);
        let progress = 0.5;
        said(
            &mut session,
            1,
            Event::Run(RunEvent::Underway { request, progress }),
        );
        let view = session.variation_view().expect("a list");
        assert!(view.progress.is_some_and(|part| part > 0.0 && part < 1.0));
        effects = end(&mut session, &effects, error, area);
    }
    assert_eq!(effects, [Effect::EndRunner(1)]);
    let view = session.variation_view().expect("a list");
    assert_eq!(view.progress, None);
    assert_eq!(view.standing, "3 of 3 runs are done.");
    assert_eq!(
        view.finding,
        "The error is smallest at 8 (0.020), detection best at 4 (0.900)."
    );
    let means: Vec<_> = view
        .groups
        .iter()
        .filter_map(|group| Some(group.error?.mean))
        .collect();
    assert_eq!(means, [0.04, 0.03, 0.02]);
}

#[test]
fn seeds_of_a_value_are_summed_up_and_runs_go_to_whoever_is_free() {
    let mut session = loaded();
    let effects = start(&mut session, "2, 4", 2, 8);
    let runners: Vec<_> = (1..=4).map(Effect::StartRunner).collect();
    assert_eq!(effects, runners, "no more than there are runs");
    let begun: Vec<_> = (1..=4)
        .map(|number| said(&mut session, number, hello()))
        .collect();
    for (effects, error) in begun.iter().zip([0.1, 0.3, 0.05, 0.07]) {
        let ended = end(&mut session, effects, error, 1.0 - error);
        assert_eq!(ended.len(), 1, "nothing else waits");
    }
    let view = session.variation_view().expect("a list");
    let [two, four] = &view.groups[..] else {
        panic!("two values");
    };
    let span = two.error.expect("it is done");
    assert!((span.mean - 0.2).abs() < 1e-12);
    assert_eq!((span.low, span.high), (0.1, 0.3));
    assert_eq!(four.runs[1].name, "Code size 4, seed 2");
}

#[test]
fn what_is_done_stays_when_the_rest_is_given_up() {
    let mut session = loaded();
    let effects = under_way(&mut session);
    let effects = end(&mut session, &effects, 0.04, 0.8);
    let (_, late, recipe) = begun(&effects).expect("the next run");
    let ended = session.update(Message::Variation(VariationMessage::Stop));
    assert_eq!(ended, [Effect::EndRunner(1)]);
    let outcome = Ok(outcome(&recipe, 0.03, 0.9));
    let request = late;
    said(
        &mut session,
        1,
        Event::Run(RunEvent::Ended { request, outcome }),
    );
    let view = session.variation_view().expect("a list");
    assert_eq!((view.groups.len(), view.groups[0].runs.len()), (1, 1));
    assert_eq!(view.progress, None);
    let again = start(&mut session, "16", 1, 1);
    assert_eq!(again, [Effect::StartRunner(2)], "another list may follow");
}

#[test]
fn a_run_of_the_list_takes_the_place_in_front_and_what_was_there_comes_back() {
    let mut session = loaded();
    session.update(Message::Training(TrainingMessage::Train));
    session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    session.update(prepared(&session, EngineKind::Cpu, 0.2));
    session.update(progress(&session, 2, 0.3));
    let before = session.studies.front.run.resume.clone();
    let effects = under_way(&mut session);
    let effects = end(&mut session, &effects, 0.04, 0.8);
    end(&mut session, &effects, 0.03, 0.9);
    let bring = |run_idx| Message::Variation(VariationMessage::BringToFront { run_idx });
    assert_eq!(session.update(bring(2)), [], "that one is not done");
    session.update(bring(1));
    assert_eq!(session.phase(), Phase::Finished);
    assert_eq!(session.architecture().code_size(), 4);
    assert!(session.link_fragment().contains("code=4"));
    assert_eq!(session.losses().len(), 1);
    let view = session.variation_view().expect("a list");
    assert!(view.groups[1].runs[0].is_in_front && !view.groups[0].runs[0].is_in_front);
    let offer = session.notice().and_then(|notice| notice.offer.clone());
    for message in offer.expect("a way back").messages {
        session.update(message);
    }
    assert_eq!(session.studies.front.run.resume, before);
    assert_eq!(session.architecture().code_size(), 8);
}

#[test]
fn a_list_of_another_recipe_waits_until_that_is_in_front_again() {
    let mut session = loaded();
    let effects = under_way(&mut session);
    end(&mut session, &effects, 0.04, 0.8);
    session.update(Message::Recipe(RecipeMessage::Choose(RecipeName::VAE)));
    let view = session.variation_view().expect("it stays");
    assert!(!view.can_bring_to_front);
    let bring = VariationMessage::BringToFront { run_idx: 0 };
    session.update(Message::Variation(bring.clone()));
    assert_eq!(session.recipe_name(), RecipeName::VAE);
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::WELL_TRAINED,
    )));
    session.update(Message::Variation(bring));
    assert_eq!(session.architecture().code_size(), 2);
}

#[test]
fn another_runner_takes_up_what_one_that_died_was_doing() {
    let mut session = loaded();
    under_way(&mut session);
    for number in 1..=3 {
        let message = "out of memory".to_owned();
        let effects = said(&mut session, number, Event::Panicked { message });
        if number == 3 {
            assert_eq!(effects, [Effect::EndRunner(3)], "no more of that");
            break;
        }
        let expected = [Effect::EndRunner(number), Effect::StartRunner(number + 1)];
        assert_eq!(effects, expected);
        let effects = said(&mut session, number + 1, hello());
        let (_, _, recipe) = begun(&effects).expect("the same run once more");
        assert_eq!(recipe.architecture.code_size(), 2);
    }
    let view = session.variation_view().expect("a list");
    assert_eq!(
        view.failures,
        ["Code size 2, seed 1: The worker stopped: out of memory."]
    );
    assert_eq!(view.progress, None);
}

#[test]
fn what_is_no_list_is_refused_and_starts_nothing() {
    let mut session = loaded();
    assert_eq!(start(&mut session, "2, x", 1, 1), []);
    let refusal = session.variation_refusal().expect("a sentence");
    assert!(refusal.contains("“x” is no value"), "{refusal}");
    assert_eq!(session.variation_view(), None);
    under_way(&mut session);
    assert_eq!(session.variation_refusal(), None);
    assert_eq!(start(&mut session, "2", 1, 1), [], "one list at a time");
}

#[test]
fn a_run_that_came_to_nothing_says_why() {
    let mut session = loaded();
    let effects = under_way(&mut session);
    let (number, request, _) = begun(&effects).expect("the first run");
    let outcome = Err("In epoch 2 the loss was no longer a number.".to_owned());
    let effects = said(
        &mut session,
        number,
        Event::Run(RunEvent::Ended { request, outcome }),
    );
    let (_, _, recipe) = begun(&effects).expect("the next run");
    assert_eq!(recipe.architecture.code_size(), 4);
    let view = session.variation_view().expect("a list");
    assert!(
        view.failures[0].starts_with("Code size 2, seed 1: In epoch 2"),
        "{:?}",
        view.failures
    );
}
