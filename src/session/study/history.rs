//! The checkpoints of a run that can be come back to.

use std::sync::Arc;

use crate::anomaly::Calibration;
use crate::autoencoder::Position;
use crate::autoencoder::thinning::{is_kept, stride};
use crate::protocol::Checkpoint;

/// A run's checkpoints after some of its epochs, the earliest first: few enough to hold in memory, the fresh weights, the
/// first epoch and the one with the lowest calibration loss always among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    kept: Vec<KeptEpoch>,
}

/// A run as it was after one of its epochs.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptEpoch {
    /// Between two epochs, so that training goes on from it exactly.
    pub checkpoint: Arc<Checkpoint>,
    /// Mean loss over the calibration items; `None` of fresh weights, by which nobody measured.
    pub calibration_loss: Option<f64>,
    /// The errors of the calibration items, once they were measured.
    pub calibration: Option<Calibration>,
}

impl KeptEpoch {
    /// Epochs done.
    pub fn epoch(&self) -> usize {
        self.checkpoint.position.epoch
    }
}

impl History {
    /// Every epoch that is kept, the earliest first.
    pub fn epochs(&self) -> &[KeptEpoch] {
        &self.kept
    }

    /// Keeps a checkpoint, in the place of those of its epoch and of later ones, and lets go of what is too much.
    pub fn keep(&mut self, checkpoint: Checkpoint, calibration_loss: Option<f64>) {
        if checkpoint.position.batch != 0 {
            return;
        }
        if let Some(before) = checkpoint.position.epoch.checked_sub(1) {
            self.forget_after(before);
        } else {
            self.kept.clear();
        }
        self.kept.push(KeptEpoch {
            checkpoint: Arc::new(checkpoint),
            calibration_loss,
            calibration: None,
        });
        self.thin();
    }

    /// Forgets what came after an epoch.
    pub fn forget_after(&mut self, epoch: usize) {
        self.kept.retain(|known| known.epoch() <= epoch);
    }

    /// The checkpoint after this epoch, if it was kept.
    pub fn at(&self, epoch: usize) -> Option<&KeptEpoch> {
        let found = self.kept.binary_search_by_key(&epoch, KeptEpoch::epoch);
        Some(&self.kept[found.ok()?])
    }

    /// The epoch, among those kept, with the lowest calibration loss; `None` before the first has ended.
    pub fn best_epoch(&self) -> Option<usize> {
        let measured = self.kept.iter().filter_map(|known| {
            let loss = known.calibration_loss?;
            Some((loss, known.epoch()))
        });
        let best = measured.min_by(|one, other| one.0.total_cmp(&other.0));
        best.map(|(_, epoch)| epoch)
    }

    /// The errors of the calibration items by the weights of an epoch have been measured.
    pub fn note_calibration(&mut self, by: &Arc<Checkpoint>, calibration: &Calibration) {
        let mut kept = self.kept.iter_mut();
        if let Some(known) = kept.find(|known| Arc::ptr_eq(&known.checkpoint, by)) {
            known.calibration = Some(calibration.clone());
        }
    }

    /// The errors of the calibration items by the newest weights of a position have been measured.
    pub fn note_calibration_at(&mut self, position: Position, calibration: &Calibration) {
        let mut kept = self.kept.iter_mut();
        if let Some(known) = kept.find(|known| known.checkpoint.position == position) {
            known.calibration = Some(calibration.clone());
        }
    }

    /// Errors are measured in another way now.
    pub fn forget_errors(&mut self) {
        for known in &mut self.kept {
            known.calibration = None;
        }
    }

    fn thin(&mut self) {
        let Some(newest) = self.kept.last() else {
            return;
        };
        let stride = stride(newest.epoch(), newest.checkpoint.n_bytes());
        let (newest, best) = (newest.epoch(), self.best_epoch());
        self.kept.retain(|known| {
            let epoch = known.epoch();
            is_kept(epoch, stride) || epoch == newest || Some(epoch) == best
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autoencoder::thinning::{MOST_BYTES, MOST_KEPT};
    use crate::autoencoder::{Architecture, Weights};
    use crate::random::Mt19937;
    use crate::recipe::RecipeName;

    fn checkpoint(epoch: usize, architecture: &Architecture) -> Checkpoint {
        let weights = Weights::initial(architecture, &mut Mt19937::new(epoch as u64));
        Checkpoint::of_weights(Position { epoch, batch: 0 }, weights)
    }

    fn epochs_of(history: &History) -> Vec<usize> {
        history.epochs().iter().map(KeptEpoch::epoch).collect()
    }

    #[test]
    fn whatever_the_losses_the_ends_and_the_best_stay_and_the_rest_is_few() {
        let architecture = RecipeName::OF_OLD_LINKS.recipe().architecture;
        for seed in 0..40 {
            let mut generator = Mt19937::new(seed);
            let mut history = History::default();
            let mut losses = Vec::new();
            history.keep(checkpoint(0, &architecture), None);
            for epoch in 1..=(100 + 5 * seed as usize) {
                let loss = f64::from(generator.next_u32()) + 1.0;
                losses.push(loss);
                history.keep(checkpoint(epoch, &architecture), Some(loss));
                let kept = epochs_of(&history);
                let lowest = (1..=epoch).min_by(|a, b| losses[a - 1].total_cmp(&losses[b - 1]));
                assert!(kept.is_sorted() && kept.len() <= MOST_KEPT);
                assert_eq!((kept[0], kept[1], kept.last()), (0, 1, Some(&epoch)));
                assert_eq!(history.best_epoch(), lowest);
                let n_bytes: usize = history
                    .epochs()
                    .iter()
                    .map(|known| known.checkpoint.n_bytes())
                    .sum();
                assert!(n_bytes <= MOST_BYTES);
            }
        }
    }

    #[test]
    fn going_back_forgets_what_came_after() {
        let architecture = RecipeName::OF_OLD_LINKS.recipe().architecture;
        let mut history = History::default();
        for epoch in 0..=6 {
            history.keep(
                checkpoint(epoch, &architecture),
                Some(1.0 / (epoch + 1) as f64),
            );
        }
        history.keep(checkpoint(3, &architecture), Some(0.5));
        assert_eq!(epochs_of(&history), [0, 1, 2, 3]);
        assert_eq!(
            history.at(3).and_then(|known| known.calibration_loss),
            Some(0.5)
        );
        assert!(history.at(4).is_none());
        let in_an_epoch = Position { epoch: 3, batch: 2 };
        history.keep(
            Checkpoint {
                position: in_an_epoch,
                ..checkpoint(0, &architecture)
            },
            None,
        );
        assert_eq!(epochs_of(&history), [0, 1, 2, 3], "only between two epochs");
    }

    #[test]
    fn errors_that_were_measured_stay_until_they_are_measured_otherwise() {
        let architecture = RecipeName::OF_OLD_LINKS.recipe().architecture;
        let mut history = History::default();
        history.keep(checkpoint(1, &architecture), Some(0.5));
        let kept = history.epochs()[0].checkpoint.clone();
        history.note_calibration(&kept, &Calibration::new(vec![0.25]));
        let stranger = Arc::new(checkpoint(1, &architecture));
        history.note_calibration(&stranger, &Calibration::new(vec![0.75]));
        let errors = |history: &History| history.at(1).and_then(|known| known.calibration.clone());
        assert_eq!(errors(&history), Some(Calibration::new(vec![0.25])));
        history.forget_errors();
        assert_eq!(errors(&history), None);
    }
}
