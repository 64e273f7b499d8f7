//! Commands that are rarely asked for, in a program without them: Cargo builds one with them, and runs it.

use anyhow::Result;

use crate::flags::Flags;
use crate::process;
use crate::project::Project;
use crate::setup::Tools;

/// Modules of the names that the commands have in the whole program.
macro_rules! rare {
    ($($name:ident)*) => {
        $(pub mod $name {
            use super::{Flags, Project, Result};

            /// Hands over to the whole program.
            pub fn run(project: &Project, flags: Flags) -> Result<()> {
                super::hand_over(stringify!($name), project, flags)
            }
        })*
    };
}

rare! { data fuzz size }

fn hand_over(name: &str, project: &Project, flags: Flags) -> Result<()> {
    println!("Building what this command needs (a minute or two, only once)");
    let mut cargo = Tools::new(project).command("cargo")?;
    cargo.args(["run", "--quiet", "--package", "xtask", "--", name]);
    process::run(cargo.args(flags.into_rest()).current_dir(&project.root))
}
