//! The curve on the bench: as it was drawn, as the network sees it, and what the network makes of it.

use super::Session;
use crate::curve::CurveTreatment;
use crate::session::SeriesBench;

/// The curve on the bench.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveView {
    /// Where it comes from, in a few words.
    pub origin: String,
    /// As it was drawn.
    pub drawn: Vec<f32>,
    /// As the network sees it.
    pub seen: Vec<f32>,
    /// What the network makes of it; empty before the first answer.
    pub reconstruction: Vec<f32>,
    /// The lowest and the highest value of the plot.
    pub range: (f32, f32),
    /// What is done to it as a whole.
    pub treatment: CurveTreatment,
    /// Whether there is a change to take back.
    pub can_undo: bool,
    /// Whether a change was taken back that can be made again.
    pub can_redo: bool,
}

impl Session {
    /// The bench of a curve; `None` where items are no curves.
    pub fn curve(&self) -> Option<&SeriesBench> {
        self.bench().series()
    }

    /// The curve on the bench; `None` where items are no curves, or before there is one.
    pub fn curve_view(&self) -> Option<CurveView> {
        let bench = self.curve().filter(|bench| !bench.curve().is_empty())?;
        let reconstruction = self.judgement().map(|judgement| &judgement.reconstruction);
        let fits = |values: &&Vec<f32>| values.len() >= bench.seen().len();
        let n_samples = bench.seen().len();
        Some(CurveView {
            origin: self.curve_origin(bench),
            drawn: bench.curve().to_vec(),
            seen: bench.seen().to_vec(),
            reconstruction: reconstruction
                .filter(fits)
                .map_or_else(Vec::new, |values| values[..n_samples].to_vec()),
            range: bench.range(),
            treatment: *bench.treatment(),
            can_undo: bench.can_undo(),
            can_redo: bench.can_redo(),
        })
    }

    fn curve_origin(&self, bench: &SeriesBench) -> String {
        let (one, _) = self.nouns();
        let capital = |words: String| {
            let mut letters = words.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        };
        if let Some(from) = bench.from() {
            let changed = if bench.is_edited() {
                ", changed by you"
            } else {
                ""
            };
            return format!("From {from}{changed}");
        }
        match (bench.item(), bench.is_edited()) {
            (Some(item), false) => capital(self.item_in_words(item, bench.label())),
            (Some(item), true) => format!("{}, changed by you", capital(format!("{one} {item}"))),
            (None, _) => format!("Your own {one}"),
        }
    }
}

/// So many parts of the curve are a stretch that an error is looked for in.
const STRETCHES: usize = 8;

/// The stretch with most of the squared error, as the end of "Most of the error is …"; `None` without an error.
pub(super) fn main_stretch(values: &[f32], reconstruction: &[f32]) -> Option<String> {
    let signed: Vec<f32> = values
        .iter()
        .zip(reconstruction)
        .map(|(value, expected)| value - expected)
        .collect();
    let length = (signed.len() / STRETCHES).max(1);
    let sum = |stretch: &[f32]| stretch.iter().map(|it| it * it).sum::<f32>();
    let all = sum(&signed);
    let stretches = signed.windows(length).enumerate();
    let (start, worst) = stretches.max_by(|a, b| sum(a.1).total_cmp(&sum(b.1)))?;
    let side = if worst.iter().sum::<f32>() > 0.0 {
        "higher"
    } else {
        "lower"
    };
    let share = sum(worst) / all * 100.0;
    let end = start + length - 1;
    (all > 0.0).then(|| {
        format!("between samples {start} and {end}: {share:.0} %, {side} than was expected")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stretch_with_most_of_the_error_is_named() {
        let expected = vec![0.0; 80];
        let mut values = expected.clone();
        values[40..50].fill(-1.0);
        values[0] = 2.0_f32.sqrt();
        let words = main_stretch(&values, &expected).expect("an error");
        assert_eq!(
            words,
            "between samples 40 and 49: 83 %, lower than was expected"
        );
        assert_eq!(main_stretch(&expected, &expected), None);
        assert_eq!(main_stretch(&[], &[]), None);
    }
}
