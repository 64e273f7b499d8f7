//! Room that layers work in.

use super::product::Panel;

/// Room for what a layer computes on its way; it grows once and is used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    /// For matrix products.
    pub panel: Panel,
    floats: Vec<f32>,
}

impl Scratch {
    /// Room for `n` floats with anything in them, and the panel beside it.
    pub fn floats(&mut self, n: usize) -> (&mut [f32], &mut Panel) {
        if self.floats.len() < n {
            self.floats.resize(n, 0.0);
        }
        (&mut self.floats[..n], &mut self.panel)
    }
}
