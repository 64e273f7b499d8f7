//! How well the shipped digits' anomalies are told apart, and whether promises are kept.

#[path = "common/trained.rs"]
mod trained;

#[path = "common/shipped.rs"]
mod shipped_files;

use std::collections::BTreeSet;

use bottleneck::autoencoder::{Device, Network, Weights};
use bottleneck::data::{Dataset, NamedFile, Opened, Split, open};
use bottleneck::evaluation::{
    AnomalyKind, Corruption, DetectorKind, Evaluation, EvaluationSettings, EvaluationSubject,
    EvaluationTurn, Report,
};
use bottleneck::recipe::{Recipe, RecipeName};
use pollster::block_on;

use trained::trained_on;

fn digits() -> Dataset {
    let name = "digits.bin".to_owned();
    let bytes = std::fs::read("www/data/digits.bin").expect("it is in the repository");
    match open(&[NamedFile { name, bytes }]) {
        Ok(Opened::Pictures(dataset)) => dataset,
        other => panic!("the digits are not well formed: {other:?}"),
    }
}

fn shipped(recipe: &Recipe) -> Network {
    let bytes = std::fs::read("www/models/well-trained.bin").expect("it is in the repository");
    let (fours, _) = bytes.as_chunks::<4>();
    let values = fours.iter().map(|&four| f32::from_le_bytes(four)).collect();
    let weights = Weights::from_values(&recipe.architecture, values).expect("it fits its recipe");
    Network::new(&recipe.architecture, &weights, &Device::Cpu).expect("it fits")
}

fn evaluated(dataset: &Dataset, recipe: &Recipe, split: &Split, network: &Network) -> Report {
    let subject = EvaluationSubject {
        dataset,
        recipe,
        split,
    };
    let settings = EvaluationSettings::new("digits".to_owned(), 1);
    let mut evaluation = Evaluation::new(&subject, settings).expect("there are items");
    loop {
        match evaluation.advance(400) {
            EvaluationTurn::Reconstruct(rows) => {
                let reconstructed = block_on(network.reconstruct(&rows)).expect("the rows fit");
                let answered =
                    evaluation.answer(&reconstructed.reconstructions, &reconstructed.codes);
                answered.expect("the answer fits");
            }
            EvaluationTurn::Computed => {}
            EvaluationTurn::Finished => {
                return evaluation.report().expect("it is finished").clone();
            }
        }
    }
}

fn auroc(report: &Report, kind: AnomalyKind, detector: DetectorKind) -> f64 {
    let anomaly = report.anomalies.iter().find(|it| it.kind == kind);
    let finding = anomaly.and_then(|it| it.finding(detector));
    finding
        .and_then(|it| it.auroc)
        .expect("it is measured")
        .value
}

#[test]
fn the_shipped_default_model_tells_damaged_digits_apart_and_keeps_its_promises() {
    let (dataset, recipe) = (digits(), RecipeName::WELL_TRAINED.recipe());
    let split = recipe.split(&dataset);
    let report = evaluated(&dataset, &recipe, &split, &shipped(&recipe));
    let at_least = [
        (Corruption::QuarterTurn, 0.99),
        (Corruption::HalfTurn, 0.87),
        (Corruption::Mirror, 0.88),
        (Corruption::Shift, 0.94),
        (Corruption::Occlusion, 0.84),
        (Corruption::Noise { percent: 20 }, 0.95),
        (Corruption::Inversion, 0.99),
        (Corruption::ShuffledPixels, 0.99),
    ];
    for (corruption, least) in at_least {
        let area = auroc(
            &report,
            AnomalyKind::Corrupted(corruption),
            DetectorKind::Network,
        );
        assert!(area >= least, "{corruption:?}: {area}");
    }
    // An easy test for anyone, and a hard one for those who have not learned shapes.
    let of_mean_item = |corruption| {
        let kind = AnomalyKind::Corrupted(corruption);
        auroc(&report, kind, DetectorKind::MeanItem)
    };
    assert!(of_mean_item(Corruption::QuarterTurn) > 0.99);
    assert!(of_mean_item(Corruption::HalfTurn) < 0.65);
    for promises in &report.false_alarms {
        for promised in [promises.at_1, promises.at_5] {
            let promised = promised.expect("359 items calibrate both");
            assert!(promised.is_as_expected(), "{promises:?}");
        }
    }
}

#[test]
fn the_model_that_the_page_opens_with_tells_damaged_digits_apart_and_keeps_its_promises() {
    let (dataset, recipe, network) = shipped_files::shipped(RecipeName::OPENING);
    let split = recipe.split(&dataset);
    let report = evaluated(&dataset, &recipe, &split, &network);
    // Turned by a quarter, a round 0 is still a 0. Mirrored digits are found better than on 8 × 8 pixels.
    let at_least = [
        (Corruption::QuarterTurn, 0.96),
        (Corruption::Mirror, 0.95),
        (Corruption::Shift, 0.9),
        (Corruption::Occlusion, 0.6),
        (Corruption::Noise { percent: 20 }, 0.95),
        (Corruption::Inversion, 0.99),
        (Corruption::ShuffledPixels, 0.99),
    ];
    for (corruption, least) in at_least {
        let kind = AnomalyKind::Corrupted(corruption);
        let area = auroc(&report, kind, DetectorKind::Network);
        println!("{corruption:?}: {area:.3}");
        assert!(area >= least, "{corruption:?}: {area}");
    }
    for promises in &report.false_alarms {
        let promised = promises.at_5.expect("440 items calibrate it");
        assert!(promised.is_as_expected(), "{promises:?}");
    }
}

#[test]
fn digits_of_a_class_that_was_never_seen_are_found() {
    // Over all ten classes the areas are 0.946, 0.962 and 0.985 on average; these three take a few seconds.
    let classes = [0, 6, 9];
    let dataset = digits();
    let mut sums = [0.0; DetectorKind::ALL.len()];
    for class in classes {
        let mut recipe = RecipeName::WELL_TRAINED.recipe();
        recipe.normality.anomalous_classes = BTreeSet::from([class]);
        let split = recipe.split(&dataset);
        let network = trained_on(&split.train, &dataset, &recipe);
        let report = evaluated(&dataset, &recipe, &split, &network);
        for (sum, detector) in sums.iter_mut().zip(DetectorKind::ALL) {
            *sum += auroc(&report, AnomalyKind::HeldOut, detector);
        }
        let promised = report.false_alarms[0].at_5.expect("there are enough items");
        assert!(promised.is_as_expected(), "without {class}: {promised:?}");
    }
    let [network, combined, mean_item, pca, neighbours] =
        sums.map(|sum| sum / classes.len() as f64);
    assert!(network >= 0.93, "{network}");
    assert!(combined >= 0.94, "{combined}");
    assert!(neighbours >= 0.97, "{neighbours}");
    assert!(mean_item < 0.75 && pca < network, "{mean_item} and {pca}");
}
