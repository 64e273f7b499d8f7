//! A name for the state of the sources, known to the binaries as `BUILD_ID`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::files;
use crate::flags::Flags;
use crate::project::Project;

/// The variable that the library takes its `BUILD_ID` from.
pub const VARIABLE: &str = "BOTTLENECK_BUILD_ID";

/// What the page is made of. A change of anything else is a change of the workers too.
const FOLDERS: [&str; 2] = ["src", "www"];
const FILES: [&str; 5] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "index.html",
    "rust-toolchain.toml",
];
/// What the page alone is made of.
const PAGE_ONLY: [&str; 5] = [
    "index.html",
    "src/bin/page.rs",
    "src/page/",
    "www/fonts/",
    "www/style/",
];
/// To be raised when this program makes something else of the same sources.
const REVISION: &str = "5";
const N_DIGITS: usize = 12;

/// What a build is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// Small and fast, to be published.
    Release,
    /// Built soon, to try a change.
    Quick,
}

impl Quality {
    /// `--quick` or not.
    pub fn from_flags(flags: &mut Flags) -> Self {
        Self::quick_if(flags.switch("--quick"))
    }

    /// Whether time counts more than size and speed.
    pub fn quick_if(time_counts: bool) -> Self {
        if time_counts {
            Self::Quick
        } else {
            Self::Release
        }
    }
}

/// Two names for the state of the sources, the same wherever and whenever they are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildId {
    /// Of everything: `dist` must be built again when it changes.
    pub of_all: String,
    /// Of what page and workers must have in common, and what a worker and its data are fetched by.
    /// A change of the page alone leaves it, so that the workers need not be built again.
    pub of_workers: String,
}

impl BuildId {
    /// Of the sources as they are now.
    pub fn now(project: &Project, quality: Quality) -> Result<Self> {
        let mut hashes = Vec::new();
        for path in sources(&project.root)? {
            let name = path.strip_prefix(&project.root).unwrap_or(&path);
            let name = name.to_string_lossy().replace('\\', "/");
            hashes.push((name, files::sha256(files::read(&path)?)));
        }
        Ok(Self::of_hashes(&hashes, quality))
    }

    /// How a page asks for a file of `dist`, relative to itself. Addresses without a build are of files that hardly
    /// ever change and that no build depends on.
    pub fn address_of(&self, name: &str) -> String {
        let is_of_workers = ["cpu_worker", "gpu_worker", "data/", "lessons/", "models/"]
            .iter()
            .any(|start| name.starts_with(start));
        if name == "index.html" {
            String::new()
        } else if is_of_workers {
            format!("{name}?v={}", self.of_workers)
        } else if [".css", ".js", ".wasm"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            format!("{name}?v={}", self.of_all)
        } else {
            name.to_owned()
        }
    }

    fn of_hashes(hashes: &[(String, String)], quality: Quality) -> Self {
        let start = format!("{REVISION} {}\n", quality == Quality::Quick);
        let (mut all, mut workers) = (start.clone(), start);
        for (name, hash) in hashes {
            let line = format!("{hash} {name}\n");
            all.push_str(&line);
            if !is_page_only(name) {
                workers.push_str(&line);
            }
        }
        Self {
            of_all: short_hash(&all),
            of_workers: short_hash(&workers),
        }
    }
}

fn is_page_only(name: &str) -> bool {
    PAGE_ONLY.iter().any(|only| name.starts_with(only))
}

fn short_hash(text: &str) -> String {
    let mut hash = files::sha256(text);
    hash.truncate(N_DIGITS);
    hash
}

fn sources(root: &Path) -> Result<Vec<PathBuf>> {
    let mut sources: Vec<_> = FILES.iter().map(|file| root.join(file)).collect();
    for folder in FOLDERS {
        sources.extend(files::below(&root.join(folder))?);
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build_id(page: &str, trainer: &str, quality: Quality) -> BuildId {
        let hashes = [
            ("src/page/mod.rs".to_owned(), page.to_owned()),
            ("src/worker/trainer.rs".to_owned(), trainer.to_owned()),
        ];
        BuildId::of_hashes(&hashes, quality)
    }

    #[test]
    fn a_change_of_the_page_alone_leaves_the_workers_as_they_are() {
        let before = build_id("a", "b", Quality::Release);
        let page_changed = build_id("c", "b", Quality::Release);
        assert_eq!(before.of_workers, page_changed.of_workers);
        assert_ne!(before.of_all, page_changed.of_all);
    }

    #[test]
    fn addresses_name_the_build_that_a_file_belongs_to() {
        let build_id = BuildId {
            of_all: "all".to_owned(),
            of_workers: "workers".to_owned(),
        };
        assert_eq!(build_id.address_of("index.html"), "");
        assert_eq!(build_id.address_of("page.js"), "page.js?v=all");
        assert_eq!(
            build_id.address_of("models/well-trained.bin"),
            "models/well-trained.bin?v=workers"
        );
        assert_eq!(build_id.address_of("icon.svg"), "icon.svg");
    }

    #[test]
    fn every_other_change_gives_another_name() {
        let before = build_id("a", "b", Quality::Release);
        assert_ne!(
            before.of_workers,
            build_id("a", "c", Quality::Release).of_workers
        );
        assert_ne!(
            before.of_workers,
            build_id("a", "b", Quality::Quick).of_workers
        );
        assert_eq!(before, build_id("a", "b", Quality::Release));
    }
}
