//! How every item was judged.

use serde::{Deserialize, Serialize};

use super::{cell, csv_of};
use crate::anomaly::Calibration;
use crate::data::Part;

/// What is written of one item.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredItem<'a> {
    /// Its place in the data, from 0.
    pub index: usize,
    /// What it was used for; `None` in data that nothing was trained on.
    pub part: Option<Part>,
    /// What it shows, where that is known.
    pub label: Option<String>,
    /// How badly it was reconstructed.
    pub error: f32,
    /// The values of the bottleneck.
    pub code: &'a [f32],
}

/// A column of a reader's table that nothing was learned from, and that is written beside the scores all the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CarriedColumn {
    /// As the file names it.
    pub name: String,
    /// What it says of each item, in the order of the data.
    pub cells: Vec<String>,
}

/// A line for each item, after a line of column names. There is no p-value without calibration errors, and nothing is
/// flagged without a threshold.
pub fn scores_csv<'a>(
    items: impl Iterator<Item = ScoredItem<'a>>,
    calibration: &Calibration,
    threshold: Option<f32>,
    code_size: usize,
    carried: &[CarriedColumn],
) -> String {
    let names = ["index", "part", "label", "error", "p_value", "flagged"].map(str::to_owned);
    let codes = (1..=code_size).map(|value| format!("code_{value}"));
    let beside = carried.iter().map(|column| column.name.clone());
    let names = names.into_iter().chain(codes).chain(beside).collect();
    let p_value = |error| (calibration.n_items() > 0).then(|| calibration.p_value(error));
    let lines = items.map(|item| {
        let ScoredItem {
            index,
            part,
            label,
            error,
            code,
        } = item;
        let cells = [
            index.to_string(),
            cell(part.map(Part::title)),
            cell(label),
            error.to_string(),
            cell(p_value(error)),
            cell(threshold.map(|threshold| error > threshold)),
        ];
        let code = code.iter().map(f32::to_string);
        let beside = carried.iter().map(|column| cell(column.cells.get(index)));
        cells.into_iter().chain(code).chain(beside).collect()
    });
    csv_of(std::iter::once(names).chain(lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_a_line_with_its_verdict() {
        let calibration = Calibration::new(vec![0.1, 0.2, 0.3]);
        let item = |index, part, label: Option<&str>, error| ScoredItem {
            index,
            part,
            label: label.map(str::to_owned),
            error,
            code: &[0.5, -1.25],
        };
        let items = [
            item(0, Some(Part::Test), Some("7"), 0.25),
            item(1, None, None, 1.0 / 3.0),
        ];
        let text = scores_csv(items.clone().into_iter(), &calibration, Some(0.3), 2, &[]);
        assert_eq!(
            text,
            "index,part,label,error,p_value,flagged,code_1,code_2\n\
             0,test,7,0.25,0.5,false,0.5,-1.25\n\
             1,,,0.33333334,0.25,true,0.5,-1.25\n"
        );
        let bare = scores_csv(
            items.clone().into_iter(),
            &Calibration::new(Vec::new()),
            None,
            2,
            &[],
        );
        assert!(bare.contains("\n0,test,7,0.25,,,0.5,-1.25\n"), "{bare}");
        let account = CarriedColumn {
            name: "account".to_owned(),
            cells: vec!["A-1".to_owned(), "B,2".to_owned()],
        };
        let beside = scores_csv(items.into_iter(), &calibration, None, 2, &[account]);
        assert!(beside.contains("code_2,account\n"), "{beside}");
        assert!(beside.ends_with(",-1.25,\"B,2\"\n"), "{beside}");
    }
}
