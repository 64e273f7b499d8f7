//! What a reader does to the bench.

use crate::picture::{Brush, PreparationStep};

/// Where the ink on the bench comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An item of another file than the one that is learned from, by its place there; nobody has drawn on it.
    OtherFile(usize),
    /// The reader's hand.
    Hand,
    /// An item of the data set, untouched since.
    Item {
        /// Its place in the data set.
        index: usize,
        /// Its digit, where the data have labels.
        label: Option<u8>,
    },
}

/// A change of the drawing, or of what is done to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// A stroke of the brush, in units of the drawing's side: 0…1.
    Stroke {
        /// Where the brush was.
        from: (f32, f32),
        /// Where it is.
        to: (f32, f32),
        /// Ink or eraser.
        brush: Brush,
        /// Whether the brush has just touched the surface: undo goes back to here.
        is_first: bool,
    },
    /// Turn one of the network's pixels into ink or paper.
    ToggleCell {
        /// Column, from 0.
        column: usize,
        /// Row, from 0.
        row: usize,
    },
    /// Empty the drawing.
    Clear,
    /// Take back the last change of the drawing.
    Undo,
    /// Turn the drawing, in degrees clockwise.
    Rotate(f32),
    /// Add noise, as a standard deviation, 0…1.
    AddNoise(f32),
    /// Switch a step of the preparation on or off.
    Prepare {
        /// Which step.
        step: PreparationStep,
        /// Whether it is taken from now on.
        is_taken: bool,
    },
}
