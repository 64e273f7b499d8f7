//! Trains the bench's two workloads natively on a GPU, beside PyTorch on the same card where there is one.
//!
//! ```sh
//! cargo run --release --features wgpu --example native_gpu -- [--json]
//! ```
//!
//! The dense workload is the first article's network, 10 items a batch with SGD; the convolutional one is the second
//! article's, 64 a batch with Adam. PyTorch needs a Python with torch (`python3`, or what `PYTHON` names) that sees a
//! CUDA device. `--json` prints the figures for machines instead of a table.

#[path = "../common/data.rs"]
mod data;
mod torch;
mod workload;

use std::error::Error;
use std::process::ExitCode;

use bottleneck::autoencoder::Device;
use burn::tensor::wgpu::WgpuInitError;
use serde_json::{Value, json};

use torch::Torch;
use workload::{Timing, Workload};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// As many as in the browser.
const TASKS_MAX: usize = 64;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<()> {
    let is_for_machines = std::env::args().any(|argument| argument == "--json");
    let (device, adapter) = open_gpu()?;
    let mut torch = Torch::find();
    let mut rows = Vec::new();
    for workload in Workload::both()? {
        let ours = workload.train(&device)?;
        let theirs = torch.as_mut().ok().map(|torch| torch.train(&workload));
        rows.push((workload.name, ours, theirs.transpose()?));
    }
    if is_for_machines {
        println!("{:#}", figures(&adapter, &torch, &rows));
    } else {
        print_table(&adapter, &torch, &rows);
    }
    Ok(())
}

/// The GPU that wgpu likes best, and what it is called.
fn open_gpu() -> Outcome<(Device, String)> {
    let options = burn::prelude::Device::wgpu_options().tasks_max(TASKS_MAX);
    let (device, setup) = options.init_with_setup().map_err(|error| match error {
        WgpuInitError::AdapterUnavailable { .. } => {
            "this machine offers no GPU adapter; install a driver for Vulkan, Metal or DirectX 12"
                .to_owned()
        }
        error => format!("the GPU could not be set up: {error}"),
    })?;
    let info = setup.adapter.get_info();
    let kind = format!("{:?}, {}", info.device_type, info.backend);
    Ok((Device::Tensors(device), format!("{} ({kind})", info.name)))
}

type Row = (&'static str, Timing, Option<Timing>);

fn print_table(adapter: &str, torch: &Result<Torch, String>, rows: &[Row]) {
    println!("Bottleneck on {adapter}");
    match torch {
        Ok(torch) => println!("PyTorch {} on {}", torch.version, torch.card),
        Err(reason) => println!("PyTorch is left out: {reason}."),
    }
    println!(
        "\n{:<14}{:>8}{:>14}{:>14}{:>14}{:>16}",
        "ms a step", "steps", "median", "minimum", "PyTorch", "PyTorch / ours"
    );
    for (name, ours, theirs) in rows {
        let (peer, ratio) = theirs
            .as_ref()
            .map_or(("–".to_owned(), "–".to_owned()), |theirs| {
                let ratio = theirs.median_ms / ours.median_ms;
                (format!("{:.3}", theirs.median_ms), format!("{ratio:.2}"))
            });
        println!(
            "{name:<14}{:>8}{:>14.3}{:>14.3}{peer:>14}{ratio:>16}",
            ours.n_steps, ours.median_ms, ours.minimum_ms
        );
    }
    println!("\nThe losses agree with the CPU's within:");
    for (name, ours, _) in rows {
        println!("{name:<14}{:.1e}", ours.difference);
    }
}

fn figures(adapter: &str, torch: &Result<Torch, String>, rows: &[Row]) -> Value {
    let peer = match torch {
        Ok(torch) => json!({ "version": torch.version, "card": torch.card }),
        Err(reason) => json!({ "missing": reason }),
    };
    let timing = |timing: &Timing| {
        json!({
            "steps": timing.n_steps,
            "median_ms": timing.median_ms,
            "minimum_ms": timing.minimum_ms,
            "largest_difference": timing.difference,
        })
    };
    let workloads = rows.iter().map(|(name, ours, theirs)| {
        json!({ "workload": name, "ours": timing(ours), "torch": theirs.as_ref().map(timing) })
    });
    json!({ "adapter": adapter, "torch": peer, "workloads": workloads.collect::<Vec<_>>() })
}
