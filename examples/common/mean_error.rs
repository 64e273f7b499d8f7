//! The loss of rows that a network has not learned from.

use bottleneck::autoencoder::Trainer;
use pollster::block_on;

use crate::Outcome;

/// Mean squared error of rows, a few at a time.
pub fn mean_error(trainer: &Trainer, rows: &[f32], input_size: usize) -> Outcome<f64> {
    let mut sum = 0.0;
    for some in rows.chunks(100 * input_size) {
        sum += block_on(trainer.mean_error(some))? * some.len() as f64;
    }
    Ok(sum / rows.len().max(1) as f64)
}
