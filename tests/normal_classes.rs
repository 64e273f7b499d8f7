//! A network that never saw a digit finds it odd, and less so once some of it lay among what it learned from.

#[path = "common/trained.rs"]
mod trained;

use bottleneck::anomaly::Calibration;
use bottleneck::data::{Dataset, Normality, inputs_of};
use bottleneck::recipe::RecipeName;
use pollster::block_on;

use trained::trained_on;

const ALPHA: f32 = 0.05;

/// How a trained network judges some items.
#[derive(Clone, Copy, Debug)]
struct Judged {
    mean_error: f32,
    flagged: f32,
}

struct Outcome {
    test: Judged,
    held_out: Judged,
}

fn digits() -> Dataset {
    let packed = std::fs::read("www/data/digits.bin").expect("the packed digits are committed");
    Dataset::decode(&packed).expect("the packed digits are well-formed")
}

/// Trains the page's first recipe where `classes` are not normal, and judges by the conformal threshold.
fn outcome(dataset: &Dataset, classes: &[u8], contamination: f32) -> Outcome {
    let mut recipe = RecipeName::WELL_TRAINED.recipe();
    recipe.normality = Normality {
        anomalous_classes: classes.iter().copied().collect(),
        contamination,
    };
    let split = recipe.split(dataset);
    let network = trained_on(&split.train, dataset, &recipe);
    let errors_of = |items: &[usize]| {
        let inputs = inputs_of(dataset, items, recipe.label_input);
        let width = recipe.architecture.input_size();
        let reconstructed = block_on(network.reconstruct(&inputs)).expect("the items fit");
        let measure = &recipe.measure;
        measure.of_rows(&inputs, &reconstructed.reconstructions, width)
    };
    let calibration = Calibration::new(errors_of(&split.calibration));
    let threshold = calibration.conformal_threshold(ALPHA);
    let threshold = threshold.expect("there are enough items");
    let judged = |items: &[usize]| {
        let errors = errors_of(items);
        let n_flagged = errors.iter().filter(|&&error| error > threshold).count();
        Judged {
            mean_error: errors.iter().sum::<f32>() / errors.len() as f32,
            flagged: n_flagged as f32 / errors.len() as f32,
        }
    };
    let counts = recipe.training_counts(dataset);
    let outcome = Outcome {
        test: judged(&split.test),
        held_out: judged(&split.held_out),
    };
    println!(
        "without {classes:?}, contamination {contamination}: {counts:?}; threshold {threshold:.4}; test {:?}; held out {:?}",
        outcome.test, outcome.held_out
    );
    outcome
}

#[test]
fn a_digit_that_was_left_out_is_found_and_hides_where_it_contaminates() {
    let dataset = digits();
    let clean = outcome(&dataset, &[0], 0.0);
    assert!(clean.test.flagged < 0.1, "{:?}", clean.test);
    assert!(clean.held_out.flagged > 0.5, "{:?}", clean.held_out);
    assert!(clean.held_out.mean_error > 2.0 * clean.test.mean_error);
    let contaminated = outcome(&dataset, &[0], 0.1);
    assert!(contaminated.held_out.mean_error < 0.7 * clean.held_out.mean_error);
    assert!(contaminated.held_out.flagged < 0.5 * clean.held_out.flagged);
}
