//! `bench --gpu`: trains natively on the machine's GPU, beside PyTorch where it has the same card.

use anyhow::Result;

use crate::process;
use crate::project::Project;
use crate::setup::Tools;

/// Builds and runs the example that trains; its table is the answer, or its JSON.
pub fn run(project: &Project, is_for_machines: bool) -> Result<()> {
    let mut cargo = Tools::new(project).command("cargo")?;
    cargo.args([
        "run",
        "--release",
        "--features",
        "wgpu",
        "--example",
        "native_gpu",
    ]);
    if is_for_machines {
        cargo.args(["--quiet", "--", "--json"]);
    }
    process::run(cargo.current_dir(&project.root))
}
