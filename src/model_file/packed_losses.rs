//! Losses as bytes on their way between page and worker: an object an epoch would cost a hundred times as much.

use std::borrow::Cow;

use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};
use serde_bytes::ByteBuf;

use super::read::loss_of;
use super::write::{LOSS_COLUMNS, loss_row};
use crate::autoencoder::EpochLoss;

/// Writes them row by row, as a file has them.
pub(super) fn serialize<S: Serializer>(
    losses: &[EpochLoss],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let values: Vec<f64> = losses.iter().flat_map(loss_row).collect();
    serializer.serialize_bytes(bytemuck::cast_slice(&values))
}

/// Reads them back.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Cow<'static, [EpochLoss]>, D::Error> {
    let bytes = ByteBuf::deserialize(deserializer)?;
    let (numbers, rest) = bytes.as_chunks::<{ size_of::<f64>() }>();
    let numbers: Vec<f64> = numbers.iter().copied().map(f64::from_le_bytes).collect();
    let (rows, others) = numbers.as_chunks::<LOSS_COLUMNS>();
    let losses = rows.iter().map(loss_of).collect::<Option<Vec<_>>>();
    let is_whole = rest.is_empty() && others.is_empty();
    let losses = losses.filter(|_| is_whole);
    losses
        .map(Cow::Owned)
        .ok_or_else(|| D::Error::custom("the bytes of the losses are cut short"))
}
