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
fn level(bin: &str) -> &'static str {
    match bin {
        "cpu_worker" => "-O3",
        _ => "-Oz",
    }
}

/// Optimises the binaries that `dist` has, side by side.
pub fn all<'a>(
    project: &Project,
    tools: &Tools,
    dist: &Path,
    bins: impl Iterator<Item = &'a str>,
) -> Result<()> {
    thread::scope(|scope| {
        let running: Vec<_> = bins
            .map(|bin| scope.spawn(move || optimise(project, tools, dist, bin)))
            .collect();
        running.into_iter().try_for_each(|thread| {
            let result = thread.join();
            result.map_err(|_| anyhow!("a binary could not be optimised; why is above"))?
        })
    })
}

fn optimise(project: &Project, tools: &Tools, dist: &Path, bin: &str) -> Result<()> {
    let start = Instant::now();
    let path = dist.join(format!("{bin}_bg.wasm"));
    let cache = project.target().join("xtask/wasm-opt");
    let (cached, cached_key) = (
        cache.join(format!("{bin}.wasm")),
        cache.join(format!("{bin}.key")),
    );
    let key = format!(
        "{} {} {}",
        files::sha256(files::read(&path)?),
        level(bin),
        FEATURES.join(" ")
    );
    if std::fs::read_to_string(&cached_key).is_ok_and(|found| found == key) {
        files::write(&path, files::read(&cached)?)?;
        println!("{bin} has not changed");
        return Ok(());
    }
    files::create_folder(&cache)?;
    // If this is interrupted, the cache must not claim to be complete.
    let _ = std::fs::remove_file(&cached_key);
    let mut wasm_opt = tools.command("wasm-opt")?;
    wasm_opt
        .arg(level(bin))
        .args(FEATURES)
        .arg(&path)
        .arg("--output")
        .arg(&cached);
    process::run(&mut wasm_opt)?;
    let optimised = files::read(&cached)?;
    files::write(&path, &optimised)?;
    files::write(&cached_key, key)?;
    println!(
        "{bin}: {} kB in {}",
        optimised.len() / 1000,
        elapsed(start.elapsed())
    );
    Ok(())
}
