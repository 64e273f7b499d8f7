//! Heartbeats made by a published model, normal ones and five kinds that are not.
//!
//! The waves are those of [`model`]; how beats vary, and what is wrong with the abnormal ones, is ours. Intervals between
//! beats are drawn one by one, where the paper draws them from a spectrum.

mod class;
mod model;

use std::collections::BTreeMap;

use self::model::{Beat, GAIN, SAMPLES_PER_SECOND, Wave};
use super::{CurveScaling, Dataset, SeriesForm};
use crate::random::Mt19937;

pub use class::HeartbeatClass;

/// Samples of a beat: one second, the peak expected at the 57th sample.
pub const N_BEAT_SAMPLES: usize = SAMPLES_PER_SECOND;
const N_NORMAL: usize = 1500;
const N_OF_EACH_ANOMALY: usize = 60;
/// Seconds from the first sample to where the rhythm has the peak.
const EXPECTED_PEAK: f64 = 0.4;
/// Voltages are kept to the microvolt, so that every machine makes the same samples.
const STEPS_PER_MILLIVOLT: f64 = 1000.0;
/// Standard deviation of what the amplifier adds, in millivolts.
const AMPLIFIER_NOISE: f64 = 0.015;

/// 1,500 normal heartbeats and 60 of each [`HeartbeatClass`] that is not, shuffled; 140 samples each, in millivolts.
///
/// The label is the class. The seed decides all of them.
///
/// # Panics
/// Never: every beat is made to fit.
pub fn heartbeats(seed: u64) -> Dataset {
    let mut source = Variation(Mt19937::new(seed));
    let labels: Vec<u8> = HeartbeatClass::ALL
        .into_iter()
        .flat_map(|class| {
            let n_beats = match class {
                HeartbeatClass::Normal => N_NORMAL,
                _ => N_OF_EACH_ANOMALY,
            };
            std::iter::repeat_n(class.label(), n_beats)
        })
        .collect();
    let order = source.0.permutation(labels.len());
    let labels: Vec<u8> = order.into_iter().map(|idx| labels[idx]).collect();
    let classes = labels
        .iter()
        .map(|&label| HeartbeatClass::ALL[usize::from(label)]);
    let samples = classes.flat_map(|class| beat(class, &mut source)).collect();
    let form = SeriesForm {
        n_samples: N_BEAT_SAMPLES,
        scaling: CurveScaling::AS_THEY_ARE,
        class_names: BTreeMap::from(
            HeartbeatClass::ALL.map(|class| (class.label(), class.name().to_owned())),
        ),
        cut: None,
    };
    Dataset::series(form, samples, labels).expect("every beat has 140 finite samples")
}

/// One beat of a class, in millivolts.
fn beat(class: HeartbeatClass, source: &mut Variation) -> Vec<f32> {
    let rhythm = normal_beat(source);
    let beat = changed(class, rhythm.clone(), source);
    let gain = GAIN * source.around(1.0, 0.05);
    let electrode = match class {
        HeartbeatClass::ElectrodeNoise => source.between(0.08, 0.2),
        _ => 0.0,
    };
    let from = source.between(0.0, 0.4) * N_BEAT_SAMPLES as f64;
    let samples = model::samples(&rhythm.waves, &beat).into_iter().enumerate();
    let noisy = samples.map(|(idx, sample)| {
        let is_loose = idx as f64 >= from;
        let noise = AMPLIFIER_NOISE + if is_loose { electrode } else { 0.0 };
        let millivolts = gain * sample + source.around(0.0, noise);
        ((millivolts * STEPS_PER_MILLIVOLT).round() / STEPS_PER_MILLIVOLT) as f32
    });
    noisy.collect()
}

/// A beat as healthy ones vary: its waves a little higher, wider, earlier; its interval longer or shorter.
fn normal_beat(source: &mut Variation) -> Beat {
    let waves = Wave::USUAL.map(|wave| Wave {
        angle: source.around(wave.angle, 0.015),
        strength: wave.strength * source.around(1.0, 0.08),
        width: wave.width * source.around(1.0, 0.04),
    });
    Beat {
        waves,
        interval: source.around(0.95, 0.04).clamp(0.8, 1.1),
        peak: source.around(EXPECTED_PEAK, 0.008),
        breath: source.between(0.0, std::f64::consts::TAU),
        lift: None,
    }
}

/// The beat with what is wrong with its class.
fn changed(class: HeartbeatClass, beat: Beat, source: &mut Variation) -> Beat {
    let [atria, before_peak, at_peak, after_peak, recovery] = beat.waves;
    match class {
        HeartbeatClass::Normal | HeartbeatClass::ElectrodeNoise => beat,
        HeartbeatClass::EarlyBroad => {
            let broad = source.between(2.0, 2.8);
            let height = source.between(0.9, 1.3);
            let broadened = |wave: Wave| Wave {
                angle: wave.angle * broad,
                // A wave's height goes with the square of its width.
                strength: wave.strength * height / (broad * broad),
                width: wave.width * broad,
            };
            let turned = -source.between(0.8, 1.3);
            Beat {
                waves: [
                    atria.times(0.0),
                    broadened(before_peak),
                    broadened(at_peak),
                    broadened(after_peak),
                    recovery.times(turned),
                ],
                peak: beat.peak - source.between(0.1, 0.2),
                ..beat
            }
        }
        HeartbeatClass::Missing => Beat {
            waves: beat.waves.map(|wave| wave.times(0.0)),
            ..beat
        },
        HeartbeatClass::RaisedSt => Beat {
            lift: Some(Wave::of_height(
                0.7,
                0.35,
                source.between(0.2, 0.4),
                beat.interval,
            )),
            ..beat
        },
        HeartbeatClass::InvertedT => {
            let turned = -source.between(0.6, 1.2);
            Beat {
                waves: [
                    atria,
                    before_peak,
                    at_peak,
                    after_peak,
                    recovery.times(turned),
                ],
                ..beat
            }
        }
    }
}

/// What is random about the beats, in double precision, so that no machine rounds otherwise than another.
struct Variation(Mt19937);

impl Variation {
    /// A number from `low` to `high`, the ends rarely included.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        let share = f64::from(self.0.next_u32()) / f64::from(u32::MAX);
        low + (high - low) * share
    }

    /// A draw from the normal distribution (Box and Muller, 1958).
    fn around(&mut self, mean: f64, deviation: f64) -> f64 {
        let radius = (-2.0 * self.between(1e-9, 1.0).ln()).sqrt();
        let angle = self.between(0.0, std::f64::consts::TAU);
        mean + deviation * radius * angle.cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(class: HeartbeatClass) -> Vec<Vec<f32>> {
        let beats = heartbeats(1);
        let items = 0..beats.n_items();
        let of_class = items.filter(|&item| beats.label_of(item) == Some(class.label()));
        of_class.filter_map(|item| beats.item(item)).collect()
    }

    fn mean_of(beats: &[Vec<f32>]) -> Vec<f32> {
        let n = beats.len() as f32;
        (0..N_BEAT_SAMPLES)
            .map(|idx| beats.iter().map(|beat| beat[idx]).sum::<f32>() / n)
            .collect()
    }

    fn place_of_peak(curve: &[f32]) -> usize {
        let best = curve.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        best.expect("140 samples").0
    }

    #[test]
    fn the_seed_decides_all_of_them() {
        let beats = heartbeats(1);
        assert_eq!(beats, heartbeats(1));
        assert_ne!(beats, heartbeats(2));
        assert_eq!(
            beats.in_words(),
            "1,800 curves of 140 samples, with classes"
        );
        assert_eq!(beats.classes(), [0, 1, 2, 3, 4, 5]);
        assert_eq!(beats.class_name(3), Some("raised ST"));
    }

    #[test]
    fn a_normal_beat_has_its_peak_where_the_rhythm_has_it_and_a_wave_on_either_side() {
        let mean = mean_of(&of(HeartbeatClass::Normal));
        let peak = place_of_peak(&mean);
        assert!((54..=58).contains(&peak), "{peak}");
        assert!((0.9..1.3).contains(&mean[peak]), "{}", mean[peak]);
        let p_wave = mean[30..45].iter().copied().fold(0.0, f32::max);
        let t_wave = mean[75..105].iter().copied().fold(0.0, f32::max);
        assert!((0.05..0.35).contains(&p_wave), "P {p_wave}");
        assert!((0.15..0.6).contains(&t_wave), "T {t_wave}");
    }

    #[test]
    fn each_anomaly_is_what_its_name_says() {
        let normal = mean_of(&of(HeartbeatClass::Normal));
        let early = mean_of(&of(HeartbeatClass::EarlyBroad));
        assert!(place_of_peak(&early) + 8 < place_of_peak(&normal));
        let missing = mean_of(&of(HeartbeatClass::Missing));
        assert!(missing.iter().all(|sample| sample.abs() < 0.15));
        let raised = mean_of(&of(HeartbeatClass::RaisedSt));
        assert!(
            raised[72] > normal[72] + 0.1,
            "{} {}",
            raised[72],
            normal[72]
        );
        let inverted = mean_of(&of(HeartbeatClass::InvertedT));
        let lowest = inverted[75..105].iter().copied().fold(0.0, f32::min);
        assert!(lowest < -0.1, "{lowest}");
        let roughness = |beats: &[Vec<f32>]| {
            let steps = beats.iter().flat_map(|beat| beat[100..].windows(2));
            steps.map(|pair| (pair[1] - pair[0]).abs()).sum::<f32>() / beats.len() as f32
        };
        let noisy = roughness(&of(HeartbeatClass::ElectrodeNoise));
        assert!(noisy > 3.0 * roughness(&of(HeartbeatClass::Normal)));
    }
}
