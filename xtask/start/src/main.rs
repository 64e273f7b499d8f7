//! `cargo xtask`: builds the commands of the package `xtask` if needed, and hands over to them.
//!
//! It has no dependencies, so that it is there at once and whoever waits for the rest is told what for.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// Soon built, and proc macros are not optimised; what is built for it serves `cargo xtask serve` too.
const PROFILE: &str = "quick";
/// Building that takes longer than this is worth a word.
const SILENCE: Duration = Duration::from_secs(2);
/// How often is looked whether a build has ended.
const PAUSE: Duration = Duration::from_millis(20);

fn main() -> ExitCode {
    start().unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}

fn start() -> Result<ExitCode, String> {
    let commands = built_commands()?;
    let is_built = commands.is_file();
    if !is_built {
        eprintln!(
            "First the project's own commands are built: a minute or two, only once. \
             From then on each step says what it does and how long it takes."
        );
    }
    let status = build(is_built).map_err(|error| format!("cargo could not be started: {error}"))?;
    if !status.success() {
        return Err("the commands could not be built; why is above".to_owned());
    }
    let mut command = Command::new(&commands);
    command
        .args(env::args_os().skip(1))
        // Cargo sets it to the folder of this package, which the commands would take for theirs.
        .env("CARGO_MANIFEST_DIR", folder_of_commands()?);
    hand_over(command)
        .map_err(|error| format!("{} could not be started: {error}", commands.display()))
}

/// Where Cargo puts the commands: its target folder is two above this program.
fn built_commands() -> Result<PathBuf, String> {
    let own = env::current_exe().map_err(|error| format!("this program is not found: {error}"))?;
    let target = own.parent().and_then(Path::parent);
    let target = target.ok_or("this program is in no target folder; run it by `cargo xtask`")?;
    let name = format!("xtask{}", env::consts::EXE_SUFFIX);
    Ok(target.join(PROFILE).join(name))
}

fn folder_of_commands() -> Result<PathBuf, String> {
    let own = env::var_os("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
    let commands = Path::new(&own).parent();
    let commands = commands.ok_or("the folder of xtask has no parent; run `cargo xtask`")?;
    Ok(commands.to_path_buf())
}

/// Shows how far Cargo is if all has to be built; else it is quiet, unless that takes a while.
fn build(is_built: bool) -> io::Result<ExitStatus> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--package", "xtask", "--no-default-features"]);
    cargo.args(["--profile", PROFILE]);
    if !is_built {
        return cargo.status();
    }
    let mut build = cargo.arg("--quiet").spawn()?;
    if let Some(status) = ended_within(&mut build, SILENCE)? {
        return Ok(status);
    }
    eprintln!("The project's own commands have changed and are built anew: up to a minute.");
    build.wait()
}

fn ended_within(child: &mut Child, time: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        let status = child.try_wait()?;
        if status.is_some() || start.elapsed() > time {
            return Ok(status);
        }
        thread::sleep(PAUSE);
    }
}

/// The commands take the place of this program, so that what is sent to it reaches them.
#[cfg(unix)]
fn hand_over(mut command: Command) -> io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec())
}

#[cfg(not(unix))]
fn hand_over(mut command: Command) -> io::Result<ExitCode> {
    let code = command.status()?.code().unwrap_or(1);
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}
