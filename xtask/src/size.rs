//! `size`: what a reader downloads, against the budgets.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, anyhow, bail, ensure};
use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::files;
use crate::flags::Flags;
use crate::project::Project;

const BROTLI_QUALITY: u32 = 11;
/// The window of 4 MB that browsers must be able to decode.
const BROTLI_WINDOW_BITS: u32 = 22;
const BUFFER_SIZE: usize = 1 << 16;

/// When a file is downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    /// Before anything is seen.
    Page,
    /// Before a drawing gets its verdict.
    Engine,
    /// Where the browser has WebGPU.
    GpuWorker,
    /// Only when the reader asks for it, or never.
    OnDemand,
}

impl Group {
    const ALL: [Self; 4] = [Self::Page, Self::Engine, Self::GpuWorker, Self::OnDemand];

    fn of(name: &str) -> Self {
        if name.starts_with("gpu_worker") {
            return Self::GpuWorker;
        }
        if name.starts_with("cpu_worker")
            || name == "models/handwritten.bin"
            || name == "data/handwritten.bin.gz"
        {
            return Self::Engine;
        }
        let extension = Path::new(name)
            .extension()
            .and_then(|extension| extension.to_str());
        let is_for_another_recipe = name.starts_with("data/") || name.starts_with("models/");
        let is_to_be_read = matches!(extension, Some("md" | "txt"));
        let is_rare = name == "page_rare.wasm";
        if is_for_another_recipe || is_to_be_read || is_rare || name == "build.json" {
            return Self::OnDemand;
        }
        Self::Page
    }

    fn title(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Engine => "CPU worker, default data and model",
            Self::GpuWorker => "GPU worker",
            Self::OnDemand => "on demand",
        }
    }

    /// In bytes after Brotli.
    fn budget(self) -> Option<usize> {
        match self {
            Self::Page => Some(660_000),
            Self::Engine => Some(1_000_000),
            Self::GpuWorker => Some(1_500_000),
            Self::OnDemand => None,
        }
    }
}

/// A file of `dist` and its sizes in bytes.
struct Asset {
    name: String,
    group: Group,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints a table, or JSON with `--json`; fails when a budget is exceeded.
pub fn run(project: &Project, mut flags: Flags) -> Result<()> {
    let as_json = flags.switch("--json");
    flags.finish()?;
    let paths = files::below(&project.dist())?;
    ensure!(
        !paths.is_empty(),
        "there is no dist yet; run `cargo xtask dist` first"
    );
    let assets = measure_all(&project.dist(), paths)?;
    if as_json {
        println!("{:#}", report(&assets));
    } else {
        print!("{}", table(&assets));
    }
    let exceeded: Vec<_> = Group::ALL
        .into_iter()
        .filter(|&group| is_exceeded(group, &assets))
        .collect();
    if let Some(group) = exceeded.first() {
        bail!(
            "{} of the budgets exceeded, first that of {:?}; make it smaller",
            exceeded.len(),
            group.title()
        );
    }
    Ok(())
}

/// Brotli takes seconds for a megabyte, so each file has a thread.
fn measure_all(dist: &Path, paths: Vec<PathBuf>) -> Result<Vec<Asset>> {
    let measuring: Vec<_> = paths
        .into_iter()
        .map(|path| {
            let dist = dist.to_path_buf();
            thread::spawn(move || measure(&dist, &path))
        })
        .collect();
    measuring
        .into_iter()
        .map(|thread| {
            thread
                .join()
                .map_err(|_| anyhow!("a file could not be compressed; its error is above"))?
        })
        .collect()
}

fn measure(dist: &Path, path: &Path) -> Result<Asset> {
    let content = files::read(path)?;
    let name = path
        .strip_prefix(dist)?
        .to_string_lossy()
        .replace('\\', "/");
    Ok(Asset {
        group: Group::of(&name),
        name,
        raw: content.len(),
        gzip: gzip_size(&content)?,
        brotli: brotli_size(&content)?,
    })
}

fn gzip_size(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

fn brotli_size(content: &[u8]) -> Result<usize> {
    let mut writer =
        CompressorWriter::new(Vec::new(), BUFFER_SIZE, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
    writer.write_all(content)?;
    Ok(writer.into_inner().len())
}

fn total(group: Group, assets: &[Asset]) -> Asset {
    let of_group = || assets.iter().filter(move |asset| asset.group == group);
    Asset {
        name: group.title().to_owned(),
        group,
        raw: of_group().map(|asset| asset.raw).sum(),
        gzip: of_group().map(|asset| asset.gzip).sum(),
        brotli: of_group().map(|asset| asset.brotli).sum(),
    }
}

fn is_exceeded(group: Group, assets: &[Asset]) -> bool {
    group
        .budget()
        .is_some_and(|budget| total(group, assets).brotli > budget)
}

fn table(assets: &[Asset]) -> String {
    let mut table = format!(
        "{:44}{:>12}{:>12}{:>12}{:>12}\n",
        "kB", "raw", "gzip", "brotli", "budget"
    );
    for group in Group::ALL {
        let budget = group.budget().map(kilobytes).unwrap_or_default();
        let verdict = if is_exceeded(group, assets) {
            "  exceeded"
        } else {
            ""
        };
        table += &row("", &total(group, assets), &format!("{budget:>12}{verdict}"));
        for asset in assets.iter().filter(|asset| asset.group == group) {
            table += &row("  ", asset, "");
        }
    }
    table
}

fn row(indent: &str, asset: &Asset, end: &str) -> String {
    let mut row = format!("{:44}", format!("{indent}{}", asset.name));
    for size in [asset.raw, asset.gzip, asset.brotli] {
        // Writing to a string cannot fail.
        let _ = write!(row, "{:>12}", kilobytes(size));
    }
    format!("{row}{end}\n")
}

fn kilobytes(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / 1000.0)
}

fn report(assets: &[Asset]) -> Value {
    let sizes =
        |asset: &Asset| json!({ "raw": asset.raw, "gzip": asset.gzip, "brotli": asset.brotli });
    let groups = Group::ALL.map(|group| {
        let mut entry = sizes(&total(group, assets));
        entry["name"] = group.title().into();
        entry["budget"] = group.budget().into();
        entry["exceeded"] = is_exceeded(group, assets).into();
        entry
    });
    let assets: Vec<_> = assets
        .iter()
        .map(|asset| {
            let mut entry = sizes(asset);
            entry["name"] = asset.name.as_str().into();
            entry["group"] = asset.group.title().into();
            entry
        })
        .collect();
    json!({ "unit": "bytes", "groups": groups, "assets": assets })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_where_a_reader_needs_them() {
        assert_eq!(Group::of("index.html"), Group::Page);
        assert_eq!(Group::of("page_bg.wasm"), Group::Page);
        assert_eq!(Group::of("cpu_worker_bg.wasm"), Group::Engine);
        assert_eq!(Group::of("data/handwritten.bin.gz"), Group::Engine);
        assert_eq!(Group::of("data/digits.bin"), Group::OnDemand);
        assert_eq!(Group::of("gpu_worker.js"), Group::GpuWorker);
        assert_eq!(Group::of("data/mnist.bin"), Group::OnDemand);
        assert_eq!(Group::of("build.json"), Group::OnDemand);
        assert_eq!(Group::of("fonts/OFL.txt"), Group::OnDemand);
    }

    #[test]
    fn a_budget_is_exceeded_by_the_sum_of_its_group() {
        let asset = |brotli| Asset {
            name: "index.html".to_owned(),
            group: Group::Page,
            raw: 0,
            gzip: 0,
            brotli,
        };
        assert!(!is_exceeded(Group::Page, &[asset(330_000), asset(330_000)]));
        assert!(is_exceeded(Group::Page, &[asset(330_000), asset(330_001)]));
    }

    #[test]
    fn repetitions_compress() {
        let content = vec![7; 10_000];
        assert!(gzip_size(&content).expect("compresses") < 100);
        assert!(brotli_size(&content).expect("compresses") < 100);
    }
}
