//! The worker that trains and judges on the CPU.

fn main() {
    #[cfg(target_arch = "wasm32")]
    bottleneck::worker::start();
}
