//! Long texts as bytes, which JavaScript passes on without decoding them.

use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};
use serde_bytes::ByteBuf;

/// Writes the text as UTF-8.
///
/// # Errors
/// Whatever the format itself refuses.
pub fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(text.as_bytes())
}

/// Reads a text back from bytes.
///
/// # Errors
/// When they are not UTF-8.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let bytes = ByteBuf::deserialize(deserializer)?;
    String::from_utf8(bytes.into_vec()).map_err(D::Error::custom)
}
