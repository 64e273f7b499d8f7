//! Another file, judged by the network that was trained on the first one.

use super::{Session, counted};
use crate::anomaly::{Histogram, Promise, format_share, shares_of_error, wilson_interval};
use crate::data::{Form, NamedFile, with_commas};
use crate::session::study::{KnownArea, N_NEXT_BINS, NextFile, NextMeasured};

/// Columns of a row that are shown beside it, of those that the network sees and of the others.
const MOST_CELLS: usize = 8;
/// So many columns are named that make up an error, each with at least this part of it.
const MOST_REASONS: usize = 3;
const LEAST_SHARE: f32 = 0.1;
const NOT_KEPT: &str =
    "It is larger than 20 MB: another visit will not have it, and you can open it again then.";
/// From this part on the file as a whole is unlike what was learned from.
const MOST_OF_IT: f64 = 0.5;

/// Another file, and how the network judges it.
#[derive(Clone, Debug, PartialEq)]
pub struct NextFileView {
    /// What the file is called.
    pub name: String,
    /// What is in it: "200 rows of 6 columns (11 values)".
    pub description: String,
    /// What does not fit, a sentence each.
    pub remarks: Vec<String>,
    /// How many items are above the threshold, or what is being waited for, in a sentence.
    pub standing: String,
    /// How many would be if they were like those learned from, and what follows; `None` before there is a number.
    pub expected: Option<String>,
    /// How well its known anomalies are told from its normal items, as a sentence.
    pub known: Option<String>,
    /// How much is measured so far, 0…1; `None` while nothing is being measured.
    pub progress: Option<f32>,
    /// Where the errors lie; `None` before they were measured.
    pub histogram: Option<NextHistogram>,
    /// Whether the figures are by other weights than those that judge now.
    pub is_old: bool,
}

/// How many errors lie in each bin of the axis of all errors.
#[derive(Clone, Debug, PartialEq)]
pub struct NextHistogram {
    /// Of the file.
    pub next: Vec<usize>,
    /// Of the calibration items.
    pub calibration: Vec<usize>,
    /// The place of the threshold on the axis, 0…1.
    pub threshold: Option<f32>,
}

/// A stretch of the worst items of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NextItemsView {
    /// How many of the worst can be listed.
    pub n_listed: usize,
    /// What stands in the columns of each.
    pub names: Vec<String>,
    /// The stretch.
    pub rows: Vec<NextItemView>,
}

/// An item of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct NextItemView {
    /// Its place in the file, from 0.
    pub item: usize,
    /// The same for people: "line 17".
    pub place: String,
    /// What it says, column by column.
    pub cells: Vec<String>,
    /// By the recipe's measure.
    pub error: f32,
    /// How rare that is among normal items, 0…1; `None` without any to compare with.
    pub p_value: Option<f32>,
    /// Whether the error is above the threshold.
    pub is_anomaly: bool,
    /// Which columns make up the error: "temperature 79.0, expected 55.2 (62 %)".
    pub reasons: Vec<String>,
}

impl Session {
    /// The names of two tables that were opened together, one of which is to be learned from.
    pub fn two_tables(&self) -> Option<[String; 2]> {
        let two = self.next_files.two.as_ref()?;
        Some(two.each_ref().map(|file| file.name.clone()))
    }

    /// The other file; `None` where there is none.
    pub fn next_file(&self) -> Option<NextFileView> {
        let next = self.study().next.as_ref()?;
        let measured = self.next_measured(next);
        let histogram = measured.map(|measured| NextHistogram {
            next: measured.bins.clone(),
            calibration: self.calibration().map_or_else(Vec::new, |known| {
                Histogram::new(known.errors(), self.error_axis(), N_NEXT_BINS)
                    .counts()
                    .to_vec()
            }),
            threshold: self.threshold().map(|it| self.error_axis().position(it)),
        });
        Some(NextFileView {
            name: next.name.clone(),
            description: next.items.dataset.in_words(),
            remarks: next
                .items
                .remarks
                .iter()
                .cloned()
                .chain(next.files.is_none().then(|| NOT_KEPT.to_owned()))
                .collect(),
            standing: self.standing_of_next(next, measured),
            expected: measured.and_then(|it| self.what_was_to_be_expected(it)),
            known: measured.and_then(|it| Some(self.known_in_words(it.known?))),
            progress: self.examiner.work.scoring_next.asked().copied(),
            histogram,
            is_old: measured.is_some_and(|it| it.scores.of != self.study().moment()),
        })
    }

    /// What was measured of the file at hand, be it by older weights.
    fn next_measured(&self, next: &NextFile) -> Option<&NextMeasured> {
        let measured = self.measured().next.as_ref();
        measured.filter(|measured| measured.number == next.number)
    }

    fn standing_of_next(&self, next: &NextFile, measured: Option<&NextMeasured>) -> String {
        let (one, several) = self.nouns();
        let n_items = next.items.dataset.n_items();
        if self.has_learned_nothing() {
            return format!("Its {several} are judged once the network is trained.");
        }
        let Some(measured) = measured else {
            return if self.study().run.phase.is_busy() {
                format!("Its {several} are judged when training rests.")
            } else {
                format!("Judging {}…", counted(n_items, one))
            };
        };
        let Some(threshold) = self.threshold() else {
            let why = self.why_no_threshold().unwrap_or_default();
            return format!("Its {several} are measured, but there is no threshold. {why}");
        };
        let n_flagged = measured.n_above(threshold);
        let share = format_share(n_flagged as f64 / n_items.max(1) as f64);
        format!(
            "{} of {} {several} are above the threshold ({share}).",
            with_commas(n_flagged),
            with_commas(n_items)
        )
    }

    /// What the threshold promises of so many normal items, and what it says that so many are flagged.
    fn what_was_to_be_expected(&self, measured: &NextMeasured) -> Option<String> {
        let several = self.nouns().1;
        let n_items = measured.scores.errors.len();
        let n_flagged = measured.n_above(self.threshold()?);
        let promise = if self.is_calibrated_on_training_items() {
            Promise::Nothing
        } else {
            self.threshold_rule().promise()
        };
        let (share, words) = match promise {
            Promise::AtMost(share) => (f64::from(share), "at most"),
            Promise::About(share) => (f64::from(share), "about"),
            Promise::Nothing => {
                return Some(format!(
                    "This threshold does not say how many of {several} like those learned from would be."
                ));
            }
        };
        let n_expected = (share * n_items as f64).round() as usize;
        let lowest = wilson_interval(n_flagged, n_items).map_or(0.0, |(low, _)| low);
        let conclusion = if n_flagged as f64 > MOST_OF_IT * n_items as f64 {
            "Most of this file is unlike what was learned from: other conditions, other units or a replaced sensor may \
             be the reason."
        } else if lowest > share {
            "That is more than chance brings: look at the first ones below."
        } else {
            "So many are to be expected even if nothing is odd."
        };
        Some(format!(
            "Of as many {several} like those learned from, {words} {} would be ({}). {conclusion}",
            with_commas(n_expected),
            format_share(share)
        ))
    }

    fn known_in_words(&self, known: KnownArea) -> String {
        let KnownArea {
            area,
            interval: (low, high),
            n_normal,
            n_anomalies,
        } = known;
        format!(
            "This file says itself which {} are normal ({}) and which are anomalies ({}): the area under the ROC curve is \
             {area:.3} (95 % interval {low:.3} to {high:.3}).",
            self.nouns().1,
            with_commas(n_normal),
            with_commas(n_anomalies)
        )
    }

    /// A stretch of the worst items of the other file, from `start` (from 0) on and up to `count`.
    pub fn next_items(&self, start: usize, count: usize) -> NextItemsView {
        let next = self.study().next.as_ref();
        let found = next.and_then(|next| Some((next, self.next_measured(next)?)));
        let Some((next, measured)) = found else {
            return NextItemsView::default();
        };
        let n_listed = measured.scores.worst.len();
        let places = start.min(n_listed)..start.saturating_add(count).min(n_listed);
        NextItemsView {
            n_listed,
            names: names_of(next),
            rows: places
                .filter_map(|place| self.next_item(next, measured, place))
                .collect(),
        }
    }

    fn next_item(
        &self,
        next: &NextFile,
        measured: &NextMeasured,
        place: usize,
    ) -> Option<NextItemView> {
        let item = *measured.scores.worst.get(place)? as usize;
        let error = *measured.scores.errors.get(item)?;
        let calibration = self.calibration().filter(|it| it.n_items() > 0);
        Some(NextItemView {
            item,
            place: next.items.place_in_words(item),
            cells: cells_of(next, item),
            error,
            p_value: calibration.map(|it| it.p_value(error)),
            is_anomaly: self.threshold().is_some_and(|threshold| error > threshold),
            reasons: reasons(next, measured, place, item),
        })
    }

    /// All items of the other file with their scores, as a table in CSV; `None` before they were measured.
    pub fn next_scores_csv(&self) -> Option<NamedFile> {
        let next = self.study().next.as_ref()?;
        let measured = self.next_measured(next)?;
        let calibration = self.calibration().filter(|it| it.n_items() > 0);
        let threshold = self.threshold();
        let table = next.items.table.as_ref();
        let beside = next.items.beside(0).map(|(name, _)| quoted(name));
        let header = ["file", "row", "line"].map(str::to_owned).into_iter();
        let header = header.chain(beside);
        let header = header.chain(["error", "p_value", "flagged"].map(str::to_owned));
        let mut lines = vec![header.collect::<Vec<_>>().join(",")];
        let file = quoted(&next.name);
        for (item, error) in measured.scores.errors.iter().enumerate() {
            let line = table.map_or_else(String::new, |table| table.line_of(item).to_string());
            let p_value = calibration.map_or_else(String::new, |it| it.p_value(*error).to_string());
            let flagged = threshold.map_or_else(String::new, |it| (*error > it).to_string());
            let place = [file.clone(), (item + 1).to_string(), line].into_iter();
            let beside = next.items.beside(item).map(|(_, cell)| quoted(cell));
            let scores = [error.to_string(), p_value, flagged];
            let cells: Vec<String> = place.chain(beside).chain(scores).collect();
            lines.push(cells.join(","));
        }
        lines.push(String::new());
        let stem = next
            .name
            .rsplit_once('.')
            .map_or(&*next.name, |(stem, _)| stem);
        let stem = stem.replace(['/', '\\'], "-");
        Some(NamedFile {
            name: format!("{stem}-scores.csv"),
            bytes: lines.join("\n").into_bytes(),
        })
    }
}

/// A text as CSV has it, in quotes where it needs them.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The names of the columns that are listed: those that the network does not see first, as in the list of all items.
fn names_of(next: &NextFile) -> Vec<String> {
    let beside = next.items.beside(0).map(|(name, _)| name.to_owned());
    let beside = beside.take(MOST_CELLS);
    let seen = next.items.dataset.schema().map(|schema| {
        let columns = schema.spans();
        columns
            .take(MOST_CELLS)
            .map(|(column, _)| column.name.clone())
    });
    beside.chain(seen.into_iter().flatten()).collect()
}

/// What an item says in those columns, as its file has it.
fn cells_of(next: &NextFile, item: usize) -> Vec<String> {
    let beside = next.items.beside(item).map(|(_, cell)| cell.to_owned());
    let beside = beside.take(MOST_CELLS);
    let n_seen = next.items.seen.len().min(MOST_CELLS);
    let seen = (0..n_seen).map(|idx| next.items.cell(item, idx).unwrap_or_default().to_owned());
    beside.chain(seen).collect()
}

/// Which columns make up the error of one of the worst items; empty for what are no rows.
fn reasons(next: &NextFile, measured: &NextMeasured, place: usize, item: usize) -> Vec<String> {
    let dataset = &next.items.dataset;
    let schema = match dataset.form() {
        Form::Table(schema) => schema,
        Form::Pictures { .. } | Form::Series(_) => return Vec::new(),
    };
    let n_features = dataset.n_features();
    let span = place * n_features..(place + 1) * n_features;
    let (Some(values), Some(made)) = (
        dataset.item(item),
        measured.scores.reconstructions.get(span),
    ) else {
        return Vec::new();
    };
    let spans = schema.spans().map(|(_, span)| span);
    let shares = shares_of_error(&values, made, spans);
    let (said, computed) = (schema.decode_row(&values), schema.decode_row(made));
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]));
    let is_told = |&idx: &usize| shares[idx] >= LEAST_SHARE && said[idx] != computed[idx];
    let worst = order.into_iter().filter(is_told);
    let columns: Vec<_> = schema.spans().map(|(column, _)| column).collect();
    let in_words = |idx: usize| {
        format!(
            "{} {}, expected {} ({:.0} %)",
            columns[idx].name,
            next.items.cell(item, idx).unwrap_or_default(),
            computed[idx],
            shares[idx] * 100.0
        )
    };
    worst.take(MOST_REASONS).map(in_words).collect()
}
