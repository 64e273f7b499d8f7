//! How the loss fell, in as few points as a chart can show.

use super::Session;
use crate::session::EpochLoss;
use crate::session::study::KeptRun;

/// A chart is hardly wider than this many pixels.
const MOST_POINTS: usize = 1_000;

/// The losses of all epochs as curves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LossCurves {
    /// Points as (epoch, mean batch loss while training).
    pub training: Vec<(f64, f64)>,
    /// Points as (epoch, mean loss over the calibration items afterwards).
    pub calibration: Vec<(f64, f64)>,
    /// The calibration losses of the runs that are kept, by their numbers.
    pub kept: Vec<(usize, Vec<(f64, f64)>)>,
    /// The newest epoch; `None` before the first has ended.
    pub newest: Option<EpochLoss>,
}

impl Session {
    /// The losses so far as curves; of a long run, the extremes of neighbouring epochs.
    pub fn loss_curves(&self) -> LossCurves {
        let losses = self.losses();
        LossCurves {
            training: thinned(losses, |loss| loss.training),
            calibration: thinned(losses, |loss| loss.calibration),
            kept: self.kept_losses(),
            newest: losses.last().copied(),
        }
    }
}

impl Session {
    fn kept_losses(&self) -> Vec<(usize, Vec<(f64, f64)>)> {
        let others = self.shelf.runs().iter();
        let others = others.filter(|kept| kept.study.run.id != self.study().run.id);
        let curve = |kept: &KeptRun| {
            let losses = &kept.study.run.losses;
            (kept.number, thinned(losses, |loss| loss.calibration))
        };
        others.map(curve).collect()
    }
}

/// All points, or of each group of neighbours the lowest and the highest, by epoch.
fn thinned(losses: &[EpochLoss], value: fn(&EpochLoss) -> f64) -> Vec<(f64, f64)> {
    let point = |loss: &EpochLoss| (loss.epoch as f64, value(loss));
    if losses.len() <= MOST_POINTS {
        return losses.iter().map(point).collect();
    }
    // A power of two, so that a curve that grows is not grouped anew with each epoch.
    let group = (2 * losses.len()).div_ceil(MOST_POINTS).next_power_of_two();
    let mut points = Vec::with_capacity(MOST_POINTS);
    for group in losses.chunks(group) {
        let (mut lowest, mut highest) = (&group[0], &group[0]);
        for loss in group {
            if value(loss) < value(lowest) {
                lowest = loss;
            }
            if value(loss) > value(highest) {
                highest = loss;
            }
        }
        let (first, second) = if lowest.epoch < highest.epoch {
            (lowest, highest)
        } else {
            (highest, lowest)
        };
        points.push(point(first));
        if second.epoch > first.epoch {
            points.push(point(second));
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn falling(n_epochs: usize) -> Vec<EpochLoss> {
        let loss = |epoch| EpochLoss {
            epoch,
            n_batches: 1,
            training: if epoch == 700 {
                9.0
            } else {
                1.0 / epoch as f64
            },
            calibration: 0.5,
            information: None,
        };
        (1..=n_epochs).map(loss).collect()
    }

    #[test]
    fn a_short_run_keeps_every_point() {
        assert_eq!(thinned(&falling(1_000), |loss| loss.training).len(), 1_000);
    }

    #[test]
    fn a_long_run_keeps_its_ends_and_its_spikes_in_few_points() {
        let points = thinned(&falling(100_000), |loss| loss.training);
        assert!(points.len() <= MOST_POINTS);
        assert!(points.is_sorted_by(|one, other| one.0 < other.0));
        assert!(points.contains(&(700.0, 9.0)));
        assert_eq!(points.last(), Some(&(100_000.0, 1e-5)));
    }

    #[test]
    fn a_level_curve_keeps_a_point_of_each_group() {
        let points = thinned(&falling(4_000), |loss| loss.calibration);
        assert!(points.len() >= MOST_POINTS / 4 && points.len() <= MOST_POINTS);
    }
}
