//! Where a reconstruction differs from its picture, and in which direction.

use crate::order::descending;

/// A region that holds at least this part of an error, and [`CLEAR_LEAD`] times as much as the next, is its place.
const DOMINANT_SHARE: f32 = 0.3;

/// See [`DOMINANT_SHARE`].
const CLEAR_LEAD: f32 = 1.5;

/// The difference of each pixel, −1…1: above 0 is ink that was not expected, below 0 ink that is missing.
pub fn signed_error(input: &[f32], reconstruction: &[f32]) -> Vec<f32> {
    input
        .iter()
        .zip(reconstruction)
        .map(|(input, reconstructed)| input - reconstructed)
        .collect()
}

/// What most of an error is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonKind {
    /// Ink in the picture that the reconstruction lacks.
    UnexpectedInk,
    /// Ink in the reconstruction that the picture lacks.
    MissingInk,
}

impl ReasonKind {
    /// The kind as part of a sentence: "Most of the error is …".
    pub fn words(self) -> &'static str {
        match self {
            Self::UnexpectedInk => "ink of the picture that the reconstruction lacks",
            Self::MissingInk => "ink of the reconstruction that the picture lacks",
        }
    }
}

/// A ninth of the picture, or all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the nine places say all")]
pub enum Region {
    UpperLeft,
    Top,
    UpperRight,
    Left,
    Centre,
    Right,
    LowerLeft,
    Bottom,
    LowerRight,
    /// No single ninth stands out.
    Everywhere,
}

impl Region {
    /// The nine places, row by row.
    const NINTHS: [Self; 9] = [
        Self::UpperLeft,
        Self::Top,
        Self::UpperRight,
        Self::Left,
        Self::Centre,
        Self::Right,
        Self::LowerLeft,
        Self::Bottom,
        Self::LowerRight,
    ];

    /// The place as part of a sentence: "ink of the picture that the reconstruction lacks, …".
    pub fn words(self) -> &'static str {
        match self {
            Self::UpperLeft => "above all in the upper left",
            Self::Top => "above all at the top",
            Self::UpperRight => "above all in the upper right",
            Self::Left => "above all on the left",
            Self::Centre => "above all in the centre",
            Self::Right => "above all on the right",
            Self::LowerLeft => "above all in the lower left",
            Self::Bottom => "above all at the bottom",
            Self::LowerRight => "above all in the lower right",
            Self::Everywhere => "in several places",
        }
    }
}

/// What most of an error is made of, and where that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// The kind that carries more of the squared error than the other.
    pub kind: ReasonKind,
    /// Where that kind is.
    pub region: Region,
    /// The region's part of the squared error of that kind, 0…1; 1 for [`Region::Everywhere`].
    pub share: f32,
}

impl Reason {
    /// The kind and the place as the end of a sentence: "ink of the reconstruction that the picture lacks, above all at the top".
    pub fn in_words(&self) -> String {
        format!("{}, {}", self.kind.words(), self.region.words())
    }
}

/// The squared error of each ninth of a picture, by kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ErrorMap {
    unexpected: [f32; 9],
    missing: [f32; 9],
}

impl ErrorMap {
    /// What most of the squared error is made of, and in which ninth of the picture.
    ///
    /// A ninth is named when it holds at least 30 % of that kind's squared error and 1.5 times as much as the next
    /// one; otherwise the place is [`Region::Everywhere`]. Values of `signed` after `width × height`, such as the
    /// error of a label, are left out. `None` when there is no error or `signed` is too short.
    pub fn main_reason(width: usize, height: usize, signed: &[f32]) -> Option<Reason> {
        let signed = signed.get(..width.checked_mul(height)?)?;
        let map = Self::of_pixels(width, height, signed);
        if map.missing.iter().sum::<f32>() > map.unexpected.iter().sum() {
            place_of(ReasonKind::MissingInk, &map.missing)
        } else {
            place_of(ReasonKind::UnexpectedInk, &map.unexpected)
        }
    }

    /// For `width × height` values; those without a finite square are left out.
    fn of_pixels(width: usize, height: usize, signed: &[f32]) -> Self {
        let mut map = Self::default();
        for (pixel_idx, &error) in signed.iter().enumerate() {
            let (x, y) = (pixel_idx % width, pixel_idx / width);
            let squared = error * error;
            if squared.is_finite() {
                let of_kind = if error > 0.0 {
                    &mut map.unexpected
                } else {
                    &mut map.missing
                };
                of_kind[3 * third_of(y, height) + third_of(x, width)] += squared;
            }
        }
        map
    }
}

/// Which third of a side a cell's middle lies in: 0, 1 or 2.
fn third_of(cell_idx: usize, n_cells: usize) -> usize {
    ((2 * cell_idx + 1) * 3 / (2 * n_cells)).min(2)
}

fn place_of(kind: ReasonKind, squared_by_ninth: &[f32; 9]) -> Option<Reason> {
    let total: f32 = squared_by_ninth.iter().sum();
    if !(total > 0.0 && total.is_finite()) {
        return None;
    }
    let order = descending(*squared_by_ninth);
    let (region, largest) = (Region::NINTHS[order[0]], squared_by_ninth[order[0]]);
    let next = squared_by_ninth[order[1]];
    let dominates = largest >= DOMINANT_SHARE * total && largest >= CLEAR_LEAD * next;
    let (region, share) = if dominates {
        (region, largest / total)
    } else {
        (Region::Everywhere, 1.0)
    };
    Some(Reason {
        kind,
        region,
        share,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors_at(side: usize, places: &[(usize, usize, f32)]) -> Vec<f32> {
        let mut signed = vec![0.0; side * side];
        for &(x, y, error) in places {
            signed[y * side + x] = error;
        }
        signed
    }

    #[test]
    fn ink_that_was_not_expected_is_positive() {
        assert_eq!(
            signed_error(&[1.0, 0.0, 0.5], &[0.25, 1.0, 0.5]),
            [0.75, -1.0, 0.0]
        );
    }

    #[test]
    fn each_ninth_of_an_8_by_8_picture_is_named() {
        for (ninth, region) in Region::NINTHS.into_iter().enumerate() {
            let (x, y) = ([1, 4, 6][ninth % 3], [1, 3, 7][ninth / 3]);
            let reason =
                ErrorMap::main_reason(8, 8, &errors_at(8, &[(x, y, 0.5)])).expect("an error");
            assert_eq!(reason.region, region);
            assert_eq!(reason.kind, ReasonKind::UnexpectedInk);
            assert!((reason.share - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn the_sign_with_more_squared_error_is_the_kind() {
        // Two of 0.6 weigh less than one of 0.9: 0.72 against 0.81.
        let signed = errors_at(8, &[(0, 0, 0.6), (1, 0, 0.6), (7, 7, -0.9)]);
        let reason = ErrorMap::main_reason(8, 8, &signed).expect("an error");
        assert_eq!(
            (reason.kind, reason.region),
            (ReasonKind::MissingInk, Region::LowerRight)
        );
    }

    #[test]
    fn the_share_counts_only_errors_of_the_same_kind() {
        let signed = errors_at(8, &[(0, 0, 0.6), (7, 7, 0.3), (4, 4, -0.5)]);
        let reason = ErrorMap::main_reason(8, 8, &signed).expect("an error");
        assert_eq!(reason.region, Region::UpperLeft);
        assert!((reason.share - 0.8).abs() < 1e-5, "share {}", reason.share);
    }

    #[test]
    fn an_even_error_has_no_place() {
        let reason = ErrorMap::main_reason(8, 8, &[-0.2; 64]).expect("an error");
        assert_eq!(
            (reason.kind, reason.region),
            (ReasonKind::MissingInk, Region::Everywhere)
        );
        let two_ends = errors_at(8, &[(0, 0, 0.5), (7, 7, 0.5)]);
        assert_eq!(
            ErrorMap::main_reason(8, 8, &two_ends).map(|reason| reason.region),
            Some(Region::Everywhere)
        );
    }

    #[test]
    fn the_error_of_a_label_is_left_out() {
        let mut signed = errors_at(8, &[(0, 0, 0.1)]);
        signed.push(-1.0);
        let reason = ErrorMap::main_reason(8, 8, &signed).expect("an error");
        assert_eq!(
            (reason.kind, reason.region),
            (ReasonKind::UnexpectedInk, Region::UpperLeft)
        );
    }

    #[test]
    fn without_an_error_there_is_no_reason() {
        assert_eq!(ErrorMap::main_reason(8, 8, &[0.0; 64]), None);
        assert_eq!(ErrorMap::main_reason(8, 8, &[f32::NAN; 64]), None);
        assert_eq!(ErrorMap::main_reason(8, 8, &[f32::MAX; 64]), None);
        assert_eq!(ErrorMap::main_reason(8, 8, &[0.5; 63]), None);
        assert_eq!(ErrorMap::main_reason(0, 0, &[]), None);
        assert_eq!(ErrorMap::main_reason(usize::MAX, 2, &[0.5; 64]), None);
    }
}
