//! Tells one data set from another.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{CurveScaling, Dataset, Encoding, Form};

/// A number that another data set is most unlikely to have: 64 bits of all that is in it, labels and columns included.
///
/// It is written as 16 hexadecimal digits, and says nothing of the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

/// 2⁶⁴ over the golden ratio, made odd: multiplying by it spreads every bit over the higher ones.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Dataset {
    /// The fingerprint of everything that is in it.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut mixed = Mixed::default();
        match self.form() {
            Form::Pictures { width, height } => {
                mixed.add_number(*width as u64);
                mixed.add_number(*height as u64);
                mixed.add_number(self.largest_level().map_or(0, u64::from));
            }
            Form::Table(schema) => {
                for column in &schema.columns {
                    mixed.add_text(&column.name);
                    mixed.add_encoding(&column.encoding);
                }
            }
            Form::Series(form) => {
                mixed.add_number(form.n_samples as u64);
                mixed.add_scaling(form.scaling);
                let cut = form.cut.iter();
                for number in cut.flat_map(|cut| [cut.column_idx, cut.length, cut.stride]) {
                    mixed.add_number(number as u64);
                }
                for (&label, name) in &form.class_names {
                    mixed.add_number(label.into());
                    mixed.add_text(name);
                }
            }
        }
        let (values, labels) = self.bytes();
        mixed.add_bytes(values);
        mixed.add_bytes(labels);
        // Data whose files do not say it keep the fingerprint that they always had.
        if self.n_validation() > 0 {
            mixed.add_number(self.n_validation() as u64);
        }
        if self.is_stretched() {
            mixed.add_number(self.copies.n_each as u64);
            mixed.add_number(self.copies.n_originals as u64);
        }
        Fingerprint(mixed.0)
    }
}

#[derive(Default)]
struct Mixed(u64);

impl Mixed {
    fn add_number(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_add(1).wrapping_mul(SPREAD);
        self.0 = mixed ^ (mixed >> 29);
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        self.add_number(bytes.len() as u64);
        let (words, rest) = bytes.as_chunks::<8>();
        for &word in words {
            self.add_number(u64::from_le_bytes(word));
        }
        for &byte in rest {
            self.add_number(byte.into());
        }
    }

    fn add_text(&mut self, text: &str) {
        self.add_bytes(text.as_bytes());
    }

    fn add_scaling(&mut self, scaling: CurveScaling) {
        match scaling {
            CurveScaling::ByTheWhole { offset, scale } => {
                self.add_number(1);
                self.add_number(offset.to_bits().into());
                self.add_number(scale.to_bits().into());
            }
            CurveScaling::EachByItself => self.add_number(2),
        }
    }

    fn add_encoding(&mut self, encoding: &Encoding) {
        match encoding {
            Encoding::Number {
                offset,
                scale,
                decimals,
            } => {
                self.add_number(1);
                self.add_number(offset.to_bits().into());
                self.add_number(scale.to_bits().into());
                self.add_number((*decimals).into());
            }
            Encoding::Signed { negative, positive } => {
                self.add_number(2);
                self.add_text(negative);
                self.add_text(positive);
            }
            Encoding::OneHot { levels } => {
                self.add_number(3);
                self.add_number(levels.len() as u64);
                for level in levels {
                    self.add_text(level);
                }
            }
            Encoding::LeftOut => self.add_number(4),
            Encoding::Missing => self.add_number(6),
            Encoding::Logarithm {
                unit,
                offset,
                scale,
                decimals,
            } => {
                self.add_number(5);
                for number in [unit, offset, scale] {
                    self.add_number(number.to_bits().into());
                }
                self.add_number((*decimals).into());
            }
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let number = u64::from_str_radix(&digits, 16);
        number
            .map(Self)
            .map_err(|_| de::Error::custom("a fingerprint has 16 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::employees;

    fn pictures(pixels: &[u8], labels: &[u8]) -> Fingerprint {
        let pixels = pixels.to_vec();
        let dataset = Dataset::pictures(2, 1, 16, pixels, labels.to_vec());
        dataset.expect("pictures").fingerprint()
    }

    #[test]
    fn the_same_data_have_the_same_fingerprint_and_others_have_others() {
        let one = pictures(&[0, 4, 8, 16], &[3, 7]);
        assert_eq!(one, pictures(&[0, 4, 8, 16], &[3, 7]));
        let others = [
            pictures(&[0, 4, 8, 15], &[3, 7]),
            pictures(&[0, 4, 8, 16], &[7, 3]),
            pictures(&[0, 4, 8, 16], &[]),
            pictures(&[0, 4, 8, 16, 0, 0], &[3, 7, 0]),
            employees(1).fingerprint(),
            employees(2).fingerprint(),
        ];
        for (idx, other) in others.iter().enumerate() {
            assert_ne!(one, *other);
            assert!(!others[..idx].contains(other));
        }
    }

    #[test]
    fn it_is_written_as_digits() {
        let one = pictures(&[0, 4, 8, 16], &[3, 7]);
        let text = serde_json::to_string(&one).expect("digits");
        assert_eq!(text.len(), 18, "{text}");
        let read: Fingerprint = serde_json::from_str(&text).expect("digits");
        assert_eq!(read, one);
        assert!(serde_json::from_str::<Fingerprint>("\"x\"").is_err());
    }
}
