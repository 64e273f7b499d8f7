//! Evaluations: asked for, stopped, broken off, and what becomes of the report when the network learns on.

use super::*;
use crate::data::Parts;
use crate::evaluation::{
    AnomalyKind, AnomalyReport, Corruption, Curve, DetectorFigures, DetectorKind, Estimate, Rate,
    Report, ReportCounts,
};
use crate::protocol::LongWork;
use crate::session::view::CurveKind;

const KINDS: [Corruption; 2] = [Corruption::QuarterTurn, Corruption::HalfTurn];

fn counts() -> ReportCounts {
    ReportCounts {
        n_training: 60,
        n_reference: 60,
        n_calibration: 20,
        n_test: 4,
        n_test_available: 20,
        n_components: 8,
        n_neighbours: 5,
    }
}

/// Four normal test items with errors of 0.1 to 0.4; the anomalies have 0.3 to 0.6.
fn report() -> Report {
    let finding = |detector| {
        let value = if detector == DetectorKind::MeanItem {
            0.4
        } else {
            0.875
        };
        DetectorFigures {
            detector,
            auroc: Some(Estimate {
                value,
                low: value - 0.1,
                high: value + 0.1,
            }),
            average_precision: None,
            precision_at_n: None,
            detection_at_1: None,
            detection_at_5: Some(Rate {
                n_hits: 2,
                n_items: 4,
            }),
            roc: Curve {
                xs: vec![0.0, 0.5, 1.0],
                ys: vec![0.0, 1.0, 1.0],
            },
            precision_recall: Curve {
                xs: vec![0.0, 1.0],
                ys: vec![1.0, 0.5],
            },
        }
    };
    let anomaly = |corruption| AnomalyReport {
        kind: AnomalyKind::Corrupted(corruption),
        errors: vec![0.3, 0.4, 0.5, 0.6],
        findings: DetectorKind::ALL.map(finding).to_vec(),
        classes: Vec::new(),
    };
    Report {
        recipe: "The same network, trained well (article 1)".to_owned(),
        seed: 1,
        evaluation_seed: 1,
        counts: counts(),
        false_alarms: Vec::new(),
        anomalies: KINDS.map(anomaly).to_vec(),
        normal_errors: vec![0.1, 0.2, 0.3, 0.4],
        normal_labels: vec![3, 3, 7, 7],
    }
}

fn tell(session: &mut Session, event: ExamineEvent) -> Vec<Effect> {
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        event,
    ))))
}

fn evaluated(session: &Session) -> ExamineEvent {
    ExamineEvent::Evaluated {
        request: session
            .examiner
            .work
            .evaluating
            .number()
            .unwrap_or_default(),
        of: session.studies.front.moment(),
        outcome: Ok(Box::new(report())),
    }
}

fn with_report() -> Session {
    let mut session = loaded();
    session.update(Message::Evaluate);
    let event = evaluated(&session);
    tell(&mut session, event);
    session
}

fn sentence(session: &Session) -> String {
    session.evaluation_standing().sentence
}

#[test]
fn an_evaluation_runs_and_leaves_its_report() {
    let mut session = loaded();
    assert!(session.evaluation_standing().can_evaluate);
    assert_eq!(
        session.update(Message::Evaluate),
        [Effect::ToExaminer(ExamineCommand::Evaluate {
            request: 2 + 1,
            recipe: RecipeName::WELL_TRAINED.title().to_owned(),
            seed: session.recipe().training.seed,
        })]
    );
    assert_eq!(session.update(Message::Evaluate), [], "one at a time");
    let request = session.examiner.work.evaluating.number();
    let request = request.expect("it is under way");
    let progress = 0.4;
    tell(&mut session, ExamineEvent::Evaluating { request, progress });
    assert_eq!(session.evaluation_standing().underway, Some(0.4));
    let event = evaluated(&session);
    tell(&mut session, event);
    let standing = session.evaluation_standing();
    assert_eq!(standing.underway, None);
    assert_eq!(
        standing.sentence,
        "The same network, trained well (article 1), seed 1: measured on 4 test digits."
    );
    assert!(session.evaluation_view().is_some() && !session.is_evaluation_old());
}

#[test]
fn two_runs_that_were_evaluated_stand_side_by_side_kind_by_kind() {
    let areas = |session: &Session| {
        let rows = session.comparison(10).expect("a run is kept").rows;
        let rows = rows.into_iter();
        let areas = rows.filter(|row| row.title.starts_with("area under the curve"));
        areas.map(|row| (row.title, row.sides)).collect::<Vec<_>>()
    };
    let mut session = loaded();
    session.update(Message::Compare(CompareMessage::Keep));
    assert_eq!(areas(&session), [], "nothing was evaluated yet");
    session.update(Message::Evaluate);
    let event = evaluated(&session);
    tell(&mut session, event);
    let titles = ["mean", "turned by 90°", "turned by 180°"];
    let expected = titles.map(|title| {
        let sides = ["0.875".to_owned(), "0.875".to_owned()];
        (format!("area under the curve, {title}"), sides)
    });
    assert_eq!(areas(&session), expected);
}

#[test]
fn a_stopped_evaluation_leaves_the_report_of_before() {
    let mut session = with_report();
    session.update(Message::Evaluate);
    let late_report = evaluated(&session);
    let request = session.examiner.work.evaluating.number();
    let late_news = ExamineEvent::Evaluating {
        request: request.expect("it is under way"),
        progress: 0.9,
    };
    let effects = session.update(Message::Stop(LongWork::Evaluating));
    let stop = ExamineCommand::Stop(LongWork::Evaluating);
    assert_eq!(effects, [Effect::ToExaminer(stop)]);
    assert_eq!(session.evaluation_standing().underway, None);
    let known = session.evaluation_view();
    tell(&mut session, late_news);
    tell(&mut session, late_report);
    assert_eq!(session.evaluation_standing().underway, None);
    assert_eq!(
        session.evaluation_view(),
        known,
        "a late report is not wanted"
    );
}

#[test]
fn a_late_report_is_not_taken_for_that_of_the_next_evaluation() {
    let mut session = loaded();
    session.update(Message::Evaluate);
    let late = evaluated(&session);
    session.update(Message::Stop(LongWork::Evaluating));
    session.update(Message::Evaluate);
    tell(&mut session, late);
    assert!(session.evaluation_view().is_none());
    assert_eq!(session.evaluation_standing().underway, Some(0.0));
}

#[test]
fn a_report_grows_old_with_new_weights_and_says_so() {
    let mut session = training(3);
    calibrate(&mut session);
    session.update(Message::Evaluate);
    let event = evaluated(&session);
    tell(&mut session, event);
    assert!(!session.is_evaluation_old());
    let before = session.evaluation_threshold();
    session.update(progress(&session, 4, 0.6));
    assert!(session.is_evaluation_old());
    assert!(sentence(&session).contains("by earlier weights. Evaluate again"));
    assert_eq!(session.evaluation_threshold(), before, "the line of then");
    assert!(session.evaluation_view().is_some());
}

#[test]
fn a_report_of_another_recipe_stays_and_says_so() {
    let mut session = with_report();
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::UCI_DIGITS,
    )));
    assert!(session.evaluation_view().is_some());
    assert!(sentence(&session).contains("of another recipe"));
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::WELL_TRAINED,
    )));
    let measure = crate::anomaly::ErrorMeasure::Maximum;
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::Measure(measure))));
    session.update(Message::Threshold(ThresholdMessage::Set(0.2)));
    assert!(sentence(&session).contains("by another error measure"));
    assert_eq!(session.evaluation_threshold(), None, "0.2 of what?");
}

#[test]
fn an_evaluation_ends_with_the_network_that_it_was_of() {
    let mut session = loaded();
    session.update(Message::Evaluate);
    session.update(Message::Training(TrainingMessage::Reset));
    assert_eq!(session.evaluation_standing().underway, None);
    assert!(sentence(&session).contains("broken off"));
    let mut session = loaded();
    session.update(Message::Evaluate);
    session.update(Message::Examiner(ExaminerMessage::Lost(
        "out of memory".to_owned(),
    )));
    assert_eq!(session.evaluation_standing().underway, None);
    assert!(!session.evaluation_standing().can_evaluate);
}

#[test]
fn where_everything_is_trained_on_nothing_is_left_to_measure_with() {
    let mut session = loaded();
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::Parts(
        Parts::Everything,
    ))));
    calibrate(&mut session);
    let standing = session.evaluation_standing();
    assert!(!standing.can_evaluate);
    assert!(standing.sentence.contains("trains on every digit"));
    assert_eq!(session.update(Message::Evaluate), []);
    let remedy = standing.remedy.expect("there is a way out");
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::Parts(remedy))));
    calibrate(&mut session);
    assert!(session.evaluation_standing().can_evaluate);
}

#[test]
fn what_cannot_be_measured_is_said_until_the_data_change() {
    let mut session = loaded();
    session.update(Message::Evaluate);
    let refused = ExamineEvent::Evaluated {
        request: session
            .examiner
            .work
            .evaluating
            .number()
            .unwrap_or_default(),
        of: session.studies.front.moment(),
        outcome: Err("no item is left to calibrate with".to_owned()),
    };
    tell(&mut session, refused);
    assert_eq!(
        sentence(&session),
        "Nothing could be measured: no item is left to calibrate with."
    );
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::UCI_DIGITS,
    )));
    assert!(!sentence(&session).contains("Nothing could be measured"));
}

#[test]
fn the_table_marks_what_is_best_and_what_is_worse_than_a_guess() {
    let view = with_report().evaluation_view().expect("there is a report");
    let rows = view.heat_rows();
    let titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["Turned by 90°", "Turned by 180°", "Mean of all"]);
    let cells = &rows[0].cells;
    assert_eq!(cells.len(), view.detectors().len());
    assert_eq!(cells[0].figure, "0.875");
    assert!(cells[0].is_best && !cells[0].is_worse_than_chance);
    let mean_item = DetectorKind::ALL
        .iter()
        .position(|&detector| detector == DetectorKind::MeanItem)
        .expect("it takes part");
    assert!(!cells[mean_item].is_best && cells[mean_item].is_worse_than_chance);
    let detectors = view.detector_rows(0);
    assert_eq!(detectors[0].area.interval, "0.775–0.975");
    assert_eq!(detectors[0].average_precision.value, "–");
    assert_eq!(detectors[0].detection_at_5.value, "50 %");
    assert!(view.detector_rows(9).is_empty());
    assert_eq!(view.curves(1, CurveKind::Roc)[0].1[1], (0.5, 1.0));
}

#[test]
fn the_threshold_is_a_point_on_both_curves() {
    let view = with_report().evaluation_view().expect("there is a report");
    let outcomes = view.outcomes(0, 0.3).expect("the first kind");
    assert_eq!((outcomes.n_false_alarms, outcomes.n_detected), (1, 3));
    assert_eq!(outcomes.on_curve(CurveKind::Roc), Some((0.25, 0.75)));
    assert_eq!(
        outcomes.on_curve(CurveKind::PrecisionRecall),
        Some((0.75, 0.75))
    );
    let nothing_flagged = view.outcomes(0, 0.9).expect("the first kind");
    assert_eq!(nothing_flagged.on_curve(CurveKind::PrecisionRecall), None);
    let alarms = view.label_false_alarms(0.3);
    let counts = alarms.iter().map(|it| (it.label, it.n_flagged, it.n_items));
    assert_eq!(counts.collect::<Vec<_>>(), [(3, 0, 2), (7, 1, 2)]);
}

#[test]
fn every_kind_has_a_picture_made_of_the_same_one() {
    let examples = with_report().evaluation_examples().expect("pictures");
    assert_eq!((examples.width, examples.anomalies.len()), (8, KINDS.len()));
    let half_turn: Vec<f32> = examples.normal.iter().rev().copied().collect();
    assert_eq!(examples.anomalies[1], half_turn);
}

#[test]
fn files_of_a_report_are_called_after_recipe_and_seed() {
    let view = with_report().evaluation_view().expect("there is a report");
    assert_eq!(
        view.file_name(),
        "evaluation-the-same-network-trained-well-article-1-seed-1"
    );
}
