//! What the page works on, and how the reader's table is read.

use super::Session;
use crate::data::{ColumnChoice, CurveScaling, WindowCut};
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
    /// The reader's file that waits because the present recipe cannot take it.
    pub waiting: Option<String>,
    /// What the reader should know about the way in which the table was read, a sentence each.
    pub remarks: Vec<String>,
    /// Whether each of the reader's curves has a scale of its own; `None` where that cannot be chosen.
    pub curves_by_themselves: Option<bool>,
    /// The columns of the reader's table that windows can be cut from, by their place and name.
    pub streams: Vec<(usize, String)>,
    /// How the windows at hand were cut; `None` where items are no windows.
    pub cut: Option<WindowCut>,
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

impl Session {
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
                .map(|(column_idx, (name, &choice))| ColumnView {
                    name: name.clone(),
                    choice,
                    note: table.column_note(column_idx, choice),
                })
                .collect()
        });
        let waiting = self.library.own.as_ref().filter(|_| own.is_none());
        let waiting = waiting.and_then(|data| match &data.origin {
            crate::session::Origin::Own(file) => Some(file.name.clone()),
            crate::session::Origin::Named(_) => None,
        });
        Some(DataView {
            title: own.map_or_else(
                || format!("The {}", self.study().name.data().title()),
                |file| file.name.clone(),
            ),
            description: dataset.in_words(),
            is_own: own.is_some(),
            streams: own.map_or_else(Vec::new, streams_of),
            cut: dataset.series_form().and_then(|form| form.cut),
            curves_by_themselves: own
                .filter(|file| file.files.is_some() || file.table.is_some())
                .and(dataset.series_form())
                .map(|form| form.scaling == CurveScaling::EachByItself),
            waiting,
            remarks: table.map_or_else(Vec::new, |(table, _)| table.remarks()),
            columns,
        })
    }
}
