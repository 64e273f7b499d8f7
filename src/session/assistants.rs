//! The workers that help the trainer on the CPU: there only while it trains a run whose batches are cut into parts.

use super::builds::is_our_build;
use super::{Effect, Phase, Session, TrainerState};
use crate::protocol::{EngineKind, Event, TrainCommand};

/// A step is cut into four parts, and the trainer works too.
const MOST_ASSISTANTS: u32 = 3;

/// How many workers the reader wants to share a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WorkerChoice {
    /// As many as make a step fastest, one core left to the page.
    #[default]
    Automatic,
    /// So many, the trainer included.
    Exactly(u32),
}

impl WorkerChoice {
    /// Every choice, in the order in which the page offers them.
    pub const ALL: [Self; 5] = [
        Self::Automatic,
        Self::Exactly(1),
        Self::Exactly(2),
        Self::Exactly(3),
        Self::Exactly(1 + MOST_ASSISTANTS),
    ];

    /// The name that the page shows.
    pub fn title(self) -> String {
        match self {
            Self::Automatic => "Automatic".to_owned(),
            Self::Exactly(n) => n.to_string(),
        }
    }

    /// As a trainer is told.
    pub(super) fn workers(self) -> Option<u32> {
        match self {
            Self::Automatic => None,
            Self::Exactly(n) => Some(n),
        }
    }
}

/// Who helps, and how many should.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Assistants {
    pub choice: WorkerChoice,
    numbers: Vec<u32>,
    newest: u32,
    /// Those that died since training began are not started again.
    n_lost: u32,
}

impl Session {
    /// Starts and ends assistants, so that the trainer at work has as many as it can use, and no other is there.
    pub(super) fn staff_trainer(&mut self) -> Vec<Effect> {
        let Some(n_useful) = self.n_useful_assistants() else {
            self.assistants.n_lost = 0;
            return self.assistants.shrink_to(0);
        };
        let n_wanted = n_useful.saturating_sub(self.assistants.n_lost) as usize;
        let mut effects = self.assistants.shrink_to(n_wanted);
        while self.assistants.numbers.len() < n_wanted {
            effects.push(self.assistants.start());
        }
        effects
    }

    /// `None` while nobody trains, or who does works alone.
    fn n_useful_assistants(&self) -> Option<u32> {
        let is_training = match self.studies.front.run.phase {
            Phase::Training | Phase::Pausing => true,
            Phase::Loading
            | Phase::Pretrained
            | Phase::Untrained
            | Phase::Preparing
            | Phase::Paused
            | Phase::Finished
            | Phase::Diverged { .. } => false,
        };
        let is_on_the_cpu = self.engines.holder == Some(EngineKind::Cpu);
        let TrainerState::Ready(report) = &self.engines.cpu else {
            return None;
        };
        let spare_cores = report
            .spare_cores
            .filter(|_| is_training && is_on_the_cpu)?;
        Some(match self.assistants.choice {
            WorkerChoice::Automatic => spare_cores.min(MOST_ASSISTANTS),
            WorkerChoice::Exactly(n_workers) => n_workers.saturating_sub(1),
        })
    }

    pub(super) fn on_assistant(&mut self, number: u32, event: Event) -> Vec<Effect> {
        match event {
            Event::Hello { build_id } if is_our_build(&build_id) => {
                let is_wanted = self.assistants.numbers.contains(&number);
                is_wanted
                    .then_some(Effect::IntroduceAssistant(number))
                    .into_iter()
                    .collect()
            }
            Event::Hello { .. } | Event::Panicked { .. } => self.on_assistant_lost(number),
            Event::Train(_) | Event::Examine(_) | Event::Run(_) => Vec::new(),
        }
    }

    /// The trainer goes on without it, and loses nothing by it.
    pub(super) fn on_assistant_lost(&mut self, number: u32) -> Vec<Effect> {
        let numbers = &mut self.assistants.numbers;
        let Some(idx) = numbers.iter().position(|&known| known == number) else {
            return Vec::new();
        };
        numbers.swap_remove(idx);
        self.assistants.n_lost += 1;
        vec![Effect::EndAssistant(number)]
    }

    pub(super) fn choose_workers(&mut self, choice: WorkerChoice) -> Vec<Effect> {
        self.assistants.choice = choice;
        self.assistants.n_lost = 0;
        let workers = choice.workers();
        match self.engines.holder {
            Some(EngineKind::Cpu) => vec![Effect::ToTrainer(
                EngineKind::Cpu,
                TrainCommand::SetWorkers { workers },
            )],
            Some(EngineKind::WebGpu) | None => Vec::new(),
        }
    }
}

impl Assistants {
    fn start(&mut self) -> Effect {
        self.newest += 1;
        self.numbers.push(self.newest);
        Effect::StartAssistant(self.newest)
    }

    fn shrink_to(&mut self, n: usize) -> Vec<Effect> {
        let surplus = self.numbers.split_off(n.min(self.numbers.len()));
        surplus.into_iter().map(Effect::EndAssistant).collect()
    }
}
