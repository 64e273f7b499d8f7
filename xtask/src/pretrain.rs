//! `pretrain`: trains the models that ship with the page anew.

use anyhow::Result;

use crate::flags::Flags;
use crate::project::Project;
use crate::setup::Tools;
use crate::{process, progress};

/// Everything behind the command's name is for the program that trains.
pub fn run(project: &Project, flags: Flags) -> Result<()> {
    let mut cargo = Tools::new(project).command("cargo")?;
    cargo
        .args(["run", "--release", "--example", "pretrain", "--"])
        .args(flags.into_rest());
    progress::step("training the models in www/models", || {
        process::run(cargo.current_dir(&project.root))
    })
}
