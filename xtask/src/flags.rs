//! The flags behind a command's name.

use std::str::FromStr;

use anyhow::{Context, Result, bail, ensure};

/// The arguments that no one has asked for yet.
pub struct Flags {
    usage: &'static str,
    rest: Vec<String>,
}

impl Flags {
    /// `usage` is shown when the arguments do not fit it.
    pub fn new(usage: &'static str, arguments: impl Iterator<Item = String>) -> Self {
        Self {
            usage,
            rest: arguments.collect(),
        }
    }

    /// Takes a flag without a value; says whether it was given.
    pub fn switch(&mut self, name: &str) -> bool {
        let n_before = self.rest.len();
        self.rest.retain(|argument| argument != name);
        self.rest.len() < n_before
    }

    /// Takes `name VALUE`, if it was given.
    pub fn value<T: FromStr>(&mut self, name: &str) -> Result<Option<T>> {
        let Some(idx) = self.rest.iter().position(|argument| argument == name) else {
            return Ok(None);
        };
        self.rest.remove(idx);
        ensure!(
            idx < self.rest.len(),
            "{name} needs a value: cargo xtask {}",
            self.usage
        );
        let text = self.rest.remove(idx);
        let value = text.parse().ok();
        let value = value
            .with_context(|| format!("{name} cannot be {text:?}: cargo xtask {}", self.usage))?;
        Ok(Some(value))
    }

    /// Ends the taking: whatever is left was not understood.
    pub fn finish(self) -> Result<()> {
        if let Some(unknown) = self.rest.first() {
            bail!(
                "{unknown:?} is not understood here: cargo xtask {}",
                self.usage
            );
        }
        Ok(())
    }

    /// Everything that is left, to be handed on to another program.
    pub fn into_rest(self) -> Vec<String> {
        self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(arguments: &[&str]) -> Flags {
        Flags::new(
            "serve [--port N]",
            arguments.iter().map(ToString::to_string),
        )
    }

    #[test]
    fn switches_and_values_are_taken_out() {
        let mut flags = flags(&["--port", "90", "--no-open"]);
        assert!(flags.switch("--no-open"));
        assert!(!flags.switch("--no-open"));
        assert_eq!(flags.value::<u16>("--port").expect("a number"), Some(90));
        assert_eq!(flags.value::<u16>("--port").expect("nothing left"), None);
        assert!(flags.finish().is_ok());
    }

    #[test]
    fn what_does_not_fit_is_refused_with_the_usage() {
        for arguments in [&["--port"][..], &["--port", "70000"], &["--port", "x"]] {
            let error = flags(arguments)
                .value::<u16>("--port")
                .expect_err("no port");
            assert!(error.to_string().contains("serve [--port N]"));
        }
        assert!(flags(&["--prot"]).finish().is_err());
    }
}
