//! The report as a table for the terminal.

use std::fmt::Write as _;

use serde_json::Value;

use super::budget::{self, Outcome};
use super::part::{Part, Series};

const NAME_WIDTH: usize = 34;

/// A heading that says on what was measured, then each part.
pub fn of(machine: &Value, parts: &[Part]) -> String {
    let said = |key: &str| machine[key].as_str().unwrap_or_default();
    let mut table = format!(
        "\n{}, {} cores, {}\n",
        said("processor"),
        machine["cores"],
        said("browser")
    );
    for part in parts {
        table += &heading(part);
        for series in &part.series {
            table += &row(part, series);
        }
    }
    table
}

fn heading(part: &Part) -> String {
    let figures = if is_course(part) {
        ["first", "last", "growth"]
    } else {
        ["median", "minimum", "95 %"]
    };
    let mut heading = format!("\n{}, in {}\n{:NAME_WIDTH$}", part.title(), part.unit, "");
    for figure in figures {
        let _ = write!(heading, "{figure:>10}");
    }
    if part.has_peers() {
        let _ = write!(heading, "{:>15}{:>10}", "ours ÷ theirs", "of minima");
    }
    heading + "\n"
}

fn row(part: &Part, series: &Series) -> String {
    let mut row = format!("{:NAME_WIDTH$}", series.name);
    let Some(figures) = figures(part, series) else {
        let reason = series.cannot.as_deref().unwrap_or("was not measured");
        return format!("{row}  cannot: {reason}\n");
    };
    // Writing to a string cannot fail.
    for figure in figures {
        let _ = write!(row, "{:>10}", short(figure));
    }
    if let Some(ratio) = part.ratio(series) {
        let (medians, minima) = (short(ratio.of_medians), short(ratio.of_minima));
        let _ = write!(row, "{medians:>15}{minima:>10}");
    }
    if let Some(Outcome { budget, is_met }) = budget::outcome(part, series) {
        let verdict = if is_met { "met" } else { "not met" };
        let _ = write!(row, "   {budget}: {verdict}");
    }
    row + "\n"
}

fn figures(part: &Part, series: &Series) -> Option<[f64; 3]> {
    let summary = series.summary()?;
    if is_course(part) {
        let (first, last) = (*series.samples.first()?, *series.samples.last()?);
        return Some([first, last, last - first]);
    }
    Some([summary.median(), summary.minimum(), summary.percentile_95()])
}

/// Whether the samples are one after another in a run, and not repetitions of the same.
fn is_course(part: &Part) -> bool {
    part.name == "memory"
}

/// Three digits that count, or all before the point.
fn short(figure: f64) -> String {
    let decimals = match figure.abs() {
        100.0.. => 0,
        10.0..100.0 => 1,
        1.0..10.0 => 2,
        0.0 => 0,
        _ => 4,
    };
    format!("{figure:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_the_digits_that_count() {
        let shown = [1_234.5, 56.78, 5.678, 0.012_34, 0.0, -0.5].map(short);
        assert_eq!(shown, ["1234", "56.8", "5.68", "0.0123", "0", "-0.5000"]);
    }
}
