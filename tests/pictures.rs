//! Pictures as people have them: what each file under `tests/fixtures/cases` becomes, and what is said about it.

use bottleneck::data::{Dataset, NamedFile, Normality, Parts, Split, read};

fn file(name: &str) -> NamedFile {
    let path = format!("tests/fixtures/cases/{name}");
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let name = name.to_owned();
    NamedFile { name, bytes }
}

fn opened(names: &[&str]) -> Dataset {
    let files: Vec<NamedFile> = names.iter().map(|name| file(name)).collect();
    let read = read(&files).unwrap_or_else(|error| panic!("{error}"));
    read.dataset
}

#[test]
fn letters_have_26_classes_with_names() {
    let images = "03-letters-images-idx3-ubyte.gz";
    let dataset = opened(&["03-letters-labels-idx1-ubyte.gz", images]);
    assert_eq!(
        dataset.in_words(),
        "780 pictures of 28 × 28 pixels, with labels"
    );
    assert_eq!(dataset.classes(), (1..=26).collect::<Vec<u8>>());
    let names: String = (1..=26).map(|it| dataset.class_in_words(it)).collect();
    assert_eq!(names, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

#[test]
fn floats_are_scaled_by_their_smallest_and_largest() {
    let dataset = opened(&["11-float.idx"]);
    assert_eq!(
        dataset.in_words(),
        "100 pictures of 8 × 8 pixels, without labels"
    );
    let remark = &dataset.remarks()[0];
    assert!(
        remark.starts_with("The pixels are floats from "),
        "{remark}"
    );
    let values = (0..100).filter_map(|item| dataset.item(item)).flatten();
    let (mut low, mut high) = (1.0_f32, 0.0_f32);
    for value in values {
        (low, high) = (low.min(value), high.max(value));
    }
    assert_eq!((low, high), (0.0, 1.0));
}

#[test]
fn colours_are_turned_to_grey_and_said() {
    let bytes = file("18-colour.idx").bytes;
    let dataset = opened(&["18-colour.idx"]);
    assert_eq!(
        dataset.in_words(),
        "50 pictures of 8 × 8 pixels, without labels"
    );
    assert_eq!(
        dataset.remarks(),
        ["Colours were turned to grey, by how bright each looks to the eye."]
    );
    let [red, green, blue] = [20, 21, 22].map(|place: usize| f32::from(bytes[place]));
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    let first = dataset.item(0).expect("a picture")[0];
    assert!(
        (first - luma / 255.0).abs() <= 0.5 / 255.0 + 1e-6,
        "{first}"
    );
}

#[test]
fn a_header_does_not_hide_that_a_table_is_pictures() {
    let dataset = opened(&["39-pictures-with-header.csv"]);
    assert_eq!(
        dataset.in_words(),
        "300 pictures of 8 × 8 pixels, with labels"
    );
    assert_eq!(dataset.largest_level(), Some(16));
    assert_eq!(dataset.label_of(0), Some(0));
    assert_eq!(
        dataset.item(0).expect("a picture")[2..5],
        [0.3125, 0.875, 0.75]
    );
}

#[test]
fn an_archive_is_the_table_in_it() {
    let read = read(&[file("44-archive.zip")]).expect("one table");
    let (table, _) = read.table.expect("a table");
    assert_eq!(table.names(), ["length", "force", "kind"]);
    assert_eq!(table.n_rows(), 160);
}

#[test]
fn four_idx_files_validate_as_their_names_say() {
    let renamed = |name: &str, to: &str| NamedFile {
        name: to.to_owned(),
        ..file(name)
    };
    let files = [
        renamed(
            "45-sideways-labels-idx1-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz",
        ),
        renamed(
            "03-letters-images-idx3-ubyte.gz",
            "train-images-idx3-ubyte.gz",
        ),
        renamed(
            "03-letters-labels-idx1-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
        ),
        renamed(
            "45-sideways-images-idx3-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
        ),
    ];
    let dataset = read(&files).expect("four files").dataset;
    assert_eq!((dataset.n_items(), dataset.n_validation()), (1_080, 300));
    let split = Split::of(&dataset, 42, Parts::AsGiven, &Normality::default());
    assert_eq!(split.train, (0..780).collect::<Vec<_>>());
    let mut calibration = split.calibration;
    calibration.sort_unstable();
    assert_eq!(calibration, (780..1_080).collect::<Vec<_>>());
}
