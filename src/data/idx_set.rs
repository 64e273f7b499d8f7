//! Which IDX files belong together: pictures with their labels, and two such pairs to learn from and to validate with.

use std::borrow::Cow;

use super::idx::Idx;
use super::{Dataset, OpenError, known_classes, with_commas};

/// The level of full ink in an IDX file.
const LARGEST_LEVEL: u8 = 255;

/// A file of pictures.
struct PicturesFile<'a> {
    name: &'a str,
    size: (usize, usize),
    pixels: Cow<'a, [u8]>,
    remarks: Vec<String>,
}

/// A file of labels.
struct LabelsFile<'a> {
    name: &'a str,
    labels: Cow<'a, [u8]>,
}

/// What a file's name says that its items are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Training,
    Validation,
}

/// The data set in IDX files with their names, in any order.
pub(super) fn dataset(files: Vec<(&str, Idx)>) -> Result<Dataset, OpenError> {
    let (mut pictures, mut labels) = (Vec::new(), Vec::new());
    for (name, idx) in files {
        match idx {
            Idx::Pictures {
                width,
                height,
                pixels,
                remarks,
            } => pictures.push(PicturesFile {
                name,
                size: (width, height),
                pixels,
                remarks,
            }),
            Idx::Labels(found) => labels.push(LabelsFile {
                name,
                labels: found,
            }),
        }
    }
    match (&pictures[..], &labels[..]) {
        ([_], [] | [_]) => {
            let pictures = pictures.remove(0);
            one(pictures, labels.pop())
        }
        ([_, _], [] | [_, _]) => two(pictures, labels),
        ([], [only]) => Err(OpenError::LabelsAlone {
            name: only.name.to_owned(),
        }),
        ([], [first, second]) => Err(OpenError::two_alike(first.name, second.name, "labels")),
        (pictures, labels) => Err(OpenError::NoSet {
            n_pictures: pictures.len(),
            n_labels: labels.len(),
        }),
    }
}

fn one(pictures: PicturesFile, labels: Option<LabelsFile>) -> Result<Dataset, OpenError> {
    let names = [Some(pictures.name), labels.as_ref().map(|it| it.name)];
    let names: String = names.into_iter().flatten().collect();
    if let Some(labels) = &labels {
        require_as_many(&pictures, labels)?;
    }
    let labels = labels.map_or_else(Vec::new, |it| it.labels.into_owned());
    let (name, (width, height)) = (pictures.name, pictures.size);
    let pixels = pictures.pixels.into_owned();
    let dataset = Dataset::pictures(width, height, LARGEST_LEVEL, pixels, labels);
    let dataset = dataset.map_err(OpenError::dataset(name))?;
    let class_names = known_classes::names_of(&names, &dataset.classes());
    let dataset = dataset.with_class_names(class_names);
    let remarks = pictures.remarks.into_iter();
    Ok(remarks.fold(dataset, Dataset::with_remark))
}

/// Pictures to learn from, followed by those to validate with.
fn two(mut pictures: Vec<PicturesFile>, mut labels: Vec<LabelsFile>) -> Result<Dataset, OpenError> {
    if is_validation_first(&pictures, !labels.is_empty())? {
        pictures.swap(0, 1);
    }
    if let [first, second] = &labels[..] {
        let fits = |a: &LabelsFile, b: &LabelsFile| {
            a.labels.len() == n_pictures(&pictures[0]) && b.labels.len() == n_pictures(&pictures[1])
        };
        let is_swapped = match (fits(first, second), fits(second, first)) {
            (true, true) => purpose_of(first.name) == Some(Purpose::Validation),
            (fits_so, _) => !fits_so,
        };
        if is_swapped {
            labels.swap(0, 1);
        }
    }
    let (validation, training) = (pictures.pop(), pictures.pop());
    let (validation_labels, training_labels) = (labels.pop(), labels.pop());
    let (Some(training), Some(validation)) = (training, validation) else {
        return Err(OpenError::NoFiles);
    };
    joined((training, training_labels), (validation, validation_labels))
}

/// A file of pictures, and that of their labels.
type Pair<'a> = (PicturesFile<'a>, Option<LabelsFile<'a>>);

fn joined(training: Pair, validation: Pair) -> Result<Dataset, OpenError> {
    let (first, second) = (&training.0, &validation.0);
    if first.size != second.size {
        return Err(OpenError::SizesDiffer {
            first_name: first.name.to_owned(),
            first: first.size,
            second_name: second.name.to_owned(),
            second: second.size,
        });
    }
    let remark = format!(
        "The {} pictures of {} are to learn from, the {} of {} to validate with.",
        with_commas(n_pictures(first)),
        first.name,
        with_commas(n_pictures(second)),
        second.name
    );
    let name = first.name;
    let (training, validation) = (
        one(training.0, training.1)?,
        one(validation.0, validation.1)?,
    );
    let joined = training.validated_with(&validation);
    Ok(joined
        .map_err(OpenError::dataset(name))?
        .with_remark(remark))
}

/// Whether the first of two files of pictures is the one to validate with: by their names, or else the smaller one.
fn is_validation_first(pictures: &[PicturesFile], have_labels: bool) -> Result<bool, OpenError> {
    let [first, second] = pictures else {
        return Ok(false);
    };
    let (n_first, n_second) = (n_pictures(first), n_pictures(second));
    match (purpose_of(first.name), purpose_of(second.name)) {
        (Some(Purpose::Training), Some(Purpose::Validation)) => Ok(false),
        (Some(Purpose::Validation), Some(Purpose::Training)) => Ok(true),
        _ if have_labels && n_first != n_second => Ok(n_first < n_second),
        _ => Err(OpenError::two_alike(first.name, second.name, "pictures")),
    }
}

fn purpose_of(name: &str) -> Option<Purpose> {
    // The folder of both may be called after a test.
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["t10k", "test", "valid"]) {
        Some(Purpose::Validation)
    } else {
        has(&["train"]).then_some(Purpose::Training)
    }
}

fn n_pictures(file: &PicturesFile) -> usize {
    let (width, height) = file.size;
    file.pixels.len() / (width * height).max(1)
}

fn require_as_many(pictures: &PicturesFile, labels: &LabelsFile) -> Result<(), OpenError> {
    if n_pictures(pictures) == labels.labels.len() {
        return Ok(());
    }
    Err(OpenError::CountsDiffer {
        pictures_name: pictures.name.to_owned(),
        n_pictures: n_pictures(pictures),
        labels_name: labels.name.to_owned(),
        n_labels: labels.labels.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pictures(levels: &[u8]) -> Idx<'_> {
        Idx::Pictures {
            width: 1,
            height: 1,
            pixels: Cow::Borrowed(levels),
            remarks: Vec::new(),
        }
    }

    fn labels(labels: &[u8]) -> Idx<'_> {
        Idx::Labels(Cow::Borrowed(labels))
    }

    fn error_of(files: Vec<(&str, Idx)>) -> String {
        dataset(files).expect_err("this is refused").to_string()
    }

    /// Five pictures, of which the last two validate.
    fn assert_joined(dataset: &Dataset) {
        assert_eq!((dataset.n_items(), dataset.n_validation()), (5, 2));
        let labels: Vec<_> = (0..5).filter_map(|item| dataset.label_of(item)).collect();
        assert_eq!(labels, [1, 2, 3, 4, 5]);
        assert_eq!(dataset.item(3), Some(vec![40.0 / 255.0]));
        assert!(dataset.remarks()[0].contains("to validate with"));
    }

    #[test]
    fn four_files_are_paired_by_their_counts_in_any_order() {
        let files = [
            ("a", pictures(&[10, 20, 30])),
            ("b", labels(&[1, 2, 3])),
            ("c", pictures(&[40, 50])),
            ("d", labels(&[4, 5])),
        ];
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 1, 0, 3], [1, 3, 2, 0]] {
            let files = order.map(|idx| files[idx].clone()).to_vec();
            assert_joined(&dataset(files).expect("four files"));
        }
    }

    #[test]
    fn names_say_what_is_to_validate_with() {
        let files = vec![
            ("mnist-test/t10k-labels", labels(&[4, 5])),
            ("mnist-test/train-labels", labels(&[1, 2, 3])),
            ("mnist-test/t10k-images", pictures(&[40, 50])),
            ("mnist-test/train-images", pictures(&[10, 20, 30])),
        ];
        assert_joined(&dataset(files).expect("four files"));
        let alike = vec![
            ("test-labels", labels(&[3, 4])),
            ("test-images", pictures(&[30, 40])),
            ("train-images", pictures(&[10, 20])),
            ("train-labels", labels(&[1, 2])),
        ];
        let dataset = dataset(alike).expect("four files");
        assert_eq!(dataset.label_of(0), Some(1));
        assert_eq!(dataset.item(2), Some(vec![30.0 / 255.0]));
    }

    #[test]
    fn two_files_of_pictures_without_labels_need_names() {
        let files = vec![
            ("test.idx", pictures(&[40])),
            ("train.idx", pictures(&[10, 20])),
        ];
        let dataset = dataset(files).expect("two files");
        assert_eq!((dataset.n_items(), dataset.n_validation()), (3, 1));
        assert!(!dataset.has_labels());
        let nameless = vec![("a", pictures(&[40])), ("b", pictures(&[10, 20]))];
        assert!(error_of(nameless).contains("both files hold pictures"));
    }

    #[test]
    fn what_does_not_belong_together_is_said() {
        let three = vec![
            ("a", pictures(&[1])),
            ("b", pictures(&[1, 2])),
            ("c", labels(&[1])),
        ];
        assert_eq!(
            error_of(three),
            "2 files of pictures and 1 of labels were chosen; choose one of each, or two of each: to learn from and to \
             validate with"
        );
        let counts = vec![
            ("train-images", pictures(&[1, 2])),
            ("t10k-images", pictures(&[1])),
            ("train-labels", labels(&[1, 2])),
            ("t10k-labels", labels(&[1, 2, 3])),
        ];
        let words = error_of(counts);
        assert!(words.contains("has 3 labels"), "{words}");
    }
}
