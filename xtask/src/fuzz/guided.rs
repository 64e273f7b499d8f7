//! `fuzz --guided`: inputs led on by what code they reach, with libFuzzer.
//!
//! The targets are a package of their own, `fuzz/`, that shares its readers with the campaign. It needs no other
//! toolchain: LLVM's pass that counts what code was reached is part of the pinned one.

use std::fmt::{self, Display, Formatter, Write as _};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::mutator::{EDGES, TOKENS};
use super::parsers::{PARSERS, Parser};
use crate::project::Project;
use crate::setup::Tools;
use crate::{files, process};

/// Counters at each branch, and the operands of comparisons, which new inputs are then made of.
const FLAGS: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
    "--cfg=fuzzing",
];

const MINUTES: f64 = 1.0;
/// Counting makes all slower, and the machine may be busy.
const MOST_SECONDS_FOR_AN_INPUT: usize = 5;
/// What the campaign grants, and room for libFuzzer's own books.
const MOST_MEGABYTES: usize = 640;
const MOST_BYTES: usize = 32_768;

/// Runs one target after the other, each for some minutes; what is kept of the inputs is where the next run goes on.
pub fn run(project: &Project, minutes: Option<f64>, only: Option<&str>) -> Result<()> {
    let minutes = minutes.unwrap_or(MINUTES);
    ensure!(
        minutes > 0.0 && minutes.is_finite(),
        "{minutes} minutes are no time; choose a number above 0"
    );
    let parsers = chosen(only)?;
    let folder = project.target().join("guided");
    let programs = build(project, &folder)?;
    let words = folder.join("words");
    files::write(&words, dictionary())?;
    let mut broken = Vec::new();
    for parser in parsers {
        let target = Target {
            parser,
            program: programs.join(parser.name),
            seeds: project.root.join("fuzz/seeds").join(parser.name),
            words: words.clone(),
            folder: folder.join(parser.name),
        };
        match target.search(minutes) {
            Ok(found) => println!("{}: {found}", parser.name),
            Err(error) => {
                eprintln!("error: {error:#}");
                broken.push(parser.name);
            }
        }
    }
    ensure!(
        broken.is_empty(),
        "these parsers broke a promise: {}",
        broken.join(", ")
    );
    Ok(())
}

fn chosen(only: Option<&str>) -> Result<Vec<&'static Parser>> {
    let Some(only) = only else {
        return Ok(PARSERS.iter().collect());
    };
    let named = |name| {
        let parser = PARSERS.iter().find(|parser| parser.name == name);
        parser.with_context(|| {
            format!(
                "there is no parser {name:?}; choose some of {}",
                super::names()
            )
        })
    };
    only.split(',').map(named).collect()
}

/// Builds all targets and says in which folder they are.
fn build(project: &Project, folder: &Path) -> Result<PathBuf> {
    let tools = Tools::new(project);
    let machine = machine(&tools)?;
    let mut cargo = tools.command("cargo")?;
    cargo
        .args(["build", "--quiet", "--release", "--locked", "--bins"])
        // With a machine named, the flags are not for the programs that the build itself runs.
        .args(["--target", &machine])
        .arg("--target-dir")
        .arg(folder.join("build"))
        .env("RUSTFLAGS", FLAGS.join(" "))
        .current_dir(project.root.join("fuzz"));
    process::run(&mut cargo)?;
    Ok(folder.join("build").join(machine).join("release"))
}

/// This machine in Rust's words.
fn machine(tools: &Tools) -> Result<String> {
    let version = process::output_of(tools.command("rustc")?.arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .context("rustc does not say what machine this is")
}

/// A reader as a program of libFuzzer's.
struct Target {
    parser: &'static Parser,
    program: PathBuf,
    /// Inputs that are committed.
    seeds: PathBuf,
    /// The dictionary.
    words: PathBuf,
    /// Everything else: the corpus, logs, inputs that break a promise.
    folder: PathBuf,
}

impl Target {
    /// Goes on from the inputs there are, and leaves the fewest that reach as much.
    fn search(&self, minutes: f64) -> Result<Found> {
        let corpus = self.folder.join("corpus");
        for (idx, sample) in (self.parser.samples)().iter().enumerate() {
            files::write(&corpus.join(format!("sample-{idx}")), sample)?;
        }
        for (idx, seed) in files::below(&self.seeds)?.iter().enumerate() {
            files::write(&corpus.join(format!("seed-{idx}")), files::read(seed)?)?;
        }
        let seconds = (60.0 * minutes).ceil();
        let log = self.libfuzzer(
            "search",
            &[
                format!("-max_total_time={seconds}"),
                format!("-dict={}", self.words.display()),
                "-print_final_stats=1".to_owned(),
            ],
            &[&corpus],
        )?;
        let fewest = self.folder.join("fewest");
        files::create_folder(&fewest)?;
        self.libfuzzer("merge", &["-merge=1".to_owned()], &[&fewest, &corpus])?;
        replace(&corpus, &fewest)?;
        let n_kept = files::below(&corpus)?.len();
        Found::in_log(&log, n_kept)
            .with_context(|| format!("libFuzzer's log of {} has no figures", self.parser.name))
    }

    /// Runs the program on folders of inputs, writing to the first; gives its log.
    fn libfuzzer(&self, name: &str, options: &[String], folders: &[&Path]) -> Result<String> {
        let log = self.folder.join(format!("{name}.log"));
        let file =
            File::create(&log).with_context(|| format!("{} cannot be written", log.display()))?;
        let mut command = Command::new(&self.program);
        command
            .args(options)
            .arg(format!("-timeout={MOST_SECONDS_FOR_AN_INPUT}"))
            .arg(format!("-rss_limit_mb={MOST_MEGABYTES}"))
            .arg(format!("-max_len={MOST_BYTES}"))
            .arg(format!(
                "-artifact_prefix={}/broken-",
                self.folder.display()
            ))
            .args(folders)
            .stderr(file);
        let status = command
            .status()
            .with_context(|| format!("{} could not be started", self.program.display()))?;
        let text = String::from_utf8_lossy(&files::read(&log)?).into_owned();
        if !status.success() {
            bail!(
                "{} ended with {status}; the input and the whole log are in {}:\n{}",
                self.parser.name,
                self.folder.display(),
                end_of(&text)
            );
        }
        Ok(text)
    }
}

/// The words that the campaign, too, puts into inputs, as libFuzzer reads them.
fn dictionary() -> String {
    let edges = EDGES.iter().map(|edge| edge.as_bytes());
    let mut dictionary = String::new();
    for word in TOKENS.into_iter().chain(edges) {
        dictionary.push('"');
        for byte in word {
            // Writing to a string cannot fail.
            let _ = write!(dictionary, "\\x{byte:02x}");
        }
        dictionary.push_str("\"\n");
    }
    dictionary
}

/// Puts a folder in the place of another.
fn replace(old: &Path, new: &Path) -> Result<()> {
    let replaced = fs::remove_dir_all(old).and_then(|()| fs::rename(new, old));
    replaced.with_context(|| format!("{} cannot be replaced", old.display()))
}

/// Enough to see what panicked.
fn end_of(log: &str) -> String {
    const N_LINES: usize = 40;
    let lines: Vec<_> = log.lines().collect();
    lines[lines.len().saturating_sub(N_LINES)..].join("\n")
}

/// What a search came to.
#[derive(Debug, PartialEq)]
struct Found {
    n_inputs: u64,
    /// Branches of the program that some input reached.
    n_reached: u64,
    n_kept: usize,
    peak_megabytes: u64,
}

impl Found {
    /// Reads the figures from libFuzzer's log.
    fn in_log(log: &str, n_kept: usize) -> Option<Self> {
        let last_after = |word: &str| {
            let found = log.lines().rev().find_map(|line| line.split_once(word));
            let rest = found.map(|(_, rest)| rest)?;
            rest.split_whitespace().next()?.parse().ok()
        };
        Some(Self {
            n_inputs: last_after("stat::number_of_executed_units:")?,
            n_reached: last_after(" cov:")?,
            n_kept,
            peak_megabytes: last_after("stat::peak_rss_mb:")?,
        })
    }
}

impl Display for Found {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        let Self {
            n_inputs,
            n_reached,
            n_kept,
            peak_megabytes,
        } = self;
        write!(
            formatter,
            "{n_inputs} inputs, {n_reached} branches reached, {n_kept} inputs kept, peak memory {peak_megabytes} MB"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_a_search_are_those_of_its_log() {
        let log = "#2\tINITED cov: 310 ft: 311 corp: 1/1b exec/s: 0 rss: 43Mb\n\
            #9\tDONE   cov: 412 ft: 500 corp: 3/9b lim: 4 exec/s: 900 rss: 45Mb\n\
            stat::number_of_executed_units: 31337\nstat::peak_rss_mb:              45\n";
        let expected = Found {
            n_inputs: 31_337,
            n_reached: 412,
            n_kept: 3,
            peak_megabytes: 45,
        };
        assert_eq!(Found::in_log(log, 3), Some(expected));
        assert_eq!(Found::in_log("", 3), None);
    }

    #[test]
    fn every_parser_has_a_target_and_every_target_a_parser() {
        let manifest = include_str!("../../../fuzz/Cargo.toml");
        let targets: Vec<_> = manifest
            .split("[[bin]]")
            .skip(1)
            .filter_map(|bin| bin.split('"').nth(1))
            .collect();
        assert_eq!(targets, PARSERS.map(|parser| parser.name));
    }

    #[test]
    fn words_are_quoted_as_libfuzzer_reads_them() {
        let dictionary = dictionary();
        assert!(dictionary.contains("\"\\x4e\\x61\\x4e\"\n"), "{dictionary}");
        assert_eq!(dictionary.lines().count(), TOKENS.len() + EDGES.len());
    }

    #[test]
    fn parsers_are_chosen_by_name() {
        let names = |only| -> Option<Vec<&str>> {
            let parsers = chosen(only).ok()?;
            Some(parsers.into_iter().map(|parser| parser.name).collect())
        };
        assert_eq!(names(None).map(|names| names.len()), Some(PARSERS.len()));
        assert_eq!(names(Some("link,table")), Some(vec!["link", "table"]));
        assert_eq!(names(Some("link,tables")), None);
    }
}
