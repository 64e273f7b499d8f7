//! Every item with its error, the worst or the best first, and whether the network is better than no network.

use super::Session;
use crate::autoencoder::Position;
use crate::data::{ColumnRole, Dataset, Form, ItemKind};
use crate::session::study::{AgainstMean, Scored};
use crate::session::{ItemOrder, Part, Phase};

/// An item at its place in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedItem {
    /// Its place among all items in the order at hand, whether they are listed or not; from 1.
    pub rank: usize,
    /// Its place in the data set, from 0.
    pub index: usize,
    /// What it shows, where that is known.
    pub label: Option<u8>,
    /// By the recipe's measure.
    pub error: f32,
    /// Whether the error is above the threshold.
    pub is_anomaly: bool,
    /// What it was used for.
    pub part: Part,
    /// Its values at the bottleneck.
    pub code: Vec<f32>,
    /// Its encoded values: the pixels of a picture, the samples of a curve.
    pub values: Vec<f32>,
    /// Of a table: its columns in human terms.
    pub cells: Vec<String>,
}

/// What stands for an item in the list.
#[derive(Clone, Debug, PartialEq)]
pub enum ListedAs {
    /// A small picture, and its label.
    Picture {
        /// Pixels in a row.
        width: usize,
    },
    /// A small curve, and its class.
    Curve,
    /// What its columns say.
    Columns {
        /// What they are called.
        names: Vec<String>,
    },
}

impl ListedAs {
    fn of(dataset: &Dataset, carried: &[(usize, String)]) -> Self {
        match dataset.form() {
            Form::Pictures { width, .. } => Self::Picture { width: *width },
            Form::Table(schema) => {
                let names = schema.spans().map(|(column, _)| column.name.clone());
                let carried = carried.iter().map(|(_, name)| name.clone());
                Self::Columns {
                    names: carried.chain(names).collect(),
                }
            }
            Form::Series(_) => Self::Curve,
        }
    }
}

/// A stretch of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemsView {
    /// Items that the filter lists; 0 before they were measured.
    pub n_listed: usize,
    /// What stands for an item; `None` before the items were measured.
    pub listed_as: Option<ListedAs>,
    /// The stretch.
    pub rows: Vec<RankedItem>,
}

/// The network's mean error beside that of saying the mean item each time.
#[derive(Clone, Debug, PartialEq)]
pub struct FiguresAgainstMean {
    /// Mean error of the network.
    pub network: f32,
    /// Mean error of the mean of the training items.
    pub mean_item: f32,
    /// On how many items both were measured.
    pub n_items: usize,
    /// Whether those items were held out of training.
    pub are_held_out: bool,
    /// Whether the network has learned anything at all yet.
    pub is_trained: bool,
    /// Whether the network has learned on since.
    pub is_old: bool,
}

impl FiguresAgainstMean {
    /// What the two figures say, in one sentence; `nouns` call one item and several.
    pub fn sentence(&self, (_, several): (&str, &str)) -> String {
        let ratio = self.network / self.mean_item.max(f32::MIN_POSITIVE);
        let kind = if self.are_held_out {
            "held-out"
        } else {
            "trained"
        };
        let comparison = if !self.is_trained {
            "This network has learned nothing yet, so its error is no better than chance."
                .to_owned()
        } else if ratio >= 1.0 {
            format!(
                "This network does worse than always guessing the average of the training {several}: \
                 it has learned next to nothing."
            )
        } else if ratio >= 0.9 {
            format!(
                "This network does hardly better than always guessing the average of the training {several}."
            )
        } else {
            let times = 1.0 / ratio.max(f32::MIN_POSITIVE);
            format!(
                "Its error is {times:.1} times smaller than that of always guessing the average of the \
                 training {several}."
            )
        };
        let when = if self.is_old {
            ", by earlier weights"
        } else {
            ""
        };
        format!(
            "{comparison} Measured on {} {kind} {several}{when}.",
            self.n_items
        )
    }
}

impl Session {
    /// How many items have been measured by the newest weights, of how many; `None` while nothing is being measured.
    pub fn scoring_progress(&self) -> Option<(usize, usize)> {
        self.examiner.work.scoring
    }

    /// Whether there is a list: all items were measured, be it by older weights.
    pub fn is_measured(&self) -> bool {
        self.measured().scores.is_some()
    }

    /// Whether the list is by older weights than those at hand.
    pub fn are_scores_old(&self) -> bool {
        let scored = self
            .measured()
            .scores
            .as_ref()
            .map(|scored| scored.scores.of);
        scored.is_some_and(|of| of != self.study().moment())
    }

    /// The item of the data set that lies on the bench as it is; `None` for a drawing and for a row that was changed.
    pub fn item_shown(&self) -> Option<usize> {
        self.bench().item()
    }

    /// How many items there are in all and how many of them are above the threshold; `None` before they were measured.
    pub fn n_items_and_anomalies(&self) -> Option<(usize, usize)> {
        let scored = self.measured().scores.as_ref()?;
        Some((
            scored.ranking.len(),
            scored.n_above(self.threshold_of_list()),
        ))
    }

    /// The line that divides the items as they were measured; nothing is above it while it is not known.
    pub(in crate::session) fn threshold_of_list(&self) -> f32 {
        let threshold = self.threshold_for_scores(self.study().rule);
        threshold.unwrap_or(f32::INFINITY)
    }

    /// The stretch of the list that starts at `start` (from 0) and has up to `count` items.
    pub fn items(&self, start: usize, count: usize) -> ItemsView {
        let (Some(dataset), Some(scored)) = (self.dataset(), &self.measured().scores) else {
            return ItemsView::default();
        };
        let threshold = self.threshold_of_list();
        let listed = self.listing.items();
        let stretch = listed.iter().skip(start).take(count);
        let rows = stretch.filter_map(|&index| self.ranked_item(scored, index, threshold));
        ItemsView {
            n_listed: listed.len(),
            listed_as: Some(ListedAs::of(dataset, &self.carried_columns())),
            rows: rows.collect(),
        }
    }

    /// The columns of the reader's table that are shown beside each row though nothing is learned from them: their places
    /// and names.
    pub fn carried_columns(&self) -> Vec<(usize, String)> {
        let Some((table, choices)) = self.own_file().and_then(|file| file.table.as_ref()) else {
            return Vec::new();
        };
        let columns = table.names().iter().zip(choices).enumerate();
        let carried = columns.filter(|(_, (_, choice))| match choice.role() {
            ColumnRole::Answer | ColumnRole::Carried => true,
            ColumnRole::Input | ColumnRole::LeftOut => false,
        });
        let carried = carried.map(|(column_idx, (name, _))| (column_idx, name.clone()));
        carried.collect()
    }

    /// What a row of the reader's table says in those columns.
    pub fn carried_cells(&self, item: usize) -> Vec<String> {
        let Some((table, _)) = self.own_file().and_then(|file| file.table.as_ref()) else {
            return Vec::new();
        };
        let columns = self.carried_columns().into_iter();
        let cells = columns.map(|(column_idx, _)| table.cell(item, column_idx).unwrap_or_default());
        cells.map(str::to_owned).collect()
    }

    fn ranked_item(&self, scored: &Scored, index: usize, threshold: f32) -> Option<RankedItem> {
        let dataset = self.dataset()?;
        let values = dataset.item(index)?;
        let error = *scored.scores.errors.get(index)?;
        let code_size = self.architecture().code_size();
        let span = index * code_size..(index + 1) * code_size;
        let place = *scored.places.get(index)?;
        Some(RankedItem {
            rank: match self.listing.order() {
                ItemOrder::MostAnomalous => place + 1,
                ItemOrder::MostTypical => scored.places.len() - place,
            },
            index,
            label: dataset.label_of(index),
            error,
            is_anomaly: error > threshold,
            part: *scored.parts.get(index)?,
            code: scored.scores.codes.get(span).unwrap_or_default().to_vec(),
            cells: match dataset.form() {
                Form::Pictures { .. } | Form::Series(_) => Vec::new(),
                Form::Table(schema) => {
                    [self.carried_cells(index), schema.decode_row(&values)].concat()
                }
            },
            values,
        })
    }

    /// The network beside the mean item; `None` before all items were measured.
    pub fn figures_against_mean(&self) -> Option<FiguresAgainstMean> {
        let scored = self.measured().scores.as_ref()?;
        let AgainstMean {
            network,
            mean_item,
            n_items,
            are_held_out,
        } = scored.against_mean;
        Some(FiguresAgainstMean {
            network,
            mean_item,
            n_items,
            are_held_out,
            is_trained: self.study().run.phase == Phase::Pretrained
                || scored.scores.of.position > Position::default(),
            is_old: self.are_scores_old(),
        })
    }

    /// The smallest and the largest error of the items that were trained on.
    pub(super) fn training_range(&self) -> Option<(f32, f32)> {
        self.measured().scores.as_ref()?.training_range
    }

    /// The picture on the bench as the network sees it, as levels in hexadecimal, row by row: "0F 10 03".
    ///
    /// `None` for what is no picture, or while nothing lies on the bench.
    pub fn hex_rows(&self) -> Option<Vec<String>> {
        let largest = self.dataset().and_then(Dataset::largest_level)?;
        let values = self.item_on_bench()?;
        let width = match self.kind() {
            ItemKind::Picture { width, .. } => width,
            ItemKind::Row | ItemKind::Series { .. } => return None,
        };
        let hex = |&value: &f32| format!("{:02X}", (value * f32::from(largest)).round() as u8);
        let row = |row: &[f32]| row.iter().map(hex).collect::<Vec<_>>().join(" ");
        Some(values.chunks(width).map(row).collect())
    }
}
