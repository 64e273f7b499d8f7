//! Bytes to text, in whichever of the usual encodings they are.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::TableError;

const UTF_8_MARK: char = '\u{feff}';
const UTF_16_LITTLE: [u8; 2] = [0xff, 0xfe];
const UTF_16_BIG: [u8; 2] = [0xfe, 0xff];

/// What the bytes 0x80 to 0x9f stand for in Windows-1252; five of them stand for nothing.
const WINDOWS_1252: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// How characters were written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum TextEncoding {
    /// What everybody writes today.
    Utf8,
    /// Two bytes a character, as some spreadsheets export; known by the mark at the beginning.
    Utf16,
    /// One byte a character, as older programs in western Europe write; taken where the bytes are no UTF-8.
    Windows1252,
}

impl TextEncoding {
    /// What the reader should know of it; UTF-8 goes without saying.
    pub(super) fn remark(self) -> Option<&'static str> {
        match self {
            Self::Utf8 => None,
            Self::Utf16 => Some("The text was read as UTF-16."),
            Self::Windows1252 => Some(
                "The text is not UTF-8 and was read as Windows-1252; if letters look wrong, save the file as UTF-8.",
            ),
        }
    }
}

/// The text without a byte-order mark, and how it was written.
///
/// # Errors
/// When the bytes are no text in any of the encodings; the line of the first foreign byte is named.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, TextEncoding), TableError> {
    let (text, encoding) = if let Some(units) = bytes.strip_prefix(&UTF_16_LITTLE) {
        (
            Cow::Owned(utf_16(units, u16::from_le_bytes)?),
            TextEncoding::Utf16,
        )
    } else if let Some(units) = bytes.strip_prefix(&UTF_16_BIG) {
        (
            Cow::Owned(utf_16(units, u16::from_be_bytes)?),
            TextEncoding::Utf16,
        )
    } else if let Ok(text) = str::from_utf8(bytes) {
        let text = text.strip_prefix(UTF_8_MARK).unwrap_or(text);
        (Cow::Borrowed(text), TextEncoding::Utf8)
    } else {
        (Cow::Owned(windows_1252(bytes)?), TextEncoding::Windows1252)
    };
    // No text has one, but an archive or a picture may be valid up to here.
    match text.find('\0') {
        Some(nul_idx) => Err(foreign_after(&text[..nul_idx])),
        None => Ok((text, encoding)),
    }
}

fn utf_16(bytes: &[u8], unit_of: fn([u8; 2]) -> u16) -> Result<String, TableError> {
    let (pairs, rest) = bytes.as_chunks();
    let units = pairs.iter().map(|&pair| unit_of(pair));
    let mut text = String::with_capacity(pairs.len());
    for character in char::decode_utf16(units) {
        match character {
            Ok(character) => text.push(character),
            Err(_) => return Err(foreign_after(&text)),
        }
    }
    if rest.is_empty() {
        Ok(text)
    } else {
        Err(foreign_after(&text))
    }
}

/// One character a byte; control characters show that it is no text at all.
fn windows_1252(bytes: &[u8]) -> Result<String, TableError> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for &byte in bytes {
        let character = match byte {
            b'\t' | b'\n' | b'\r' | b'\x0c' => Some(char::from(byte)),
            0x00..=0x1f | 0x7f => None,
            0x80..=0x9f => WINDOWS_1252[usize::from(byte) - 0x80],
            _ => Some(char::from(byte)),
        };
        text.push(character.ok_or_else(|| foreign_after(&text))?);
    }
    Ok(text)
}

fn foreign_after(text: &str) -> TableError {
    TableError::NotText {
        line: 1 + n_line_ends(text.as_bytes()),
    }
}

/// Line ends of any system; a carriage return before a line feed is part of it.
pub(super) fn n_line_ends(text: &[u8]) -> usize {
    let is_end = |&(byte_idx, byte): &(usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => text.get(byte_idx + 1) != Some(&b'\n'),
        _ => false,
    };
    text.iter().enumerate().filter(is_end).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, TextEncoding) {
        let (text, encoding) = decode(bytes).expect("a text");
        (text.into_owned(), encoding)
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(
            decoded("\u{feff}a,ä".as_bytes()),
            ("a,ä".to_owned(), TextEncoding::Utf8)
        );
        let units: Vec<u16> = "\u{feff}ä😀\n".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [little, big] {
            assert_eq!(decoded(&bytes), ("ä😀\n".to_owned(), TextEncoding::Utf16));
        }
    }

    #[test]
    fn what_is_no_utf_8_is_windows_1252() {
        let (text, encoding) = decoded(b"M\xfcnster,5 \x80,\x93a\x94");
        assert_eq!(text, "Münster,5 €,“a”");
        assert_eq!(encoding, TextEncoding::Windows1252);
    }

    #[test]
    fn what_is_no_text_names_its_line() {
        let line_of = |bytes: &[u8]| match decode(bytes) {
            Err(TableError::NotText { line }) => line,
            other => panic!("{other:?} instead of a refusal"),
        };
        assert_eq!(line_of(b"a\nb\n\0"), 3);
        assert_eq!(line_of(b"\x89PNG\r\n\x1a\n"), 2);
        assert_eq!(line_of(b"\xfca\n\x81"), 2);
        assert_eq!(line_of(b"\xff\xfea\0\n\0b"), 2);
        assert_eq!(line_of(b"\xff\xfe\x00\xd8a\0"), 1);
    }
}
