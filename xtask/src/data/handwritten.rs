//! A part of the MNIST digits that travels light, prepared as a person's drawing will be: what the page opens with.

use anyhow::{Context, Result};
use bottleneck::picture::{HandStyle, INK_PER_PIXEL, Picture, Preparation, Steps, Treatment};
use serde_json::{Value, json};

use super::Packed;
use super::mnist::{self, Digits};
use crate::files;

const FILE: &str = "handwritten.bin.gz";
/// The first of the MNIST digits, in the order of `mnist.bin.gz`.
const N_ITEMS: usize = 2_200;
/// The largest grey value: sixteen steps, as the UCI digits have, weigh half of 256.
const LEVELS: u8 = 16;

/// Prepares and packs them.
pub fn packed(digits: &Digits) -> Result<Packed> {
    let pictures: Vec<Picture> = digits
        .pictures()
        .take(N_ITEMS)
        .collect::<Option<_>>()
        .context("a digit has not all its pixels")?;
    let preparation = Preparation {
        steps: Steps::all(),
        hand: one_hand(&pictures),
    };
    let pixels: Vec<u8> = pictures
        .iter()
        .flat_map(|picture| written_in_one_hand(picture, preparation))
        .collect();
    let (side, labels) = (mnist::WIDTH, &digits.labels[..N_ITEMS]);
    let packed = bottleneck::data::encode(side, mnist::HEIGHT, LEVELS, &pixels, labels)?;
    let content = mnist::compressed(&packed)?;
    Ok(Packed {
        file: FILE,
        source: source(&packed, &content),
        notice: notice(&packed, &content),
        content,
    })
}

/// The mean hand of the digits, without its spread: every digit gets its slant and its stroke width.
fn one_hand(pictures: &[Picture]) -> Option<HandStyle> {
    let hand = HandStyle::of(pictures.iter().cloned())?;
    Some(HandStyle {
        slant_spread: 0.0,
        ..hand
    })
}

/// A digit as the page would prepare a drawing of it, in grey values.
fn written_in_one_hand(picture: &Picture, preparation: Preparation) -> Vec<u8> {
    let treatment = Treatment {
        preparation,
        ..Treatment::default()
    };
    let seen = treatment.apply(&picture.upscale(INK_PER_PIXEL));
    let level = |ink: &f32| (ink * f32::from(LEVELS)).round() as u8;
    seen.ink().iter().map(level).collect()
}

fn source(packed: &[u8], content: &[u8]) -> Value {
    json!({
        "file": FILE,
        "sha256": files::sha256(content),
        "unpacked_sha256": files::sha256(packed),
        "title": mnist::TITLE,
        "authors": mnist::AUTHORS,
        "license": mnist::LICENSE,
        "made_from": mnist::FILE,
        "changes": "the first items, each prepared as the page prepares a drawing, with the mean slant and stroke width of all",
        "items": N_ITEMS,
        "width": mnist::WIDTH,
        "height": mnist::HEIGHT,
        "levels": LEVELS,
    })
}

fn notice(packed: &[u8], content: &[u8]) -> String {
    let [sha256, unpacked] = [content, packed].map(files::sha256);
    format!(
        "{N_ITEMS} handwritten digits of 28 × 28 pixels with {} grey levels, and their labels: the first of `{}`, from the same\n\
        authors and under the same licence, CC BY-SA 3.0; so is this file.\n\
        \n\
        Each digit was prepared as the page prepares a drawing (`src/picture/preparation`): given the mean slant and the mean stroke\n\
        width of all of them, fitted anew and balanced. So what a person draws is compared with digits that were treated alike.\n\
        \n\
        | | |\n\
        |---|---|\n\
        | SHA-256 of `{FILE}` | `{sha256}` |\n\
        | SHA-256 of it unpacked | `{unpacked}` |\n",
        LEVELS + 1,
        mnist::FILE,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use bottleneck::picture::Brush;

    #[test]
    fn a_digit_is_written_in_the_one_hand() {
        let mut ink = Picture::blank(112, 112);
        ink.stroke((30.0, 100.0), (80.0, 12.0), 3.0, Brush::Ink);
        let leaning = ink.downscale(INK_PER_PIXEL);
        let hand = HandStyle {
            slant: 0.1,
            slant_spread: 0.0,
            stroke_width: 2.5,
        };
        let preparation = Preparation {
            steps: Steps::all(),
            hand: Some(hand),
        };
        let levels = written_in_one_hand(&leaning, preparation);
        assert!(levels.iter().all(|&level| level <= LEVELS));
        let ink = levels.iter().map(|&it| f32::from(it) / f32::from(LEVELS));
        let written = Picture::from_ink(28, 28, ink.collect()).expect("28 × 28 pixels");
        let slant = written.slant().expect("it stands");
        assert!((slant - hand.slant).abs() < 0.05, "{slant}");
        let width = written.stroke_width().expect("it has ink");
        assert!((width - hand.stroke_width).abs() < 0.5, "{width}");
    }
}
