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
