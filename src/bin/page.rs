//! The worker that trains and judges on the CPU.
fn main() {}
