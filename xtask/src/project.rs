//! Where things are: the project's folder, Cargo's outputs, our own cache.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders that commands work in.
pub struct Project {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// What can be deleted at any time and is then made anew: tools, downloads.
    pub cache: PathBuf,
}

impl Project {
    /// The project that Cargo runs this program for, else the one that it was built from.
    pub fn find() -> Result<Self> {
        // Copies of the project that share a target folder share this program, too.
        let manifest_dir =
            env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest_dir).parent();
        let root = root.context(
            "the folder of xtask has no parent; run the command from the project's folder",
        )?;
        Ok(Self {
            root: root.to_path_buf(),
            cache: user_cache()?.join("bottleneck"),
        })
    }

    /// The finished page.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The page as `serve` builds it, soon and not for publishing.
    pub fn to_try(&self) -> PathBuf {
        self.target().join("xtask/page")
    }

    /// The end-to-end tests, a folder with its own npm packages.
    pub fn e2e(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// The audits of the finished page, a folder with its own npm packages.
    pub fn audits(&self) -> PathBuf {
        self.root.join("tests/audit")
    }

    /// What the page is measured with and against, a folder with its own npm packages.
    pub fn bench(&self) -> PathBuf {
        self.root.join("tests/bench")
    }

    /// Cargo's target folder.
    pub fn target(&self) -> PathBuf {
        match env::var_os("CARGO_TARGET_DIR") {
            Some(target) => self.root.join(target),
            None => self.root.join("target"),
        }
    }
}

fn user_cache() -> Result<PathBuf> {
    if let Some(cache) = env::var_os("XDG_CACHE_HOME").filter(|cache| !cache.is_empty()) {
        return Ok(cache.into());
    }
    let home = env::home_dir()
        .context("there is no home folder; set XDG_CACHE_HOME to a folder for tools")?;
    Ok(home.join(".cache"))
}
