//! What the labels of published pictures stand for, by the names of their files.

/// A published way to number classes.
struct Numbering {
    /// What the name of a file of it has in it.
    parts: &'static [&'static str],
    /// The first label that stands for something.
    first: u8,
    names: Names,
}

enum Names {
    /// One character per class.
    Characters(&'static str),
    /// One word per class.
    Words(&'static [&'static str]),
}

/// EMNIST's letters, its other sets, and Fashion-MNIST, as their publications list them.
const KNOWN: [Numbering; 4] = [
    Numbering {
        parts: &["letters"],
        first: 1,
        names: Names::Characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    },
    Numbering {
        parts: &["emnist", "byclass"],
        first: 0,
        names: Names::Characters("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
    },
    Numbering {
        parts: &["emnist", "b"],
        first: 0,
        names: Names::Characters("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt"),
    },
    Numbering {
        parts: &["fashion"],
        first: 0,
        names: Names::Words(&[
            "T-shirt",
            "trouser",
            "pullover",
            "dress",
            "coat",
            "sandal",
            "shirt",
            "sneaker",
            "bag",
            "ankle boot",
        ]),
    },
];

/// The names of these classes, one per label from 0 on, where a file's name says what they are; empty otherwise.
pub(super) fn names_of(file_name: &str, classes: &[u8]) -> Vec<String> {
    let file_name = file_name.to_lowercase();
    let is_named = |it: &&Numbering| it.parts.iter().all(|part| file_name.contains(part));
    let known = KNOWN.iter().find(is_named);
    known.map_or_else(Vec::new, |numbering| numbering.names_of(classes))
}

impl Numbering {
    fn names_of(&self, classes: &[u8]) -> Vec<String> {
        let names: Vec<String> = match self.names {
            Names::Characters(characters) => characters.chars().map(String::from).collect(),
            Names::Words(words) => words.iter().map(|&word| word.to_owned()).collect(),
        };
        let end = usize::from(self.first) + names.len();
        let fits = |&class: &u8| class >= self.first && usize::from(class) < end;
        if !classes.iter().all(fits) {
            return Vec::new();
        }
        let before = (0..self.first).map(|_| String::new());
        before.chain(names).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_begin_with_1() {
        let names = names_of("EMNIST-letters-train-images-idx3-ubyte.gz", &[1, 26]);
        assert_eq!(names.len(), 27);
        assert_eq!((names[0].as_str(), names[1].as_str()), ("", "A"));
        assert_eq!(names[26], "Z");
    }

    #[test]
    fn the_sets_of_emnist_and_fashion_are_told_apart() {
        let last = |file_name: &str, classes: &[u8]| names_of(file_name, classes).pop();
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(last("emnist-byclass-train-images", &[0, 61]), named("z"));
        assert_eq!(last("emnist-balanced-train-images", &[0, 46]), named("t"));
        assert_eq!(last("emnist-bymerge-train-images", &[0, 46]), named("t"));
        assert_eq!(last("fashion/train-images", &[0, 9]), named("ankle boot"));
    }

    #[test]
    fn labels_that_a_numbering_does_not_have_and_other_files_stay_numbers() {
        assert!(names_of("letters", &[0, 1]).is_empty());
        assert!(names_of("letters", &[27]).is_empty());
        assert!(names_of("train-images-idx3-ubyte", &[1, 2]).is_empty());
    }
}
