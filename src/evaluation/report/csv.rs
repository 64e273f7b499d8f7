//! A report as a table for a spreadsheet.

use super::{AnomalyReport, ClassAreas, DetectorFigures, FalseAlarms, PromisedRate, Report};
use crate::evaluation::{DetectorKind, Estimate, Rate};

const COLUMNS: [&str; 26] = [
    "recipe",
    "seed",
    "evaluation_seed",
    "anomaly",
    "detector",
    "n_normal",
    "n_anomalous",
    "auroc",
    "auroc_low",
    "auroc_high",
    "average_precision",
    "average_precision_low",
    "average_precision_high",
    "precision_at_n",
    "precision_top_low",
    "precision_top_high",
    "detection_at_1_percent",
    "detection_at_1_percent_low",
    "detection_at_1_percent_high",
    "detection_at_5_percent",
    "detection_at_5_percent_low",
    "detection_at_5_percent_high",
    "false_alarms_at_1_percent",
    "false_alarms_at_5_percent",
    "n_training",
    "n_calibration",
];

impl Report {
    /// A line for each kind of anomaly and each method, after a line of column names, and after them those of each class
    /// where a kind has several; a cell is empty where there is no figure. Texts are quoted where they need it, as RFC 4180 says.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let findings = self.anomalies.iter().flat_map(|anomaly| {
            let findings = anomaly.findings.iter();
            findings.map(move |finding| self.line(anomaly, finding).to_vec())
        });
        let classes = self.anomalies.iter().flat_map(|anomaly| {
            let classes = anomaly.classes.iter();
            classes.flat_map(|class| {
                let areas = DetectorKind::ALL.into_iter().zip(&class.areas);
                areas.map(|(detector, &area)| self.line_of_class(anomaly, class, detector, area))
            })
        });
        let names = COLUMNS.map(str::to_owned).to_vec();
        for line in std::iter::once(names).chain(findings).chain(classes) {
            // Lines of equal length into memory cannot fail.
            let _ = writer.write_record(line);
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    fn line_of_class(
        &self,
        anomaly: &AnomalyReport,
        class: &ClassAreas,
        detector: DetectorKind,
        area: Option<Estimate>,
    ) -> Vec<String> {
        let [auroc, auroc_low, auroc_high] = estimate(area);
        let known = [
            self.recipe.clone(),
            self.seed.to_string(),
            self.evaluation_seed.to_string(),
            format!("{}: {}", anomaly.kind.slug(), class.name),
            detector.slug().to_owned(),
            self.normal_errors.len().to_string(),
            class.n_items.to_string(),
            auroc,
            auroc_low,
            auroc_high,
        ];
        let mut line = known.to_vec();
        line.resize(COLUMNS.len(), String::new());
        line
    }

    fn line(&self, anomaly: &AnomalyReport, finding: &DetectorFigures) -> [String; 26] {
        let promise = self.promise(finding);
        let alarms = |of: fn(&FalseAlarms) -> Option<PromisedRate>| {
            let promised = promise.and_then(of);
            promised.map_or_else(String::new, |it| number(it.rate.value()))
        };
        let [auroc, auroc_low, auroc_high] = estimate(finding.auroc);
        let [precision, precision_low, precision_high] = estimate(finding.average_precision);
        let [top, top_low, top_high] = rate(finding.precision_at_n);
        let [at_1, at_1_low, at_1_high] = rate(finding.detection_at_1);
        let [at_5, at_5_low, at_5_high] = rate(finding.detection_at_5);
        [
            self.recipe.clone(),
            self.seed.to_string(),
            self.evaluation_seed.to_string(),
            anomaly.kind.slug(),
            finding.detector.slug().to_owned(),
            self.normal_errors.len().to_string(),
            anomaly.n_items().to_string(),
            auroc,
            auroc_low,
            auroc_high,
            precision,
            precision_low,
            precision_high,
            top,
            top_low,
            top_high,
            at_1,
            at_1_low,
            at_1_high,
            at_5,
            at_5_low,
            at_5_high,
            alarms(|it| it.at_1),
            alarms(|it| it.at_5),
            self.counts.n_training.to_string(),
            self.counts.n_calibration.to_string(),
        ]
    }

    fn promise(&self, finding: &DetectorFigures) -> Option<&FalseAlarms> {
        let mut all = self.false_alarms.iter();
        all.find(|it| it.detector == finding.detector)
    }
}

fn estimate(estimate: Option<Estimate>) -> [String; 3] {
    estimate.map_or_else(Default::default, |it| {
        [number(it.value), number(it.low), number(it.high)]
    })
}

fn rate(rate: Option<Rate>) -> [String; 3] {
    rate.map_or_else(Default::default, |it| {
        let (low, high) = it.interval().unwrap_or((0.0, 1.0));
        [number(it.value()), number(low), number(high)]
    })
}

fn number(value: f64) -> String {
    format!("{value:.6}")
}

#[cfg(test)]
mod tests {
    use super::super::samples::report;
    use super::*;

    #[test]
    fn every_finding_is_a_line_that_can_be_read_again() {
        let report = report();
        let text = report.to_csv();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(
            reader.headers().expect("a line of names"),
            &COLUMNS.to_vec()[..]
        );
        let lines: Vec<csv::StringRecord> = reader
            .records()
            .map(|line| line.expect("it is whole"))
            .collect();
        assert_eq!(
            lines.len(),
            10 + 2 * 5,
            "two kinds, one of them of two classes"
        );
        assert_eq!(&lines[10][3], "held-out: late, or \"lost\"");
        assert_eq!((&lines[10][4], &lines[10][6]), ("autoencoder", "1"));
        assert!(!lines[10][7].is_empty() && lines[10][10].is_empty());
        let findings = report
            .anomalies
            .iter()
            .flat_map(|anomaly| anomaly.findings.iter().map(move |it| (anomaly, it)));
        for (line, (anomaly, finding)) in lines.iter().zip(findings) {
            assert_eq!(&line[0], report.recipe);
            assert_eq!((&line[1], &line[2]), ("42", "7"));
            assert_eq!(&line[3], anomaly.kind.slug());
            assert_eq!(&line[4], finding.detector.slug());
            let area: f64 = line[7].parse().expect("a number");
            assert!((area - finding.auroc.expect("measured").value).abs() < 1e-6);
            assert_eq!(&line[16], "");
            let detection: f64 = line[19].parse().expect("a number");
            let expected = finding.detection_at_5.expect("measured").value();
            assert!((detection - expected).abs() < 1e-6);
            assert_eq!((&line[22], &line[23]), ("", "0.250000"));
        }
    }
}
