//! The UCI digits, from the Python package that carries them.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use zip::ZipArchive;

use super::{Packed, downloaded, ensure_sum};
use crate::files;

const FILE: &str = "digits.bin";
const PACKAGE: &str = "scikit-learn";
const PACKAGE_VERSION: &str = "1.9.1";
const WHEEL: &str =
    "scikit_learn-1.9.1-cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl";
const FILE_IN_WHEEL: &str = "sklearn/datasets/data/digits.csv.gz";
const FILE_SHA256: &str = "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22";

const WIDTH: u8 = 8;
const HEIGHT: u8 = 8;
/// The largest grey value: each pixel counts the set bits in a block of 4 × 4.
const LEVELS: u8 = 16;
const N_ITEMS: usize = 1797;

/// Downloads and packs them.
pub fn packed(downloads: &Path) -> Result<Packed> {
    let csv_gz = file_in_wheel(&download_wheel(downloads)?)?;
    ensure_sum(FILE_IN_WHEEL, &csv_gz, FILE_SHA256, downloads)?;
    let content = pack(&csv_gz)?;
    Ok(Packed {
        file: FILE,
        source: source(&content),
        notice: notice(&content),
        content,
    })
}

fn download_wheel(downloads: &Path) -> Result<PathBuf> {
    let what = format!("{PACKAGE} {PACKAGE_VERSION}, which carries the UCI digits (9 MB)");
    let package = format!("{PACKAGE}=={PACKAGE_VERSION}");
    let mut pip = Command::new("python3");
    pip.args([
        "-m",
        "pip",
        "download",
        &package,
        "--no-deps",
        "--only-binary",
        ":all:",
    ]);
    pip.args([
        "--python-version",
        "3.12",
        "--platform",
        "manylinux_2_28_x86_64",
    ]);
    pip.arg("--dest").arg(downloads);
    downloaded(downloads, WHEEL, &what, &mut pip)
}

fn file_in_wheel(wheel: &Path) -> Result<Vec<u8>> {
    let archive = ZipArchive::new(Cursor::new(files::read(wheel)?));
    let mut archive = archive.with_context(|| {
        format!(
            "{} is no zip file; delete it and run this again",
            wheel.display()
        )
    })?;
    let mut file = archive.by_name(FILE_IN_WHEEL).with_context(|| {
        format!(
            "{FILE_IN_WHEEL} is not in {}; delete it and run this again",
            wheel.display()
        )
    })?;
    let mut content = Vec::new();
    file.read_to_end(&mut content)?;
    Ok(content)
}

fn pack(csv_gz: &[u8]) -> Result<Vec<u8>> {
    let mut csv = String::new();
    GzDecoder::new(csv_gz).read_to_string(&mut csv)?;
    let (mut pixels, mut labels) = (Vec::new(), Vec::new());
    for line in csv.lines() {
        let (item_pixels, label) =
            parse_line(line).with_context(|| format!("the line {line:?} is no digit"))?;
        pixels.extend(item_pixels);
        labels.push(label);
    }
    ensure!(
        labels.len() == N_ITEMS,
        "{} digits were found instead of {N_ITEMS}",
        labels.len()
    );
    Ok(bottleneck::data::encode(
        WIDTH, HEIGHT, LEVELS, &pixels, &labels,
    )?)
}

/// 64 pixels and a label, separated by commas.
fn parse_line(line: &str) -> Option<(Vec<u8>, u8)> {
    let values: Result<Vec<u8>, _> = line.split(',').map(str::parse).collect();
    let (label, pixels) = values.as_ref().ok()?.split_last()?;
    let whole = pixels.len() == usize::from(WIDTH) * usize::from(HEIGHT) && *label <= 9;
    whole.then(|| (pixels.to_vec(), *label))
}

fn source(packed: &[u8]) -> Value {
    json!({
        "file": FILE,
        "sha256": files::sha256(packed),
        "title": "Optical Recognition of Handwritten Digits",
        "authors": "E. Alpaydin and C. Kaynak, 1998",
        "publisher": "UCI Machine Learning Repository",
        "doi": "10.24432/C50P49",
        "license": "CC-BY-4.0",
        "package": PACKAGE,
        "package_version": PACKAGE_VERSION,
        "package_file": FILE_IN_WHEEL,
        "package_file_sha256": FILE_SHA256,
        "items": N_ITEMS,
        "width": WIDTH,
        "height": HEIGHT,
        "levels": LEVELS,
    })
}

fn notice(packed: &[u8]) -> String {
    let sha256 = files::sha256(packed);
    format!(
        "{N_ITEMS} handwritten digits of {WIDTH} × {HEIGHT} pixels with {} grey levels, and their labels.\n\
        \n\
        E. Alpaydin and C. Kaynak, \"Optical Recognition of Handwritten Digits\", UCI Machine Learning Repository, 1998,\n\
        <https://doi.org/10.24432/C50P49>, licensed under CC BY 4.0 (<https://creativecommons.org/licenses/by/4.0/>).\n\
        These are its test items; pixels and labels are unchanged, only packed into another format.\n\
        \n\
        | | |\n\
        |---|---|\n\
        | taken from | `{FILE_IN_WHEEL}` in the Python package {PACKAGE} {PACKAGE_VERSION} |\n\
        | SHA-256 of that file | `{FILE_SHA256}` |\n\
        | SHA-256 of `{FILE}` | `{sha256}` |\n",
        LEVELS + 1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_64_pixels_and_a_digit() {
        let pixels = ["16"; 64].join(",");
        assert_eq!(parse_line(&format!("{pixels},7")), Some((vec![16; 64], 7)));
        for broken in [
            "",
            "1,2,3",
            &pixels,
            &format!("{pixels},10"),
            &format!("{pixels},x"),
        ] {
            assert_eq!(parse_line(broken), None);
        }
    }
}
