//! What a study found, as tables for a spreadsheet: a line for each item, a line for each epoch.
//!
//! Numbers are written so that reading them gives back the same bits.

mod log;
mod scores;

pub use log::log_csv;
pub use scores::{CarriedColumn, ScoredItem, scores_csv};

/// Texts are quoted where they need it, as RFC 4180 says.
fn csv_of(lines: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        // Lines of equal length into memory cannot fail.
        let _ = writer.write_record(line);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A cell is empty where there is nothing to say.
fn cell<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
