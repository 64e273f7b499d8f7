//! The protocol with a stand-in for the network: it reconstructs every item as half of itself, and its code is the first
//! values of the item.

use super::*;
use crate::data::{Dataset, Normality, Parts, Split, employees};
use crate::evaluation::{AnomalyKind, DetectorKind};
use crate::random::Mt19937;
use crate::recipe::{ItemShape, Recipe, RecipeName};

fn digits(n_items: usize) -> Dataset {
    let mut generator = Mt19937::new(9);
    // A bright left half and a dark right one, with some noise.
    let pixel = |idx: usize, generator: &mut Mt19937| {
        let level = if idx % 8 < 4 { 12.0 } else { 1.0 };
        (level + generator.normal()).clamp(0.0, 16.0).round() as u8
    };
    let bytes = (0..n_items * 64).map(|idx| pixel(idx, &mut generator));
    let labels = (0..n_items).map(|idx| (idx % 10) as u8);
    Dataset::pictures(8, 8, 16, bytes.collect(), labels.collect()).expect("pictures")
}

struct Case {
    dataset: Dataset,
    recipe: Recipe,
    split: Split,
    settings: EvaluationSettings,
}

impl Case {
    fn new(name: RecipeName, dataset: Dataset) -> Self {
        let recipe = name.recipe_for(ItemShape::of(&dataset)).expect("it fits");
        let split = Split::of(&dataset, 1, Parts::ThreeOneOne, &Normality::default());
        Self {
            dataset,
            recipe,
            split,
            settings: EvaluationSettings::new("a title".to_owned(), 3),
        }
    }

    fn begin(&self) -> Result<Evaluation, EvaluationError> {
        let subject = EvaluationSubject {
            dataset: &self.dataset,
            recipe: &self.recipe,
            split: &self.split,
        };
        Evaluation::new(&subject, self.settings.clone())
    }

    fn answer(&self, rows: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let architecture = &self.recipe.architecture;
        let reconstructed = rows.iter().map(|value| 0.5 * value).collect();
        let rows = rows.chunks_exact(architecture.input_size());
        let codes = rows.flat_map(|row| row[..architecture.code_size()].to_vec());
        (reconstructed, codes.collect())
    }

    fn run(&self, most_rows: usize) -> Report {
        let mut evaluation = self.begin().expect("there are items");
        let mut progress = 0.0;
        loop {
            match evaluation.advance(most_rows) {
                EvaluationTurn::Reconstruct(rows) => {
                    assert!(rows.len() <= most_rows * self.recipe.architecture.input_size());
                    let (reconstructed, codes) = self.answer(&rows);
                    evaluation.answer(&reconstructed, &codes).expect("it fits");
                }
                EvaluationTurn::Computed => {}
                EvaluationTurn::Finished => break,
            }
            assert!((progress..=1.0).contains(&evaluation.progress()));
            progress = evaluation.progress();
        }
        assert!((evaluation.progress() - 1.0).abs() < 1e-6);
        evaluation.report().expect("it is finished").clone()
    }
}

fn area(report: &Report, kind_idx: usize, detector: DetectorKind) -> f64 {
    let finding = report.anomalies[kind_idx]
        .finding(detector)
        .expect("it is there");
    finding.auroc.expect("it is measured").value
}

#[test]
fn pictures_go_through_all_corruptions_and_methods() {
    let case = Case::new(RecipeName::WELL_TRAINED, digits(120));
    let report = case.run(7);
    assert_eq!(report.anomalies.len(), 10);
    assert_eq!(
        (report.recipe.as_str(), report.evaluation_seed),
        ("a title", 3)
    );
    assert_eq!(report.counts.n_test, 24);
    assert_eq!(
        (report.counts.n_reference, report.counts.n_calibration),
        (72, 24)
    );
    assert_eq!(
        (report.normal_errors.len(), report.normal_labels.len()),
        (24, 24)
    );
    for anomaly in &report.anomalies {
        assert_eq!(anomaly.n_items(), 24);
        let detectors: Vec<DetectorKind> = anomaly.findings.iter().map(|it| it.detector).collect();
        assert_eq!(detectors, DetectorKind::ALL);
        for finding in &anomaly.findings {
            assert!(finding.auroc.is_some() && finding.average_precision.is_some());
            assert!(finding.detection_at_5.is_some(), "24 items calibrate 5 %");
            assert!(finding.detection_at_1.is_none(), "and do not calibrate 1 %");
        }
    }
    // A mirrored picture is bright on the other side: the methods that know the items see it, and the stand-in, whose
    // error is the ink of a picture, does not.
    let mirrored = 2;
    assert_eq!(report.anomalies[mirrored].kind.slug(), "mirrored");
    for detector in [
        DetectorKind::MeanItem,
        DetectorKind::Pca,
        DetectorKind::NearestNeighbours,
    ] {
        assert!(area(&report, mirrored, detector) > 0.999);
    }
    assert!((area(&report, mirrored, DetectorKind::Network) - 0.5).abs() < 1e-9);
    assert!(area(&report, mirrored, DetectorKind::Combined) > 0.9);
}

#[test]
fn rows_of_a_table_and_labels_as_inputs_go_through_too() {
    let report = Case::new(RecipeName::EMPLOYEES, employees(1)).run(1_000);
    assert_eq!(report.anomalies.len(), 5);
    assert!(report.normal_labels.is_empty());
    let report = Case::new(RecipeName::UCI_DIGITS, digits(120)).run(1_000);
    assert_eq!(report.anomalies.len(), 10);
}

#[test]
fn classes_that_were_held_out_are_one_more_kind() {
    let mut case = Case::new(RecipeName::WELL_TRAINED, digits(120));
    case.split.held_out = case.split.test.split_off(14);
    let report = case.run(50);
    let last = report.anomalies.last().expect("there are kinds");
    assert_eq!((last.kind, last.n_items()), (AnomalyKind::HeldOut, 10));
    let of_classes: usize = last.classes.iter().map(|class| class.n_items).sum();
    assert_eq!(of_classes, 10);
    assert!(
        report.anomalies[0].classes.is_empty(),
        "what was made has no classes of its own"
    );
}

#[test]
fn the_size_of_the_passes_changes_nothing_and_the_seed_does() {
    let mut case = Case::new(RecipeName::WELL_TRAINED, digits(100));
    let report = case.run(3);
    assert_eq!(report, case.run(1_000));
    case.settings.seed = 4;
    assert_ne!(report, case.run(1_000));
}

#[test]
fn limits_are_kept_and_told() {
    let mut case = Case::new(RecipeName::WELL_TRAINED, digits(200));
    case.settings.limits.most_reference = 50;
    case.settings.limits.most_calibration = 20;
    case.settings.limits.most_test = 10;
    let counts = case.run(30).counts;
    assert_eq!((counts.n_reference, counts.n_training), (50, 120));
    assert_eq!(counts.n_calibration, 20);
    assert_eq!((counts.n_test, counts.n_test_available), (10, 40));
}

#[test]
fn items_must_be_there() {
    let mut case = Case::new(RecipeName::WELL_TRAINED, digits(50));
    case.split = Split::of(&case.dataset, 1, Parts::Everything, &Normality::default());
    assert_eq!(case.begin().err(), Some(EvaluationError::NoTestItems));
    case.split.test = vec![0];
    case.split.calibration.clear();
    assert_eq!(
        case.begin().err(),
        Some(EvaluationError::NoCalibrationItems)
    );
    case.split.calibration = vec![1];
    case.split.train.clear();
    assert_eq!(case.begin().err(), Some(EvaluationError::NoTrainingItems));
}

#[test]
fn the_same_rows_are_asked_about_until_they_are_answered_rightly() {
    let case = Case::new(RecipeName::WELL_TRAINED, digits(50));
    let mut evaluation = case.begin().expect("there are items");
    assert!(evaluation.answer(&[], &[]).is_err(), "nothing was asked");
    let rows = loop {
        if let EvaluationTurn::Reconstruct(rows) = evaluation.advance(4) {
            break rows;
        }
    };
    assert_eq!(
        evaluation.advance(4),
        EvaluationTurn::Reconstruct(rows.clone())
    );
    let (reconstructed, codes) = case.answer(&rows);
    let wrong = EvaluationError::WrongAnswer {
        n_values: 64,
        n_rows: 4,
    };
    assert_eq!(evaluation.answer(&reconstructed[..64], &codes), Err(wrong));
    assert!(evaluation.answer(&reconstructed, &codes[1..]).is_err());
    assert_eq!(evaluation.answer(&reconstructed, &codes), Ok(()));
    assert!(
        evaluation.answer(&reconstructed, &codes).is_err(),
        "it is answered"
    );
}

#[test]
fn a_network_that_gives_no_numbers_is_reported_without_figures() {
    let case = Case::new(RecipeName::WELL_TRAINED, digits(50));
    let mut evaluation = case.begin().expect("there are items");
    loop {
        match evaluation.advance(100) {
            EvaluationTurn::Reconstruct(rows) => {
                let (reconstructed, codes) = case.answer(&rows);
                let lost = |values: Vec<f32>| vec![f32::NAN; values.len()];
                evaluation
                    .answer(&lost(reconstructed), &lost(codes))
                    .expect("it fits");
            }
            EvaluationTurn::Computed => {}
            EvaluationTurn::Finished => break,
        }
    }
    let report = evaluation.report().expect("it is finished");
    for anomaly in &report.anomalies {
        assert_eq!(anomaly.findings[0].auroc, None);
        assert!(anomaly.findings[3].auroc.is_some(), "PCA needs no network");
    }
    assert!(report.to_markdown(Some(0.1)).contains('–'));
}

#[test]
fn abnormal_heartbeats_come_first_and_kind_by_kind() {
    let mut case = Case::new(RecipeName::HEARTBEATS, crate::data::heartbeats(1));
    let normality = Normality {
        anomalous_classes: case.dataset.usual_anomalies(),
        ..Normality::default()
    };
    case.split = Split::of(&case.dataset, 1, Parts::ThreeOneOne, &normality);
    let report = case.run(1_000);
    let first = &report.anomalies[0];
    assert_eq!(first.kind, AnomalyKind::HeldOut);
    let names: Vec<&str> = first
        .classes
        .iter()
        .map(|class| class.name.as_str())
        .collect();
    let beats = crate::data::heartbeats(1);
    let expected: Vec<&str> = (1..6).filter_map(|label| beats.class_name(label)).collect();
    assert_eq!(names, expected);
    let counts = first.classes.iter().map(|class| class.n_items);
    assert_eq!(counts.sum::<usize>(), first.n_items());
    // The whole is the mean of its classes, weighted by how many each has.
    for (idx, finding) in first.findings.iter().enumerate() {
        let weighted = first.classes.iter().map(|class| {
            let area = class.areas[idx].expect("measured");
            assert!(area.low <= area.value && area.value <= area.high);
            area.value * class.n_items as f64
        });
        let mean = weighted.sum::<f64>() / first.n_items() as f64;
        let whole = finding.auroc.expect("measured").value;
        assert!((mean - whole).abs() < 1e-9, "{mean} and {whole}");
    }
}
