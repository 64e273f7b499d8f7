//! A drawing as words of a link.

use std::io::{Read as _, Write as _};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};

use crate::picture::Picture;

/// Shades of ink that a link can hold, as the letters `a` (paper) to `p` (full ink).
const N_SHADES: u8 = 16;

/// Words longer than this are packed, so that a link stays short enough for boards and mail.
const LONGEST_RUNS: usize = 600;

/// Packed words longer than this are made of fewer shades and larger cells, which the network hardly sees.
const LONGEST_PACKED: usize = 1400;

/// What packed words begin with; no shade is called so.
const PACKED: char = 'z';

/// The ways to make a drawing simpler until it fits, the exact one first: every so many shades become one, and so many
/// cells in either direction.
const SIMPLER: [(u8, usize); 4] = [(1, 1), (5, 1), (5, 2), (15, 2)];

/// A drawing as runs of one shade, a letter and how often it comes where that is more than once; where those are many,
/// packed (see [`packed`]).
pub(super) fn ink_in_words(picture: &Picture) -> String {
    let runs = runs(&shades(picture.ink()));
    if runs.len() <= LONGEST_RUNS {
        return runs;
    }
    let mut shortest = runs;
    for (step, factor) in SIMPLER {
        let simpler = if factor == 1 {
            picture.clone()
        } else {
            picture.downscale(factor).upscale(factor)
        };
        let shades = shades(simpler.ink()).into_iter();
        let shades: Vec<u8> = shades
            .map(|shade| (shade + step / 2) / step * step)
            .collect();
        let words = packed(&shades, picture.width());
        if words.len() < shortest.len() {
            shortest = words;
        }
        if shortest.len() <= LONGEST_PACKED {
            break;
        }
    }
    shortest
}

fn shades(ink: &[f32]) -> Vec<u8> {
    let shade = |&ink: &f32| (ink * f32::from(N_SHADES - 1)).round() as u8;
    ink.iter().map(shade).collect()
}

fn runs(shades: &[u8]) -> String {
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

/// `z`, then in the alphabet of URLs what deflate makes of the shades, each less (by exclusive or) the one above it.
fn packed(shades: &[u8], width: usize) -> String {
    let above = std::iter::repeat_n(0, width).chain(shades.iter().copied());
    let changes: Vec<u8> = shades
        .iter()
        .zip(above)
        .map(|(shade, above)| shade ^ above)
        .collect();
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    // A vector takes everything that is written to it.
    let written = encoder.write_all(&changes).and_then(|()| encoder.finish());
    format!(
        "{PACKED}{}",
        URL_SAFE_NO_PAD.encode(written.unwrap_or_default())
    )
}

/// The inverse of [`packed`]; `None` unless there are exactly `n_values` shades.
fn unpacked(words: &str, width: usize, n_values: usize) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(words).ok()?;
    let mut shades = Vec::new();
    // One more than fits, so that too many are told from enough.
    let mut decoder = DeflateDecoder::new(&bytes[..]).take(n_values as u64 + 1);
    decoder.read_to_end(&mut shades).ok()?;
    if shades.len() != n_values || shades.iter().any(|&change| change >= N_SHADES) {
        return None;
    }
    for idx in width..n_values {
        shades[idx] ^= shades[idx - width];
    }
    Some(shades)
}

/// The inverse of [`ink_in_words`] for a picture of the size of `like`; `None` unless it fills it exactly.
pub(super) fn ink_of(words: &str, like: &Picture) -> Option<Picture> {
    let n_values = like.ink().len();
    if let Some(words) = words.strip_prefix(PACKED) {
        let shades = unpacked(words, like.width(), n_values)?.into_iter();
        let ink = shades.map(|shade| f32::from(shade) / f32::from(N_SHADES - 1));
        return Picture::from_ink(like.width(), like.height(), ink.collect());
    }
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

/// Whether words could be the ink of some picture: letters of shades with counts, or what was packed.
pub(super) fn is_ink(words: &str) -> bool {
    if let Some(words) = words.strip_prefix(PACKED) {
        return URL_SAFE_NO_PAD
            .decode(words)
            .is_ok_and(|bytes| !bytes.is_empty());
    }
    let mut letters = words.bytes();
    let is_shade = |byte: u8| (b'a'..b'a' + N_SHADES).contains(&byte);
    letters.next().is_some_and(is_shade)
        && letters.all(|byte| is_shade(byte) || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;
    use crate::random::Mt19937;

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

    /// A sheet as fine as that of 28 × 28 pixels, with so many strokes across it.
    fn scribbled(n_strokes: u32) -> Picture {
        let mut picture = Picture::blank(112, 112);
        let mut generator = Mt19937::new(7);
        let mut from = (56.0, 56.0);
        for _ in 0..n_strokes {
            let to = (generator.uniform(5.0, 107.0), generator.uniform(5.0, 107.0));
            picture.stroke(from, to, 5.0, Brush::Ink);
            from = to;
        }
        picture
    }

    #[test]
    fn a_drawing_on_a_fine_grid_travels_in_a_short_link() {
        for n_strokes in [1, 3, 8, 30] {
            let picture = scribbled(n_strokes);
            let words = ink_in_words(&picture);
            assert!(
                words.len() <= 1_700,
                "{n_strokes} strokes: {} characters",
                words.len()
            );
            assert!(is_ink(&words));
            let again = ink_of(&words, &picture).expect("the words are our own");
            let pairs = again.ink().iter().zip(picture.ink());
            let mean = pairs.map(|(a, b)| (a - b).abs()).sum::<f32>() / 12_544.0;
            assert!(mean < 0.06, "{n_strokes} strokes: {mean}");
        }
    }

    #[test]
    fn packed_ink_that_is_cut_or_swollen_is_refused() {
        let picture = scribbled(3);
        let words = ink_in_words(&picture);
        assert!(words.starts_with('z'));
        for broken in [
            &words[..words.len() - 9],
            "z",
            "zAAAA",
            "z!!",
            &format!("{words}A"),
        ] {
            assert_eq!(ink_of(broken, &picture), None, "{broken}");
        }
        assert_eq!(ink_of(&words, &drawn()), None, "it is of another size");
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
