//! Running other programs.

use std::io::{BufRead, BufReader, ErrorKind};
use std::process::{Command, Stdio};

use anyhow::{Context, Error, Result, bail};

/// Runs to the end, showing all that the program says.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .map_err(|error| not_started(command, error))?;
    if status.success() {
        return Ok(());
    }
    bail!(
        "`{}` did not succeed ({status}); its messages are above",
        shown(command)
    );
}

/// Runs to the end, showing all that the program says and handing on each line that it prints.
/// Says whether the program succeeded.
pub fn run_and_watch(command: &mut Command, mut watch: impl FnMut(&str)) -> Result<bool> {
    let child = command.stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| not_started(command, error))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            watch(&line);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        eprintln!("`{}` did not succeed ({status})", shown(command));
    }
    Ok(status.success())
}

/// Runs to the end in silence and gives what the program printed.
pub fn output_of(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| not_started(command, error))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` did not succeed ({}):\n{}",
            shown(command),
            output.status,
            stderr.trim()
        );
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed no text", shown(command)))
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The error of a program that could not even start.
fn not_started(command: &Command, error: std::io::Error) -> Error {
    let program = command.get_program().to_string_lossy().into_owned();
    let missing = error.kind() == ErrorKind::NotFound;
    let error = Error::new(error);
    if missing {
        error.context(format!(
            "{program} was not found; install it and put it on the PATH"
        ))
    } else {
        error.context(format!("{program} could not be started"))
    }
}
