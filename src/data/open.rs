//! A reader's files, whatever they are.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::gzip::{gunzip, is_gzip};
use super::idx::{Idx, is_idx};
use super::packed::is_packed;
use super::photos::is_photos;
use super::several::{data_among, unarchived};
use super::{
    Collection, ColumnChoice, Dataset, OpenError, PhotoFormat, PhotoReading, Photos, RawTable,
    TableReading, idx_set, is_drawings, pixel_table, series_file,
};

/// The most bytes that a file may have, packed and unpacked.
pub const MAX_FILE_BYTES: u64 = 200_000_000;
/// Hears how much of some long reading is done, 0…1.
pub type Tell<'a> = &'a mut dyn FnMut(f32);

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
    /// Pictures of any size, as they were decoded, and how they are read.
    Photos(Photos, PhotoReading),
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
    /// The pictures as they were decoded and how they are read, where each was a file of its own.
    pub photos: Option<(Photos, PhotoReading)>,
}

/// Opens files and encodes a table as its own columns propose.
///
/// # Errors
/// As [`open`], and when no column of a table can be encoded.
pub fn read(files: &[NamedFile]) -> Result<ReadFiles, OpenError> {
    read_telling(files, &mut |_| {})
}

/// The same, and says on the way how much of a large table is done.
///
/// # Errors
/// As [`read`].
pub fn read_telling(files: &[NamedFile], tell: Tell<'_>) -> Result<ReadFiles, OpenError> {
    match open_telling(files, tell)? {
        Opened::Pictures(dataset) | Opened::Series(dataset) => Ok(ReadFiles {
            dataset,
            table: None,
            photos: None,
        }),
        Opened::Photos(photos, reading) => {
            let name = files.first().map_or("", |file| file.name.as_str());
            Ok(ReadFiles {
                dataset: photos.read(reading).map_err(OpenError::dataset(name))?,
                table: None,
                photos: Some((photos, reading)),
            })
        }
        Opened::Table(table) => {
            let name = files.first().map_or("", |file| file.name.as_str());
            let read = table.read_as(&TableReading::default());
            read.map_err(OpenError::table(name))
        }
    }
}

/// Opens one file, or those of an IDX data set in any order; an archive stands for the files in it.
///
/// What a file is shows in its first bytes, not in its name: compressed with gzip or not, it may be an IDX file of
/// pictures or labels, a packed data set, drawings, a table of pixels, or else a table.
///
/// # Errors
/// When a file is too large, damaged or of another kind, or the files do not belong together; every error names the
/// file that it is about.
pub fn open(files: &[NamedFile]) -> Result<Opened, OpenError> {
    open_telling(files, &mut |_| {})
}

fn open_telling(files: &[NamedFile], tell: Tell<'_>) -> Result<Opened, OpenError> {
    let unarchived = unarchived(files)?;
    match (files, &unarchived[..]) {
        ([], _) => Err(OpenError::NoFiles),
        (_, [file]) => open_one(file, tell),
        ([archive], several) => match &data_among(&archive.name, several)?[..] {
            [file] => open_one(file, tell),
            several => open_set(several),
        },
        (_, several) => open_set(several),
    }
}

/// Opens a packed data set, compressed with gzip or not.
///
/// # Errors
/// When the file is too large, damaged or of another kind.
pub fn open_packed(file: &NamedFile) -> Result<Dataset, OpenError> {
    Dataset::decode(&unpacked(file)?).map_err(OpenError::dataset(&file.name))
}

fn open_one(file: &NamedFile, tell: Tell<'_>) -> Result<Opened, OpenError> {
    let name = &file.name;
    let bytes = unpacked(file)?;
    if is_packed(&bytes) {
        let dataset = Dataset::decode(&bytes).map_err(OpenError::dataset(name))?;
        return Ok(Opened::Pictures(dataset));
    }
    if is_drawings(&bytes) {
        let drawn = Collection::from_bytes(&bytes).map_err(OpenError::drawings(name))?;
        let dataset = drawn.dataset().map_err(OpenError::dataset(name))?;
        return Ok(Opened::Pictures(dataset));
    }
    if is_photos(&bytes) {
        let read = Photos::from_bytes(&bytes).map_err(OpenError::photos(name))?;
        return Ok(Opened::Photos(read.0, read.1));
    }
    if PhotoFormat::of(&bytes).is_some() {
        return Err(OpenError::NotDecoded { name: name.clone() });
    }
    if is_idx(&bytes) {
        let idx = Idx::read(&bytes).map_err(OpenError::idx(name))?;
        return idx_set::dataset(vec![(name, idx)]).map(Opened::Pictures);
    }
    let table = RawTable::read_telling(&bytes, tell).map_err(OpenError::table(name))?;
    drop(bytes);
    if let Some(dataset) = pixel_table::pictures(&table) {
        return Ok(Opened::Pictures(dataset));
    }
    Ok(match series_file::curves(&table) {
        Some(dataset) => Opened::Series(dataset),
        None => Opened::Table(table),
    })
}

/// Opens the IDX files of one data set.
fn open_set(files: &[NamedFile]) -> Result<Opened, OpenError> {
    let unpacked: Vec<_> = files.iter().map(unpacked).collect::<Result<_, _>>()?;
    let idx = files.iter().zip(&unpacked).map(|(file, bytes)| {
        if !is_idx(bytes) {
            return Err(OpenError::NotAPair {
                name: file.name.clone(),
            });
        }
        let idx = Idx::read(bytes).map_err(OpenError::idx(&file.name))?;
        Ok((file.name.as_str(), idx))
    });
    idx_set::dataset(idx.collect::<Result<_, _>>()?).map(Opened::Pictures)
}

pub(super) fn require_small(file: &NamedFile) -> Result<(), OpenError> {
    let n_bytes = file.bytes.len() as u64;
    if n_bytes > MAX_FILE_BYTES {
        return Err(OpenError::TooLarge {
            name: file.name.clone(),
            n_bytes,
        });
    }
    Ok(())
}

/// The file's bytes, unpacked if they are compressed.
pub(super) fn unpacked(file: &NamedFile) -> Result<Cow<'_, [u8]>, OpenError> {
    require_small(file)?;
    if is_gzip(&file.bytes) {
        let bytes = gunzip(&file.bytes).map_err(OpenError::gzip(&file.name))?;
        return Ok(Cow::Owned(bytes));
    }
    Ok(Cow::Borrowed(&file.bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::archive::zip;
    use crate::data::damage::with_damaged;
    use crate::data::gzip::gzip;
    use crate::data::idx::idx;
    use crate::data::photos_among;
    use crate::data::pixel_table::optdigits;
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
            Opened::Photos(photos, reading) => photos.read(reading).expect("pictures"),
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
            "people.csv: the file is not in IDX format, so it does not go with another; choose it alone, or the IDX files of one data set"
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
            "0 files of pictures and 3 of labels were chosen; choose one of each, or two of each: to learn from and to validate with"
        );
    }

    #[test]
    fn an_archive_stands_for_what_is_in_it() {
        let archive = |files: &[(&str, &[u8])]| file("all.zip", &zip(files));
        let table = open(&[file("people.csv", PEOPLE)]);
        let prose = b"About these people, in a few words.";
        assert_eq!(open(&[archive(&[("people.csv", PEOPLE)])]), table);
        assert_eq!(
            open(&[archive(&[("README.md", prose), ("people.csv", PEOPLE)])]),
            table
        );
        let (pictures, labels) = (two_pictures().bytes, two_labels().bytes);
        let both = archive(&[
            ("a/labels", &labels),
            ("a/pictures", &gzip(&pictures)),
            ("LICENCE", prose),
        ]);
        assert_eq!(
            dataset_in(&[both]),
            dataset_in(&[two_pictures(), two_labels()])
        );
        let apart = [archive(&[("labels", &labels)]), two_pictures()];
        assert_eq!(
            dataset_in(&apart),
            dataset_in(&[two_pictures(), two_labels()])
        );
    }

    #[test]
    fn an_archive_of_several_tables_or_none_names_what_it_holds() {
        let archive = |files: &[(&str, &[u8])]| error_of(&[file("all.zip", &zip(files))]);
        assert_eq!(
            archive(&[("a.csv", PEOPLE), ("b/c.csv", PEOPLE)]),
            "all.zip: the archive holds several tables (a.csv, b/c.csv); unpack it and choose one of them"
        );
        let others: Vec<(String, &[u8])> =
            (0..8).map(|idx| (format!("{idx}.pdf"), PEOPLE)).collect();
        let others: Vec<(&str, &[u8])> = others
            .iter()
            .map(|(name, it)| (name.as_str(), *it))
            .collect();
        assert_eq!(
            archive(&others),
            "all.zip: nothing in the archive is a table or pictures (0.pdf, 1.pdf, 2.pdf, 3.pdf, 4.pdf, 5.pdf and 2 more); choose another"
        );
        assert_eq!(
            archive(&[("[Content_Types].xml", PEOPLE), ("xl/workbook.xml", PEOPLE)]),
            "all.zip: this is the file of an office program; save its table there as CSV, and open that"
        );
        assert!(
            error_of(&[file("cut.zip", &zip(&[("a.csv", PEOPLE)])[..40])])
                .starts_with("cut.zip: the archive is damaged")
        );
    }

    #[test]
    fn pictures_that_are_files_are_to_be_decoded_first() {
        let photo = |name: &str| file(name, b"\x89PNG\r\n\x1a\n and so on");
        let names = |files: &[NamedFile]| -> Option<Vec<String>> {
            let photos = photos_among(files).expect("nothing is damaged")?;
            Some(photos.into_iter().map(|file| file.name).collect())
        };
        let owned = |names: &[&str]| Some(names.iter().map(|&it| it.to_owned()).collect());
        assert_eq!(
            names(&[photo("a.png"), photo("b.png")]),
            owned(&["a.png", "b.png"])
        );
        let note = file("set/about.txt", b"words");
        assert_eq!(names(&[photo("set/a.png"), note]), owned(&["set/a.png"]));
        let png = photo("a.png").bytes;
        let archive = file(
            "all.zip",
            &zip(&[("x/a.png", &png), ("about.txt", b"words")]),
        );
        assert_eq!(names(&[archive]), owned(&["x/a.png"]));
        assert_eq!(names(&[photo("a.png"), file("people.csv", PEOPLE)]), None);
        assert_eq!(names(&[file("people.csv", PEOPLE)]), None);
        assert_eq!(
            error_of(&[photo("a.png")]),
            "a.png: a picture like this is decoded by a browser; open it on the page, or make an IDX file of it"
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
            zip(&[("people.csv", PEOPLE), ("about", b"words")]),
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
                Opened::Photos(photos, reading) => photos.read(reading).expect("pictures"),
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
