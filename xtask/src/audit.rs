//! `audit`: what the web asks of a page, measured on the finished one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::flags::Flags;
use crate::project::Project;
use crate::site::Site;
use crate::tally::Tally;
use crate::{files, process, progress, serve, setup};

/// Below a path, as on GitHub Pages.
const PREFIX: &str = "/some/repo/";

/// Each is a project of `tests/audit/playwright.config.ts`; the quick ones come first.
const PARTS: [&str; 6] = ["html", "reader", "axe", "verdict", "vitals", "lighthouse"];

/// Runs all parts, or those that are named, and fails if any of them finds something.
pub fn run(project: &Project, mut flags: Flags) -> Result<()> {
    let dist: Option<PathBuf> = flags.value("--dist")?;
    let mut parts: Vec<_> = PARTS
        .into_iter()
        .filter(|part| flags.switch(part))
        .collect();
    flags.finish()?;
    if parts.is_empty() {
        parts.extend(PARTS);
    }
    let dist = dist.unwrap_or_else(|| project.dist());
    ensure!(
        dist.join("index.html").is_file(),
        "there is no page in {}; run `cargo xtask dist` first",
        dist.display()
    );
    let tally = progress::step(&parts.join(", "), || audit(project, &dist, &parts))?;
    println!("{} passed, {} failed", tally.passed, tally.failed);
    ensure!(
        tally.failed == 0 && tally.passed > 0,
        "the page falls short of what the web asks; what and where is said above"
    );
    Ok(())
}

fn audit(project: &Project, dist: &Path, parts: &[&str]) -> Result<Tally> {
    let (tools, browser) = setup::for_auditing(project)?;
    let outputs = project.target().join("xtask/audit");
    files::create_folder(&outputs)?;
    let site = Site::published(dist, PREFIX, &outputs.join("published"))?;
    let running = serve::start(site, 0..=0)?;
    let report = outputs.join("playwright.json");
    // A report of an earlier run must not be taken for this one's.
    let _ = fs::remove_file(&report);

    let mut npx = tools.command(if cfg!(windows) { "npx.cmd" } else { "npx" })?;
    npx.args([
        "--no-install",
        "playwright",
        "test",
        "--reporter=list,json",
        "--config",
        "../audit/playwright.config.ts",
    ]);
    npx.args(parts.iter().flat_map(|part| ["--project", part]));
    npx.env("BOTTLENECK_URL", &running.url)
        .env("CHROME_PATH", &browser.browser)
        .env("BOTTLENECK_AUDIT", &outputs)
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    // Where Playwright itself is installed.
    process::run_and_watch(npx.current_dir(project.e2e()), |_| ())?;
    println!("What was measured is in {}", outputs.display());
    Tally::of_playwright(&files::read(&report)?)
}
