//! Makes the binaries in `dist` smaller and faster with wasm-opt.
//!
//! A binary that has not changed since is done at once.

use std::path::Path;
use std::thread;
use std::time::Instant;

use anyhow::{Result, anyhow};

use crate::progress::elapsed;
use crate::project::Project;
use crate::setup::Tools;
use crate::{files, process};

/// What rustc uses beyond the first version of WebAssembly, and what `.cargo/config.toml` adds.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Size counts, except where training is slower for it.
fn level(file: &str) -> &'static str {
    match file {
        "cpu_worker_bg.wasm" => "-O3",
        _ => "-Oz",
    }
}

/// Optimises the programs that `dist` has, by the names of their files, side by side.
pub fn all(
    project: &Project,
    tools: &Tools,
    dist: &Path,
    names: impl Iterator<Item = String>,
) -> Result<()> {
    thread::scope(|scope| {
        let running: Vec<_> = names
            .map(|name| scope.spawn(move || optimise(project, tools, dist, &name)))
            .collect();
        running.into_iter().try_for_each(|thread| {
            let result = thread.join();
            result.map_err(|_| anyhow!("a binary could not be optimised; why is above"))?
        })
    })
}

fn optimise(project: &Project, tools: &Tools, dist: &Path, name: &str) -> Result<()> {
    let start = Instant::now();
    let path = dist.join(name);
    let cache = project.target().join("xtask/wasm-opt");
    let (cached, cached_key) = (cache.join(name), cache.join(format!("{name}.key")));
    let key = format!(
        "{} {} {}",
        files::sha256(files::read(&path)?),
        level(name),
        FEATURES.join(" ")
    );
    if std::fs::read_to_string(&cached_key).is_ok_and(|found| found == key) {
        files::write(&path, files::read(&cached)?)?;
        println!("{name} has not changed");
        return Ok(());
    }
    files::create_folder(&cache)?;
    // If this is interrupted, the cache must not claim to be complete.
    let _ = std::fs::remove_file(&cached_key);
    let mut wasm_opt = tools.command("wasm-opt")?;
    wasm_opt
        .arg(level(name))
        .args(FEATURES)
        .arg(&path)
        .arg("--output")
        .arg(&cached);
    process::run(&mut wasm_opt)?;
    let optimised = files::read(&cached)?;
    files::write(&path, &optimised)?;
    files::write(&cached_key, key)?;
    println!(
        "{name}: {} kB in {}",
        optimised.len() / 1000,
        elapsed(start.elapsed())
    );
    Ok(())
}
