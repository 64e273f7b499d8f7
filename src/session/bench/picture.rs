//! The bench of a picture: the drawing, what is done to it, and what the network gets to see.

use super::history::{Earlier, UndoStack};
use super::preparing::{Preparing, StepsSet};
use super::{Change, FIRST_EXAMPLE, Source};
use crate::data::Dataset;
use crate::picture::{
    HandStyle, INK_PER_PIXEL, Picture, PreparationStep, Steps, Treatment, margin_of,
};
use crate::sweep::SweptDrawing;

/// The drawing and everything that is done to it before it is judged.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureBench {
    pub(super) ink: Picture,
    undo: UndoStack,
    source: Source,
    /// The page opened with this item; the first touch replaces it.
    is_provisional: bool,
    pub(super) rotation_degrees: f32,
    noise: f32,
    preparing: Preparing,
    n_examples: u64,
    /// What follows from all this; many ask for it with every message.
    seen: Option<Seen>,
}

/// What becomes of a drawing on its way to the network, in the network's pixels.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    /// As it was drawn.
    drawn: Picture,
    /// After each step of the preparation, be it taken or not.
    stages: Vec<(PreparationStep, Picture)>,
    /// At the end of the way, noise included.
    picture: Picture,
}

impl PictureBench {
    /// An empty bench for a network that sees `width × height` pixels.
    pub fn new(width: usize, height: usize) -> Self {
        Self {
            ink: Picture::blank(width * INK_PER_PIXEL, height * INK_PER_PIXEL),
            undo: UndoStack::default(),
            source: Source::Hand,
            is_provisional: false,
            rotation_degrees: 0.0,
            noise: 0.0,
            preparing: Preparing::default(),
            n_examples: FIRST_EXAMPLE,
            seen: None,
        }
    }

    /// Makes a change.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Stroke {
                from,
                to,
                brush,
                is_first,
            } => self.stroke(from, to, brush, is_first),
            Change::ToggleCell { column, row } => self.toggle_cell(column, row),
            Change::Clear => self.clear(),
            Change::Undo => self.undo(),
            Change::Rotate(degrees) => self.rotate(degrees),
            Change::AddNoise(standard_deviation) => self.add_noise(standard_deviation),
            Change::Prepare { step, is_taken } => self.prepare(step, is_taken),
        }
        self.look();
    }

    /// Works out what the network sees now.
    fn look(&mut self) {
        self.seen = (!self.ink.is_blank()).then(|| {
            let treatment = self.treatment();
            let stages = treatment.stages(&self.ink);
            let placed = stages.last().map_or(&self.ink, |(_, stage)| stage);
            let in_pixels = |(step, stage): &(PreparationStep, Picture)| {
                (*step, stage.downscale(INK_PER_PIXEL))
            };
            Seen {
                drawn: self.ink.downscale(INK_PER_PIXEL),
                picture: treatment.finish(placed),
                stages: stages.iter().map(in_pixels).collect(),
            }
        });
    }

    /// The drawing as it was made, on its fine grid.
    pub fn ink(&self) -> &Picture {
        &self.ink
    }

    /// The drawing as it lies on the bench: turned, nothing else.
    pub fn turned(&self) -> Picture {
        self.ink.rotated(self.rotation_degrees)
    }

    /// Where the ink comes from.
    pub fn source(&self) -> Source {
        self.source
    }

    /// Degrees clockwise, −180…180.
    pub fn rotation_degrees(&self) -> f32 {
        self.rotation_degrees
    }

    /// Standard deviation of the noise, 0…1.
    pub fn noise(&self) -> f32 {
        self.noise
    }

    /// The steps that prepare what lies here before it is judged.
    pub fn steps(&self) -> Steps {
        self.preparing.steps()
    }

    /// Whether what lies here came as an item of the data, which is prepared already.
    pub fn is_prepared_already(&self) -> bool {
        self.preparing.is_item
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether the first touch will replace what is shown.
    pub fn is_provisional(&self) -> bool {
        self.is_provisional
    }

    /// All that is done to the ink before the network sees it.
    pub fn treatment(&self) -> Treatment {
        Treatment {
            rotation_degrees: self.rotation_degrees,
            preparation: self.preparing.preparation(),
            shift: (0, 0),
            noise: self.noise,
            noise_seed: NOISE_SEED,
        }
    }

    /// The drawing with all that is done to it, for sweeps around it.
    pub fn swept_drawing(&self) -> SweptDrawing {
        SweptDrawing {
            width: self.ink.width(),
            ink: self.ink.ink().to_vec(),
            treatment: self.treatment(),
            label: self.label(),
        }
    }

    /// Whether sweeps of `drawing` are sweeps of what lies here.
    pub fn is_swept_as(&self, drawing: &SweptDrawing) -> bool {
        drawing.treatment == self.treatment()
            && drawing.label == self.label()
            && drawing.width == self.ink.width()
            && drawing.ink == self.ink.ink()
    }

    /// What the network sees, noise included; `None` while there is nothing to see.
    pub fn seen(&self) -> Option<&Picture> {
        self.seen.as_ref().map(|seen| &seen.picture)
    }

    /// The drawing in the network's pixels before a step of the preparation and after it, be it taken or not; `None`
    /// while there is nothing to see.
    pub fn stage(&self, step: PreparationStep) -> Option<(&Picture, &Picture)> {
        let Seen { drawn, stages, .. } = self.seen.as_ref()?;
        let idx = stages.iter().position(|stage| stage.0 == step)?;
        let before = idx.checked_sub(1).map_or(drawn, |idx| &stages[idx].1);
        Some((before, &stages[idx].1))
    }

    /// Whether a step of the preparation can do anything with these data.
    pub fn offers(&self, step: PreparationStep) -> bool {
        self.preparing.preparation().offers(step)
    }

    /// How the data were written, where that is known.
    pub fn hand(&self) -> Option<HandStyle> {
        self.preparing.hand
    }

    /// What the network would see without noise; `None` while there is nothing to see.
    pub fn clean(&self) -> Option<Picture> {
        let noiseless = Treatment {
            noise: 0.0,
            ..self.treatment()
        };
        (!self.ink.is_blank()).then(|| noiseless.apply(&self.ink))
    }

    /// Columns and rows of what the network sees.
    pub fn size(&self) -> (usize, usize) {
        (
            self.ink.width() / INK_PER_PIXEL,
            self.ink.height() / INK_PER_PIXEL,
        )
    }

    /// Pixels of the network that stay empty on each side of a centred drawing.
    pub(super) fn margin(&self) -> usize {
        let (width, height) = self.size();
        margin_of(width, height)
    }

    /// The label where it is known: an item that nobody has drawn on.
    pub fn label(&self) -> Option<u8> {
        match self.source {
            Source::Item { label, .. } => label,
            Source::Hand | Source::OtherFile(_) => None,
        }
    }

    /// Switches a step on or off.
    fn prepare(&mut self, step: PreparationStep, is_taken: bool) {
        let steps = self.steps().with(step, is_taken);
        if steps != self.steps() {
            let set = self.preparing.set();
            self.push_earlier(None, Some(set));
            self.preparing.set_steps(steps);
        }
    }

    /// Takes these steps, as a link says.
    pub fn set_steps(&mut self, steps: Steps) {
        self.preparing.set_steps(steps);
        self.look();
    }

    /// Prepares drawings as data were that were written by such a hand; `None` where nobody knows.
    pub fn follow_hand(&mut self, hand: Option<HandStyle>) {
        self.preparing.hand = hand;
        self.look();
    }

    /// Empties the drawing; rotation and noise go back to nothing, and each step stays as it was set.
    fn clear(&mut self) {
        self.remember_all();
        let blank = Picture::blank(self.ink.width(), self.ink.height());
        self.start_over(blank, Source::Hand);
    }

    /// Takes back the last change of the drawing.
    fn undo(&mut self) {
        let Some(earlier) = self.undo.pop() else {
            return;
        };
        self.ink = earlier.ink;
        self.source = earlier.source;
        self.is_provisional = false;
        self.preparing.is_item = earlier.is_item;
        if let Some((degrees, noise)) = earlier.treated {
            self.rotation_degrees = degrees;
            self.noise = noise;
        }
        if let Some(set) = earlier.steps {
            self.preparing.put_back(set);
        }
    }

    /// Lays an item of the data set on the bench, as the network knows it: already prepared.
    pub fn load_item(&mut self, dataset: &Dataset, index: usize) {
        let Some(pixels) = dataset.item(index) else {
            return;
        };
        let Some((width, height)) = dataset.picture_size().filter(|&size| size == self.size())
        else {
            return;
        };
        let label = dataset.label_of(index);
        let Some(picture) = Picture::from_ink(width, height, pixels) else {
            return;
        };
        self.remember_all();
        self.start_over(
            picture.upscale(INK_PER_PIXEL),
            Source::Item { index, label },
        );
        self.n_examples += 1;
    }

    /// Lays an item of another file on the bench, which is prepared as those of the data are; ignored unless it has as
    /// many pixels.
    pub fn load_of_other_file(&mut self, pixels: Vec<f32>, item: usize) {
        let (width, height) = self.size();
        if let Some(picture) = Picture::from_ink(width, height, pixels) {
            self.remember_all();
            self.start_over(picture.upscale(INK_PER_PIXEL), Source::OtherFile(item));
        }
    }

    /// Lays a drawing on the bench that was made before.
    pub fn load_drawing(&mut self, ink: Picture) {
        self.remember_all();
        self.start_over(ink, Source::Hand);
    }

    /// Marks the item on the bench as one that the page chose.
    pub fn make_provisional(&mut self) {
        self.undo.clear();
        self.is_provisional = true;
    }

    /// Counts the items that have been loaded; decides which comes next.
    pub fn n_examples(&self) -> u64 {
        self.n_examples
    }

    /// Turns the drawing; anything but a number is ignored.
    fn rotate(&mut self, degrees: f32) {
        if degrees.is_finite() {
            self.rotation_degrees = degrees.clamp(-180.0, 180.0);
        }
    }

    /// Sets the noise; anything but a number is ignored.
    fn add_noise(&mut self, standard_deviation: f32) {
        if standard_deviation.is_finite() {
            self.noise = standard_deviation.clamp(0.0, 1.0);
        }
    }

    /// Begins a change by hand: what the page chose makes room, and what was drawn is kept to come back to.
    pub(super) fn touch(&mut self) {
        if self.is_provisional {
            let blank = Picture::blank(self.ink.width(), self.ink.height());
            self.start_over(blank, Source::Hand);
        }
        self.remember();
        self.source = Source::Hand;
    }

    fn start_over(&mut self, ink: Picture, source: Source) {
        self.ink = ink;
        self.source = source;
        self.preparing.is_item = match source {
            Source::Item { .. } | Source::OtherFile(_) => true,
            Source::Hand => false,
        };
        self.is_provisional = false;
        self.rotation_degrees = 0.0;
        self.noise = 0.0;
        self.look();
    }

    /// Keeps the drawing to come back to, before a stroke or a cell.
    fn remember(&mut self) {
        self.push_earlier(None, None);
    }

    /// Keeps the drawing and what is done to it, before another one takes its place.
    fn remember_all(&mut self) {
        // A second click on Clear changes nothing, and so there is nothing to take back.
        let is_pristine = self.ink.is_blank() && self.source == Source::Hand;
        if !is_pristine {
            self.push_earlier(Some((self.rotation_degrees, self.noise)), None);
        }
    }

    fn push_earlier(&mut self, treated: Option<(f32, f32)>, steps: Option<StepsSet>) {
        self.undo.push(Earlier {
            ink: self.ink.clone(),
            source: self.source,
            is_item: self.preparing.is_item,
            treated,
            steps,
        });
    }
}

/// One field of noise for every drawing, so that the slider is the only thing that changes it.
const NOISE_SEED: u64 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_follows_every_change() {
        let mut bench = PictureBench::new(8, 8);
        let changes = [
            Change::ToggleCell { column: 2, row: 5 },
            Change::ToggleCell { column: 6, row: 1 },
            Change::Rotate(30.0),
            Change::AddNoise(0.25),
            Change::Prepare {
                step: PreparationStep::Fit,
                is_taken: false,
            },
            Change::Undo,
            Change::Undo,
            Change::Undo,
            Change::Undo,
        ];
        for change in changes {
            bench.apply(change);
            let seen = (!bench.ink().is_blank()).then(|| bench.treatment().apply(bench.ink()));
            assert_eq!(bench.seen(), seen.as_ref(), "after {change:?}");
        }
        let drawing = Picture::from_ink(2, 2, vec![1.0; 4]).expect("four cells");
        bench.load_drawing(drawing.upscale(8 * INK_PER_PIXEL / 2));
        let seen = bench.treatment().apply(bench.ink());
        assert_eq!(bench.seen(), Some(&seen));
    }
}
