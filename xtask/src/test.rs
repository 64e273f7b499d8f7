//! `test`: all tests, natively and in a browser.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::build_id::Quality;
use crate::flags::Flags;
use crate::progress::elapsed;
use crate::project::Project;
use crate::setup::{Browser, Tools};
use crate::site::Site;
use crate::tally::Tally;
use crate::{build, files, process, progress, serve, setup};

/// Below a path, as on GitHub Pages, so that an absolute address in the page is noticed.
const PREFIX: &str = "/some/repo/";
/// How long one of wasm-bindgen's tests may take, in seconds.
const WEB_TEST_TIMEOUT: &str = "300";

/// A kind of tests: its name on the command line, what it covers, what it needs on the machine, how it runs.
struct Part {
    name: &'static str,
    title: &'static str,
    set_up: fn(&Project, Quality) -> Result<()>,
    run: fn(&Project, Quality) -> Result<Outcome>,
}

const PARTS: [Part; 3] = [
    Part {
        name: "native",
        title: "native tests",
        set_up: |_, _| Ok(()),
        run: native,
    },
    Part {
        name: "web",
        title: "tests in a Web Worker",
        set_up: |project, _| setup::for_testing_in_worker(project).map(drop),
        run: web,
    },
    Part {
        name: "e2e",
        title: "end-to-end tests in Chromium and Firefox",
        set_up: |project, quality| setup::for_testing_end_to_end(project, quality).map(drop),
        run: end_to_end,
    },
];

/// What a part has found. A runner can fail without a failed test: it did not build, or a test was not found.
struct Outcome {
    tally: Tally,
    succeeded: bool,
}

/// Runs all parts, or those that are named, and fails if anything in them did.
pub fn run(project: &Project, mut flags: Flags) -> Result<()> {
    let quality = Quality::from_flags(&mut flags);
    let mut parts: Vec<_> = PARTS
        .iter()
        .filter(|part| flags.switch(part.name))
        .collect();
    flags.finish()?;
    if parts.is_empty() {
        parts.extend(&PARTS);
    }
    // Before any test, so that nobody waits for minutes to be asked for a password.
    progress::step("tools", || {
        parts
            .iter()
            .try_for_each(|part| (part.set_up)(project, quality))
    })?;
    let reports: Vec<_> = parts
        .into_iter()
        .map(|part| run_part(part, project, quality))
        .collect();
    if !summarise(&reports) {
        std::process::exit(1);
    }
    Ok(())
}

struct Report {
    title: &'static str,
    tally: Tally,
    duration: Duration,
}

fn run_part(part: &Part, project: &Project, quality: Quality) -> Report {
    let start = Instant::now();
    let outcome = progress::step(part.title, || (part.run)(project, quality));
    let tally = match outcome {
        Ok(Outcome { tally, succeeded }) => counted(tally, succeeded),
        Err(error) => {
            eprintln!("error: {error:#}");
            counted(Tally::default(), false)
        }
    };
    Report {
        title: part.title,
        tally,
        duration: start.elapsed(),
    }
}

/// A runner that failed without naming a test counts as one failure.
fn counted(mut tally: Tally, succeeded: bool) -> Tally {
    if !succeeded && tally.failed == 0 {
        tally.failed = 1;
    }
    tally
}

/// Says whether all went well. Its last line is the sum, for whoever reads the output by program.
fn summarise(reports: &[Report]) -> bool {
    let mut total = Tally::default();
    println!();
    for Report {
        title,
        tally,
        duration,
    } in reports
    {
        let Tally {
            passed,
            failed,
            skipped,
        } = tally;
        println!(
            "{title}: {passed} passed, {failed} failed, {skipped} skipped in {}",
            elapsed(*duration)
        );
        total += *tally;
    }
    if total.passed + total.failed == 0 {
        total.failed = 1;
        eprintln!("No test was run; restore the tests.");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    total.failed == 0
}

fn native(project: &Project, _: Quality) -> Result<Outcome> {
    let mut cargo = Tools::new(project).command("cargo")?;
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    let mut tally = Tally::default();
    let succeeded = process::run_and_watch(cargo.current_dir(&project.root), |line| {
        tally.add_line(line);
    })?;
    Ok(Outcome { tally, succeeded })
}

fn web(project: &Project, _: Quality) -> Result<Outcome> {
    let (tools, browser) = setup::for_testing_in_worker(project)?;
    let mut cargo = tools.command("cargo")?;
    cargo.args([
        "test",
        // The profile of the CPU worker, whose packages are built already.
        "--release",
        "--target",
        "wasm32-unknown-unknown",
        "--no-default-features",
    ]);
    cargo.args(["--features", "worker", "--test", "web"]);
    cargo.env("CHROMEDRIVER", &browser.driver);
    cargo.env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", WEB_TEST_TIMEOUT);
    cargo.env(
        "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
        webdriver_settings(project, &browser)?,
    );
    let mut tally = Tally::default();
    let succeeded = process::run_and_watch(cargo.current_dir(&project.root), |line| {
        tally.add_line(line);
    })?;
    ensure!(
        !succeeded || tally.passed > 0,
        "the browser ran none of the tests in tests/web.rs; restore them"
    );
    Ok(Outcome { tally, succeeded })
}

/// The settings of `tests/webdriver.json`, with the browser that was found.
fn webdriver_settings(project: &Project, browser: &Browser) -> Result<PathBuf> {
    let template = files::read(&project.root.join("tests/webdriver.json"))?;
    let mut settings: Value =
        serde_json::from_slice(&template).context("tests/webdriver.json is no JSON; restore it")?;
    settings["goog:chromeOptions"]["binary"] = browser.browser.to_string_lossy().into();
    let path = outputs(project).join("webdriver.json");
    files::write(&path, settings.to_string())?;
    Ok(path)
}

fn end_to_end(project: &Project, quality: Quality) -> Result<Outcome> {
    let (tools, browser, firefox) = setup::for_testing_end_to_end(project, quality)?;
    build::ensure_dist(project, quality)?;
    let running = serve::start(Site::new(project.dist(), PREFIX), 0..=0)?;
    let recipes = print_recipes(project, &tools)?;
    let report = outputs(project).join("playwright.json");
    // A report of an earlier run must not be taken for this one's.
    let _ = fs::remove_file(&report);
    files::create_folder(&outputs(project))?;

    let mut npx = tools.command(if cfg!(windows) { "npx.cmd" } else { "npx" })?;
    npx.args(["--no-install", "playwright", "test", "--reporter=list,json"]);
    npx.env("BOTTLENECK_URL", &running.url)
        .env("BOTTLENECK_RECIPES", recipes)
        .env("CHROME_PATH", &browser.browser)
        .env("FIREFOX_PATH", firefox);
    npx.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    let succeeded = process::run_and_watch(npx.current_dir(project.e2e()), |_| ())?;
    let tally = Tally::of_playwright(&files::read(&report)?)?;
    Ok(Outcome { tally, succeeded })
}

/// Has the program print its recipes into a file, so that the tests need no copy of them.
fn print_recipes(project: &Project, tools: &Tools) -> Result<PathBuf> {
    let mut cargo = tools.command("cargo")?;
    cargo.args(["run", "--quiet", "--example", "recipes"]);
    let printed = process::output_of(cargo.current_dir(&project.root))?;
    let path = outputs(project).join("recipes.json");
    files::write(&path, printed)?;
    Ok(path)
}

fn outputs(project: &Project) -> PathBuf {
    project.target().join("xtask")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runner_that_breaks_is_never_counted_as_success() {
        assert_eq!(counted(Tally::default(), false).failed, 1);
        assert_eq!(counted(Tally::default(), true).failed, 0);
        let two_failed = Tally {
            failed: 2,
            ..Tally::default()
        };
        assert_eq!(counted(two_failed, false).failed, 2);
    }
}
