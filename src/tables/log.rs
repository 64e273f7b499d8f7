//! How the losses of a run fell.

use super::{cell, csv_of};
use crate::autoencoder::EpochLoss;

/// A line for each epoch, after a line of column names; epochs are counted from 1.
pub fn log_csv(losses: &[EpochLoss]) -> String {
    let names = [
        "epoch",
        "batches",
        "training_loss",
        "calibration_loss",
        "divergence_nats",
        "beta",
    ];
    let lines = losses.iter().map(|loss| {
        vec![
            loss.epoch.to_string(),
            loss.n_batches.to_string(),
            loss.training.to_string(),
            loss.calibration.to_string(),
            cell(loss.information.map(|it| it.nats)),
            cell(loss.information.map(|it| it.beta)),
        ]
    });
    csv_of(std::iter::once(names.map(str::to_owned).to_vec()).chain(lines))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autoencoder::Information;

    #[test]
    fn every_epoch_has_a_line() {
        let loss = EpochLoss {
            epoch: 1,
            n_batches: 34,
            training: 0.5,
            calibration: 1.0 / 3.0,
            information: None,
        };
        let drawn = EpochLoss {
            epoch: 2,
            information: Some(Information {
                nats: 2.5,
                beta: 0.25,
            }),
            ..loss
        };
        assert_eq!(
            log_csv(&[loss, drawn]),
            "epoch,batches,training_loss,calibration_loss,divergence_nats,beta\n\
             1,34,0.5,0.3333333333333333,,\n\
             2,34,0.5,0.3333333333333333,2.5,0.25\n"
        );
    }
}
