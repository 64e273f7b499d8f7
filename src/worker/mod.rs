//! The message loop around the subject, in a Web Worker.
//!
//! The CPU binary serves as trainer, as a trainer's assistant, as examiner or as runner of a list: what it hears first
//! decides. The GPU binary only trains.
//! The loop does one unit of work, then listens, so that Pause takes effect at once.

mod assistant;
mod beside;
mod clock;
mod commands;
mod crew;
mod engine;
mod evaluating;
mod examiner;
mod failures;
mod long_work;
mod pace;
mod past;
mod photos;
mod reading;
mod reconstructing;
mod remembering;
mod run;
mod runner;
mod scoring;
mod scoring_next;
mod shell;
pub mod storage;
mod subject;
mod sweeping;
mod trainer;
mod trying;
mod writing;

pub use shell::{start, start_trainer};
