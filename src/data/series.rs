//! Curves as items: what their samples mean, and how they are made one scale.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Dataset, WindowCut};

/// What the samples of curves mean, and what their classes are called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesForm {
    /// Samples of each curve, evenly spaced.
    pub n_samples: usize,
    /// How the samples of the file became those that a network takes.
    pub scaling: CurveScaling,
    /// What classes are called, by their label; a class without a name is spoken of by its label.
    pub class_names: BTreeMap<u8, String>,
    /// How they were cut out of a longer recording; `None` where each was recorded by itself.
    pub cut: Option<WindowCut>,
}

/// How the samples of a file become those that a network takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum CurveScaling {
    /// All curves alike: less `offset`, over `scale`. What is higher in one curve than in others stays so.
    ByTheWhole {
        /// The mean of the curves that count as normal.
        offset: f32,
        /// Their standard deviation; above 0.
        scale: f32,
    },
    /// Each curve less its own mean, over its own standard deviation: the form alone counts.
    EachByItself,
}

impl CurveScaling {
    /// The scaling that leaves samples as they are.
    pub const AS_THEY_ARE: Self = Self::ByTheWhole {
        offset: 0.0,
        scale: 1.0,
    };

    /// The scaling of all curves alike by the mean and the standard deviation of these samples.
    pub fn by_the_whole(samples: &[f32]) -> Self {
        let (offset, scale) = mean_and_deviation(samples);
        Self::ByTheWhole { offset, scale }
    }

    /// Turns the samples of one curve into those that a network takes.
    pub fn encode(self, curve: &mut [f32]) {
        let (offset, scale) = match self {
            Self::ByTheWhole { offset, scale } => (offset, scale),
            Self::EachByItself => mean_and_deviation(curve),
        };
        for sample in curve {
            *sample = (*sample - offset) / scale;
        }
    }
}

impl Dataset {
    /// The curves with each by itself less its mean, over its standard deviation; `None` for what are no curves.
    pub fn each_by_itself(&self) -> Option<Self> {
        let scaling = CurveScaling::EachByItself;
        let form = SeriesForm {
            scaling,
            ..self.series_form()?.clone()
        };
        let items = 0..self.n_items();
        let curves = items.clone().filter_map(|item| self.item(item));
        let curves = curves.flat_map(|mut curve| {
            scaling.encode(&mut curve);
            curve
        });
        let labels = items.filter_map(|item| self.label_of(item));
        let dataset = Self::series(form, curves.collect(), labels.collect()).ok()?;
        Some(dataset.with_known_stretches(self.known_stretches().to_vec()))
    }
}

/// Of samples that are all alike the deviation is 1, so that one can divide by it.
fn mean_and_deviation(samples: &[f32]) -> (f32, f32) {
    let n = samples.len().max(1) as f64;
    let sum = |of: &dyn Fn(f64) -> f64| samples.iter().map(|&it| of(it.into())).sum::<f64>();
    let mean = sum(&|it| it) / n;
    let deviation = (sum(&|it| (it - mean).powi(2)) / n).sqrt() as f32;
    let is_usable = deviation.is_finite() && deviation > f32::MIN_POSITIVE;
    (mean as f32, if is_usable { deviation } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_whole_keeps_what_is_higher() {
        let scaling = CurveScaling::by_the_whole(&[0.0, 2.0, 0.0, 2.0]);
        let (mut low, mut high) = ([0.0, 2.0], [4.0, 6.0]);
        scaling.encode(&mut low);
        scaling.encode(&mut high);
        assert_eq!((low, high), ([-1.0, 1.0], [3.0, 5.0]));
    }

    fn are_close(curve: &[f32], expected: &[f32]) -> bool {
        let pairs = curve.iter().zip(expected);
        curve.len() == expected.len()
            && pairs
                .into_iter()
                .all(|(one, other)| (one - other).abs() < 1e-6)
    }

    #[test]
    fn each_by_itself_keeps_the_form_alone() {
        for mut curve in [[0.0, 2.0], [100.0, 500.0]] {
            CurveScaling::EachByItself.encode(&mut curve);
            assert!(are_close(&curve, &[-1.0, 1.0]), "{curve:?}");
        }
        let mut flat = [3.0; 4];
        CurveScaling::EachByItself.encode(&mut flat);
        assert!(are_close(&flat, &[0.0; 4]), "{flat:?}");
    }

    #[test]
    fn a_data_set_of_curves_can_have_each_by_itself() {
        let beats = crate::data::heartbeats(1);
        let each = beats.each_by_itself().expect("they are curves");
        assert_eq!(each.classes(), beats.classes());
        assert_ne!(each.fingerprint(), beats.fingerprint());
        let curve = each.item(7).expect("a beat");
        let (mean, deviation) = mean_and_deviation(&curve);
        assert!(mean.abs() < 1e-5 && (deviation - 1.0).abs() < 1e-5);
        assert_eq!(crate::data::employees(1).each_by_itself(), None);
    }
}
