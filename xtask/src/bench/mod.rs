//! `bench`: measures the page and those that one would use instead, side by side on this machine.
//!
//! The measuring itself is done by `tests/bench` in a browser; here it is started, and what comes of it is set beside
//! the budgets. A slow time is a result and never a failure.

mod budget;
mod gpu;
mod machine;
mod part;
mod summary;
mod table;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::build_id::Quality;
use crate::flags::Flags;
use crate::project::Project;
use crate::serve::Running;
use crate::setup::{Browser, Tools};
use crate::site::Site;
use crate::{build, files, process, progress, serve, setup};

use part::Part;

/// What was asked for.
struct Options {
    as_json: bool,
    is_quick: bool,
    /// In the order of [`part::PARTS`].
    parts: Vec<&'static str>,
    /// How long the page is to endure; `None` for an hour, or a few minutes of a quick run.
    minutes: Option<u32>,
    /// A finished page; without it the project's own is built.
    dist: Option<PathBuf>,
}

impl Options {
    fn take(flags: &mut Flags) -> Result<Self> {
        let only: Option<String> = flags.value("--only")?;
        Ok(Self {
            as_json: flags.switch("--json"),
            is_quick: flags.switch("--quick"),
            parts: part::chosen(only.as_deref())?,
            minutes: flags.value("--minutes")?,
            dist: flags.value("--dist")?,
        })
    }
}

/// Measures, then prints a table, or JSON in the last line with `--json`.
pub fn run(project: &Project, mut flags: Flags) -> Result<()> {
    let options = Options::take(&mut flags)?;
    let is_native = flags.switch("--gpu");
    flags.finish()?;
    if is_native {
        return gpu::run(project, options.as_json);
    }
    let (tools, browser) = progress::step("tools", || setup::for_benching(project))?;
    let dist = finished_page(project, options.dist.clone())?;
    let page = serve::start(Site::new(dist.clone(), ""), 0..=0)?;
    let peers = serve::start(Site::new(project.bench(), ""), 0..=0)?;
    let folder = outputs(project).join("parts");
    // Parts of an earlier run must not be taken for this one's.
    let _ = fs::remove_dir_all(&folder);
    let has_succeeded = progress::step("measuring", || {
        measure(project, &tools, &browser, &options, &page, &peers)
    })?;

    let parts = part::read_all(&folder)?;
    let report = json!({
        "build": build::recorded_name(&dist),
        "quick": options.is_quick,
        "machine": machine::describe(&browser)?,
        "parts": parts.iter().map(Part::to_json).collect::<Vec<_>>(),
    });
    let path = outputs(project).join("bench.json");
    files::write(&path, format!("{report:#}\n"))?;
    print!("{}", table::of(&report["machine"], &parts));
    println!("\nAll samples are in {}", path.display());
    if options.as_json {
        println!("{report}");
    }
    ensure!(
        has_succeeded && parts.len() == options.parts.len(),
        "{} of {} measurements broke off; what went wrong is said above",
        options.parts.len().saturating_sub(parts.len()).max(1),
        options.parts.len()
    );
    Ok(())
}

fn finished_page(project: &Project, dist: Option<PathBuf>) -> Result<PathBuf> {
    let Some(dist) = dist else {
        build::ensure_dist(project, Quality::Release)?;
        return Ok(project.dist());
    };
    let dist = dist
        .canonicalize()
        .with_context(|| format!("there is no folder {}", dist.display()))?;
    ensure!(
        dist.join("cpu_worker_loader.js").is_file(),
        "{} holds no finished page; name a folder that `cargo xtask dist` has made",
        dist.display()
    );
    Ok(dist)
}

/// Says whether every measurement came to its end.
fn measure(
    project: &Project,
    tools: &Tools,
    browser: &Browser,
    options: &Options,
    page: &Running,
    peers: &Running,
) -> Result<bool> {
    let mut npx = tools.command(if cfg!(windows) { "npx.cmd" } else { "npx" })?;
    npx.args(["--no-install", "playwright", "test", "--reporter=list"]);
    npx.args(["--config", "../bench/playwright.config.ts", "--grep"]);
    npx.arg(part::pattern(&options.parts));
    npx.env("BOTTLENECK_URL", &page.url)
        .env("BENCH_PEERS_URL", &peers.url)
        .env("BENCH_FOLDER", outputs(project).join("parts"))
        .env("BENCH_QUICK", if options.is_quick { "1" } else { "0" })
        .env("CHROME_PATH", &browser.browser);
    if let Some(minutes) = options.minutes {
        npx.env("BENCH_MINUTES", minutes.to_string());
    }
    process::run_and_watch(npx.current_dir(project.e2e()), |_| ())
}

fn outputs(project: &Project) -> PathBuf {
    project.target().join("bench")
}

#[cfg(test)]
mod tests {
    use super::part::{LONG, PARTS};
    use super::*;

    fn options(arguments: &[&str]) -> Result<Options> {
        let arguments = arguments.iter().map(ToString::to_string);
        Options::take(&mut Flags::new("bench", arguments))
    }

    #[test]
    fn all_parts_are_measured_unless_some_are_named() {
        let all = options(&[]).expect("no arguments");
        assert_eq!(all.parts.len(), PARTS.len() - LONG.len());
        let two = options(&["--only", "conv,dense"]).expect("two parts");
        assert_eq!(two.parts, ["dense", "conv"]);
        assert!(options(&["--only", "dance"]).is_err());
    }
}
