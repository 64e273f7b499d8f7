//! The runner: trains and measures the runs of a list, one after the other.
//!
//! The page ends it when a list is done or given up, so it need not listen often.

use super::clock::now_ms;
use super::commands::{Commands, Turn};
use super::shell::post;
use crate::autoencoder::Device;
use crate::data::Dataset;
use crate::evaluation::AnomalyKind;
use crate::protocol::{Event, RunCommand, RunEvent};
use crate::recipe::Recipe;
use crate::trial::{Trial, TrialOutcome};

/// How long it trains before it listens again.
const SLICE_MS: f64 = 40.0;

/// How often the page hears how far a run is.
const NEWS_EVERY_MS: f64 = 200.0;

/// What all runs have in common.
struct Subject {
    dataset: Dataset,
    anomaly: AnomalyKind,
}

/// A run under way.
struct Run {
    request: u32,
    trial: Trial,
    last_news_ms: f64,
}

/// Serves a page as its runner until the page ends it.
pub(super) async fn serve(mut commands: Commands<RunCommand>) {
    let mut subject = None;
    let mut run: Option<Run> = None;
    while let Some(turn) = commands.next_turn(run.is_some()).await {
        match turn {
            Turn::Obey(RunCommand::Prepare { dataset, anomaly }) => {
                subject = Some(Subject { dataset, anomaly });
            }
            Turn::Obey(RunCommand::Begin { request, recipe }) => {
                run = begin(subject.as_ref(), request, &recipe);
            }
            Turn::Work => {
                let outcome = match &mut run {
                    Some(run) => run.work().await,
                    None => None,
                };
                if let Some((request, outcome)) = outcome {
                    run = None;
                    tell(RunEvent::Ended { request, outcome });
                }
            }
        }
    }
}

/// A run from fresh weights; `None` after saying why not.
fn begin(subject: Option<&Subject>, request: u32, recipe: &Recipe) -> Option<Run> {
    let Some(Subject { dataset, anomaly }) = subject else {
        refuse(request, "There are no items to learn from.".to_owned());
        return None;
    };
    match Trial::new(dataset, recipe, *anomaly, &Device::Cpu) {
        Ok(trial) => Some(Run {
            request,
            trial,
            last_news_ms: now_ms(),
        }),
        Err(error) => {
            refuse(request, error.to_string());
            None
        }
    }
}

type Ended = (u32, Result<Box<TrialOutcome>, String>);

impl Run {
    /// One slice; how it ended, with the last one.
    async fn work(&mut self) -> Option<Ended> {
        let started_ms = now_ms();
        while now_ms() - started_ms < SLICE_MS {
            match self.trial.advance().await {
                Ok(None) => {}
                Ok(Some(outcome)) => return Some((self.request, Ok(Box::new(outcome)))),
                Err(error) => return Some((self.request, Err(error.to_string()))),
            }
        }
        if now_ms() - self.last_news_ms >= NEWS_EVERY_MS {
            self.last_news_ms = now_ms();
            tell(RunEvent::Underway {
                request: self.request,
                progress: self.trial.progress(),
            });
        }
        None
    }
}

fn refuse(request: u32, reason: String) {
    let outcome = Err(reason);
    tell(RunEvent::Ended { request, outcome });
}

fn tell(event: RunEvent) {
    post(&Event::Run(event));
}
