//! The threshold rules as the page shows them.

use super::*;
use crate::anomaly::{Promise, ThresholdRule, wilson_interval};
use crate::protocol::Scores;
use crate::session::Part;
use crate::session::view::RuleView;

/// All items measured: items of anomalous classes badly, the others better the earlier they come.
fn measured(session: &mut Session) {
    let split = session.split().expect("the digits have arrived");
    let error = |idx: usize| {
        (idx as f32 + 1.0)
            / if split.held_out.contains(&idx) {
                10.0
            } else {
                1e3
            }
    };
    let errors: Vec<f32> = (0..N_ITEMS).map(error).collect();
    let of_calibration: Vec<f32> = split.calibration.iter().map(|&idx| errors[idx]).collect();
    calibrate_as(session, of_calibration);
    let scored = ExamineEvent::Scored(Scores {
        of: session.studies.front.moment(),
        codes: vec![0.0; N_ITEMS * session.architecture().code_size()],
        mean_item_errors: errors.clone(),
        errors,
    });
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        scored,
    ))));
}

/// A page on which all items were measured and something lies on the bench.
fn judged() -> Session {
    let mut session = loaded();
    measured(&mut session);
    answer(&mut session, 0.06);
    session
}

/// The same, with the class 3 declared anomalous.
fn judged_without_threes() -> Session {
    let mut session = loaded();
    session
        .studies
        .front
        .recipe
        .normality
        .anomalous_classes
        .insert(3);
    measured(&mut session);
    answer(&mut session, 0.06);
    session
}

fn view_of(session: &Session, rule: ThresholdRule) -> RuleView {
    let rules = session.rules().rules;
    let view = rules.into_iter().find(|view| view.rule.is_kind_of(&rule));
    view.expect("it is one of the family")
}

#[test]
fn line_verdict_list_and_false_alarms_follow_the_rule_together() {
    let mut session = judged_without_threes();
    let family = ThresholdRule::family(session.training().batch_size);
    let mut lines = Vec::new();
    for rule in family {
        if matches!(rule, ThresholdRule::Conformal { .. }) {
            session.update(Message::Threshold(ThresholdMessage::ChooseRule(
                ThresholdRule::Conformal { alpha: 0.1 },
            )));
        } else {
            session.update(Message::Threshold(ThresholdMessage::ChooseRule(rule)));
        }
        let chosen = session.rules().chosen;
        let line = session.threshold().expect("nothing is missing");
        assert_eq!(chosen.threshold, Some(line), "{rule:?}");
        let Finding::Verdict { verdict, .. } = session.finding() else {
            panic!("there is a verdict by {rule:?}");
        };
        assert_eq!(verdict.threshold.to_bits(), line.to_bits());
        let items = session.items(0, N_ITEMS);
        let above = items.rows.iter().filter(|row| row.error > line);
        assert_eq!(session.list_view().n_anomalies, above.clone().count());
        let n_false = above.filter(|row| row.part == Part::Test).count();
        let alarms = chosen.false_alarms.expect("the test items were measured");
        assert_eq!(
            (alarms.n_flagged, alarms.n_items),
            (n_false, 18),
            "{rule:?}"
        );
        let interval = wilson_interval(n_false, 18);
        assert_eq!(interval, Some((alarms.low, alarms.high)));
        lines.push(line);
    }
    lines.sort_by(f32::total_cmp);
    lines.dedup();
    assert_eq!(lines.len(), 9, "no two rules agree on these errors");
}

#[test]
fn the_rule_at_work_has_the_readers_number_and_the_others_their_usual_one() {
    let mut session = judged();
    session.update(Message::Threshold(ThresholdMessage::ChooseRule(
        ThresholdRule::MedianDeviation { k: 2.5 },
    )));
    let view = session.rules();
    let chosen: Vec<_> = view.rules.iter().filter(|rule| rule.is_chosen).collect();
    assert_eq!(chosen, [&view.chosen]);
    assert_eq!(view.chosen.title, "Median + 2.5 MAD");
    session.update(Message::Threshold(ThresholdMessage::Set(0.03)));
    let view = session.rules();
    assert!(!view.rules.iter().any(|rule| rule.is_chosen));
    assert_eq!(view.chosen.threshold, Some(0.03));
    assert!(view.chosen.false_alarms.is_some());
}

#[test]
fn too_few_calibration_items_are_said_with_the_number_that_is_needed() {
    let mut session = judged();
    session.update(Message::Threshold(ThresholdMessage::ChooseRule(
        ThresholdRule::Conformal { alpha: 0.01 },
    )));
    let chosen = session.rules().chosen;
    assert_eq!((chosen.threshold, session.threshold()), (None, None));
    let obstacle = chosen.obstacle.expect("20 items are too few");
    assert!(
        obstacle.starts_with("α = 1 % needs at least 99 calibration digits, and there are 20"),
        "{obstacle}"
    );
    session.update(Message::Threshold(ThresholdMessage::ChooseRule(
        ThresholdRule::Conformal { alpha: 0.05 },
    )));
    assert_eq!(session.rules().chosen.obstacle, None);
}

#[test]
fn the_best_f1_needs_labels_and_never_flags_everything_without() {
    let mut session = judged();
    let view = view_of(&session, ThresholdRule::BestF1);
    assert_eq!((view.threshold, view.can_be_chosen), (None, false));
    assert!(
        view.obstacle
            .expect("it needs labels")
            .starts_with("Best F1 needs digits")
    );
    session.update(Message::OpenLink("rule=best-f1".to_owned()));
    assert_eq!(session.threshold(), None);
    assert!(
        matches!(session.finding(), Finding::None { sentence } if sentence.starts_with("Best F1 needs"))
    );

    let session = judged_without_threes();
    let view = view_of(&session, ThresholdRule::BestF1);
    assert!(view.can_be_chosen && view.threshold.is_some());
    assert!(
        view.outcome(session.nouns())
            .contains("it was tuned on each of them")
    );
}

#[test]
fn where_everything_was_trained_on_nothing_is_promised_or_measured() {
    let mut session = loaded();
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::Parts(
        crate::data::Parts::Everything,
    ))));
    measured(&mut session);
    let view = session.rules();
    let promises: Vec<_> = view.rules.iter().map(|rule| rule.promise).collect();
    assert_eq!(promises, [Promise::Nothing; 9]);
    assert!(view.rules.iter().all(|rule| rule.false_alarms.is_none()));
    let why = view.why_not_measured.expect("there are no test items");
    assert!(why.starts_with("Every digit was trained on"), "{why}");
}

#[test]
fn the_p_value_is_said_with_the_conformal_rule_only() {
    let mut session = judged();
    let sentence = session.rules().p_value.expect("the rule is conformal");
    let n_as_bad = session
        .calibration()
        .expect("measured")
        .count_as_large(0.06);
    let p = (n_as_bad as f32 + 1.0) / 21.0;
    let expected = format!(
        "At the top of the page: p = {}, above α = 5 %",
        crate::anomaly::format_error(p)
    );
    assert!(sentence.starts_with(&expected), "{sentence} for {p}");
    session.update(Message::Threshold(ThresholdMessage::ChooseRule(
        ThresholdRule::TrainingMaximum,
    )));
    assert_eq!(session.rules().p_value, None);
}
