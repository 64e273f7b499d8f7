//! Which engine trains, and why.

use super::{Effect, Session, WorkerChoice};
use crate::protocol::{EngineKind, EngineReport, Event};

/// What concerns the engines.
#[derive(Clone, Debug, PartialEq)]
pub enum EngineMessage {
    /// The browser answered the question for an adapter.
    AdapterProbed(AdapterProbe),
    /// A trainer spoke.
    TrainerSaid(EngineKind, Event),
    /// A trainer died without a word.
    TrainerLost(EngineKind, String),
    /// Another engine; the weights stay.
    Choose(EngineChoice),
    /// Another number of workers to share a step on the CPU; nothing else changes by it.
    ChooseWorkers(WorkerChoice),
    /// An assistant of the trainer spoke to the page.
    AssistantSaid(u32, Event),
    /// An assistant died without a word.
    AssistantLost(u32),
}

/// The reader's choice of engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EngineChoice {
    /// The faster of what the machine has, measured on the recipe.
    #[default]
    Auto,
    /// WebGPU where it works, else the CPU with the reason.
    WebGpu,
    /// The CPU.
    Cpu,
}

impl EngineChoice {
    /// Every choice, in the order in which the page offers them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::WebGpu, Self::Cpu];

    /// The name that the page shows.
    pub fn title(self) -> &'static str {
        match self {
            Self::Auto => "Auto",
            Self::WebGpu => "WebGPU",
            Self::Cpu => "CPU",
        }
    }
}

/// What the browser said when asked for a GPU adapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdapterProbe {
    /// Not asked yet, or not answered.
    Pending,
    /// The browser has no WebGPU, or has it but offers no adapter here.
    Missing {
        /// Which of the two, as a sentence part.
        reason: String,
    },
    /// There is an adapter.
    Present {
        /// Whether it is only a program that imitates a GPU on the CPU.
        is_software: bool,
    },
}

/// WebGPU must be this much faster than the CPU to be worth the change.
const WORTH_SWITCHING: f64 = 0.8;

/// What is known of one trainer.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TrainerState {
    /// Not started.
    #[default]
    Absent,
    /// Started, not yet ready for the present run.
    Starting,
    /// Ready for the present run.
    Ready(EngineReport),
    /// Cannot be used, with the reason as a sentence part.
    Failed(String),
}

impl TrainerState {
    fn step_ms(&self) -> Option<f64> {
        match self {
            Self::Ready(report) => Some(report.step_ms),
            _ => None,
        }
    }
}

/// The two trainers, the reader's choice, and what follows from both.
#[derive(Clone, Debug, PartialEq)]
pub struct Engines {
    /// What the reader asked for.
    pub choice: EngineChoice,
    /// What the browser offers.
    pub adapter: AdapterProbe,
    /// The trainer on the CPU.
    pub cpu: TrainerState,
    /// The trainer on WebGPU.
    pub gpu: TrainerState,
    /// The one that trains.
    pub active: EngineKind,
    /// The trainer that holds the run in front, ready to go on.
    pub(super) holder: Option<EngineKind>,
    /// The trainer that takes over as soon as the other has stopped.
    pub(super) successor: Option<EngineKind>,
    /// How often the trainer at work has died.
    pub(super) n_losses: usize,
}

impl Default for Engines {
    fn default() -> Self {
        Self {
            choice: EngineChoice::Auto,
            adapter: AdapterProbe::Pending,
            cpu: TrainerState::Absent,
            gpu: TrainerState::Absent,
            active: EngineKind::Cpu,
            holder: None,
            successor: None,
            n_losses: 0,
        }
    }
}

impl Session {
    pub(super) fn update_engines(&mut self, message: EngineMessage) -> Vec<Effect> {
        match message {
            EngineMessage::AdapterProbed(probe) => {
                self.engines.adapter = probe;
                Vec::new()
            }
            EngineMessage::TrainerSaid(kind, event) => self.on_trainer(kind, event),
            EngineMessage::TrainerLost(kind, reason) => self.on_trainer_lost(kind, &reason),
            EngineMessage::Choose(choice) => self.choose_engine(choice),
            EngineMessage::ChooseWorkers(choice) => self.choose_workers(choice),
            EngineMessage::AssistantSaid(number, event) => self.on_assistant(number, event),
            EngineMessage::AssistantLost(number) => self.on_assistant_lost(number),
        }
    }

    /// Whether the browser has offered a real GPU.
    pub fn has_gpu(&self) -> bool {
        matches!(
            self.engines.adapter,
            AdapterProbe::Present { is_software: false }
        )
    }
}

impl Engines {
    /// What is known of one trainer.
    pub fn trainer(&self, kind: EngineKind) -> &TrainerState {
        match kind {
            EngineKind::Cpu => &self.cpu,
            EngineKind::WebGpu => &self.gpu,
        }
    }

    /// What is known of one trainer, to be changed.
    pub fn trainer_mut(&mut self, kind: EngineKind) -> &mut TrainerState {
        match kind {
            EngineKind::Cpu => &mut self.cpu,
            EngineKind::WebGpu => &mut self.gpu,
        }
    }

    /// Whether a WebGPU trainer may be tried: there is an adapter, and no attempt has failed.
    pub fn may_try_gpu(&self) -> bool {
        let is_offered = matches!(self.adapter, AdapterProbe::Present { .. });
        is_offered && !matches!(self.gpu, TrainerState::Failed(_))
    }

    /// Whether Auto should measure the GPU; imitating one on the CPU cannot be faster than the CPU.
    pub fn should_measure_gpu(&self) -> bool {
        let is_hardware = self.adapter == AdapterProbe::Present { is_software: false };
        self.choice == EngineChoice::Auto && is_hardware && self.gpu == TrainerState::Absent
    }

    /// The engine that should train, as far as is known now.
    pub fn preferred(&self) -> EngineKind {
        let is_gpu_better = match self.choice {
            EngineChoice::Cpu => false,
            EngineChoice::WebGpu => self.may_try_gpu(),
            EngineChoice::Auto => match (self.gpu.step_ms(), self.cpu.step_ms()) {
                (Some(gpu_ms), Some(cpu_ms)) => gpu_ms < WORTH_SWITCHING * cpu_ms,
                _ => false,
            },
        };
        if is_gpu_better {
            EngineKind::WebGpu
        } else {
            EngineKind::Cpu
        }
    }

    /// Why the engine at work is the one at work, as a sentence.
    pub fn reason(&self) -> String {
        match (self.choice, self.active) {
            (EngineChoice::Cpu, _) => "You chose the CPU.".to_owned(),
            (EngineChoice::WebGpu, EngineKind::WebGpu) => "You chose WebGPU.".to_owned(),
            (_, EngineKind::WebGpu) => format!("Measured: {}.", self.comparison()),
            (EngineChoice::WebGpu, EngineKind::Cpu) => {
                format!("WebGPU cannot be used: {}.", self.obstacle())
            }
            (EngineChoice::Auto, EngineKind::Cpu) => self.why_auto_stays_on_the_cpu(),
        }
    }

    fn why_auto_stays_on_the_cpu(&self) -> String {
        match (&self.adapter, &self.gpu) {
            (_, TrainerState::Ready(_)) => format!("Measured: {}.", self.comparison()),
            (_, TrainerState::Failed(reason)) | (AdapterProbe::Missing { reason }, _) => {
                format!("WebGPU cannot be used: {reason}.")
            }
            (AdapterProbe::Present { is_software: true }, _) => {
                "The only WebGPU adapter is a program that imitates one on the CPU.".to_owned()
            }
            (AdapterProbe::Present { .. }, TrainerState::Starting) => {
                "WebGPU is being tried out beside it.".to_owned()
            }
            (AdapterProbe::Present { .. }, TrainerState::Absent) => {
                "WebGPU is tried out when training starts.".to_owned()
            }
            (AdapterProbe::Pending, _) => {
                "The browser has not said yet whether it has WebGPU.".to_owned()
            }
        }
    }

    fn comparison(&self) -> String {
        let in_words = |trainer: &TrainerState| {
            trainer.step_ms().map_or_else(
                || "not measured".to_owned(),
                |ms| format!("{ms:.2} ms a step"),
            )
        };
        format!(
            "WebGPU {}, CPU {}",
            in_words(&self.gpu),
            in_words(&self.cpu)
        )
    }

    fn obstacle(&self) -> &str {
        match (&self.adapter, &self.gpu) {
            (_, TrainerState::Failed(reason)) | (AdapterProbe::Missing { reason }, _) => reason,
            _ => "the browser has not offered an adapter yet",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready(kind: EngineKind, step_ms: f64) -> TrainerState {
        TrainerState::Ready(EngineReport {
            kind,
            adapter: None,
            step_ms,
            self_test_difference: None,
            spare_cores: None,
        })
    }

    fn measured(gpu_ms: f64, cpu_ms: f64) -> Engines {
        Engines {
            adapter: AdapterProbe::Present { is_software: false },
            gpu: ready(EngineKind::WebGpu, gpu_ms),
            cpu: ready(EngineKind::Cpu, cpu_ms),
            ..Engines::default()
        }
    }

    #[test]
    fn auto_takes_the_engine_that_measured_faster() {
        assert_eq!(measured(0.1, 1.0).preferred(), EngineKind::WebGpu);
        assert_eq!(measured(1.0, 0.1).preferred(), EngineKind::Cpu);
    }

    #[test]
    fn auto_does_not_measure_an_imitated_adapter() {
        let adapter = AdapterProbe::Present { is_software: true };
        let engines = Engines {
            adapter,
            ..Engines::default()
        };
        assert!(!engines.should_measure_gpu());
        assert!(engines.reason().contains("imitates"));
    }

    #[test]
    fn a_failed_gpu_leaves_the_cpu_with_the_reason() {
        let engines = Engines {
            choice: EngineChoice::WebGpu,
            gpu: TrainerState::Failed("the self-test disagreed".to_owned()),
            ..measured(0.1, 1.0)
        };
        assert_eq!(engines.preferred(), EngineKind::Cpu);
        assert_eq!(
            engines.reason(),
            "WebGPU cannot be used: the self-test disagreed."
        );
    }
}
