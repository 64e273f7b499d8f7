//! `data`: packs the data sets that ship with the page, bit for bit the same each time.

mod digits;
mod handwritten;
mod mnist;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::flags::Flags;
use crate::project::Project;
use crate::{files, process};

/// A data set that is ready to ship.
struct Packed {
    /// Its name in `www/data`.
    file: &'static str,
    /// All that is in the file.
    content: Vec<u8>,
    /// Where it comes from, for programs.
    source: Value,
    /// Where it comes from, for people, in Markdown.
    notice: String,
}

/// The path of a package's file, which its package manager downloads if it is not there yet.
fn downloaded(
    downloads: &Path,
    file: &str,
    what: &str,
    package_manager: &mut Command,
) -> Result<PathBuf> {
    let path = downloads.join(file);
    if path.exists() {
        return Ok(path);
    }
    println!("Downloading {what}");
    process::run(package_manager)?;
    ensure!(
        path.exists(),
        "{file} was not downloaded; download it by hand into {}",
        downloads.display()
    );
    Ok(path)
}

/// Fails if a file is another one than its sum says.
fn ensure_sum(what: &str, content: &[u8], sha256: &str, downloads: &Path) -> Result<()> {
    let found = files::sha256(content);
    ensure!(
        found == sha256,
        "{what} has SHA-256 {found} instead of {sha256}; delete {} and run `cargo xtask data` again",
        downloads.display()
    );
    Ok(())
}

/// Packs into `www/data`; with `--check` compares with what is there.
pub fn run(project: &Project, mut flags: Flags) -> Result<()> {
    let check = flags.switch("--check");
    flags.finish()?;
    let downloads = project.cache.join("downloads");
    files::create_folder(&downloads)?;
    let mnist = mnist::digits(&downloads)?;
    let data_sets = [
        digits::packed(&downloads)?,
        mnist::packed(&mnist)?,
        handwritten::packed(&mnist)?,
    ];
    let sources: Value = data_sets.iter().map(|it| it.source.clone()).collect();
    let sources = format!("{sources:#}\n");
    let notice = notice(&data_sets);
    let mut written: Vec<(&str, &[u8])> = data_sets
        .iter()
        .map(|it| (it.file, it.content.as_slice()))
        .collect();
    written.push(("sources.json", sources.as_bytes()));
    written.push(("NOTICE.md", notice.as_bytes()));
    for (name, content) in written {
        write_or_compare(project, name, content, check)?;
    }
    Ok(())
}

fn write_or_compare(project: &Project, name: &str, content: &[u8], check: bool) -> Result<()> {
    let path = project.root.join("www/data").join(name);
    if check {
        let same = files::read(&path)? == content;
        ensure!(
            same,
            "www/data/{name} is not what its source gives; run `cargo xtask data` to make it anew"
        );
        println!("www/data/{name}: as its source gives it");
    } else {
        files::write(&path, content)?;
        println!("www/data/{name}: {} bytes", content.len());
    }
    Ok(())
}

fn notice(data_sets: &[Packed]) -> String {
    let sections = data_sets
        .iter()
        .map(|it| format!("\n## {}\n\n{}", it.file, it.notice));
    let sections: Vec<String> = sections.collect();
    format!(
        "# Where the data comes from\n\
        \n\
        `cargo xtask data` makes the files in this folder, `cargo xtask data --check` proves that they are what their source gives.\n\
        {}",
        sections.concat()
    )
}
