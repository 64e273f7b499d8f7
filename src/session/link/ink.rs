//! A drawing as words of a link.

use crate::picture::Picture;

/// Shades of ink that a link can hold, as the letters `a` (paper) to `p` (full ink).
const N_SHADES: u8 = 16;

/// Ink as runs of one shade: a letter, and how often it comes where that is more than once.
pub(super) fn ink_in_words(picture: &Picture) -> String {
    let shade = |ink: f32| (ink * f32::from(N_SHADES - 1)).round() as u8;
    let shades: Vec<u8> = picture.ink().iter().map(|&ink| shade(ink)).collect();
    let runs = shades.chunk_by(|a, b| a == b).map(|run| {
        let letter = char::from(b'a' + run[0]);
        if run.len() == 1 {
            letter.to_string()
        } else {
            format!("{letter}{}", run.len())
        }
    });
    runs.collect()
}

/// The inverse of [`ink_in_words`] for a picture of the size of `like`; `None` unless it fills it exactly.
pub(super) fn ink_of(words: &str, like: &Picture) -> Option<Picture> {
    let n_values = like.ink().len();
    let mut ink: Vec<f32> = Vec::with_capacity(n_values);
    let mut rest = words;
    while let Some(letter) = rest.bytes().next() {
        let shade = letter.checked_sub(b'a').filter(|&shade| shade < N_SHADES)?;
        rest = &rest[1..];
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, after) = rest.split_at(n_digits);
        rest = after;
        let length = if digits.is_empty() {
            1
        } else {
            digits.parse::<usize>().ok()?
        };
        if length > n_values - ink.len() {
            return None;
        }
        ink.resize(
            ink.len() + length,
            f32::from(shade) / f32::from(N_SHADES - 1),
        );
    }
    (ink.len() == n_values).then(|| Picture::from_ink(like.width(), like.height(), ink))?
}

/// Whether words could be the ink of some picture: letters of shades with counts.
pub(super) fn is_ink(words: &str) -> bool {
    let mut letters = words.bytes();
    let is_shade = |byte: u8| (b'a'..b'a' + N_SHADES).contains(&byte);
    letters.next().is_some_and(is_shade)
        && letters.all(|byte| is_shade(byte) || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;

    fn drawn() -> Picture {
        let mut picture = Picture::blank(32, 32);
        picture.stroke((4.0, 4.0), (28.0, 20.0), 2.5, Brush::Ink);
        picture
    }

    #[test]
    fn ink_survives_its_way_through_a_link() {
        let words = ink_in_words(&drawn());
        let again = ink_of(&words, &drawn()).expect("the words are our own");
        assert_eq!(ink_in_words(&again), words);
        let furthest = again
            .ink()
            .iter()
            .zip(drawn().ink())
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f32::max);
        assert!(furthest <= 0.5 / 15.0 + 1e-6, "{furthest}");
    }

    #[test]
    fn broken_ink_is_refused() {
        for words in [
            "",
            "a",
            "a1025",
            "a99999999999999999999",
            "q1024",
            "a1023é",
            "A1024",
            "1024a",
        ] {
            assert_eq!(ink_of(words, &drawn()), None, "{words}");
        }
        assert!(ink_of("a1024", &drawn()).is_some());
    }
}
