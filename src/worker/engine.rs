//! Starting an engine, and finding out whether it can be trusted and how fast it is.

use super::clock::{n_cores, now_ms};
use crate::autoencoder::{Device, Trainer};
use crate::protocol::{EngineKind, EngineReport};
use crate::recipe::Recipe;

/// Steps that are trained and thrown away to see how long one takes.
const TIMED_STEPS: usize = 20;

/// Stop timing a slow engine after this long.
const TIMING_LIMIT_MS: f64 = 400.0;

/// A device that is ready to train.
pub(super) struct Engine {
    pub(super) device: Device,
    adapter: Option<String>,
    self_test_difference: Option<f64>,
}

#[cfg(not(feature = "gpu"))]
pub(super) use cpu::start;
#[cfg(feature = "gpu")]
pub(super) use gpu::start;

#[cfg(not(feature = "gpu"))]
mod cpu {
    use super::{Device, Engine};

    /// The CPU is always there.
    pub(in crate::worker) async fn start() -> Result<Engine, String> {
        Ok(Engine {
            device: Device::Cpu,
            adapter: None,
            self_test_difference: None,
        })
    }
}

#[cfg(feature = "gpu")]
mod gpu {
    use burn::prelude::Device as BurnDevice;
    use burn::tensor::wgpu::WgpuInitError;
    use burn::tensor::wgpu::wgpu::Features;

    use super::{Device, Engine};

    /// Command buffers that may gather before they are submitted: fewer, larger submissions.
    const TASKS_MAX: usize = 64;

    /// Asks the browser for a device.
    pub(in crate::worker) async fn start() -> Result<Engine, String> {
        let options = BurnDevice::wgpu_options().tasks_max(TASKS_MAX);
        let (device, setup) = options
            .init_with_setup_async()
            .await
            .map_err(|error| in_words(&error))?;
        // Burn times its kernels by such queries and panics without them.
        if !setup.adapter.features().contains(Features::TIMESTAMP_QUERY) {
            return Err("the adapter has no timestamp queries".to_owned());
        }
        let info = setup.adapter.get_info();
        Ok(Engine {
            device: Device::Tensors(device),
            adapter: Some(info.name).filter(|name| !name.is_empty()),
            self_test_difference: None,
        })
    }

    /// Why there is no device, as a sentence part without the library's own words.
    fn in_words(error: &WgpuInitError) -> String {
        let reason = match error {
            WgpuInitError::AdapterUnavailable { .. } => "the browser gave the worker no adapter",
            WgpuInitError::RequestDevice { .. } => "the adapter refused to open a device",
            _ => "the device could not be set up",
        };
        reason.to_owned()
    }
}

impl Engine {
    /// What does its sums.
    pub(super) fn kind(&self) -> EngineKind {
        match self.device {
            Device::Cpu => EngineKind::Cpu,
            #[cfg(feature = "tensors")]
            Device::Tensors(_) => EngineKind::WebGpu,
        }
    }

    /// Tests a GPU against the CPU once, then measures a training step of the recipe.
    ///
    /// # Errors
    /// A sentence part that says why the engine cannot be used.
    pub(super) async fn examine(
        &mut self,
        recipe: &Recipe,
        items: &[f32],
    ) -> Result<EngineReport, String> {
        if self.kind() == EngineKind::WebGpu && self.self_test_difference.is_none() {
            self.self_test_difference = Some(self_test(recipe, items, &self.device).await?);
        }
        let mut trainer = trial(recipe, items, &self.device)?;
        let spare_cores = trainer.can_share().then(|| n_cores().saturating_sub(1));
        Ok(EngineReport {
            kind: self.kind(),
            adapter: self.adapter.clone(),
            step_ms: time_step(&mut trainer).await?,
            self_test_difference: self.self_test_difference,
            spare_cores,
        })
    }
}

async fn time_step(trainer: &mut Trainer) -> Result<f64, String> {
    trainer.step();
    trainer
        .take_loss()
        .await
        .map_err(|error| error.to_string())?;
    let started_ms = now_ms();
    let mut n_steps = 0;
    while n_steps < TIMED_STEPS && now_ms() - started_ms < TIMING_LIMIT_MS {
        trainer.step();
        n_steps += 1;
    }
    trainer
        .take_loss()
        .await
        .map_err(|error| error.to_string())?;
    Ok((now_ms() - started_ms) / n_steps.max(1) as f64)
}

fn trial(recipe: &Recipe, items: &[f32], device: &Device) -> Result<Trainer, String> {
    Trainer::new(&recipe.architecture, &recipe.training, items, device, None)
        .map_err(|error| error.to_string())
}

/// Trains the same steps on the GPU and on the CPU; the largest relative difference of their losses.
async fn self_test(recipe: &Recipe, items: &[f32], gpu: &Device) -> Result<f64, String> {
    const STEPS: usize = 3;
    const TOLERANCE: f64 = 1e-4;
    let mut candidate = trial(recipe, items, gpu)?;
    let mut reference = trial(recipe, items, &Device::Cpu)?;
    let mut largest = 0.0_f64;
    for _ in 0..STEPS {
        if reference.is_finished() {
            break;
        }
        candidate.step();
        reference.step();
        let gpu_loss = candidate
            .take_loss()
            .await
            .map_err(|error| error.to_string())?;
        let cpu_loss = reference
            .take_loss()
            .await
            .map_err(|error| error.to_string())?;
        let difference = ((gpu_loss - cpu_loss) / cpu_loss).abs();
        // A comparison with NaN is false, so anything but a small number fails.
        let agrees = difference <= TOLERANCE;
        if !agrees {
            return Err(format!(
                "the self-test disagreed with the CPU: {gpu_loss} instead of {cpu_loss}"
            ));
        }
        largest = largest.max(difference);
    }
    match super::failures::take_engine_error() {
        Some(error) => Err(format!("the adapter refused a program: {error}")),
        None => Ok(largest),
    }
}
