//! A report to be pasted into a text.

use super::{AnomalyReport, DetectorFigures, FalseAlarms, PromisedRate, Report};
use crate::anomaly::format_with_digits;
use crate::data::with_commas;
use crate::evaluation::{DetectorKind, Estimate, Rate};

impl Report {
    /// Tables of all figures with recipe and seeds, and what follows from a threshold where one is given.
    pub fn to_markdown(&self, threshold: Option<f32>) -> String {
        let mut parts = vec![
            format!("## Evaluation: {}", escaped(&self.recipe)),
            self.circumstances(),
            "### Area under the ROC curve, with 95 % interval".to_owned(),
            self.areas(),
            "### Average precision, with 95 % interval".to_owned(),
            self.findings(|it| estimate(it.average_precision)),
            "### Precision among as many of the highest scores as there are anomalies".to_owned(),
            self.findings(|it| rate(it.precision_at_n)),
            "### Detected at 5 % false alarms, with 95 % interval".to_owned(),
            self.findings(|it| rate(it.detection_at_5)),
            "### Detected at 1 % false alarms, with 95 % interval".to_owned(),
            self.findings(|it| rate(it.detection_at_1)),
            "### False alarms, and how many to expect in 95 of 100 evaluations".to_owned(),
            self.promises(),
        ];
        if let Some(threshold) = threshold {
            let shown = format_with_digits(threshold, 4);
            parts.push(format!("### The autoencoder at the threshold {shown}"));
            parts.push(self.confusion(threshold));
            if !self.normal_labels.is_empty() {
                parts.push("### False alarms by class".to_owned());
                parts.push(self.classes(threshold));
            }
        }
        parts.join("\n\n") + "\n"
    }

    fn circumstances(&self) -> String {
        let counts = &self.counts;
        let n = with_commas;
        format!(
            "Trained with seed {} on {} items, evaluated with seed {}. Thresholds come from {} calibration items, \
             figures from {} of {} normal test items. Mean item, PCA with {} components and {} nearest neighbours \
             learned from {} of the training items.",
            self.seed,
            n(counts.n_training),
            self.evaluation_seed,
            n(counts.n_calibration),
            n(counts.n_test),
            n(counts.n_test_available),
            counts.n_components,
            counts.n_neighbours,
            n(counts.n_reference),
        )
    }

    /// The areas of each kind of anomaly, of its classes where it has several, and their mean.
    fn areas(&self) -> String {
        let mut lines = Vec::new();
        for anomaly in &self.anomalies {
            lines.push(line_of(anomaly, |it| estimate(it.auroc)));
            for class in &anomaly.classes {
                let mut cells = vec![format!("– {}", class.name), with_commas(class.n_items)];
                cells.extend(class.areas.iter().copied().map(estimate));
                lines.push(cells);
            }
        }
        let mean = |&detector| self.mean_auroc(detector).map_or_else(missing, decimals);
        let mut cells = vec!["Mean".to_owned(), String::new()];
        cells.extend(DetectorKind::ALL.iter().map(mean));
        lines.push(cells);
        Self::of_methods(&lines)
    }

    /// A line for each kind of anomaly, a column for each method.
    fn findings(&self, figure: impl Fn(&DetectorFigures) -> String) -> String {
        let lines = self.anomalies.iter();
        let lines: Vec<_> = lines.map(|anomaly| line_of(anomaly, &figure)).collect();
        Self::of_methods(&lines)
    }

    fn of_methods(lines: &[Vec<String>]) -> String {
        let methods = DetectorKind::ALL.map(DetectorKind::title);
        let names: Vec<&str> = ["Anomaly", "Items"].into_iter().chain(methods).collect();
        table(&names, lines)
    }

    fn promises(&self) -> String {
        let promise = |promised: Option<PromisedRate>| {
            promised.map_or_else(missing, |it| {
                let PromisedRate { rate, least, most } = it;
                format!(
                    "{} of {} (expected {least} to {most})",
                    rate.n_hits, rate.n_items
                )
            })
        };
        let line = |it: &FalseAlarms| {
            vec![
                it.detector.title().to_owned(),
                promise(it.at_1),
                promise(it.at_5),
            ]
        };
        let lines: Vec<Vec<String>> = self.false_alarms.iter().map(line).collect();
        table(&["Method", "Promised 1 %", "Promised 5 %"], &lines)
    }

    fn confusion(&self, threshold: f32) -> String {
        let confusion = self.confusion_at(threshold);
        let lines = confusion.iter().map(|it| {
            let counts = [
                it.detected.n_hits,
                it.n_missed(),
                it.false_alarms.n_hits,
                it.n_passed(),
            ];
            let counts = counts.into_iter().map(with_commas);
            std::iter::once(it.kind.title()).chain(counts).collect()
        });
        let names = ["Anomaly", "Detected", "Missed", "False alarms", "Passed"];
        table(&names, &lines.collect::<Vec<_>>())
    }

    fn classes(&self, threshold: f32) -> String {
        let classes = self.false_alarms_by_class(threshold);
        let lines = classes.iter().map(|it| {
            let items = with_commas(it.rate.n_items);
            vec![it.class.to_string(), items, rate(Some(it.rate))]
        });
        table(
            &["Class", "Items", "False alarms"],
            &lines.collect::<Vec<_>>(),
        )
    }
}

fn line_of(anomaly: &AnomalyReport, figure: impl Fn(&DetectorFigures) -> String) -> Vec<String> {
    let kind = [anomaly.kind.title(), with_commas(anomaly.n_items())];
    let figures = anomaly.findings.iter().map(figure);
    kind.into_iter().chain(figures).collect()
}

fn table(names: &[&str], lines: &[Vec<String>]) -> String {
    let row = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut rows = vec![
        row(&mut names.iter().map(|name| escaped(name))),
        row(&mut names.iter().map(|_| "---".to_owned())),
    ];
    rows.extend(
        lines
            .iter()
            .map(|cells| row(&mut cells.iter().map(|cell| escaped(cell)))),
    );
    rows.join("\n")
}

/// Text that neither ends a cell nor a line, and starts no markup.
fn escaped(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        if matches!(character, '\\' | '|' | '*' | '_' | '`' | '<' | '[' | ']') {
            shown.push('\\');
        }
        shown.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
    shown
}

fn missing() -> String {
    "–".to_owned()
}

fn decimals(value: f64) -> String {
    format!("{value:.3}")
}

fn estimate(estimate: Option<Estimate>) -> String {
    estimate.map_or_else(missing, |it| {
        let [value, low, high] = [it.value, it.low, it.high].map(decimals);
        format!("{value} ({low}–{high})")
    })
}

fn rate(rate: Option<Rate>) -> String {
    let percent = |part: f64| format!("{:.1}", 100.0 * part);
    let with_interval = |rate: Rate| {
        let (low, high) = rate.interval()?;
        let [value, low, high] = [rate.value(), low, high].map(percent);
        Some(format!("{value} % ({low}–{high})"))
    };
    rate.and_then(with_interval).unwrap_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::super::samples::report;
    use super::*;

    /// The cells of all table rows; a bar after a backslash is text.
    fn rows(markdown: &str) -> Vec<Vec<String>> {
        let lines = markdown.lines().filter(|line| line.starts_with('|'));
        let cells = |line: &str| {
            let line = line.replace("\\|", "\u{0}");
            let inner = line.trim_matches('|');
            inner
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect()
        };
        lines.map(cells).collect()
    }

    #[test]
    fn every_method_has_a_column_and_every_anomaly_a_line() {
        let report = report();
        let text = report.to_markdown(None);
        let rows = rows(&text);
        assert_eq!(rows[0].len(), 2 + DetectorKind::ALL.len());
        assert_eq!(rows[0][2], "Autoencoder");
        assert_eq!(
            (rows[2][0].as_str(), rows[2][1].as_str()),
            ("Mirrored", "3")
        );
        let area = report.anomalies[0].findings[0]
            .auroc
            .expect("measured")
            .value;
        assert!(
            rows[2][2].starts_with(&format!("{area:.3} (")),
            "{}",
            rows[2][2]
        );
        let classes = [&rows[4], &rows[5]].map(|row| (row[0].as_str(), row[1].as_str()));
        assert_eq!(classes, [("– late, or \"lost\"", "1"), ("– early", "2")]);
        assert_eq!(rows[6][0], "Mean");
        assert!(text.contains("seed 42") && text.contains("1,078 items"));
        assert!(text.contains("1 of 4 (expected 0 to 2)"));
        assert!(!text.contains("threshold 0"));
    }

    #[test]
    fn every_row_of_a_table_has_as_many_cells_as_its_head() {
        let text = report().to_markdown(Some(0.25));
        for table in text.split("\n\n").filter(|part| part.starts_with('|')) {
            let rows = rows(table);
            assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{table}");
        }
        assert!(text.contains("| Mirrored | 3 | 0 | 2 | 2 |"), "{text}");
        assert!(text.contains("| 3 | 2 | 50.0 % ("), "{text}");
    }

    #[test]
    fn names_cannot_break_a_table() {
        assert_eq!(escaped("a|b\nc\\<d"), "a\\|b c\\\\\\<d");
        let text = report().to_markdown(None);
        assert!(text.starts_with("## Evaluation: Digits, \"well\" \\| trained\n"));
    }
}
