//! `dist`: builds the page and its workers into the folder `dist`.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::build_id::{self, BuildId, Quality};
use crate::flags::Flags;
use crate::html::RustLink;
use crate::project::Project;
use crate::setup::Tools;
use crate::{csp, files, html, offline, optimise, process, progress, setup, style};

const PAGE: &str = "page";
const WORKERS: [&str; 2] = ["cpu_worker", "gpu_worker"];
/// Records what `dist` was built from; written last, so that an unfinished `dist` is built again.
const RECORD: &str = "build.json";

/// Builds; with `--quick` in a fraction of the time, but larger and slower.
pub fn run(project: &Project, mut flags: Flags) -> Result<()> {
    let quality = Quality::from_flags(&mut flags);
    flags.finish()?;
    ensure_dist(project, quality)
}

/// Builds `dist` if the sources have changed since it was built.
pub fn ensure_dist(project: &Project, quality: Quality) -> Result<()> {
    let build_id = BuildId::now(project, quality)?;
    let name = &build_id.of_all;
    if recorded_name(&project.dist()).as_ref() == Some(name) {
        println!("dist is up to date (build {name})");
        return Ok(());
    }
    let tools = setup::for_building(project)?;
    let what = format!(
        "Building the page and its workers, build {name} (minutes, if nothing is built yet)"
    );
    progress::step(&what, || build(project, &tools, quality, &build_id))
}

/// What a finished page was built from; `None` where that is not recorded.
pub fn recorded_name(dist: &Path) -> Option<String> {
    let record: Value = serde_json::from_slice(&std::fs::read(dist.join(RECORD)).ok()?).ok()?;
    Some(record["build"].as_str()?.to_owned())
}

fn build(project: &Project, tools: &Tools, quality: Quality, build_id: &BuildId) -> Result<()> {
    fetch_packages(project, tools)?;
    let links = html::rust_links(&files::read_text(&project.root.join("index.html"))?);
    ensure!(
        !links.is_empty(),
        "index.html has no link with rel=\"rust\"; restore the file"
    );
    for link in &links {
        progress::step(&format!("compiling {}", link.bin), || {
            compile(project, tools, link, quality, &build_id.of_workers)
        })?;
    }
    progress::step("putting the page together", || {
        run_trunk(project, tools, quality, &build_id.of_workers)
    })?;
    if quality == Quality::Release {
        progress::step("optimising", || {
            optimise::all(project, tools, links.iter().map(|link| link.bin.as_str()))
        })?;
    }
    finish(&project.dist(), build_id)
}

/// Trunk builds offline, so everything that it needs is fetched before.
fn fetch_packages(project: &Project, tools: &Tools) -> Result<()> {
    let mut cargo = tools.command("cargo")?;
    cargo
        .args(["fetch", "--locked", "--quiet"])
        .current_dir(&project.root);
    process::run(&mut cargo)
        .context("the packages of Cargo.lock cannot be fetched; connect to the internet")
}

/// Compiles what trunk will ask for next, one binary at a time, so that one sees how far it is.
fn compile(
    project: &Project,
    tools: &Tools,
    link: &RustLink,
    quality: Quality,
    build_id: &str,
) -> Result<()> {
    let mut cargo = tools.command("cargo")?;
    cargo.args([
        "build",
        "--locked",
        "--target",
        "wasm32-unknown-unknown",
        "--no-default-features",
    ]);
    cargo.args(["--bin", &link.bin, "--features", &link.features]);
    cargo.args(["--profile", link.profile(quality)]);
    process::run(
        cargo
            .current_dir(&project.root)
            .env(build_id::VARIABLE, build_id),
    )
}

fn run_trunk(project: &Project, tools: &Tools, quality: Quality, build_id: &str) -> Result<()> {
    let mut trunk = tools.command("trunk")?;
    trunk.arg("build").args(match quality {
        Quality::Release => &["--release"][..],
        Quality::Quick => &[],
    });
    // Trunk refuses the usual value "1" of NO_COLOR.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env_remove("NO_COLOR").env("TRUNK_COLOR", "never");
    }
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true");
    // What went wrong is said before any backtrace, which would only push it out of sight.
    trunk.env("RUST_BACKTRACE", "0");
    process::run(
        trunk
            .current_dir(&project.root)
            .env(build_id::VARIABLE, build_id),
    )
}

/// What trunk leaves to do.
fn finish(dist: &Path, build_id: &BuildId) -> Result<()> {
    for bin in [PAGE].into_iter().chain(WORKERS) {
        let path = dist.join(format!("{bin}_loader.js"));
        files::write(&path, loader(bin, build_id))?;
    }
    let page = dist.join("index.html");
    let html = style::bundled(dist, &files::read_text(&page)?)?;
    let html = html::with_build(&html, build_id);
    csp::check(&html)?;
    files::write(&page, html)?;
    offline::write_list(dist, build_id)?;
    // Without it, GitHub Pages leaves out files whose names start with an underscore.
    files::write(&dist.join(".nojekyll"), "")?;
    let record = json!({ "build": build_id.of_all, "workers": build_id.of_workers });
    files::write(&dist.join(RECORD), format!("{record:#}\n"))
}

/// The script that a binary starts with. Trunk's own is inline for the page, which the policy would have to excuse,
/// and has no build in its addresses for a worker, so that a browser could join it with a binary of an older build.
fn loader(bin: &str, build_id: &BuildId) -> String {
    let address = |name: &str| build_id.address_of(name);
    let (script, binary) = (
        address(&format!("{bin}.js")),
        address(&format!("{bin}_bg.wasm")),
    );
    format!(
        "import init from \"./{script}\";\n\
        await init({{ module_or_path: new URL(\"./{binary}\", import.meta.url) }});\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loader_names_the_build_in_every_address() {
        let build_id = BuildId {
            of_all: "0123456789ab".to_owned(),
            of_workers: "ba9876543210".to_owned(),
        };
        let worker = loader("cpu_worker", &build_id);
        assert!(worker.contains("\"./cpu_worker.js?v=ba9876543210\""));
        assert!(worker.contains("\"./cpu_worker_bg.wasm?v=ba9876543210\""));
        assert!(loader(PAGE, &build_id).contains("\"./page_bg.wasm?v=0123456789ab\""));
    }
}
