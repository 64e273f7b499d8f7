//! How many normal items, in words that a class understands.

/// Fractions for the middle of the range; rarer and commoner ones are "1 in …" and all but "1 in …".
const MIDDLE_FRACTIONS: [(usize, usize); 7] =
    [(1, 4), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (3, 4)];

/// Below this share, and above 1 minus it, numerator or complement is 1: half-way between 1/5 and 1/4.
const RARE_SHARE: f64 = 0.225;

/// The subject and the verb of a sentence on `count` of `total` normal items: "1 in 200 normal digits is".
///
/// "about" says that the fraction is rounded.
pub(super) fn items_and_verb(count: usize, total: usize, several: &str) -> String {
    if count == 0 {
        return format!("None of the {total} normal {several} is");
    }
    if count >= total {
        return format!("All of the {total} normal {several} are");
    }
    let (numerator, denominator) = nearest_fraction(count, total);
    let is_exact = count as u64 * denominator as u64 == numerator as u64 * total as u64;
    let about = if is_exact { "" } else { "about " };
    let digits = match (numerator, denominator) {
        (1, 2) => format!("half of the normal {several} are"),
        (1, _) => format!("1 in {denominator} normal {several} is"),
        _ => format!("{numerator} in {denominator} normal {several} are"),
    };
    with_capital(&format!("{about}{digits}"))
}

/// For `0 < count < total`.
fn nearest_fraction(count: usize, total: usize) -> (usize, usize) {
    let share = count as f64 / total as f64;
    if share < RARE_SHARE {
        return (1, rounded_ratio(total, count));
    }
    if share > 1.0 - RARE_SHARE {
        let denominator = rounded_ratio(total, total - count);
        return (denominator - 1, denominator);
    }
    let distance = |(numerator, denominator): (usize, usize)| {
        (share - numerator as f64 / denominator as f64).abs()
    };
    let nearest = MIDDLE_FRACTIONS
        .into_iter()
        .min_by(|&one, &other| distance(one).total_cmp(&distance(other)));
    nearest.unwrap_or((1, 2))
}

fn rounded_ratio(numerator: usize, denominator: usize) -> usize {
    (numerator as f64 / denominator as f64).round() as usize
}

fn with_capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_fractions_are_said_exactly() {
        assert_eq!(
            items_and_verb(1, 200, "digits"),
            "1 in 200 normal digits is"
        );
        assert_eq!(
            items_and_verb(18, 360, "digits"),
            "1 in 20 normal digits is"
        );
        assert_eq!(items_and_verb(90, 360, "digits"), "1 in 4 normal digits is");
        assert_eq!(
            items_and_verb(180, 360, "digits"),
            "Half of the normal digits are"
        );
        assert_eq!(
            items_and_verb(216, 360, "digits"),
            "3 in 5 normal digits are"
        );
        assert_eq!(
            items_and_verb(342, 360, "digits"),
            "19 in 20 normal digits are"
        );
    }

    #[test]
    fn rounded_fractions_are_said_to_be_rounded() {
        assert_eq!(
            items_and_verb(7, 360, "digits"),
            "About 1 in 51 normal digits is"
        );
        assert_eq!(
            items_and_verb(181, 360, "digits"),
            "About half of the normal digits are"
        );
        assert_eq!(
            items_and_verb(268, 360, "digits"),
            "About 3 in 4 normal digits are"
        );
        assert_eq!(
            items_and_verb(353, 360, "digits"),
            "About 50 in 51 normal digits are"
        );
    }

    #[test]
    fn none_and_all_are_said_with_their_number() {
        assert_eq!(
            items_and_verb(0, 360, "digits"),
            "None of the 360 normal digits is"
        );
        assert_eq!(
            items_and_verb(360, 360, "digits"),
            "All of the 360 normal digits are"
        );
    }

    #[test]
    fn no_fraction_is_far_from_its_share() {
        for total in 1..400 {
            for count in 1..total {
                let (numerator, denominator) = nearest_fraction(count, total);
                let difference =
                    numerator as f64 / denominator as f64 - count as f64 / total as f64;
                assert!(numerator > 0 && numerator < denominator);
                assert!(
                    difference.abs() < 0.06,
                    "{count} of {total}: {numerator} in {denominator}"
                );
            }
        }
    }
}
