//! A name for the state of the sources, known to the binaries as `BUILD_ID`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::files;
use crate::flags::Flags;
use crate::project::Project;

/// The variable that the library takes its `BUILD_ID` from.
pub const VARIABLE: &str = "BOTTLENECK_BUILD_ID";

const FOLDERS: [&str; 2] = ["src", "www"];
const FILES: [&str; 6] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "index.html",
    "rust-toolchain.toml",
];
/// To be raised when this program makes something else of the same sources.
const REVISION: &str = "1";
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
        if flags.switch("--quick") {
            Self::Quick
        } else {
            Self::Release
        }
    }
}

/// The same for the same sources, wherever and whenever it is asked for.
pub fn of(project: &Project, quality: Quality) -> Result<String> {
    let mut listing = format!("{REVISION} {}\n", quality == Quality::Quick);
    for path in sources(&project.root)? {
        let hash = files::sha256(files::read(&path)?);
        let name = path.strip_prefix(&project.root).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        // Writing to a string cannot fail.
        let _ = writeln!(listing, "{hash} {name}");
    }
    let mut build_id = files::sha256(listing);
    build_id.truncate(N_DIGITS);
    Ok(build_id)
}

fn sources(root: &Path) -> Result<Vec<PathBuf>> {
    let mut sources: Vec<_> = FILES.iter().map(|file| root.join(file)).collect();
    for folder in FOLDERS {
        sources.extend(files::below(&root.join(folder))?);
    }
    Ok(sources)
}
