//! Everything that reads bytes from outside, each with good samples and with what must hold of what it reads.

use std::io::Write as _;

use bottleneck::data::{
    ColumnChoice, Dataset, LARGEST_LABEL, NamedFile, Opened, encode, open, open_packed,
};
use bottleneck::encoding::floats::from_bytes;
use bottleneck::session::{DataMessage, Message, Phase, Session};
use flate2::{Compression, write::GzEncoder};

use super::links;
use super::mutator::Mutator;

/// One in so many compressed inputs is a bomb; each takes as long as thousands of others.
const BOMB_EVERY: usize = 20_000;
const LARGEST_BOMB_BYTES: usize = 400_000_000;

/// An error is shown on the page, so it must not hold the whole file.
const LONGEST_SENTENCE: usize = 600;

/// One reader of foreign bytes.
pub struct Parser {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Good inputs.
    pub samples: fn() -> Vec<Vec<u8>>,
    /// Makes an input of damaged bytes.
    pub wrap: fn(Vec<u8>, &mut Mutator) -> Vec<u8>,
    /// Reads an input and says what came of it in a few words; panics where that breaks a promise.
    pub read: fn(&[u8]) -> String,
}

/// All of them.
pub const PARSERS: [Parser; 8] = [
    Parser {
        name: "table",
        samples: tables,
        wrap: as_it_is,
        read: read_one,
    },
    Parser {
        name: "digits",
        samples: digit_files,
        wrap: as_it_is,
        read: read_one,
    },
    Parser {
        name: "pictures",
        samples: pictures,
        wrap: as_it_is,
        read: read_pictures,
    },
    Parser {
        name: "labels",
        samples: labels,
        wrap: as_it_is,
        read: read_labels,
    },
    Parser {
        name: "gzip",
        samples: compressed,
        wrap: compress,
        read: read_one,
    },
    Parser {
        name: "data-set",
        samples: data_sets,
        wrap: as_it_is,
        read: read_data_set,
    },
    Parser {
        name: "model",
        samples: models,
        wrap: as_it_is,
        read: read_model,
    },
    Parser {
        name: "link",
        samples: links::samples,
        wrap: as_it_is,
        read: links::read,
    },
];

fn as_it_is(bytes: Vec<u8>, _: &mut Mutator) -> Vec<u8> {
    bytes
}

fn tables() -> Vec<Vec<u8>> {
    let texts = [
        "name,age,city\nann,20,bonn\nbob,70,ulm\ncem,45,\"bonn\"\n",
        "20,bonn\n70,ulm\n45,bonn\n",
        "a;b\r\n1,5;\"x\ny\"\r\n\r\n2;z\r\n",
        "a\tb\tc\n1e-3\t-2.25\t\n4\t5\tx\n",
        "kind,colour\na,red\nb,red\na,blue\n",
        "\u{feff}größe,wort\n1,\"a, \"\"b\"\"\"\n2,c\n",
        "1\n2\n3\n",
        "5.1,3.5,1.4,0.2,setosa\n4.9,3.0,1.4,0.2,setosa\n7.0,3.2,4.7,1.4,versicolor\n6.3,3.3,6.0,2.5,virginica\n",
    ];
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// Lines of 64 grey values and a digit.
fn digit_files() -> Vec<Vec<u8>> {
    let line = |row_idx: usize| {
        let pixels = (0..64).map(|pixel_idx| ((row_idx * 7 + pixel_idx) % 17).to_string());
        format!(
            "{},{}\n",
            pixels.collect::<Vec<_>>().join(","),
            row_idx % 10
        )
    };
    [1, 3, 12]
        .map(|n_rows| (0..n_rows).map(line).collect::<String>().into_bytes())
        .to_vec()
}

/// The format that MNIST is published in.
fn idx(sizes: &[u32], elements: impl Iterator<Item = u8>) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    bytes.extend(elements);
    bytes
}

fn pictures() -> Vec<Vec<u8>> {
    let shapes = [[2, 1, 3], [3, 8, 8], [2, 28, 28]];
    let picture = |sizes: [u32; 3]| {
        let n_elements = sizes.iter().product::<u32>() as usize;
        idx(&sizes, (0..n_elements).map(|place| (place * 37) as u8))
    };
    let mut samples: Vec<_> = shapes.map(picture).to_vec();
    let packed: Vec<_> = samples.iter().map(|sample| gzip(sample)).collect();
    samples.extend(packed);
    samples
}

fn labels() -> Vec<Vec<u8>> {
    let plain = [idx(&[3], [3, 7, 0].into_iter()), idx(&[1], [9].into_iter())];
    let packed = plain.each_ref().map(|sample| gzip(sample));
    plain.into_iter().chain(packed).collect()
}

fn data_sets() -> Vec<Vec<u8>> {
    let large: Vec<u8> = (0..20 * 64).map(|place| (place % 17) as u8).collect();
    let digits: Vec<u8> = (0..20).map(|item| item % 10).collect();
    let packed = [
        encode(2, 1, 16, &[0, 4, 8, 16], &[3, 7]),
        encode(8, 8, 16, &large, &digits),
        encode(1, 1, 255, &[255], &[0]),
    ];
    let mut samples: Vec<_> = packed.into_iter().flatten().collect();
    let compressed: Vec<_> = samples.iter().map(|sample| gzip(sample)).collect();
    samples.extend(compressed);
    samples
}

fn compressed() -> Vec<Vec<u8>> {
    let plain = [tables(), digit_files(), pictures(), data_sets()].concat();
    let packed = plain.iter().map(|sample| gzip(sample));
    let members = [gzip(b"age,city\n"), gzip(b"27,bonn\n")].concat();
    let packed: Vec<_> = packed.chain([members]).collect();
    [plain, packed].concat()
}

/// The shipped kind of file: floats, as many as the page's first network has weights.
fn models() -> Vec<Vec<u8>> {
    let (session, _) = Session::open();
    let n_weights = session.architecture().n_parameters();
    let values = (0..n_weights).map(|place| (place as f32 * 0.37).sin());
    vec![values.flat_map(f32::to_le_bytes).collect()]
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Memory takes all.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Damage after packing tests the unpacking; damage before it tests what comes after.
fn compress(bytes: Vec<u8>, mutator: &mut Mutator) -> Vec<u8> {
    if mutator.below(BOMB_EVERY) == 0 {
        return bomb(&bytes, mutator);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return bytes;
    }
    gzip(&bytes)
}

/// A small file that unpacks to a large one.
fn bomb(bytes: &[u8], mutator: &mut Mutator) -> Vec<u8> {
    let units: [&[u8]; 6] = [
        b"\0",
        b"1,2\n",
        b"\n",
        b"\"a",
        b"a\nb\n",
        &bytes[..bytes.len().min(200)],
    ];
    let unit = units[mutator.below(units.len())];
    let block = unit.repeat(100_000 / unit.len().max(1) + 1);
    let n_blocks = 1 + mutator.below(LARGEST_BOMB_BYTES) / block.len().max(1);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..n_blocks {
        let _ = encoder.write_all(&block);
    }
    encoder.finish().unwrap_or_default()
}

fn file(bytes: &[u8]) -> NamedFile {
    NamedFile {
        name: "input".to_owned(),
        bytes: bytes.to_vec(),
    }
}

fn read_one(bytes: &[u8]) -> String {
    outcome_of(&[file(bytes)])
}

/// Pictures alone, then with good labels.
fn read_pictures(bytes: &[u8]) -> String {
    let alone = read_one(bytes);
    let labels = idx(&[3], [3, 7, 0].into_iter());
    alone + &outcome_of(&[file(&labels), file(bytes)])
}

/// Labels alone, then with good pictures.
fn read_labels(bytes: &[u8]) -> String {
    let alone = read_one(bytes);
    let pictures = idx(&[3, 1, 2], [0, 255, 7, 9, 11, 1].into_iter());
    alone + &outcome_of(&[file(bytes), file(&pictures)])
}

fn outcome_of(files: &[NamedFile]) -> String {
    match open(files) {
        Ok(Opened::Pictures(dataset)) => check(&dataset),
        Ok(Opened::Table(table)) => {
            let n_columns = table.names().len();
            let proposed = table.choices();
            let ways = [
                proposed,
                vec![ColumnChoice::Number; n_columns],
                vec![ColumnChoice::Category; n_columns],
            ];
            let outcomes = ways.map(|choices| match table.encode(&choices) {
                Ok(dataset) => check(&dataset),
                Err(error) => check_sentence(&error.to_string()),
            });
            outcomes.into_iter().next().unwrap_or_default()
        }
        Err(error) => check_sentence(&error.to_string()),
    }
}

/// What holds of every data set, whatever it was read from.
fn check(dataset: &Dataset) -> String {
    let n_features = dataset.n_features();
    assert!(dataset.n_items() > 0 && n_features > 0);
    for item_idx in 0..dataset.n_items() {
        let values = dataset.item(item_idx).unwrap_or_default();
        assert_eq!(values.len(), n_features);
        assert!(values.iter().all(|value| (0.0..=1.0).contains(value)));
        assert!(
            dataset
                .label_of(item_idx)
                .is_none_or(|label| label <= LARGEST_LABEL)
        );
    }
    let words = dataset.in_words();
    format!("{} {}", n_features.min(3), words.contains("with labels"))
}

/// An error is a sentence of ordinary length; its kind is its words after any quotation, without figures.
fn check_sentence(sentence: &str) -> String {
    assert!(
        sentence.len() <= LONGEST_SENTENCE,
        "{} bytes of error",
        sentence.len()
    );
    assert!(
        sentence.contains([';', ':']),
        "what to do is missing: {sentence}"
    );
    let after_quotations = sentence.rsplit('"').next().unwrap_or(sentence);
    after_quotations
        .chars()
        .filter(|it| it.is_alphabetic())
        .collect()
}

fn read_data_set(bytes: &[u8]) -> String {
    match open_packed(&file(bytes)) {
        Ok(dataset) => check(&dataset),
        Err(error) => check_sentence(&error.to_string()),
    }
}

/// The file of a model: what the page takes is finite and of a size to judge by.
fn read_model(bytes: &[u8]) -> String {
    let Some(values) = from_bytes(bytes) else {
        return "cut short".to_owned();
    };
    let (mut session, _) = Session::open();
    let recipe = session.recipe_name();
    links::deliver_data(&mut session);
    let are_sound = values.iter().all(|value| value.abs() < 1e4);
    session.update(Message::Data(DataMessage::ModelLoaded { recipe, values }));
    let is_taken = session.phase() == Phase::Pretrained;
    assert!(are_sound || !is_taken);
    assert_eq!(is_taken, session.notice().is_none());
    format!("taken: {is_taken}, sound: {are_sound}")
}
