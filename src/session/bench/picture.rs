//! The bench of a picture: the drawing, what is done to it, and what the network gets to see.

use super::{Change, FIRST_EXAMPLE, Source};
use crate::data::Dataset;
use crate::picture::{Brush, INK_PER_PIXEL, Picture, Treatment, margin_of};
use crate::sweep::SweptDrawing;

/// How many changes of the drawing can be taken back.
const UNDO_DEPTH: usize = 50;

/// Radius of the brush as a part of the surface: a stroke is about as wide as those of the digits.
const BRUSH_RADIUS: f32 = 0.62 / 8.0;

/// Pictures with room around the digits have narrower strokes.
const FINE_BRUSH_RADIUS: f32 = 1.2 / 28.0;

/// The eraser is wider, so that it does not leave slivers.
const ERASER_FACTOR: f32 = 1.45;

/// The drawing and everything that is done to it before it is judged.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureBench {
    ink: Picture,
    undo: Vec<Earlier>,
    source: Source,
    /// The page opened with this item; the first touch replaces it.
    is_provisional: bool,
    rotation_degrees: f32,
    noise: f32,
    is_centring: bool,
    n_examples: u64,
    /// What follows from all this; many ask for it with every message.
    seen: Option<Picture>,
}

/// A drawing as it was before a change.
#[derive(Clone, Debug, PartialEq)]
struct Earlier {
    ink: Picture,
    source: Source,
    /// What was done to it, where the change took that away as well: degrees, noise, centring.
    treated: Option<(f32, f32, bool)>,
}

impl PictureBench {
    /// An empty bench for a network that sees `width × height` pixels.
    pub fn new(width: usize, height: usize) -> Self {
        Self {
            ink: Picture::blank(width * INK_PER_PIXEL, height * INK_PER_PIXEL),
            undo: Vec::new(),
            source: Source::Hand,
            is_provisional: false,
            rotation_degrees: 0.0,
            noise: 0.0,
            is_centring: true,
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
            Change::Centre(is_centring) => self.is_centring = is_centring,
        }
        self.look();
    }

    /// Works out what the network sees now.
    fn look(&mut self) {
        self.seen = (!self.ink.is_blank()).then(|| self.treatment().apply(&self.ink));
    }

    /// The drawing as it was made, on its fine grid.
    pub fn ink(&self) -> &Picture {
        &self.ink
    }

    /// The drawing as it lies on the bench: turned, not yet centred.
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

    /// Whether the drawing is centred before it is judged.
    pub fn is_centring(&self) -> bool {
        self.is_centring
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
            is_centring: self.is_centring,
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
        self.seen.as_ref()
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
    fn margin(&self) -> usize {
        let (width, height) = self.size();
        margin_of(width, height)
    }

    /// The label where it is known: an item that nobody has drawn on.
    pub fn label(&self) -> Option<u8> {
        match self.source {
            Source::Item { label, .. } => label,
            Source::Hand => None,
        }
    }

    /// Draws or erases along a segment, in units of the drawing's side.
    fn stroke(&mut self, from: (f32, f32), to: (f32, f32), brush: Brush, is_first: bool) {
        if is_first {
            self.touch();
        }
        let on_grid = |place| self.unturned(place);
        let (from, to) = (on_grid(from), on_grid(to));
        let radius = match brush {
            Brush::Ink => self.brush_radius(),
            Brush::Eraser => self.brush_radius() * ERASER_FACTOR,
        };
        self.ink.stroke(from, to, radius, brush);
    }

    /// Half the width of a stroke, in cells of the drawing.
    pub fn brush_radius(&self) -> f32 {
        let of_side = if self.margin() > 0 {
            FINE_BRUSH_RADIUS
        } else {
            BRUSH_RADIUS
        };
        of_side * self.ink.width() as f32
    }

    /// Turns one of the network's pixels to paper where it holds ink, else to ink.
    fn toggle_cell(&mut self, column: usize, row: usize) {
        self.touch();
        let along =
            |cell: usize, side: usize| (cell as f32 + 0.5) * INK_PER_PIXEL as f32 / side as f32;
        let (width, height) = (self.ink.width(), self.ink.height());
        let (x, y) = self.unturned((along(column, width), along(row, height)));
        let cell_at = |place: f32, side: usize| {
            (place.clamp(0.0, side as f32 - 1.0) as usize) / INK_PER_PIXEL
        };
        let (column, row) = (cell_at(x, width), cell_at(y, height));
        let is_ink = self.ink.downscale(INK_PER_PIXEL).get(column, row) > 0.5;
        self.ink
            .fill_cell(column, row, INK_PER_PIXEL, if is_ink { 0.0 } else { 1.0 });
    }

    /// Empties the drawing; rotation and noise go back to nothing.
    fn clear(&mut self) {
        self.remember_all();
        self.start_over(
            Picture::blank(self.ink.width(), self.ink.height()),
            Source::Hand,
            true,
        );
    }

    /// Takes back the last change of the drawing.
    fn undo(&mut self) {
        let Some(earlier) = self.undo.pop() else {
            return;
        };
        self.ink = earlier.ink;
        self.source = earlier.source;
        self.is_provisional = false;
        if let Some((degrees, noise, is_centring)) = earlier.treated {
            self.rotation_degrees = degrees;
            self.noise = noise;
            self.is_centring = is_centring;
        }
    }

    /// Lays an item of the data set on the bench, as the network knows it: already centred.
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
            false,
        );
        self.n_examples += 1;
    }

    /// Lays a drawing on the bench that was made before.
    pub fn load_drawing(&mut self, ink: Picture) {
        self.remember_all();
        self.start_over(ink, Source::Hand, true);
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

    /// Where a place of the turned drawing, in units of its side, lies on the grid of the drawing itself.
    fn unturned(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let (width, height) = (self.ink.width() as f32, self.ink.height() as f32);
        let (sine, cosine) = (-self.rotation_degrees.to_radians()).sin_cos();
        let (right, down) = ((x - 0.5) * width, (y - 0.5) * height);
        (
            right * cosine - down * sine + width / 2.0,
            right * sine + down * cosine + height / 2.0,
        )
    }

    fn touch(&mut self) {
        if self.is_provisional {
            let blank = Picture::blank(self.ink.width(), self.ink.height());
            self.start_over(blank, Source::Hand, true);
        }
        self.remember();
        self.source = Source::Hand;
    }

    fn start_over(&mut self, ink: Picture, source: Source, is_centring: bool) {
        self.ink = ink;
        self.source = source;
        self.is_provisional = false;
        self.rotation_degrees = 0.0;
        self.noise = 0.0;
        self.is_centring = is_centring;
        self.look();
    }

    /// Keeps the drawing to come back to, before a stroke or a cell.
    fn remember(&mut self) {
        self.push_earlier(None);
    }

    /// Keeps the drawing and what is done to it, before another one takes its place.
    fn remember_all(&mut self) {
        // A second click on Clear changes nothing, and so there is nothing to take back.
        let is_pristine = self.ink.is_blank() && self.source == Source::Hand;
        if !is_pristine {
            self.push_earlier(Some((self.rotation_degrees, self.noise, self.is_centring)));
        }
    }

    fn push_earlier(&mut self, treated: Option<(f32, f32, bool)>) {
        if self.undo.len() == UNDO_DEPTH {
            self.undo.remove(0);
        }
        self.undo.push(Earlier {
            ink: self.ink.clone(),
            source: self.source,
            treated,
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
            Change::Centre(false),
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

    #[test]
    fn a_cell_of_a_picture_that_is_not_square_is_found() {
        let mut bench = PictureBench::new(10, 4);
        bench.apply(Change::ToggleCell { column: 8, row: 3 });
        let cells = bench.turned().downscale(INK_PER_PIXEL);
        assert!(cells.get(8, 3) > 0.5);
        assert!((cells.ink_total() - 1.0).abs() < 1e-3);
    }
}
