//! A curve as words of a link: what was drawn, and what is done to it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::LinkedBench;
use crate::curve::{CurveTreatment, Tool};
use crate::data::Dataset;
use crate::session::{Change, SeriesBench, SeriesChange};

/// What a link says of a curve on the bench.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LinkedCurve {
    /// Samples as parts of the range of the bench, each in two bytes.
    samples: Option<Vec<u16>>,
    treatments: Vec<(Tool, f32)>,
}

/// The range that samples of a link lie in is so many times as high as that of the bench, with the same middle.
const HEADROOM: f32 = 3.0;

impl LinkedCurve {
    /// Whether it says what was drawn.
    pub fn has_samples(&self) -> bool {
        self.samples.is_some()
    }

    /// Takes one part of a link; `None` where it cannot be read.
    pub fn open_part(&mut self, key: &str, value: &str) -> Option<()> {
        let number = |words: &str| {
            let number: f32 = words.parse().ok()?;
            number.is_finite().then_some(number)
        };
        match key {
            "curve" => {
                let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
                let (pairs, rest) = bytes.as_chunks::<2>();
                let is_whole = rest.is_empty() && !pairs.is_empty();
                let samples = pairs.iter().map(|&pair| u16::from_le_bytes(pair));
                self.samples = Some(is_whole.then(|| samples.collect())?);
            }
            "stretch" => self.treatments.push((Tool::Stretch, number(value)?)),
            "shift" => self.treatments.push((Tool::Shift, number(value)?)),
            "gap" => {
                let (start, length) = value.split_once('-')?;
                let gap = [
                    (Tool::DropOutFrom, number(start)?),
                    (Tool::DropOut, number(length)?),
                ];
                self.treatments.extend(gap);
            }
            _ => return None,
        }
        Some(())
    }
}

/// Whether a part of a link with this key is about a curve.
pub(super) fn is_curve(key: &str) -> bool {
    matches!(key, "curve" | "stretch" | "shift" | "gap")
}

/// Lays on the bench what a link says.
pub(super) fn open_curve(bench: &mut SeriesBench, linked: LinkedBench, dataset: &Dataset) {
    if let Some(item) = linked.item {
        bench.load_item(dataset, item);
    }
    if let Some(samples) = linked.curve.samples {
        let (low, height) = widened(bench.range());
        let curve = samples
            .into_iter()
            .map(|part| low + height * f32::from(part) / f32::from(u16::MAX));
        bench.load_curve(curve.collect());
    }
    for (tool, to) in linked.curve.treatments {
        bench.apply(SeriesChange::Treat(tool, to));
    }
    for change in linked.changes {
        if let Change::AddNoise(noise) = change {
            bench.apply(SeriesChange::Treat(Tool::Noise, noise));
        }
    }
}

/// What a link has to say of the bench.
pub(super) fn curve_parts(bench: &SeriesBench) -> Vec<(&'static str, String)> {
    let mut parts = Vec::new();
    parts.extend(bench.item().map(|item| ("item", item.to_string())));
    if bench.is_edited() || bench.from().is_some() {
        let (low, height) = widened(bench.range());
        let samples = bench.curve().iter().map(|sample| {
            let part = ((sample - low) / height).clamp(0.0, 1.0);
            (part * f32::from(u16::MAX)).round() as u16
        });
        let bytes: Vec<u8> = samples.flat_map(u16::to_le_bytes).collect();
        parts.push(("curve", URL_SAFE_NO_PAD.encode(bytes)));
    }
    let CurveTreatment {
        stretch,
        shift,
        gap_start,
        gap_length,
        noise,
    } = *bench.treatment();
    if (stretch - 1.0).abs() > 0.0 {
        parts.push(("stretch", stretch.to_string()));
    }
    if shift.abs() > 0.0 {
        parts.push(("shift", shift.to_string()));
    }
    if gap_length > 0 {
        parts.push(("gap", format!("{gap_start}-{gap_length}")));
    }
    if noise > 0.0 {
        parts.push(("noise", noise.to_string()));
    }
    parts
}

/// The lowest value and the height of the range that samples of a link lie in.
fn widened((low, high): (f32, f32)) -> (f32, f32) {
    let height = high - low;
    let middle = low + height / 2.0;
    (middle - HEADROOM * height / 2.0, HEADROOM * height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::heartbeats;
    use crate::session::ItemSource;

    fn bench() -> SeriesBench {
        SeriesBench::new(ItemSource::Page, &heartbeats(1))
    }

    fn through_a_link(bench: &SeriesBench) -> SeriesBench {
        let mut linked = LinkedBench::default();
        for (key, value) in curve_parts(bench) {
            match key {
                "item" => linked.item = value.parse().ok(),
                "noise" => {
                    let noise = value.parse().expect("a number");
                    linked.changes.push(Change::AddNoise(noise));
                }
                _ => {
                    assert!(is_curve(key), "{key}");
                    linked.curve.open_part(key, &value).expect("our own words");
                }
            }
        }
        let mut opened = self::bench();
        open_curve(&mut opened, linked, &heartbeats(1));
        opened
    }

    #[test]
    fn a_bent_curve_survives_its_way_through_a_link() {
        let mut bent = bench();
        bent.load_item(&heartbeats(1), 5);
        bent.apply(SeriesChange::Draw {
            from: (30.0, 0.4),
            to: (60.0, -0.4),
            is_first: true,
        });
        for (tool, to) in [
            (Tool::Stretch, 1.25),
            (Tool::Shift, -7.5),
            (Tool::DropOutFrom, 20.0),
            (Tool::DropOut, 9.0),
            (Tool::Noise, 0.05),
        ] {
            bent.apply(SeriesChange::Treat(tool, to));
        }
        let opened = through_a_link(&bent);
        assert_eq!(opened.treatment(), bent.treatment());
        assert_eq!(opened.item(), bent.item());
        let furthest = opened.seen().iter().zip(bent.seen());
        let furthest = furthest.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(furthest < 1e-3, "{furthest}");
        let n_letters: usize = curve_parts(&bent).iter().map(|part| part.1.len()).sum();
        assert!(n_letters < 500, "{n_letters}");
    }

    #[test]
    fn an_item_that_nobody_changed_is_its_number() {
        let mut bench = bench();
        bench.load_item(&heartbeats(1), 5);
        assert_eq!(curve_parts(&bench), [("item", "5".to_owned())]);
        assert_eq!(through_a_link(&bench).seen(), bench.seen());
    }

    #[test]
    fn broken_words_are_refused() {
        for (key, value) in [
            ("curve", ""),
            ("curve", "A"),
            ("curve", "AAAA"),
            ("curve", "é"),
            ("shift", "NaN"),
            ("stretch", "x"),
            ("gap", "3"),
            ("gap", "3-inf"),
        ] {
            assert_eq!(
                LinkedCurve::default().open_part(key, value),
                None,
                "{key}={value}"
            );
        }
    }
}
