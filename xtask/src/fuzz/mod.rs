//! `fuzz`: damaged inputs for everything that reads bytes from outside.
//!
//! A seeded mutator damages good samples, and goes on from those whose outcome was new. No input may panic, break
//! what a reader promises, take more than a second or more than 512 MB. A smaller number runs among the tests.
//! With `--guided`, libFuzzer leads the damage on by what code it reaches.

mod campaign;
mod guided;
mod links;
mod model_files;
mod mutator;
mod parsers;
mod proc;
mod readers;
mod tables;
mod watch;

use std::env;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::flags::Flags;
use crate::process;
use crate::project::Project;
use crate::setup::Tools;
use campaign::Report;
use parsers::{PARSERS, Parser};

const N_INPUTS: usize = 1_000_000;
const SEED: u64 = 1;

/// Runs one parser, or each in a process of its own, so that the peak of memory is its own too.
pub fn run(project: &Project, mut flags: Flags) -> Result<()> {
    if flags.switch("--guided") {
        let (minutes, only) = (flags.value("--minutes")?, flags.value::<String>("--only")?);
        flags.finish()?;
        return guided::run(project, minutes, only.as_deref());
    }
    let n_inputs = flags.value("--inputs")?.unwrap_or(N_INPUTS);
    let seed = flags.value("--seed")?.unwrap_or(SEED);
    let name: Option<String> = flags.value("--parser")?;
    flags.finish()?;
    if cfg!(debug_assertions) {
        return run_optimised(project, n_inputs, seed, name.as_deref());
    }
    let Some(name) = name else {
        return run_all(n_inputs, seed);
    };
    let parser = PARSERS.iter().find(|parser| parser.name == name);
    let parser = parser
        .with_context(|| format!("there is no parser {name:?}; choose one of {}", names()))?;
    let report = campaign::run(parser, n_inputs, seed, &project.target().join("xtask/fuzz"))?;
    println!("{}", in_words(parser, &report));
    Ok(())
}

/// Runs the same command as an optimised program; it is many times as fast.
fn run_optimised(project: &Project, n_inputs: usize, seed: u64, name: Option<&str>) -> Result<()> {
    let mut cargo = Tools::new(project).command("cargo")?;
    // Speed, but with panics that can be caught and a build that takes no minutes.
    cargo.args([
        "run",
        "--quiet",
        "--package",
        "xtask",
        "--profile",
        "fuzz",
        "--",
        "fuzz",
    ]);
    process::run(
        cargo
            .args(arguments(n_inputs, seed, name))
            .current_dir(&project.root),
    )
}

fn run_all(n_inputs: usize, seed: u64) -> Result<()> {
    let program = env::current_exe().context("this program cannot be found again")?;
    let mut broken = Vec::new();
    for Parser { name, .. } in &PARSERS {
        let mut command = Command::new(&program);
        command
            .arg("fuzz")
            .args(arguments(n_inputs, seed, Some(name)));
        if let Err(error) = process::run(&mut command) {
            eprintln!("error: {error:#}");
            broken.push(*name);
        }
    }
    ensure!(
        broken.is_empty(),
        "these parsers broke a promise: {}",
        broken.join(", ")
    );
    Ok(())
}

fn arguments(n_inputs: usize, seed: u64, name: Option<&str>) -> Vec<String> {
    let numbers = [
        ("--inputs", n_inputs.to_string()),
        ("--seed", seed.to_string()),
    ];
    let parser = name.map(|name| ("--parser", name.to_owned()));
    let pairs = numbers.into_iter().chain(parser);
    pairs
        .flat_map(|(flag, value)| [flag.to_owned(), value])
        .collect()
}

fn names() -> String {
    PARSERS.map(|parser| parser.name).join(", ")
}

fn in_words(parser: &Parser, report: &Report) -> String {
    let Report {
        n_inputs,
        n_bytes,
        n_outcomes,
        elapsed,
        slowest,
        peak_megabytes,
    } = report;
    let peak = peak_megabytes.map_or_else(|| "not known".to_owned(), |peak| format!("{peak} MB"));
    format!(
        "{}: {n_inputs} inputs ({} MB), {n_outcomes} kinds of outcome, {:.0} inputs/s, slowest {:.1} ms, peak memory {peak}",
        parser.name,
        n_bytes / 1_000_000,
        *n_inputs as f64 / elapsed.as_secs_f64().max(1e-9),
        slowest.as_secs_f64() * 1_000.0,
    )
}
