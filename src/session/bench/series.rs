//! The bench of a curve: what was drawn, what is done to it, and what the network gets to see.

use super::{FIRST_EXAMPLE, ItemSource};
use crate::curve::{CurveTreatment, Tool, redraw};
use crate::data::Dataset;
use crate::sweep::SweptCurve;

/// How many changes of the curve can be taken back.
const UNDO_DEPTH: usize = 50;
/// The range of values is that of so many items of the data.
const MOST_RANGED: usize = 2000;
/// Empty space above the highest and below the lowest value, as a part of what lies between them.
const MARGIN: f32 = 0.06;

/// A change of the curve on the bench.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SeriesChange {
    /// A stroke of the pen: the samples between both places take the values of the line between them.
    Draw {
        /// Where the pen was: a sample, from 0, with parts of one; and a value.
        from: (f32, f32),
        /// Where it is.
        to: (f32, f32),
        /// Whether the pen has just touched the curve: undo goes back to here.
        is_first: bool,
    },
    /// Give one sample another value.
    Set {
        /// Its place, from 0.
        sample: usize,
        /// What it becomes; anything but a finite number is ignored.
        value: f32,
    },
    /// Another setting of what is done to the curve.
    Treat(Tool, f32),
    /// Take back the last change.
    Undo,
    /// Make the last change that was taken back again.
    Redo,
}

/// The curve and everything that is done to it before it is judged.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesBench {
    of: ItemSource,
    /// The lowest and the highest value that the bench shows.
    range: (f32, f32),
    now: Drawn,
    undo: Vec<Drawn>,
    redo: Vec<Drawn>,
    /// What the last change was a part of: more of the same is taken back together.
    underway: Option<Underway>,
    n_examples: u64,
    /// What follows from all this; many ask for it with every message.
    seen: Vec<f32>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Drawn {
    curve: Vec<f32>,
    item: Option<usize>,
    label: Option<u8>,
    /// Where a curve is from that is none of the data.
    from: Option<String>,
    is_edited: bool,
    treatment: CurveTreatment,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Underway {
    Setting(usize),
    Treating(Tool),
}

impl SeriesBench {
    /// A bench for the curves of one data set, without a curve.
    pub fn new(of: ItemSource, dataset: &Dataset) -> Self {
        Self {
            of,
            range: range_of(dataset),
            now: Drawn::default(),
            undo: Vec::new(),
            redo: Vec::new(),
            underway: None,
            n_examples: FIRST_EXAMPLE,
            seen: Vec::new(),
        }
    }

    /// The data whose curves it is for.
    pub fn source(&self) -> ItemSource {
        self.of
    }

    /// Whether it is for the curves of this data set.
    pub fn fits(&self, of: ItemSource, n_samples: usize) -> bool {
        self.of == of && (self.now.curve.is_empty() || self.now.curve.len() == n_samples)
    }

    /// The lowest and the highest value that the bench shows, some space around the data's included.
    pub fn range(&self) -> (f32, f32) {
        self.range
    }

    /// Counts the curves that have been loaded; decides which comes next.
    pub fn n_examples(&self) -> u64 {
        self.n_examples
    }

    /// The curve as it was drawn, before anything is done to it as a whole; empty before there is one.
    pub fn curve(&self) -> &[f32] {
        &self.now.curve
    }

    /// What the network sees; empty before there is a curve.
    pub fn seen(&self) -> &[f32] {
        &self.seen
    }

    /// What is done to the curve as a whole.
    pub fn treatment(&self) -> &CurveTreatment {
        &self.now.treatment
    }

    /// The item that the curve is, or was before it was drawn over.
    pub fn item(&self) -> Option<usize> {
        self.now.item
    }

    /// Where the curve is from, or was before it was drawn over, if it is none of the data.
    pub fn from(&self) -> Option<&str> {
        self.now.from.as_deref()
    }

    /// The class where it is known: of an item that nobody has drawn over.
    pub fn label(&self) -> Option<u8> {
        self.now.label.filter(|_| !self.now.is_edited)
    }

    /// Whether the curve was drawn over since it came as an item.
    pub fn is_edited(&self) -> bool {
        self.now.is_edited
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether a change was taken back that can be made again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// What can be swept of the curve.
    pub fn swept_curve(&self) -> SweptCurve {
        let (low, high) = self.range;
        SweptCurve {
            curve: self.now.curve.clone(),
            treatment: self.now.treatment,
            height: high - low,
            label: self.label(),
        }
    }

    /// Whether sweeps of `swept` are sweeps of what lies here.
    pub fn is_swept_as(&self, swept: &SweptCurve) -> bool {
        swept.treatment == self.now.treatment
            && swept.label == self.label()
            && swept.curve == self.now.curve
    }

    /// Makes a change.
    pub fn apply(&mut self, change: SeriesChange) {
        match change {
            SeriesChange::Draw { from, to, is_first } => self.draw(from, to, is_first),
            SeriesChange::Set { sample, value } => self.set(sample, value),
            SeriesChange::Treat(tool, to) => self.treat(tool, to),
            SeriesChange::Undo => Self::step(&mut self.now, &mut self.undo, &mut self.redo),
            SeriesChange::Redo => Self::step(&mut self.now, &mut self.redo, &mut self.undo),
        }
        if matches!(change, SeriesChange::Undo | SeriesChange::Redo) {
            self.underway = None;
        }
        self.look();
    }

    /// Lays a curve of the data on the bench, as it is.
    pub fn load_item(&mut self, dataset: &Dataset, item_idx: usize) {
        let Some(curve) = dataset.item(item_idx) else {
            return;
        };
        if !self.now.curve.is_empty() {
            self.remember(None);
        }
        self.now = Drawn {
            curve,
            item: Some(item_idx),
            label: dataset.label_of(item_idx),
            ..Drawn::default()
        };
        self.n_examples += 1;
        self.look();
    }

    /// Lays a curve on the bench that is none of the data, `from` some other file; ignored unless it has as many samples
    /// as the one there.
    pub fn load_curve_from(&mut self, curve: Vec<f32>, from: String) {
        if curve.len() != self.now.curve.len() {
            return;
        }
        self.remember(None);
        self.now = Drawn {
            curve,
            from: Some(from),
            ..Drawn::default()
        };
        self.look();
    }

    /// Lays a curve on the bench that comes from a link; ignored unless it has as many samples as the one there.
    pub fn load_curve(&mut self, curve: Vec<f32>) {
        let fits = curve.len() == self.now.curve.len();
        if fits && curve.iter().all(|value| value.is_finite()) {
            self.remember(None);
            self.now.curve = curve;
            self.now.is_edited = true;
            self.look();
        }
    }

    /// A pen draws on what it sees: what was done to the curve as a whole is part of it from then on, but for noise.
    fn draw(&mut self, from: (f32, f32), to: (f32, f32), is_first: bool) {
        if self.now.curve.is_empty() {
            return;
        }
        if is_first {
            self.remember(None);
            self.settle_treatment();
        }
        redraw(&mut self.now.curve, from, to);
        self.now.is_edited = true;
    }

    fn set(&mut self, sample: usize, value: f32) {
        if !value.is_finite() || sample >= self.now.curve.len() {
            return;
        }
        self.remember(Some(Underway::Setting(sample)));
        self.settle_treatment();
        self.now.curve[sample] = value;
        self.now.is_edited = true;
    }

    fn treat(&mut self, tool: Tool, to: f32) {
        let treatment = tool.applied(self.now.treatment, to, self.now.curve.len());
        if to.is_finite() && treatment != self.now.treatment {
            self.remember(Some(Underway::Treating(tool)));
            self.now.treatment = treatment;
        }
    }

    fn settle_treatment(&mut self) {
        let noise = self.now.treatment.noise;
        let treatment = CurveTreatment {
            noise: 0.0,
            ..self.now.treatment
        };
        self.now.curve = treatment.apply(&self.now.curve);
        self.now.treatment = CurveTreatment {
            noise,
            ..CurveTreatment::default()
        };
    }

    fn step(now: &mut Drawn, from: &mut Vec<Drawn>, to: &mut Vec<Drawn>) {
        if let Some(other) = from.pop() {
            to.push(std::mem::replace(now, other));
        }
    }

    /// Keeps the curve to come back to; more of what is under way is taken back together with it.
    fn remember(&mut self, underway: Option<Underway>) {
        self.redo.clear();
        if underway.is_some() && self.underway == underway {
            return;
        }
        self.underway = underway;
        if self.undo.len() == UNDO_DEPTH {
            self.undo.remove(0);
        }
        self.undo.push(self.now.clone());
    }

    fn look(&mut self) {
        self.seen = self.now.treatment.apply(&self.now.curve);
    }
}

/// The lowest and the highest value of the first items, with some space around them.
fn range_of(dataset: &Dataset) -> (f32, f32) {
    let items = 0..dataset.n_items().min(MOST_RANGED);
    let values = items.filter_map(|item| dataset.item(item)).flatten();
    let (low, high) = values.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let height = high - low;
    if height.is_finite() && height > 0.0 {
        (low - MARGIN * height, high + MARGIN * height)
    } else {
        let middle = if low.is_finite() { low } else { 0.0 };
        (middle - 1.0, middle + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::MOST_STRETCHED;
    use crate::data::heartbeats;

    fn bench() -> SeriesBench {
        let beats = heartbeats(1);
        let mut bench = SeriesBench::new(ItemSource::Page, &beats);
        bench.load_item(&beats, 3);
        bench
    }

    fn stroke(is_first: bool) -> SeriesChange {
        SeriesChange::Draw {
            from: (10.0, 0.5),
            to: (20.0, 0.5),
            is_first,
        }
    }

    #[test]
    fn an_item_is_seen_as_it_is_and_its_class_known_until_it_is_drawn_over() {
        let mut bench = bench();
        assert_eq!(bench.seen(), heartbeats(1).item(3).expect("a beat"));
        assert_eq!(bench.label(), heartbeats(1).label_of(3));
        assert!(!bench.can_undo() && !bench.is_edited());
        bench.apply(stroke(true));
        assert_eq!((bench.label(), bench.item()), (None, Some(3)));
        assert!(
            bench.seen()[10..=20]
                .iter()
                .all(|it| (it - 0.5).abs() < 1e-6)
        );
    }

    #[test]
    fn strokes_and_slides_are_taken_back_whole_and_made_again() {
        let mut bench = bench();
        let original = bench.clone();
        bench.apply(stroke(true));
        bench.apply(stroke(false));
        let drawn = bench.seen().to_vec();
        for shift in [1.0, 2.0, 3.0] {
            bench.apply(SeriesChange::Treat(Tool::Shift, shift));
        }
        let moved = bench.seen().to_vec();
        bench.apply(SeriesChange::Undo);
        assert_eq!(bench.seen(), drawn);
        bench.apply(SeriesChange::Undo);
        assert_eq!(bench.seen(), original.seen());
        assert!(!bench.can_undo() && bench.can_redo());
        bench.apply(SeriesChange::Redo);
        bench.apply(SeriesChange::Redo);
        assert_eq!(bench.seen(), moved);
        bench.apply(SeriesChange::Undo);
        bench.apply(SeriesChange::Set {
            sample: 3,
            value: 1.0,
        });
        assert!(!bench.can_redo());
    }

    #[test]
    fn drawing_takes_what_was_done_as_a_whole_into_the_curve() {
        let mut bench = bench();
        bench.apply(SeriesChange::Treat(Tool::Shift, 12.0));
        let moved = bench.seen().to_vec();
        bench.apply(stroke(true));
        assert_eq!(bench.treatment(), &CurveTreatment::default());
        assert_eq!(bench.seen()[30..], moved[30..]);
    }

    #[test]
    fn what_is_no_number_or_no_sample_is_ignored() {
        let mut bench = bench();
        let original = bench.clone();
        for change in [
            SeriesChange::Set {
                sample: 3,
                value: f32::NAN,
            },
            SeriesChange::Set {
                sample: 140,
                value: 0.0,
            },
            SeriesChange::Treat(Tool::Noise, f32::INFINITY),
            SeriesChange::Treat(Tool::Stretch, 1.0),
            SeriesChange::Undo,
            SeriesChange::Redo,
        ] {
            bench.apply(change);
            assert_eq!(bench, original, "{change:?}");
        }
        bench.apply(SeriesChange::Treat(Tool::Stretch, 99.0));
        assert!((bench.treatment().stretch - MOST_STRETCHED).abs() < 1e-6);
    }
}
