//! How far the result can be believed: against no network at all, and against what the threshold promises.

use bottleneck::anomaly::{Calibration, DEFAULT_ALPHA, mean_item};
use serde_json::json;

use crate::run::Run;
use crate::{Line, Outcome};

/// The network beside the mean item, and the rate of false alarms beside the promised one.
pub fn report(run: &Run) -> Outcome<Vec<Line>> {
    let width = run.recipe.architecture.input_size();
    let mean_item = mean_item(&run.inputs(&run.split.train), width);
    let held_out = !run.split.test.is_empty();
    let (items, kind) = if held_out {
        (&run.split.test, "held-out")
    } else {
        (&run.split.train, "trained")
    };
    let rows = run.inputs(items);
    let to_mean = rows
        .chunks_exact(width)
        .map(|row| run.recipe.measure.of(row, &mean_item));
    let network = mean(items.iter().map(|&item| run.errors[item]));
    let baseline = mean(to_mean);
    let mut lines = vec![Line::new(
        "mean_error",
        json!({ "network": network, "mean_item": baseline, "on": kind, "n_items": items.len() }),
        format!(
            "\nmean error of {} {kind} items: {network:.4}; of the mean item instead: {baseline:.4}",
            items.len()
        ),
    )];
    if held_out {
        lines.push(false_alarms(run)?);
    }
    Ok(lines)
}

fn false_alarms(run: &Run) -> Outcome<Line> {
    let errors =
        |items: &[usize]| -> Vec<f32> { items.iter().map(|&item| run.errors[item]).collect() };
    let calibration = Calibration::new(errors(&run.split.calibration));
    let threshold = calibration.conformal_threshold(DEFAULT_ALPHA)?;
    let rate = Calibration::new(errors(&run.split.test)).false_alarm_rate(threshold);
    let text = format!(
        "conformal threshold for {:.0} % false alarms: {threshold:.6}; it flags {:.1} % of the test items",
        100.0 * DEFAULT_ALPHA,
        100.0 * rate
    );
    let figure = json!({ "alpha": DEFAULT_ALPHA, "threshold": threshold, "measured": rate });
    Ok(Line::new("conformal", figure, text))
}

fn mean(errors: impl Iterator<Item = f32> + Clone) -> f64 {
    let n_items = errors.clone().count().max(1) as f64;
    errors.map(f64::from).sum::<f64>() / n_items
}
