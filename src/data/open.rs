//! A reader's files, whatever they are.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::gzip::{gunzip, is_gzip};
use super::idx::{Idx, is_idx};
use super::packed::is_packed;
use super::{ColumnChoice, Dataset, OpenError, RawTable, optdigits, series_file};

/// The most bytes that a file may have, packed and unpacked.
pub const MAX_FILE_BYTES: u64 = 200_000_000;
/// The level of full ink in an IDX file.
const LARGEST_LEVEL: u8 = 255;

/// A file as a reader chose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedFile {
    /// Its name, for messages only.
    pub name: String,
    /// All that is in it.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// What was found in the files.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// Pictures, ready to be learnt from.
    Pictures(Dataset),
    /// Curves, ready to be learnt from.
    Series(Dataset),
    /// A table, whose columns are yet to be chosen.
    Table(RawTable),
}

/// What was found in the files, ready to be worked on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadFiles {
    /// The items.
    pub dataset: Dataset,
    /// The text that they come from and what becomes of each column, where the file is a table.
    pub table: Option<(RawTable, Vec<ColumnChoice>)>,
}

/// Opens files and encodes a table as its own columns propose.
///
/// # Errors
/// As [`open`], and when no column of a table can be encoded.
pub fn read(files: &[NamedFile]) -> Result<ReadFiles, OpenError> {
    match open(files)? {
        Opened::Pictures(dataset) | Opened::Series(dataset) => Ok(ReadFiles {
            dataset,
            table: None,
        }),
        Opened::Table(table) => {
            let choices = table.choices();
            let name = files.first().map_or("", |file| file.name.as_str());
            let dataset = table.encode(&choices).map_err(OpenError::table(name))?;
            Ok(ReadFiles {
                dataset,
                table: Some((table, choices)),
            })
        }
    }
}

/// Opens one file, or the two of an IDX data set in either order.
///
/// What a file is shows in its first bytes, not in its name: compressed with gzip or not, it may be an IDX file of
/// pictures or labels, a packed data set, the UCI digits, or else a table.
///
/// # Errors
/// When a file is too large, damaged or of another kind, or the files do not belong together; every error names the
/// file that it is about.
pub fn open(files: &[NamedFile]) -> Result<Opened, OpenError> {
    match files {
        [] => Err(OpenError::NoFiles),
        [file] => open_one(file),
        [first, second] => open_two(first, second),
        _ => Err(OpenError::TooManyFiles {
            n_files: files.len(),
        }),
    }
}

/// Opens a packed data set, compressed with gzip or not.
///
/// # Errors
/// When the file is too large, damaged or of another kind.
pub fn open_packed(file: &NamedFile) -> Result<Dataset, OpenError> {
    Dataset::decode(&unpacked(file)?).map_err(OpenError::dataset(&file.name))
}

fn open_one(file: &NamedFile) -> Result<Opened, OpenError> {
    let name = &file.name;
    let bytes = unpacked(file)?;
    if is_packed(&bytes) {
        let dataset = Dataset::decode(&bytes).map_err(OpenError::dataset(name))?;
        return Ok(Opened::Pictures(dataset));
    }
    if is_idx(&bytes) {
        return match Idx::read(&bytes).map_err(OpenError::idx(name))? {
            Idx::Pictures {
                width,
                height,
                pixels,
            } => pictures(name, [width, height], pixels, &[]),
            Idx::Labels(_) => Err(OpenError::LabelsAlone { name: name.clone() }),
        };
    }
    let table = RawTable::read(&bytes).map_err(OpenError::table(name))?;
    if let Some(dataset) = optdigits::pictures(&table) {
        return Ok(Opened::Pictures(dataset));
    }
    Ok(match series_file::curves(&table) {
        Some(dataset) => Opened::Series(dataset),
        None => Opened::Table(table),
    })
}

fn open_two(first: &NamedFile, second: &NamedFile) -> Result<Opened, OpenError> {
    let (first_bytes, second_bytes) = (unpacked(first)?, unpacked(second)?);
    let first_idx = idx_of(first, &first_bytes)?;
    let second_idx = idx_of(second, &second_bytes)?;
    let (pictures_file, [width, height], pixels, labels_file, labels) =
        match (first_idx, second_idx) {
            (
                Idx::Pictures {
                    width,
                    height,
                    pixels,
                },
                Idx::Labels(labels),
            ) => (first, [width, height], pixels, second, labels),
            (
                Idx::Labels(labels),
                Idx::Pictures {
                    width,
                    height,
                    pixels,
                },
            ) => (second, [width, height], pixels, first, labels),
            (Idx::Pictures { .. }, Idx::Pictures { .. }) => {
                return Err(OpenError::two_alike(first, second, "pictures"));
            }
            (Idx::Labels(_), Idx::Labels(_)) => {
                return Err(OpenError::two_alike(first, second, "labels"));
            }
        };
    let n_pictures = pixels.len() / (width * height);
    if labels.len() != n_pictures {
        return Err(OpenError::CountsDiffer {
            pictures_name: pictures_file.name.clone(),
            n_pictures,
            labels_name: labels_file.name.clone(),
            n_labels: labels.len(),
        });
    }
    pictures(&pictures_file.name, [width, height], pixels, labels)
}

/// The file's bytes, unpacked if they are compressed.
fn unpacked(file: &NamedFile) -> Result<Cow<'_, [u8]>, OpenError> {
    if file.bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(OpenError::TooLarge {
            name: file.name.clone(),
            n_bytes: file.bytes.len() as u64,
        });
    }
    if is_gzip(&file.bytes) {
        let bytes = gunzip(&file.bytes).map_err(OpenError::gzip(&file.name))?;
        return Ok(Cow::Owned(bytes));
    }
    Ok(Cow::Borrowed(&file.bytes))
}

fn idx_of<'a>(file: &NamedFile, bytes: &'a [u8]) -> Result<Idx<'a>, OpenError> {
    if !is_idx(bytes) {
        return Err(OpenError::NotAPair {
            name: file.name.clone(),
        });
    }
    Idx::read(bytes).map_err(OpenError::idx(&file.name))
}

fn pictures(
    name: &str,
    [width, height]: [usize; 2],
    pixels: &[u8],
    labels: &[u8],
) -> Result<Opened, OpenError> {
    Dataset::pictures(
        width,
        height,
        LARGEST_LEVEL,
        pixels.to_vec(),
        labels.to_vec(),
    )
    .map(Opened::Pictures)
    .map_err(OpenError::dataset(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::damage::with_damaged;
    use crate::data::gzip::gzip;
    use crate::data::idx::idx;
    use crate::data::optdigits::optdigits;
    use crate::data::{ColumnChoice, encode};

    const PEOPLE: &[u8] = b"name,age,city\nann,20,bonn\nbob,70,ulm\ncem,45,\"bonn\"\n";

    fn file(name: &str, bytes: &[u8]) -> NamedFile {
        NamedFile {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
        }
    }

    fn two_pictures() -> NamedFile {
        file("pictures", &idx(&[2, 1, 3], &[0, 51, 255, 255, 51, 0]))
    }

    fn two_labels() -> NamedFile {
        file("labels", &idx(&[2], &[3, 7]))
    }

    fn dataset_in(files: &[NamedFile]) -> Dataset {
        match open(files).expect("the files open") {
            Opened::Pictures(dataset) | Opened::Series(dataset) => dataset,
            Opened::Table(table) => panic!("a table {:?} instead of pictures", table.names()),
        }
    }

    fn error_of(files: &[NamedFile]) -> String {
        open(files).expect_err("this is refused").to_string()
    }

    #[test]
    fn pictures_go_with_their_labels_in_either_order() {
        let dataset = dataset_in(&[two_pictures(), two_labels()]);
        assert_eq!(dataset, dataset_in(&[two_labels(), two_pictures()]));
        assert_eq!(
            dataset.in_words(),
            "2 pictures of 3 × 1 pixels, with labels"
        );
        assert_eq!(dataset.item(0), Some(vec![0.0, 0.2, 1.0]));
        assert_eq!(dataset.label_of(1), Some(7));
    }

    #[test]
    fn pictures_need_no_labels_but_labels_need_pictures() {
        assert!(!dataset_in(&[two_pictures()]).has_labels());
        assert_eq!(
            error_of(&[two_labels()]),
            "labels: the file holds labels only; choose it together with the IDX file of its pictures"
        );
    }

    #[test]
    fn a_compressed_file_is_known_by_its_bytes() {
        let packed = |file: NamedFile| NamedFile {
            bytes: gzip(&file.bytes),
            ..file
        };
        assert_eq!(
            dataset_in(&[packed(two_pictures()), packed(two_labels())]),
            dataset_in(&[two_pictures(), two_labels()])
        );
        let table = open(&[packed(file("people.csv", PEOPLE))]);
        assert_eq!(table, open(&[file("people.gz", PEOPLE)]));
    }

    #[test]
    fn tables_digits_and_packed_data_sets_are_told_apart() {
        let Ok(Opened::Table(table)) = open(&[file("people.csv", PEOPLE)]) else {
            panic!("no table");
        };
        assert_eq!(table.names(), ["name", "age", "city"]);
        let digits = dataset_in(&[file("optdigits.tra", optdigits(5).as_bytes())]);
        assert_eq!(digits.picture_size(), Some((8, 8)));
        let packed = encode(2, 1, 16, &[0, 4, 8, 16], &[3, 7]).expect("a valid data set");
        assert_eq!(dataset_in(&[file("digits.bin", &packed)]).n_items(), 2);
    }

    #[test]
    fn digits_out_of_range_are_a_table() {
        let text = optdigits(20).replacen("16,", "99,", 1);
        let opened = open(&[file("optdigits.tra", text.as_bytes())]);
        assert!(matches!(opened, Ok(Opened::Table(_))));
    }

    #[test]
    fn files_that_do_not_belong_together_are_named() {
        assert_eq!(
            error_of(&[two_pictures(), two_pictures()]),
            "pictures and pictures: both files hold pictures; choose one of pictures and one of labels"
        );
        assert_eq!(
            error_of(&[two_labels(), two_labels()]),
            "labels and labels: both files hold labels; choose one of pictures and one of labels"
        );
        assert_eq!(
            error_of(&[two_pictures(), file("people.csv", PEOPLE)]),
            "people.csv: the file is not in IDX format, so it does not go with another; choose it alone, or two IDX files"
        );
        assert_eq!(
            error_of(&[file("more", &idx(&[3], &[1, 2, 3])), two_pictures()]),
            "pictures has 2 pictures, but more has 3 labels; choose two files that belong together"
        );
    }

    #[test]
    fn one_or_two_files_are_opened() {
        assert_eq!(
            error_of(&[]),
            "no file was chosen; choose a table, or an IDX file of pictures with its labels"
        );
        assert_eq!(
            error_of(&[two_labels(), two_labels(), two_labels()]),
            "3 files were chosen; choose one table, or an IDX file of pictures with its labels"
        );
    }

    #[test]
    fn errors_of_every_format_carry_the_files_name() {
        assert_eq!(
            error_of(&[file("a.csv", b"a,b\n1,2\n3\n")]),
            "a.csv: line 3: the number of fields is 1 instead of 2; add what is missing, or put quotes around a field with a delimiter in it"
        );
        assert_eq!(
            error_of(&[file("a.gz", &gzip(PEOPLE)[..20])]),
            "a.gz: the compressed file ends too early; it was cut off on the way, so download it again"
        );
        assert_eq!(
            error_of(&[file("a.idx", &[0, 0, 8, 3, 1])]),
            "a.idx: the IDX file ends within its header; it was cut off on the way, so download it again"
        );
        assert!(error_of(&[file("a.bin", b"BNDG\x01")]).starts_with("a.bin: this data set should"));
        let too_large = OpenError::TooLarge {
            name: "a.csv".to_owned(),
            n_bytes: MAX_FILE_BYTES + 1,
        };
        assert_eq!(
            too_large.to_string(),
            "a.csv: the file has 201 MB, but at most 200 MB can be read; choose a smaller one"
        );
    }

    #[test]
    fn random_damage_gives_an_error_or_a_data_set_in_range() {
        let samples = [
            PEOPLE.to_vec(),
            b"a;b\r\n1,5;\"x\ny\"\r\n\r\n2;z\r\n".to_vec(),
            optdigits(2).into_bytes(),
            two_pictures().bytes,
            gzip(PEOPLE),
            encode(2, 1, 16, &[0, 4, 8, 16], &[3, 7]).expect("a valid data set"),
        ];
        let labels = two_labels();
        with_damaged(&samples, 8_000, |bytes| {
            let damaged = file("damaged", bytes);
            let _ = open(&[labels.clone(), damaged.clone()]);
            let Ok(opened) = open(&[damaged]) else {
                return;
            };
            let dataset = match opened {
                Opened::Pictures(dataset) => dataset,
                Opened::Series(curves) => {
                    let samples = (0..curves.n_items()).filter_map(|item| curves.item(item));
                    assert!(samples.flatten().all(f32::is_finite));
                    return;
                }
                Opened::Table(table) => {
                    let _ = table.encode(&vec![ColumnChoice::Number; table.names().len()]);
                    match table.encode(&table.choices()) {
                        Ok(dataset) => dataset,
                        Err(_) => return,
                    }
                }
            };
            for item_idx in 0..dataset.n_items() {
                let values = dataset.item(item_idx).expect("an item");
                assert_eq!(values.len(), dataset.n_features());
                assert!(values.iter().all(|value| (0.0..=1.0).contains(value)));
            }
        });
    }
}
