//! Rows of floats as bytes: a number each would cost a hundred times as much on the way to JavaScript.

use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};
use serde_bytes::ByteBuf;

/// Writes the floats as little-endian bytes.
///
/// # Errors
/// Whatever the format itself refuses.
pub fn serialize<S: Serializer>(values: &[f32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytemuck::cast_slice(values))
}

/// Reads floats back from bytes.
///
/// # Errors
/// When the number of bytes is not a multiple of four.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f32>, D::Error> {
    let bytes = ByteBuf::deserialize(deserializer)?;
    let (values, rest) = bytes.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(D::Error::custom(
            "the bytes of a row of floats are cut short",
        ));
    }
    Ok(values
        .iter()
        .map(|&four| f32::from_le_bytes(four))
        .collect())
}

#[cfg(test)]
mod tests {

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Row(#[serde(with = "super")] Vec<f32>);

    #[test]
    fn a_row_survives_the_journey() {
        let sent = vec![0.5, -1.25, f32::MAX];
        let text = serde_json::to_string(&Row(sent.clone())).expect("writes");
        let Row(received) = serde_json::from_str(&text).expect("reads");
        assert_eq!(received, sent);
    }

    #[test]
    fn a_cut_row_is_refused() {
        assert!(serde_json::from_str::<Row>("[1,2,3]").is_err());
    }
}
