//! The rules beside what Python computes, by the fixture of `tests/fixtures/make_rule_fixture.py`.

use serde::Deserialize;

use super::{Calibration, Evidence, LabelledErrors, ThresholdRule};

#[derive(Deserialize)]
struct Fixture {
    percents: Vec<f32>,
    deviations: Vec<f32>,
    ranges: Vec<f32>,
    batch_size: usize,
    calibrations: Vec<CalibrationCase>,
    labelled: Vec<LabelledCase>,
}

#[derive(Deserialize)]
struct CalibrationCase {
    errors: Vec<f32>,
    percentiles: Vec<f64>,
    mean_deviations: Vec<f64>,
    batch_losses: f64,
    median_deviations: Vec<f64>,
    interquartile_ranges: Vec<f64>,
}

#[derive(Deserialize)]
struct LabelledCase {
    normal: Vec<f32>,
    anomalous: Vec<f32>,
    line: f32,
    f1: f64,
    precision: f64,
    recall: f64,
}

fn fixture() -> Fixture {
    let text = include_str!("../../tests/fixtures/sklearn/rules.json");
    let fixture: Fixture = serde_json::from_str(text).expect("the fixture is committed");
    assert!(!fixture.calibrations.is_empty());
    assert!(!fixture.labelled.is_empty());
    fixture
}

fn assert_thresholds(errors: &[f32], rules: impl Iterator<Item = ThresholdRule>, expected: &[f64]) {
    let calibration = Calibration::new(errors.to_vec());
    let rules: Vec<_> = rules.collect();
    assert_eq!(rules.len(), expected.len());
    for (rule, &expected) in rules.into_iter().zip(expected) {
        let threshold = rule.threshold(&Evidence::of(&calibration));
        let threshold = f64::from(threshold.expect("there are errors"));
        let difference = (threshold - expected).abs();
        assert!(
            difference <= 1e-6 * expected,
            "{rule:?} of {}: {threshold}, not {expected}",
            errors.len()
        );
    }
}

#[test]
fn thresholds_are_those_of_numpy_and_scipy() {
    let fixture = fixture();
    for case in &fixture.calibrations {
        let numbers = |numbers: &[f32], rule: fn(f32) -> ThresholdRule| {
            let rules: Vec<_> = numbers.iter().copied().map(rule).collect();
            rules.into_iter()
        };
        let percentiles = numbers(&fixture.percents, |percent| ThresholdRule::Percentile {
            percent,
        });
        assert_thresholds(&case.errors, percentiles, &case.percentiles);
        let deviations = numbers(&fixture.deviations, |k| ThresholdRule::MeanDeviation { k });
        assert_thresholds(&case.errors, deviations, &case.mean_deviations);
        let deviations = numbers(&fixture.deviations, |k| ThresholdRule::MedianDeviation {
            k,
        });
        assert_thresholds(&case.errors, deviations, &case.median_deviations);
        let ranges = numbers(&fixture.ranges, |k| ThresholdRule::InterquartileRange { k });
        assert_thresholds(&case.errors, ranges, &case.interquartile_ranges);
        let batches = ThresholdRule::BatchLosses {
            batch_size: fixture.batch_size,
        };
        assert_thresholds(&case.errors, std::iter::once(batches), &[case.batch_losses]);
    }
}

#[test]
fn the_best_f1_is_scikit_learns() {
    let fixture = fixture();
    for case in &fixture.labelled {
        let labelled = LabelledErrors::new(&case.normal, &case.anomalous).expect("both kinds");
        let best = labelled.best;
        assert_eq!(best.threshold.next_up().to_bits(), case.line.to_bits());
        assert!((best.f1 - case.f1).abs() < 1e-12);
        assert!((best.precision - case.precision).abs() < 1e-12);
        assert!((best.recall - case.recall).abs() < 1e-12);
        // Our comparison flags exactly what scikit-learn's does.
        for error in case.normal.iter().chain(&case.anomalous) {
            assert_eq!(*error > best.threshold, *error >= case.line);
        }
    }
}

#[test]
fn no_other_line_has_a_better_f1() {
    for case in fixture().labelled {
        let n_flagged =
            |errors: &[f32], line: f32| errors.iter().filter(|&&error| error > line).count() as f64;
        let f1 = |line: f32| {
            let n_hits = n_flagged(&case.anomalous, line);
            let n_flagged = n_hits + n_flagged(&case.normal, line);
            2.0 * n_hits / (n_flagged + case.anomalous.len() as f64)
        };
        let labelled = LabelledErrors::new(&case.normal, &case.anomalous).expect("both kinds");
        assert!((f1(labelled.best.threshold) - labelled.best.f1).abs() < 1e-12);
        for &error in case.normal.iter().chain(&case.anomalous) {
            assert!(f1(error) <= labelled.best.f1 + 1e-12);
            assert!(f1(error.next_down()) <= labelled.best.f1 + 1e-12);
        }
    }
}
