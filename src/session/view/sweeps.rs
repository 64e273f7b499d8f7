//! The sweeps of what lies on the bench, and what was kept to compare.

use super::{Session, counted};
use crate::curve::Tool;
use crate::data::ItemKind;
use crate::session::MOST_GHOSTS;
use crate::session::sweeps::Ghost;
use crate::sweep::{CurvePoint, NoiseLevel, ShiftCell, ShiftGrid, SweepKind};

/// A curve with the present value on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SweepView {
    /// The error; of noise, the mean over its draws. Empty before the first steps are measured.
    pub line: Vec<CurvePoint>,
    /// The spread of the draws of noise; empty for all else.
    pub levels: Vec<NoiseLevel>,
    /// What is set on the bench, with the error of the verdict; until there is one, with that of the curve.
    pub here: Option<CurvePoint>,
}

/// Curves that were kept to compare.
#[derive(Clone, Debug, PartialEq)]
pub struct GhostView {
    /// 1 to [`MOST_GHOSTS`]; decides how its line is drawn.
    pub number: usize,
    /// What it is, in a few words.
    pub name: String,
    /// Whether the network has learned since it was kept.
    pub is_old: bool,
    /// What the network saw of it.
    pub seen: Vec<f32>,
    /// Its line in each sweep that has one; of noise, the mean error.
    pub lines: Vec<(SweepKind, Vec<CurvePoint>)>,
}

impl Session {
    /// The error against what a sweep changes, and what is set now on it; empty for places in two directions. Of noise,
    /// the point lies on the curve of the noise on the bench.
    pub fn sweep(&self, kind: SweepKind) -> SweepView {
        let Some(answer) = &self.measured().sweeps else {
            return SweepView::default();
        };
        let mut line = self.line_of(kind, &answer.errors);
        let at = self.set_now(kind);
        if !matches!(kind, SweepKind::Noise | SweepKind::Curve(Tool::Noise)) {
            let here = self.here_on(&line, at);
            if let Some(here) = here.filter(|_| self.are_sweeps_current()) {
                insert(&mut line, here);
            }
            let levels = Vec::new();
            return SweepView { line, levels, here };
        }
        let levels = answer.errors.noise_levels(kind, self.most_noise(kind));
        let own: Vec<CurvePoint> = levels.iter().map(NoiseLevel::own_point).collect();
        SweepView {
            line,
            here: self.here_on(&own, at),
            levels,
        }
    }

    /// What is set on the bench of that which a sweep changes.
    fn set_now(&self, kind: SweepKind) -> f32 {
        match kind {
            SweepKind::Rotation => self.treatment().rotation_degrees,
            SweepKind::Noise => self.treatment().noise,
            SweepKind::Shift => 0.0,
            SweepKind::Curve(tool) => {
                let bench = self.curve();
                bench.map_or(0.0, |bench| tool.of(bench.treatment()))
            }
        }
    }

    /// What the panel of sweeps shows, or what to do so that it shows something.
    pub fn sweeps_in_words(&self) -> String {
        let has_lines = self.measured().sweeps.is_some();
        let (one, _) = self.nouns();
        let changes = match self.kind() {
            ItemKind::Picture { .. } => "at every angle, with noise, and moved",
            ItemKind::Row => return String::new(),
            ItemKind::Series { .. } => "stretched, moved, with noise, and where a part drops out",
        };
        match (self.kind(), has_lines) {
            (ItemKind::Picture { .. }, false) => {
                format!("Draw something: its error {changes}, appears here.")
            }
            (_, false) => format!("Take a {one}: its error {changes}, appears here."),
            (ItemKind::Picture { .. }, true) => {
                format!("The error of your drawing {changes}. Drag a point along its curve.")
            }
            (_, true) => {
                format!("The error of your {one} {changes}. Drag a point along its curve.")
            }
        }
    }

    /// The errors of the places around the present one, row by row, and how many there are in a row.
    pub fn shift_sweep(&self) -> (usize, Vec<ShiftCell>) {
        let (width, height) = self.picture_size();
        let answer = self.measured().sweeps.as_ref();
        let mut cells =
            answer.map_or_else(Vec::new, |answer| answer.errors.shift_cells(width, height));
        let middle_idx = cells.len() / 2;
        if let (Some(middle), Some(judgement)) =
            (cells.get_mut(middle_idx), &self.measured().judgement)
            && self.are_sweeps_current()
        {
            middle.error = judgement.error;
        }
        (ShiftGrid::of(width, height).n_columns(), cells)
    }

    /// Whether every step of the present sweeps is measured.
    pub fn are_sweeps_finished(&self) -> bool {
        let answer = self.measured().sweeps.as_ref();
        self.are_sweeps_current() && answer.is_some_and(|answer| answer.is_finished)
    }

    /// Whether the present curves could be kept beside others.
    pub fn can_keep_ghost(&self) -> bool {
        self.are_sweeps_finished() && self.measured().ghosts.len() < MOST_GHOSTS
    }

    /// The curves that were kept to compare.
    pub fn ghosts(&self) -> Vec<GhostView> {
        let ghost_view = |ghost: &Ghost| GhostView {
            number: ghost.number,
            name: ghost.name.clone(),
            is_old: ghost.of != self.study().moment(),
            seen: ghost.seen.clone(),
            lines: ghost.lines.clone(),
        };
        self.measured().ghosts.iter().map(ghost_view).collect()
    }

    /// Where the line is passed, as a sentence; `None` before anything is known.
    pub fn sweep_in_words(&self, kind: SweepKind) -> Option<String> {
        let threshold = self.threshold()?;
        match kind {
            SweepKind::Noise | SweepKind::Curve(Tool::Noise) => {
                let n_decimals = if kind == SweepKind::Noise { 2 } else { 3 };
                noise_in_words(&self.sweep(kind).line, threshold, n_decimals)
            }
            SweepKind::Rotation => share_in_words(&self.sweep(kind).line, threshold, "angles"),
            SweepKind::Curve(tool) => {
                let settings = match tool {
                    Tool::Stretch => "stretches",
                    Tool::Shift => "shifts",
                    Tool::DropOut => "gaps",
                    Tool::DropOutFrom | Tool::Noise => "places",
                };
                share_in_words(&self.sweep(kind).line, threshold, settings)
            }
            SweepKind::Shift => {
                let (_, cells) = self.shift_sweep();
                let n_above = cells.iter().filter(|cell| cell.error > threshold).count();
                let places = counted(cells.len(), "place");
                let sentence = format!("Above the threshold at {n_above} of {places}.");
                (!cells.is_empty()).then_some(sentence)
            }
        }
    }

    /// Whether verdict and sweeps are those of what is set now, by the same weights.
    fn are_sweeps_current(&self) -> bool {
        !self.examiner.work.judging.is_in_flight() && self.are_sweeps_answered()
    }

    /// The point of the present value: with the error of the verdict, or of the curve while there is none.
    fn here_on(&self, line: &[CurvePoint], at: f32) -> Option<CurvePoint> {
        let judged = self
            .measured()
            .judgement
            .as_ref()
            .filter(|_| self.are_sweeps_current());
        let error = match judged {
            Some(judgement) => judgement.error,
            None => between(line, at)?,
        };
        (!line.is_empty()).then_some(CurvePoint { at, error })
    }
}

/// At what part of its places a line is above the threshold.
fn share_in_words(line: &[CurvePoint], threshold: f32, settings: &str) -> Option<String> {
    let n_above = line.iter().filter(|point| point.error > threshold).count();
    let share = n_above as f32 * 100.0 / line.len().max(1) as f32;
    let sentence = format!("Above the threshold at {share:.0} % of the {settings}.");
    (!line.is_empty()).then_some(sentence)
}

/// From where on the mean over the draws of noise is above the threshold.
fn noise_in_words(line: &[CurvePoint], threshold: f32, n_decimals: usize) -> Option<String> {
    let is_below = |point: &CurvePoint| point.error <= threshold;
    let last_below = line.iter().rposition(is_below);
    let first_above = line.get(last_below.map_or(0, |idx| idx + 1));
    let sentence = match first_above {
        Some(point) if last_below.is_none() && point.at <= 0.0 => {
            "The mean is above the threshold at any noise.".to_owned()
        }
        Some(point) => {
            let from = point.at;
            format!("The mean is above the threshold from noise {from:.n_decimals$} on.")
        }
        None => "The mean stays below the threshold.".to_owned(),
    };
    (!line.is_empty()).then_some(sentence)
}

/// Puts a point at its place in a line, instead of one that is there already.
fn insert(line: &mut Vec<CurvePoint>, point: CurvePoint) {
    match line.binary_search_by(|known| known.at.total_cmp(&point.at)) {
        Ok(idx) => line[idx] = point,
        Err(idx) => line.insert(idx, point),
    }
}

/// The error of a line at a place; beyond its ends that of the end.
fn between(line: &[CurvePoint], at: f32) -> Option<f32> {
    let after_idx = line.partition_point(|point| point.at < at);
    let (Some(before), Some(after)) = (line.get(after_idx.wrapping_sub(1)), line.get(after_idx))
    else {
        let end = line.get(after_idx).or(line.last())?;
        return Some(end.error);
    };
    let share = (at - before.at) / (after.at - before.at);
    Some(before.error + share * (after.error - before.error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Vec<CurvePoint> {
        let points = [(-2.0, 0.5), (0.0, 0.25), (2.0, 0.75)];
        points.map(|(at, error)| CurvePoint { at, error }).to_vec()
    }

    #[test]
    fn between_two_steps_a_curve_is_straight() {
        assert_eq!(between(&line(), 1.0), Some(0.5));
        assert_eq!(between(&line(), 0.0), Some(0.25));
        assert_eq!(between(&line(), -9.0), Some(0.5));
        assert_eq!(between(&line(), 9.0), Some(0.75));
        assert_eq!(between(&[], 0.0), None);
    }

    #[test]
    fn the_present_point_is_part_of_the_line() {
        let mut with_point = line();
        let here = CurvePoint {
            at: 1.0,
            error: 0.1,
        };
        insert(&mut with_point, here);
        insert(
            &mut with_point,
            CurvePoint {
                at: 2.0,
                error: 0.2,
            },
        );
        let places: Vec<f32> = with_point.iter().map(|point| point.at).collect();
        assert_eq!(places, [-2.0, 0.0, 1.0, 2.0]);
        assert_eq!(with_point[2], here);
        assert!((with_point[3].error - 0.2).abs() < 1e-9);
    }
}
