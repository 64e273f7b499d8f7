//! The numbers of an IDX file, of whatever type.

use std::borrow::Cow;

/// The type of an element, by its code in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementKind {
    /// 8: 0 to 255, levels of grey as they are.
    Byte,
    /// 9: −128 to 127.
    SignedByte,
    /// 11: 16 bits.
    Short,
    /// 12: 32 bits.
    Integer,
    /// 13: 32 bits.
    Float,
    /// 14: 64 bits.
    Double,
}

impl ElementKind {
    /// The type that a file names; `None` for a code that stands for nothing.
    pub(super) fn of_code(code: u8) -> Option<Self> {
        match code {
            0x08 => Some(Self::Byte),
            0x09 => Some(Self::SignedByte),
            0x0b => Some(Self::Short),
            0x0c => Some(Self::Integer),
            0x0d => Some(Self::Float),
            0x0e => Some(Self::Double),
            _ => None,
        }
    }

    /// Bytes of an element.
    pub(super) fn n_bytes(self) -> usize {
        match self {
            Self::Byte | Self::SignedByte => 1,
            Self::Short => 2,
            Self::Integer | Self::Float => 4,
            Self::Double => 8,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Byte => "bytes",
            Self::SignedByte => "signed bytes",
            Self::Short => "short integers",
            Self::Integer => "integers",
            Self::Float => "floats",
            Self::Double => "doubles",
        }
    }

    /// The value of an element of [`n_bytes`](Self::n_bytes), big-endian.
    fn value(self, bytes: &[u8]) -> f64 {
        let value = match self {
            Self::Byte => bytes.first().copied().map(f64::from),
            Self::SignedByte => bytes.first_chunk().map(|&it| i8::from_be_bytes(it).into()),
            Self::Short => bytes.first_chunk().map(|&it| i16::from_be_bytes(it).into()),
            Self::Integer => bytes.first_chunk().map(|&it| i32::from_be_bytes(it).into()),
            Self::Float => bytes.first_chunk().map(|&it| f32::from_be_bytes(it).into()),
            Self::Double => bytes.first_chunk().map(|&it| f64::from_be_bytes(it)),
        };
        value.unwrap_or(f64::NAN)
    }
}

/// Whole elements of one type, as the file has them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Elements<'a> {
    pub kind: ElementKind,
    pub bytes: &'a [u8],
}

impl<'a> Elements<'a> {
    /// The elements where they are bytes.
    pub(super) fn as_bytes(self) -> Option<&'a [u8]> {
        (self.kind == ElementKind::Byte).then_some(self.bytes)
    }

    /// The value of each.
    pub(super) fn values(self) -> impl Iterator<Item = f64> + 'a {
        let elements = self.bytes.chunks_exact(self.kind.n_bytes());
        elements.map(move |bytes| self.kind.value(bytes))
    }

    /// Levels from 0 to 255, and how they were made of what is not bytes.
    ///
    /// The smallest finite value becomes 0 and the largest 255; where all are equal, all become 0. What is no number, or
    /// infinite, counts as the nearer end, and as 0 where there is none.
    pub(super) fn levels(self) -> (Cow<'a, [u8]>, Option<String>) {
        if let Some(bytes) = self.as_bytes() {
            return (Cow::Borrowed(bytes), None);
        }
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        let finite = self.values().filter(|value| value.is_finite());
        let (low, high) = finite.fold(ends, |(low, high), it| (low.min(it), high.max(it)));
        if low > high {
            let levels = vec![0; self.values().count()];
            return (Cow::Owned(levels), Some(self.remark(0.0, 0.0)));
        }
        // Halves, since the distance of two doubles need not be one.
        let range = (high / 2.0 - low / 2.0).max(f64::MIN_POSITIVE);
        let level = |value: f64| {
            let share = (value / 2.0 - low / 2.0) / range;
            (share.clamp(0.0, 1.0) * 255.0).round() as u8
        };
        let levels: Vec<u8> = self.values().map(level).collect();
        (Cow::Owned(levels), Some(self.remark(low, high)))
    }

    fn remark(self, low: f64, high: f64) -> String {
        let title = self.kind.title();
        let scaled = format!(
            "The pixels are {title} from {} to {}; the smallest is read as paper and the largest as full ink.",
            short(low),
            short(high)
        );
        let n_odd = self.values().filter(|value| !value.is_finite()).count();
        match n_odd {
            0 => scaled,
            1 => format!("{scaled} One is no finite number and counts as the nearer end."),
            n => format!("{scaled} {n} are no finite numbers and count as the nearer end."),
        }
    }
}

/// A number in about four digits.
pub(super) fn short(value: f64) -> String {
    let size = value.abs();
    if value.fract() == 0.0 && size < 1e6 {
        format!("{value}")
    } else if (0.001..1e6).contains(&size) {
        format!("{value:.3}")
    } else {
        format!("{value:.3e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(kind: ElementKind, bytes: &[u8]) -> (Vec<u8>, String) {
        let (levels, remark) = Elements { kind, bytes }.levels();
        (levels.into_owned(), remark.unwrap_or_default())
    }

    #[test]
    fn every_type_runs_from_its_smallest_to_its_largest() {
        use ElementKind::{Double, Float, Integer, Short, SignedByte};
        let cases = [
            (
                SignedByte,
                [-2_i8, 0, 2].map(|it| it.to_be_bytes().to_vec()),
            ),
            (
                Short,
                [-300_i16, 0, 300].map(|it| it.to_be_bytes().to_vec()),
            ),
            (
                Integer,
                [-70_000_i32, 0, 70_000].map(|it| it.to_be_bytes().to_vec()),
            ),
            (
                Float,
                [-0.5_f32, 0.0, 0.5].map(|it| it.to_be_bytes().to_vec()),
            ),
            (
                Double,
                [-1e300_f64, 0.0, 1e300].map(|it| it.to_be_bytes().to_vec()),
            ),
            (
                Double,
                [f64::MIN, 0.0, f64::MAX].map(|it| it.to_be_bytes().to_vec()),
            ),
        ];
        for (kind, elements) in cases {
            let (levels, remark) = levels(kind, &elements.concat());
            assert_eq!(levels, [0, 128, 255], "{kind:?}");
            assert!(remark.contains(kind.title()), "{remark}");
        }
    }

    #[test]
    fn bytes_stay_what_they_are() {
        assert_eq!(
            levels(ElementKind::Byte, &[7, 9]),
            (vec![7, 9], String::new())
        );
    }

    #[test]
    fn what_is_no_number_counts_as_the_nearer_end_and_is_said() {
        let floats = [f32::NAN, f32::NEG_INFINITY, 1.0, 3.0, f32::INFINITY];
        let bytes = floats.map(f32::to_be_bytes).concat();
        let (some, remark) = levels(ElementKind::Float, &bytes);
        assert_eq!(some, [0, 0, 0, 255, 255]);
        assert_eq!(
            remark,
            "The pixels are floats from 1 to 3; the smallest is read as paper and the largest as full ink. 3 are no \
             finite numbers and count as the nearer end."
        );
        let (none, _) = levels(ElementKind::Float, &f32::NAN.to_be_bytes());
        assert_eq!(none, [0]);
    }

    #[test]
    fn equal_values_are_paper() {
        let bytes = [2.5_f32, 2.5].map(f32::to_be_bytes).concat();
        assert_eq!(levels(ElementKind::Float, &bytes).0, [0, 0]);
    }
}
