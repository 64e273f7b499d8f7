//! Tables as people write them: what each file under `tests/fixtures/cases` becomes, and what is said about it.

use bottleneck::data::{ColumnChoice, NamedFile, RawTable, ReadFiles, read};

fn opened(name: &str) -> ReadFiles {
    let path = format!("tests/fixtures/cases/{name}");
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let name = name.to_owned();
    read(&[NamedFile { name, bytes }]).unwrap_or_else(|error| panic!("{error}"))
}

/// The table, and what became of each of its columns.
fn table_of(read: &ReadFiles) -> (&RawTable, Vec<&'static str>) {
    let (table, choices) = read.table.as_ref().expect("the file is a table");
    let kind = |it: &ColumnChoice| it.scale().map_or(it.title(), |_| "number");
    (table, choices.iter().map(kind).collect())
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
    assert_eq!(kinds[1..4], ["number"; 3]);
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

#[test]
fn cells_in_aligned_columns_are_separated_by_spaces() {
    let read = opened("32-aligned.data");
    let (table, _) = table_of(&read);
    assert_eq!(table.names().len(), 9);
    assert_eq!(table.n_rows(), 200);
    assert_eq!(table.cell(1, 8), Some("fir 1"));
    assert_eq!(table.remarks(), ["Cells are separated by spaces."]);
}

/// What is said of a column as it was taken.
fn note_of(read: &ReadFiles, name: &str) -> Option<String> {
    let (table, choices) = read.table.as_ref().expect("the file is a table");
    let column_idx = table.names().iter().position(|known| known == name)?;
    table.column_note(column_idx, choices[column_idx])
}

#[test]
fn missing_values_are_filled_counted_and_said() {
    let read = opened("08-question.csv");
    assert_eq!(in_words(&read).split(' ').next(), Some("500"));
    let note = |name| note_of(&read, name).unwrap_or_default();
    assert_eq!(
        note("shape"),
        "13 of 500 missing, filled with the median, 6."
    );
    assert_eq!(
        note("mitoses"),
        "10 of 500 missing, filled with the median, 3."
    );
    assert_eq!(note("clump"), "");

    let read = opened("31-dash-and-na.csv");
    let note = |name| note_of(&read, name).unwrap_or_default();
    assert_eq!(in_words(&read), "250 rows of 4 columns (6 values)");
    assert_eq!(
        note("load"),
        "3 of 250 missing, filled with the median, 56."
    );
    assert_eq!(
        note("temperature"),
        "2 of 250 missing, filled with the median, 60.77."
    );

    let read = opened("32-aligned.data");
    assert_eq!(
        note_of(&read, "column 4").unwrap_or_default(),
        "2 of 200 missing, filled with the median, 78."
    );
}

#[test]
fn a_column_without_any_value_is_left_out_and_said() {
    let nothing = Some("Left out: no cell holds a value.".to_owned());
    let read = opened("35-sentinel.csv");
    assert_eq!(
        read.table.as_ref().map(|(table, _)| table.n_rows()),
        Some(1000)
    );
    assert_eq!(note_of(&read, "column 10"), nothing);
    assert_eq!(note_of(&opened("40-preamble.csv"), "Status"), nothing);
}

#[test]
fn a_frequent_dash_among_words_is_a_value() {
    let read = opened("52-dash-is-normal.csv");
    let (table, _) = table_of(&read);
    let (words, none) = (ColumnChoice::Category, ColumnChoice::LeaveOut);
    let dataset = table.encode(&[words, none, none, none]).expect("words");
    let schema = dataset.schema().expect("a table");
    let row = dataset.item(0).expect("a row");
    assert_eq!(schema.decode_row(&row), ["-"]);
    assert_eq!(dataset.n_features(), 3);
    assert_eq!(table.column_note(0, ColumnChoice::Category), None);
}

/// A row of a file in words.
fn row_of(read: &ReadFiles, row_idx: usize) -> Vec<String> {
    let row = read.dataset.item(row_idx).expect("a row");
    read.dataset.schema().expect("a table").decode_row(&row)
}

#[test]
fn point_and_comma_are_decided_for_the_whole_file() {
    let comma = "The comma is read as the decimal mark of all numbers.";
    let read = opened("33-german-amounts.csv");
    let (table, kinds) = table_of(&read);
    assert_eq!(kinds, ["category", "number", "number"]);
    let thousands = "Marks between thousands are left away: 1.774,31 is 1774.31.";
    assert_eq!(table.remarks(), [comma, thousands]);
    assert_eq!(row_of(&read, 3), ["Nord", "1774.31", "67.13"]);

    let read = opened("53-german-thousands.csv");
    assert_eq!(row_of(&read, 0), ["B", "835", "54.20"]);
    assert_eq!(row_of(&read, 1), ["B", "1104", "49.80"]);

    let read = opened("37-tab-decimal-comma.txt");
    let (table, kinds) = table_of(&read);
    assert_eq!(kinds[1..], ["number", "number", "number", "category"]);
    assert_eq!(table.remarks(), [comma]);
    let read = opened("21-stream.csv");
    assert_eq!(row_of(&read, 0), ["40.08", "58.78", "62.45"]);
}

#[test]
fn signs_of_currency_and_percent_are_no_part_of_a_number() {
    let read = opened("34-us-currency.csv");
    assert_eq!(in_words(&read), "240 rows of 4 columns (8 values)");
    assert_eq!(row_of(&read, 0), ["A", "1200.94", "15.9", "683"]);
    let signs = "Signs of currency and percent are left away.";
    assert_eq!(note_of(&read, "revenue").as_deref(), Some(signs));
}

#[test]
fn infinite_cells_are_missing_and_codes_are_no_numbers() {
    let read = opened("50-infinity.csv");
    assert_eq!(in_words(&read).split(' ').next(), Some("800"));
    let said = "16 of 800 missing and 16 infinite, too large or hexadecimal, filled with the median, 3541.913.";
    assert_eq!(note_of(&read, "Flow Packets/s").as_deref(), Some(said));

    let read = opened("51-hex-values.csv");
    assert_eq!(table_of(&read).1[1..], ["category", "category", "category"]);

    let read = opened("54-codes-with-e.csv");
    assert_eq!(table_of(&read).1[0], "category");
    let many = "148 different values: the 31 most frequent are kept, the others are one.";
    assert_eq!(note_of(&read, "batch").as_deref(), Some(many));
}

#[test]
fn each_column_is_proposed_what_it_is_for() {
    let role = |file: &str, column: &str| {
        let read = opened(file);
        let (table, choices) = read.table.as_ref().expect("a table");
        let column_idx = table.names().iter().position(|known| known == column);
        choices[column_idx.expect("the column")]
    };
    let (known, carried) = (ColumnChoice::KnownAnomaly, ColumnChoice::Identifier);
    assert_eq!(role("01-constant.csv", "a"), ColumnChoice::LeaveOut);
    assert_eq!(role("04-quoted-class.csv", "Class"), known);
    assert_eq!(role("07-unnamed.csv", "column 1"), carried);
    assert_eq!(role("07-unnamed.csv", "label"), known);
    assert_eq!(role("08-question.csv", "class"), known);
    assert_eq!(role("22-known-anomalies.csv", "outlier"), known);
    assert_eq!(role("36-ids-and-many-values.csv", "entry"), carried);
    assert_eq!(role("36-ids-and-many-values.csv", "account"), carried);
    assert_eq!(
        role("36-ids-and-many-values.csv", "time_ms"),
        ColumnChoice::Time
    );
    assert_eq!(
        role("36-ids-and-many-values.csv", "merchant"),
        ColumnChoice::Category
    );
    assert_eq!(role("50-infinity.csv", "Label"), known);
    assert_eq!(role("51-hex-values.csv", "t"), carried);
    assert_eq!(role("52-dash-is-normal.csv", "alert"), known);
    assert_eq!(role("55-labels-minus-1.csv", "label"), known);
}

/// The names of the classes that a file itself calls anomalies.
fn anomalies_of(read: &ReadFiles) -> Vec<String> {
    let (table, choices) = read.table.as_ref().expect("a table");
    let classes = table.anomalous_classes(choices).into_iter();
    classes
        .map(|class| read.dataset.class_in_words(class))
        .collect()
}

#[test]
fn known_anomalies_are_classes_and_never_inputs() {
    let read = opened("22-known-anomalies.csv");
    assert_eq!(anomalies_of(&read), ["1"]);
    assert_eq!(read.dataset.n_features(), 8);
    assert_eq!(anomalies_of(&opened("07-unnamed.csv")), ["attack"]);
    // Which value is normal is asked where neither says so: until then it is the most frequent one.
    let asked = |file, column| note_of(&opened(file), column).unwrap_or_default();
    assert!(asked("52-dash-is-normal.csv", "alert").contains("What is normal?"));
    assert!(!anomalies_of(&opened("52-dash-is-normal.csv")).contains(&"-".to_owned()));
    assert!(asked("55-labels-minus-1.csv", "label").contains("What is normal?"));
    assert_eq!(anomalies_of(&opened("55-labels-minus-1.csv")), ["-1"]);
}

#[test]
fn a_number_beyond_all_measure_does_not_ruin_its_column() {
    let read = opened("15-huge.csv");
    assert_eq!(read.dataset.set_aside().len(), 1);
    let values: Vec<f32> = (0..read.dataset.n_items())
        .filter(|item| !read.dataset.set_aside().contains(item))
        .flat_map(|item| read.dataset.item(item).expect("a row"))
        .collect();
    assert!(values.iter().all(|value| value.abs() < 20.0));
    let read = opened("35-sentinel.csv");
    let note = note_of(&read, "CO").unwrap_or_default();
    assert!(note.contains("-200 is there"), "{note}");
}

#[test]
fn what_begins_as_left_out_can_be_chosen() {
    let read = opened("22-known-anomalies.csv");
    let (table, choices) = read.table.as_ref().expect("a table");
    let mut choices = choices.clone();
    choices[8] = ColumnChoice::Number;
    let dataset = table.encode(&choices).expect("a choice");
    assert_eq!(dataset.n_features(), read.dataset.n_features() + 1);
    assert_eq!(table.column_note(8, ColumnChoice::Number), None);
}

#[test]
fn arff_brings_its_own_names() {
    let read = opened("42-beats.arff");
    assert!(read.table.is_none());
    assert_eq!(in_words(&read), "60 curves of 140 samples, with classes");
}
