//! Everything that reads bytes from outside, each with good samples.

use std::io::Write as _;

use bottleneck::data::{
    ClassName, Collection, Dataset, Drawing, DrawnClass, Others, Photos, encode,
};
use bottleneck::encoding::Precision;
use bottleneck::picture::{Brush, Picture};
use bottleneck::session::Session;
use flate2::{Compression, write::GzEncoder};

use super::mutator::Mutator;
use super::readers::{
    gzip, idx, packed, read_alike, read_curves, read_data_set, read_drawings, read_labels,
    read_lesson, read_model, read_model_file, read_one, read_photo, read_pictures, read_recording,
};
use super::tables::{arff, curves, pixels, recordings, tables};
use super::{links, model_files};

/// One in so many compressed inputs is a bomb; each takes as long as thousands of others.
const BOMB_EVERY: usize = 20_000;
const LARGEST_BOMB_BYTES: usize = 400_000_000;

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
pub const PARSERS: [Parser; 19] = [
    Parser {
        name: "table",
        samples: tables,
        wrap: as_it_is,
        read: read_one,
    },
    Parser {
        name: "arff",
        samples: arff,
        wrap: as_it_is,
        read: read_one,
    },
    Parser {
        name: "curves",
        samples: curves,
        wrap: as_it_is,
        read: read_curves,
    },
    Parser {
        name: "recording",
        samples: recordings,
        wrap: as_it_is,
        read: read_recording,
    },
    Parser {
        name: "pixels",
        samples: pixels,
        wrap: as_it_is,
        read: read_one,
    },
    Parser {
        name: "alike",
        samples: all_kinds,
        wrap: as_it_is,
        read: read_alike,
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
        name: "archive",
        samples: archives,
        wrap: as_it_is,
        read: read_one,
    },
    Parser {
        name: "photo",
        samples: photo_headers,
        wrap: as_it_is,
        read: read_photo,
    },
    Parser {
        name: "photos",
        samples: kept_photos,
        wrap: as_it_is,
        read: read_one,
    },
    Parser {
        name: "drawings",
        samples: drawings,
        wrap: as_it_is,
        read: read_drawings,
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
        name: "model-file",
        samples: model_files::samples,
        wrap: model_files::assemble,
        read: read_model_file,
    },
    Parser {
        name: "lesson",
        samples: lessons,
        wrap: as_it_is,
        read: read_lesson,
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

/// Of every kind that another file for the same network can be.
fn all_kinds() -> Vec<Vec<u8>> {
    let of_tables = [tables(), arff(), curves(), recordings(), pixels()];
    of_tables
        .into_iter()
        .chain([pictures()])
        .flatten()
        .collect()
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

fn pictures() -> Vec<Vec<u8>> {
    let shapes = [[2, 1, 3], [3, 8, 8], [2, 28, 28]];
    let picture = |sizes: [u32; 3]| {
        let n_elements = sizes.iter().product::<u32>() as usize;
        idx(&sizes, (0..n_elements).map(|place| (place * 37) as u8))
    };
    let mut samples: Vec<_> = shapes.map(picture).to_vec();
    samples.push(idx(&[3, 2, 2, 3], (0..36).map(|place| place * 7)));
    let mut floats = idx(&[3, 1, 2], (0..24).map(|place| place * 9));
    floats[2] = 0x0d;
    samples.push(floats);
    let packed: Vec<_> = samples.iter().map(|sample| gzip(sample)).collect();
    samples.extend(packed);
    samples
}

/// Zip archives: of a table, and of nothing.
fn archives() -> Vec<Vec<u8>> {
    let empty = [b"PK\x03\x04".as_slice(), &[0; 26]].concat();
    let table = include_bytes!("../../../tests/fixtures/cases/44-archive.zip");
    vec![table.to_vec(), empty]
}

/// Files that a browser decodes; here only their headers are read.
fn photo_headers() -> Vec<Vec<u8>> {
    let png = include_bytes!("../../../tests/fixtures/cases/pictures/round/r00.png");
    let jpeg = include_bytes!("../../../tests/fixtures/cases/pictures/square/s00.jpg");
    let webp = [b"RIFF\0\0\0\0WEBPVP8X".as_slice(), &[9; 14]].concat();
    vec![png.to_vec(), jpeg.to_vec(), webp]
}

/// Pictures as they are kept once they have been decoded.
fn kept_photos() -> Vec<Vec<u8>> {
    let mut photos = Photos::new();
    for (path, level) in [("a/1.png", 3), ("a/2.png", 200), ("b/3.png", 90)] {
        photos.add(path, (5, 4), &[level; 5 * 4 * 4]);
    }
    // Three pictures in two folders are always taken.
    let photos = photos.finished().unwrap_or_default();
    vec![photos.to_bytes(photos.proposal())]
}

/// Lines under two names, without and with other things beside them.
fn drawings() -> Vec<Vec<u8>> {
    let line = |end: u8| {
        let mut ink = Picture::blank(112, 112);
        ink.stroke((20.0, 30.0), (f32::from(end), 80.0), 4.0, Brush::Ink);
        Drawing::of(&ink)
    };
    let class = |name: &str, ends: &[u8]| DrawnClass {
        name: ClassName::new(name).unwrap_or_default(),
        drawings: ends.iter().filter_map(|&end| line(end)).collect(),
    };
    let mut collection = Collection {
        classes: vec![class("star", &[20, 60]), class("", &[90])],
        others: None,
    };
    let alone = collection.to_bytes();
    let digit = Dataset::pictures(28, 28, 16, vec![9; 28 * 28], Vec::new());
    collection.others = digit.ok().and_then(|digit| Others::of(&digit, "digit"));
    vec![alone, collection.to_bytes()]
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

/// Those that ship, and one with everything that a lesson can say.
fn lessons() -> Vec<Vec<u8>> {
    let all = "# Name\nminutes: 2\nneeds: nothing\nbelief: x\ndiscuss: y?\n\n## Page\nText {error}.\n\nMore.\n\
               set: recipe=uci-digits&code=3&rotation=20\npoint: Train\npredict: What?\n- A\n- B\n\
               do: rotation > 40 (Turn)\ndo: verdict is anomaly\ndo: recipe is denoiser\ndo: rule is iqr\n\
               do: left out is 3\ndo: trained\n\nreveal: {flagged percent}.\n\n## End\n{error on page 1}?\n";
    let shipped = [
        include_str!("../../../www/lessons/bottleneck.txt"),
        include_str!("../../../www/lessons/never-shown.txt"),
    ];
    let texts = shipped.into_iter().chain([all]);
    texts.map(|text| text.as_bytes().to_vec()).collect()
}

/// The shipped kind of file: floats, as many as a small network has weights.
fn models() -> Vec<Vec<u8>> {
    let (session, _) = Session::open_for("recipe=well-trained");
    let n_weights = session.architecture().n_parameters();
    let values = (0..n_weights).map(|place| (place as f32 * 0.37).sin());
    vec![Precision::Single.to_bytes(&values.collect::<Vec<_>>())]
}

/// Damage after packing tests the unpacking; damage before it tests what comes after.
fn compress(bytes: Vec<u8>, mutator: &mut Mutator) -> Vec<u8> {
    if mutator.below(BOMB_EVERY) == 0 {
        return bomb(&bytes, mutator);
    }
    packed(bytes)
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
