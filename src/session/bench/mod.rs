//! The bench: the item at hand, what is done to it, and what the network gets to see.

mod change;
mod choice;
mod history;
mod pen;
mod picture;
mod preparing;
mod row;
mod series;

pub use change::{Change, Source};
pub use choice::ItemChoice;
pub use picture::PictureBench;
pub use row::{RowBench, RowChange};
pub use series::{SeriesBench, SeriesChange};

use super::data::LoadedData;
use super::link::LinkedBench;
use crate::data::{Dataset, ItemKind};
use crate::picture::Picture;
use crate::sweep::Swept;

/// The page opens with this one of the examples: a digit that anyone reads at once.
const FIRST_EXAMPLE: u64 = 3;

/// The item at hand and what is done to it, for each kind of item.
#[derive(Clone, Debug, PartialEq)]
pub enum Bench {
    /// A drawing, or a picture of the data.
    Picture(PictureBench),
    /// A row of a table.
    Row(RowBench),
    /// A curve.
    Series(SeriesBench),
}

/// The data that rows and curves on a bench belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemSource {
    /// Those that belong to the page.
    Page,
    /// The reader's file of this number.
    File(u32),
}

/// The bench at hand, and those of other data.
#[derive(Clone, Debug)]
pub(super) struct Benches {
    pub at_hand: Bench,
    left: Vec<Bench>,
    /// What a link says of the bench; it takes effect when the data have arrived.
    pub linked: LinkedBench,
}

impl Bench {
    /// An empty bench for such data.
    fn of(data: &LoadedData) -> Self {
        match data.dataset.kind() {
            ItemKind::Picture { width, height } => {
                let mut bench = PictureBench::new(width, height);
                bench.follow_hand(data.hand);
                Self::Picture(bench)
            }
            ItemKind::Row => Self::Row(RowBench::new(item_source(data))),
            ItemKind::Series { .. } => {
                Self::Series(SeriesBench::new(item_source(data), &data.dataset))
            }
        }
    }

    /// Whether it is for such data.
    fn fits(&self, data: &LoadedData) -> bool {
        match (data.dataset.kind(), self) {
            (ItemKind::Picture { width, height }, Self::Picture(bench)) => {
                bench.size() == (width, height)
            }
            (ItemKind::Row, Self::Row(bench)) => bench.source() == item_source(data),
            (ItemKind::Series { n_samples }, Self::Series(bench)) => {
                bench.fits(item_source(data), n_samples)
            }
            (ItemKind::Picture { .. }, Self::Row(_) | Self::Series(_))
            | (ItemKind::Row, Self::Picture(_) | Self::Series(_))
            | (ItemKind::Series { .. }, Self::Picture(_) | Self::Row(_)) => false,
        }
    }

    /// Prepares drawings as these data were.
    fn follow_hand(&mut self, data: &LoadedData) {
        match self {
            Self::Picture(bench) => bench.follow_hand(data.hand),
            Self::Row(_) | Self::Series(_) => {}
        }
    }

    /// What the network sees; `None` while nothing lies there.
    pub fn values(&self) -> Option<&[f32]> {
        match self {
            Self::Picture(bench) => bench.seen().map(Picture::ink),
            Self::Row(bench) => Some(bench.values()).filter(|values| !values.is_empty()),
            Self::Series(bench) => Some(bench.seen()).filter(|values| !values.is_empty()),
        }
    }

    /// Whether nothing lies there.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Picture(bench) => bench.ink().is_blank(),
            Self::Row(bench) => bench.values().is_empty(),
            Self::Series(bench) => bench.curve().is_empty(),
        }
    }

    /// The label where it is known: an item that nobody has changed.
    pub fn label(&self) -> Option<u8> {
        match self {
            Self::Picture(bench) => bench.label(),
            Self::Row(_) => None,
            Self::Series(bench) => bench.label(),
        }
    }

    /// The item of the data that lies there as it is.
    pub fn item(&self) -> Option<usize> {
        match self {
            Self::Picture(bench) => match bench.source() {
                Source::Item { index, .. } => Some(index),
                Source::Hand | Source::OtherFile(_) => None,
            },
            Self::Row(bench) => bench.item().filter(|_| !bench.is_edited()),
            Self::Series(bench) => bench.item().filter(|_| !bench.is_edited()),
        }
    }

    /// Lays an item of the data there.
    pub fn load_item(&mut self, dataset: &Dataset, item_idx: usize) {
        match self {
            Self::Picture(bench) => bench.load_item(dataset, item_idx),
            Self::Row(bench) => bench.load_item(dataset, item_idx),
            Self::Series(bench) => bench.load_item(dataset, item_idx),
        }
    }

    /// Counts the items that have been loaded; decides which comes next.
    fn n_examples(&self) -> u64 {
        match self {
            Self::Picture(bench) => bench.n_examples(),
            Self::Row(bench) => bench.n_examples(),
            Self::Series(bench) => bench.n_examples(),
        }
    }

    /// What can be swept; `None` where nothing lies there, and for what cannot be changed step by step.
    pub fn swept(&self) -> Option<Swept> {
        if self.is_empty() {
            return None;
        }
        match self {
            Self::Picture(bench) => Some(Swept::Drawing(bench.swept_drawing())),
            Self::Row(_) => None,
            Self::Series(bench) => Some(Swept::Curve(bench.swept_curve())),
        }
    }

    /// Whether sweeps of `swept` are sweeps of what lies here.
    pub fn is_swept_as(&self, swept: &Swept) -> bool {
        match (self, swept) {
            (Self::Picture(bench), Swept::Drawing(drawing)) => bench.is_swept_as(drawing),
            (Self::Series(bench), Swept::Curve(curve)) => bench.is_swept_as(curve),
            (Self::Picture(_) | Self::Row(_) | Self::Series(_), _) => false,
        }
    }

    /// The bench of a picture; `None` where something else is at hand.
    pub fn picture(&self) -> Option<&PictureBench> {
        match self {
            Self::Picture(bench) => Some(bench),
            Self::Row(_) | Self::Series(_) => None,
        }
    }

    /// The bench of a row; `None` where something else is at hand.
    pub fn row(&self) -> Option<&RowBench> {
        match self {
            Self::Row(bench) => Some(bench),
            Self::Picture(_) | Self::Series(_) => None,
        }
    }

    /// The bench of a curve; `None` where something else is at hand.
    pub fn series(&self) -> Option<&SeriesBench> {
        match self {
            Self::Series(bench) => Some(bench),
            Self::Picture(_) | Self::Row(_) => None,
        }
    }

    /// Lays an item of another file there, and says where it is from; ignored where it is of another kind or size.
    pub fn load_from(&mut self, dataset: &Dataset, item: usize, from: String) {
        let Some(values) = dataset.item(item) else {
            return;
        };
        match self {
            Self::Row(bench) => bench.load_row_from(values, from),
            Self::Picture(bench) => bench.load_of_other_file(values, item),
            Self::Series(bench) => bench.load_curve_from(values, from),
        }
    }

    /// Lays a drawing there that was made before; something else stays as it is.
    pub fn load_drawing(&mut self, ink: Picture) {
        match self {
            Self::Picture(bench) => bench.load_drawing(ink),
            Self::Row(_) | Self::Series(_) => {}
        }
    }

    /// Changes a drawing; something else stays as it is.
    pub fn draw(&mut self, change: Change) {
        match self {
            Self::Picture(bench) => bench.apply(change),
            Self::Row(_) | Self::Series(_) => {}
        }
    }

    /// Changes a row; something else stays as it is.
    pub fn edit_row(&mut self, change: RowChange) {
        match self {
            Self::Row(bench) => bench.apply(change),
            Self::Picture(_) | Self::Series(_) => {}
        }
    }

    /// Changes a curve; something else stays as it is.
    pub fn bend(&mut self, change: SeriesChange) {
        match self {
            Self::Series(bench) => bench.apply(change),
            Self::Picture(_) | Self::Row(_) => {}
        }
    }
}

impl Benches {
    /// An empty drawing of such pictures; where items are none, one of a single pixel until the first row or curve is here.
    pub fn for_items(kind: ItemKind) -> Self {
        let (width, height) = match kind {
            ItemKind::Picture { width, height } => (width, height),
            ItemKind::Row | ItemKind::Series { .. } => (1, 1),
        };
        Self {
            at_hand: Bench::Picture(PictureBench::new(width, height)),
            left: Vec::new(),
            linked: LinkedBench::default(),
        }
    }

    /// Takes the bench that was used for such data before, or a new one.
    pub fn follow(&mut self, data: &LoadedData) {
        if self.at_hand.fits(data) {
            self.at_hand.follow_hand(data);
            return;
        }
        let known = self.left.iter().position(|bench| bench.fits(data));
        let next = known.map_or_else(|| Bench::of(data), |idx| self.left.swap_remove(idx));
        let left = std::mem::replace(&mut self.at_hand, next);
        self.left.push(left);
        self.at_hand.follow_hand(data);
    }

    /// Takes a new bench for such data in the place of the one at hand.
    pub fn renew(&mut self, data: &LoadedData) {
        self.at_hand = Bench::of(data);
    }
}

fn item_source(data: &LoadedData) -> ItemSource {
    data.own_file_number()
        .map_or(ItemSource::Page, ItemSource::File)
}
