//! Which epochs are worth going back to when a later one diverges.

/// A loss that has grown by more than this is running away, though it is still a number.
const MOST_GROWTH: f64 = 10.0;

/// What became of the loss in one epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossTrend {
    /// It fell, or rose as losses do; the weights are worth keeping.
    Good,
    /// It is a number, but one that runs away.
    Rising,
    /// It is no number any more.
    NotANumber,
}

/// Watches the losses of a run, epoch by epoch.
#[derive(Clone, Copy, Debug)]
pub struct GoodEpochs {
    /// The lowest loss of the calibration items so far.
    lowest: f64,
}

impl Default for GoodEpochs {
    fn default() -> Self {
        Self {
            lowest: f64::INFINITY,
        }
    }
}

impl GoodEpochs {
    /// Judges an epoch by its batch losses, in order, and by the loss of the calibration items after it.
    ///
    /// It is good as long as neither the second half of its batches nor the calibration items, compared with the
    /// first half and the best epoch so far, lose more than ten times as much.
    pub fn judge(&mut self, batch_losses: &[f32], calibration_loss: f64) -> LossTrend {
        let are_numbers = batch_losses.iter().all(|loss| loss.is_finite());
        if !(are_numbers && calibration_loss.is_finite()) {
            return LossTrend::NotANumber;
        }
        if has_grown(batch_losses) || calibration_loss > MOST_GROWTH * self.lowest {
            return LossTrend::Rising;
        }
        self.lowest = self.lowest.min(calibration_loss);
        LossTrend::Good
    }
}

fn has_grown(batch_losses: &[f32]) -> bool {
    let (early, late) = batch_losses.split_at(batch_losses.len() / 2);
    !early.is_empty() && mean(late) > MOST_GROWTH * mean(early)
}

fn mean(losses: &[f32]) -> f64 {
    losses.iter().copied().map(f64::from).sum::<f64>() / losses.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falling_and_wavering_losses_are_good() {
        let mut epochs = GoodEpochs::default();
        for (batches, calibration) in [
            ([0.9, 0.5, 0.3, 0.2], 0.2),
            ([0.2, 0.1, 0.4, 0.3], 0.15),
            ([0.1, 0.1, 0.1, 0.1], 0.9),
        ] {
            assert_eq!(epochs.judge(&batches, calibration), LossTrend::Good);
        }
    }

    #[test]
    fn a_loss_that_explodes_is_noticed_before_it_stops_being_a_number() {
        let mut epochs = GoodEpochs::default();
        assert_eq!(epochs.judge(&[0.3, 0.3], 0.3), LossTrend::Good);
        assert_eq!(epochs.judge(&[0.3, 1.0, 30.0, 1e9], 0.3), LossTrend::Rising);
        assert_eq!(epochs.judge(&[0.3, 0.3], 4.0), LossTrend::Rising);
        assert_eq!(epochs.judge(&[0.3, f32::NAN], 0.3), LossTrend::NotANumber);
        assert_eq!(
            epochs.judge(&[0.3, 0.3], f64::INFINITY),
            LossTrend::NotANumber
        );
        assert_eq!(epochs.judge(&[0.3, 0.3], 0.3), LossTrend::Good);
    }

    #[test]
    fn an_epoch_of_one_batch_is_judged_by_the_calibration_items() {
        let mut epochs = GoodEpochs::default();
        assert_eq!(
            epochs.judge(&[0.3], 1e12),
            LossTrend::Good,
            "nothing to compare with"
        );
        assert_eq!(epochs.judge(&[0.3], 0.2), LossTrend::Good);
        assert_eq!(epochs.judge(&[0.3], 2.1), LossTrend::Rising);
        assert_eq!(epochs.judge(&[], 0.2), LossTrend::Good);
    }
}
