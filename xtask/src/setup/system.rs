//! Programs of the system, and the packages that bring them.

use std::env;
use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::{Tools, announce};
use crate::process;

/// The first of some programs that is there; what the environment variable names goes first.
pub fn find_program(variable: &str, names: &[&str]) -> Option<PathBuf> {
    named(variable).or_else(|| names.iter().find_map(|name| on_path(name)))
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}

fn on_path(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let program = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&folders)
        .map(|folder| folder.join(&program))
        .find(|path| path.is_file())
}

/// Packages of Debian that a command needs.
pub struct Packages {
    /// What they bring.
    pub title: &'static str,
    /// Why it is needed.
    pub reason: &'static str,
    /// How long installing takes.
    pub duration: &'static str,
    /// Their names.
    pub names: &'static [&'static str],
    /// What to do where they cannot be installed.
    pub advice: &'static str,
}

impl Packages {
    /// Installs them where this user may.
    pub fn install(&self, tools: &Tools) -> Result<()> {
        let missing = || format!("{} cannot be installed here: {}", self.title, self.advice);
        let Some(prefix) = administrator(tools) else {
            bail!(missing());
        };
        announce(self.title, self.reason, self.duration);
        let apt_get = |arguments: &[&str]| -> Result<()> {
            let mut words =
                prefix
                    .iter()
                    .chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            let mut command = tools.command(words.next().copied().unwrap_or("env"))?;
            process::run(command.args(words).args(arguments))
        };
        let install = ["install", "--yes", "--no-install-recommends"];
        apt_get(&["update"])
            .and_then(|()| apt_get(&[&install[..], self.names].concat()))
            .with_context(missing)
    }
}

/// What to put before `apt-get`, where it is there and can be used.
fn administrator(tools: &Tools) -> Option<&'static [&'static str]> {
    on_path("apt-get")?;
    let user = process::output_of(tools.command("id").ok()?.arg("-u")).ok()?;
    if user.trim() == "0" {
        return Some(&[]);
    }
    let without_password =
        process::output_of(tools.command("sudo").ok()?.args(["-n", "true"])).is_ok();
    let can_ask = on_path("sudo").is_some() && std::io::stdin().is_terminal();
    (without_password || can_ask).then_some(&["sudo"])
}
