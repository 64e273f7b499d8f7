//! Tables as people write them: what each file under `tests/fixtures/cases` becomes, and what is said about it.

use bottleneck::data::{NamedFile, RawTable, ReadFiles, read};

fn opened(name: &str) -> ReadFiles {
    let path = format!("tests/fixtures/cases/{name}");
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let name = name.to_owned();
    read(&[NamedFile { name, bytes }]).unwrap_or_else(|error| panic!("{error}"))
}

/// The table, and what became of each of its columns.
fn table_of(read: &ReadFiles) -> (&RawTable, Vec<&'static str>) {
    let (table, choices) = read.table.as_ref().expect("the file is a table");
    (table, choices.iter().map(|it| it.title()).collect())
}

fn in_words(read: &ReadFiles) -> String {
    read.dataset.in_words()
}

#[test]
fn text_that_is_not_utf_8_is_read_as_windows_1252() {
    let read = opened("09-latin1.csv");
    let (table, kinds) = table_of(&read);
    assert_eq!(table.names(), ["größe", "gewicht", "stadt"]);
    assert_eq!(kinds, ["number", "number", "category"]);
    assert_eq!(table.cell(0, 2), Some("Würzburg"));
    assert_eq!(in_words(&read), "300 rows of 3 columns (5 values)");
    assert!(table.remarks()[0].contains("Windows-1252"));
}

#[test]
fn utf_16_is_known_by_its_mark() {
    let read = opened("43-utf-16.txt");
    let (table, kinds) = table_of(&read);
    assert_eq!(table.names(), ["Gerät", "Länge", "Kraft"]);
    assert_eq!(kinds, ["category", "number", "number"]);
    assert_eq!(table.cell(1, 0), Some("Säge"));
    assert_eq!(in_words(&read), "160 rows of 3 columns (5 values)");
    assert_eq!(table.remarks(), ["The text was read as UTF-16."]);
}

#[test]
fn running_numbers_above_numbers_are_names() {
    let read = opened("30-numeric-header.csv");
    let (table, kinds) = table_of(&read);
    assert!(table.has_header());
    assert_eq!(table.names()[..3], ["0", "1", "2"]);
    assert_eq!(kinds, ["number"; 20]);
    assert_eq!(in_words(&read), "300 rows of 20 columns (20 values)");
}

#[test]
fn lines_above_a_table_are_skipped_and_said() {
    let read = opened("40-preamble.csv");
    let (table, kinds) = table_of(&read);
    assert_eq!(table.names()[..3], ["Time", "Conc", "Count"]);
    assert_eq!(kinds[1..6], ["number"; 5]);
    assert_eq!(table.n_rows(), 200);
    assert_eq!(
        table.remarks(),
        ["The table begins on line 12; what stands above it was skipped."]
    );
}

#[test]
fn a_first_line_that_names_the_separator_is_obeyed() {
    let read = opened("41-sep-line.csv");
    let (table, kinds) = table_of(&read);
    assert_eq!(table.names(), ["Länge", "Breite", "Gewicht", "Form"]);
    assert_eq!(kinds, ["number", "number", "number", "category"]);
    assert_eq!(in_words(&read), "150 rows of 4 columns (6 values)");
    let named = "Cells are separated by semicolons, as the first line says.";
    assert!(table.remarks().contains(&named.to_owned()));
}
