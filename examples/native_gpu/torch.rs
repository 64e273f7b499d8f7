//! PyTorch on the same card.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use super::Outcome;
use super::workload::{N_COMPARED, N_ROUNDS, Timing, Workload, largest_difference};

/// A Python that trains what it is asked to: a line of JSON asks, a line of JSON answers.
pub struct Torch {
    pub version: String,
    pub card: String,
    python: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Torch {
    /// Starts a Python that has torch and a CUDA device.
    ///
    /// # Errors
    /// Why there is none, as a sentence part.
    pub fn find() -> Result<Self, String> {
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let script = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/examples/native_gpu/torch_cuda.py"
        );
        let mut command = Command::new(&python);
        command
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut python = command
            .spawn()
            .map_err(|error| format!("{python} could not be started ({error})"))?;
        let (Some(questions), Some(answers)) = (python.stdin.take(), python.stdout.take()) else {
            return Err("Python does not listen".to_owned());
        };
        let mut torch = Self {
            version: String::new(),
            card: String::new(),
            python,
            questions,
            answers: BufReader::new(answers),
        };
        let greeting = torch
            .hear()
            .map_err(|error| format!("Python did not answer ({error})"))?;
        let text = |key: &str| greeting[key].as_str().map(str::to_owned);
        if let Some(reason) = text("missing") {
            return Err(reason);
        }
        torch.version = text("version").unwrap_or_default();
        torch.card = text("card").unwrap_or_default();
        Ok(torch)
    }

    /// Trains a workload from the same weights, in the same order.
    pub fn train(&mut self, workload: &Workload) -> Outcome<Timing> {
        let question = json!({
            "recipe": workload.recipe,
            "items": workload.items,
            "weights": workload.initial_weights().values(),
            "order": workload.first_order(),
            "n_compared": N_COMPARED,
            "n_rounds": N_ROUNDS,
        });
        writeln!(self.questions, "{question}")?;
        let answer = self.hear()?;
        let losses: Vec<f64> = serde_json::from_value(answer["losses"].clone())?;
        let rounds: Vec<(usize, f64)> = serde_json::from_value(answer["rounds"].clone())?;
        let difference = largest_difference(&losses, &workload.reference_losses()?);
        Ok(Timing::of(&rounds, difference))
    }

    fn hear(&mut self) -> Outcome<Value> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Torch {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.python.kill());
        drop(self.python.wait());
    }
}
