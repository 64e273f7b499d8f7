//! The list of files that the service worker `sw.js` keeps, so that the page works without a network.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::build_id::BuildId;
use crate::files;

/// The service worker's script.
pub const SCRIPT: &str = "sw.js";
/// Stands in the script where the list belongs.
const PLACEHOLDER: &str = "{ name: \"\", first: {}, later: {}, gpu: {} }";
const N_DIGITS: usize = 12;

/// When a file is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    /// On the first visit: all that it takes to draw, to judge and to train.
    First,
    /// When nothing else is to be done: the data and models of other recipes, the lessons, and what few need of the page.
    Later,
    /// Where there is a GPU.
    Gpu,
    /// Never; no page asks for it.
    Never,
}

impl Group {
    fn of(name: &str) -> Self {
        let extension = Path::new(name)
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        let is_lesson = name.starts_with("lessons/") && extension == "txt";
        if is_lesson || name == "page_rare.wasm" {
            return Self::Later;
        }
        if name == SCRIPT || matches!(extension, "json" | "md" | "txt") {
            return Self::Never;
        }
        if name.starts_with("gpu_worker") {
            return Self::Gpu;
        }
        let is_default = matches!(name, "data/handwritten.bin.gz" | "models/handwritten.bin");
        let is_of_a_recipe = name.starts_with("data/") || name.starts_with("models/");
        if is_of_a_recipe && !is_default {
            return Self::Later;
        }
        Self::First
    }
}

/// Files by the addresses that a page asks for, relative to it, with the hashes that a browser compares.
type Hashes = BTreeMap<String, String>;

/// Writes the service worker of a finished `dist`: the script of the sources with the list of all files.
pub fn write_list(script: &Path, dist: &Path, build_id: &BuildId) -> Result<()> {
    let [mut first, mut later, mut gpu] = [const { Hashes::new() }; 3];
    for path in files::below(dist)? {
        let name = path
            .strip_prefix(dist)?
            .to_string_lossy()
            .replace('\\', "/");
        let hashes = match Group::of(&name) {
            Group::First => &mut first,
            Group::Later => &mut later,
            Group::Gpu => &mut gpu,
            Group::Never => continue,
        };
        let digest = STANDARD.encode(Sha256::digest(files::read(&path)?));
        hashes.insert(build_id.address_of(&name), format!("sha256-{digest}"));
    }
    let mut build = json!({ "first": first, "later": later, "gpu": gpu });
    // By what is in the files: the same sources can become other files with other tools.
    let name = files::sha256(build.to_string());
    build["name"] = name[..N_DIGITS].into();
    let script = filled_in(&files::read_text(script)?, &build)?;
    files::write(&dist.join(SCRIPT), script)
}

fn filled_in(script: &str, build: &Value) -> Result<String> {
    ensure!(
        script.matches(PLACEHOLDER).count() == 1,
        "www/{SCRIPT} has no place for the list of files, which is {PLACEHOLDER:?}; restore it"
    );
    Ok(script.replace(PLACEHOLDER, &format!("{build:#}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_visit_keeps_what_a_verdict_takes_and_no_more() {
        let first = [
            "index.html",
            "page_bg.wasm",
            "cpu_worker_loader.js",
            "data/handwritten.bin.gz",
            "models/handwritten.bin",
            "style/page.css",
            "fonts/bricolage-grotesque-latin-700.woff2",
            "manifest.webmanifest",
        ];
        assert!(first.iter().all(|name| Group::of(name) == Group::First));
        assert_eq!(Group::of("data/mnist.bin.gz"), Group::Later);
        assert_eq!(Group::of("data/digits.bin"), Group::Later);
        assert_eq!(Group::of("models/mnist-conv.bin"), Group::Later);
        assert_eq!(Group::of("lessons/training.txt"), Group::Later);
        assert_eq!(Group::of("gpu_worker_bg.wasm"), Group::Gpu);
        let never = [
            "sw.js",
            "build.json",
            "data/NOTICE.md",
            "fonts/OFL.txt",
            "lessons/README.md",
        ];
        assert!(never.iter().all(|name| Group::of(name) == Group::Never));
    }

    #[test]
    fn the_service_worker_of_this_project_has_a_place_for_the_list() {
        let build = json!({ "first": { "": "sha256-abc" } });
        let script = filled_in(include_str!("../../www/sw.js"), &build).expect("a place");
        assert!(script.contains("\"\": \"sha256-abc\""));
        assert!(!script.contains(PLACEHOLDER));
        assert!(filled_in("no place", &build).is_err());
    }
}
