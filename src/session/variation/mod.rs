//! One setting over a list: runs that are trained and measured one after the other, apart from the study in front.
//!
//! Runners do the work, as many at once as the machine has room for; they are there only while a list is under way. What is
//! done stays when the rest is given up, and each run can take the place of the study in front.

mod order;

use super::builds::is_our_build;
use super::data::LoadedData;
use super::pending::{Pending, RequestNumbers};
use super::study::{Run, Study, StudyKey};
use super::{Effect, EpochLoss, Information, Phase, Session};
use crate::data::Dataset;
use crate::protocol::{Event, RunCommand, RunEvent, RunId};
use crate::recipe::{Recipe, RecipeName};
use crate::trial::TrialOutcome;

pub use order::{MOST_SEEDS, MOST_VALUES, VariationError, VariationOrder, VariedSetting};
use order::{PlannedRun, plan};

/// Runs that are under way at once, at most.
const MOST_RUNNERS: usize = 4;

/// Runners that die so often will not be cured by another start.
const MOST_LOSSES: usize = 2;

/// What concerns a list of runs.
#[derive(Clone, Debug, PartialEq)]
pub enum VariationMessage {
    /// Train and measure a list.
    Start(VariationOrder),
    /// Give up what is not done.
    Stop,
    /// Let a run take the place of the study in front.
    BringToFront {
        /// Its place in the list.
        run_idx: usize,
    },
    /// A runner spoke.
    RunnerSaid(u32, Event),
    /// A runner died without a word.
    RunnerLost(u32, String),
}

/// The list at hand, and who works on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Variation {
    pub list: Option<List>,
    /// Why the last order was not taken, as a sentence.
    pub refusal: Option<String>,
    runners: Vec<Runner>,
    newest_runner: u32,
    n_losses: usize,
    numbers: RequestNumbers,
}

/// Runs by a recipe with one setting changed.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub name: RecipeName,
    pub order: VariationOrder,
    pub runs: Vec<ListedRun>,
    key: StudyKey,
    data: LoadedData,
}

/// A run of the list.
#[derive(Clone, Debug)]
pub(super) struct ListedRun {
    pub planned: PlannedRun,
    pub state: RunState,
    /// The run by which it stood in front last.
    in_front_as: Option<RunId>,
}

/// How far a run of the list has come.
#[derive(Clone, Debug)]
pub(super) enum RunState {
    Waiting,
    /// The part that is done, 0…1.
    Underway(f32),
    Ended(Box<TrialOutcome>),
    /// Why nothing came of it, as a sentence.
    Failed(String),
}

/// A worker that trains the runs of the list.
#[derive(Clone, Debug)]
struct Runner {
    number: u32,
    /// The run that it works on.
    work: Pending<usize>,
}

impl List {
    /// Whether a run is still to come.
    pub fn is_underway(&self) -> bool {
        self.runs.iter().any(|run| match run.state {
            RunState::Waiting | RunState::Underway(_) => true,
            RunState::Ended(_) | RunState::Failed(_) => false,
        })
    }

    /// Takes the first run that waits.
    fn take_waiting(&mut self) -> Option<(usize, Recipe)> {
        let is_waiting = |run: &ListedRun| matches!(run.state, RunState::Waiting);
        let run_idx = self.runs.iter().position(is_waiting)?;
        let run = &mut self.runs[run_idx];
        run.state = RunState::Underway(0.0);
        Some((run_idx, run.planned.recipe.clone()))
    }
}

impl Session {
    pub(super) fn update_variation(&mut self, message: VariationMessage) -> Vec<Effect> {
        match message {
            VariationMessage::Start(order) => self.start_list(order),
            VariationMessage::Stop => self.stop_list(),
            VariationMessage::BringToFront { run_idx } => self.bring_run_to_front(run_idx),
            VariationMessage::RunnerSaid(number, event) => self.on_runner(number, event),
            VariationMessage::RunnerLost(number, reason) => self.on_runner_lost(number, &reason),
        }
    }

    fn start_list(&mut self, order: VariationOrder) -> Vec<Effect> {
        let front = &self.studies.front;
        let Some(data) = front.data.clone() else {
            return Vec::new();
        };
        if self.variation.list.as_ref().is_some_and(List::is_underway) {
            return Vec::new();
        }
        let planned = match plan(&order, &front.recipe, &data.dataset) {
            Ok(planned) => planned,
            Err(error) => {
                self.variation.refusal = Some(error.to_string());
                return Vec::new();
            }
        };
        let n_runners = order.n_runners.clamp(1, MOST_RUNNERS).min(planned.len());
        let runs = planned.into_iter().map(|planned| ListedRun {
            planned,
            state: RunState::Waiting,
            in_front_as: None,
        });
        self.variation.list = Some(List {
            name: front.name,
            key: front.key(),
            runs: runs.collect(),
            order,
            data,
        });
        self.variation.refusal = None;
        self.variation.n_losses = 0;
        let starts = (0..n_runners).map(|_| self.variation.start_runner());
        starts.collect()
    }

    fn stop_list(&mut self) -> Vec<Effect> {
        if let Some(list) = &mut self.variation.list {
            list.runs.retain(|run| match run.state {
                RunState::Waiting | RunState::Underway(_) => false,
                RunState::Ended(_) | RunState::Failed(_) => true,
            });
        }
        self.variation.end_runners()
    }

    fn on_runner(&mut self, number: u32, event: Event) -> Vec<Effect> {
        if !self.variation.knows(number) {
            return Vec::new();
        }
        match event {
            Event::Hello { build_id } if is_our_build(&build_id) => {
                let mut effects = self.variation.prepare(number);
                effects.extend(self.variation.hand_over(number));
                effects
            }
            Event::Hello { .. } => {
                self.blame_build("trains lists");
                self.stop_list()
            }
            Event::Run(RunEvent::Underway { request, progress }) => {
                self.variation.on_underway(number, request, progress);
                Vec::new()
            }
            Event::Run(RunEvent::Ended { request, outcome }) => {
                self.variation.on_ended(number, request, outcome)
            }
            Event::Panicked { message } => self.on_runner_lost(number, &message),
            Event::Train(_) | Event::Examine(_) => Vec::new(),
        }
    }

    /// Another runner takes the run up again, unless runners keep dying.
    fn on_runner_lost(&mut self, number: u32, reason: &str) -> Vec<Effect> {
        if !self.variation.knows(number) {
            return Vec::new();
        }
        let variation = &mut self.variation;
        variation.n_losses += 1;
        let has_given_up = variation.n_losses > MOST_LOSSES;
        let run_idx = variation.remove_runner(number);
        if let Some(run) = run_idx.and_then(|idx| variation.run_mut(idx)) {
            run.state = if has_given_up {
                RunState::Failed(format!("The worker stopped: {reason}."))
            } else {
                RunState::Waiting
            };
        }
        let mut effects = vec![Effect::EndRunner(number)];
        if !has_given_up {
            effects.push(variation.start_runner());
        } else if variation.runners.is_empty() {
            effects.extend(self.stop_list());
        }
        effects
    }

    /// Whether a run of the list works on what the study in front does, so that it can take its place.
    pub(super) fn can_bring_to_front(&self) -> bool {
        let list = self.variation.list.as_ref();
        list.is_some_and(|list| list.key == self.studies.front.key())
    }

    /// Whether a run of the list is the study in front.
    pub(super) fn is_in_front(&self, run: &ListedRun) -> bool {
        run.in_front_as == Some(self.studies.front.run.id)
    }

    fn bring_run_to_front(&mut self, run_idx: usize) -> Vec<Effect> {
        if !self.can_bring_to_front() {
            return Vec::new();
        }
        let id = self.studies.next_run_id();
        let rule = self.studies.front.rule;
        let Some(list) = &mut self.variation.list else {
            return Vec::new();
        };
        let (name, data) = (list.name, list.data.clone());
        let Some(listed) = list.runs.get_mut(run_idx) else {
            return Vec::new();
        };
        let RunState::Ended(outcome) = &listed.state else {
            return Vec::new();
        };
        listed.in_front_as = Some(id);
        let recipe = listed.planned.recipe.clone();
        let run = finished_run(id, &recipe, outcome);
        let study = Study {
            recipe,
            rule,
            ..Study::new(name, Some(data), run)
        };
        let effects = self.begin(study);
        self.offer_what_was_left("A run of the list is in front now, with its settings.");
        effects
    }
}

impl Variation {
    fn knows(&self, number: u32) -> bool {
        self.runners.iter().any(|runner| runner.number == number)
    }

    fn run_mut(&mut self, run_idx: usize) -> Option<&mut ListedRun> {
        self.list.as_mut()?.runs.get_mut(run_idx)
    }

    fn start_runner(&mut self) -> Effect {
        self.newest_runner += 1;
        let number = self.newest_runner;
        self.runners.push(Runner {
            number,
            work: Pending::default(),
        });
        Effect::StartRunner(number)
    }

    /// Does without a runner: the run that it worked on.
    fn remove_runner(&mut self, number: u32) -> Option<usize> {
        let idx = self.runners.iter().position(|it| it.number == number)?;
        self.runners.swap_remove(idx).work.give_up()
    }

    fn end_runners(&mut self) -> Vec<Effect> {
        let runners = std::mem::take(&mut self.runners).into_iter();
        runners
            .map(|runner| Effect::EndRunner(runner.number))
            .collect()
    }

    fn prepare(&self, number: u32) -> Vec<Effect> {
        let prepare = self.list.as_ref().map(|list| RunCommand::Prepare {
            dataset: Dataset::clone(&list.data.dataset),
            anomaly: list.order.anomaly,
        });
        let prepare = prepare.map(|command| Effect::ToRunner(number, command));
        prepare.into_iter().collect()
    }

    /// Gives a runner the next run, or ends it where none waits.
    fn hand_over(&mut self, number: u32) -> Vec<Effect> {
        let waiting = self.list.as_mut().and_then(List::take_waiting);
        let Some((run_idx, recipe)) = waiting else {
            self.remove_runner(number);
            return vec![Effect::EndRunner(number)];
        };
        let numbers = &mut self.numbers;
        let runner = self.runners.iter_mut().find(|it| it.number == number);
        let command = runner.map(|runner| RunCommand::Begin {
            request: runner.work.replace(numbers, run_idx),
            recipe: Box::new(recipe),
        });
        let command = command.map(|command| Effect::ToRunner(number, command));
        command.into_iter().collect()
    }

    fn on_underway(&mut self, number: u32, request: u32, progress: f32) {
        let runner = self.runners.iter_mut().find(|it| it.number == number);
        let run_idx = runner.and_then(|runner| runner.work.part(request).copied());
        if let Some(run) = run_idx.and_then(|run_idx| self.run_mut(run_idx)) {
            run.state = RunState::Underway(progress.clamp(0.0, 1.0));
        }
    }

    fn on_ended(
        &mut self,
        number: u32,
        request: u32,
        outcome: Result<Box<TrialOutcome>, String>,
    ) -> Vec<Effect> {
        let runner = self.runners.iter_mut().find(|it| it.number == number);
        let Some(answered) = runner.and_then(|runner| runner.work.answer(request)) else {
            return Vec::new();
        };
        if let Some(run) = self.run_mut(answered.asked) {
            let architecture = &run.planned.recipe.architecture;
            run.state = match outcome {
                Ok(outcome) if outcome.checkpoint.weights.fits(architecture) => {
                    RunState::Ended(outcome)
                }
                Ok(_) => RunState::Failed("Its weights do not fit.".to_owned()),
                Err(reason) => RunState::Failed(reason),
            };
        }
        self.hand_over(number)
    }
}

/// The run of a study that has come to its end elsewhere.
fn finished_run(id: RunId, recipe: &Recipe, outcome: &TrialOutcome) -> Run {
    let mut run = Run::new(id, Phase::Finished, None);
    let beta = recipe.architecture.beta();
    let epochs = outcome.epochs.iter().enumerate();
    run.losses = epochs
        .map(|(idx, loss)| EpochLoss {
            epoch: idx + 1,
            n_batches: loss.n_batches,
            training: loss.training,
            calibration: loss.calibration,
            information: loss
                .divergence
                .zip(beta)
                .map(|(nats, beta)| Information { nats, beta }),
        })
        .collect();
    run.advance_to(outcome.checkpoint.clone());
    run
}
