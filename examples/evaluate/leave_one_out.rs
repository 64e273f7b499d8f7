//! Each class in turn is what the network has never seen.

use std::collections::BTreeSet;

use bottleneck::data::Dataset;
use bottleneck::evaluation::{AnomalyKind, DetectorKind, Report};
use bottleneck::recipe::Recipe;

use crate::Outcome;
use crate::options::Options;
use crate::run::train_and_evaluate;

/// What one method makes of one class.
#[derive(Clone, Copy, Default)]
struct Figures {
    auroc: f64,
    detection_at_5: f64,
}

/// Trains once for each class and prints areas and detection rates.
pub fn print(options: &Options) -> Outcome<()> {
    let (dataset, recipe) = options.experiment.set_up()?;
    let classes = dataset.classes();
    if classes.len() < 2 {
        return Err("leaving one class out takes labels of two classes or more".into());
    }
    let (slug, seed) = (
        options.experiment.settings.name.slug(),
        recipe.training.seed,
    );
    println!("Each class in turn is held out; recipe {slug}, seed {seed}.\n");
    println!(
        "Area under the ROC curve / detected at 5 % false alarms; false alarms of the network.\n"
    );
    let titles = DetectorKind::ALL.map(DetectorKind::title);
    println!("| Class | {} | False alarms |", titles.join(" | "));
    println!("|{}", " --- |".repeat(titles.len() + 2));
    let mut sums = [Figures::default(); DetectorKind::ALL.len()];
    for &class in &classes {
        let report = without(
            class,
            &dataset,
            &recipe,
            options.experiment.settings.name.title(),
        )?;
        let figures = figures_of(&report)?;
        for (sum, figures) in sums.iter_mut().zip(figures) {
            sum.auroc += figures.auroc;
            sum.detection_at_5 += figures.detection_at_5;
        }
        let alarms = report.false_alarms[0].at_5.ok_or("too few items")?;
        let (rate, least, most) = (alarms.rate, alarms.least, alarms.most);
        let alarms = format!(
            "{} of {} (expected {least} to {most})",
            rate.n_hits, rate.n_items
        );
        println!("| {class} | {} | {alarms} |", cells(&figures, 1));
    }
    println!("| Mean | {} | |", cells(&sums, classes.len()));
    Ok(())
}

fn without(class: u8, dataset: &Dataset, recipe: &Recipe, title: &str) -> Outcome<Report> {
    let mut recipe = recipe.clone();
    recipe.normality.anomalous_classes = BTreeSet::from([class]);
    Ok(train_and_evaluate(dataset, &recipe, title)?.0)
}

fn figures_of(report: &Report) -> Outcome<[Figures; DetectorKind::ALL.len()]> {
    let mut kinds = report.anomalies.iter();
    let held_out = kinds.find(|anomaly| anomaly.kind == AnomalyKind::HeldOut);
    let findings = &held_out.ok_or("no class was held out")?.findings;
    let mut figures = [Figures::default(); DetectorKind::ALL.len()];
    for (figures, finding) in figures.iter_mut().zip(findings) {
        figures.auroc = finding.auroc.ok_or("a score is not a number")?.value;
        figures.detection_at_5 = finding.detection_at_5.ok_or("too few items")?.value();
    }
    Ok(figures)
}

fn cells(figures: &[Figures], n_classes: usize) -> String {
    let cell = |it: &Figures| {
        let (area, detection) = (it.auroc, it.detection_at_5);
        let n_classes = n_classes as f64;
        format!("{:.3} / {:.3}", area / n_classes, detection / n_classes)
    };
    figures.iter().map(cell).collect::<Vec<_>>().join(" | ")
}
