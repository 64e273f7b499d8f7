//! What each article prints at its end.

use bottleneck::anomaly::{BatchLosses, Calibration, ErrorMeasure, normalised_error};
use bottleneck::picture::Picture;
use bottleneck::recipe::DataName;
use pollster::block_on;
use serde_json::json;

use crate::run::Run;
use crate::{Line, Outcome};

const N_RANKED: usize = 10;

/// The article's own figures for a finished run.
pub fn report(run: &Run) -> Outcome<Vec<Line>> {
    let mut lines = vec![ranking(run)];
    if let Some(largest) = run.dataset.largest_level() {
        lines.push(in_hexadecimal(run, largest));
    }
    if run.recipe.architecture.is_convolutional() || run.name.data() == DataName::Mnist {
        lines.extend(batch_threshold(run)?);
    }
    if run.recipe.measure == ErrorMeasure::SummedAbsolute {
        lines.extend(normalised(run)?);
    }
    if run.dataset.schema().is_some() {
        lines.push(worst_row(run)?);
        lines.push(most_typical(run));
    }
    Ok(lines)
}

fn ranking(run: &Run) -> Line {
    let ranking = run.ranking();
    let items = ranking.iter().take(N_RANKED);
    let figures: Vec<_> = items
        .clone()
        .map(|&item| json!({ "index": item, "label": run.dataset.label_of(item), "error": run.errors[item] }))
        .collect();
    let text = items.map(|&item| {
        let label = run.dataset.label_of(item);
        let label = label.map_or_else(String::new, |label| format!("   label {label}"));
        format!(" [{item:4}]  {:.4}{label}", run.errors[item])
    });
    let text = text.collect::<Vec<_>>().join("\n");
    Line::new(
        "most_anomalous",
        figures,
        format!("\nLargest errors:\n{text}"),
    )
}

/// The first article's picture of the most anomalous item.
fn in_hexadecimal(run: &Run, largest: u8) -> Line {
    let item = run.ranking()[0];
    let width = run.dataset.picture_size().map_or(1, |(width, _)| width);
    let pixels = run.dataset.item(item).unwrap_or_default();
    let hex = |pixel: &f32| format!("{:02X}", (pixel * f32::from(largest)).round() as u8);
    let rows = pixels
        .chunks(width)
        .map(|row| row.iter().map(hex).collect::<Vec<_>>().join(" "));
    let text = rows.collect::<Vec<_>>().join("\n");
    let figure = text.clone();
    Line::new(
        "pixels",
        figure,
        format!("\nItem {item} in hexadecimal:\n{text}"),
    )
}

/// The second article's threshold, and a digit upright and turned.
fn batch_threshold(run: &Run) -> Outcome<Vec<Line>> {
    let errors: Vec<f32> = run
        .split
        .calibration
        .iter()
        .map(|&item| run.errors[item])
        .collect();
    let batch_size = run.recipe.training.batch_size;
    let losses = BatchLosses::of(&Calibration::new(errors).batch_means(batch_size));
    let losses = losses.ok_or("there are no validation batches")?;
    let threshold = losses.mean + losses.deviation;
    // Where files say what is to validate with, the article has no others.
    let test = match &run.split.test[..] {
        [] => &run.split.calibration[..],
        test => test,
    };
    let share = |errors: &[f32]| {
        errors.iter().filter(|&&error| error > threshold).count() as f32
            / errors.len().max(1) as f32
    };
    let upright: Vec<f32> = test.iter().map(|&item| run.errors[item]).collect();
    let turned_rows: Vec<f32> = test.iter().flat_map(|&item| turned(run, item)).collect();
    let turned = run.errors_of(&turned_rows)?;
    let (n_batches, mean, median) = (losses.n_batches, losses.mean, losses.median);
    let verdict = |error: f32| {
        if error > threshold {
            "anomaly"
        } else {
            "normal"
        }
    };
    let first = test.first().copied().unwrap_or(0);
    Ok(vec![
        Line::new(
            "batch_threshold",
            threshold,
            format!(
                "\n{n_batches} validation batches: mean {mean:.6}, median {median:.6}; \
                 threshold = mean + deviation = {threshold:.6}"
            ),
        ),
        Line::new(
            "flagged",
            json!({ "upright": share(&upright), "turned": share(&turned) }),
            format!(
                "it flags {:.1} % of the {} items that were not trained on, {:.1} % of them turned by 90°",
                100.0 * share(&upright),
                test.len(),
                100.0 * share(&turned)
            ),
        ),
        Line::new(
            "one_digit",
            json!({ "index": first, "upright": upright.first(), "turned": turned.first() }),
            format!(
                "item {first}: upright {:.6} ({}), turned by 90° {:.6} ({})",
                upright[0],
                verdict(upright[0]),
                turned[0],
                verdict(turned[0])
            ),
        ),
    ])
}

/// A picture turned by 90°.
fn turned(run: &Run, item: usize) -> Vec<f32> {
    let pixels = run.dataset.item(item).unwrap_or_default();
    let (width, height) = run.dataset.picture_size().unwrap_or_default();
    let turned = Picture::from_ink(width, height, pixels).map(|picture| picture.rotated(90.0));
    turned.map_or_else(Vec::new, Picture::into_ink)
}

/// The third article's scores.
fn normalised(run: &Run) -> Outcome<Vec<Line>> {
    const THETA: f32 = 0.5;
    let errors = run.split.train.iter().map(|&item| run.errors[item]);
    let (min, max) = errors.fold((f32::INFINITY, 0.0_f32), |(min, max), error| {
        (min.min(error), max.max(error))
    });
    let beta = |error: f32| normalised_error(error, (min, max)).unwrap_or(0.0);
    let width = run.recipe.architecture.input_size();
    let ones = run.errors_of(&vec![1.0; width])?;
    let stripes: Vec<f32> = (0..width).map(|idx| (idx % 2) as f32).collect();
    let stripes = run.errors_of(&stripes)?;
    let test = run.split.test.iter().map(|&item| beta(run.errors[item]));
    let n_flagged = test.clone().filter(|&beta| beta > THETA).count();
    let n_test = run.split.test.len();
    Ok(vec![
        Line::new(
            "training_range",
            json!([min, max]),
            format!("\nfit: training errors (L1) from {min:.4} to {max:.4}"),
        ),
        Line::new(
            "foreign_scores",
            json!({ "ones": beta(ones[0]), "stripes": beta(stripes[0]) }),
            format!(
                "predict: β of a full item {:.2}, of stripes {:.2}",
                beta(ones[0]),
                beta(stripes[0])
            ),
        ),
        Line::new(
            "flagged_by_theta",
            json!({ "theta": THETA, "n_flagged": n_flagged, "n_test": n_test }),
            format!("β > {THETA} flags {n_flagged} of {n_test} test items"),
        ),
    ])
}

/// The fourth article's worst row, actual beside computed.
fn worst_row(run: &Run) -> Outcome<Line> {
    let item = run.ranking()[0];
    let row = run.inputs(&[item]);
    let reconstructed = block_on(run.network.reconstruct(&row))?.reconstructions;
    let (actual, computed) = match run.dataset.schema() {
        Some(schema) => (schema.decode_row(&row), schema.decode_row(&reconstructed)),
        None => (Vec::new(), Vec::new()),
    };
    let list = |values: &[f32]| {
        let values = values.iter().map(|value| format!("{value:.4}"));
        values.collect::<Vec<_>>().join(", ")
    };
    let text = format!(
        "\nLargest error found: {:.4}, row {item}\nWorst actual X   = [{}]   {}\nWorst computed Y = [{}]   {}",
        run.errors[item],
        list(&row),
        actual.join(", "),
        list(&reconstructed),
        computed.join(", ")
    );
    let figure = json!({ "index": item, "error": run.errors[item], "actual": row, "computed": reconstructed });
    Ok(Line::new("worst_row", figure, text))
}

fn most_typical(run: &Run) -> Line {
    let mut ranking = run.ranking();
    ranking.reverse();
    let items: Vec<usize> = ranking.into_iter().take(3).collect();
    let text = items.iter().map(|&item| {
        let values = run.dataset.item(item).unwrap_or_default();
        let words = run
            .dataset
            .schema()
            .map(|schema| schema.decode_row(&values));
        format!(
            " [{item:4}]  {:.6}   {}",
            run.errors[item],
            words.unwrap_or_default().join(", ")
        )
    });
    let text = text.collect::<Vec<_>>().join("\n");
    Line::new(
        "most_typical",
        items.clone(),
        format!("\nMost typical rows:\n{text}"),
    )
}
