//! The evaluation, slice by slice, by the weights of the moment when it was asked for.

use super::clock::now_ms;
use super::long_work::{NEWS_EVERY_MS, rows_per_slice};
use super::subject::Subject;
use crate::autoencoder::Network;
use crate::evaluation::{
    Evaluation, EvaluationSettings, EvaluationSubject, EvaluationTurn, Report,
};
use crate::protocol::{ExamineEvent, Moment};

/// How long the evaluation computes before the examiner listens again.
const SLICE_MS: f64 = 12.0;

/// An evaluation under way.
pub(super) struct Evaluating {
    request: u32,
    /// The weights of the moment when the evaluation was asked for.
    network: Network,
    of: Moment,
    evaluation: Evaluation,
    rows_per_slice: usize,
    last_news_ms: f64,
}

impl Evaluating {
    /// An evaluation by `network`; fails with a sentence where the data allow none.
    pub fn new(
        subject: &Subject,
        (network, of): (Network, Moment),
        request: u32,
        settings: EvaluationSettings,
    ) -> Result<Self, String> {
        let what = EvaluationSubject {
            dataset: &subject.dataset,
            recipe: &subject.recipe,
            split: &subject.split,
        };
        let evaluation = Evaluation::new(&what, settings).map_err(|error| error.to_string())?;
        Ok(Self {
            request,
            network,
            of,
            evaluation,
            rows_per_slice: rows_per_slice(&subject.recipe.architecture),
            last_news_ms: now_ms(),
        })
    }

    /// One slice; now and then an event says how far it is, and the last one has the report.
    pub async fn work(&mut self) -> Option<ExamineEvent> {
        let started_ms = now_ms();
        while now_ms() - started_ms < SLICE_MS {
            match self.evaluation.advance(self.rows_per_slice) {
                EvaluationTurn::Reconstruct(rows) => {
                    if let Err(reason) = self.reconstruct(&rows).await {
                        return Some(self.ended(Err(reason)));
                    }
                }
                EvaluationTurn::Computed => {}
                EvaluationTurn::Finished => {
                    let report = self.evaluation.report().cloned().map(Box::new);
                    return Some(self.ended(report.ok_or_else(|| NO_REPORT.to_owned())));
                }
            }
        }
        self.news()
    }

    async fn reconstruct(&mut self, rows: &[f32]) -> Result<(), String> {
        let reconstructed = self.network.reconstruct(rows).await;
        let reconstructed = reconstructed.map_err(|error| error.to_string())?;
        self.evaluation
            .answer(&reconstructed.reconstructions, &reconstructed.codes)
            .map_err(|error| error.to_string())
    }

    fn news(&mut self) -> Option<ExamineEvent> {
        if now_ms() - self.last_news_ms < NEWS_EVERY_MS {
            return None;
        }
        self.last_news_ms = now_ms();
        Some(ExamineEvent::Evaluating {
            request: self.request,
            progress: self.evaluation.progress(),
        })
    }

    fn ended(&self, outcome: Outcome) -> ExamineEvent {
        ExamineEvent::Evaluated {
            request: self.request,
            of: self.of,
            outcome,
        }
    }
}

type Outcome = Result<Box<Report>, String>;

const NO_REPORT: &str = "the evaluation ended without a report; start it again";
