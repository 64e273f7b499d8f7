//! Points on the plane.

/// Places of points, x apart from y, so that SIMD instructions can load them.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) x: Vec<f32>,
    pub(super) y: Vec<f32>,
}

impl Layout {
    /// From `n × 2` values with x and y interleaved.
    pub(super) fn from_interleaved(values: &[f32]) -> Self {
        let (places, _) = values.as_chunks::<2>();
        let (x, y) = places.iter().map(|&[x, y]| (x, y)).unzip();
        Self { x, y }
    }

    /// `n × 2` values with x and y interleaved.
    pub(super) fn interleaved(&self) -> Vec<f32> {
        let places = self.x.iter().zip(&self.y);
        places.flat_map(|(&x, &y)| [x, y]).collect()
    }

    /// The places, x beside y, so that one point's are loaded at once.
    pub(super) fn places(&self) -> Vec<[f32; 2]> {
        let places = self.x.iter().zip(&self.y);
        places.map(|(&x, &y)| [x, y]).collect()
    }

    /// From point `j` to point `i`.
    pub(super) fn difference(&self, i: usize, j: usize) -> (f32, f32) {
        (self.x[i] - self.x[j], self.y[i] - self.y[j])
    }
}
