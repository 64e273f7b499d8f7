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
    from_bytes(&bytes).ok_or_else(|| D::Error::custom("the bytes of a row of floats are cut short"))
}

/// Floats from their little-endian bytes, as a model's file has them; `None` when the last one is cut short.
pub fn from_bytes(bytes: &[u8]) -> Option<Vec<f32>> {
    let (values, rest) = bytes.as_chunks::<4>();
    let value = |&four: &[u8; 4]| f32::from_le_bytes(four);
    rest.is_empty().then(|| values.iter().map(value).collect())
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
