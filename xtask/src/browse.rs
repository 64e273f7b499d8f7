//! Opening the user's browser.

use std::process::{Command, Stdio};
use std::thread;

/// Opens a page. That there is no browser, as on a server, is no error: the address was printed.
pub fn open(url: &str) {
    let mut command = opener();
    command.arg(url);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        thread::spawn(move || child.wait());
    }
}

fn opener() -> Command {
    if cfg!(target_os = "macos") {
        return Command::new("open");
    }
    if cfg!(windows) {
        let mut start = Command::new("cmd");
        start.args(["/C", "start", ""]);
        return start;
    }
    Command::new("xdg-open")
}
