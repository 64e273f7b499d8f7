//! What the page works on, and how the reader's table is read.

use super::{Session, counted};
use crate::data::{
    ColumnChoice, ColumnSummary, CurveScaling, PhotoReading, ValuesSummary, WindowCut,
};
use crate::session::OwnFile;

/// The data at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct DataView {
    /// The file's name, or what the page's own data are.
    pub title: String,
    /// How many items of what kind: "1,797 pictures of 8 × 8 pixels, with labels".
    pub description: String,
    /// Whether the reader opened them.
    pub is_own: bool,
    /// That the reader's file waits because the present recipe cannot take it, as a sentence or two.
    pub waiting: Option<String>,
    /// What the reader should know about the way in which the table was read, a sentence each.
    pub remarks: Vec<String>,
    /// How the reader's pictures are read, where each was a file of its own.
    pub photos: Option<PhotoReading>,
    /// Whether they are pictures of the reader's, which can be turned.
    pub can_turn: bool,
    /// Whether each of the reader's curves has a scale of its own; `None` where that cannot be chosen.
    pub curves_by_themselves: Option<bool>,
    /// The columns of the reader's table that windows can be cut from, by their place and name.
    pub streams: Vec<(usize, String)>,
    /// How the windows at hand were cut; `None` where items are no windows.
    pub cut: Option<WindowCut>,
    /// Whether the first row of the reader's table holds names; `None` where that cannot be chosen.
    pub has_header: Option<bool>,
    /// How each column of the reader's table is read; empty for anything else.
    pub columns: Vec<ColumnView>,
}

/// How a column of the reader's table is read.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnView {
    /// Its name.
    pub name: String,
    /// What becomes of it.
    pub choice: ColumnChoice,
    /// What the reader should know of it.
    pub note: Option<String>,
    /// What it holds.
    pub summary: ColumnSummary,
    /// Whether a column of its own says where its values are missing; `None` where none are.
    pub tells_missing: Option<bool>,
}

fn streams_of(own: &OwnFile) -> Vec<(usize, String)> {
    let names = own
        .table
        .as_ref()
        .map_or(&[][..], |(table, _)| table.names());
    let streams = own.streams.iter();
    streams
        .filter_map(|&column_idx| Some((column_idx, names.get(column_idx)?.clone())))
        .collect()
}

impl ColumnView {
    /// What it holds in a few words: "0.5 to 12, median 3", "3 values: red, green, blue".
    pub fn in_words(&self) -> String {
        let values = match &self.summary.values {
            ValuesSummary::Nothing => "no values".to_owned(),
            ValuesSummary::Numbers {
                smallest,
                median,
                largest,
                ..
            } => {
                let [smallest, median, largest] = [smallest, median, largest].map(|&it| short(it));
                format!("{smallest} to {largest}, median {median}")
            }
            ValuesSummary::Levels {
                n_levels,
                most_frequent,
            } => {
                let first = most_frequent.iter().take(MOST_NAMED);
                let names: Vec<&str> = first.map(|(name, _)| name.as_str()).collect();
                let more = if *n_levels > MOST_NAMED { ", …" } else { "" };
                format!(
                    "{}: {}{more}",
                    counted(*n_levels, "value"),
                    names.join(", ")
                )
            }
        };
        match self.summary.n_missing {
            0 => values,
            n => format!("{values}; {n} missing"),
        }
    }

    /// The heights of the bars of its histogram, 0…1, the highest 1.
    pub fn bars(&self) -> Vec<f32> {
        let counts: Vec<u32> = match &self.summary.values {
            ValuesSummary::Nothing => Vec::new(),
            ValuesSummary::Numbers { bars, .. } => bars.clone(),
            ValuesSummary::Levels { most_frequent, .. } => {
                most_frequent.iter().map(|&(_, count)| count).collect()
            }
        };
        let highest = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
        counts.iter().map(|&count| count as f32 / highest).collect()
    }
}

/// So many values of a category are named.
const MOST_NAMED: usize = 3;

/// A number with four digits, long ones with an exponent.
fn short(number: f64) -> String {
    let is_long = number != 0.0 && !(1e-3..1e7).contains(&number.abs());
    if is_long {
        return format!("{number:.2e}");
    }
    let n_before = if number == 0.0 {
        1
    } else {
        number.abs().log10().floor() as i32 + 1
    };
    let decimals = (4 - n_before).clamp(0, 6) as usize;
    let text = format!("{number:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Below this nobody needs to know.
const BYTES_WORTH_TELLING: usize = 100_000_000;
/// Page, examiner and trainer keep the items as the file has them.
const N_COPIES: usize = 3;
/// Examiner and trainer turn all of them into what a network takes.
const N_INPUTS: usize = 2;

/// Pictures that are shown before anything is trained.
const N_PREVIEWED: usize = 12;

impl Session {
    /// Some pictures of the reader's as they are read, spread over all of them; empty for anything else.
    pub fn previewed(&self) -> Vec<Vec<f32>> {
        let Some(dataset) = self.dataset().filter(|it| it.picture_size().is_some()) else {
            return Vec::new();
        };
        let n_shown = dataset.n_items().min(N_PREVIEWED);
        let items = (0..n_shown).map(|idx| idx * dataset.n_items() / n_shown);
        items.filter_map(|item| dataset.item(item)).collect()
    }

    fn why_it_waits(&self, file_name: &str) -> String {
        let needs = self.recipe_name().needs().unwrap_or("other data");
        format!(
            "{file_name} waits: this recipe takes {needs}. Choose another recipe to go on with it."
        )
    }

    /// How much memory training on the data at hand takes, as a sentence; `None` where it is little.
    fn memory_in_words(&self) -> Option<String> {
        let dataset = self.dataset()?;
        let n_values = dataset.n_items() * dataset.n_features();
        let n_kept = n_values * dataset.largest_level().map_or(size_of::<f32>(), |_| 1);
        let n_bytes = N_COPIES * n_kept + N_INPUTS * n_values * size_of::<f32>();
        (n_bytes >= BYTES_WORTH_TELLING).then(|| {
            format!(
                "Training on all of them takes up to {} MB of memory.",
                n_bytes.div_ceil(10_000_000) * 10
            )
        })
    }

    /// The windows that a column's strongest period proposes; `None` where there is no table.
    pub fn proposed_cut(&self, column_idx: usize) -> Option<WindowCut> {
        let (table, _) = self.own_file()?.table.as_ref()?;
        Some(table.proposed_cut(column_idx))
    }

    /// The data at hand; `None` while they are on their way.
    pub fn data_view(&self) -> Option<DataView> {
        let dataset = self.dataset()?;
        let own = self.own_file();
        let table = own.and_then(|file| file.table.as_ref());
        let shown = table.filter(|_| dataset.schema().is_some());
        let columns = shown.map_or_else(Vec::new, |(table, choices)| {
            let names = table.names().iter().zip(choices).enumerate();
            names
                .filter_map(|(column_idx, (name, &choice))| {
                    Some(ColumnView {
                        name: name.clone(),
                        choice,
                        note: table.column_note(column_idx, choice),
                        summary: table.column_summary(column_idx)?.clone(),
                        tells_missing: table
                            .can_tell_missing(column_idx, choice)
                            .then(|| table.tells_missing().contains(&column_idx)),
                    })
                })
                .collect()
        });
        let waiting = self.library.own.as_ref().filter(|_| own.is_none());
        let waiting = waiting.and_then(|data| match &data.origin {
            crate::session::Origin::Own(file) => Some(self.why_it_waits(&file.name)),
            crate::session::Origin::Named(_) => None,
        });
        Some(DataView {
            title: own.map_or_else(
                || format!("The {}", self.study().name.data().title()),
                |file| file.name.clone(),
            ),
            description: dataset.in_words(),
            is_own: own.is_some(),
            photos: own.and_then(|file| Some(file.photos.as_ref()?.1)),
            can_turn: own.is_some() && dataset.picture_size().is_some() && !dataset.is_stretched(),
            streams: own.map_or_else(Vec::new, streams_of),
            cut: dataset.series_form().and_then(|form| form.cut),
            curves_by_themselves: own
                .filter(|file| file.files.is_some() || file.table.is_some())
                .and(dataset.series_form())
                .map(|form| form.scaling == CurveScaling::EachByItself),
            waiting,
            remarks: table
                .map_or_else(Vec::new, |(table, _)| table.remarks())
                .into_iter()
                .chain(dataset.remarks().iter().cloned())
                .chain(self.memory_in_words())
                .collect(),
            has_header: table.map(|(table, _)| table.has_header()),
            columns,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_short() {
        let written = [0.0, 1.0, 0.25, 1234.5, 12.345, -0.000_123, 4e19, 0.001].map(short);
        assert_eq!(
            written,
            [
                "0", "1", "0.25", "1234", "12.35", "-1.23e-4", "4.00e19", "0.001"
            ]
        );
    }

    #[test]
    fn a_column_says_what_it_holds() {
        let column = |values| ColumnView {
            name: "x".to_owned(),
            choice: ColumnChoice::Category,
            note: None,
            tells_missing: None,
            summary: ColumnSummary {
                n_missing: 2,
                values,
            },
        };
        let levels = ["a", "b", "c", "d"].map(|it| (it.to_owned(), 2));
        let words = column(ValuesSummary::Levels {
            n_levels: 4,
            most_frequent: levels.to_vec(),
        });
        assert_eq!(words.in_words(), "4 values: a, b, c, …; 2 missing");
        assert_eq!(words.bars(), [1.0; 4]);
        assert_eq!(
            column(ValuesSummary::Nothing).in_words(),
            "no values; 2 missing"
        );
    }
}
