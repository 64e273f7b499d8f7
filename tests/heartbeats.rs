//! How well each kind of abnormal heartbeat is told from normal ones, by a network that never saw any.

#[path = "common/trained.rs"]
mod trained;

use bottleneck::anomaly::{Calibration, Evidence};
use bottleneck::autoencoder::Network;
use bottleneck::data::{Dataset, HeartbeatClass, inputs_of};
use bottleneck::evaluation::metrics::RocCurve;
use bottleneck::recipe::{DataName, Recipe, RecipeName};
use pollster::block_on;

use trained::trained_on;

fn errors(network: &Network, dataset: &Dataset, recipe: &Recipe, items: &[usize]) -> Vec<f32> {
    let inputs = inputs_of(dataset, items, recipe.label_input);
    let reconstructed = block_on(network.reconstruct(&inputs)).expect("the rows fit");
    let width = recipe.architecture.input_size();
    recipe
        .measure
        .of_rows(&inputs, &reconstructed.reconstructions, width)
}

#[test]
fn no_abnormal_beat_is_learned_from_or_calibrated_on() {
    let beats = DataName::Heartbeats.generated().expect("they are made");
    let split = RecipeName::HEARTBEATS.recipe().split(&beats);
    let parts = [&split.train, &split.calibration, &split.test];
    for item in parts.into_iter().flatten() {
        assert_eq!(beats.label_of(*item), Some(HeartbeatClass::Normal.label()));
    }
    assert_eq!(split.held_out.len(), 300);
}

#[test]
fn each_kind_of_abnormal_beat_is_told_from_normal_ones() {
    tells_each_kind(RecipeName::HEARTBEATS);
}

#[test]
fn windows_along_beats_tell_each_kind_too() {
    tells_each_kind(RecipeName::HEARTBEATS_CONV);
}

fn tells_each_kind(name: RecipeName) {
    let beats = DataName::Heartbeats.generated().expect("they are made");
    let recipe = name.recipe();
    let split = recipe.split(&beats);
    let network = trained_on(&split.train, &beats, &recipe);
    let normal = errors(&network, &beats, &recipe, &split.test);
    let at_least = [
        (HeartbeatClass::EarlyBroad, 0.995),
        (HeartbeatClass::Missing, 0.985),
        (HeartbeatClass::RaisedSt, 0.99),
        (HeartbeatClass::InvertedT, 0.995),
        (HeartbeatClass::ElectrodeNoise, 0.995),
    ];
    for (class, least) in at_least {
        let of_class = |item: &&usize| beats.label_of(**item) == Some(class.label());
        let items: Vec<usize> = split.held_out.iter().filter(of_class).copied().collect();
        let anomalous = errors(&network, &beats, &recipe, &items);
        let area = RocCurve::of(&normal, &anomalous)
            .expect("there are beats of both")
            .area();
        println!("{}: {area:.3} over {} beats", class.name(), items.len());
        assert!(area >= least, "{}: {area}", class.name());
    }
    let calibration = Calibration::new(errors(&network, &beats, &recipe, &split.calibration));
    let rule = name.threshold_rule();
    let threshold = rule.threshold(&Evidence::of(&calibration));
    let threshold = threshold.expect("300 beats calibrate it");
    let flagged = normal.iter().filter(|&&error| error > threshold).count();
    println!(
        "{flagged} of {} normal beats above {threshold}",
        normal.len()
    );
    assert!(
        flagged * 10 <= normal.len(),
        "{flagged} of {}",
        normal.len()
    );
}
