//! The worker that trains on WebGPU.

fn main() {
    #[cfg(target_arch = "wasm32")]
    bottleneck::worker::start_trainer();
}
