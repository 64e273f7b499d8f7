//! Rows of integers as bytes, as [`super::floats`] sends floats.

use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};
use serde_bytes::ByteBuf;

/// Writes the integers as little-endian bytes.
///
/// # Errors
/// Whatever the format itself refuses.
pub fn serialize<S: Serializer>(values: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytemuck::cast_slice(values))
}

/// Reads integers back from bytes.
///
/// # Errors
/// When the number of bytes is not a multiple of four.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
    let bytes = ByteBuf::deserialize(deserializer)?;
    let (values, rest) = bytes.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(D::Error::custom(
            "the bytes of a row of integers are cut short",
        ));
    }
    let values = values.iter().map(|&four| u32::from_le_bytes(four));
    Ok(values.collect())
}
